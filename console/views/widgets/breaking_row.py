"""A bar that goes on to a next line where it does not fit, as with letters twice as large."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QHBoxLayout, QLayoutItem, QSizePolicy, QWidget

from console.views.theme.theme import current

_Line = list[tuple[QLayoutItem, int]]
_GROW = (QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)


class BreakingRow(QHBoxLayout):
    """A row like any other while its parts fit beside each other, else lines of them.

    On lines of their own the parts stand at the left with the width they ask for; a spring between
    them counts for nothing, and what may stretch takes the rest of its line.
    """

    def __init__(self, parent: QWidget | None = None, *, height: int = 0, gap: int = 6) -> None:
        """``height``: what one line takes; the parts decide where it is nought.

        ``gap`` stands above, between and below lines. Lengths are design pixels.
        """
        if parent is None:
            super().__init__()
        else:
            super().__init__(parent)
        self._high = height
        self._between = gap

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self._fits(width):
            own = super().heightForWidth(width) if super().hasHeightForWidth() else 0
            return max(own, super().minimumSize().height(), current().px(self._high))
        edges = self.contentsMargins()
        lines = self._lines(width - edges.left() - edges.right())
        gaps = self._gap() * (len(lines) + 1) if lines else 0
        high = sum(_height(line) for line in lines) + gaps + edges.top() + edges.bottom()
        return max(high, current().px(self._high))

    def minimumHeightForWidth(self, width: int) -> int:
        return self.heightForWidth(width)

    def minimumSize(self) -> QSize:
        size = super().minimumSize()
        edges = self.contentsMargins()
        widest = max((item.minimumSize().width() for item in self._shown()), default=0)
        height = max(size.height(), current().px(self._high))
        return QSize(min(size.width(), widest + edges.left() + edges.right()), height)

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        return QSize(size.width(), max(size.height(), current().px(self._high)))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        if self._fits(rect.width()):
            return
        edges = self.contentsMargins()
        left, room = rect.left() + edges.left(), rect.width() - edges.left() - edges.right()
        y = rect.top() + edges.top() + self._gap()
        for line in self._lines(room):
            high, x = _height(line), left
            rest = room - sum(width for _, width in line) - self.spacing() * (len(line) - 1)
            for item, width in line:
                given = width + rest if item is _stretching(line) else width
                tall = min(high, max(item.sizeHint().height(), item.minimumSize().height()))
                if item.hasHeightForWidth():
                    tall = min(high, max(item.heightForWidth(given), item.minimumSize().height()))
                item.setGeometry(QRect(x, y + (high - tall) // 2, given, tall))
                x += given + self.spacing()
            y += high + self._gap()

    def _gap(self) -> int:
        return current().px(self._between)

    def _fits(self, width: int) -> bool:
        return super().minimumSize().width() <= width

    def _shown(self) -> list[QLayoutItem]:
        items = [self.itemAt(place) for place in range(self.count())]
        return [one for one in items if one is not None and not _is_empty(one)]

    def _lines(self, room: int) -> list[_Line]:
        lines: list[_Line] = []
        used = 0
        for item in self._shown():
            # What takes the rest of its line anyhow begins at the least it can do with.
            liked = 0 if _grows(item) else item.sizeHint().width()
            width = min(max(liked, item.minimumSize().width()), room)
            if lines and used + self.spacing() + width <= room:
                lines[-1].append((item, width))
                used += self.spacing() + width
            else:
                lines.append([(item, width)])
                used = width
        return lines


def _is_empty(item: QLayoutItem) -> bool:
    return item.spacerItem() is not None or item.isEmpty()


def _grows(item: QLayoutItem) -> bool:
    widget = item.widget()
    return widget is not None and widget.sizePolicy().horizontalPolicy() in _GROW


def _height(line: _Line) -> int:
    return max(
        max(
            item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height(),
            item.minimumSize().height(),
        )
        for item, width in line
    )


def _stretching(line: _Line) -> QLayoutItem | None:
    for item, _ in line:
        if _grows(item):
            return item
    return None
