"""What the desk knows of its line: one frozen picture, told to whoever listens (sync.md §10)."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, NamedTuple

log = logging.getLogger(__name__)


class SyncState(StrEnum):
    """Where the session with central stands."""

    SIGNED_OUT = "signed_out"
    CONNECTING = "connecting"
    CATCHING_UP = "catching_up"
    LIVE = "live"
    OFFLINE = "offline"
    RESYNCING = "resyncing"
    UPGRADE_NEEDED = "upgrade_needed"


class Colleague(NamedTuple):
    """Somebody at another desk of the team: person id, name of the desk, stamp of their coming."""

    person: str
    station: str
    since: str


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """The line at one moment. ``at`` is the stamp of the last whole exchange with central.

    ``queue`` counts the signed-in person's ops that central has not answered, made since
    ``oldest_at``; ``tray`` what waits for their decision; ``others`` what waits for other persons.
    ``trouble`` is a problem code or empty; ``sentence`` is central's own Dutch sentence, if any.
    ``colleagues`` are the other desks of the team that hold a live line now, empty without one.
    ``skew_s`` is how many seconds central's clock is ahead of this computer's; 0 where the two
    differ by less than two minutes. ``live`` says whether news comes by itself (sync.md §8).
    ``suspect`` names kinds whose records did not add up to central's at the last self-check.
    """

    state: SyncState = SyncState.SIGNED_OUT
    at: str = ""
    queue: int = 0
    oldest_at: str = ""
    tray: int = 0
    others: int = 0
    trouble: str = ""
    sentence: str = ""
    colleagues: tuple[Colleague, ...] = ()
    skew_s: int = 0
    live: bool = False
    suspect: tuple[str, ...] = ()


Listener = Callable[[SyncStatus], None]


class StatusBoard:
    """Holds the present status. Listeners are called on the thread that changed it."""

    def __init__(self) -> None:
        self._now = SyncStatus()
        self._listeners: list[Listener] = []
        self._lock = threading.Lock()

    @property
    def now(self) -> SyncStatus:
        """Return the present status; from any thread."""
        return self._now

    def subscribe(self, listener: Listener) -> None:
        """Have a listener called with every new status."""
        self._listeners.append(listener)

    def change(self, **parts: Any) -> None:
        """Change parts of the status; the same status again is told to nobody."""
        with self._lock:
            new = replace(self._now, **parts)
            if new == self._now:
                return
            self._now = new
        for listener in tuple(self._listeners):
            try:
                listener(new)
            except Exception:
                log.exception("a listener of the status failed")
