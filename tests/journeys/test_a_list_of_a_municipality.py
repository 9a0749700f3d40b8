"""A municipal list, mapped, looked at, taken over line by line; a second time nothing (F16, F64)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from console.models.handover import log_entry
from console.presenters import groups
from console.presenters.import_register import open_import_register
from console.services.desk import Desk
from console.services.directory import Directory
from console.views.dialogs.directory import Ask
from console.views.dialogs.import_register import ImportRegisterDialog
from console.views.theme.theme import Theme
from tests.helpers.clock import HandClock
from tests.helpers.desk_window import DeskWindow
from tests.helpers.directory import Builder
from tests.helpers.loop import DeskLoop
from tests.helpers.register_files import HEADER, ROWS, write_list

pytestmark = pytest.mark.journey
KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(theme: Theme, desk: Desk, clock: HandClock, loop: DeskLoop) -> Iterator[DeskWindow]:
    """Groepen in a real window, with two areas and a group that is in no list."""
    build = Builder(Directory(desk))
    build.area("Testdam", "municipality", code="GM9001")
    build.area("Oost", "district", "Testdam")
    build.group("Van onszelf", "neighbourhood", "Oost", note="Sleutel bij de buren")
    made = DeskWindow(desk, clock, loop, (1280, 800))
    made.screen("groups", groups.make)
    made.loop.turn(20)
    yield made
    made.close()


def opened(window: DeskWindow, path: Path) -> ImportRegisterDialog:
    """Press L on Groepen and give the popup a file."""
    window.key(KEY.Key_L)
    dialog = window.popup_open()
    assert isinstance(dialog, ImportRegisterDialog)
    dialog.file_requested.emit(str(path))
    window.until(lambda: dialog.step == "columns" or bool(dialog.problem()), "the columns")
    return dialog


def shown_changes(dialog: ImportRegisterDialog) -> str:
    """What stands under the list about the chosen line."""
    model = dialog.list.changes.model()
    return " ".join(str(model.index(at, 0).data()) for at in range(model.rowCount()))


def label(dialog: ImportRegisterDialog) -> str:
    """What the filled button says."""
    assert dialog.primary is not None
    return dialog.primary.label()


def test_a_list_is_mapped_looked_at_and_taken_over_and_the_second_time_there_is_nothing(
    window: DeskWindow, desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "groepen_testdam.csv"
    write_list(path)
    # A header that says nothing: the person chooses what the column is.
    path.write_bytes(path.read_bytes().replace(b"Naam buurtapp", b"Omschrijving"))
    dialog = opened(window, path)
    assert dialog.name.text() == "groepen testdam"
    assert dialog.primary is not None
    assert dialog.primary.reason() == "Kies eerst de kolom met de naam van de groep."
    dialog.name.editor.setFocus()
    dialog.name.set_text("Gemeente Testdam")
    window.key(KEY.Key_Tab, times=2)
    focus = QApplication.focusWidget()
    assert focus is dialog.columns.choices()[1]
    window.key(KEY.Key_Down)
    assert dialog.columns.meanings()["Omschrijving"] == "name"
    window.key(KEY.Key_Return, CTRL)
    window.until(lambda: dialog.step == "check", "the guesses")
    rows = dialog.list.checks()
    assert rows[1].title == "Wat is soort “WBT”?"
    assert "345678" not in repr(rows)
    window.key(KEY.Key_Down)
    window.key(KEY.Key_Space)
    assert dialog.list.answers()["kind:wbt"] == "business"
    window.key(KEY.Key_Return, CTRL)
    window.until(lambda: dialog.step == "lines", "the differences")
    assert [row.line.name for row in dialog.list.lines()] == [
        "Havenkade", "Dijkwacht", "Winkels", "Van onszelf",
    ]  # fmt: skip
    assert dialog.primary.reason() == "Vink eerst een regel aan."
    assert "345678" not in repr(dialog.list.lines())
    window.key(KEY.Key_V)
    ask = window.popup_open()
    assert isinstance(ask, Ask)
    assert "612345678" not in shown_changes(dialog)
    window.type("Nummer klopt niet")
    window.key(KEY.Key_Return, CTRL)
    window.until(lambda: window.popup_open() is dialog, "the reason is written down")
    assert "+31612345678" in shown_changes(dialog)
    for _ in range(3):
        window.key(KEY.Key_Space)
        window.key(KEY.Key_Down)
    assert label(dialog) == "Neem 3 groepen over"
    # What is missing is never ticked as a kind.
    window.key(KEY.Key_A)
    assert label(dialog) == "Neem 3 groepen over"
    window.key(KEY.Key_Return, CTRL)
    window.until(lambda: dialog.step == "done", "kept")
    assert dialog.words() == "3 groepen overgenomen uit Gemeente Testdam."
    window.key(KEY.Key_Return, CTRL)
    window.until(lambda: not dialog.is_open())
    names = sorted(one.name for one in Directory(desk).tree().result(10).lines)
    assert names == ["Dijkwacht", "Havenkade", "Oost", "Testdam", "Van onszelf", "Winkels"]
    again = opened(window, path)
    assert again.name.text() == "Gemeente Testdam"
    assert again.columns.meanings()["Omschrijving"] == "name"
    assert again.columns.guesses() == 0
    window.key(KEY.Key_Return, CTRL)
    window.until(lambda: again.step == "check", "the guesses once more")
    assert again.list.answers()["kind:wbt"] == "business"
    window.key(KEY.Key_Return, CTRL)
    window.until(lambda: again.step == "lines", "the differences once more")
    assert [row.line.name for row in again.list.lines()] == ["Van onszelf"]
    window.key(KEY.Key_Space)
    window.key(KEY.Key_Return, CTRL)
    window.until(lambda: again.step == "done", "the note is kept")
    window.key(KEY.Key_Z, CTRL)
    window.until(lambda: again.words() == "Het inlezen is ongedaan gemaakt.", "taken back")
    window.key(KEY.Key_Escape)
    window.until(lambda: not again.is_open())
    lines = desk.look(lambda conn: conn.execute(select(log_entry.c.what, log_entry.c.reason)).all())
    looked = [row.reason for row in lines.result(10) if row.what == "numbers_shown"]
    assert looked == ["Nummer klopt niet"]
    assert not window.failures


def test_what_cannot_be_read_says_so_and_a_person_may_stop_or_go_back(
    window: DeskWindow, desk: Desk, tmp_path: Path
) -> None:
    bad = tmp_path / "oud.xls"
    bad.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(64))
    dialog = opened(window, bad)
    assert "oud Excel-bestand" in dialog.problem()
    many = [ROWS[0].replace("1;Havenkade", f"{n};Groep {n}") for n in range(1, 61)]
    dialog.file_requested.emit(str(write_list(tmp_path / "veel.csv", many)))
    window.until(lambda: dialog.step == "columns", "the next file")
    assert not dialog.problem()
    window.key(KEY.Key_Return, CTRL)
    window.until(lambda: dialog.step == "check")
    window.key(KEY.Key_Return, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert dialog.step == "columns"
    window.key(KEY.Key_Return, CTRL)
    window.until(lambda: dialog.step == "check")
    window.key(KEY.Key_Return, CTRL)
    window.until(lambda: dialog.step == "lines")
    window.key(KEY.Key_A)
    assert label(dialog) == "Neem 60 groepen over"
    dialog.do("confirm")
    dialog.do("back")
    window.until(lambda: dialog.step == "done", "stopped after a turn")
    kept = len(Directory(desk).shape().result(10).groups) - 1
    assert 0 <= kept <= 60
    if kept < 60:
        assert "Lees de lijst opnieuw in" in dialog.details()
    window.key(KEY.Key_Escape)
    window.until(lambda: not dialog.is_open())
    assert desk.person is not None
    desk.person = replace(desk.person, roles=("operator",))
    assert open_import_register(window.kit, window.window) is None
    assert any("accounthouder" in one[1] for one in window.said)
    assert HEADER.count(";") == ROWS[0].count(";")
