"""Python's collector of garbage, on the screen's thread alone.

Left to itself Python looks for garbage on whichever thread happens to make a new object. A part of
a screen that is found there is taken apart by that thread while its timers belong to another: Qt
then calls what is gone, and the desk dies. So the automatic looks are off, and the screen's own
thread looks, as often as Python would have, and thoroughly only while nobody types.
"""

import gc
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 200
QUIET_S = 2.0
"""A thorough look waits until nobody touched keys or mouse for so long."""

BETWEEN_S = 30.0
"""The least time between two thorough looks; each costs a frame or two."""

AT_LAST_S = 600.0
"""After this long a thorough look waits for nobody."""


def calm() -> None:
    """Keep the collector and changes of thread out of the way of the screen (qt.md)."""
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(0.001)


class Collector(QObject):
    """Looks for garbage from ``start`` on; ``quiet`` tells the seconds since somebody did anything.

    How often is Python's own setting (``gc.set_threshold``), so that work that makes many objects
    can ask for patience.
    """

    def __init__(self, quiet: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._quiet = quiet
        self._thorough_at = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Look from now on, here and nowhere else."""
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Look no more. Python's own looks stay off: other threads may still be at work."""
        self._timer.stop()

    def look(self) -> None:
        """Look at what is young once enough of it was made, and now and then at everything."""
        young, middle, old = gc.get_count()
        some, several, many = gc.get_threshold()
        if young <= some:
            return
        if middle <= several:
            gc.collect(0)
        elif old <= many or not self._may_be_thorough():
            gc.collect(1)
        else:
            gc.collect()
            self._thorough_at = time.monotonic()

    def _may_be_thorough(self) -> bool:
        since = time.monotonic() - self._thorough_at
        return since > AT_LAST_S or (since > BETWEEN_S and self._quiet() > QUIET_S)
