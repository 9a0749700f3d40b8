"""What the status bar says: lamps with ages, the queue and what waits for a decision (F51)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lamp:
    """One lamp. ``state``: good, old, off, unknown or here. ``at`` is the last success."""

    name: str
    state: str
    at: str = ""
    words: str = ""


SKEW_LIMIT_S = 120
"""From so many seconds on a clock that differs from central's is told (sync.md §9)."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of this team who is at another desk now; ``since`` is a stamp. Never stored."""

    person: str
    name: str
    station: str
    since: str


@dataclass(frozen=True, slots=True)
class Line:
    """What the sync engine says of the line to central.

    ``state``: as in sync.md §10. ``trouble`` and ``sentence`` say what is wrong. ``skew_s``:
    how many seconds central's clock is ahead of this computer's. ``colleagues``: person id,
    station and stamp of everybody at another desk.
    """

    embedded: bool
    live: bool
    at: str
    queue: int
    oldest_at: str
    tray: int
    others: int
    state: str = ""
    trouble: str = ""
    sentence: str = ""
    skew_s: int = 0
    colleagues: tuple[tuple[str, str, str], ...] = ()


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
    line: str = ""
    trouble: str = ""
    sentence: str = ""
    skew_s: int = 0
    colleagues: tuple[Colleague, ...] = ()
    feeds: tuple[Lamp, ...] = ()
    audit: str = ""
    """What does not fit in central's audit rows, by ``console.domain.witness``; empty: all is well."""

    read_only: bool = False
    """Whether the desk was without central too long to write (security.md §3)."""

    def at_desk(self, person: str) -> Colleague | None:
        """Return where a colleague is at work now, as far as central knows."""
        return next((one for one in self.colleagues if one.person == person), None)
