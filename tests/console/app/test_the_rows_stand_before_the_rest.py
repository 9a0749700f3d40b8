"""The list stands on the screen while the desk is still opening, and is then taken over (D01)."""

from __future__ import annotations

from PySide6.QtCore import Qt

from console.app.early import show_early
from console.services.desk import Desk
from console.views.main_window import MainWindow
from console.views.reports.screen import ReportsScreen
from console.views.theme.theme import Theme
from tests.helpers.clock import HandClock
from tests.helpers.profile import KEY, PERSON
from tests.helpers.reports import add, people_and_areas


def test_the_rows_stand_and_wait_for_their_presenter(
    theme: Theme, desk: Desk, clock: HandClock
) -> None:
    people_and_areas(desk)
    desk.store.write(
        lambda conn: conn.exec_driver_sql(
            "UPDATE rec_person SET active = 0 WHERE id != ?", (PERSON.id,)
        )
    ).result()
    add(desk, "Bus staat stil", 3)
    window = MainWindow()
    window.show()
    assert show_early(window, desk.store.path, KEY, clock)
    screen = window.stack.currentWidget()
    assert isinstance(screen, ReportsScreen)
    assert screen.list.model.rowCount() == 1
    assert screen.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert window.take_early() is screen
    assert window.take_early() is None
    window.add_screen(screen)
    assert window.stack.count() == 1
    window.let_close()
    window.deleteLater()


def test_an_empty_list_waits_for_the_open_desk(theme: Theme, desk: Desk, clock: HandClock) -> None:
    people_and_areas(desk)
    window = MainWindow()
    assert not show_early(window, desk.store.path, KEY, clock)
    assert window.stack.count() == 0
    window.let_close()
    window.deleteLater()
