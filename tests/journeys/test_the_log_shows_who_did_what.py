"""F54 through the window: the account holder looks in the log and takes it along."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QStandardPaths, Qt

from central.__main__ import main
from console.app.wiring import wire
from console.domain.person import Person
from contract.vocabulary import Role
from tests.helpers.program import Running

pytestmark = pytest.mark.journey


def rows(page: Any) -> list[Any]:
    """Return the rows that the page shows."""
    return list(page._rows)


def test_the_log_is_searched_taken_along_and_checked(
    desk_program: Running,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = desk_program
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _kind: str(tmp_path))
    run.program.shell.open("settings", page="logbook")
    screen = run.until_open("settings")
    page = screen.logbook
    page.about.setFocus()
    run.ctrl(Qt.Key.Key_Return)
    run.until(lambda: rows(page), "the first page of the log")
    assert rows(page)[0].what == "Logboek bekeken"
    assert rows(page)[0].who == run.person.name
    # A filter, and a record that nobody knows.
    page.group.select("seen")
    page.about.set_text("bestaat hier niet")
    run.ctrl(Qt.Key.Key_Return)
    run.until(lambda: "kent de desk niet" in page.about.editor.accessibleName(), "no such record")
    page.about.set_text("")
    run.ctrl(Qt.Key.Key_Return)
    run.until(lambda: rows(page) and {one.group for one in rows(page)} == {"seen"}, "what was seen")
    page._take.click()
    run.until(lambda: "staan in" in page.said(), "the export")
    (file,) = tmp_path.glob("logboek-*.ndjson")
    assert main(["verify", str(file)]) == 0
    # What was looked up does not stay when the page goes.
    screen.show_page("own")
    assert rows(page) == []


def test_somebody_who_only_audits_is_led_to_the_log(desk_program: Running) -> None:
    run = desk_program
    me = run.kit.services.desk.person
    run.kit.services.desk.person = Person(me.id, me.name, (Role.AUDITOR.value,))
    run.program.shell.reset()
    wire(run.program, run.kit)
    run.program.shell.open("groups")
    screen = run.until_open("settings")
    assert screen.page() == "logbook"
    assert run.program.shell.here == "settings"
    run.program.shell.back()
    assert run.program.shell.here == "settings"
    run.until(screen.logbook._find.isEnabled, "who may look")
