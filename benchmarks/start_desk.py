"""The desk as it starts on a filled profile; prints when the window and the rows are there.

The key is the benchmark's own: what a passphrase costs is meant to take time (security.md §2)
and is no part of start-up.
"""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

gc.disable()  # as console.app.run does

from PySide6.QtCore import QObject, QTimer  # noqa: E402
from PySide6.QtWidgets import QTableView  # noqa: E402

from console.app.first import first_window  # noqa: E402
from console.app.options import Options  # noqa: E402

if TYPE_CHECKING:
    from console.app.program import Program

BEAT_MS = 1


class _Watch(QObject):
    """Says "rows" when the list has rows."""

    def __init__(self, program: Program) -> None:
        super().__init__()
        self._program = program
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(BEAT_MS)

    def _look(self) -> None:
        for table in self._program.window.findChildren(QTableView):
            if table.isVisible() and table.model() is not None and table.model().rowCount() > 10:
                print("rows", flush=True)
                self._timer.stop()
                QTimer.singleShot(0, self._program.end)
                return


async def _enter(program: Program) -> None:
    from benchmarks.someone import KEY, PERSON
    from console.domain.person import Person

    opened = await program.opener.open_file(KEY)
    opened.team = "Basisteam Wielderland"
    program.opened = opened
    await program.enter(opened, Person(PERSON, "Lotte Brakel", ("operator",)))


def _say_window() -> None:
    print("window", flush=True)


def start() -> int:
    """Start the desk, wait for its rows, and end it."""
    app, theme, window, look = first_window(Options(), said=_say_window)
    import main
    from console.app.program import Program
    from console.bridge import run

    program = Program(app, theme, Options(), main.make_central, window=window, look=look)
    watch = _Watch(program)
    program.gates.first = lambda: _enter(program)  # type: ignore[method-assign]
    result = run(app, program.main)
    watch.deleteLater()
    return result


if __name__ == "__main__":
    sys.exit(start())
