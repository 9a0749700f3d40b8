"""Registers at central what people sign with when they look along, each in their own session.

Source: security.md §3, F26. It goes along quietly with the first exchange of a session.
"""

import asyncio
import logging
from collections.abc import Callable

from console.domain.failures import StorageTrouble
from console.storage import looking
from console.storage.database import Store
from console.sync.failures import Answered
from console.sync.gateway import Gateway
from contract import routes

log = logging.getLogger(__name__)


def _no_key(person: str) -> bytes:
    return b""


class LookingKeys:
    """The keys of this desk, as far as central is to know them.

    ``public`` gives the public half of a person's key, empty for none. ``aside`` opens one more line
    to the central that this desk carries; None where central is elsewhere.
    """

    def __init__(self, store: Store, gateway: Gateway) -> None:
        self.public: Callable[[str], bytes] = _no_key
        self.aside: Callable[[], Gateway] | None = None
        self._store = store
        self._gateway = gateway
        self._done: tuple[str, str, bytes] | None = None

    def begin(self) -> None:
        """Another session begins: central hears the key anew, it may have been set back."""
        self._done = None

    async def hand_in(self) -> None:
        """Register the key of who is signed in, once a session and when it changed.

        An older central that knows no such keys is left alone. Raises ``LineDown``, and ``Answered``
        where the session itself is refused.
        """
        session = self._gateway.session
        if session is not None:
            done = (session.team.id, session.person.id, self._public(session.person.id))
            if self._done != done:
                await self.hand_in_by(self._gateway)
                self._done = done

    async def hand_in_by(self, line: Gateway) -> None:
        """Register the key of who is signed in on this line. Raises as ``hand_in`` does."""
        session = line.session
        public = self._public(session.person.id) if session is not None else b""
        if session is None or not public:
            return
        try:
            await self._register(line, session.team.id, public)
        except Answered as refused:
            if refused.status in (401, 429) or refused.status >= 500:
                raise
            log.info("central takes no key: %s", refused)
        else:
            await self._taken_in(session.person.id, session.team.id, public)

    async def introduce(self, person: str) -> bool:
        """Say whether central knows the key of who looks along.

        The central that this desk carries hears it now, in a session of that person: they just typed
        their passphrase. Raises ``LineDown`` or ``Answered``.
        """
        public = self._public(person)
        if not public:
            return False
        known = self._store.read(lambda conn: looking.at_central(conn, person, public))
        if await asyncio.wrap_future(known):
            return True
        if self.aside is None:
            return False
        async with self.aside() as line:
            team = (await line.sign_in(person)).team.id
            try:
                await self._register(line, team, public)
            finally:
                await line.sign_out()
        await self._taken_in(person, team, public)
        return True

    @staticmethod
    async def _register(line: Gateway, team: str, public: bytes) -> None:
        await line.tell("PUT", routes.looking_key(team, line.device), {"public": public.hex()})

    async def _taken_in(self, person: str, team: str, public: bytes) -> None:
        kept = self._store.write(lambda conn: looking.taken_in(conn, person, team, public))
        await asyncio.wrap_future(kept)

    def _public(self, person: str) -> bytes:
        try:
            return self.public(person)
        except StorageTrouble:
            # The file with the slots is damaged; who signs in next hears of it.
            return b""
