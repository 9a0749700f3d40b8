"""The words of feedback on screen: rows, countdowns, the month (screens.md §5.4, §7, §8)."""

from __future__ import annotations

from datetime import datetime, timedelta

from console.domain.clock import LOCAL, local, moment
from console.domain.district import DistrictReport, NeighbourPost, PassedOn
from console.domain.post import FeedbackCard, FeedbackFigures, FeedbackRow
from console.domain.post_photo import DuePhoto
from console.views.posts.words import clock_of, when_of
from console.views.text import age_text, due_text, duration_text, plural
from contract.dutch import word
from contract.rules.post import EXTENSIONS
from contract.vocabulary import Outcome, ReportStatus, WaiverReason

SECTIONS = {"late": "Te laat", "today": "Vandaag", "later": "Later", "done": "Gedaan"}

NOTHING = "Niets te doen. Volgende: geen."
NOTHING_DONE = "Er is nog geen terugkoppeling gegeven."
NO_DISTRICT = "U hebt nog geen eigen wijk. De accounthouder vult die in bij Personen."

NO_MORE_TIME = "“Loopt nog” is drie keer gebruikt. Kies een afloop, of geen met een reden (W)."
CHOOSE_FIRST = "Kies eerst hoe het is afgelopen."

OUTCOMES: tuple[tuple[str, str, str, None], ...] = tuple(
    (str(outcome), word(outcome, Outcome), str(number), None)
    for number, outcome in enumerate(Outcome, 1)
)
"""Outcome, words and key, as the grid of answers takes them."""

WAIVERS: tuple[tuple[str, str, str, None], ...] = tuple(
    (str(reason), word(reason, WaiverReason), str(number), None)
    for number, reason in enumerate(WaiverReason, 1)
)
"""Why there is no feedback, with the keys 1 to 4."""


def is_late(row: FeedbackRow, now: datetime) -> bool:
    """Say whether the time for feedback has gone by and nothing was settled."""
    due = moment(row.due_at)
    return row.section != "done" and due is not None and due < now


def countdown(row: FeedbackRow, now: datetime) -> str:
    """Return what is left: "nog 43 min", "1 u 32 te laat", "morgen 11:45"; done: when."""
    if row.section == "done":
        return when_of(row.settled_at, now)
    due = local(row.due_at)
    return due_text(due, now.astimezone(LOCAL)) if due else ""


def second_line(row: FeedbackRow, now: datetime) -> str:
    """Return groups, owner, and what is worth knowing: "2 groepen · Ruben · loopt nog, 1 van 3"."""
    parts = [plural(row.groups, "groep", "groepen")]
    if row.section == "done":
        return " · ".join([result_words(row), *parts])
    parts.append(row.owner_name or "van niemand")
    if row.draft_author and not row.mine:
        parts.append(f"{row.draft_author} schrijft")
    elif row.extensions:
        parts.append(f"loopt nog, {row.extensions} van {EXTENSIONS}")
    elif row.alert_state == "active":
        parts.append("Burgernet loopt")
    elif row.alert_state == "ended":
        parts.append("Burgernet beëindigd")
    else:
        parts.append(when_of(row.placed_at, now))
    return " · ".join(part for part in parts if part)


def result_words(row: FeedbackRow) -> str:
    """Return how it was settled: the outcome, or that there was none and why."""
    if row.waiver_reason:
        return f"Geen: {_lower(word(row.waiver_reason, WaiverReason))}"
    return word(row.outcome, Outcome) if row.outcome else "Afgerond"


def row_spoken(row: FeedbackRow, now: datetime) -> str:
    """Return a row as one sentence: state, title, groups, owner."""
    due = countdown(row, now).replace(" min", " minuten").replace(" u ", " uur ")
    state = SECTIONS[row.section] if row.section == "done" else due[:1].upper() + due[1:]
    second = second_line(row, now).replace(" · ", ", ")
    return f"{state}. {row.title}. {second}."


