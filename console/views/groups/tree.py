"""The tree of the directory: a flat list of lines of 34 px, 17 px deeper per level (§5.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from console.domain.directory import DirectoryCounts, TreeNode
from console.views.groups.words import node_icon, node_title, spoken_node
from console.views.tables.list_view import ListView
from console.views.tables.row_delegate import RowDelegate, RowState
from console.views.tables.row_model import RowModel
from console.views.text import count_text, plural
from console.views.widgets.button import Button
from console.views.widgets.card import Pane
from console.views.widgets.finding_line import IconMark
from console.views.widgets.painted import rounded
from console.views.widgets.text import Text
from contract.vocabulary import AreaLevel, GroupKind

INDENT = 17
EDGE = 13
CHEVRON = 14
_CENTRE = Qt.AlignmentFlag.AlignHCenter


@dataclass(frozen=True, slots=True)
class TreeRow:
    """A line of the tree as the list holds it: by its path, for a group may stand twice."""

    node: TreeNode

    @property
    def id(self) -> str:
        """The path of the line."""
        return self.node.key


def describe(row: TreeRow) -> str:
    """Return a line as one sentence, for the screen reader and the tooltip."""
    return spoken_node(row.node)


class TreeDelegate(RowDelegate):
    """Paints a line: arrow, icon, name, gap, count."""

    height = 34

    def paint_ground(self, painter: QPainter, rect: QRect, row: TreeRow, state: RowState) -> None:
        """The chosen line is a rounded box with a bar."""
        color, px = self.theme.color, self.theme.px
        painter.fillRect(rect, color(self.ground))
        box = QRectF(rect).adjusted(px(9), 1, -px(9), -1)
        if state.chosen:
            ring = color("accent") if state.focused else None
            rounded(painter, box, 6, color("sel"), ring, 2)
            bar = QRectF(box.left() + 1, box.top() + px(7), 3, box.height() - px(14))
            rounded(painter, bar, 1.5, color("accent"))
        elif state.hovered:
            rounded(painter, box, 6, color("hover"))

    def paint_edges(self, painter: QPainter, rect: QRect, row: TreeRow, state: RowState) -> None:
        """No hairlines in a tree."""

    def paint_row(self, painter: QPainter, rect: QRect, row: TreeRow, state: RowState) -> None:
        """Arrow, icon, name, gap, count."""
        px, node = self.theme.px, row.node
        middle = rect.top() + rect.height() / 2
        x: float = self.chevron_left(rect, node)
        if node.children:
            self.icon(painter, x, middle, "chevron-down" if node.open else "chevron-right", 14,
                      "text2")  # fmt: skip
        x += px(21)
        tone = "accent" if state.chosen else "text2"
        self.icon(painter, x, middle, node_icon(node), 16, tone)
        x += px(24)
        right: float = rect.right() - px(23)
        number = count_text(node.count)
        self.text_right(painter, right, rect.top(), rect.height(), number, "second", "text2")
        right -= px(28)
        if node.gap:
            used = self.text_right(
                painter, right, rect.top(), rect.height(), node.gap, "small_strong", "amber"
            )
            self.icon(painter, right - used - px(19), middle, "triangle-alert", 14, "amberfill")
            right -= used + px(27)
        room = right - x - (px(20) if node.linked else 0)
        used = self.text(
            painter, x, rect.top(), rect.height(), node_title(node), self._role(node, state),
            "text", room,
        )  # fmt: skip
        if node.linked:
            self.icon(painter, x + used + px(6), middle, "link", 14, "text3")

    def chevron_left(self, rect: QRect, node: TreeNode) -> int:
        """Return where the arrow of a line begins."""
        return rect.left() + self.theme.px(EDGE + node.depth * INDENT)

    @staticmethod
    def _role(node: TreeNode, state: RowState) -> str:
        if state.chosen or node.level == AreaLevel.MUNICIPALITY:
            return "body_strong"
        ends = (GroupKind.NEIGHBOURHOOD, GroupKind.BUSINESS)
        return "body" if node.level in ends and not node.children else "body_medium"


class TreeView(ListView):
    """The list of lines; a click on the arrow opens or closes the line."""

    toggled = Signal(str)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        model, delegate = self.model(), self.itemDelegate()
        if index.isValid() and isinstance(model, RowModel) and isinstance(delegate, TreeDelegate):
            row = model.row_at(index.row())
            if isinstance(row, TreeRow) and row.node.children:
                left = delegate.chevron_left(self.visualRect(index), row.node)
                reach = self.theme.px(24)
                if (
                    left - self.theme.px(5)
                    <= event.position().x()
                    <= left - self.theme.px(5) + reach
                ):
                    self.toggled.emit(row.id)
                    event.accept()
                    return
        super().mousePressEvent(event)


class TreePane(Pane):
    """The tree with the line of totals under it, or a sentence where nothing was found."""

    chosen = Signal(str, str)
    """The kind (area or group) and id of the line that was chosen."""

    toggle_requested = Signal(str)
    to_card_requested = Signal()
    suggestion_taken = Signal(str)
    clear_requested = Signal()
    new_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        px = self.theme.px
        self._model = RowModel(describe)
        self.view = TreeView(self._model, TreeDelegate(), "Groepen")
        self._title = Text("", "screen", wrap=True, align=_CENTRE)
        self._text = Text("", "body", "text2", wrap=True, align=_CENTRE)
        self._button = Button("")
        self._suggestion = ""
        self._first_found = ""
        self._empty = Pane()
        self._stack = QStackedWidget()
        self._totals = Text("", "second", "text2", elide=True)
        listed = QWidget()
        inner = QVBoxLayout(listed)
        inner.setContentsMargins(0, px(8), 0, 0)
        inner.addWidget(self.view)
        self._stack.addWidget(listed)
        self._stack.addWidget(self._empty)
        self._build_empty()
        foot = Pane(edges="t")
        foot.setFixedHeight(px(38))
        row = QHBoxLayout(foot)
        row.setContentsMargins(px(20), 1, px(16), 0)
        row.addWidget(self._totals)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(foot)
        self.view.current_changed.connect(self._on_current)
        self.view.activated.connect(self._on_activated)
        self.view.toggled.connect(self.toggle_requested)
        self.view.step_in.connect(self._on_step_in)
        self.view.step_out.connect(self._on_step_out)
        self._button.clicked.connect(self._on_button)

    def set_tree(
        self, nodes: Sequence[TreeNode], counts: DirectoryCounts, first_found: str = ""
    ) -> None:
        """Show these lines and totals; the chosen line stays chosen."""
        self._first_found = first_found
        self._model.set_rows([TreeRow(node) for node in nodes])
        self._totals.set_text(
            f"{plural(counts.groups, 'groep', 'groepen')}, "
            f"{plural(counts.administrator_groups, 'beheerdersgroep', 'beheerdersgroepen')}, "
            f"{plural(counts.members, 'lid', 'leden')}"
        )
        if nodes:
            self._stack.setCurrentIndex(0)

    def show_empty(self, title: str, text: str, button: str, suggestion: str = "") -> None:
        """Say why there is no line, with one thing to do."""
        self._title.set_text(title)
        self._text.set_text(text)
        self._text.setVisible(bool(text))
        self._button.set_label(button)
        self._button.setVisible(bool(button))
        self._suggestion = suggestion
        self._stack.setCurrentIndex(1)

    def empty_words(self) -> str:
        """What is said in place of the tree; empty while there are lines."""
        if self._stack.currentIndex() == 0:
            return ""
        return f"{self._title.text()} {self._text.text()}".strip()

    def current(self) -> TreeNode | None:
        """The chosen line."""
        row = self._model.row_at(self._model.place_of(self.view.current_id()))
        return row.node if isinstance(row, TreeRow) else None

    def nodes(self) -> list[TreeNode]:
        """The lines on show, in order."""
        rows = (self._model.row_at(place) for place in range(self._model.rowCount()))
        return [row.node for row in rows if isinstance(row, TreeRow)]

    def choose(self, kind: str, record_id: str) -> bool:
        """Choose the line of a record; where it stands twice, the one chosen before or the first."""
        here = self.current()
        if here is not None and (here.kind, here.id) == (kind, record_id):
            return True
        for node in self.nodes():
            if (node.kind, node.id) == (kind, record_id):
                return self.view.set_current(node.key)
        return False

    def choose_found(self) -> bool:
        """Choose the first line that was searched for; False where nothing is searched."""
        return bool(self._first_found) and self.view.set_current(self._first_found)

    def step(self, inward: bool) -> None:
        """Open the chosen line, or go to its first child; close it, or go to its parent."""
        node = self.current()
        if node is None:
            self.view.choose_first()
        elif inward and node.children and not node.open:
            self.toggle_requested.emit(node.key)
        elif inward and node.children:
            self.view.move_by(1)
        elif not inward and node.open:
            self.toggle_requested.emit(node.key)
        elif not inward and "/" in node.key.strip("/"):
            self.view.set_current(node.key.rpartition("/")[0])

    def _build_empty(self) -> None:
        px = self.theme.px
        column = QVBoxLayout(self._empty)
        column.setContentsMargins(px(28), px(24), px(28), px(24))
        column.setSpacing(px(8))
        column.addStretch(2)
        column.addWidget(IconMark("tree", "text3", 28), 0, _CENTRE)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addSpacing(px(6))
        column.addWidget(self._button, 0, _CENTRE)
        column.addStretch(5)

    def _on_current(self, _key: str) -> None:
        node = self.current()
        if node is not None:
            self.chosen.emit(node.kind, node.id)

    def _on_activated(self, _key: str) -> None:
        self.to_card_requested.emit()

    def _on_step_in(self, _key: str) -> None:
        self.step(True)

    def _on_step_out(self, _key: str) -> None:
        self.step(False)

    def _on_button(self) -> None:
        if self._suggestion:
            self.suggestion_taken.emit(self._suggestion)
        elif self._model.rowCount() == 0 and self._button.label().startswith("Nieuw"):
            self.new_requested.emit()
        else:
            self.clear_requested.emit()
