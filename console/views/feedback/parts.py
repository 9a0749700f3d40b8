"""Small parts of the Terugkoppeling form: the original on one line, the groups, what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.views.feedback.words import group_words
from console.views.theme.theme import current
from console.views.widgets.button import Button
from console.views.widgets.card import Card
from console.views.widgets.finding_line import IconMark
from console.views.widgets.span_text import SpanText
from console.views.widgets.text import Text


class OriginalLine(Card):
    """Our own broadcast, folded to one line; O opens it. It cannot be selected or copied."""

    toggle_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Folded and empty until `set_text`."""
        super().__init__(ground="sunken", margins=(12, 5, 8, 5), parent=parent)
        px = self.theme.px
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(9))
        self._line = Text("", "body", "text2", elide=True)
        self._head = Text("Ons bericht", "body_strong", "text2", elide=True)
        self.button = Button("Lees alles", "O", kind="quiet", size="s")
        row.addWidget(IconMark("message", "text2", 16))
        row.addWidget(self._line, 1)
        row.addWidget(self._head, 1)
        row.addWidget(self.button)
        self.column.addLayout(row)
        self._whole = SpanText(role="body", factor=1.43)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(self._whole)
        self._open = False
        self.button.clicked.connect(self.toggle_requested)
        self._show()

    def set_text(self, text: str) -> None:
        """Show another broadcast, folded."""
        body = _without_header(text)
        self._line.set_text(f"“{' '.join(body.replace('*', '').split())}”" if body else "")
        self._whole.set_text(text.replace("*", ""))
        self._open = False
        self._show()

    def toggle(self) -> None:
        """Open it, or fold it again."""
        self._open = not self._open
        self._show()

    def is_open(self) -> bool:
        """Whether the whole text is on show."""
        return self._open

    def _show(self) -> None:
        self._line.setVisible(not self._open)
        self._head.setVisible(self._open)
        self._whole.setVisible(self._open)
        self.button.set_label("Klap dicht" if self._open else "Lees alles")
        self.updateGeometry()


class GroupLines(Card):
    """The groups that got the broadcast and get the feedback: the same ones, always."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `set_groups`."""
        super().__init__(margins=(12, 8, 12, 8), spacing=0, parent=parent)
        self._rows: list[QWidget] = []
        self._shown: tuple[tuple[str, str, str, int], ...] | None = None

    def set_groups(self, groups: Sequence[tuple[str, str, str, int]]) -> None:
        """Show (id, name, reach, administrators) per group."""
        wanted = tuple(groups)
        if wanted == self._shown:
            return
        self._shown = wanted
        for row in self._rows:
            self.column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        for _, name, reach, count in wanted:
            row = _group_line(name, *group_words(reach, count))
            self.column.addWidget(row)
            self._rows.append(row)


def _group_line(name: str, reach: str, size: str) -> QWidget:
    px = current().px
    line = QWidget()
    line.setFixedHeight(px(26))
    line.setAccessibleName(f"{name}, geplaatst, {reach}, {size}")
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(px(9))
    row.addWidget(IconMark("ring-check", "greenfill", 14))
    row.addWidget(Text(name, "body_medium", elide=True))
    row.addWidget(Text(reach, "small", "text2"))
    row.addStretch(1)
    row.addWidget(Text(size, "small", "text2"))
    return line


def _without_header(text: str) -> str:
    """Leave out the lines that say who speaks and what about: the words themselves count."""
    head, _, rest = text.strip().partition("\n\n")
    return rest or head


class Labelled(QWidget):
    """A label above any widget, five pixels apart."""

    def __init__(self, label: str, widget: QWidget, parent: QWidget | None = None) -> None:
        """`label` is also what the widget answers."""
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().px(9))
        column.addWidget(Text(label, "body_medium"))
        column.addWidget(widget)
