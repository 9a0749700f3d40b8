"""A search field with a magnifier and its key; keeps at least 176 px."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from console.views.theme.theme import current
from console.views.widgets.editors import LineEditor
from console.views.widgets.field_frame import FieldFrame


class _SearchEditor(LineEditor):
    """Esc empties first, then leaves; Down and Enter hand over to the list."""

    left = Signal()
    handed_over = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.left.emit()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.handed_over.emit()
        else:
            super().keyPressEvent(event)


class SearchField(QWidget):
    """Search on this screen. `text_changed` at every letter; the presenter waits 150 ms."""

    text_changed = Signal(str)
    left = Signal()
    handed_over = Signal()

    def __init__(
        self,
        placeholder: str,
        key: str | None = "/",
        *,
        width: int = 220,
        parent: QWidget | None = None,
    ) -> None:
        """`width` is the width it likes, in design pixels."""
        super().__init__(parent)
        self.editor = _SearchEditor()
        self.editor.setPlaceholderText(placeholder)
        self.editor.setAccessibleName(placeholder)
        self.editor.setMaxLength(200)
        self.frame = FieldFrame(self.editor, icon="search", key=key, height=32)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.frame)
        self.setFocusProxy(self.editor)
        theme = current()
        self.setMinimumWidth(min(theme.px(176), theme.px(width)))
        self.setMaximumWidth(theme.px(width))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.editor.textChanged.connect(self.text_changed)
        self.editor.left.connect(self.left)
        self.editor.handed_over.connect(self.handed_over)

    def text(self) -> str:
        """What is searched for."""
        return self.editor.text()

    def set_text(self, text: str) -> None:
        """Search for this."""
        self.editor.setText(text)

    def set_placeholder(self, placeholder: str) -> None:
        """Shorten the hint in a narrow window; the accessible name keeps the first one."""
        self.editor.setPlaceholderText(placeholder)