def subject_line(card: FeedbackCard, now: datetime) -> str:
    """Return "Bericht van gisteren 15:09, door Lotte Brakel. Geplaatst in 2 groepen."."""
    when = when_of(card.row.placed_at, now)
    by = f", door {card.by_name}" if card.by_name else ""
    groups = plural(len(card.groups), "groep", "groepen")
    return f"Bericht van {when}{by}. Geplaatst in {groups}."


def group_words(reach: str, administrators: int) -> tuple[str, str]:
    """Return how a group is reached, and how many administrators it has."""
    shown = {"via_coordinator": "via coördinator", "inbound_only": "alleen van hen naar ons"}
    return shown.get(reach, "direct"), plural(administrators, "beheerder", "beheerders")


def month_words(figures: FeedbackFigures) -> str:
    """Return this month's share and median in one or two sentences (F31)."""
    if not figures.asked:
        return "Deze maand is er nog geen bericht geplaatst."
    messages = f"{figures.asked} {'bericht kreeg' if figures.asked == 1 else 'berichten kregen'}"
    said = f"Deze maand: {figures.given} van {messages} terugkoppeling."
    if figures.median_minutes is not None:
        said += f" Helft binnen {_minutes(figures.median_minutes)}."
    if figures.waived:
        said += f" {figures.waived} keer niet, met een reden."
    return said


def counter_words(text: str, most: int) -> str:
    """Return how much of a field is used: "64 van 200 tekens"."""
    return f"{len(text)} van {most} tekens"


def report_line(report: DistrictReport, now: datetime) -> tuple[str, str]:
    """Return the right side and the second line of a report in "Mijn wijk"."""
    heard = local(report.heard_at)
    old = age_text(heard, now.astimezone(LOCAL)) if heard else ""
    state = word(report.status, ReportStatus)
    if report.holder_name and report.status in ("claimed", "waiting"):
        state = f"{state}, {report.holder_name}"
    return old, " · ".join(part for part in (report.place, state) if part)


def neighbour_line(one: NeighbourPost, now: datetime) -> tuple[str, str]:
    """Return the right side and the second line of a message of neighbours."""
    parts = [one.team, one.area_name]
    if one.ended:
        parts.append("afgelopen")
    elif one.passed:
        parts.append(passed_words(one.passed[0], now))
    elif one.shared_at:
        parts.append("al gedeeld door de beheerder")
    elif one.groups:
        parts.append(plural(one.groups, "groep", "groepen"))
    if one.own_groups:
        parts.append(f"ook in {', '.join(one.own_groups)}")
    return when_of(one.placed_at, now), " · ".join(part for part in parts if part)


def passed_words(one: PassedOn, now: datetime) -> str:
    """Return who passed a message on and when, or who is doing so."""
    who = "u" if one.mine else one.by_name or "een collega"
    if one.released:
        return f"doorgezet door {who}, {when_of(one.at, now)}"
    return f"{who} schrijft een kopie"


def since_words(since: str, now: datetime) -> str:
    """Return "Meldingen sinds gisteren 22:58"; the last shift ended then, as this desk knows it."""
    when = when_of(since, now)
    return f"Meldingen sinds {when}" if when else "Meldingen"


def beside_words(asked_at: str, now: datetime) -> str:
    """Return the head of the messages of neighbours, and how old those of other teams are."""
    when = when_of(asked_at, now)
    return f"Berichten van de buren{f', buurteams van {when}' if when else ''}"


def ended_words(ended_at: str) -> str:
    """Return what to keep in mind once Burgernet says that an action has ended (F37)."""
    at = clock_of(ended_at)
    when = f"De actie is om {at} beëindigd." if at else "De actie is beëindigd."
    return f"{when} Beëindigd is niet hetzelfde als gevonden."


def _minutes(minutes: int) -> str:
    return duration_text(timedelta(minutes=minutes)) if minutes >= 60 else f"{minutes} minuten"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def photo_line(photo: DuePhoto) -> str:
    """Return where the photo of a post is to be taken away."""
    return f"Verwijder de foto in WhatsApp, in {plural(photo.groups, 'groep', 'groepen')}. Enter toont welke"
