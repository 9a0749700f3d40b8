"""What may leave the desk: asked for with a reason, shown as a list, then kept as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from console.views.dialogs.dialog import Dialog
from console.views.keys.table import keys_of
from console.views.tables.list_view import ListView
from console.views.tables.row_delegate import RowDelegate, RowState
from console.views.tables.row_model import RowModel
from console.views.tables.rows import Section
from console.views.theme.theme import current
from console.views.widgets.button import Button
from console.views.widgets.field import Field
from console.views.widgets.finding_line import FindingLine
from console.views.widgets.progress_line import ProgressLine
from console.views.widgets.segments import Segments
from console.views.widgets.text import Text
from console.views.widgets.tick import paint_tick

CELL = 58


@dataclass(frozen=True, slots=True)
class GivenRow:
    """One line: what, what it says, what holds at the right; or a row of counts.

    ``ticked``: goes along or not; None has no tick. ``cells``: right under the heads.
    """

    id: str
    title: str
    second: str = ""
    aside: str = ""
    ticked: bool | None = None
    cells: tuple[str, ...] = ()
    strong: bool = False


class GivenDelegate(RowDelegate):
    """Rows of 44 px; with counts of 32 px."""

    height = 44
    section_height = 30
    text_edge = 24
    section_edge = 24
    ground = "raised"

    def describe(self, row: GivenRow) -> str:
        """Return the row as one sentence."""
        tick = {True: "aangevinkt", False: "niet aangevinkt", None: ""}[row.ticked]
        return ", ".join(filter(None, (row.title, row.aside, tick, row.second, *row.cells)))

    def paint_row(self, painter: QPainter, rect: QRect, row: GivenRow, state: RowState) -> None:
        """Paint the name and what stands under it, or the counts behind it."""
        px = self.theme.px
        left, right = rect.left() + px(24), rect.right() - px(24)
        if row.ticked is not None:
            paint_tick(painter, left, rect.top() + rect.height() / 2, on=row.ticked)
            left += px(32)
        role = "body_strong" if row.strong else "body_medium"
        if row.cells:
            for at, cell in enumerate(reversed(row.cells)):
                ink = "text2" if cell in ("0", "x") else "text"
                cell_role = "small_strong" if row.strong else "small"
                self.text_right(
                    painter, right - at * px(CELL), rect.top(), rect.height(), cell, cell_role, ink
                )
            room = right - left - len(row.cells) * px(CELL)
            self.text(painter, left, rect.top(), rect.height(), row.title, role, "text", room)
            return
        top = rect.top() + px(5) if row.second else rect.top() + px(13)
        used = self.text_right(painter, right, top, px(18), row.aside, "small", "text2")
        room = right - used - px(12) - left
        self.text(painter, left, top, px(18), row.title, role, "text", room)
        if row.second:
            self.text(painter, left, rect.top() + px(24), px(16), row.second, "small", "text2",
                      right - left)  # fmt: skip


class GivenOutDialog(Dialog):
    """``show_requested``: with what stands in the fields; ``save_requested``: of what is shown."""

    show_requested = Signal()
    save_requested = Signal()
    ticked = Signal(str)
    segment_chosen = Signal(str)

    scopes = ("closing",)

    def __init__(
        self,
        window: QWidget,
        title: str,
        words: str,
        fields: Sequence[tuple[str, str, str]],
        buttons: tuple[str, str],
        *,
        segments: Sequence[tuple[str, str]] = (),
        width: int = 720,
    ) -> None:
        """``fields``: id, label and hint; ``buttons``: to show (empty: at once) and to keep."""
        super().__init__(window, title, width=width)
        self.words = Text(words, "body", "text2", wrap=True)
        self.body.addWidget(self.words)
        self.fields = {name: Field(label, hint, max_length=400) for name, label, hint in fields}
        for one in self.fields.values():
            self.body.addWidget(one)
        self.segments: Segments | None = None
        if segments:
            self.segments = Segments([(one, label, None) for one, label in segments], title)
            self.segments.selected_changed.connect(self.segment_chosen)
            self.body.addWidget(self.segments)
        self.progress = ProgressLine("Hoe ver de centrale is met zoeken")
        self.progress.hide()
        self.body.addWidget(self.progress)
        self.said = FindingLine("plain", "")
        self.said.hide()
        self.body.addWidget(self.said)
        delegate = GivenDelegate()
        self._model = RowModel(delegate.describe)
        self.list = ListView(self._model, delegate, title)
        self.list.setMinimumHeight(current().px(220))
        self.list.ticked.connect(self.ticked)
        self.list.hide()
        self.body.addWidget(self.list, 1)
        self._shown = False
        self._show = Button(buttons[0] or "Toon", keys_of("confirm"), kind="filled")
        self._save = Button(buttons[1], keys_of("second" if buttons[0] else "confirm"))
        self._show.clicked.connect(self.show_requested)
        self._save.clicked.connect(self.save_requested)
        self._save.set_reason("Er is nog niets getoond.")
        if buttons[0]:
            self.set_buttons(self._show, self._save)
        else:
            self._show.setParent(self)
            self._show.hide()
            self.set_buttons(self._save)
        first = next(iter(self.fields.values()), None)
        self.first_focus = first.editor if first is not None else self.list

    def text(self, name: str) -> str:
        """Return what stands in a field."""
        return self.fields[name].text().strip()

    def set_rows(self, rows: Sequence[GivenRow | Section], *, height: int = 44) -> None:
        """Show these rows; what was shown before goes."""
        self.list.setVisible(bool(rows))
        self._model.set_rows(rows)
        self.list.set_row_height(height)
        self._save.set_reason("" if rows else "Er is niets om te bewaren.")
        if rows and not self._shown:
            self._shown = True
            self.list.setFocus()
        self.refit()

    def set_busy(self, share: float | None) -> None:
        """Show how far the search is; None: it is over."""
        self.progress.setVisible(share is not None)
        self._show.set_reason("" if share is None else "De centrale zoekt. Met Esc stopt u.")
        if share is not None:
            self.progress.set_share(share)

    def say(self, words: str, level: str = "plain") -> None:
        """Say what was found, or why nothing was."""
        self.said.set_finding(level, words)
        self.said.setVisible(bool(words))
        self.refit()
