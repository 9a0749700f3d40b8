"""The list of Meldingen on the screen while the rest of the desk is still being imported (D01).

Only at a desk that opens by itself: one person, no passphrase. The rows stand and cannot be used
until the screen has its presenter, a moment later.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt

from console.domain.clock import LOCAL, Clock, stamp
from console.domain.report_list import as_sections
from console.storage.first_look import first_look
from console.views.main_window import MainWindow


def show_early(window: MainWindow, path: Path, key: bytes, clock: Clock) -> bool:
    """Show the first rows if they can be had at once; says whether they stand."""
    found = first_look(path, key, now=stamp(clock.now()))
    if found is None or not (found.page.rows or found.page.acute):
        return False
    from console.views.reports.screen import ReportsScreen

    def now() -> datetime:
        return clock.now().astimezone(LOCAL)

    screen = ReportsScreen(now, window)
    screen.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    window.put_early(screen)
    rows = found.page.rows
    screen.header.show_filter(found.wanted)
    screen.header.set_counts(found.page.counts)
    screen.list.set_acute(found.page.acute)
    screen.list.set_order(as_sections([(row.section, row.n) for row in rows]), rows)
    screen.list.show_rows()
    # Painted now: the imports that follow hold the interpreter.
    window.repaint()
    return True
