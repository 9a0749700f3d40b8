"""Walks over every part of a page or popup and says which of them a screen reader cannot name."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QWidget

HOLDERS = (QScrollBar,)


def nameless(top: QWidget) -> list[str]:
    """Return the parts inside that take the keyboard and have no name."""
    found = []
    for widget in top.findChildren(QWidget):
        if isinstance(widget, HOLDERS) or not widget.isVisibleTo(top):
            continue
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or widget.focusProxy() is not None:
            continue
        if _belongs_to_scroll_area(widget):
            continue
        if not widget.accessibleName().strip():
            found.append(f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}")
    return found


def wider_than(top: QWidget) -> list[str]:
    """Return the parts that ask for more room than the window gives."""
    return [
        f"{type(widget).__name__} asks {widget.minimumSizeHint().width()}"
        for widget in top.findChildren(QWidget)
        if widget.isVisibleTo(top) and widget.minimumSizeHint().width() > top.width()
    ]


def _belongs_to_scroll_area(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return isinstance(parent, QAbstractScrollArea) and parent.viewport() is widget
