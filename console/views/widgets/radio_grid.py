"""Numbered answers in a grid: outcomes on 1-7, kinds in a row, yes-no-unknown."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QRadioButton, QSizePolicy, QWidget

from console.views.theme.icons import draw_icon
from console.views.theme.theme import current
from console.views.widgets.key_cap import caps_width, paint_caps
from console.views.widgets.painted import rounded
from console.views.widgets.tick import paint_radio

Option = tuple[str, str, str | None, str | None]
"""Id, label, key or None, icon or None."""

_STEPS = {
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Up: (0, -1),
}


class _Option(QRadioButton):
    """One answer as a framed button."""

    def __init__(self, option: Option, kind: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = current()
        self.option = option
        self._kind = kind
        self.setAccessibleName(option[1])
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def _width(self) -> int:
        px = self.theme.px
        _, label, key, icon = self.option
        width = math.ceil(self.theme.metrics("body_strong").horizontalAdvance(label)) + 2 * px(11)
        if self._kind == "radio":
            width += px(16 + 8)
        elif icon:
            width += px(16 + 6)
        if key:
            width += px(8) + caps_width(self.theme, key)
        return width

    def sizeHint(self) -> QSize:
        return QSize(self._width(), self.theme.px(36 if self._kind == "radio" else 34))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self._width(), self.theme.px(72)), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        step = _STEPS.get(Qt.Key(event.key()))
        grid = self.parentWidget()
        if step is not None and isinstance(grid, RadioGrid):
            # Qt moves only the focus while nothing is chosen yet; here an arrow always chooses.
            grid.step_from(self, step)
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        color, px = self.theme.color, self.theme.px
        rect = QRectF(self.rect())
        on, focus = self.isChecked(), self.hasFocus()
        ground = color("sel" if on else "hover" if self.underMouse() else "raised")
        if not self.isEnabled():
            ground = color("press")
        border = color("accent" if on or focus else "line2")
        rounded(painter, rect, 6, ground, border, 2 if focus else 1.5 if on else 1)
        _, label, key, icon = self.option
        ink = color("text" if self.isEnabled() else "off")
        role = "body_strong" if on else "body_medium"
        metrics = self.theme.metrics(role)
        right = self.width() - px(9) - ((caps_width(self.theme, key) + px(8)) if key else 0)
        middle = self.height() / 2
        x: float = px(11)
        if self._kind == "radio":
            paint_radio(painter, x, middle, on=on)
            x += px(16 + 8)
        else:
            used = metrics.horizontalAdvance(label) + (px(16 + 6) if icon else 0)
            x = max(float(px(9)), (right + px(9) - used) / 2)
            if icon:
                icon_ink = color("accent") if on else color("text2")
                draw_icon(painter, x, middle - px(16) / 2, icon, px(16), icon_ink)
                x += px(16 + 6)
        painter.setFont(self.theme.font(role))
        painter.setPen(ink)
        text = metrics.elidedText(label, Qt.TextElideMode.ElideRight, right - x)
        base = (self.height() - metrics.height()) / 2 + metrics.ascent()
        painter.drawText(round(x), round(base), text)
        if key:
            paint_caps(painter, self.width() - px(9) - caps_width(self.theme, key), middle, key)
        painter.end()


class RadioGrid(QWidget):
    """Answers of which at most one is chosen. Arrow keys move; digits come from the key router.

    Kind "radio" shows a round mark at the left (outcomes), "card" centres icon and words.
    """

    spoken_role = "Grouping"

    chosen = Signal(str)

    def __init__(
        self,
        options: Sequence[Option],
        name: str,
        *,
        columns: int = 2,
        kind: Literal["radio", "card"] = "radio",
        parent: QWidget | None = None,
    ) -> None:
        """`name` is the question, read aloud; nothing is chosen at first."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self._buttons: list[_Option] = []
        self._most = self._columns = columns
        self._silent = False
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8 if kind == "radio" else 6)
        grid.setVerticalSpacing(8)
        for number, option in enumerate(options):
            button = _Option(option, kind, self)
            button.toggled.connect(self._on_toggled)
            grid.addWidget(button, number // columns, number % columns)
            self._buttons.append(button)
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        if self._buttons:
            self.setFocusProxy(self._buttons[0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Put the answers under each other where the longest would be cut off."""
        grid = self.layout()
        if not isinstance(grid, QGridLayout) or not self._buttons:
            return
        widest = max(button.sizeHint().width() for button in self._buttons)
        gaps = grid.horizontalSpacing() * (self._most - 1)
        columns = self._most if self.width() >= widest * self._most + gaps else 1
        if columns == self._columns:
            return
        self._columns = columns
        for button in self._buttons:
            grid.removeWidget(button)
        for number, button in enumerate(self._buttons):
            grid.addWidget(button, number // columns, number % columns)
        for column in range(self._most):
            grid.setColumnStretch(column, 1 if column < columns else 0)

    def selected(self) -> str:
        """Id of the chosen answer, or an empty text."""
        return next((b.option[0] for b in self._buttons if b.isChecked()), "")

    def select(self, option_id: str, *, silent: bool = False) -> None:
        """Choose by id; an empty id chooses nothing. `silent` keeps `chosen` from firing."""
        self._silent = silent
        if option_id:
            for button in self._buttons:
                if button.option[0] == option_id:
                    button.setChecked(True)
        else:
            for button in self._buttons:
                button.setAutoExclusive(False)
                button.setChecked(False)
                button.setAutoExclusive(True)
        self._silent = False

    def select_number(self, number: int) -> bool:
        """Choose the answer with this number, counted from 1; False when there is none."""
        if not 1 <= number <= len(self._buttons) or not self._buttons[number - 1].isEnabled():
            return False
        self.select(self._buttons[number - 1].option[0])
        return True

    def option_ids(self) -> list[str]:
        """Return the ids in the order of their keys."""
        return [button.option[0] for button in self._buttons]

    def set_reason(self, option_id: str, reason: str) -> None:
        """Disable one answer and say why; an empty reason enables it again."""
        for button in self._buttons:
            if button.option[0] == option_id:
                button.setEnabled(not reason)
                button.setToolTip(reason)
                button.setAccessibleDescription(reason)

    def step_from(self, button: QRadioButton, step: tuple[int, int]) -> None:
        """Choose the neighbour of an answer, and stay where there is none."""
        at = next((i for i, one in enumerate(self._buttons) if one is button), 0)
        target = (
            at + step[0] + step[1] * (self._columns if len(self._buttons) > self._columns else 1)
        )
        if 0 <= target < len(self._buttons):
            self._buttons[target].setChecked(True)
            self._buttons[target].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_toggled(self, checked: bool) -> None:
        if checked:
            self.setFocusProxy(next(b for b in self._buttons if b.isChecked()))
            if not self._silent:
                self.chosen.emit(self.selected())
