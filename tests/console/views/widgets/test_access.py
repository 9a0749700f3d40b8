"""What changes by itself is said to a person who does not see it, once and in the right tone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from console.domain.status import Lamp, Status
from console.views.main_window import MainWindow
from console.views.reports.screen import ReportsScreen
from console.views.theme.theme import Theme
from console.views.widgets import access

NOW = datetime(2026, 11, 12, 16, 38, tzinfo=UTC)
URGENT = QAccessible.AnnouncementPoliteness.Assertive
POLITE = QAccessible.AnnouncementPoliteness.Polite


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """What goes to the screen reader, with its tone."""
    heard: list[tuple[str, Any]] = []

    def note(event: QAccessibleAnnouncementEvent) -> None:
        heard.append((event.message(), event.politeness()))

    monkeypatch.setattr(access, "_send", note)
    return heard


def _status(state: str) -> Status:
    calm = Lamp("Burgernet", "good", "2026-11-12T16:37:00.000Z")
    return Status(Lamp("Centrale", state, "2026-11-12T16:37:00.000Z"), calm, calm)


def test_a_strip_a_notice_a_lamp_and_an_acute_report_are_said_once(
    qapp: Any, theme: Theme, said: list[tuple[str, Any]]
) -> None:
    window = MainWindow()
    screen = ReportsScreen(lambda: NOW)
    window.add_screen(screen)
    window.show_screen(screen)
    window.show()
    strip, bar = window.strip, window.status_bar
    said.clear()
    strip.set_content("red", "octagon-alert", "Deze desk is te oud.", "Werk hem bij.")
    assert said == [], "nobody sees it yet"
    strip.show()
    window.take_strip()
    window.show_screen(screen)
    assert said == [("Deze desk is te oud. Werk hem bij.", URGENT)], "told again on the next screen"
    said.clear()
    strip.set_content("plain", "refresh", "Alles komt opnieuw.", "")
    window.notice.show_notice("Bewaard.", "good")
    window.notice.show_notice("De schijf is vol.", "stop")
    assert said == [
        ("Alles komt opnieuw.", POLITE),
        ("Bewaard.", POLITE),
        ("De schijf is vol.", URGENT),
    ]
    said.clear()
    bar.set_status(_status("good"), NOW)
    bar.tick(NOW)
    assert said == []
    bar.set_status(_status("off"), NOW)
    bar.tick(NOW)
    ((words, tone),) = said
    assert words.startswith("Centrale: ")
    assert tone == URGENT
    said.clear()
    screen.tell_acute("Poging inbraak woning")
    screen.list.set_waiting(2)
    screen.list.set_waiting(2)
    assert said == [
        ("Nieuwe acute melding: Poging inbraak woning.", URGENT),
        ("2 nieuwe meldingen", POLITE),
    ]
    window.let_close()


def test_a_part_that_paints_itself_says_what_it_is(qapp: Any, theme: Theme) -> None:
    access.install()
    window = MainWindow()
    window.show()
    window.notice.show_notice("Bewaard.", "good")
    heard = QAccessible.queryAccessibleInterface(window.notice)
    assert heard is not None
    assert heard.role() == QAccessible.Role.Notification
    assert heard.text(QAccessible.Text.Name) == "Bewaard."
    window.rail.set_here("reports")
    place = QAccessible.queryAccessibleInterface(window.rail._items["reports"])
    assert place is not None
    assert place.text(QAccessible.Text.Description) == "Dit scherm staat open."
    window.let_close()
