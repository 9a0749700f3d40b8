"""What is hunted: a reader with material for it, and what may never happen to it."""

from __future__ import annotations

import contextlib
import logging
import signal
import sys
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FrameType
from typing import Any

from hypothesis import strategies as st

from central.operations.logs import JsonLines
from console.logs import IdsOnly
from tests.fuzz.changes import TERM

CALLS_AT_LEAST = 3_000_000
CALLS_PER_BYTE = 3_000
"""Calls within one reading: far above what any reader needs, far below what never ends."""

MEMORY_AT_LEAST = 100_000_000
MEMORY_PER_BYTE = 600
"""Bytes one reading may hold at once."""

PATIENCE_S = 30
"""After this long in one reading it is taken to hang. A watch for the hunter, not a measure."""


class Wrong(AssertionError):
    """Something happened that may not: other than the reader's own refusal."""


@dataclass(frozen=True)
class Target:
    """One reader.

    examples: material as bytes, so that a failing one can be kept in a file and played again.
    run: reads it; raises what it may not raise.
    refusals: its own refusals, which are answers like any other.
    names_words: its refusal is for who typed the words and may repeat them on the screen.
    counted: calls are counted and memory watched, for one example in so many; 0 never.
    """

    name: str
    examples: Callable[[], st.SearchStrategy[bytes]]
    run: Callable[[bytes], object]
    refusals: tuple[type[Exception], ...]
    names_words: bool = False
    counted: int = 16


class _Ear(logging.Handler):
    """Hears every log line as the files of desk and central would have it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.heard: list[str] = []
        self._forms = (IdsOnly(), JsonLines())

    def emit(self, record: logging.LogRecord) -> None:
        """Write the line down."""
        ours = record.name.partition(".")[0]
        self.heard.append(self._forms[ours == "central"].format(record))


@contextlib.contextmanager
def _watched(limit_s: int) -> Iterator[None]:
    """Break off what hangs, on systems with an alarm."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def ring(_: int, __: FrameType | None) -> None:
        raise Wrong(f"no answer within {limit_s} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, limit_s)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextlib.contextmanager
def _counted(size: int) -> Iterator[None]:
    """Count calls and watch memory while the reader reads."""
    most = CALLS_AT_LEAST + CALLS_PER_BYTE * size
    calls = 0

    def count(_: FrameType, what: str, __: Any) -> None:
        nonlocal calls
        calls += what == "call" or what == "c_call"
        if calls > most:
            sys.setprofile(None)
            raise Wrong(f"more than {most} calls for {size} bytes")

    tracing = tracemalloc.is_tracing()
    if not tracing:
        tracemalloc.start()
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(None)
        peak = tracemalloc.get_traced_memory()[1] - before
        if not tracing:
            tracemalloc.stop()
    if peak > MEMORY_AT_LEAST + MEMORY_PER_BYTE * size:
        raise Wrong(f"{peak} bytes in memory for {size} bytes")


def judge(target: Target, data: bytes) -> bool:
    """Read one example; True when it was read, False when it was refused.

    Raises ``Wrong``, or whatever the reader let through.
    """
    ear = _Ear()
    root = logging.getLogger()
    level = root.level
    root.addHandler(ear)
    root.setLevel(logging.DEBUG)
    # The same example is always judged in the same way, so that a failing one fails again.
    count = target.counted and zlib.crc32(data) % target.counted == 0
    said = ""
    try:
        with _watched(PATIENCE_S), _counted(len(data)) if count else contextlib.nullcontext():
            target.run(data)
        read = True
    except target.refusals as refusal:
        read, said = False, str(refusal)
    finally:
        root.removeHandler(ear)
        root.setLevel(level)
    if TERM in "\n".join(ear.heard):
        raise Wrong("an entered term stands in the log")
    if TERM in said and not target.names_words:
        raise Wrong("an entered term stands in an error")
    return read
