"""Composes the handover sheet from what the log knows; nothing is retyped (F42). Pure.

The facts come in as snapshots; the words and the order are decided here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from console.domain.alert import AlertRow
from console.domain.clock import LOCAL, moment
from console.domain.decided import Decided
from console.domain.decided import words as decided_words
from console.domain.handover import SheetLine
from console.domain.post import FeedbackRow, PostRow
from console.domain.report import ReportRow

_DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")

SECTIONS = ("first", "feedback", "reports", "posts")
TITLES = {
    "first": "Eerst dit",
    "feedback": "Terugkoppeling die nog moet",
    "reports": "Meldingen",
    "posts": "Burgernet en berichten van deze dienst",
}


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A placement that nobody confirmed: the group, the post and since when."""

    id: str
    post_id: str
    title: str
    group_name: str
    state: str
    since: str
    holder_id: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap of the directory that somebody met during the shift."""

    group_id: str
    group_name: str
    words: str


@dataclass(frozen=True, slots=True)
class OpenTask:
    """Something that somebody still has to do, such as advising on signs (F20)."""

    id: str
    title: str
    area_name: str
    due_at: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the sheet is made of, at one moment."""

    now: str
    reports: Sequence[ReportRow]
    feedback: Sequence[FeedbackRow]
    unconfirmed: Sequence[Unconfirmed]
    drafts: Sequence[PostRow]
    posts: Sequence[PostRow]
    alerts: Sequence[AlertRow]
    gaps: Sequence[Gap]
    notes: Sequence[tuple[str, str, str]]
    tray: int
    whatsapp: tuple[str, bool] | None
    central_since: str
    holders: dict[tuple[str, str], str]
    decided: Mapping[str, Decided] = field(default_factory=dict)
    tasks: Sequence[OpenTask] = ()


def compose(facts: Facts) -> list[SheetLine]:
    """Return the lines in the order of the sheet; ids are empty until somebody makes it."""
    lines: list[SheetLine] = []
    lines += _first(facts)
    lines += [_feedback(row, facts.now) for row in facts.feedback]
    lines += [_report(row, facts.now) for row in facts.reports if not _unanswered(row)]
    lines += [_alert(row, facts.now) for row in facts.alerts]
    lines += [_draft(row, facts) for row in facts.drafts]
    lines += [_post(row, facts) for row in facts.posts]
    lines += [_task(task, facts.now) for task in facts.tasks]
    lines += [_gap(gap) for gap in facts.gaps]
    return lines


def later_lines(known: Sequence[SheetLine], fresh: Sequence[SheetLine]) -> list[SheetLine]:
    """Return what came after the sheet was made, once each (day.md, 14:50)."""
    seen = {line_key(line) for line in known}
    return [line for line in fresh if line_key(line) not in seen]


def clock_of(text: str) -> str:
    """Return the local time of day of a stamp; empty for none."""
    at = moment(text)
    return f"{at.astimezone(LOCAL):%H:%M}" if at else ""


def moment_of(text: str, now: str) -> str:
    """Return the local time of a stamp, with its day where that is not today's."""
    at, here = moment(text), moment(now)
    if at is None or here is None:
        return ""
    there = at.astimezone(LOCAL)
    clock = f"{there:%H:%M}"
    days = (there.date() - here.astimezone(LOCAL).date()).days
    if days == 0:
        return clock
    near = {-1: "gisteren", 1: "morgen"}
    return f"{near.get(days) or f'{_DAYS[there.weekday()]} {there.day}-{there.month}'} {clock}"


def shift_name(now: datetime) -> str:
    """Return the shift that ends about now (day.md): day, late or night."""
    hour = now.astimezone(LOCAL).hour
    if 5 <= hour < 10:
        return "Nachtdienst naar dagdienst"
    return "Dagdienst naar late dienst" if hour < 18 else "Late dienst naar nachtdienst"


def line_key(line: SheetLine) -> tuple[str, str, str]:
    """Return what a line is about: the same for a preview and for the line that was kept.

    A report stays the same line when somebody answers its 112 question meanwhile.
    """
    section = "reports" if line.subject_kind == "report" else line.section
    return section, line.subject_kind, line.subject_id or line.title


def _line(
    section: str,
    title: str,
    detail: str,
    time_text: str,
    severity: str,
    subject: tuple[str, str],
) -> SheetLine:
    return SheetLine(
        "", section, title[:200], detail[:600], time_text[:60], severity, subject[0], subject[1]
    )


def _unanswered(row: ReportRow) -> bool:
    return row.acute and row.called_112 in ("", "unknown")


