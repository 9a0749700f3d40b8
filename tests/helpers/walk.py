"""Walks over every part of a page or popup and says which of them a screen reader cannot name."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QWidget

HOLDERS = (QScrollBar,)


def nameless(top: QWidget) -> list[str]:
    """Return the parts inside that take the keyboard and have no name."""
    found = []
    # parentWidget() may not be asked of what lies in a scroll area: it hands the part to Python,
    # which then throws it away while it is on show.
    viewports = [area.viewport() for area in top.findChildren(QAbstractScrollArea)]
    for widget in top.findChildren(QWidget):
        if isinstance(widget, HOLDERS) or not widget.isVisibleTo(top):
            continue
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or widget.focusProxy() is not None:
            continue
        if any(widget is viewport for viewport in viewports):
            continue
        if not widget.accessibleName().strip():
            found.append(f"{type(widget).__name__} {widget.objectName()}".strip())
    return found


def wider_than(top: QWidget) -> list[str]:
    """Return the parts that ask for more room than the window gives."""
    return [
        f"{type(widget).__name__} asks {widget.minimumSizeHint().width()}"
        for widget in top.findChildren(QWidget)
        if widget.isVisibleTo(top) and widget.minimumSizeHint().width() > top.width()
    ]
