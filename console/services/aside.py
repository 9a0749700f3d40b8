"""Work that waits for another process, beside the threads of the local file."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


def aside(work: Callable[[], T]) -> Future[T]:
    """Do work on a thread of its own; the answer comes as from any service.

    For what takes long and asks neither the screen's thread nor a reader of the file, such as a
    picture that a helper process opens.
    """
    future: Future[T] = Future()
    future.set_running_or_notify_cancel()

    def run() -> None:
        try:
            future.set_result(work())
        except Exception as trouble:  # whoever waits hears of it, as from every service
            future.set_exception(trouble)

    threading.Thread(target=run, name="aside", daemon=True).start()
    return future
