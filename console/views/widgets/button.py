"""Buttons with their key printed on them; Enter alone never presses one."""

from __future__ import annotations

import math
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from console.views.theme.icons import draw_icon
from console.views.theme.theme import current
from console.views.widgets.key_cap import caps_width, paint_caps
from console.views.widgets.painted import rounded

Kind = Literal["plain", "filled", "quiet", "tinted", "danger"]

SIZES = {"s": 28, "m": 32, "l": 36}
"""Heights: in rows and bands, normal, in the next-step card."""


class Button(QPushButton):
    """A painted button. One screen has at most one of kind "filled".

    `key` is the shortcut in writing ("Ctrl+Enter"); the key router acts on it, the button only
    shows it. `reason` says in the tooltip and the accessible description why it is disabled;
    the screen also shows it nearby.
    """

    def __init__(
        self,
        text: str,
        key: str | None = None,
        icon: str | None = None,
        kind: Kind = "plain",
        size: str = "m",
        *,
        trailing: str | None = None,
        stretch: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`trailing` is an icon at the right (a chevron); `stretch` lets it grow in width."""
        super().__init__(parent)
        self._label = text
        self._key = key or ""
        self._icon = icon
        self._kind: Kind = kind
        self._size = size
        self._trailing = trailing
        self._reason = ""
        self.theme = current()
        self.theme.changed.connect(self._on_theme_changed)
        self.setAutoDefault(False)
        self.setDefault(False)
        self.setFlat(True)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(
            QSizePolicy.Policy.Expanding if stretch else QSizePolicy.Policy.Fixed,
            QSizePolicy.Policy.Fixed,
        )
        self._name()

    def label(self) -> str:
        """The words on the button."""
        return self._label

    def set_label(self, text: str) -> None:
        """Change the words."""
        if text != self._label:
            self._label = text
            self._name()
            self._on_theme_changed()

    def key(self) -> str:
        """The key printed on it, or an empty text."""
        return self._key

    def set_key(self, key: str | None) -> None:
        """Print another key."""
        self._key = key or ""
        self._name()
        self._on_theme_changed()

    def set_icon(self, icon: str | None) -> None:
        """Show another icon."""
        self._icon = icon
        self._on_theme_changed()

    def set_kind(self, kind: Kind) -> None:
        """Change how loud it is."""
        self._kind = kind
        self.update()

    def kind(self) -> Kind:
        """How loud it is."""
        return self._kind

    def set_reason(self, reason: str) -> None:
        """Disable it and say why; an empty reason enables it again."""
        self._reason = reason
        self.setEnabled(not reason)
        self.setToolTip(reason)
        self.setAccessibleDescription(reason)

    def reason(self) -> str:
        """Why it cannot be pressed, or an empty text."""
        return self._reason

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter alone never confirms (design/screens §1.6); some desktops make it press buttons.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        px = self.theme.px
        width = self._pad_left() + self._pad_right()
        parts = []
        if self._label:
            parts.append(
                math.ceil(self.theme.metrics("body_medium").horizontalAdvance(self._label))
            )
        if self._icon:
            parts.append(px(16))
        gap = px(6) if len(parts) == 2 else 0
        width += sum(parts) + gap
        if self._key:
            width += px(8) + caps_width(self.theme, self._key)
        if self._trailing:
            width += px(4) + px(14)
        height = px(SIZES[self._size])
        return QSize(max(width, height), height)

    def minimumSizeHint(self) -> QSize:
        if self.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Expanding:
            return QSize(min(self.sizeHint().width(), self.theme.px(64)), self.sizeHint().height())
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = self._paint_ground(painter)
        self._paint_parts(painter, ink)
        painter.end()

    def _pad_left(self) -> int:
        return self.theme.px(11 if self._label and self._kind != "quiet" else 8)

    def _pad_right(self) -> int:
        if self._kind == "quiet":
            return self.theme.px(8)
        return self.theme.px(9 if self._key else 11 if self._label else 8)

    def _paint_ground(self, painter: QPainter) -> QColor:
        color = self.theme.color
        rect = QRectF(self.rect())
        hover, down = self.underMouse() and self.isEnabled(), self.isDown()
        focus = self.hasFocus()
        if not self.isEnabled():
            if self._kind != "quiet":
                rounded(painter, rect, 6, color("press"))
            return color("off")
        if self._kind == "filled":
            rounded(painter, rect, 6, color("accenthover" if hover or down else "accentfill"))
            if focus:
                inner = rect.adjusted(2.5, 2.5, -2.5, -2.5)
                rounded(painter, inner, 4, None, color("white"), 1.5)
            return color("white")
        fill: QColor | None = color("raised")
        border: QColor | None = color("line2")
        ink = color("text")
        if self._kind == "quiet":
            fill, border, ink = None, None, color("text2")
        elif self._kind == "tinted":
            fill, border, ink = color("sel"), None, color("accent")
        elif self._kind == "danger":
            border, ink = color("redline"), color("red")
        if down:
            fill = color("press")
        elif hover:
            fill = color("hover") if self._kind != "tinted" else color("press")
        if focus:
            rounded(painter, rect, 6, fill, color("accent"), 2)
        elif fill is not None:
            rounded(painter, rect, 6, fill, border)
        return ink

    def _paint_parts(self, painter: QPainter, ink: QColor) -> None:
        px = self.theme.px
        middle = self.height() / 2
        x = float(self._pad_left())
        extra = self.width() - self.sizeHint().width()
        if extra > 0:
            x += extra / 2
        if self._icon:
            side = px(16)
            if not self._label and not self._key:
                x = (self.width() - side) / 2
            icon_ink = ink if self._kind != "plain" or not self.isEnabled() else self._icon_ink()
            draw_icon(painter, x, middle - side / 2, self._icon, side, icon_ink)
            x += side + (px(6) if self._label else 0)
        painter.setFont(self.theme.font("body_medium"))
        painter.setPen(ink)
        metrics = self.theme.metrics("body_medium")
        if self._label:
            room = metrics.horizontalAdvance(self._label)
            text = self._label
            if extra < 0:
                room += extra
                text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            base = (self.height() - metrics.height()) / 2 + metrics.ascent()
            painter.drawText(round(x), round(base), text)
            x += math.ceil(room)
        if self._key:
            x += px(8)
            tone = "off" if not self.isEnabled() else self._cap_tone()
            x += paint_caps(painter, x, middle, self._key, tone)
        if self._trailing:
            side = px(14)
            x += px(4)
            draw_icon(painter, x, middle - side / 2, self._trailing, side, ink)

    def _icon_ink(self) -> QColor:
        return self.theme.color("text2")

    def _cap_tone(self) -> str:
        return "filled" if self._kind == "filled" else "plain"

    def _name(self) -> None:
        self.setAccessibleName(self._label)
        if self._key:
            self.setProperty("key", self._key)

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()


class IconButton(Button):
    """A square button with only an icon; `word` is its name and its tooltip ("Sluit")."""

    def __init__(
        self, icon: str, word: str, *, size: str = "m", parent: QWidget | None = None
    ) -> None:
        """`word` is required: an icon button without a word cannot be heard."""
        super().__init__("", None, icon, "quiet", size, parent=parent)
        self.setAccessibleName(word)
        self.setToolTip(word)

    def sizeHint(self) -> QSize:
        side = self.theme.px(SIZES[self._size])
        return QSize(side, side)

    def _name(self) -> None:
        return
