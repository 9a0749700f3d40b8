"""Gebieden inlezen by keys, and the groups under the circle of an alert (F18, F36)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from console.domain.directory_map import AreaFact, DirectoryMap
from console.domain.rijksdriehoek import to_degrees
from console.presenters import compose, groups
from console.presenters.import_areas import open_import_areas
from console.presenters.import_reading import area_words
from console.services.areas import Areas
from console.services.desk import Desk, Unit
from console.services.directory import Directory
from console.storage import area_shapes
from console.views.dialogs.import_areas import ImportAreasDialog
from console.views.posts.compose import ComposeScreen
from console.views.theme.theme import Theme
from tests.helpers import town
from tests.helpers.area_files import SOUTH, WEST, geopackage, merged, square, towns
from tests.helpers.clock import HandClock
from tests.helpers.desk_window import DeskWindow
from tests.helpers.directory import Builder
from tests.helpers.loop import DeskLoop

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(theme: Theme, desk: Desk, clock: HandClock, loop: DeskLoop) -> Iterator[DeskWindow]:
    """Groepen in a real window, on an empty directory."""
    made = DeskWindow(desk, clock, loop, (1280, 800))
    made.screen("groups", groups.make)
    made.loop.turn(20)
    yield made
    made.close()


def opened(window: DeskWindow, path: Path) -> ImportAreasDialog:
    """Press the button in the header, and give the popup a file."""
    window.shell.screen().header.areas.click()  # type: ignore[union-attr]
    dialog = window.popup_open()
    assert isinstance(dialog, ImportAreasDialog)
    dialog.file_requested.emit(str(path))
    window.until(lambda: dialog.step == "towns" or bool(dialog.problem()))
    return dialog


def test_a_file_becomes_areas_by_keys_and_a_second_time_there_is_nothing_to_do(
    window: DeskWindow, desk: Desk, tmp_path: Path
) -> None:
    path = geopackage(tmp_path / "wijkenbuurten_2024.gpkg", towns())
    dialog = opened(window, path)
    assert dialog.primary is not None
    assert "2 gemeenten in dit bestand, indeling 2024." in dialog.words()
    assert dialog.primary.reason() == "Vink eerst een gemeente aan."
    window.key(Key.Key_Space)
    assert dialog.primary.label() == "Lees 1 gemeente"
    window.key(Key.Key_Return, CTRL)
    window.until(lambda: dialog.step == "lines")
    assert [row.name for row in dialog.rows()][:2] == ["Testdam", "Testdam wijk 0"]
    assert dialog.primary.label() == "Neem 7 gebieden over"
    window.key(Key.Key_Down)
    window.key(Key.Key_Space)
    assert dialog.primary.label() == "Neem 6 gebieden over"
    window.key(Key.Key_Return, CTRL)
    window.until(lambda: dialog.step == "done")
    window.key(Key.Key_Return, CTRL)
    window.until(lambda: not dialog.is_open())
    known = desk.look(area_shapes.known).result(10)
    assert len(known) == 6
    ids = {one.code: one.id for one in known}
    assert "WK900100" not in ids
    above = {one.code: one.parent_id for one in known}
    assert (above["BU90010000"], above["BU90010101"]) == (ids["GM9001"], ids["WK900101"])
    again = opened(window, path)
    assert [row.ticked for row in again.rows()] == [True, False]
    window.key(Key.Key_Return, CTRL)
    window.until(lambda: again.step == "lines")
    # The wijk that was left out is offered again; two buurten could hang under it.
    assert [row.code for row in again.rows()] == ["WK900100", "BU90010000", "BU90010001"]
    assert not window.failures


def test_a_merger_is_proposed_and_the_groups_that_go_along_are_ticked_by_a_person(
    window: DeskWindow, desk: Desk, tmp_path: Path
) -> None:
    areas, build = Areas(desk), Builder(Directory(desk))
    reading = areas.read(str(geopackage(tmp_path / "2018.gpkg", towns())), ["GM9001", "GM9002"])
    lines = areas.differences(reading, ["GM9001", "GM9002"]).result(30)
    for turn in areas.accept(lines):
        turn.result(30)
    build.ids["old"] = next(
        one.id for one in desk.look(area_shapes.known).result(10) if one.code == "GM9002"
    )
    build.group("Verzonnen alert", "neighbourhood", "old")
    dialog = opened(window, geopackage(tmp_path / "2019.gpkg", merged()))
    assert "Testdam en Verzonnen staan er niet in." in dialog.words()
    window.key(Key.Key_Return, CTRL)
    window.until(lambda: dialog.step == "lines")
    rows = {row.name: row for row in dialog.rows() if row.code in ("GM9002", "GM9003")}
    assert rows["Verzonnen alert"].second == "Groep. Gaat van Verzonnen naar Nieuwstad."
    assert {name: row.ticked for name, row in rows.items()} == {
        "Nieuwstad": True, "Verzonnen": False, "Verzonnen alert": False,
    }  # fmt: skip
    assert dialog.primary is not None
    assert dialog.primary.label() == "Neem 13 regels over"
    window.key(Key.Key_End)
    window.key(Key.Key_Space)
    window.key(Key.Key_Return, CTRL)
    window.until(lambda: dialog.step == "done")
    card = build.directory.group(build.ids["Verzonnen alert"]).result(10)
    assert card is not None
    assert card.parents[0][2] == "Nieuwstad"
    assert not window.failures


def test_a_file_without_a_year_asks_for_one_and_refuses_nonsense(
    window: DeskWindow, desk: Desk, tmp_path: Path
) -> None:
    dialog = opened(window, geopackage(tmp_path / "areas.gpkg", towns()))
    assert not dialog.year.isHidden()
    window.key(Key.Key_Space)
    dialog.year.set_text("24")
    window.key(Key.Key_Return, CTRL)
    window.until(lambda: dialog.problem() == "Dit is geen jaar.")
    dialog.year.set_text("2024")
    window.key(Key.Key_Return, CTRL)
    window.until(lambda: dialog.step == "lines")
    window.key(Key.Key_Return, CTRL)
    window.until(lambda: dialog.step == "done")
    assert {one.year for one in desk.look(area_shapes.known).result(10)} == {2024}


def test_a_file_that_is_none_says_so_and_another_can_be_opened(
    window: DeskWindow, tmp_path: Path
) -> None:
    path = tmp_path / "page.json"
    path.write_text("<html></html>")
    dialog = opened(window, path)
    assert dialog.problem().endswith(".")
    assert dialog.step == "file"
    dialog.file_requested.emit(str(geopackage(tmp_path / "2024.gpkg", towns())))
    window.until(lambda: dialog.step == "towns")
    assert not window.failures


def test_only_an_account_holder_gets_the_popup(window: DeskWindow, desk: Desk) -> None:
    assert desk.person is not None
    desk.person = replace(desk.person, roles=("operator",))
    assert open_import_areas(window.kit, window.window) is None
    assert any("accounthouder" in one[1] for one in window.said)


def test_the_circle_of_an_alert_ticks_its_groups_and_shows_the_part_of_the_area(
    window: DeskWindow, desk: Desk, tmp_path: Path
) -> None:
    town.build(desk)
    areas = Areas(desk)
    reading = areas.read(str(geopackage(tmp_path / "2024.gpkg", towns())), ["GM9001"])
    lines = areas.differences(reading, ["GM9001"]).result(30)
    for turn in areas.accept(lines):
        turn.result(30)
    build = Builder(Directory(desk))
    for one in desk.look(area_shapes.known).result(10):
        build.ids[one.code] = one.id
        if one.code.startswith("BU"):
            build.group(f"Groep {one.code}", "neighbourhood", one.code)
    latitude, longitude = to_degrees(WEST + 500, SOUTH + 500)
    place = {"latitude": latitude, "longitude": longitude, "radius_m": 300}

    def work(unit: Unit) -> str:
        body = {"source": "burgernet_text", "original": "eA==", "original_sha256": "x"}
        return unit.create("alert", {**body, "state": "active", "circle": place})

    alert_id = desk.act(work).result(10)
    window.shell.register("compose", lambda: compose.make(window.kit, window.window))
    window.shell.open("compose", kind="warning", alert_id=alert_id)
    screen = window.shell.screen()
    assert isinstance(screen, ComposeScreen)
    window.until(lambda: screen.pick.list.model().rowCount() == 5)
    model = screen.pick.list.model()
    spoken = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(5)]
    assert spoken[0].startswith("Aangevinkt. Groep BU90010000")
    assert "28% van het gebied" in spoken[0]
    assert "Grenst aan het gebied" in spoken[1]
    assert all(one.startswith("Niet aangevinkt") for one in spoken[2:])
    assert square(0, 0).area == 1_000_000


def test_areas_of_one_name_are_told_apart_by_what_they_lie_in_else_by_their_code() -> None:
    shape = DirectoryMap(
        [
            AreaFact("n", "Bergen", "municipality", "GM9373"),
            AreaFact("d", "Bergen", "village", parent_id="n"),
            AreaFact("x", "Bergen", "district"),
        ]
    )
    told = [area_words(shape, one) for one in ("n", "d", "x", "gone")]
    assert told == ["Bergen, GM9373", "Bergen, Bergen", "Bergen, wijk", ""]
