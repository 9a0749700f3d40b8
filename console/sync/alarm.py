"""What ends the engine's rest: an act at the desk, a hint from central, somebody who asks."""

import asyncio
from collections.abc import Callable
from contextlib import suppress


class Alarm:
    """Wakes one loop; ``wake`` and ``urge`` may be called from any thread."""

    def __init__(self) -> None:
        self._woken = asyncio.Event()
        self._urged = asyncio.Event()
        self._acted = False
        self._hint = -1
        self._loop: asyncio.AbstractEventLoop | None = None

    def here(self) -> None:
        """Ring on the loop that runs now."""
        self._loop = asyncio.get_running_loop()

    def wake(self) -> None:
        """End a rest; one after a failure is sat out."""
        self._call(self._on_wake)

    def urge(self) -> None:
        """End any rest."""
        self._call(self._on_urge)

    def hint(self, head: int, known: int) -> None:
        """Central says where it stands: wake where that is further than known, or set back."""
        self._hint = head
        if head != known:
            self._woken.set()

    def starting(self) -> None:
        """Begin an exchange: what rings from now on was not seen by it."""
        self._acted = False

    async def rest(self, seconds: float, known: int, *, patient: bool) -> None:
        """Wait for the next turn; ``known``: central's number after the exchange just done.

        ``patient``: only somebody who asks for it cuts the rest short. The hint of what that
        exchange itself brought does not.
        """
        if not self._acted and self._hint == known:
            self._woken.clear()
        event = self._urged if patient else self._woken
        with suppress(TimeoutError):
            # Not wait_for: before Python 3.12 it loses a cancellation that meets the bell.
            async with asyncio.timeout(seconds):
                await event.wait()
        self._woken.clear()
        self._urged.clear()

    def _on_wake(self) -> None:
        self._acted = True
        self._woken.set()

    def _on_urge(self) -> None:
        self._on_wake()
        self._urged.set()

    def _call(self, work: Callable[[], None]) -> None:
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(work)
