"""What Python throws away is taken apart on the screen's thread, and on no other."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from console.collector import AT_LAST_S, Collector
from tests.helpers.loop import DeskLoop


class Part(QObject):
    """A part of a screen, held by nothing but itself; with a timer that ran, a test could die of it."""

    def __init__(self, ended: list[str]) -> None:
        super().__init__()
        self.itself = self
        weakref.finalize(self, lambda: ended.append(threading.current_thread().name))


@pytest.fixture
def patient() -> Iterator[None]:
    """Put Python's collector back as it was."""
    running = gc.isenabled()
    before, heard = gc.get_threshold(), list(gc.callbacks)
    yield
    gc.set_threshold(*before)
    gc.callbacks[:] = heard
    (gc.enable if running else gc.disable)()


def _busy(rounds: int) -> None:
    """Make what a thread of the desk makes: much that Python counts, in circles."""
    for _ in range(rounds):
        ring: list[object] = []
        ring.append(ring)


def _on_another_thread(rounds: int) -> None:
    thread = threading.Thread(target=_busy, args=(rounds,), name="another")
    thread.start()
    thread.join()


def test_a_part_that_nobody_holds_ends_on_the_screens_own_thread(
    loop: DeskLoop, patient: None
) -> None:
    gc.enable()
    collector = Collector(lambda: 0.0)
    collector.start()
    ended: list[str] = []
    Part(ended)
    _on_another_thread(200_000)
    assert ended == [], "another thread looked"
    loop.until(lambda: ended, "a look")
    collector.stop()
    assert ended == [threading.main_thread().name]


def test_python_alone_would_end_it_wherever_it_is_at_work(
    qapp: QApplication, patient: None
) -> None:
    # The danger the collector is for.
    gc.enable()
    ended: list[str] = []
    Part(ended)
    _on_another_thread(200_000)
    assert ended == ["another"]


def test_a_thorough_look_waits_while_somebody_types_but_not_for_ever(
    qapp: QApplication, patient: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    gc.disable()
    gc.set_threshold(10, 0, 0)
    looked: list[int] = []

    def note(_phase: str, info: dict[str, int]) -> None:
        looked.append(info["generation"])

    gc.callbacks.append(note)
    quiet, at = [0.0], [1000.0]
    monkeypatch.setattr("time.monotonic", lambda: at[0])
    collector = Collector(lambda: quiet[0])

    def look() -> int:
        looked.clear()
        for _ in range(4):
            kept: list[list[int]] = [[] for _ in range(100)]
            collector.look()
            del kept
        return max(looked)

    at[0] += 60
    assert look() == 1, "somebody types"
    quiet[0] = 5.0
    assert look() == 2
    assert look() == 1, "not so soon again"
    quiet[0] = 0.0
    at[0] += AT_LAST_S + 1
    assert look() == 2
