"""The commands of the key table that move the choice of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.views.tables.list_view import ListView


def move(view: ListView, command: str) -> bool:
    """Move the choice as a command asks; False for a command that is about something else."""
    if command in ("down", "up"):
        view.move_by(1 if command == "down" else -1)
    elif command in ("page_down", "page_up"):
        view.move_by(_page(view) if command == "page_down" else -_page(view))
    elif command in ("first", "last"):
        (view.choose_first if command == "first" else view.choose_last)()
    else:
        return False
    return True


def _page(view: ListView) -> int:
    """Rows that fit in sight, less one that stays to go on reading from."""
    row = view.rowHeight(view.currentIndex().row())
    return max(1, view.viewport().height() // max(1, row) - 1)
