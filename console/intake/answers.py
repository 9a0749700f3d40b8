"""The one JSON document that a reader on the command line prints (issue: readers for support)."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from console.intake.files import Unreadable

READ = 0
"""Exit status of a reader that read its file."""

UNREADABLE = 2
"""Exit status of a reader that could not read its file, or was called in a wrong way."""


def answer(make_document: Callable[[], Mapping[str, Any]]) -> int:
    """Print the document that `make_document` gives and return the exit status.

    An `Unreadable` becomes `{"error": {"code", "message"}}` with status 2. Standard output gets
    one line of JSON in UTF-8, whatever the encoding of the terminal.
    """
    try:
        document = make_document()
    except Unreadable as error:
        _print({"error": {"code": error.code, "message": error.message_nl}})
        return UNREADABLE
    except MemoryError:
        full = Unreadable("too_large")
        _print({"error": {"code": full.code, "message": full.message_nl}})
        return UNREADABLE
    _print(document)
    return READ


def only_file(argv: Sequence[str], verb: str) -> str:
    """Give the one file name in `argv`; anything else is said in Dutch as not_found."""
    names = [word for word in argv if word != "--"]
    if len(names) != 1:
        raise Unreadable("not_found", f"Noem één bestand: {verb} BESTAND.")
    return names[0]


def _print(document: Mapping[str, Any]) -> None:
    line = json.dumps(document, ensure_ascii=False) + "\n"
    # backslashreplace turns a lone surrogate into \udXXX, which is right inside a JSON string.
    data = line.encode("utf-8", errors="backslashreplace")
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
