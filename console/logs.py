"""The log: ids and words of our own, never names, addresses, numbers or free text (house.md §3).

A value in a log call is written only when it is an id, a small number, a kind of record or a word
of a closed list; anything else becomes ``…``. Of an exception the kind and the places in the code
are written, never its message: messages of databases and parsers quote what they choked on.
"""

import logging
import re
import traceback
from collections.abc import Mapping
from enum import StrEnum
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any

from contract.kinds import KINDS

BYTES_MOST = 2_000_000
FILES_KEPT = 3
HIDDEN = "…"

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_OWN = ("console", "contract", "central")
_SHORT_NUMBER = 1_000_000


def set_up(path: Path, level: int = logging.INFO) -> logging.Handler:
    """Send the log to a file of at most 2 MB, the last three kept; returns the handler."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        path, maxBytes=BYTES_MOST, backupCount=FILES_KEPT, encoding="utf-8", delay=True
    )
    handler.setFormatter(IdsOnly())
    handler.addFilter(_quiet_outsiders)
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    return handler


def take_down(handler: logging.Handler) -> None:
    """Stop writing to the file and close it."""
    logging.getLogger().removeHandler(handler)
    handler.close()


class IdsOnly(logging.Formatter):
    """Writes a record with every value hidden that is not an id, a number or a code."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; an outside library's text is reduced to its name and level."""
        when = self.formatTime(record, "%Y-%m-%dT%H:%M:%S")
        if record.name.split(".")[0] in _OWN:
            message = _message(record)
        else:
            message = "(outside message)"
        line = f"{when} {record.levelname} {record.name} {message}"
        if record.exc_info and record.exc_info[0] is not None:
            line += "\n" + places(record.exc_info[0], record.exc_info[2])
        return line


def places(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Write the kind of an exception and where it came from, without its message."""
    lines = [
        f"  {_short(frame.filename)}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(trace, limit=-30)
    ]
    return "\n".join([f"  {kind.__module__}.{kind.__qualname__}", *lines])


def _quiet_outsiders(record: logging.LogRecord) -> bool:
    return record.name.split(".")[0] in _OWN or record.levelno >= logging.WARNING


def _message(record: logging.LogRecord) -> str:
    args = record.args
    if not args:
        # A message without values must be a literal of ours (ruff, G).
        return str(record.msg)
    try:
        if isinstance(args, Mapping):
            return str(record.msg) % {name: _safe(value) for name, value in args.items()}
        return str(record.msg) % tuple(_safe(value) for value in args)
    except (TypeError, ValueError):
        return HIDDEN


def _safe(value: Any) -> Any:
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        # A long number may be a phone number or a citizen's number.
        return value if abs(value) < _SHORT_NUMBER else HIDDEN
    if isinstance(value, type):
        return value.__qualname__
    text = str(value)
    known = isinstance(value, StrEnum) or text in KINDS or _ID.fullmatch(text)
    return text if known else HIDDEN


def _short(path: str) -> str:
    return "/".join(Path(path).parts[-3:])
