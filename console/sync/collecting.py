"""Looking for garbage less often while many records come in at once.

Python looks through what is young after every few hundred new objects. Records of central are
trees without cycles, let go as soon as they are stored: all of that looking finds nothing, and for
a hundred thousand records it takes a fifth as long as storing them.
"""

import gc
import threading
from types import TracebackType

SELDOM = 1_000_000
"""New objects between two looks, those let go again left out; three pieces of a snapshot are a tenth."""


class Seldom:
    """Look seldom for as long as anybody is inside; ``with seldom:``, from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self._before = gc.get_threshold()

    def __enter__(self) -> None:
        with self._lock:
            if not self._inside:
                self._before = gc.get_threshold()
                gc.set_threshold(SELDOM, *self._before[1:])
            self._inside += 1

    def __exit__(
        self,
        kind: type[BaseException] | None,
        trouble: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside:
                gc.set_threshold(*self._before)


seldom = Seldom()
