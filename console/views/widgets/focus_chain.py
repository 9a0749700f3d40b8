"""What Tab comes to next inside a gate or a popup: nothing behind it may be reached."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

_MOST = 100_000
"""Parts of a window that Tab may go past on its way round: many screens stand behind a popup."""


def next_inside(box: QWidget, start: QWidget | None, *, forward: bool) -> QWidget | None:
    """Return the next part of ``box`` that takes the keyboard, after ``start`` and round again.

    None where there is no other one. A start outside the box counts as its beginning.
    """
    first = start if start is not None and box.isAncestorOf(start) else box
    here: QWidget | None = first
    for _ in range(_MOST):
        if here is None:
            return None
        here = here.nextInFocusChain() if forward else here.previousInFocusChain()
        if here is None or here is first:
            return None
        if (
            box.isAncestorOf(here)
            and here.isVisibleTo(box)
            and here.isEnabled()
            and here.focusPolicy() & Qt.FocusPolicy.TabFocus
            # WORKAROUND: asked of the inside of a list, focusProxy() hands the list itself to
            # Python's collector (PySide 6.11). The inside takes no keyboard: ask it nothing.
            and here.focusProxy() is None
        ):
            return here
    return None