def _first(facts: Facts) -> list[SheetLine]:
    lines = []
    if facts.whatsapp is not None and not facts.whatsapp[1]:
        since = moment_of(facts.whatsapp[0], facts.now)
        lines.append(
            _line(
                "first",
                "WhatsApp Web is uitgelogd",
                f"Sinds {since}. Koppel opnieuw, of plaats vanaf de telefoon.",
                "stappen: F1",
                "red",
                ("lamp", "whatsapp"),
            )
        )
    if facts.central_since:
        lines.append(
            _line(
                "first",
                "Geen contact met de centrale",
                "Alles staat hier en wordt later verstuurd. Bel de andere balie.",
                f"sinds {moment_of(facts.central_since, facts.now)}",
                "red",
                ("lamp", "central"),
            )
        )
    for row in facts.reports:
        if _unanswered(row):
            lines.append(
                _line(
                    "first",
                    row.title,
                    f"{_where(row)}. Acuut, 112 is nog niet beantwoord.",
                    moment_of(row.heard_at, facts.now),
                    "red",
                    ("report", row.id),
                )
            )
    for one in facts.unconfirmed:
        asked = "onbekend" if one.state == "unknown" else "niet bevestigd"
        lines.append(
            _line(
                "first",
                f"Plaatsing {asked}: {one.group_name}",
                f"Bericht {one.title}. Kijk in WhatsApp of de tekst er staat.",
                f"sinds {moment_of(one.since, facts.now)}",
                "amber",
                ("placement", one.id),
            )
        )
    if facts.tray:
        many = "1 ding" if facts.tray == 1 else f"{facts.tray} dingen"
        lines.append(
            _line("first", f"{many} om te beslissen", "Open met Q.", "", "amber", ("tray", "tray"))
        )
    for note_id, text, by_name in facts.notes:
        detail = f"Notitie van {by_name}."
        lines.append(_line("first", text, detail, "", "amber", ("log_entry", note_id)))
    return lines


def _feedback(row: FeedbackRow, now: str) -> SheetLine:
    late = row.due_at < now
    groups = "1 groep" if row.groups == 1 else f"{row.groups} groepen"
    detail = f"{groups}, van {row.owner_name or 'niemand'}."
    if row.extensions:
        detail += f" Loopt nog, {row.extensions} van 3."
    if row.alert_state == "active":
        detail += " De Burgernet-actie loopt."
    when = moment_of(row.due_at, now)
    return _line(
        "feedback",
        row.title,
        detail,
        f"{when}, te laat" if late else f"uiterlijk {when}",
        "red" if late else "plain",
        ("post", row.post_id),
    )


def _report(row: ReportRow, now: str) -> SheetLine:
    if row.status == "waiting":
        who = f"Van {row.holder_name}, wacht op {row.waiting_on}."
    elif row.claim in ("mine", "other", "provisional"):
        who = f"Opgepakt door {row.holder_name}."
    else:
        who = "Van niemand."
    return _line(
        "reports",
        row.title,
        f"{_where(row)}. {who}",
        moment_of(row.heard_at, now),
        "red" if row.acute else "plain",
        ("report", row.id),
    )


def _alert(row: AlertRow, now: str) -> SheetLine:
    state = {"running": "Loopt", "unknown": "Status onbekend"}.get(row.section, "Beëindigd")
    since = row.started_at if row.section == "running" else row.ended_at or row.state_at
    done = f" {row.done[:1].upper()}{row.done[1:]}." if row.done else ""
    detail = f"{state} sinds {moment_of(since, now)}.{done}"
    severity = "amber" if row.section == "unknown" else "plain"
    title = f"{row.title}, {row.place}" if row.place else row.title
    return _line(
        "posts", title, detail, moment_of(row.started_at, now), severity, ("alert", row.id)
    )


def _draft(row: PostRow, facts: Facts) -> SheetLine:
    state = "klaar voor uitgeven" if row.status == "ready" else "nog niet af"
    detail = f"Concept van {row.author_name or row.holder_name}, {state}."
    decided = facts.decided.get(row.id)
    severity = "amber" if decided and decided.consent_missing else "plain"
    when = moment_of(row.changed_at, facts.now)
    detail += _basis(row, facts)
    return _line("posts", row.title, detail, when, severity, ("post", row.id))


def _basis(row: PostRow, facts: Facts) -> str:
    """Return who decided about a message, as it goes on in its line (F38)."""
    decided = facts.decided.get(row.id)
    said = decided_words(decided) if decided else ""
    return f" {said}." if said else ""


def _post(row: PostRow, facts: Facts) -> SheetLine:
    groups = "1 groep" if row.placed == 1 else f"{row.placed} groepen"
    detail = f"Geplaatst in {groups} om {clock_of(row.changed_at)}."
    if row.unconfirmed:
        detail += f" {row.unconfirmed} niet bevestigd."
    if row.settled_at:
        detail += " Terugkoppeling gedaan."
    detail += _basis(row, facts)
    done = "afgerond" if row.settled_at else moment_of(row.due_at, facts.now)
    return _line("posts", row.title, detail, done, "plain", ("post_done", row.id))


def _task(task: OpenTask, now: str) -> SheetLine:
    late = bool(task.due_at) and task.due_at < now
    when = moment_of(task.due_at, now)
    place = f"{task.area_name}. " if task.area_name else ""
    return _line(
        "posts",
        task.title,
        f"{place}Het advies is nog niet gegeven.",
        f"{when}, te laat" if late else f"uiterlijk {when}",
        "amber" if late else "plain",
        ("task", task.id),
    )


def _gap(gap: Gap) -> SheetLine:
    return _line("posts", gap.group_name, gap.words, "", "amber", ("group", gap.group_id))


def _where(row: ReportRow) -> str:
    if row.area_name and row.area_name not in row.place:
        return f"{row.place}, {row.area_name}"
    return row.place
