"""The words of Borden on screen (F20, seed 002)."""

from __future__ import annotations

from datetime import datetime

from console.domain.clock import local
from console.domain.report import HistoryLine
from console.domain.signs import SignCard, SignRow, guidance
from console.views.text import count_text, date_text, moment_text, plural
from console.views.widgets.facts import Fact
from console.views.widgets.timeline import Event
from contract.dutch import word
from contract.rules.sign import STEPS
from contract.vocabulary import GroupState, SignState

SEGMENTS = (("open", "Loopt"), ("placed", "Staat er"), ("done", "Klaar"))

LOOKS = {
    SignState.ASKED: ("ring", "outline"),
    SignState.ADVICE_ASKED: ("ring-question", "outline"),
    SignState.ADVISED: ("half-ring", "outline"),
    SignState.ORDERED: ("send", "outline"),
    SignState.PLACED: ("ring-check", "green"),
    SignState.REMOVED: ("minus", "grey"),
    SignState.REFUSED: ("ring-cross", "grey"),
}
"""Icon and tone of the chip of a state."""

STEP_WORDS = {
    SignState.ADVICE_ASKED: "Advies is gevraagd",
    SignState.ORDERED: "Borden zijn besteld",
    SignState.PLACED: "Borden staan er",
    SignState.REMOVED: "Borden zijn weg",
    SignState.REFUSED: "Wijs af…",
}

EMPTY = {
    "open": (
        "Er loopt geen aanvraag.",
        "Een aanvraag maakt meteen een groep in voorbereiding en een taak voor het advies.",
    ),
    "placed": (
        "Er staan nog geen borden.",
        "Een aanvraag komt hier als de borden geplaatst zijn.",
    ),
    "done": ("Er is niets afgewezen of weggehaald.", "Wat klaar is, komt hier te staan."),
}

_HISTORY = {
    "made": ("plus", "Aangevraagd"),
    "advised": ("shield", "Advies gegeven"),
    "moved": ("arrow-right", "Verder gezet"),
    "removed": ("trash", "Weggehaald"),
}


def state_word(state: str) -> str:
    """Return a state as it stands on a chip."""
    said = word(state, SignState)
    return said[:1].upper() + said[1:]


def day_words(day: str) -> str:
    """Return a day (2026-11-22) as people write it: 22-11-2026."""
    parts = day.split("-")
    return "-".join(reversed(parts)) if len(parts) == 3 else day


def spots_words(count: int) -> str:
    """Return how many places."""
    return plural(count, "plek", "plekken")


def due_words(row: SignRow, now: datetime) -> tuple[str, bool]:
    """Return when the advice is due and whether that is past; empty where it is given."""
    due = local(row.due_at)
    if due is None:
        return "", False
    day = f"{due.day}-{due.month}"
    return (f"advies was {day}", True) if due < now else (f"advies voor {day}", False)


def spoken(row: SignRow, now: datetime) -> str:
    """Return a row as one sentence (screens.md §8)."""
    parts = [row.title, row.area_name, state_word(row.state).lower(), spots_words(row.spots)]
    due, late = due_words(row, now)
    if due:
        parts.append(f"{due}{', te laat' if late else ''}")
    return f"{', '.join(part for part in parts if part)}."


def steps_of(state: str) -> tuple[tuple[str, str], ...]:
    """Return where a request may go from here: value and words, in the order of the keys 1 to 3."""
    order = list(SignState)
    made = []
    for one in STEPS.get(state, ()):
        back = order.index(one) < order.index(SignState(state))
        words = f"Terug naar {word(one, SignState)}" if back else STEP_WORDS[one]
        made.append((str(one), words))
    return tuple(made)


def may_advise(state: str) -> bool:
    """Say whether an advice can still be kept."""
    return state in (
        SignState.ASKED,
        SignState.ADVICE_ASKED,
        SignState.ADVISED,
        SignState.ORDERED,
    )


def facts(card: SignCard, now: datetime) -> list[Fact]:
    """Return the facts of a request."""
    group = card.group_name or "niet meer in de lijst"
    if card.group_name and card.group_state != GroupState.ACTIVE:
        group = f"{group}, {word(card.group_state, GroupState)}"
    made = [Fact("Groep", group), Fact("Gebied", card.row.area_name or "niet ingevuld")]
    made.append(Fact("Aangevraagd op", day_words(card.row.asked_on)))
    made.append(Fact("Straten", count_text(card.streets) if card.streets else "niet ingevuld"))
    due = local(card.row.due_at)
    if due is not None:
        late = due < now
        words = f"uiterlijk {date_text(due)}{', te laat' if late else ''}"
        icon = "clock" if late else None
        made.append(Fact("Advies", words, icon, "amber" if late else "text"))
    moved = local(card.state_at)
    if moved is not None:
        by = f", {card.state_by_name}" if card.state_by_name else ""
        made.append(Fact("Stand sinds", f"{moment_text(moved, now)}{by}"))
    if card.note:
        made.append(Fact("Notitie", card.note))
    return made


def advice_line(card: SignCard) -> str:
    """Return who advised and when."""
    return f"{card.row.advice_by}, {day_words(card.advice_on)}"


def band(card: SignCard) -> tuple[str, str, str, str]:
    """Return tone, title, text and icon of what to know first; four empty texts for nothing."""
    if card.row.state == SignState.REFUSED:
        return "plain", "Afgewezen", card.why, "ring-cross"
    if card.row.state == SignState.PLACED and card.group_state == GroupState.DRAFT:
        text = "Vul de kaart van de groep aan en zet hem op in gebruik. Open hem met O."
        return "amber", "De groep is nog in voorbereiding", text, "triangle-alert"
    said = guidance(len(card.spots), card.streets)
    if said and card.row.state not in (SignState.PLACED, SignState.REMOVED):
        return "plain", "Weinig plekken", said, "info"
    return "", "", "", ""


def events(lines: tuple[HistoryLine, ...], now: datetime) -> list[Event]:
    """Return the history, the newest first."""
    made = []
    for line in reversed(lines):
        icon, words = _HISTORY.get(line.what, ("history", line.what))
        if line.what == "moved" and line.text:
            words = state_word(line.text.split(" ", 1)[0])
        at = local(line.at or line.made_at)
        made.append(Event(icon, words, line.by_name, moment_text(at, now) if at else ""))
    return made
