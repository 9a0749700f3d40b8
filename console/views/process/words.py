"""The words of the written work process: its parts, its version, what is done (F40)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from console.domain.sheet import clock_of
from console.domain.workbook import Step, Workbook
from console.views.text import plural

SCOPES = {
    "reports": "Meldingen",
    "burgernet": "Burgernet",
    "write": "Opstellen",
    "groups": "Groepen",
    "issue": "Uitgeven",
    "whatsapp_web": "WhatsApp Web",
    "feedback": "Terugkoppeling",
    "handover": "Overdracht",
    "closing": "Einde van de dienst",
}
"""Part of the process, named after the screen where F1 opens it."""

DRAFT = "concept, nog niet vastgesteld"
NO_BOOK = "Er is nog geen werkproces. Het komt mee met de eerste keer dat de centrale antwoordt."
NO_STEPS = "Voor dit scherm zijn geen stappen geschreven."
OFFLINE = "Werkt zonder netwerk"
WAY_OUT = "Lukt het niet?"

_SUBJECTS = {
    "report": "Vinkjes van deze melding",
    "post": "Vinkjes van dit bericht",
    "alert": "Vinkjes van deze actie",
    "handover": "Vinkjes van deze overdracht",
    "group": "Vinkjes van deze groep",
    "day": "Vinkjes van vandaag",
}
_MONTHS = (
    "januari februari maart april mei juni juli augustus september oktober november december"
).split()


def scope_title(scope: str) -> str:
    """Return the name of a part; an unknown one keeps its own word."""
    return SCOPES.get(scope, scope.replace("_", " ").capitalize())


def of_scope(book: Workbook, scope: str) -> list[Step]:
    """Return the steps of one part; all steps where no part is asked."""
    return [step for step in book.steps if not scope or step.scope == scope]


def grouped(book: Workbook) -> list[tuple[str, list[Step]]]:
    """Return every part with its steps, in the order of the process."""
    parts: dict[str, list[Step]] = {}
    for step in book.steps:
        parts.setdefault(step.scope, []).append(step)
    return list(parts.items())


def version_words(book: Workbook) -> str:
    """Return version, date and who approved it ("Versie 3 van 2 november 2026, vastgesteld …")."""
    words = f"Versie {book.version or '1'}"
    try:
        day = date.fromisoformat(book.version_date)
        words += f" van {day.day} {_MONTHS[day.month - 1]} {day.year}"
    except ValueError:
        pass
    if book.state == "approved" and book.approved_by:
        words += f", vastgesteld door {book.approved_by}"
    return words


def is_draft(book: Workbook) -> bool:
    """Say whether nobody has approved this version."""
    return book.state != "approved"


def progress(steps: Sequence[Step]) -> str:
    """Return how many steps are done."""
    done = sum(1 for step in steps if step.ticked_at)
    return f"{done} van {plural(len(steps), 'stap', 'stappen')} gedaan"


def done_words(step: Step) -> str:
    """Return when and by whom a step was ticked; empty where it was not."""
    if not step.ticked_at:
        return ""
    who = f", {step.ticked_by}" if step.ticked_by else ""
    return f"{clock_of(step.ticked_at)}{who}"


def subject_words(kind: str) -> str:
    """Return what the ticks belong to."""
    return _SUBJECTS.get(kind, "Vinkjes van dit onderdeel")


def spoken(step: Step, number: int, total: int, *, whole: bool) -> str:
    """Return a step as one sentence; `whole` with its text and way out."""
    state = f"Gedaan om {clock_of(step.ticked_at)}" if step.ticked_at else "Nog te doen"
    if step.ticked_at and step.ticked_by:
        state += f" door {step.ticked_by}"
    words = f"Stap {number} van {total}. {state}. {step.title}."
    if whole:
        words += f" {step.text}"
        if step.way_out:
            words += f" {WAY_OUT} {step.way_out}"
    return " ".join(words.split())
