"""Wakes those who wait for news of a team. A bell says that something came, never what."""

import asyncio


class Bells:
    """One bell per team; only touched from the event loop."""

    def __init__(self) -> None:
        self._waiting: dict[str, asyncio.Event] = {}

    def hear(self, team: str) -> asyncio.Event:
        """Return what will be set at the next ring; take it before looking for news."""
        return self._waiting.setdefault(team, asyncio.Event())

    def ring(self, team: str) -> None:
        """Wake everybody who waits for this team."""
        bell = self._waiting.pop(team, None)
        if bell is not None:
            bell.set()
