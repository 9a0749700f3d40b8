"""What the screen's thread waits for: every lock, result or sleep that code of the desk asks for."""

from __future__ import annotations

import concurrent.futures
import contextlib
import socket
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

_OURS = str(Path(__file__).resolve().parents[2] / "console")


@contextlib.contextmanager
def waits_of_the_screen() -> Iterator[list[str]]:
    """Write down each time this thread, in code of the desk, waits for another or for the line.

    Counted, not clocked: a thread that waits for nothing is held by nothing but its own work.
    """
    screen = threading.current_thread()
    found: list[str] = []

    def noticed(what: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def waited(*args: Any, **named: Any) -> Any:
            if threading.current_thread() is screen and not _is_done(args):
                ours = [one for one in traceback.extract_stack() if one.filename.startswith(_OURS)]
                if ours:
                    found.append(f"{what} at {Path(ours[-1].filename).name}:{ours[-1].lineno}")
            return real(*args, **named)

        return waited

    with pytest.MonkeyPatch.context() as patch:
        for owner, name in (
            (concurrent.futures.Future, "result"),
            (concurrent.futures.Future, "exception"),
            (threading.Condition, "wait"),
            (threading.Event, "wait"),
            (threading.Thread, "join"),
            (time, "sleep"),
            (socket, "create_connection"),
            (socket, "getaddrinfo"),
        ):
            patch.setattr(owner, name, noticed(name, getattr(owner, name)))
        yield found


def _is_done(args: tuple[Any, ...]) -> bool:
    """Say whether what is asked is there already: then nobody waits."""
    first = args[0] if args else None
    if isinstance(first, concurrent.futures.Future):
        return first.done()
    return isinstance(first, threading.Event) and first.is_set()
