"""The frame of a field: paints edge, focus and finding round a frameless editor."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from console.views.theme.icons import draw_icon
from console.views.widgets.key_cap import caps_width, paint_caps
from console.views.widgets.painted import Painted, rounded

Level = Literal["", "warn", "stop"]


class FieldFrame(Painted):
    """Holds one editor. Focus wins over a finding; read-only shows a lock on sunken ground."""

    def __init__(
        self,
        editor: QWidget,
        *,
        icon: str | None = None,
        key: str | None = None,
        height: int | None = 34,
        parent: QWidget | None = None,
    ) -> None:
        """`height` in design pixels fixes the frame; None lets the editor decide."""
        super().__init__(parent)
        self.editor = editor
        self._icon = icon
        self._key = key
        self._height = height
        self._level: Level = ""
        self._read_only = False
        self._row = QHBoxLayout(self)
        self._row.setSpacing(0)
        self._row.addWidget(editor)
        self.setFocusProxy(editor)
        editor.installEventFilter(self)
        vertical = QSizePolicy.Policy.Fixed if height is not None else QSizePolicy.Policy.Preferred
        self.setSizePolicy(QSizePolicy.Policy.Expanding, vertical)
        self._measure()

    def set_level(self, level: Level) -> None:
        """Show a finding: "warn" (amber), "stop" (red) or "" for none."""
        if level != self._level:
            self._level = level
            self.update()

    def set_read_only(self, read_only: bool) -> None:
        """Paint as locked; the editor itself is locked by its owner."""
        self._read_only = read_only
        self._measure()
        self.update()

    def set_icon(self, icon: str | None) -> None:
        """Show another icon at the left."""
        self._icon = icon
        self._measure()

    def set_key(self, key: str | None) -> None:
        """Print another key at the right."""
        self._key = key
        self._measure()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self._height is not None:
            hint.setHeight(self.theme.px(self._height))
        return hint

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        if self._height is not None:
            hint.setHeight(self.theme.px(self._height))
        return hint

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.editor.setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        color, px = self.theme.color, self.theme.px
        locked = self._read_only or not self.isEnabled()
        ground = color("sunken") if locked else color("surface")
        rect = QRectF(self.rect())
        if self.editor.hasFocus():
            rounded(painter, rect, 6, ground, color("accent"), 2)
        elif self._level == "stop":
            rounded(painter, rect, 6, ground, color("redmark"), 1.5)
        elif self._level == "warn":
            rounded(painter, rect, 6, ground, color("amberfill"), 1.5)
        else:
            rounded(painter, rect, 6, ground, color("line2") if locked else color("edge"), 1)
        middle = self.height() / 2
        side = px(16)
        if self._icon:
            draw_icon(painter, px(9), middle - side / 2, self._icon, side, color("text2"))
        right = self.width() - px(9)
        if self._read_only:
            side = px(14)
            draw_icon(painter, right - side, middle - side / 2, "lock", side, color("text3"))
        elif self._key:
            paint_caps(painter, right - caps_width(self.theme, self._key), middle, self._key)
        painter.end()

    def _measure(self) -> None:
        px = self.theme.px
        left = px(9) + ((px(16) + px(8)) if self._icon else px(2))
        right = px(9)
        if self._read_only:
            right += px(14) + px(4)
        elif self._key:
            right += caps_width(self.theme, self._key) + px(6)
        inside = 2 if self._height is not None else px(6)
        self._row.setContentsMargins(left, inside, right, inside)

    def _on_theme_changed(self) -> None:
        self._measure()
        super()._on_theme_changed()
