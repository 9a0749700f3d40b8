"""Fields: a label above, a hint at its right, a framed editor, what the guard found below."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.views.text import parse_time
from console.views.theme.theme import current
from console.views.widgets.editors import LineEditor, Mark, PlainEditor
from console.views.widgets.field_frame import FieldFrame, Level
from console.views.widgets.finding_line import FindingLine
from console.views.widgets.text import Text


class Field(QWidget):
    """One question and its answer, on one line or on several.

    The accessible name of the editor is the label plus the state of the finding.
    """

    text_changed = Signal(str)
    editing_finished = Signal()
    focused = Signal()

    def __init__(
        self,
        label: str,
        hint: str = "",
        *,
        multi_line: bool = False,
        lines: int = 2,
        placeholder: str = "",
        icon: str | None = None,
        key: str | None = None,
        name: str | None = None,
        max_length: int = 10_000,
        secret: bool = False,
        height: int = 34,
        parent: QWidget | None = None,
    ) -> None:
        """An empty label shows none; then `name` must say what the field is.

        `max_length` counts characters; what is longer is cut off. `secret` hides what is typed.
        `height` of one line is design pixels.
        """
        super().__init__(parent)
        self._label_text = label
        self._name = name or label or placeholder
        self._finding = ""
        self._max_length = max_length
        self.editor: LineEditor | PlainEditor
        if multi_line:
            self.editor = PlainEditor(lines)
            self.editor.textChanged.connect(self._on_text_changed)
        else:
            self.editor = LineEditor()
            self.editor.setMaxLength(max_length)
            if secret:
                self.editor.setEchoMode(LineEditor.EchoMode.Password)
            self.editor.textChanged.connect(self._on_text_changed)
            self.editor.editingFinished.connect(self.editing_finished)
        self.editor.setPlaceholderText(placeholder)
        tall = None if multi_line else height
        self.frame = FieldFrame(self.editor, icon=icon, key=key, height=tall)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(current().px(5))
        self._hint = Text(hint, "small", "text3", elide=True, align=Qt.AlignmentFlag.AlignRight)
        self._head = QHBoxLayout()
        self._head.setContentsMargins(0, 0, 0, 0)
        self._head.setSpacing(current().px(8))
        self._label = Text(label, "body_medium")
        self._head.addWidget(self._label)
        self._head.addStretch(1)
        self._head.addWidget(self._hint, 4)
        self._hint_extra: QWidget | None = None
        if label or hint:
            self._column.addLayout(self._head)
        else:
            self._label.hide()
            self._hint.hide()
            self._label.setParent(self)
            self._hint.setParent(self)
        self._column.addWidget(self.frame)
        self._line = FindingLine(parent=self)
        self._line.hide()
        self._column.addWidget(self._line)
        self._band: QWidget | None = None
        self.setFocusProxy(self.editor)
        self._refresh_name()

    def text(self) -> str:
        """What stands in the field."""
        if isinstance(self.editor, PlainEditor):
            return self.editor.toPlainText()
        return self.editor.text()

    def set_text(self, text: str) -> None:
        """Fill it in; the same text again leaves cursor and undo alone."""
        if text == self.text():
            return
        if isinstance(self.editor, PlainEditor):
            self.editor.setPlainText(text[: self._max_length])
        else:
            self.editor.setText(text)

    def set_label(self, label: str, color: str = "text") -> None:
        """Change the label above."""
        self._label_text = label
        self._name = label
        self._label.set_text(label)
        self._label.set_color(color)
        self._refresh_name()

    def set_hint(self, hint: str, color: str = "text3") -> None:
        """Change the hint at the right of the label ("64 van 200 tekens")."""
        self._hint.set_text(hint)
        self._hint.set_color(color)

    def set_hint_widget(self, widget: QWidget) -> None:
        """Put a widget (an icon with words) at the right of the label instead of the hint."""
        if self._hint_extra is not None:
            self._hint_extra.deleteLater()
        self._hint_extra = widget
        self._head.addWidget(widget)

    def set_finding(self, level: Level, text: str = "") -> None:
        """Frame in amber or red; `text` is one line with an icon below, empty for none."""
        self._finding = text
        self.frame.set_level(level)
        self._line.set_finding(level or "warn", text)
        self._line.setVisible(bool(level and text) and self._band is None)
        self._refresh_name()

    def set_band(self, band: QWidget | None) -> None:
        """Hang a finding band under the frame in place of the line; the old one is deleted."""
        if self._band is not None:
            self._column.removeWidget(self._band)
            self._band.hide()
            self._band.deleteLater()
        self._band = band
        if band is not None:
            self._column.addWidget(band)
            band.show()
        self._line.setVisible(band is None and bool(self._finding))

    def band(self) -> QWidget | None:
        """The band that hangs under it, if any."""
        return self._band

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Underline findings in a field of several lines; one line shows its frame only."""
        if isinstance(self.editor, PlainEditor):
            self.editor.set_marks(marks)

    def set_read_only(self, read_only: bool) -> None:
        """Lock it: the text stays readable, a lock shows."""
        self.editor.setReadOnly(read_only)
        self.frame.set_read_only(read_only)

    def set_key(self, key: str | None) -> None:
        """Print a key at the right, inside the frame."""
        self.frame.set_key(key)

    def _on_text_changed(self) -> None:
        text = self.text()
        if len(text) > self._max_length and isinstance(self.editor, PlainEditor):
            cursor = self.editor.textCursor()
            place = min(cursor.position(), self._max_length)
            self.editor.setPlainText(text[: self._max_length])
            cursor.setPosition(place)
            self.editor.setTextCursor(cursor)
            return
        self.text_changed.emit(text)

    def _refresh_name(self) -> None:
        name = self._name
        if self._finding:
            name = f"{name}, {self._finding[0].lower()}{self._finding[1:]}"
        self.editor.setAccessibleName(name)


class TimeField(Field):
    """A field for a time of day, written as 16:40, 1640 or 16.40."""

    def __init__(
        self,
        label: str = "",
        hint: str = "",
        *,
        name: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Without a label, `name` says what time is meant."""
        super().__init__(
            label,
            hint,
            placeholder="uu:mm",
            name=name or label or "Tijd",
            max_length=5,
            parent=parent,
        )
        self.setFixedWidth(current().px(72 if not label else 90))

    def time(self) -> dt.time | None:
        """The time, or None when the field is empty or holds no time."""
        return parse_time(self.text())

    def set_time(self, value: dt.time | None) -> None:
        """Fill in a time, or empty the field."""
        self.set_text("" if value is None else f"{value:%H:%M}")
