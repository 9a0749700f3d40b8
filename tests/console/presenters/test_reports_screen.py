"""The screen Meldingen: fields, filters, empty states, foreign text, sizes, names (D17)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from console.services.desk import Desk
from console.views.theme.theme import Theme
from tests.helpers.clock import HandClock
from tests.helpers.loop import DeskLoop
from tests.helpers.reports import add
from tests.helpers.reports_bench import Bench

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def bench(theme: Theme, desk: Desk, clock: HandClock, loop: DeskLoop) -> Iterator[Bench]:
    made = Bench(desk, clock, loop)
    yield made
    made.window.close()


def test_no_letter_or_digit_acts_while_somebody_types(bench: Bench) -> None:
    add(bench.desk, "Inbraak", acute=True)
    bench.start()
    bench.press(Key.Key_Slash)
    assert QApplication.focusWidget() is bench.screen.header.search.editor
    bench.window.type("abcdefghijklmnopqrstuvwxyz1234567")
    bench.window.loop.turn(10)
    assert bench.window.popup_open() is None
    assert (bench.row().claim, bench.row().called_112) == ("none", "")


def test_search_narrows_says_so_when_empty_and_escape_brings_everything_back(
    bench: Bench,
) -> None:
    add(bench.desk, "Bestelbus rijdt")
    add(bench.desk, "Hond blaft")
    bench.start()
    bench.press(Key.Key_Slash)
    bench.window.type("hond")
    bench.window.until(lambda: bench.screen.list.model.rowCount() == 1)
    bench.window.type("zz")
    bench.window.until(bench.screen.list.empty.isVisible)
    assert bench.screen.list.empty.text() == "Geen melding met “hondzz”"
    bench.press(Key.Key_Escape)
    bench.window.until(lambda: bench.screen.list.model.rowCount() == 2)


def test_an_empty_list_says_when_and_by_whom_the_last_one_was_closed(bench: Bench) -> None:
    report_id = add(bench.desk, "Fiets weg")
    from contract.vocabulary import CloseReason

    bench.reports.close(report_id, CloseReason.HANDLED, "no").result()
    bench.start()
    bench.window.until(bench.screen.list.empty.isVisible)
    words = "Geen open meldingen De laatste is om 15:00 gesloten door Ruben Voorbeeld."
    assert bench.screen.list.empty.text() == words


def test_what_looks_like_markup_is_shown_as_it_was_typed(bench: Bench) -> None:
    evil = "<img src=x onerror=a><b>vet</b> &amp;"
    add(
        bench.desk,
        evil,
        title=evil,
        place=evil,
        description=evil,
        relay_name=evil,
        relay="group",
        acute=True,
    )
    bench.reports.wait_for(add(bench.desk, evil, place=evil), evil).result()
    bench.start()
    bench.window.until(bench.presenter.card)
    assert bench.screen.detail.card() is not None
    assert bench.row().title == evil
    everything: list[QWidget] = bench.screen.findChildren(QWidget)
    assert not [part for part in everything if isinstance(part, QLabel)]
    for part in everything:
        assert "<img" not in part.toolTip()


@pytest.mark.parametrize("size", [(1440, 900), (1280, 800), (1100, 700)])
def test_no_part_of_the_screen_asks_for_more_than_the_window(
    bench: Bench, size: tuple[int, int]
) -> None:
    add(bench.desk, "Een lange melding " * 40, place="Een heel lange straatnaam " * 6, acute=True)
    bench.start()
    bench.window.window.resize(*size)
    bench.window.loop.turn(10)
    assert bench.window.window.width() == size[0]
    hint = bench.screen.minimumSizeHint()
    assert hint.width() <= bench.screen.width()
    assert hint.height() <= bench.screen.height()


def test_everything_that_takes_the_keyboard_has_a_name(bench: Bench) -> None:
    add(bench.desk, "Inbraak", acute=True)
    bench.start()
    nameless = [
        part
        for part in bench.screen.findChildren(QWidget)
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus
        and part.isVisible()
        and not part.accessibleName()
        and not getattr(part, "text", str)()
    ]
    assert nameless == []
