"""Wakes those who wait for news of a team. A bell says that something came, never what.

Bells may be rung and heard from any thread and any event loop.
"""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable
from types import TracebackType
from typing import Self


class Ear:
    """One who waits, for the length of a ``with`` block; begin it before looking for news."""

    def __init__(self, bells: "Bells", team: str) -> None:
        self._bells = bells
        self.team = team
        self._loop = asyncio.get_running_loop()
        self._rung = asyncio.Event()

    def __enter__(self) -> Self:
        self._bells.add(self)
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bells.drop(self)

    def wake(self) -> None:
        """Tell this one; a loop that has ended needs no telling."""
        try:
            self._loop.call_soon_threadsafe(self._rung.set)
        except RuntimeError:
            return

    async def rang(self, seconds: float) -> bool:
        """Wait for a ring at most this long; says whether it rang."""
        try:
            async with asyncio.timeout(seconds):
                await self._rung.wait()
        except TimeoutError:
            return False
        return True


class Bells:
    """One bell per team."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ears: set[Ear] = set()
        self._teams: Counter[str] = Counter()
        self._on_ring: Callable[[str], None] | None = None
        self._on_ear: Callable[[], None] | None = None

    def attach(self, on_ring: Callable[[str], None], on_ear: Callable[[], None]) -> None:
        """Say who carries rings further, and who must know that somebody began to wait."""
        self._on_ring, self._on_ear = on_ring, on_ear

    def hear(self, team: str) -> Ear:
        """Return an ear for the team's bell; used as ``with bells.hear(team) as ear``."""
        return Ear(self, team)

    def ring(self, team: str) -> None:
        """Wake everybody who waits for this team, here and in other processes.

        Called after a commit, never inside its transaction.
        """
        self.knock(team)
        if self._on_ring is not None:
            self._on_ring(team)

    def knock(self, team: str) -> None:
        """Wake those who wait in this process only."""
        with self._lock:
            ears = [ear for ear in self._ears if ear.team == team]
        for ear in ears:
            ear.wake()

    def knock_all(self) -> None:
        """Wake everybody who waits in this process."""
        with self._lock:
            ears = list(self._ears)
        for ear in ears:
            ear.wake()

    def teams(self) -> set[str]:
        """Return the teams that somebody waits for."""
        with self._lock:
            return set(self._teams)

    def add(self, ear: Ear) -> None:
        """Let somebody wait."""
        with self._lock:
            self._ears.add(ear)
            self._teams[ear.team] += 1
        if self._on_ear is not None:
            self._on_ear()

    def drop(self, ear: Ear) -> None:
        """Let somebody go."""
        with self._lock:
            self._ears.discard(ear)
            self._teams[ear.team] -= 1
            if self._teams[ear.team] <= 0:
                del self._teams[ear.team]
