"""What of a page is lost at a size of window and of letters: cut off, laid over, out of reach."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QScrollArea,
    QScrollBar,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from console.views.tables.list_view import ListView
from console.views.theme.theme import current
from console.views.widgets.roll import Roll
from console.views.widgets.text import Text

DIRECT = Qt.FindChildOption.FindDirectChildrenOnly
Parents = dict[QWidget, QWidget]

SLACK = 1
"""Pixels of rounding that nobody sees."""

PREVIEW = 24
"""So many letters of a line that is elided are enough to know which one it is."""


def lost(top: QWidget) -> list[str]:
    """Return what of a screen or popup cannot be read or reached, each once, in words."""
    parents: Parents = {}
    _learn(top, parents)
    seen = list(_shown(top))
    found = [f"{_called(one)} {why}" for one in seen for why in _faults(one, parents)]
    found += [
        f"{_called(one)} lies over {_called(other)}"
        for parent in (top, *seen)
        for one, other in _laid_over(parent)
    ]
    return list(dict.fromkeys(found))


def _shown(top: QWidget) -> Iterator[Any]:
    for widget in top.findChildren(QWidget):
        if (
            isinstance(widget, QWidget)
            and widget.isVisible()
            and not isinstance(widget, QScrollBar)
        ):
            yield widget


def _learn(widget: QWidget, parents: Parents) -> None:
    """Learn who holds whom from above: see ``tests.helpers.walk`` on asking it from below."""
    for child in widget.findChildren(QWidget, options=DIRECT):
        if not child.isWindow():
            parents[child] = widget
            _learn(child, parents)


def _called(widget: QWidget) -> str:
    words = widget.accessibleName() or ""
    return f"{type(widget).__name__} “{words[:60]}”" if words else type(widget).__name__


def _faults(widget: Any, parents: Parents) -> Iterator[str]:
    if _is_inner(widget):
        return
    wide, high = widget.width(), widget.height()
    if isinstance(widget, Text):
        yield from _of_text(widget)
    elif isinstance(widget, QAbstractButton | QComboBox):
        own = widget.minimumSizeHint()
        least = own if isinstance(widget, QComboBox) else widget.sizeHint()
        if own.isValid():
            # A part may be lower than it likes to be; its words may not be cut off.
            least.setHeight(own.height())
        if least.width() > wide + SLACK or least.height() > high + SLACK:
            yield f"needs {least.width()}x{least.height()}, has {wide}x{high}"
    elif isinstance(widget, ListView):
        row = current().px(widget._painter.height)
        if widget._rows.rowCount() and widget.viewport().height() < row - SLACK:
            yield f"shows less than one row: {widget.viewport().height()} of {row}"
    elif not isinstance(widget, QAbstractScrollArea | Roll):
        least = widget.minimumSizeHint()
        if widget.hasHeightForWidth() and widget.layout() is not None:
            # It was worked out for the least width; what rolls asks for less than for its all.
            here = widget.layout().totalMinimumHeightForWidth(wide)
            least.setHeight(min(least.height(), here))
        if least.height() > high + SLACK or least.width() > wide + SLACK:
            yield f"needs {least.width()}x{least.height()}, has {wide}x{high}"
    yield from _out_of_reach(widget, parents)


def _of_text(widget: Text) -> Iterator[str]:
    if not widget.text().strip():
        return
    if widget._wrap:
        wanted = widget.heightForWidth(widget.width())
        if wanted > widget.height() + SLACK:
            yield f"is {wanted} high, has {widget.height()}"
        if widget.width() < min(widget.natural_width(), current().px(40)):
            yield f"has {widget.width()} px for a word"
    elif widget.natural_width() > widget.width() + SLACK:
        part = widget.width() / widget.natural_width()
        # A preview of a long text may end early; a title or an answer may not.
        if not widget._elide or (part < 0.6 and part * len(widget.text()) < PREVIEW):
            yield f"shows {part:.0%} of itself"


def _is_inner(widget: QWidget) -> bool:
    """Whether it is a part that Qt or a list makes inside another one."""
    return (
        type(widget).__module__.startswith("PySide6")
        and (isinstance(widget, QSplitter | QStackedWidget) or type(widget) is QWidget)
        and widget.layout() is None
    )


def _out_of_reach(widget: QWidget, parents: Parents) -> Iterator[str]:
    """Say where it stands outside what holds it, unless that can be scrolled to."""
    here: Any = widget
    rect = widget.rect()
    while here in parents:
        above = parents[here]
        rect = rect.translated(here.pos())
        scrolled = _scrolls(above, parents.get(above))
        if scrolled:
            # Up and down it comes into sight; sideways nothing scrolls.
            rect = QRect(rect.left(), above.rect().top(), rect.width(), 1)
        over = _over(rect, above.rect())
        if over > SLACK:
            yield f"is {over} px outside {_called(above)}"
            return
        here = above


def _scrolls(above: QWidget, area: QWidget | None) -> bool:
    if isinstance(above, Roll):
        return True
    if isinstance(area, QScrollArea) and area.viewport() is above:
        return True
    return isinstance(area, QAbstractItemView) and area.viewport() is above


def _over(rect: QRect, holder: QRect) -> int:
    return max(
        holder.left() - rect.left(),
        holder.top() - rect.top(),
        rect.right() - holder.right(),
        rect.bottom() - holder.bottom(),
    )


def _laid_over(parent: QWidget) -> Iterator[tuple[Any, Any]]:
    layout = parent.layout()
    if layout is None:
        return
    held = [item.widget() for item in map(layout.itemAt, range(layout.count())) if item]
    parts = [one for one in held if one is not None and one.isVisible()]
    for one, other in combinations(parts, 2):
        both = one.geometry().intersected(other.geometry())
        if both.width() > SLACK and both.height() > SLACK:
            yield one, other


def in_window(widget: QWidget) -> QRect:
    """Return where a widget stands in its window."""
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())
