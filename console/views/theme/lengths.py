"""Lengths that parts were given when they were built, after a change of the text size.

A margin, a gap or a fixed width is a number of pixels by then. Where a part does not set it anew
by itself, it grows here by as much as the letters do.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QLayout, QSpacerItem, QWidget

NO_LIMIT = 16_777_215
"""What Qt calls no upper bound (QWIDGETSIZE_MAX)."""

HAIR = 2
"""Lengths up to so many pixels are lines, not room: they stay."""


def rescale(widgets: Iterable[QWidget], factor: float) -> None:
    """Let every fixed length of these widgets and of their layouts grow by a factor."""
    for widget in widgets:
        # A window keeps the size it has; what stands in it is laid out anew.
        if not widget.isWindow():
            _sizes(widget, factor)
        layout = widget.layout()
        if layout is not None:
            _room(layout, factor)


def _sizes(widget: QWidget, factor: float) -> None:
    least, most = widget.minimumSize(), widget.maximumSize()
    # The upper bound first where it grows: a lower one never goes over it.
    for _ in range(2):
        widget.setMaximumWidth(_grown(most.width(), factor))
        widget.setMinimumWidth(_grown(least.width(), factor))
        widget.setMaximumHeight(_grown(most.height(), factor))
        widget.setMinimumHeight(_grown(least.height(), factor))


def _room(layout: QLayout, factor: float) -> None:
    edges = layout.contentsMargins()
    layout.setContentsMargins(
        _grown(edges.left(), factor),
        _grown(edges.top(), factor),
        _grown(edges.right(), factor),
        _grown(edges.bottom(), factor),
    )
    if layout.spacing() > 0:
        layout.setSpacing(_grown(layout.spacing(), factor))
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        if isinstance(item, QSpacerItem):
            _space(item, factor)
        inner = item.layout()
        if inner is not None:
            _room(inner, factor)
    layout.invalidate()


def _space(item: QSpacerItem, factor: float) -> None:
    size, policy = item.sizeHint(), item.sizePolicy()
    item.changeSize(
        _grown(size.width(), factor),
        _grown(size.height(), factor),
        policy.horizontalPolicy(),
        policy.verticalPolicy(),
    )


def _grown(length: int, factor: float) -> int:
    return length if length <= HAIR or length >= NO_LIMIT else round(length * factor)
