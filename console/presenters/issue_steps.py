"""What the next-step card of Uitgeven says in each state (screens.md §5.3, §7). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from console.domain.alert_state import state_now
from console.domain.clock import LOCAL, moment
from console.domain.compose import first_words
from console.domain.post import Ledger, PlacementRow
from console.domain.writing import asks_feedback
from console.services.ledger import next_row
from console.views.posts.step_card import Step, StepButton
from console.views.posts.words import clock_of, counts_words
from console.views.text import ago_text, duration_text, plural
from contract.dutch import WORDS
from contract.vocabulary import AlertState, NotPlacedReason, PlacementState, PostType

SECONDS = 60

COPY_KEY, PLACED_KEY, NOT_KEY = "Ctrl+Shift+C", "Ctrl+Enter", "Ctrl+Shift+Enter"

REASONS: Mapping[str, str] = {
    "answer_1": NotPlacedReason.GROUP_GONE,
    "answer_2": NotPlacedReason.SHARED_ALREADY,
    "answer_3": NotPlacedReason.BY_PHONE,
    "answer_4": NotPlacedReason.OTHER,
}

HELP_PASTE = (
    "Open deze groep in WhatsApp Web, plak met Ctrl+V en verstuur. Zeg daarna hoe het ging."
)
HELP_PHONE = (
    "Open deze groep op de teamtelefoon, neem de tekst hiernaast over en verstuur. "
    "Zeg daarna hoe het ging."
)

PHOTO_NEXT = "Plak eerst de tekst. Kopieer dan de foto (Shift+F). Zeg daarna hoe het ging."


def with_photo(step: Step, row: PlacementRow, *, on_board: bool) -> Step:
    """Return the step of a copied text with its photo in it (F27)."""
    if row.state != PlacementState.COPIED:
        return step
    if on_board:
        return replace(step, clip_title="Foto op het klembord", starts_with="")
    return replace(step, help=PHOTO_NEXT)


@dataclass(frozen=True, slots=True)
class Moment:
    """What the card depends on beside the ledger.

    ``seconds``: how long our text stays on the clipboard. ``gone``: why it is not there, "time"
    or "taken". ``asking``: the row of which "waarom niet" is asked. ``phone``: WhatsApp Web is out.
    """

    now: datetime
    seconds: int = 0
    gone: str = ""
    asking: str = ""
    phone: bool = False


def here(ledger: Ledger) -> PlacementRow | None:
    """Return the row the card is about, or None where all is done."""
    return next_row(ledger)


def ended(ledger: Ledger, now: datetime) -> bool:
    """Say whether the action behind a broadcast has ended: only its outcome may go out (F37)."""
    if not ledger.alert_id or not asks_feedback(ledger.type):
        return False
    return state_now(ledger.alert_state, ledger.alert_state_at, now) == AlertState.ENDED


def step_for(ledger: Ledger, at: Moment) -> Step:
    """Return what the card shows now."""
    row = here(ledger)
    if row is None:
        return _done(ledger)
    if at.asking == row.id:
        return _why(ledger, row)
    if row.state == PlacementState.UNKNOWN:
        return _unknown(ledger, row)
    if ended(ledger, at.now) and row.state == PlacementState.PENDING:
        return _ended(ledger)
    if row.state == PlacementState.COPIED:
        return _copied(ledger, row, at)
    return _offer(ledger, row, at)


def clock_words(ledger: Ledger, now: datetime) -> tuple[str, str, float, bool]:
    """Return due, sentence, share gone by and lateness of the feedback clock; "" hides it."""
    if not asks_feedback(ledger.type):
        return "", "", -1.0, False
    due, first = moment(ledger.feedback_due_at), moment(ledger.first_placed_at)
    if ledger.settled_at:
        return "afgerond", f"De klok stopte om {clock_of(ledger.settled_at)}.", -1.0, False
    if due is None:
        return "", "De klok begint bij de eerste plaatsing.", -1.0, False
    shown = f"uiterlijk {clock_of(ledger.feedback_due_at)}"
    if now > due:
        return shown, f"{duration_text(now - due).capitalize()} te laat.", 1.0, True
    start = f" De klok begon bij de eerste plaatsing, om {clock_of(ledger.first_placed_at)}."
    left = duration_text(due - now).replace(" min", " minuten")
    share = 0.0
    if first is not None and due > first:
        share = (now - first).total_seconds() / (due - first).total_seconds()
    return shown, f"Nog {left}.{start if first else ''}", share, False


def alert_words(ledger: Ledger, now: datetime) -> tuple[str, str, str, str]:
    """Return title, words, icon and colour of the action behind a post; "" hides it."""
    if not ledger.alert_id:
        return "", "", "antenna", "text2"
    began = clock_of(ledger.alert_started_at)
    seen_at = moment(ledger.alert_state_at)
    seen = ago_text(seen_at.astimezone(LOCAL), now.astimezone(LOCAL)) if seen_at else ""
    words = f"Begonnen om {began}" if began else ""
    if seen:
        words = f"{words}, gezien {seen}" if words else f"Gezien {seen}"
    state = state_now(ledger.alert_state, ledger.alert_state_at, now)
    if state == AlertState.ENDED:
        at = clock_of(ledger.alert_state_at)
        return (
            f"Burgernet-actie beëindigd om {at}",
            "Beëindigd is niet hetzelfde als gevonden.",
            "octagon-alert",
            "redfill",
        )
    if state == AlertState.UNKNOWN:
        return "Burgernet-actie: status onbekend", words, "ring-question", "amberfill"
    return "Burgernet-actie loopt", words, "antenna", "text2"


def _which(ledger: Ledger, row: PlacementRow) -> str:
    return f"Nu: groep {ledger.rows.index(row) + 1} van {len(ledger.rows)}"


def _begins(row: PlacementRow) -> str:
    return first_words(row.text)


def _offer(ledger: Ledger, row: PlacementRow, at: Moment) -> Step:
    if at.phone:
        return Step(
            "amber",
            f"{_which(ledger, row)}. Plaats vanaf de telefoon",
            counts_words(ledger),
            f"Verstuur in {row.group_name}",
            HELP_PHONE,
            "WhatsApp Web is niet verbonden",
            "Koppel opnieuw, of plaats vanaf de telefoon.",
            buttons=(
                StepButton("confirm", "Geplaatst", PLACED_KEY, "check", "filled"),
                StepButton("second", "Niet geplaatst…", NOT_KEY),
                StepButton("copy", "Kopieer toch", COPY_KEY, "copy", "quiet", "Kopieer"),
            ),
        )
    return Step(
        "accent",
        _which(ledger, row),
        counts_words(ledger),
        f"Kopieer de tekst voor {row.group_name}",
        "Daarna plakt u hem zelf in WhatsApp Web. De desk plaatst nooit iets.",
        "Het klembord is leeg",
        "",
        starts_with=_begins(row),
        buttons=(
            StepButton("copy", "Kopieer", COPY_KEY, "copy", "filled"),
            StepButton("second", "Niet geplaatst…", NOT_KEY),
        ),
    )


def _copied(ledger: Ledger, row: PlacementRow, at: Moment) -> Step:
    title, text, share, tone = "Op het klembord", "", -1.0, "text2"
    if at.seconds > 0:
        text = f"nog {plural(at.seconds, 'seconde', 'seconden')}, dan wordt het leeg"
        share = at.seconds / SECONDS
    elif at.gone == "time":
        title, text = "Het klembord is leeg na 60 seconden.", "Kopieer opnieuw."
    elif at.gone == "taken":
        title, text, tone = "Er staat iets anders op het klembord.", "Kopieer opnieuw.", "amber"
    else:
        title, text = "Het klembord is leeg", "Kopieer opnieuw als u nog niet plakte."
    return Step(
        "accent",
        _which(ledger, row),
        counts_words(ledger),
        f"Plak en verstuur in {row.group_name}",
        HELP_PHONE if at.phone else HELP_PASTE,
        title,
        text,
        share,
        _begins(row),
        (
            StepButton("confirm", "Geplaatst", PLACED_KEY, "check", "filled"),
            StepButton("second", "Niet geplaatst…", NOT_KEY),
            StepButton("copy", "Kopieer opnieuw", COPY_KEY, "copy", "quiet", "Opnieuw"),
        ),
        tone,
    )


def _why(ledger: Ledger, row: PlacementRow) -> Step:
    words = WORDS[NotPlacedReason]
    short = {"answer_1": "Groep bestaat niet", "answer_2": "Al gedeeld", "answer_3": "Telefonisch"}
    return Step(
        "accent",
        _which(ledger, row),
        counts_words(ledger),
        f"Waarom niet in {row.group_name}?",
        "Kies een reden. Esc gaat terug.",
        "De tekst blijft bewaard",
        "U kunt deze groep later alsnog kopiëren.",
        buttons=tuple(
            StepButton(
                command,
                f"{short.get(command, words[reason])}{'…' if command == 'answer_4' else ''}",
                command.removeprefix("answer_"),
            )
            for command, reason in REASONS.items()
        ),
    )


def _unknown(ledger: Ledger, row: PlacementRow) -> Step:
    return Step(
        "amber",
        "Nu: één plaatsing opzoeken",
        counts_words(ledger),
        f"Staat de tekst in {row.group_name}?",
        f"U had deze tekst gekopieerd toen de desk om {clock_of(row.state_at)} uitviel. "
        "Kijk in WhatsApp Web of hij in de groep staat.",
        "Het klembord is leeg",
        "De desk plaatst nooit iets opnieuw. U beslist.",
        buttons=(
            StepButton("answer_1", "Ja, hij staat er", "1", "check"),
            StepButton("answer_2", "Nee, kopieer opnieuw", "2"),
            StepButton("answer_3", "Kan het nu niet zien", "3"),
        ),
    )


def _ended(ledger: Ledger) -> Step:
    at = clock_of(ledger.alert_state_at)
    return Step(
        "red",
        "De actie is beëindigd",
        counts_words(ledger),
        f"De actie is om {at} beëindigd",
        "Plaats alleen nog de afloop. Beëindigd is niet hetzelfde als gevonden.",
        "De andere groepen krijgen dit niet meer",
        "",
        buttons=(
            StepButton("confirm", "Schrijf de afloop", PLACED_KEY, "reply", "filled"),
            StepButton("second", "Niet geplaatst…", NOT_KEY),
        ),
    )


def _done(ledger: Ledger) -> Step:
    looked = [row for row in ledger.rows if row.state == PlacementState.UNKNOWN]
    placed = sum(1 for row in ledger.rows if row.state == PlacementState.PLACED)
    title, help_text = "Klaar.", ""
    buttons: tuple[StepButton, ...] = ()
    feedback = StepButton("feedback", "Terugkoppeling", "F", "reply", "filled")
    if not placed:
        title, help_text = "Klaar. Dit bericht staat in geen enkele groep.", "Er loopt geen klok."
    elif asks_feedback(ledger.type) and not ledger.settled_at:
        title = f"Klaar. Terugkoppeling uiterlijk {clock_of(ledger.feedback_due_at)}."
        help_text = "Vertel dezelfde groepen hoe het afliep. Dat kan ook later, met F."
        buttons = (feedback,)
    elif ledger.type == PostType.CORRECTION:
        title = "Klaar. De herstelde tekst is verstuurd."
        help_text = "Wis het verkeerde bericht ook zelf in WhatsApp, zolang dat kan."
    if looked:
        who = plural(len(looked), "plaatsing is", "plaatsingen zijn")
        help_text = f"{who} nog onbekend. Kies de groep in de lijst om te antwoorden."
    return Step(
        "amber" if looked else "green",
        "Alle groepen gehad",
        counts_words(ledger),
        title,
        help_text,
        "Het klembord is leeg",
        "",
        buttons=buttons,
    )
