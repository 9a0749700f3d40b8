"""The order of pushes of one desk that are under way together (sync.md §5).

A desk with much to send lets the next push go before the last one is answered, and says which one
it follows. Central decides it after that one was committed, or not at all. Turns stand in the memory
of one process: another process, or the same one after a restart, knows of none and the desk sends
again.
"""

import asyncio
import contextlib
from collections import OrderedDict

from central.problems import Refusal
from contract.problems import ProblemCode

KEPT = 4_096
"""How many turns are remembered, the newest; a desk follows the one just before."""

OVERTAKEN_S = 2.0
"""How long a push waits for the one it follows to come in: on two lines it may be overtaken."""

LONGEST_S = 20.0
"""How long a push waits for the one it follows at all: longer than any statement may take."""

Key = tuple[str, str]


class Turn:
    """One push: ``come`` before it is decided, ``end`` after it, whatever came of it."""

    def __init__(self) -> None:
        self._before: Turn | None = None
        self._here = asyncio.Event()
        self._over = asyncio.Event()
        self._done = False

    def begin(self, before: "Turn | None") -> None:
        """Note that it came in, and which one it follows."""
        self._before = before
        self._here.set()

    async def come(self) -> None:
        """Wait for the push before this one. Raises ``too-early`` where that was not committed."""
        if self._before is not None:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(OVERTAKEN_S):
                    await self._before._here.wait()
                async with asyncio.timeout(LONGEST_S):
                    await self._before._over.wait()
        self.check()

    def check(self) -> None:
        """Raise ``too-early`` unless this push follows none, or one that was committed."""
        before, self._before = self._before, None
        if before is not None and not before._done:
            raise Refusal(ProblemCode.TOO_EARLY)

    def end(self, *, done: bool) -> None:
        """Let whoever follows go on; ``done``: this push was committed.

        The same push may come in twice; that it was done once is enough.
        """
        self._done = self._done or done
        self._over.set()


class Turns:
    """The turns of every desk of this process; for one event loop."""

    def __init__(self) -> None:
        self._turns: OrderedDict[Key, Turn] = OrderedDict()

    def open(self, device: str, turn: str, follows: str) -> Turn:
        """Note that a push of a desk came in; both words are of its own choice and may be empty."""
        before = self._called(device, follows) if follows else None
        opened = self._called(device, turn) if turn else Turn()
        opened.begin(before)
        return opened

    def _called(self, device: str, turn: str) -> Turn:
        found = self._turns.setdefault((device, turn), Turn())
        while len(self._turns) > KEPT:
            self._turns.popitem(last=False)
        return found
