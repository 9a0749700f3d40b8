"""When something goes wrong that nobody foresaw: keep a trace, say it in words, stay upright.

Expected failures (``console.domain.failures``) never come here. The trace holds code positions
only, never the values that were handled (security.md threat 22).
"""

import faulthandler
import logging
import sys
import traceback
import zlib
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TextIO

log = logging.getLogger("buurtdesk.crash")

_kept: list[TextIO] = []


def watch(folder: Path, tell: Callable[[str], None]) -> None:
    """Write fatal faults to ``fault.log`` and send every unforeseen exception to ``tell``.

    ``tell`` gets a short code that support can find back in the log.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stream = (folder / "fault.log").open("w", encoding="utf-8")
    _kept.append(stream)
    faulthandler.enable(stream)

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        tell(report(error))

    sys.excepthook = hook


def report(error: BaseException) -> str:
    """Log where an exception came from, without its values; return the code for support."""
    frames = traceback.extract_tb(error.__traceback__)
    where = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames[-12:]]
    last = where[-1] if where else "?"
    code = f"{type(error).__name__}-{zlib.crc32(last.encode()) % 100_000:05d}"
    log.error("unforeseen %s at %s", code, " < ".join(reversed(where)))
    return code


def forget() -> None:
    """Close the fault log at a normal end."""
    faulthandler.disable()
    for stream in _kept:
        stream.close()
    _kept.clear()
