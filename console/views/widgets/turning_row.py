"""A row that becomes a column where the pane is too narrow for it, as with large letters."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from console.views.theme.theme import current


class TurningRow(QWidget):
    """The first part takes the room there is; the others keep their size, at the top left."""

    def __init__(
        self,
        first: QWidget,
        *others: QWidget,
        row_from: int,
        last: QWidget | None = None,
        grows: bool = False,
        gap: int = 10,
    ) -> None:
        """``row_from``: the width from which it is a row; ``last`` stands at the far end.

        ``grows``: the first part takes what is left, so the others stand at the far end too.
        Widths are design pixels, so letters twice as large turn it at twice the width.
        """
        super().__init__()
        self.theme = current()
        self._row_from = row_from
        corner = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(self.theme.px(gap))
        self._row.addWidget(first, 1 if grows else 0)
        for part in others:
            self._row.addWidget(part, 0, corner)
        if not grows:
            self._row.addStretch(1)
        if last is not None:
            self._row.addWidget(last, 0, corner)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= self.theme.px(self._row_from)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != way:
            self._row.setDirection(way)
