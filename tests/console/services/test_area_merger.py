"""Two municipalities become one: history kept, groups go along when asked (C9)."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.domain.area_diff import AreaLine, Difference, FileArea, KnownArea, compare
from console.domain.failures import Refused
from console.domain.geo import circle
from console.domain.rijksdriehoek import to_degrees
from console.services.areas import Areas
from console.services.coverage import Coverages
from console.services.desk import Desk
from console.services.directory import Directory
from console.services.report_reads import ReportReads
from console.storage import area_shapes
from console.storage.projection import shown
from console.views.dialogs.area_rows import second_words
from console.views.groups.words import area_facts, area_line
from contract.vocabulary import MessageKind
from tests.helpers.area_files import MERGED as NEW
from tests.helpers.area_files import SOUTH, WEST, geopackage, merged, towns
from tests.helpers.directory import Builder
from tests.helpers.reports import add


def lines_of(areas: Areas, path: Path, *codes: str) -> list[AreaLine]:
    """Read a file and compare it."""
    return areas.differences(areas.read(str(path), codes), codes).result(30)


def accept(areas: Areas, lines: list[AreaLine]) -> None:
    """Keep lines and wait for every turn."""
    for one in areas.accept(lines):
        one.result(30)


def test_two_municipalities_become_one_with_their_history_and_their_groups(
    desk: Desk, tmp_path: Path
) -> None:
    areas, build = Areas(desk), Builder(Directory(desk))
    old = geopackage(tmp_path / "2018.gpkg", towns())
    accept(areas, lines_of(areas, old, "GM9001", "GM9002"))
    before = {one.code: one.id for one in desk.look(area_shapes.known).result(10)}
    build.ids.update({"Verzonnen": before["GM9002"], "Buurt": before["BU90020000"]})
    build.group("Verzonnen alert", "neighbourhood", lies_in="Verzonnen")
    build.group("Beheerders Verzonnen", "administrators", "Verzonnen")
    build.group("Hoek alert", "neighbourhood", "Beheerders Verzonnen", "Buurt")
    desk.act(
        lambda unit: (
            unit.create(
                "person",
                {"name": "Joris Voorbeeld", "roles": ["officer"], "area_id": before["GM9002"]},
                "person-joris",
            ),
            unit.create(
                "area_role",
                {"area_id": before["GM9002"], "role": "officer", "name": "Joris Voorbeeld"},
            ),
        )
    ).result(10)
    report = add(desk, area_id=before["BU90020000"], place="Hoeksteeg")
    new = geopackage(tmp_path / "2019.gpkg", merged())
    lines = lines_of(areas, new, "GM9003")

    # Proposed, and nothing of it ticked by the desk but what is new.
    by_kind = {kind: [one for one in lines if one.difference is kind] for kind in Difference}
    assert len(by_kind[Difference.NEW]) == 1 + 4 + 8
    assert {one.into for one in by_kind[Difference.MERGED] if one.level == "municipality"} == {
        "GM9003"
    }
    assert all(one.share > 0.99 and not one.by_names for one in by_kind[Difference.MERGED])
    assert len(by_kind[Difference.MERGED]) == 2 + 4 + 8
    going = {one.name: (one.was["area"], one.into_name) for one in by_kind[Difference.MOVED]}
    assert going == {
        "Verzonnen alert": ("Verzonnen", NEW),
        "Beheerders Verzonnen": ("Verzonnen", NEW),
        "Hoek alert": ("Verzonnen 00", "Verzonnen 00"),
        "Joris Voorbeeld": ("Verzonnen", NEW),
    }
    assert [second_words(one).split(".")[0] for one in by_kind[Difference.MOVED]] == [
        *["Groep"] * 3,
        "Wijkagent",
        "Collega van Verzonnen",
    ]
    assert not any(one.proposed for one in lines if one.difference is not Difference.NEW)
    gone = next(one for one in lines if one.code == "GM9002" and one.level == "municipality")
    assert "100% ligt nu in Nieuwstad" in second_words(gone)

    # Without the new municipality there is nothing to go up in: nothing at all is kept.
    with pytest.raises(Refused) as caught:
        accept(areas, [one for one in lines if one.code != "GM9003"])
    assert NEW in caught.value.problem.next_step
    assert len(desk.look(area_shapes.known).result(10)) == 14

    accept(areas, lines)
    assert lines_of(areas, new, "GM9003") == []
    after = {one.code: one for one in desk.look(area_shapes.known).result(10)}
    now = after["GM9003"].id
    assert (after["GM9002"].ended_year, after["GM9002"].merged_into) == (2018, now)

    # What was written before keeps pointing at the old area, and says its old name.
    card = ReportReads(desk).card(report).result(10)
    assert card is not None
    assert (card.area_id, card.municipality) == (before["BU90020000"], "Verzonnen")
    there = build.directory.area(before["GM9002"]).result(10)
    here = build.directory.area(now).result(10)
    assert there is not None
    assert here is not None
    assert area_line(there).endswith("in 2019 opgegaan in Nieuwstad")
    facts = {one.label: one.value for one in area_facts(here)}
    assert facts["Opgegaan hierin"] == "Testdam (tot en met 2018), Verzonnen (tot en met 2018)"
    assert facts["Inwoners"] == "8.500 (2019, CBS)"

    # The groups went along, and both names find them; the officer keeps the right to work there.
    joris = desk.look(lambda conn: shown(conn, "person", "person-joris")).result(10)
    assert joris is not None
    assert joris.body["area_id"] == now
    assert here.who[0].name == "Joris Voorbeeld"
    group = desk.look(lambda conn: shown(conn, "group", build.ids["Verzonnen alert"])).result(10)
    assert group is not None
    assert group.body["area_id"] == now
    for typed in ("Verzonnen", NEW):
        found = build.directory.areas_named(typed).result(10)
        assert [one.area_id for one in found] == [now]
        offered = build.directory.candidates([found[0].area_id], MessageKind.WARNING).result(10)
        assert "Beheerders Verzonnen" in {one.name for one in offered if one.section == "here"}
        assert "Verzonnen alert" in "\n".join(build.tree(typed=typed))
    assert "Verzonnen (tot en met 2018)" in "\n".join(build.tree(typed="Verzonnen"))
    assert "tot en met" not in "\n".join(build.tree())
    old_place = build.directory.candidates([before["GM9002"]], MessageKind.WARNING).result(10)
    assert "Verzonnen alert" in {one.name for one in old_place if one.section == "here"}
    region = circle(*to_degrees(WEST + 2500, SOUTH + 500), 100)
    reached = areas.reach(region, MessageKind.WARNING).result(10)
    assert {one.area_id for one in reached.areas} == {after["BU90035000"].id}
    assert "Beheerders Verzonnen" in {one.name for one in reached.candidates}

    # Counted once, in the one municipality that there is.
    (row,) = Coverages(desk).look("municipality").result(10).table.rows
    assert (row.name, row.groups, str(row.per_thousand)) == (NEW, 2, "0.23")


def test_a_group_that_is_not_ticked_stays_and_is_still_reached_and_counted(
    desk: Desk, tmp_path: Path
) -> None:
    areas, build = Areas(desk), Builder(Directory(desk))
    accept(areas, lines_of(areas, geopackage(tmp_path / "2018.gpkg", towns()), "GM9001", "GM9002"))
    before = {one.code: one.id for one in desk.look(area_shapes.known).result(10)}
    build.ids["Buurt"] = before["BU90020000"]
    build.group("Hoek alert", "neighbourhood", "Buurt")
    new = geopackage(tmp_path / "2019.gpkg", merged())
    lines = lines_of(areas, new, "GM9003")
    accept(areas, [one for one in lines if one.difference is not Difference.MOVED])
    after = {one.code: one.id for one in desk.look(area_shapes.known).result(10)}
    again = lines_of(areas, new, "GM9003")
    assert [(one.difference, one.name, one.needs_new) for one in again] == [
        (Difference.MOVED, "Hoek alert", False)
    ]
    for code in ("BU90035000", "GM9003"):
        offered = build.directory.candidates([after[code]], MessageKind.WARNING).result(10)
        assert [one.name for one in offered if one.section == "here"] == ["Hoek alert"]
    counted = Coverages(desk).look("neighbourhood").result(10).table
    assert {row.code: row.groups for row in counted.rows if row.groups} == {"BU90035000": 1}
    accept(areas, again)
    assert lines_of(areas, new, "GM9003") == []
    (card,) = [build.directory.group(build.ids["Hoek alert"]).result(10)]
    assert card is not None
    assert card.parents == (("area", after["BU90035000"], "Verzonnen 00"),)


def test_without_outlines_the_names_of_wijken_and_buurten_tell_where_it_went() -> None:
    known = [
        KnownArea("o", "Oud", "municipality", "GM9002"),
        KnownArea("w", "Haven", "district", "WK900200", "o"),
        KnownArea("b", "Kade", "neighbourhood", "BU90020000", "w"),
        KnownArea("c", "Weg", "neighbourhood", "BU90020001", "w"),
    ]
    new = [
        FileArea("GM9003", "municipality", NEW, "GM9003", "", ""),
        FileArea("WK900307", "district", "Haven", "GM9003", "GM9003", ""),
        FileArea("BU90030700", "neighbourhood", "Kade", "GM9003", "WK900307", ""),
        FileArea("GM9004", "municipality", "Elders", "GM9004", "", ""),
        FileArea("BU90040000", "neighbourhood", "Weg", "GM9004", "", ""),
    ]
    lines = compare(known, new, year=2019, chosen=("GM9003", "GM9004"))
    told = {one.id: (one.difference, one.into, round(one.share, 2)) for one in lines if one.id}
    assert told == {
        "o": (Difference.MERGED, "GM9003", 0.67),
        "w": (Difference.MERGED, "WK900307", 1.0),
        "b": (Difference.MERGED, "BU90030700", 1.0),
    }
    line = next(one for one in lines if one.id == "o")
    assert "67% van de namen daarin staat nu bij Nieuwstad" in second_words(line)
