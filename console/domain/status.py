"""What the status bar says: lamps with ages, the queue and what waits for a decision (F51)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lamp:
    """One lamp. ``state``: good, old, off, unknown or here. ``at`` is the last success."""

    name: str
    state: str
    at: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What the sync engine says of the line to central."""

    embedded: bool
    live: bool
    at: str
    queue: int
    oldest_at: str
    tray: int
    others: int


@dataclass(frozen=True, slots=True)
class Status:
    """Everything the bar and the rail show that is not on the screen itself."""

    central: Lamp
    burgernet: Lamp
    whatsapp: Lamp
    queue: int = 0
    queue_oldest_at: str = ""
    tray: int = 0
    unconfirmed: int = 0
    unconfirmed_since: str = ""
    others_waiting: int = 0
