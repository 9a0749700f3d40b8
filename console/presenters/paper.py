"""What goes on paper, as text: one template per sheet, filled by Jinja2 (F40, F42).

A template writes one kind of line per line: ``# `` title, ``## `` section, ``- `` item, two spaces
for what belongs to the item above. Every value comes in on one line, so nothing that somebody
typed can begin a line of its own.
"""

from __future__ import annotations

import re
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from PySide6.QtWidgets import QWidget

from console.domain.sheet import clock_of
from console.presenters.kit import Kit
from console.views.dialogs.paper import PrintQuestion

NOT_PRINTED = "Het blad is niet gedrukt. Kies een andere printer of map."
TEMPLATES = Path(__file__).resolve().parents[1] / "templates"


def write_paper(template: str, **values: Any) -> str:
    """Return the filled text of ``console/templates/<template>.txt.j2``, ending in a newline.

    At most one empty line stands between two lines. A value that the template names and nobody
    gave raises ``jinja2.UndefinedError``: a hole in a sheet is a bug.
    """
    text = _environment().get_template(f"{template}.txt.j2").render(**values)
    lines = [line.rstrip() for line in text.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


def ask_to_print(kit: Kit, window: QWidget, title: str, text: str) -> None:
    """Ask where to print a filled text; what went wrong is said as a notice."""
    question = PrintQuestion(window, title, text)
    question.failed.connect(partial(kit.messages.warn, NOT_PRINTED))
    question.ask()


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_one_line,
    )
    made.filters["clock"] = clock_of
    return made


def _one_line(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value
