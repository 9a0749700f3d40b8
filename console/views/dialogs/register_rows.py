"""The lines of Groepenlijst inlezen: what was guessed, what would change, and field by field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from console.domain.register import Difference, FieldChange, Question, RegisterLine, Remark
from console.views.tables.row_delegate import RowDelegate, RowState
from console.views.tables.rows import HasId, Section
from console.views.text import plural
from console.views.widgets.tick import paint_tick

SECTIONS: Mapping[Difference, str] = {
    Difference.NEW: "Nieuw",
    Difference.CHANGED: "Veranderd",
    Difference.MISSING: "Niet in deze lijst. Krijgt alleen een aantekening.",
}
_ASKED, _LEFT_OUT, _GUESSED = "Kijk dit na", "Niet overgenomen", "Gelezen met een aanname"


@dataclass(frozen=True, slots=True)
class CheckRow:
    """Something to look at before the differences; ``question`` where there is a choice."""

    id: str
    title: str
    detail: str
    section: str
    question: Question | None = None

    def with_next(self, step: int) -> CheckRow:
        """Return it with the next or the previous answer chosen."""
        if self.question is None:
            return self
        ids = [key for key, _ in self.question.options]
        at = ids.index(self.question.chosen) if self.question.chosen in ids else 0
        chosen = ids[(at + step) % len(ids)]
        return replace(self, question=replace(self.question, chosen=chosen))


@dataclass(frozen=True, slots=True)
class LineRow:
    """One difference with its tick."""

    line: RegisterLine
    ticked: bool = False

    @property
    def id(self) -> str:
        """The key of the line."""
        return self.line.key

    @property
    def section(self) -> str:
        """The part of the list it stands in."""
        return SECTIONS[self.line.difference]

    def with_tick(self, ticked: bool) -> LineRow:
        """Return it ticked or not."""
        return replace(self, ticked=ticked)

    @property
    def second(self) -> str:
        """What would change, in one line."""
        line = self.line
        if line.difference is Difference.CHANGED:
            words = ", ".join(dict.fromkeys(one.label.lower() for one in line.changes))
            said = f"{words[:1].upper()}{words[1:]}"
            return f"{said}. {line.how}." if line.how else said
        if line.difference is Difference.MISSING:
            return line.summary or "Zonder gebied"
        return f"{line.summary}. {line.how}." if line.how else line.summary

    @property
    def right(self) -> str:
        """The row of the file, or how many fields change."""
        if self.line.difference is Difference.CHANGED:
            return plural(len(self.line.changes), "verschil", "verschillen")
        return f"rij {self.line.number}" if self.line.number else ""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One field of the line that is chosen."""

    id: str
    change: FieldChange


def check_rows(questions: Iterable[Question], remarks: Iterable[Remark]) -> list[CheckRow]:
    """Return what has to be looked at: choices first, then what was left out, then guesses."""
    rows = [CheckRow(one.key, one.title, one.detail, _ASKED, one) for one in questions]
    noted = [
        CheckRow(
            f"remark:{place}",
            one.title,
            one.detail,
            _LEFT_OUT if one.left_out else _GUESSED,
        )
        for place, one in enumerate(remarks)
    ]
    noted.sort(key=lambda row: row.section != _LEFT_OUT)
    return rows + noted


def change_rows(changes: Sequence[FieldChange]) -> list[ChangeRow]:
    """Return the fields of a line."""
    return [ChangeRow(str(place), one) for place, one in enumerate(changes)]


def with_sections(rows: Iterable[CheckRow | LineRow]) -> list[HasId | Section]:
    """Return the rows with a line above each part."""
    parts: dict[str, list[CheckRow | LineRow]] = {}
    for row in rows:
        parts.setdefault(row.section, []).append(row)
    shown: list[HasId | Section] = []
    for title, inside in parts.items():
        shown.append(Section(title, len(inside)))
        shown += inside
    return shown


class RegisterDelegate(RowDelegate):
    """Rows of 44 px: a tick for a difference, a choice for a question, an icon for a remark."""

    height = 44
    section_height = 30
    text_edge = 56
    section_edge = 24
    ground = "raised"

    def describe(self, row: CheckRow | LineRow) -> str:
        """Return the row as one sentence."""
        if isinstance(row, LineRow):
            tick = "aangevinkt" if row.ticked else "niet aangevinkt"
            return f"{row.line.name}, {tick}. {row.second.rstrip('.')}. {row.right}".strip()
        chosen = f" Gekozen: {row.question.words()}." if row.question else ""
        return f"{row.title}. {row.detail.rstrip('.')}.{chosen}"

    def paint_row(
        self, painter: QPainter, rect: QRect, row: CheckRow | LineRow, state: RowState
    ) -> None:
        """Paint title and second line, with what can be done at the right."""
        px = self.theme.px
        left, right = rect.left() + px(56), rect.right() - px(26)
        middle = rect.top() + rect.height() / 2
        if isinstance(row, LineRow):
            paint_tick(painter, rect.left() + px(24), middle, on=row.ticked)
            title, second, side, token = row.line.name, row.second, row.right, "text2"
        else:
            title, second = row.title, row.detail
            side = row.question.words() if row.question else ""
            token = "accent"
            self._mark(painter, rect.left() + px(24), middle, row)
        used = 0
        if side:
            if isinstance(row, CheckRow):
                self.icon(painter, right - px(14), middle, "chevron-right", 14, "accent")
                right -= px(20)
            top = rect.top() + (px(5) if isinstance(row, LineRow) else px(13))
            role = "small" if isinstance(row, LineRow) else "body_medium"
            used = self.text_right(painter, right, top, px(18), side, role, token)
        room = right - used - px(12) - left
        self.text(painter, left, rect.top() + px(5), px(18), title, "body_medium", "text", room)
        below = room if isinstance(row, CheckRow) else right - left
        self.text(painter, left, rect.top() + px(24), px(16), second, "small", "text2", below)

    def _mark(self, painter: QPainter, left: float, middle: float, row: CheckRow) -> None:
        name, token = "info", "text2"
        if row.question is not None:
            name, token = "ring-question", "accent"
        elif row.section == _LEFT_OUT:
            name, token = "triangle-alert", "amber"
        self.icon(painter, left, middle, name, 16, token)


class ChangeDelegate(RowDelegate):
    """A field on one line: what it is, what stands here, what it becomes."""

    height = 30
    text_edge = 24
    ground = "sunken"

    def describe(self, row: ChangeRow) -> str:
        """Return the field as one sentence."""
        one = row.change
        return f"{one.label}: {one.old or 'leeg'} wordt {one.new or 'leeg'}"

    def paint_row(self, painter: QPainter, rect: QRect, row: ChangeRow, state: RowState) -> None:
        """Label at the left, then old, an arrow, new."""
        px = self.theme.px
        one = row.change
        left, right = rect.left() + px(24), rect.right() - px(26)
        top, tall = rect.top() + px(6), px(18)
        label = round((right - left) * 0.22)
        self.text(painter, left, top, tall, one.label, "small_medium", "text2", label - px(10))
        start = left + label
        if one.old:
            half = round((right - start) * 0.44)
            used = self.text(painter, start, top, tall, one.old, "body", "text2", half)
            start += min(used, half) + px(10)
            self.icon(painter, start, rect.top() + rect.height() / 2, "arrow-right", 14, "text2")
            start += px(24)
        self.text(painter, start, top, tall, one.new, "body_medium", "text", right - start)
