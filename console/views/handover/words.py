"""The words of a handover sheet: sections, rows read aloud, what moves, why not yet (F42, F43)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from console.domain.clock import local
from console.domain.handover import Moves, Sheet, SheetLine, SheetRow
from console.domain.sheet import SECTIONS, TITLES, clock_of
from console.views.text import moment_text, plural

ANSWERS = (
    ("understood", "Begrepen", "1"),
    ("question", "Vraag", "2"),
    ("mine", "Naar mij", "3"),
)
"""Answer, its words, its key."""

EMPTY = "Er staat niets open."
EMPTY_MORE = (
    "Geen open meldingen, geen terugkoppeling die nog moet, geen plaatsing die onbekend is. "
    "Dit is gekeken om {at}."
)
NOTHING_EARLIER = "Er is nog niet overgedragen op deze desk."
READY = "De overdracht staat klaar."
READY_MORE = (
    "Uw collega meldt zich aan met Ctrl+L en neemt over. Tot dan blijft alles van u. "
    "Wat er nog bij komt, staat onder de streep."
)
NOT_YET_CENTRAL = "Bevestigd hier, nog niet door de centrale."
WHY_NO_TALK = "Schrijf op waarom u elkaar niet sprak."
NOBODY_YET = "nog niemand"

_ANSWERED = {
    "understood": "Begrepen",
    "question": "Vraag",
    "mine": "Naar mij",
    "": "Nog niet beantwoord",
}
_SEVERITY = {"red": "Dringend. ", "amber": "Let op. "}


def sections(sheet: Sheet) -> list[tuple[str, bool, list[SheetLine]]]:
    """Return title, whether it came later, and the lines, in the order of the sheet."""
    found = []
    for name in SECTIONS:
        lines = [line for line in sheet.lines if line.section == name and not line.late]
        if lines:
            found.append((TITLES[name], False, lines))
    later = [line for line in sheet.lines if line.late]
    if later:
        found.append((f"Na {clock_of(sheet.made_at)} erbij gekomen", True, later))
    return found


def in_order(sheet: Sheet) -> list[SheetLine]:
    """Return the lines as they stand on the sheet, from top to bottom."""
    return [line for _, _, lines in sections(sheet) for line in lines]


def spoken(line: SheetLine) -> str:
    """Return a line as one sentence: answer, how serious, what, detail, when."""
    answer = _ANSWERED.get(line.answer, line.answer)
    who = f" door {line.answered_by}" if line.answer and line.answered_by else ""
    when = f" {line.time_text}." if line.time_text else ""
    late = "Later erbij gekomen. " if line.late else ""
    serious = _SEVERITY.get(line.severity, "")
    return f"{answer}{who}. {late}{serious}{line.title}. {line.detail}{when}".strip()


def answer_words(answer: str) -> str:
    """Return an answer in words."""
    return _ANSWERED.get(answer, answer)


def made_words(sheet: Sheet, *, preview: bool) -> str:
    """Return when the sheet was made and from what."""
    at = clock_of(sheet.made_at)
    if preview:
        return f"Zo staat het er om {at} voor, uit het logboek. Niets is overgetypt."
    return f"Gemaakt om {at} uit het logboek. Niets is overgetypt."


def moving(moves: Moves) -> list[tuple[str, str]]:
    """Return icon and words for everything that goes along."""
    rows = [
        ("inbox", moves.reports, "melding", "meldingen"),
        ("clock", moves.clocks, "klok voor terugkoppeling", "klokken voor terugkoppeling"),
        ("ring-question", moves.unknown_placements, "onbekende plaatsing", "onbekende plaatsingen"),
        ("message", moves.drafts, "bericht in de maak", "berichten in de maak"),
    ]
    return [(icon, plural(count, one, many)) for icon, count, one, many in rows if count]


def moving_title(sheet: Sheet) -> str:
    """Return to whom it goes in one step."""
    return f"Dit gaat in één keer naar {first_name(sheet.to_name) or 'wie overneemt'}"


def questions(lines: Sequence[SheetLine]) -> str:
    """Return what happens to questions that are open; empty where there is none."""
    asked = [line.title for line in lines if line.answer == "question"]
    if not asked:
        return ""
    if len(asked) == 1:
        return f"De vraag over “{asked[0]}” blijft op beide namen staan."
    return f"De {len(asked)} vragen blijven op beide namen staan."


def progress(sheet: Sheet, *, short: bool = False) -> str:
    """Return how many lines have an answer."""
    many = len(sheet.lines)
    if not many:
        return EMPTY
    if short:
        return f"{sheet.answered} van {many} beantwoord"
    return f"{sheet.answered} van {plural(many, 'regel', 'regels')} beantwoord"


def why_not(sheet: Sheet, *, talked: bool, note: str) -> str:
    """Return why the sheet cannot be taken over yet; empty where it can."""
    left = len(sheet.lines) - sheet.answered
    if left:
        return f"Beantwoord eerst nog {plural(left, 'regel', 'regels')}."
    if not talked and not note.strip():
        return WHY_NO_TALK
    return ""


def giver_words(sheet: Sheet, now: datetime) -> str:
    """Return what is known of the one who gives over."""
    if sheet.status == "accepted":
        return "gaf over"
    seen = local(sheet.from_seen_at)
    return f"geeft over, gezien om {moment_text(seen, now)}" if seen else "geeft over"


def taker_words(sheet: Sheet) -> str:
    """Return what is known of the one who takes over."""
    if sheet.status == "accepted":
        return f"nam over om {clock_of(sheet.accepted_at)}"
    return "neemt over"


def seal_code(seal: str) -> str:
    """Return the first twelve characters of a seal in groups of four, as people compare them."""
    short = seal[:12].upper()
    return " ".join(short[at : at + 4] for at in range(0, len(short), 4))


def first_name(name: str) -> str:
    """Return the first name."""
    return name.split(maxsplit=1)[0] if name.split() else ""


def earlier_words(row: SheetRow, now: datetime) -> tuple[str, str, str]:
    """Return who to whom, what stands below it, and when it was accepted."""
    made, accepted = local(row.made_at), local(row.accepted_at)
    below = f"Blad van {moment_text(made, now)}" if made else ""
    if row.questions:
        below += f", {plural(row.questions, 'vraag', 'vragen')} open gebleven"
    when = moment_text(accepted, now) if accepted else ""
    return f"{row.from_name} aan {row.to_name}", below, when


def earlier_spoken(row: SheetRow, now: datetime) -> str:
    """Return an earlier handover as one sentence."""
    who, below, when = earlier_words(row, now)
    return f"Overgedragen door {who}, {when}. {below}."
