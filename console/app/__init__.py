"""The composition root: builds every object once, ties signals, owns start and shutdown order."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from console.app.opening import MakeCentral
from console.app.options import Options, read_options

__all__ = ["MakeCentral", "Options", "read_options", "run"]


def run(arguments: Sequence[str], make_central: MakeCentral) -> int:
    """Start the desk and return its exit code. The window stands before the rest is imported."""
    options = read_options(arguments)
    from PySide6.QtWidgets import QApplication

    from console.app.program import Program
    from console.bridge import run as run_loop
    from console.views.theme.theme import Theme

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("Buurtdesk")
    app.setQuitOnLastWindowClosed(False)
    theme = Theme(app)
    program = Program(app, theme, options, make_central)
    program.show()
    return run_loop(app, program.main)
