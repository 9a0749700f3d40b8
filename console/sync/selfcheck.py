"""The hourly proof that desk and central hold the same (sync.md §7)."""

import logging

from console.domain.clock import Clock
from console.storage import digest
from console.sync.gateway import Gateway
from console.sync.local import Local

log = logging.getLogger(__name__)


class SelfCheck:
    """Compares count and sum per kind; first ``every_s`` seconds after the start."""

    def __init__(self, local: Local, gateway: Gateway, clock: Clock, every_s: float) -> None:
        self._local = local
        self._gateway = gateway
        self._clock = clock
        self._every_s = every_s
        self._done_at = clock.monotonic()

    @property
    def due(self) -> bool:
        """Say whether it is time again."""
        return self._clock.monotonic() - self._done_at >= self._every_s

    async def differing_kinds(self, team: str) -> tuple[str, ...] | None:
        """Return the kinds that differ, none where all is well.

        None: not comparable now, for central is further than this desk. Raises like the gateway.
        """
        self._done_at = self._clock.monotonic()
        said = await self._gateway.digest(team)
        cursor, mine = await self._local.sums(team)
        theirs = said.get("kinds")
        if cursor not in (said.get("cursor"), said.get("narrow_cursor")) or not isinstance(
            theirs, dict
        ):
            return None
        wrong = digest.differing(mine, theirs)
        if wrong:
            log.error("records do not add up to central's: %s", ", ".join(wrong))
        return wrong
