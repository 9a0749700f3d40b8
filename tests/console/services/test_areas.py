"""Areas from a file: differences accepted one by one, mergers that keep history (F36, C9)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from console.domain.area_diff import AreaLine, Difference, KnownArea
from console.domain.directory_forms import AreaForm
from console.domain.failures import NotAllowed, Refused
from console.domain.geo import circle
from console.domain.rijksdriehoek import to_degrees
from console.services.areas import Areas
from console.services.desk import Desk, Unit
from console.services.directory import Directory
from console.storage import area_shapes
from console.storage.projection import shown
from console.views.groups.words import area_line
from contract.vocabulary import MessageKind
from tests.helpers.area_files import SOUTH, WEST, geojson, geopackage, square, town, towns
from tests.helpers.directory import Builder

BOTH = ("GM9001", "GM9002")


@pytest.fixture
def areas(desk: Desk) -> Areas:
    """The service on a real file."""
    return Areas(desk)


def differences(areas: Areas, path: Path, *codes: str) -> list[AreaLine]:
    """Read a file and compare it."""
    reading = areas.read(str(path), codes)
    return areas.differences(reading, codes).result(30)


def accept(areas: Areas, lines: Sequence[AreaLine]) -> list[int]:
    """Keep lines and wait for every turn."""
    return [one.result(30) for one in areas.accept(lines)]


def by_code(desk: Desk) -> dict[str, KnownArea]:
    """Return what is kept, by code."""
    found = desk.look(area_shapes.known).result(10)
    return {one.code: one for one in found if one.code}


def test_the_same_file_twice_gives_no_change(areas: Areas, desk: Desk, tmp_path: Path) -> None:
    path = geopackage(tmp_path / "wijkenbuurten_2024.gpkg", towns())
    assert [one.name for one in areas.about(str(path)).municipalities] == ["Testdam", "Verzonnen"]
    first = differences(areas, path, *BOTH)
    assert {one.difference for one in first} == {Difference.NEW}
    assert all(one.proposed for one in first)
    *kept, beside = accept(areas, first)
    assert sum(kept) == len(first) == 14
    # 2 towns; 4 wijken and 8 buurten in a row of two: corners adjoin too.
    assert beside == 1 + 6 + 16
    assert differences(areas, path, *BOTH) == []
    found = by_code(desk)
    assert found["BU90010001"].parent_id == found["WK900100"].id
    assert found["WK900100"].parent_id == found["GM9001"].id
    assert {one.year for one in found.values()} == {2024}
    assert accept(areas, first)[-1] == 0
    assert len(by_code(desk)) == 14


def test_only_the_lines_that_are_accepted_are_kept(
    areas: Areas, desk: Desk, tmp_path: Path
) -> None:
    path = geopackage(tmp_path / "2024.gpkg", towns())
    lines = [one for one in differences(areas, path, "GM9001") if one.level != "district"]
    accept(areas, lines)
    found = by_code(desk)
    assert sorted(one[:2] for one in found) == ["BU", "BU", "BU", "BU", "GM"]
    left = differences(areas, path, "GM9001")
    assert {one.difference for one in left if one.level == "district"} == {Difference.NEW}
    accept(areas, left)
    assert differences(areas, path, "GM9001") == []


def test_an_area_entered_by_hand_gets_its_code_and_stays_where_a_person_hung_it(
    areas: Areas, desk: Desk, tmp_path: Path
) -> None:
    build = Builder(Directory(desk))
    build.area("Testdam", "municipality")
    build.area("Dorp", "village", "Testdam")
    build.area("Testdam 00", "neighbourhood", "Dorp")
    path = geopackage(tmp_path / "2024.gpkg", towns())
    lines = differences(areas, path, "GM9001")
    changed = {one.id: one for one in lines if one.difference is Difference.CHANGED}
    assert changed.keys() == {build.ids["Testdam"], build.ids["Testdam 00"]}
    assert changed[build.ids["Testdam 00"]].fields["code"] == "BU90010000"
    accept(areas, lines)
    found = by_code(desk)
    assert found["BU90010000"].parent_id == build.ids["Dorp"]
    assert differences(areas, path, "GM9001") == []


def test_two_areas_of_one_name_are_never_guessed_between(
    areas: Areas, desk: Desk, tmp_path: Path
) -> None:
    build = Builder(Directory(desk))
    build.area("Bergen", "municipality")
    build.directory.save_area(AreaForm("Bergen", "municipality")).result(10)
    path = geopackage(tmp_path / "2024.gpkg", town(9003, "Bergen", 0))
    lines = differences(areas, path, "GM9003")
    assert {one.difference for one in lines} == {Difference.NEW}
    assert len(build.directory.areas_named("Bergen").result(10)) == 2


def test_a_merger_of_municipalities_keeps_groups_posts_and_the_old_name(
    areas: Areas, desk: Desk, tmp_path: Path
) -> None:
    build = Builder(Directory(desk))
    old = geopackage(tmp_path / "2018.gpkg", towns())
    accept(areas, differences(areas, old, *BOTH))
    before = by_code(desk)
    build.ids["Verzonnen"] = before["GM9002"].id
    build.group("Verzonnen alert", "neighbourhood", "Verzonnen")
    merged = [
        (
            "gemeenten",
            {"gemeentecode": "GM9001", "gemeentenaam": "Testdam aan Zee"},
            square(0, 0, 4000, 2000),
        )
    ]
    new = geopackage(tmp_path / "2019.gpkg", merged)
    every = differences(areas, new, "GM9001")
    going = [one for one in every if one.difference is Difference.MOVED]
    lines = [one for one in every if one.difference is not Difference.MOVED]
    told = {one.code: (one.difference, one.into, one.proposed) for one in lines}
    assert told == {
        "GM9001": (Difference.CHANGED, "", True),
        "GM9002": (Difference.MERGED, "GM9001", False),
    }
    accept(areas, lines)
    body = desk.look(lambda conn: shown(conn, "area", before["GM9002"].id)).result(10)
    assert body is not None
    assert body.body["name"] == "Verzonnen"
    assert (body.body["ended_year"], body.body["merged_into"]) == (2018, before["GM9001"].id)
    found = build.directory.candidates([before["GM9001"].id], MessageKind.WARNING).result(10)
    assert "Verzonnen alert" in {one.name for one in found if one.section == "here"}
    assert [one.text for one in build.directory.areas_named("Verzonnen").result(10)] == [
        "Verzonnen"
    ]
    # The group was not ticked: it stayed, and is offered again; nothing else is.
    assert [one.key for one in differences(areas, new, "GM9001")] == [one.key for one in going]
    card = build.directory.area(before["GM9002"].id).result(10)
    assert card is not None
    assert (card.ended_year, card.parent_name, card.gaps) == (2018, "Testdam aan Zee", ())
    assert area_line(card).endswith("in 2019 opgegaan in Testdam aan Zee")


def test_what_is_missing_is_never_ticked_and_only_of_what_was_read(
    areas: Areas, desk: Desk, tmp_path: Path
) -> None:
    accept(areas, differences(areas, geopackage(tmp_path / "2024.gpkg", towns()), *BOTH))
    fewer = [one for one in towns() if one[1].get("buurtcode") != "BU90010101"]
    lines = differences(areas, geopackage(tmp_path / "b2024.gpkg", fewer), "GM9001")
    assert [(one.code, one.difference, one.proposed) for one in lines] == [
        ("BU90010101", Difference.GONE, False)
    ]
    page = geojson(
        tmp_path / "p2024.json", fewer, links=[{"rel": "next", "href": "https://example.nl"}]
    )
    assert {one.difference for one in differences(areas, page, "GM9001")} <= {Difference.CHANGED}
    accept(areas, lines)
    assert desk.look(area_shapes.known).result(10)
    assert by_code(desk)["BU90010101"].ended_year == 2023


def test_an_older_file_changes_nothing(areas: Areas, tmp_path: Path) -> None:
    accept(areas, differences(areas, geopackage(tmp_path / "2024.gpkg", towns()), *BOTH))
    older = geopackage(tmp_path / "2019.gpkg", [towns()[0]])
    assert differences(areas, older, *BOTH) == []


def test_only_the_account_holder_keeps_areas_from_a_file(
    areas: Areas, desk: Desk, tmp_path: Path
) -> None:
    lines = differences(areas, geopackage(tmp_path / "2024.gpkg", towns()), *BOTH)
    assert desk.person is not None
    desk.person = replace(desk.person, roles=("operator",))
    for turn in areas.accept(lines):
        with pytest.raises(NotAllowed):
            turn.result(10)
    with pytest.raises(Refused):
        areas.accept([])[0].result(10)
    assert by_code(desk) == {}


def test_a_file_that_is_none_is_refused_with_a_sentence(areas: Areas, tmp_path: Path) -> None:
    path = tmp_path / "x.gpkg"
    path.write_bytes(b"SQLite format 3\x00" + bytes(100))
    for asked in (lambda: areas.about(str(path)), lambda: areas.read(str(path), BOTH)):
        with pytest.raises(Refused) as caught:
            asked()
        assert caught.value.problem.sentence.endswith(".")


@pytest.fixture
def placed(areas: Areas, desk: Desk, tmp_path: Path) -> Callable[[float, float, float], list[str]]:
    """Areas of two towns with a group in each buurt; asks for the groups under a circle."""
    accept(areas, differences(areas, geopackage(tmp_path / "2024.gpkg", towns()), *BOTH))
    build = Builder(Directory(desk))
    for code, one in by_code(desk).items():
        build.ids[code] = one.id
        if code.startswith("BU"):
            build.group(f"Groep {code}", "neighbourhood", code)

    def ask(x: float, y: float, metres: float) -> list[str]:
        region = circle(*to_degrees(WEST + x, SOUTH + y), metres)
        found = areas.reach(region, MessageKind.WARNING).result(10)
        return [
            f"{one.section} {one.name.removeprefix('Groep ')}{' ticked' * one.ticked}"
            for one in found.candidates
        ]

    return ask


def test_a_circle_gives_the_groups_under_it_and_offers_the_neighbours(
    placed: Callable[[float, float, float], list[str]],
) -> None:
    assert placed(500, 500, 100) == [
        "here BU90010000 ticked",
        "adjoining BU90010001",
        "adjoining BU90010100",
        "adjoining BU90010101",
    ]
    assert placed(1900, 500, 300)[:2] == ["here BU90010001 ticked", "here BU90020000 ticked"]


def test_a_new_outline_counts_at_the_next_question(
    placed: Callable[[float, float, float], list[str]], desk: Desk
) -> None:
    assert placed(500, 500, 100)[0] == "here BU90010000 ticked"
    found = by_code(desk)
    moved = found["BU90020000"].shape

    def work(unit: Unit) -> None:
        unit.update("area_shape", found["BU90010000"].id, shape=moved)

    desk.act(work).result(10)
    assert not any("here BU90010000" in one for one in placed(500, 500, 100))
    assert "here BU90010000 ticked" in placed(2500, 500, 100)


def test_an_outline_of_another_desk_that_is_none_leaves_the_area_without(
    placed: Callable[[float, float, float], list[str]], desk: Desk
) -> None:
    found = by_code(desk)

    def work(unit: Unit) -> None:
        unit.update("area_shape", found["BU90010000"].id, shape="AAAA")

    desk.act(work).result(10)
    # The wijk around it is known, so its group is shown; a neighbour of its own has an outline.
    assert "here BU90010000" in " ".join(placed(500, 500, 100))


def test_the_circle_of_an_alert_finds_its_groups_and_an_alert_without_one_gives_none(
    placed: Callable[[float, float, float], list[str]], areas: Areas, desk: Desk
) -> None:
    latitude, longitude = to_degrees(WEST + 500, SOUTH + 500)
    place = {"latitude": latitude, "longitude": longitude, "radius_m": 100}

    def work(unit: Unit) -> tuple[str, str]:
        body = {"source": "burgernet_text", "original": "eA==", "original_sha256": "x"}
        one = unit.create("alert", {**body, "circle": place})
        return one, unit.create("alert", body)

    with_circle, without = desk.act(work).result(10)
    found = areas.reach_of_alert(with_circle, MessageKind.WARNING).result(10)
    assert found is not None
    assert [one.name for one in found.areas] == ["Testdam 00"]
    for other in (without, "gone", ""):
        assert areas.reach_of_alert(other, MessageKind.WARNING).result(10) is None
