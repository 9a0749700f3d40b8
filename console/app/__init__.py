"""The composition root: builds every object once, ties signals, owns start and shutdown order."""

from __future__ import annotations

import gc
from collections.abc import Sequence

from console.app.options import MakeCentral, Options, read_options

__all__ = ["MakeCentral", "Options", "read_options", "run"]


def run(arguments: Sequence[str], make_central: MakeCentral) -> int:
    """Start the desk and return its exit code. The window stands before the rest is imported."""
    options = read_options(arguments)
    # Nothing made while starting is thrown away; the collector comes back behind the first rows.
    gc.disable()
    from console.app.first import first_window

    app, theme, window, look = first_window(options)
    from console.app.program import Program
    from console.bridge import run as run_loop

    program = Program(app, theme, options, make_central, window=window, look=look)
    return run_loop(app, program.main)
