"""One line of the import of areas: a municipality to choose, or a difference to accept (F36)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from console.domain.area_diff import AreaLine, Difference
from console.domain.area_moves import GROUP, PERSON
from console.views.tables.row_delegate import RowDelegate, RowState
from console.views.tables.rows import HasId, Section
from console.views.text import count_text
from console.views.widgets.tick import paint_tick
from contract.dutch import word
from contract.vocabulary import AreaLevel, AreaRole

SECTIONS: Mapping[Difference, str] = {
    Difference.NEW: "Nieuw",
    Difference.CHANGED: "Veranderd",
    Difference.MERGED: "Opgegaan in een ander gebied. Zelf aanvinken.",
    Difference.GONE: "Niet meer in dit bestand. Zelf aanvinken.",
    Difference.MOVED: "Wat meegaat naar het nieuwe gebied. Zelf aanvinken.",
}


GOING_ALONG = SECTIONS[Difference.MOVED]
"""The section of lines that are about no area but about what lies in it."""


def line_words(going_along: bool) -> tuple[str, str]:
    """Return what the lines are called, one and many: areas, or lines where others are among them."""
    return ("regel", "regels") if going_along else ("gebied", "gebieden")


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A line with a tick: a name, a code, and at the second line what would change."""

    id: str
    name: str
    code: str
    second: str
    ticked: bool
    section: str = ""

    def with_tick(self, ticked: bool) -> AreaRow:
        """Return it ticked or not."""
        return replace(self, ticked=ticked)


def row_of(line: AreaLine) -> AreaRow:
    """Return a difference as it is shown."""
    return AreaRow(
        line.key,
        line.name,
        line.code,
        second_words(line),
        line.proposed,
        SECTIONS[line.difference],
    )


def second_words(line: AreaLine) -> str:
    """Return what a line would do, in words."""
    if line.difference is Difference.MOVED:
        return _moved_words(line)
    level = word(line.level, AreaLevel)
    if line.difference is Difference.NEW:
        return f"{level}, met grens" if line.shape else level
    if line.difference is Difference.GONE:
        return f"{level}. Blijft bewaard als gebied dat niet meer bestaat."
    if line.difference is Difference.MERGED:
        share = f"{min(round(line.share * 100), 100)}%"
        now = line.into_name or line.into
        if line.by_names:
            return f"{level}. {share} van de namen daarin staat nu bij {now}. Blijft bewaard."
        return f"{level}. {share} ligt nu in {now}. Blijft bewaard onder de oude naam."
    said = []
    if "name" in line.fields:
        said.append(f"naam wordt {line.fields['name']}")
    if "code" in line.fields:
        said.append(f"krijgt code {line.fields['code']}")
    if line.parent:
        said.append("ligt nu in een ander gebied" if line.was.get("parent") else "krijgt een plek")
    if line.shape:
        said.append("grens" if not said else "andere grens")
    if "inhabitants" in line.fields:
        said.append(f"{count_text(line.fields['inhabitants'])} inwoners")
    if "year" in line.fields:
        said.append(f"jaar {line.fields['year']}")
    words = ", ".join(said)
    return f"{words[:1].upper()}{words[1:]}"


def _moved_words(line: AreaLine) -> str:
    old, new = line.was["area"], line.into_name
    if line.level == PERSON:
        return f"Collega van {old}. Hoort dan bij {new} en mag daar werken."
    what = "Groep" if line.level == GROUP else word(line.was["role"], AreaRole)
    return f"{what}. Gaat van {old} naar {new}."


def with_sections(rows: Iterable[AreaRow]) -> list[HasId | Section]:
    """Return the rows with a line above each part."""
    parts: dict[str, list[AreaRow]] = {}
    for row in rows:
        parts.setdefault(row.section, []).append(row)
    shown: list[HasId | Section] = []
    for title, inside in parts.items():
        if title:
            shown.append(Section(title, len(inside)))
        shown += inside
    return shown


class AreaDelegate(RowDelegate):
    """Rows of 44 px with a tick at the left."""

    height = 44
    section_height = 30
    text_edge = 56
    section_edge = 24
    ground = "raised"

    def describe(self, row: AreaRow) -> str:
        """Return the row as one sentence."""
        tick = "aangevinkt" if row.ticked else "niet aangevinkt"
        second = f" {row.second.rstrip('.')}." if row.second else ""
        return f"{row.name}, {row.code}, {tick}.{second}"

    def paint_row(self, painter: QPainter, rect: QRect, row: AreaRow, state: RowState) -> None:
        """Paint the name with its code at the right, and what changes under it."""
        px = self.theme.px
        left, right = rect.left() + px(56), rect.right() - px(26)
        middle = rect.top() + rect.height() / 2
        paint_tick(painter, rect.left() + px(24), middle, on=row.ticked)
        top = rect.top() + px(5) if row.second else rect.top() + px(13)
        used = self.text_right(painter, right, top, px(18), row.code, "small", "text2")
        room = right - used - px(12) - left
        self.text(painter, left, top, px(18), row.name, "body_medium", "text", room)
        if row.second:
            second = rect.top() + px(24)
            self.text(painter, left, second, px(16), row.second, "small", "text2", right - left)
