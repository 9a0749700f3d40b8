"""Central inside a desk: the same program, opened at the first request (house.md §0.6).

Nothing heavy is imported before that, so the window never waits for it.
"""

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable, Collection, MutableMapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from central.problems import Unusable
from contract import routes
from contract.op import Record
from contract.remaking import Left, Remade, Told

if TYPE_CHECKING:
    from central.outside import OutsideClient

Message = MutableMapping[str, Any]


class Outside(Protocol):
    """What stands for the world outside while this central runs."""

    def open(self) -> None:
        """Stand; called before anything is asked."""
        ...

    def close(self) -> None:
        """Stand no more; called when nothing is asked any more."""
        ...

    def client(self, hosts: Collection[str]) -> "OutsideClient":
        """Make what asks these hosts."""
        ...


class Embedded:
    """An ASGI app. ``open`` may be called ahead on a worker; ``close`` when the desk ends."""

    def __init__(
        self,
        path: Path,
        key: bytes,
        secret: str,
        tell: Callable[[], datetime] | None = None,
        outside: Outside | None = None,
    ) -> None:
        self._tell = tell
        self._outside = outside
        self._path = path
        self._key = key
        self._secret = secret
        self._app: Any = None
        self._keeper: Any = None
        self._opening = threading.Lock()
        self._closed = False

    def open(self) -> None:
        """Open the records now. Raises ``Unusable`` with a Dutch sentence."""
        with self._opening:
            if self._app is None and not self._closed:
                from central.app import build_app
                from central.clock import system_time
                from central.retention.keeper import Keeper
                from central.settings import Settings

                settings = Settings(self._path, self._key, self._secret)
                self._app = build_app(settings, tell=self._tell or system_time)
                office = self._app.state.office
                if self._outside is not None:
                    from central.feeds.poller import Feeds

                    self._outside.open()
                    office.client = self._outside.client
                    office.feeds = Feeds(office, self._outside.client)
                office.feeds.start()
                self._keeper = Keeper(office)
                self._keeper.start()

    def damage(self) -> bool:
        """Look whether the file is there and opens, and all of it where it failed before."""
        from central.database.damage import is_whole

        return not is_whole(self._path, self._key)

    def left(self, team: str) -> Left:
        """Say what a damaged file still tells; nothing in it is changed."""
        from central.remaking.service import left_in

        return left_in(self._path, self._key, team)

    def remake(
        self, damaged: Path, team: tuple[str, str], records: Sequence[Record], told: Told
    ) -> Remade:
        """Fill a new file with these records and with what the damaged one still gives; close it.

        ``team``: its id and name. Raises ``Unusable``, or ``Refusal`` where the disk is full.
        """
        from central.clock import system_time
        from central.database import Database
        from central.remaking.service import remake

        database = Database.open(self._path, self._key)
        try:
            moment = (self._tell or system_time)()
            made = remake(database, damaged, self._key, team, records, moment, told)
            database.backend.wipe()
            return made
        finally:
            database.close()

    def close(self) -> None:
        """Finish what runs and close the records; later requests are refused."""
        with self._opening:
            app, self._app, self._closed = self._app, None, True
            keeper, self._keeper = self._keeper, None
        if keeper is not None:
            keeper.stop()
        if app is not None:
            from central.app import close_app, sign_rows

            sign_rows(app)
            close_app(app)
        if self._outside is not None:
            self._outside.close()

    async def __call__(
        self,
        scope: Message,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        """Answer one request."""
        if self._app is None:
            try:
                await asyncio.to_thread(self.open)
            except Unusable as trouble:
                await _refuse(send, trouble.sentence)
                return
        app = self._app
        if app is None:
            await _refuse(send, "")
            return
        await app(scope, receive, send)


def build_embedded(
    path: Path,
    key: bytes,
    secret: str,
    tell: Callable[[], datetime] | None = None,
    outside: Outside | None = None,
) -> Embedded:
    """Return central for the desk that carries it; ``secret`` is made anew at every start.

    ``tell`` gives the time; central then goes by the clock of the desk it runs in. ``outside``:
    what stands for the world outside, instead of that world.
    """
    return Embedded(path, key, secret, tell, outside)


async def _refuse(send: Callable[[Message], Awaitable[None]], sentence: str) -> None:
    from central.problems import Refusal
    from contract.problems import ProblemCode

    refusal = Refusal(ProblemCode.STORAGE_UNUSABLE, sentence)
    headers = [
        (b"content-type", routes.PROBLEM_JSON.encode()),
        (routes.VERSION_HEADER.lower().encode(), routes.API_VERSION.encode()),
    ]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(refusal.document()).encode()})
