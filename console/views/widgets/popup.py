"""Popups: a scrim over the window, a framed pane, Esc closes, the focus goes back."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from console.views.widgets.breaking_row import BreakingRow
from console.views.widgets.button import Button, IconButton
from console.views.widgets.divider import Divider
from console.views.widgets.focus_chain import next_inside
from console.views.widgets.key_cap import KeyCap
from console.views.widgets.painted import Painted, rounded
from console.views.widgets.roll import Roll
from console.views.widgets.shadow import paint_shadow
from console.views.widgets.text import Text

FOOT = 320
"""How much of a sentence in the footer is always shown, in design pixels."""


class _Sheet(Painted):
    """The framed pane itself."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        color = self.theme.color
        rounded(painter, QRectF(self.rect()), 10, color("raised"), color("line2"))
        painter.end()


class Popup(Painted):
    """A question over the window, without a loop of its own.

    `finished` fires once, with the result or None when it was closed. Tab stays inside. The
    filled button is `primary` (Ctrl+Enter), the plain one left of it `secondary`
    (Ctrl+Shift+Enter); the key router presses them.
    """

    spoken_role = "Dialog"

    finished = Signal(object)

    def __init__(
        self,
        window: QWidget,
        title: str,
        *,
        width: int = 680,
        hint: str = "",
        footer: bool = True,
        bare: bool = False,
    ) -> None:
        """`width` is design pixels; `bare` leaves out title bar and footer (the palette)."""
        super().__init__(window)
        self._width = width
        self._open = False
        self._came_from: QWidget | None = None
        self.primary: Button | None = None
        self.secondary: Button | None = None
        self.first_focus: QWidget | None = None
        px = self.theme.px
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(title)
        self.sheet = _Sheet(self)
        column = QVBoxLayout(self.sheet)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        self.title_bar = QHBoxLayout()
        self.footer: QHBoxLayout = BreakingRow(height=60)
        self.body = QVBoxLayout()
        self._close = IconButton("close", "Sluit", size="s")
        self._close.clicked.connect(self._on_close)
        self._title = Text(title, "screen", elide=True)
        if not bare:
            head = QWidget()
            head.setFixedHeight(px(54))
            head.setLayout(self.title_bar)
            self.title_bar.setContentsMargins(px(24), 0, px(16), 0)
            self.title_bar.setSpacing(px(4))
            self.title_bar.addWidget(self._title, 1)
            if hint:
                self.title_bar.addWidget(Text(hint, "small", "text3"))
                self.title_bar.addSpacing(px(8))
            self.title_bar.addWidget(self._close)
            self.title_bar.addWidget(KeyCap("Esc"))
            column.addWidget(head)
            column.addWidget(Divider())
        else:
            self._close.setParent(self.sheet)
            self._close.hide()
            self._title.setParent(self.sheet)
            self._title.hide()
        margin = 0 if bare else px(24)
        self.body.setContentsMargins(margin, 0 if bare else px(16), margin, 0 if bare else px(18))
        self.body.setSpacing(px(13))
        middle = QWidget()
        middle.setLayout(self.body)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        middle.setSizePolicy(policy)
        self._roll = None if bare else Roll(middle)
        column.addWidget(self._roll or middle, 1)
        if footer and not bare:
            column.addWidget(Divider())
            foot = QWidget()
            foot.setLayout(self.footer)
            self.footer.setContentsMargins(px(24), 0, px(16), 0)
            self.footer.setSpacing(px(8))
            self.footer.addStretch(1)
            column.addWidget(foot)
        self.hide()
        window.installEventFilter(self)

    def set_title(self, title: str) -> None:
        """Change the title."""
        self._title.set_text(title)
        self.setAccessibleName(title)

    def add_footer_left(self, widget: QWidget) -> None:
        """Put something at the left of the footer; a sentence keeps most of its words."""
        if isinstance(widget, Text):
            widget.set_least(FOOT)
        stretch = 0
        while (item := self.footer.itemAt(stretch)) is not None and item.spacerItem() is None:
            stretch += 1
        self.footer.insertWidget(stretch, widget)

    def set_buttons(self, primary: Button, secondary: Button | None = None) -> None:
        """Put the filled button at the right of the footer, the second one left of it."""
        if secondary is not None:
            self.footer.addWidget(secondary)
        self.footer.addWidget(primary)
        self.primary, self.secondary = primary, secondary

    def open(self) -> None:
        """Show it over the window and give it the keyboard."""
        if self._open:
            return
        self._open = True
        self._came_from = QApplication.focusWidget()
        cast(QApplication, QApplication.instance()).focusChanged.connect(self._on_focus)
        self._fit()
        self.show()
        self.raise_()
        self.take_focus()

    def take_focus(self) -> None:
        """Put the keyboard where it starts in this popup."""
        target = self.first_focus or next_inside(self, None, forward=True)
        if target is not None:
            target.setFocus(Qt.FocusReason.PopupFocusReason)
            self._in_sight(target)

    def close_with(self, result: object = None) -> None:
        """Close it, give the focus back, and fire `finished` with the result."""
        if not self._open:
            return
        self._open = False
        cast(QApplication, QApplication.instance()).focusChanged.disconnect(self._on_focus)
        self.hide()
        window = self.parentWidget()
        if window is not None:
            window.removeEventFilter(self)
        back = self._came_from
        if back is not None and back.isVisible():
            back.setFocus(Qt.FocusReason.PopupFocusReason)
        self.finished.emit(result)
        self.deleteLater()

    def is_open(self) -> bool:
        """Whether it is on show."""
        return self._open

    def refit(self) -> None:
        """Take the size the contents ask for now, also when a part was hidden a moment ago."""
        self.body.invalidate()
        self.body.activate()
        if self._roll is not None:
            # A layout remembers what an item asked for until that item says that it changed.
            self._roll.updateGeometry()
        layout = self.sheet.layout()
        if layout is not None:
            layout.invalidate()
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_with(None)
            return
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # Clicks on the scrim go nowhere: a stray click must not lose what was typed.
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.update()

    def focusNextPrevChild(self, forward: bool) -> bool:
        target = next_inside(self, QApplication.focusWidget(), forward=forward)
        if target is not None:
            reason = Qt.FocusReason.TabFocusReason
            target.setFocus(reason if forward else Qt.FocusReason.BacktabFocusReason)
            self._in_sight(target)
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.color("scrim"))
        paint_shadow(painter, QRectF(self.sheet.geometry()), 10, self.theme.color("shadow"))
        painter.end()

    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        """Keep the keyboard: news for the screen underneath must not take it from who types here."""
        if new is None or self.isAncestorOf(new) or not self._is_under(new):
            return
        if old is not None and isValid(old) and self.isAncestorOf(old) and old.isVisibleTo(self):
            old.setFocus(Qt.FocusReason.PopupFocusReason)
        else:
            self.take_focus()

    def _is_under(self, part: QWidget) -> bool:
        """Whether a part of the window lies under this popup; what lies over it may have the keys."""
        window = self.parentWidget()
        layer: QWidget | None = part
        while layer is not None and layer.parentWidget() is not window:
            layer = layer.parentWidget()
        if window is None or layer is None or layer is self or not self.isVisible():
            return False
        order = window.children()
        return order.index(layer) < order.index(self)

    def _in_sight(self, part: QWidget) -> None:
        if self._roll is not None:
            self._roll.show_part(part)

    def _fit(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        self.setGeometry(window.rect())
        edge = self.theme.px(24)
        width = min(self.theme.px(self._width), window.width() - 2 * edge)
        layout = self.sheet.layout()
        wanted = layout.totalHeightForWidth(width) if layout is not None else -1
        if wanted < 0:
            wanted = self.sheet.sizeHint().height()
        height = min(wanted, window.height() - 2 * edge)
        x = (window.width() - width) // 2
        y = max(edge, (window.height() - height) // 2)
        self.sheet.setGeometry(QRect(x, y, width, height))
        if self._roll is not None:
            self._roll.fit()
        self.update()

    def _on_close(self) -> None:
        self.close_with(None)

    def _on_theme_changed(self) -> None:
        self._fit()
        super()._on_theme_changed()


def open_popup(window: QWidget) -> Popup | None:
    """The popup that is open over a window, if any. There is never more than one."""
    for child in window.findChildren(Popup, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if child.is_open():
            return child
    return None
