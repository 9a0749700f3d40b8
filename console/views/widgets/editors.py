"""The frameless editors inside fields: one line, several lines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QMimeData, QSize, Qt
from PySide6.QtGui import QColor, QPalette, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QTextEdit,
    QWidget,
)

from console.views.theme.theme import current
from console.views.widgets.slim_scroll_bar import SlimScrollBar

MarkKind = Literal["stop", "warn", "source", "closing"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text that stands out: `start` and `end` count characters, end not included."""

    start: int
    end: int
    kind: MarkKind


def _clear_ground(widget: QWidget) -> None:
    palette = widget.palette()
    for group in (QPalette.ColorGroup.All, QPalette.ColorGroup.Disabled):
        palette.setColor(group, QPalette.ColorRole.Base, QColor(0, 0, 0, 0))
    widget.setPalette(palette)


class LineEditor(QLineEdit):
    """One line without a frame of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """The field round it paints the frame."""
        super().__init__(parent)
        self.theme = current()
        self.theme.changed.connect(self._on_theme_changed)
        self.setFrame(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTextMargins(-2, 0, 0, 0)
        self._on_theme_changed()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(24), super().minimumSizeHint().height())

    def _on_theme_changed(self) -> None:
        self.setFont(self.theme.font("body"))
        self.setPalette(self.theme.palette())
        _clear_ground(self)


class PlainEditor(QPlainTextEdit):
    """Several lines of plain text. Tab leaves it; what is pasted comes in as plain text."""

    def __init__(self, lines: int = 2, parent: QWidget | None = None) -> None:
        """`lines` is the height it asks for; more text scrolls."""
        super().__init__(parent)
        self.theme = current()
        self.theme.changed.connect(self._on_theme_changed)
        self._wanted = lines
        self._marks: tuple[Mark, ...] = ()
        self.setVerticalScrollBar(SlimScrollBar(Qt.Orientation.Vertical, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.viewport().setAutoFillBackground(False)
        self._on_theme_changed()

    def sizeHint(self) -> QSize:
        pitch = self.fontMetrics().lineSpacing()
        return QSize(self.theme.px(200), math.ceil(pitch * self._wanted) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(48), self.sizeHint().height())

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Underline findings; marks past the end of the text are cut off."""
        self._marks = tuple(marks)
        self._paint_marks()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasText():
            self.textCursor().insertText(source.text())

    def _paint_marks(self) -> None:
        length = len(self.document().toPlainText())
        selections: list[QTextEdit.ExtraSelection] = []
        color = self.theme.color
        for mark in self._marks:
            start, end = max(0, mark.start), min(length, mark.end)
            if start >= end:
                continue
            form = QTextCharFormat()
            if mark.kind == "stop":
                form.setBackground(color("redtint"))
                form.setUnderlineColor(color("redmark"))
                form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            elif mark.kind == "warn":
                form.setBackground(color("ambertint"))
                form.setUnderlineColor(color("amberfill"))
                form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            elif mark.kind == "source":
                form.setBackground(color("sel"))
                form.setUnderlineColor(color("accent"))
                form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            else:
                form.setBackground(color("press"))
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            # What is typed right behind a mark does not belong to it.
            cursor.setKeepPositionOnInsert(True)
            selection.cursor = cursor
            selection.format = form
            selections.append(selection)
        self.setExtraSelections(selections)

    def _on_theme_changed(self) -> None:
        self.setFont(self.theme.font("body"))
        self.setPalette(self.theme.palette())
        _clear_ground(self)
        self._paint_marks()
        self.updateGeometry()
