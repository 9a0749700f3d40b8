"""The steps as they are seen and heard: the panel beside the task, the page (screens.md §5.7)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from console.domain.workbook import Step, Workbook
from console.views.main_window import MainWindow
from console.views.process import words
from console.views.process.panel import ProcessPanel
from console.views.process.screen import ProcessScreen
from console.views.theme.theme import Theme

STEPS = (
    Step("s1", "issue", 1, "Plaats per groep", "Open de groep. Plak. Verstuur.", "Bel.", 1,
         "t1", "2026-11-12T15:32:00.000Z", "Lotte Voorbeeld"),
    Step("s2", "issue", 2, "Herstel een fout bericht", "Druk op X.", "Bel de beheerder.", 1),
    Step("s3", "handover", 3, "Draag over", "Lees samen de lijst.", "", 1),
)  # fmt: skip
BOOK = Workbook(
    "w", "Vermiste persoon", "3", "2026-11-02", "", "Marit Voorbeeld", "approved", STEPS
)
DRAFT = Workbook("w", "Vermiste persoon", "4", "", "", "", "draft", STEPS)


@pytest.fixture
def window(theme: Theme, qtbot: Any) -> Iterator[MainWindow]:
    made = MainWindow()
    qtbot.addWidget(made)
    made.resize(1440, 900)
    screen = ProcessScreen(made)
    made.add_screen(screen)
    made.show_screen(screen)
    made.show()
    made.activateWindow()
    QTest.qWaitForWindowActive(made)
    yield made
    made.hide()


@pytest.fixture
def panel(window: MainWindow) -> ProcessPanel:
    made = ProcessPanel(window)
    made.set_book(BOOK, "issue", "post")
    made.open()
    return made


def test_the_panel_names_version_date_and_who_approved(panel: ProcessPanel) -> None:
    words_shown = "Versie 3 van 2 november 2026, vastgesteld door Marit Voorbeeld"
    assert panel._version.text() == words_shown
    assert not panel._draft.isVisible()
    panel.set_book(DRAFT, "issue", "post")
    assert panel._draft.isVisible()
    assert panel._version.text() == "Versie 4"


def test_the_first_step_that_is_not_done_is_open(panel: ProcessPanel) -> None:
    assert panel.current() == "s2"
    assert [row.is_open() for row in panel._rows] == [False, True]
    assert panel._progress.text() == "1 van 2 stappen gedaan"
    assert panel._rows[0]._done.text() == "16:32, Lotte Voorbeeld"


def test_a_step_is_heard_whole_when_it_is_open(panel: ProcessPanel) -> None:
    assert panel._rows[0].accessibleName() == (
        "Stap 1 van 2. Gedaan om 16:32 door Lotte Voorbeeld. Plaats per groep."
    )
    assert panel._rows[1].accessibleName() == (
        "Stap 2 van 2. Nog te doen. Herstel een fout bericht. Druk op X. "
        "Lukt het niet? Bel de beheerder."
    )


def test_a_click_on_the_box_ticks_and_beside_it_only_opens(panel: ProcessPanel, qtbot: Any) -> None:
    row = panel._rows[0]
    with qtbot.waitSignal(panel.tick_requested) as asked:
        QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(18, 16))
    assert asked.args == ["s1"]
    with qtbot.assertNotEmitted(panel.tick_requested):
        QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(120, 16))
    assert panel.current() == "s1"


def test_a_part_without_steps_says_so(panel: ProcessPanel) -> None:
    panel.set_book(BOOK, "groups", "group")
    assert panel._none.isVisible()
    assert panel._none.text() == words.NO_STEPS
    panel.set_book(None, "groups", "group")
    assert panel._none.text() == words.NO_BOOK


@pytest.mark.parametrize("size", [(1440, 900), (1280, 800), (1100, 700)])
def test_panel_and_page_ask_for_no_more_than_the_window(
    window: MainWindow, panel: ProcessPanel, size: tuple[int, int]
) -> None:
    window.resize(*size)
    screen = window.stack.currentWidget()
    assert isinstance(screen, ProcessScreen)
    screen.set_book(DRAFT, "")
    assert screen.minimumSizeHint().width() <= screen.width()
    assert panel.minimumSizeHint().width() <= panel.width()
    assert window.screen_area().contains(panel.geometry())


def test_whatever_takes_the_keyboard_has_a_name(window: MainWindow, panel: ProcessPanel) -> None:
    screen = window.stack.currentWidget()
    assert isinstance(screen, ProcessScreen)
    screen.set_book(DRAFT, "")
    for place in (panel, screen):
        nameless = [
            type(widget).__name__
            for widget in place.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.isVisible()
            and not widget.accessibleName()
        ]
        assert nameless == []


def test_the_model_of_the_page_is_sound(window: MainWindow, qtmodeltester: Any) -> None:
    screen = window.stack.currentWidget()
    assert isinstance(screen, ProcessScreen)
    screen.set_book(BOOK, "")
    qtmodeltester.check(screen._model)


def test_closing_makes_room_again_and_tells_once(panel: ProcessPanel, qtbot: Any) -> None:
    with qtbot.waitSignal(panel.finished):
        panel.close_with(None)
    with qtbot.assertNotEmitted(panel.finished):
        panel.close_with(None)
