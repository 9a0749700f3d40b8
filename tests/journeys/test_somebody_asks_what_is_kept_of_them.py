"""Inzage through the window: Ctrl+K, the question, the ticks, the ZIP (F52, security.md §4)."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog

from console.views.dialogs.given_out import GivenOutDialog
from tests.helpers.journey import CTRL, KEY, SHIFT, Person, Seat

pytestmark = [pytest.mark.journey, pytest.mark.timeout(120)]

NUMBER, OTHER = "+31612345678", "06-87654321"
WHY = "Verzoek om inzage, brief van 3 maart"
HEARD = "2026-03-10T12:00:00.000Z"


def team(person: Person) -> None:
    """Put an administrator, one beside them and what was said of both in the records."""

    def work(unit: Any) -> None:
        group = unit.create("group", {"name": "Buurtgroep Duin", "kind": "neighbourhood"})
        for key, name, phone in (("p-truus", "Truus Verzonnen", NUMBER), ("p-wim", "Wim Onbekend",
                                 "+31687654321")):  # fmt: skip
            unit.create("administrator", {"name": name, "phone": phone, "active": True}, key)
            seat = {"group_id": group, "administrator_id": key, "role": "administrator"}
            unit.create("group_administrator", seat)
        report = {"category": "person", "place": "Havenkade", "heard_at": HEARD}
        said = f"Bel nul zes twaalf 34 56 78. Wim Onbekend heeft {OTHER}."
        unit.create("report", {**report, "text": said}, "r-words")
        unit.create("report", {**report, "text": f"Niets aan de hand, zegt {OTHER}"}, "r-other")
        unit.log("administrator", "p-truus", "card_shown", reason="beheerder bellen over de bus")

    person.bulk(work)
    person.settled(person.services.desk.store.write(_typed))
    person.run.exchanged()


def _typed(conn: Any) -> None:
    from console.storage import typing

    typing.keep(conn, "new-report", "text", "iemand", "terugbellen: 0031 6 12345678", HEARD)


def test_everything_of_one_person_leaves_as_one_file_and_nothing_of_another(
    seat: Seat, tmp_path: Path
) -> None:
    person = seat(begin=True)
    team(person)
    person.press(KEY.Key_K, CTRL)
    person.type("Inzage")
    person.press(KEY.Key_Return)
    dialog = person.until_dialog(GivenOutDialog)
    person.type(NUMBER)
    person.tab(2)
    person.type(WHY)
    person.confirm()
    person.until(dialog.list.isVisible, "what was found")
    person.until(dialog.list.hasFocus, "the keyboard in the list")
    person.look("inzage")
    titles = [one.title for one in dialog._model._rows if hasattr(one, "ticked")]
    assert "Melding" in titles
    assert "Op deze desk: getypt, nog niet opgeslagen" in titles

    # Whether what was said in a report is about this person, a person says.
    person.press(KEY.Key_Home)
    person.press(KEY.Key_Space)
    person.until(lambda: "0 niet" in dialog.said.text(), "the tick at the report")

    # The bundle, by the keyboard alone.
    path = tmp_path / "inzage.zip"
    person.press(KEY.Key_Return, CTRL | SHIFT)
    window = person.run.window
    person.until(lambda: window.findChildren(QFileDialog), "the question where")
    (chooser,) = window.findChildren(QFileDialog)
    person.until(chooser.isVisible, "the question shows")
    person.type(str(path))
    person.press(KEY.Key_Return)
    window.activateWindow()
    person.until(path.exists, "the bundle")
    person.until(lambda: person.run.popup() is None, "the popup gone")

    with zipfile.ZipFile(path) as made:
        assert made.testzip() is None
        assert sorted(made.namelist()) == ["gegevens.json", "overzicht.html"]
        data = json.loads(made.read("gegevens.json"))
        page = made.read("overzicht.html").decode()
    kinds = [one["kind"] for one in data["records"]]
    assert {"administrator", "group_administrator", "report", "log_entry", "typing"} <= set(kinds)
    assert kinds.count("report") == kinds.count("administrator") == 1
    assert [one["reason"] for one in data["provisions"]] == ["beheerder bellen over de bus"]
    whole = json.dumps(data, ensure_ascii=False) + page
    assert "nul zes twaalf 34 56 78" in whole
    for of_another in ("87654321", "Wim", "Onbekend", "p-wim", "r-other", person.run.person.id):
        assert of_another not in whole, of_another
    assert data["of_others_left_out"] == 2
    assert "Op 2 plaatsen is iets van een ander weggelaten" in page
