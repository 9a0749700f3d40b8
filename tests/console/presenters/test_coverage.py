"""Dekking by keyboard: the guide's table, a map of outlines, what is missing, a file (F17)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from console.presenters import coverage
from console.presenters.kit import Presenter
from console.services.desk import Desk, Unit
from console.services.directory import Directory
from console.views.coverage.screen import NO_AREAS, CoverageScreen
from console.views.screen import Screen
from console.views.theme.theme import Theme
from contract.outline import box_of, encoded
from tests.helpers.area_files import square
from tests.helpers.clock import HandClock
from tests.helpers.desk_window import DeskWindow
from tests.helpers.directory import Builder
from tests.helpers.guide_coverage import GUIDE
from tests.helpers.loop import DeskLoop

KEY = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class Elsewhere(Presenter):
    """Stands where Groepen does: remembers what it was opened for."""

    opened: dict[str, Any]

    def open(self, **params: Any) -> None:
        self.opened = params


@pytest.fixture
def build(desk: Desk) -> Builder:
    """Enters areas and groups."""
    return Builder(Directory(desk))


@pytest.fixture
def window(
    theme: Theme,
    desk: Desk,
    clock: HandClock,
    loop: DeskLoop,
) -> Iterator[DeskWindow]:
    """A window in which Groepen only remembers where it was opened."""
    made = DeskWindow(desk, clock, loop, (1440, 900))

    def elsewhere() -> tuple[Screen, Presenter]:
        screen = Screen(made.window)
        return screen, Elsewhere(made.kit, screen)

    made.shell.register("groups", elsewhere)
    yield made
    made.close()


def guide(desk: Desk) -> dict[str, str]:
    """Keep the guide's municipalities as squares in rows of four, one without inhabitants."""

    def work(unit: Unit) -> dict[str, str]:
        ids = {}
        for n, (name, thousands, groups, _) in enumerate(GUIDE):
            body = {"name": name, "level": "municipality", "inhabitants": thousands * 1000,
                    "inhabitants_year": 2018, "inhabitants_source": "CBS"}  # fmt: skip
            ids[name] = _keep(unit, body, (n % 4, 2 - n // 4))
            for one in range(groups):
                fields = {"name": f"{name} {one}", "kind": "neighbourhood", "area_id": ids[name]}
                unit.create("group", fields)
        ids["=Nergens"] = _keep(unit, {"name": "=Nergens", "level": "municipality"}, (3, 0))
        officer = {"area_id": ids["Leiden"], "role": "officer", "name": "Joris Voorbeeld"}
        unit.create("area_role", officer)
        return ids

    return desk.act(work).result(20)


def _keep(unit: Unit, body: dict[str, object], place: tuple[int, int]) -> str:
    area_id = unit.create("area", body)
    outline = square(place[0] * 1000, place[1] * 1000)
    shape = {"area_id": area_id, "shape": encoded(outline), "box": box_of(outline)}
    unit.create("area_shape", shape, area_id)
    return area_id


def opened(window: DeskWindow) -> CoverageScreen:
    """Open Dekking and wait for the table."""
    screen, _ = window.screen("coverage", coverage.make)
    window.until(lambda: screen.table.model().rowCount(), "the table")
    return screen  # type: ignore[no-any-return]


def lines(screen: CoverageScreen) -> list[Any]:
    """Return the lines in the order on show."""
    model: Any = screen.table.model()
    return [model.row_at(n) for n in range(model.rowCount())]


def test_the_table_shows_the_printed_column_and_the_map_goes_along(
    window: DeskWindow, desk: Desk
) -> None:
    ids = guide(desk)
    screen = opened(window)
    words = screen.table.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert words.startswith("Leiden. 26 groepen, 123.000 inwoners (2018, CBS). 0,21 per 1.000")
    assert lines(screen)[-1].name == "=Nergens"
    assert screen.facts() == "Leiden: 26 groepen · 123.000 inwoners (2018, CBS) · 0,21 per 1.000"
    assert "1 zonder inwonertal" in screen.total()
    assert screen.table.hasFocus()
    window.key(KEY.Key_End)
    assert screen.map.current_id() == ids["=Nergens"]
    assert "onbekend" in screen.map.accessibleDescription()
    window.key(KEY.Key_S)
    window.until(lambda: lines(screen)[0].gaps == ("geen beheerder",))
    window.key(KEY.Key_S, SHIFT)
    assert lines(screen)[0].name == "=Nergens"
    assert screen.gaps.accessibleName() == "Wat ontbreekt"


def test_the_map_is_walked_with_arrows_and_clicked_and_enter_goes_to_groepen(
    window: DeskWindow, desk: Desk
) -> None:
    ids = guide(desk)
    screen = opened(window)
    screen.table.set_current(ids["Leiden"])
    screen.map.setFocus()
    # Leiden, Katwijk, Zoeterwoude … lie from west to east, four in a row.
    window.key(KEY.Key_Right)
    assert screen.table.current_id() == ids["Katwijk"]
    window.key(KEY.Key_Down)
    assert screen.table.current_id() == ids["Oegstgeest"]
    point = screen.map.point_of(ids["Lisse"])
    assert point is not None
    QTest.mouseClick(screen.map, Qt.MouseButton.LeftButton, pos=QPoint(*map(int, point.toTuple())))
    assert screen.table.current_id() == ids["Lisse"]
    screen.gaps.setFocus()
    screen.gaps.choose_first()
    window.key(KEY.Key_Return)
    assert window.shell.here == "groups"
    there: Any = window.shell.presenter("groups")
    assert there.opened == {"area_id": ids["=Nergens"]}
    window.shell.back()
    assert window.shell.here == "coverage"


def test_a_new_group_and_a_typed_number_are_counted_at_once_and_the_file_is_safe(
    window: DeskWindow, desk: Desk, build: Builder, tmp_path: Path
) -> None:
    ids = guide(desk)
    screen = opened(window)
    build.ids["=Nergens"] = ids["=Nergens"]
    build.group("Nergens alert", "neighbourhood", "=Nergens")

    def work(unit: Unit) -> None:
        unit.update("area", ids["=Nergens"], inhabitants=3000)

    desk.act(work).result(10)
    window.until(lambda: any(str(row.per_thousand) == "0.33" and row.groups == 1
                             for row in lines(screen)))  # fmt: skip
    presenter: Any = window.shell.presenter("coverage")
    presenter.save_to(str(tmp_path / "dekking.csv"))
    window.until(lambda: any("bewaard" in one[1] for one in window.said))
    text = (tmp_path / "dekking.csv").read_text(encoding="utf-8-sig")
    rows = {row[0]: row for row in csv.reader(text.splitlines(), delimiter=";")}
    assert rows["'=Nergens"][4:] == ["1", "0", "0", "3000", "", "", "0,33",
                                     "geen beheerder, geen wijkagent"]  # fmt: skip
    assert rows["Katwijk"][7:11] == ["65000", "2018", "CBS", "0,47"]
    presenter.save_to(str(tmp_path / "none" / "dekking.csv"))
    window.until(lambda: any("niet bewaard" in one[1] for one in window.said))
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".part"] == []


def test_without_areas_or_inhabitants_it_says_what_to_do(
    window: DeskWindow, desk: Desk, build: Builder
) -> None:
    screen, _ = window.screen("coverage", coverage.make)
    window.until(lambda: screen.empty_words().startswith(NO_AREAS))
    build.area("Testdam", "municipality")
    window.until(lambda: not screen.empty_words())
    assert not screen.band.isHidden()
    assert lines(screen)[0].inhabitants is None
    window.key(KEY.Key_Tab, CTRL)
    window.until(lambda: screen.empty_words().startswith("Er zijn geen dorpen."))


@pytest.mark.parametrize("size", [(1440, 900), (1280, 800), (1100, 700)])
def test_it_fits_in_every_window(window: DeskWindow, desk: Desk, size: tuple[int, int]) -> None:
    guide(desk)
    window.window.resize(*size)
    screen = opened(window)
    assert window.window.minimumSizeHint().width() <= size[0]
    assert screen.minimumSizeHint().height() <= size[1]
