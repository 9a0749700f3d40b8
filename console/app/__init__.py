"""The composition root: builds every object once, ties signals, owns start and shutdown order."""

from __future__ import annotations

import gc
from collections.abc import Sequence

from console.app.options import MakeCentral, Options, central_of, read_options

__all__ = ["MakeCentral", "Options", "read_options", "run"]


def run(
    arguments: Sequence[str], make_central: MakeCentral, make_demo: MakeCentral | None = None
) -> int:
    """Start the desk and return its exit code. The window stands before the rest is imported.

    ``make_demo``: makes the central of the invented town, whose world outside is a story.
    """
    options = read_options(arguments)
    # Nothing made while starting is thrown away; the collector comes back behind the first rows.
    gc.disable()
    from console.app.first import first_window

    app, theme, window, look = first_window(options)
    from console.app.program import Program
    from console.bridge import run as run_loop

    made, story = central_of(options, make_central, make_demo)
    program = Program(app, theme, options, made, window=window, look=look, story=story)
    return run_loop(app, program.main)
