"""What goes away and when, as the desk shows it; and old records asked for with a reason (F52). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from console.domain.acts import THINGS
from contract.retention import ARCHIVED, DESTROYED

TERM_WORDS: Mapping[str, str] = {
    "free_days": "Vrij te gebruiken tot",
    "asked_days": "Op een gerichte vraag tot",
    "destroy_days": "Vernietigd na",
    "leaver_days": "Beheerder die wegging",
    "check_days": "Controles van WhatsApp Web",
    "task_days": "Taken die klaar zijn",
    "sign_days": "Borden die weg zijn",
    "signup_days": "Tellingen van aanmeldingen",
    "damaged_days": "Beschadigd bestand, opzij gezet",
    "copy_days": "Kopie van voor het bijwerken",
}
"""What each term is called on the page; all of them are in days."""

ACT_WORDS: Mapping[str, str] = {
    ARCHIVED: "van de desks",
    DESTROYED: "vernietigd",
    "held": "bewaard door een stop",
}

USE_WORDS: Mapping[str, str] = {
    "work": "Werk",
    "complaint": "Klacht",
    "accountability": "Verantwoording",
}
"""What an old report may be asked for."""


@dataclass(frozen=True, slots=True)
class Gone:
    """How many of a kind something happened or will happen to; ``at`` where it happened."""

    kind: str
    act: str
    count: int
    at: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the rounds stand; stamps, empty for never."""

    ran_at: str = ""
    next_at: str = ""
    paused_at: str = ""
    seen_at: str = ""
    archived: int = 0
    destroyed: int = 0
    runs: tuple[Gone, ...] = ()


@dataclass(frozen=True, slots=True)
class Hold:
    """A stop on destruction: of which record, why, by whom, until when (a stamp)."""

    record: str
    number: str
    reason: str
    person: str
    until: str


@dataclass(frozen=True, slots=True)
class TermsSeen:
    """The terms in force with their grounds; ``before``: those of before the last change."""

    days: Mapping[str, int]
    grounds: Mapping[str, str]
    before: Mapping[str, int]
    changed_at: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One exact question: a number, or a place with the span of a day; stamps."""

    number: str
    place: str
    since: str
    until: str
    use: str
    reason: str


@dataclass(frozen=True, slots=True)
class OldRecord:
    """One old record as it was found. ``lines``: what belongs to it, one line each."""

    kind: str
    id: str
    number: str
    third: bool
    body: Mapping[str, Any]
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found; ``closed``: how many only open for a complaint or accountability."""

    records: tuple[OldRecord, ...] = ()
    closed: int = 0


class Keeping(Protocol):
    """Asks central about what goes away. Every method raises ``Refused`` with a sentence."""

    async def standing(self) -> Standing:
        """Return how the rounds stand and what went lately."""
        ...

    async def forecast(self, terms: Mapping[str, int]) -> tuple[Gone, ...]:
        """Return what would go within a month; ``terms``: others than those in force."""
        ...

    async def go_on(self) -> Standing:
        """Say that the clock is right after it jumped."""
        ...

    async def ask(self, question: Question) -> Answer:
        """Ask for an old record; central writes down who asks and why before it answers."""
        ...


def shortened(now: Mapping[str, int], wanted: Mapping[str, int]) -> bool:
    """Say whether any term becomes shorter."""
    return any(wanted.get(name, days) < days for name, days in now.items())


def gone_words(gone: Gone) -> str:
    """Return one count in words: what, and what happens to it."""
    thing = THINGS.get(gone.kind, gone.kind)
    return f"{gone.count} × {thing}: {ACT_WORDS.get(gone.act, gone.act)}"
