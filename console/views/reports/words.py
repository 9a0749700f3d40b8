"""The words of a report on screen: rows as one sentence, history lines, ages (screens.md §8)."""

from __future__ import annotations

from datetime import datetime

from console.domain.clock import local, moment
from console.domain.report import HistoryLine, ReportRow
from console.views.text import age_text, clock_text, moment_text
from contract.dutch import word
from contract.vocabulary import Called112, Category, CloseReason, ReportSource

CATEGORY_ICONS = {
    "person": "person",
    "persons": "person-group",
    "vehicle": "car",
    "surroundings": "tree",
    "unknown": "ring-question",
}

CLAIM_ICONS = {
    "none": ("ring", "text3"),
    "mine": ("disc-check", "accent"),
    "other": ("half-ring", "text2"),
    "provisional": ("dashed-ring", "amberfill"),
}

SECTIONS = {
    "acute": "Acuut",
    "open": "Nog van niemand",
    "claimed": "Opgepakt",
    "waiting": "Wacht op iets",
    "closed": "Gesloten",
    "found": "Gevonden",
}

EVENTS = {
    "created": ("plus", "Melding gemaakt"),
    "marked_acute": ("octagon-alert", "Als acuut gemerkt"),
    "not_acute": ("ring", "Niet meer acuut"),
    "answered_112": ("phone", "112 gebeld"),
    "claimed": ("disc-check", "Opgepakt"),
    "released": ("ring", "Vrijgegeven"),
    "lease_broken": ("swap", "Overgenomen met reden"),
    "waiting": ("ring-pause", "Wacht op"),
    "linked": ("link", "Verband gelegd"),
    "unlinked": ("undo", "Verband weggehaald"),
    "note": ("pencil", "Notitie"),
    "photo_removed": ("image", "Foto weggehaald"),
    "amended": ("pencil", "Gegevens aangevuld"),
    "closed": ("check", "Gesloten"),
    "reopened": ("undo", "Weer geopend"),
    "seen": ("eye", "Gezien"),
    "answer_copied": ("copy", "Antwoord voor de beheerder gekopieerd"),
    "post": ("message", "Bericht gemaakt"),
    "handed_over": ("swap", "Overgedragen"),
    "step_unticked": ("undo", "Vinkje in het werkproces weggehaald"),
    "let_go": ("undo", "Laten vervallen"),
    "let_go_undone": ("undo", "Toch niet laten vervallen"),
}


def age(row: ReportRow, now: datetime) -> str:
    """Return how old a report is, or when it was closed."""
    at = local(row.closed_at if row.status == "closed" else row.heard_at)
    return age_text(at, now) if at else ""


def minutes_left(row: ReportRow, now: datetime) -> int | None:
    """Return how many minutes the claim still holds; None where it does not run out."""
    until = moment(row.lease_until)
    if until is None or row.status != "claimed":
        return None
    return max(0, int((until - now).total_seconds() // 60))


def holder_words(row: ReportRow) -> str:
    """Return who holds a report, as it stands in the list ("Ik", "R. Oostinga")."""
    if row.claim == "mine":
        return "Ik"
    if row.claim == "provisional":
        return "Ik, voorlopig"
    if not row.holder_name or row.claim == "none":
        return ""
    first, _, rest = row.holder_name.partition(" ")
    return f"{first[0]}. {rest}" if rest else first


def spoken(row: ReportRow, now: datetime) -> str:
    """Return a row as one sentence: state, title, place, age, holder, lease."""
    state = {
        "none": "Van niemand",
        "mine": "Van mij",
        "other": f"Van {row.holder_name}",
        "provisional": "Van mij, voorlopig",
    }[row.claim]
    if row.status == "closed":
        state = f"Gesloten, {word(row.close_reason, CloseReason).lower()}"
    if row.acute and row.status != "closed":
        state = f"Acuut. {state}"
    if not row.seen:
        state += ", ongezien"
    where = row.place if not row.area_name else f"{row.place} {row.area_name}"
    old = age(row, now).replace(" min", " minuten")
    left = minutes_left(row, now)
    lease = f" Nog {left} minuten." if left is not None and row.claim != "none" else ""
    return f"{state}. {row.title}, {where}. {old}.{lease}"


def event_words(line: HistoryLine) -> tuple[str, str, str]:
    """Return icon, title and detail of one line of the history."""
    icon, title = EVENTS.get(line.what, ("dot", line.what.replace("_", " ").capitalize()))
    text = line.text
    if line.what == "created":
        title = f"Melding gemaakt, {word(text, ReportSource)}" if text else title
    elif line.what == "answered_112":
        title = f"112 gebeld: {word(text, Called112).lower()}"
    elif line.what == "closed":
        title = f"Gesloten: {word(text, CloseReason).lower()}"
    elif line.what in ("waiting", "note", "lease_broken", "reopened", "let_go", "photo_removed"):
        title = f"{title}: {text}" if text else title
    who = " · ".join(part for part in (line.by_name, line.station) if part)
    return icon, title, f"{who} · nog niet verstuurd" if line.pending and who else who


def event_time(line: HistoryLine, now: datetime) -> str:
    """Return when it happened; the station's own time where it differs from central's."""
    at = local(line.at or line.made_at)
    made = local(line.made_at)
    if at is None:
        return ""
    text = moment_text(at, now)
    if made is not None and abs((at - made).total_seconds()) > 120:
        return f"{text}, hier {clock_text(made)}"
    return text


def category_words(category: str) -> str:
    """Return the Dutch word of a category."""
    return word(category, Category)
