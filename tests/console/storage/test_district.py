"""Mijn wijk: whose areas, what was reported there, what neighbours placed (day.md §2)."""

from __future__ import annotations

from dataclasses import replace

from console.services.desk import Desk, Unit
from console.services.district import Districts
from console.storage import district as stored
from tests.helpers import broadcasts, town
from tests.helpers.clock import HandClock
from tests.helpers.plans import assert_uses_index
from tests.helpers.profile import PERSON


def build(desk: Desk) -> None:
    """Lagebrug with a quarter inside it, Oostwiel beside it, and a place far away."""
    town.build(desk)

    def work(unit: Unit) -> None:
        unit.create(
            "area",
            {"name": "De Kreek", "level": "neighbourhood", "parent_id": "area-lagebrug"},
            "area-kreek",
        )
        for area_id, name in (("area-oostwiel", "Oostwiel"), ("area-ver", "Verweg")):
            unit.create("area", {"name": name, "level": "village"}, area_id)
        unit.create(
            "area_neighbour",
            {"area_id": "area-oostwiel", "neighbour_id": "area-lagebrug"},
            "beside-1",
        )
        unit.create(
            "area_role",
            {
                "area_id": "area-lagebrug",
                "role": "officer",
                "name": "Ruben Voorbeeld",
                "person_id": PERSON.id,
            },
            "role-1",
        )

    desk.act(work).result()


def report(desk: Desk, area_id: str, text: str) -> None:
    desk.act(
        lambda unit: unit.create(
            "report",
            {
                "category": "person",
                "text": text,
                "place": "Dorpsstraat",
                "area_id": area_id,
                "heard_at": unit.now,
                "source": "desk",
            },
        )
    ).result()


def test_the_areas_are_the_own_one_where_one_is_officer_and_all_inside(
    desk: Desk,
) -> None:
    build(desk)
    found = desk.look(lambda conn: stored.areas_of(conn, PERSON.id, "area-ver")).result()
    assert [name for _, name in found] == ["De Kreek", "Lagebrug", "Verweg"]


def test_reports_of_the_own_areas_and_messages_of_the_neighbours_are_new_since_the_last_shift(
    desk: Desk,
    clock: HandClock,
) -> None:
    build(desk)
    desk.person = replace(PERSON, area_id="")
    Districts(desk).look().result()
    report(desk, "area-kreek", "Gezien in de vorige dienst.")
    clock.move(hours=1)
    Districts(desk).look().result()
    clock.move(hours=16)
    report(desk, "area-kreek", "Man voelt aan deuren.")
    report(desk, "area-ver", "Niet van mij.")
    there = broadcasts.broadcast(desk, "babbeltruc", area_id="area-oostwiel", groups=1)
    broadcasts.broadcast(desk, "ver weg", area_id="area-ver", groups=1)
    seen = Districts(desk).look().result()
    assert [one.title for one in seen.reports] == ["Man voelt aan deuren."]
    assert [one.id for one in seen.neighbours] == [there]
    assert seen.neighbours[0].area_name == "Oostwiel"
    assert seen.neighbours[0].own_groups == ("Beheerders Lagebrug",)


def test_who_has_no_area_sees_an_empty_district(desk: Desk) -> None:
    build(desk)
    desk.person = replace(PERSON, id="person-samira", area_id="")
    assert Districts(desk).look().result().area_ids == ()


def test_its_queries_walk_no_growing_table(desk: Desk) -> None:
    build(desk)
    areas, since = ["area-lagebrug", "area-kreek"], "2026-03-01T00:00:00.000Z"

    def plans(conn: object) -> None:
        assert_uses_index(conn, stored.reports_query(areas, since))  # type: ignore[arg-type]
        assert_uses_index(conn, stored.posts_query(areas, since))  # type: ignore[arg-type]

    desk.look(plans).result()
