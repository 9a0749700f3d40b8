"""A line of 4 px that fills; it steps, it never runs by itself."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.views.widgets.painted import Painted, rounded


class ProgressLine(Painted):
    """How far something is, from 0 to 1."""

    spoken_role = "ProgressBar"

    def __init__(
        self, name: str, share: float = 0.0, token: str = "accent", parent: QWidget | None = None
    ) -> None:
        """`name` says what fills; the share is read aloud with it."""
        super().__init__(parent)
        self._name = name
        self._token = token
        self._share = -1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_share(share)

    def set_share(self, share: float) -> None:
        """Fill up to this share; outside 0 to 1 the nearest end."""
        share = max(0.0, min(1.0, share))
        if share != self._share:
            self._share = share
            self.setAccessibleName(f"{self._name}: {int(share * 100)} procent")
            self.update()

    def set_token(self, token: str) -> None:
        """Fill in another colour."""
        self._token = token
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(120), 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(24), 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        color = self.theme.color
        rect = QRectF(self.rect())
        rounded(painter, rect, 2, color("press"))
        if self._share > 0:
            rect.setWidth(max(4.0, rect.width() * self._share))
            rounded(painter, rect, 2, color(self._token))
        painter.end()
