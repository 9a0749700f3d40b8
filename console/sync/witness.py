"""Takes in how far central's audit rows are signed: it comes along with tokens (security.md §6)."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from console.domain.clock import Clock, stamp
from console.domain.failures import StorageTrouble
from console.domain.witness import Told
from console.storage import witness
from console.storage.database import Store
from console.sync.gateway import Gateway
from contract import routes
from contract.messages import Session

log = logging.getLogger(__name__)


class AuditWitness:
    """Tells central which checkpoint was seen last, and keeps what it answers."""

    def __init__(self, store: Store, gateway: Gateway, clock: Clock) -> None:
        self._store = store
        self._gateway = gateway
        self._clock = clock
        self._known = False
        self.then: Callable[[Session], Awaitable[None]] = _nothing
        """What else is done with every new pair of tokens."""

    async def begin(self) -> None:
        """Send along what was seen before; a file that cannot be read costs the comparison only."""
        if self._known:
            return
        try:
            known = await asyncio.wrap_future(self._store.read(witness.witness))
        except StorageTrouble:
            return
        self._known = True
        self._tell(known.size)

    async def heard(self, session: Session) -> None:
        """Compare what came with tokens with what was seen, and keep it."""
        await self._compare(session)
        await self.then(session)

    async def _compare(self, session: Session) -> None:
        said = session.audit
        if said is None:
            return
        told = Told(said.checkpoint, said.key, said.size, said.link, said.restored_at)
        now = stamp(self._clock.now())
        try:
            known = await asyncio.wrap_future(
                self._store.write(lambda conn: witness.hear(conn, session.team.id, told, now))
            )
        except StorageTrouble:
            # A full disk: the next tokens bring it again.
            return
        if known.trouble:
            log.error("the audit rows of central do not connect: %s", known.trouble)
        self._tell(known.size)

    def went_back(self) -> None:
        """Note that central's records went back. Not awaited: the exchange goes on."""
        now = stamp(self._clock.now())
        self._store.write(lambda conn: witness.went_back(conn, now))

    def _tell(self, size: int) -> None:
        self._gateway.told = {routes.AUDIT_HEADER: str(size)} if size else {}


async def _nothing(session: Session) -> None:
    """Keep no tokens: the embedded central lets its desk in again by itself."""
