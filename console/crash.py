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

log = logging.getLogger(__name__)

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
    last = frames[-1] if frames else None
    where = f"{Path(last.filename).name}:{last.lineno}" if last else "?"
    number = zlib.crc32(f"{type(error).__name__} {where}".encode()) % 100_000
    log.error("unforeseen, code %s", number, exc_info=(type(error), error, error.__traceback__))
    return f"{number:05d}"


def forget() -> None:
    """Close the fault log at a normal end."""
    faulthandler.disable()
    for stream in _kept:
        stream.close()
    _kept.clear()
