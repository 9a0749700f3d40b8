"""Messages from WhatsApp: only what is ticked becomes a report (F59)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication

from console.domain.report import ReportCard, ReportFilter
from console.presenters import reports as reports_presenter
from console.presenters.report_dialogs import open_paste
from console.services.desk import Desk, Unit
from console.services.reports import Reports
from console.views.dialogs.paste_chat import PasteDialog
from console.views.dialogs.paste_rows import ChatLine, status_words
from console.views.theme.theme import Theme
from tests.helpers.clock import HandClock
from tests.helpers.desk_window import DeskWindow
from tests.helpers.loop import DeskLoop
from tests.helpers.reports import people_and_areas

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier

CHAT = """\
[14:31, 13-3-2026] Truus Verzonnen: Er staat een bus stil bij het station
[14:33, 13-3-2026] Wim Onbekend: Twee jongens lopen langs de fietsen
[14:36, 13-3-2026] +31 6 87654321: Bel mij op 06-12345678
"""
EXPORT = """\
13-03-2026 14:30 - Berichten en oproepen zijn end-to-end versleuteld.
13-03-2026 14:31 - Truus Verzonnen: Er staat een bus stil bij het station
13-03-2026 14:34 - Wim Onbekend: <Media weggelaten>
"""


@pytest.fixture
def window(theme: Theme, desk: Desk, clock: HandClock, loop: DeskLoop) -> Iterator[DeskWindow]:
    people_and_areas(desk)

    def work(unit: Unit) -> None:
        unit.create(
            "group",
            {"name": "Beheerders Lagebrug", "kind": "administrators", "area_id": "area-lagebrug"},
            "group-1",
        )
        unit.create("administrator", {"name": "Truus Verzonnen", "phone": "+31612345678"}, "admin")

    desk.act(work).result()
    QGuiApplication.clipboard().clear()
    made = DeskWindow(desk, clock, loop, (1280, 800))
    made.popup("paste", open_paste)
    made.screen("reports", reports_presenter.make)
    made.loop.turn(20)
    yield made
    made.close()
    QGuiApplication.clipboard().clear()


def opened(window: DeskWindow, text: str = "") -> PasteDialog:
    if text:
        QGuiApplication.clipboard().setText(text)
    window.key(Key.Key_P)
    dialog = window.popup_open()
    assert isinstance(dialog, PasteDialog)
    return dialog


def kept(desk: Desk) -> list[ReportCard]:
    found = Reports(desk).listing(ReportFilter()).result()
    numbers = [n for section in found.sections for n in section.numbers]
    cards = [Reports(desk).card(row.id).result() for row in Reports(desk).page(numbers).result()]
    return [card for card in cards if card is not None]


def test_only_ticked_messages_become_reports_and_are_known_the_second_time(
    window: DeskWindow, desk: Desk
) -> None:
    dialog = opened(window, CHAT)
    window.until(dialog.lines)
    assert not any(line.ticked for line in dialog.lines())
    assert dialog.primary is not None
    assert dialog.primary.reason() == "Vink eerst een bericht aan."
    window.until(lambda: dialog.group.count() == 2)
    dialog.group.select("group-1")
    window.key(Key.Key_Space)
    window.key(Key.Key_J)
    window.key(Key.Key_Space)
    assert dialog.primary.label() == "Maak 2 meldingen"
    window.key(Key.Key_Return, CTRL)
    window.until(lambda: not dialog.is_open())
    bus, boys = sorted(kept(desk), key=lambda card: card.row.heard_at)
    assert (bus.relay, bus.relay_name) == ("administrator", "Truus Verzonnen")
    assert (boys.relay, boys.relay_name) == ("group", "Beheerders Lagebrug")
    assert (bus.row.category, boys.row.category) == ("vehicle", "persons")
    assert bus.row.heard_at == "2026-03-13T13:31:00.000Z"
    assert (bus.row.place, bus.area_id) == ("Lagebrug", "area-lagebrug")
    again = opened(window)
    window.until(again.lines)
    assert [status_words(line) for line in again.lines()] == ["staat er al", "staat er al", "nieuw"]
    assert again.lines()[2].phone_sender
    assert again.lines()[2].has_phone


def test_an_unticked_message_leaves_no_trace_on_disk(
    window: DeskWindow, desk: Desk, tmp_path: Path
) -> None:
    dialog = opened(window, CHAT)
    window.until(dialog.lines)
    window.key(Key.Key_Space)
    window.key(Key.Key_Return, CTRL)
    window.until(lambda: len(kept(desk)) == 1)
    with_words = [
        path
        for path in tmp_path.rglob("*")
        if path.is_file() and b"langs de fietsen" in path.read_bytes()
    ]
    assert with_words == []
    found = Reports(desk).listing(ReportFilter(text="fietsen")).result()
    assert [len(section.numbers) for section in found.sections] == [0]


def test_text_that_is_no_chat_changes_nothing_and_stays_in_the_box(
    window: DeskWindow, desk: Desk
) -> None:
    dialog = opened(window, "Boodschappen: melk en brood")
    window.loop.turn(20)
    assert dialog.trouble() == ""
    window.key(Key.Key_Return, CTRL)
    window.until(dialog.trouble)
    assert dialog.trouble() == "Dit is geen tekst uit WhatsApp."
    assert dialog.box.text() == "Boodschappen: melk en brood"
    assert kept(desk) == []


def test_a_dropped_export_is_read_and_only_words_of_people_can_be_ticked(
    window: DeskWindow, tmp_path: Path
) -> None:
    path = tmp_path / "WhatsApp-chat met Lagebrug.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("_chat.txt", EXPORT)
    screen = window.shell.screen()
    assert screen is not None
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    screen.dropEvent(
        QDropEvent(
            QPoint(20, 20),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    dialog = window.popup_open()
    assert isinstance(dialog, PasteDialog)
    window.until(dialog.lines)
    assert [(line.kind, line.can_tick) for line in dialog.lines()] == [
        ("system", False),
        ("message", True),
        ("media", False),
    ]
    assert [path.name for path in tmp_path.rglob("_chat*")] == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 gebroken", b"\x00\x01\x02" * 500])
def test_a_file_that_cannot_be_read_gets_a_sentence(
    window: DeskWindow, desk: Desk, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "chat.zip"
    path.write_bytes(content)
    window.shell.open("paste", path=str(path))
    dialog = window.popup_open()
    assert isinstance(dialog, PasteDialog)
    window.until(dialog.trouble)
    assert dialog.trouble().endswith(".")
    assert dialog.is_open()
    assert kept(desk) == []


def test_a_date_that_can_be_read_two_ways_is_asked(window: DeskWindow) -> None:
    dialog = opened(window, "[14:31, 3-4-2025] Truus Verzonnen: Er staat een bus\n")
    window.until(dialog.lines)
    first = dialog.lines()[0].at
    assert dialog.order.isVisible()
    dialog.order.select("mdy" if dialog.order.selected() != "mdy" else "dmy")
    window.until(lambda: dialog.lines()[0].at != first)
    assert {first.month, dialog.lines()[0].at.month} == {3, 4}


def test_markup_in_a_chat_is_shown_as_it_was_written(window: DeskWindow) -> None:
    dialog = opened(window, "[14:31, 13-3-2026] <b>Truus</b>: <img src=x> hoi\n")
    window.until(dialog.lines)
    (line,) = dialog.lines()
    assert (line.sender, line.text) == ("<b>Truus</b>", "<img src=x> hoi")
    index = dialog.model.index(0, 0)
    assert "<img" not in str(index.data(Qt.ItemDataRole.ToolTipRole))


def test_a_line_without_words_cannot_be_ticked() -> None:
    from datetime import datetime

    empty = ChatLine("1", datetime(2026, 3, 1, 12), "A", "  ", "message", False, False, False, "")  # noqa: DTZ001
    assert not empty.with_tick(True).ticked
    assert status_words(empty) == "leeg"
