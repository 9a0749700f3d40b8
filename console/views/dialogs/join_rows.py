"""One pair of a joining: our record, the team's, and whether they are the same (sync.md §8a)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from console.domain.acts import THINGS
from console.domain.joining import Pair, Preview, Why
from console.views.tables.row_delegate import RowDelegate, RowState
from console.views.tables.rows import Section
from console.views.text import plural
from console.views.widgets.tick import paint_tick

_MANY = {
    "report": ("melding", "meldingen"),
    "post": ("bericht", "berichten"),
    "group": ("groep", "groepen"),
    "area": ("gebied", "gebieden"),
    "administrator": ("beheerder", "beheerders"),
    "person": ("collega", "collega's"),
    "alert": ("Burgernet-actie", "Burgernet-acties"),
    "handover": ("overdracht", "overdrachten"),
    "template": ("sjabloon", "sjablonen"),
}
_WHY = {
    Why.CODE: "zelfde gebiedscode",
    Why.NAME: "zelfde naam",
    Why.PHONE: "zelfde telefoonnummer",
    Why.ID: "hoort bij Buurtdesk",
}
_FIELDS = {
    "name": "naam",
    "phone": "telefoon",
    "layout": "tekst",
    "title": "titel",
    "text": "tekst",
}


@dataclass(frozen=True, slots=True)
class JoinRow:
    """A pair as the popup shows it. ``text``: a text of ours that says something else."""

    pair: Pair
    ticked: bool
    text: bool = False

    @property
    def id(self) -> str:
        """Kind and id of our record."""
        return f"{self.pair.mine.kind}/{self.pair.mine.id}"

    def with_tick(self, ticked: bool) -> JoinRow:
        """Return it ticked or not."""
        return replace(self, ticked=ticked)


def rows_of(
    found: Preview, same: Iterable[tuple[str, str]] | None, copies: Iterable[tuple[str, str]]
) -> list[JoinRow]:
    """Return the rows to decide; ``same``: what was decided before, None for a first time.

    The signed-in person's own name and every sure mark are ticked beforehand; a person looks.
    """
    before = None if same is None else set(same)
    kept = set(copies)
    rows = [
        JoinRow(pair, pair.key in before if before is not None else True)
        for pair in found.to_decide
    ]
    rows += [JoinRow(pair, pair.key in kept, True) for pair in found.texts]
    return rows


def with_sections(rows: Iterable[JoinRow]) -> list[JoinRow | Section]:
    """Return the rows with a line above each part."""
    rows = list(rows)
    pairs = [row for row in rows if not row.text]
    texts = [row for row in rows if row.text]
    out: list[JoinRow | Section] = []
    if pairs:
        out += [Section("Is dit hetzelfde?", len(pairs)), *pairs]
    if texts:
        out += [Section("Uw tekst is anders. Meenemen als eigen sjabloon?", len(texts)), *texts]
    return out


def counted(found: Preview) -> str:
    """Return in words what the team does not have yet."""
    said = [plural(found.new[kind], *words) for kind, words in _MANY.items() if found.new.get(kind)]
    rest = sum(count for kind, count in found.new.items() if kind not in _MANY)
    if rest:
        said.append(
            "1 regel die daarbij hoort" if rest == 1 else f"{rest} regels die daarbij horen"
        )
    if not said:
        return "Het team heeft alles al. Er gaat niets mee."
    last = said.pop()
    return f"Er gaat mee: {', '.join(said)} en {last}." if said else f"Er gaat mee: {last}."


def title_of(body: Any) -> str:
    """Return the name of a record as a person knows it."""
    for name in ("name", "title", "code"):
        if body.get(name):
            return str(body[name])
    return "zonder naam"


def reason(row: JoinRow) -> str:
    """Return why this pair is proposed, and what differs."""
    differs = [_FIELDS[name] for name in row.pair.differs if name in _FIELDS]
    words = _WHY[row.pair.why]
    return f"{words}, andere {' en '.join(differs)}" if differs else words


class JoinDelegate(RowDelegate):
    """Rows of 56 px with a tick at the left: ours over the team's."""

    height = 56
    text_edge = 56
    ground = "raised"

    def describe(self, row: JoinRow) -> str:
        """Return the row as one sentence."""
        mine, theirs = title_of(row.pair.mine.body), title_of(row.pair.theirs.body)
        tick = "aangevinkt" if row.ticked else "niet aangevinkt"
        kind = THINGS.get(row.pair.mine.kind, row.pair.mine.kind)
        return f"{kind}: hier {mine}, bij het team {theirs}. {reason(row)}, {tick}."

    def paint_row(self, painter: QPainter, rect: QRect, row: JoinRow, state: RowState) -> None:
        """Paint our name over the team's, the reason at the right."""
        px = self.theme.px
        left, right = rect.left() + px(56), rect.right() - px(26)
        top = rect.top() + px(8)
        paint_tick(painter, rect.left() + px(24), rect.center().y(), on=row.ticked)
        used = self.text_right(painter, right, top, px(20), reason(row), "small", "text2")
        kind = THINGS.get(row.pair.mine.kind, row.pair.mine.kind).capitalize()
        x = left
        x += self.text(painter, x, top, px(20), kind, "small", "text2") + px(10)
        name = title_of(row.pair.mine.body)
        self.text(painter, x, top, px(20), name, "body_strong", "text", right - used - px(12) - x)
        words = f"Bij het team: {title_of(row.pair.theirs.body)}"
        self.text(painter, left, top + px(20), px(20), words, "body", "text2", right - left)
