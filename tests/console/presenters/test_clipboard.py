"""The clipboard holds a text for a minute at most, and histories look away (threat 20)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from console.presenters.clipboard import HINTS, MARK, Clipboard, clipboard_of
from console.services.desk import Desk
from console.services.memory import Memory
from console.views.theme.theme import Theme
from tests.helpers.clock import HandClock
from tests.helpers.desk_window import DeskWindow
from tests.helpers.loop import DeskLoop

KEY = bytes(range(32))
TEXT = "Bel nu 112."


@pytest.fixture
def board(qapp: QApplication, clock: HandClock) -> Iterator[Clipboard]:
    QGuiApplication.clipboard().clear()
    made = Clipboard(clock, key=KEY)
    yield made
    made.clear()
    QGuiApplication.clipboard().clear()
    made.deleteLater()


def test_only_plain_text_goes_out_with_every_hint_to_look_away(board: Clipboard) -> None:
    board.copy(TEXT)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == TEXT
    assert not data.hasHtml()
    assert set(data.formats()) == {"text/plain", *HINTS}
    names = " ".join(HINTS)
    for form in (
        "ExcludeClipboardContentFromMonitorProcessing",
        "CanIncludeInClipboardHistory",
        "CanUploadToCloudClipboard",
        "x-kde-passwordManagerHint",
        "org.nspasteboard.ConcealedType",
    ):
        assert form in names
    assert bytes(data.data("x-kde-passwordManagerHint").data()) == b"secret"


def test_after_a_minute_it_is_empty_and_says_so(board: Clipboard, clock: HandClock) -> None:
    left: list[int] = []
    why: list[str] = []
    board.seconds_changed.connect(left.append)
    board.emptied.connect(why.append)
    board.copy(TEXT)
    clock.move(seconds=59)
    board.tick()
    assert board.holds(TEXT)
    clock.move(seconds=1)
    board.tick()
    assert QGuiApplication.clipboard().text() == ""
    assert why == ["time"]
    assert left[:2] == [60, 1]
    assert left[-1] == 0


def test_confirming_empties_it_at_once(board: Clipboard) -> None:
    board.copy(TEXT)
    board.clear()
    assert QGuiApplication.clipboard().text() == ""
    assert not board.holds()


def test_what_somebody_else_copied_stays_and_is_told(board: Clipboard, clock: HandClock) -> None:
    taken: list[bool] = []
    board.taken.connect(lambda: taken.append(True))
    board.copy(TEXT)
    QGuiApplication.clipboard().setText("boodschappen")
    assert taken == [True]
    clock.move(seconds=61)
    board.tick()
    board.clear()
    assert QGuiApplication.clipboard().text() == "boodschappen"


def test_a_text_of_an_earlier_run_is_known_by_its_mark_only(
    board: Clipboard, clock: HandClock
) -> None:
    mark = Clipboard(clock, key=KEY).mark(TEXT)
    assert TEXT not in mark
    QGuiApplication.clipboard().setText("boodschappen")
    assert not board.clear_leftover(mark)
    assert QGuiApplication.clipboard().text() == "boodschappen"
    QGuiApplication.clipboard().setText(TEXT)
    assert not board.clear_leftover("")
    assert board.clear_leftover(mark)
    assert QGuiApplication.clipboard().text() == ""


def test_the_next_start_empties_what_a_crash_left_and_the_end_what_is_there(
    theme: Theme, desk: Desk, clock: HandClock, loop: DeskLoop
) -> None:
    window = DeskWindow(desk, clock, loop, (1280, 800))
    memory = Memory(desk)
    board = clipboard_of(window.kit)
    assert clipboard_of(window.kit) is board
    board.copy(TEXT)
    window.until(lambda: board.holds(TEXT))
    window.until(lambda: memory.recall(MARK).result())
    # A new desk on the same file, as after kill -9: the mark is there, the text too.
    again = DeskWindow(desk, clock, loop, (1280, 800))
    later = clipboard_of(again.kit)
    again.until(lambda: QGuiApplication.clipboard().text() == "")
    again.until(lambda: memory.recall(MARK).result() is None)
    later.copy("Nog een tekst")
    again.until(later.holds)
    again.close()
    assert QGuiApplication.clipboard().text() == ""
    window.until(lambda: memory.recall(MARK).result() is None)
    window.close()


def picture(shade: int = 90) -> QImage:
    made = QImage(12, 9, QImage.Format.Format_RGB888)
    made.fill(QColor(shade, shade, shade))
    return made


def test_a_picture_goes_by_the_rules_of_a_text(board: Clipboard, clock: HandClock) -> None:
    there = QGuiApplication.clipboard()
    why: list[str] = []
    board.emptied.connect(why.append)
    board.copy(TEXT)
    board.copy_picture(picture())
    assert there.image().width() == 12
    assert (there.text(), board.holds(TEXT), board.holds_picture()) == ("", False, True)
    assert set(HINTS) <= set(there.mimeData().formats())
    clock.move(seconds=60)
    board.tick()
    assert there.image().isNull()
    assert why == ["time"]
    mark = board.copy_picture(picture())
    # The desk died: the next start knows its own picture, and leaves that of somebody else alone.
    again = Clipboard(clock, key=KEY)
    other = board.copy_picture(picture(7))
    assert not again.clear_leftover(mark)
    assert again.clear_leftover(other)
    assert there.image().isNull()
    taken: list[bool] = []
    board.taken.connect(partial(taken.append, True))
    board.copy_picture(picture())
    there.setImage(picture(200))
    assert taken == [True]
    board.clear()
    assert not there.image().isNull()
