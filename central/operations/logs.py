"""The log of a central on its own: one JSON object a line, ids and words of ours only.

Keys: ``time``, ``level``, ``event``, and for a request ``request_id``, ``method``, ``route`` (the
template, never the path), ``status``, ``ms``, ``team`` (the first characters of a hash). Of an
exception the kind and the places in the code are written, never its words: messages of databases
and parsers quote what they choked on.
"""

import hashlib
import logging
import sys
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any

import orjson

from central.request_id import REQUEST_ID

BYTES_MOST = 10_000_000
FILES_KEPT = 5
HIDDEN = "…"
FACTS = ("method", "route", "status", "ms", "team", "code", "count")
"""What a log call may give as ``extra``; anything else is not written."""

_MOST = 1_000_000


class JsonLines(logging.Formatter):
    """Writes one record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; what an outside library says is reduced to its name."""
        ours = record.name.split(".")[0] == "central"
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": _event(record) if ours else f"outside {record.name.split('.')[0]}",
        }
        mark = getattr(record, "request_id", "") or REQUEST_ID.get()
        if mark:
            line["request_id"] = mark
        if ours:
            line |= {name: getattr(record, name) for name in FACTS if hasattr(record, name)}
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__qualname__
            line["places"] = places(record.exc_info[2])
        return orjson.dumps(line).decode()


def set_up(file: Path | None = None, level: int = logging.INFO) -> logging.Handler:
    """Send the log to standard error, or to a file of at most 10 MB of which five are kept."""
    handler: logging.Handler
    if file is None:
        handler = logging.StreamHandler(sys.stderr)
    else:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            file, maxBytes=BYTES_MOST, backupCount=FILES_KEPT, encoding="utf-8", delay=True
        )
    handler.setFormatter(JsonLines())
    handler.addFilter(_quiet_outsiders)
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    return handler


def take_down(handler: logging.Handler) -> None:
    """Stop writing and close what was written to."""
    logging.getLogger().removeHandler(handler)
    handler.close()


def team_mark(team: str) -> str:
    """Return what stands in the log for a team: it can be compared, not read back."""
    return hashlib.sha256(team.encode("utf-8", "surrogatepass")).hexdigest()[:8] if team else ""


def places(trace: TracebackType | None) -> list[str]:
    """Return where an exception came from, the innermost last; at most thirty places."""
    return [
        f"{'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(trace, limit=-30)
    ]


def _quiet_outsiders(record: logging.LogRecord) -> bool:
    return record.name.split(".")[0] == "central" or record.levelno >= logging.WARNING


def _event(record: logging.LogRecord) -> str:
    args = record.args
    if not args:
        # A message without values is a literal of ours (ruff, G).
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
        return value if abs(value) < _MOST else HIDDEN
    return value.__qualname__ if isinstance(value, type) else HIDDEN
