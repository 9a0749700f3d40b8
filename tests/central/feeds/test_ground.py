"""Which alerts concern a team: outlines decide where there are any, names elsewhere (F36, F63)."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

import pytest
from shapely import box

from central.feeds.ground import Ground, concerns, ground_of
from contract.outline import box_of, encoded
from contract.reading.model import Alert, Circle, Point
from contract.rijksdriehoek import to_degrees
from contract.vocabulary import AlertKind, AlertSource, AlertState
from tests.central.feeds.test_feeds import BEGAN, FIRST, add_area, alerts, look, switch
from tests.helpers.central_line import CentralLine, new_id, op
from tests.helpers.feeds import action, actions, world

WEST, SOUTH = 152_000.0, 532_000.0
"""A corner in the IJsselmeer, where no town lies."""

AREAS: dict[str, dict[str, Any]] = {
    "town": {"name": "Veldermeer"},
    "east": {"name": "Oostkant", "parent_id": "town"},
    "west": {"name": "Westkant", "parent_id": "town"},
    "beside": {"name": "Haverdijk"},
}


def outline(x: float, y: float, size: float = 1_000) -> dict[str, Any]:
    found = box(WEST + x, SOUTH + y, WEST + x + size, SOUTH + y + size)
    return {"shape": encoded(found), "box": box_of(found)}


def shapes_of(**by_area: tuple[float, float]) -> dict[str, dict[str, Any]]:
    return {key: {"area_id": key, **outline(*at)} for key, at in by_area.items()}


def circle(x: float, y: float, metres: float) -> Circle:
    return Circle(*to_degrees(WEST + x, SOUTH + y), metres)


def polygon(*corners: tuple[float, float]) -> tuple[Point, ...]:
    return tuple(to_degrees(WEST + x, SOUTH + y) for x, y in corners)


def judged(
    alert: Alert, shapes: dict[str, dict[str, Any]], areas: Any = None, **more: Any
) -> tuple[bool, list[str]]:
    """Say whether it concerns the team, and which outlines had to be read for it."""
    read: list[str] = []

    def texts(ids: Collection[str]) -> list[str]:
        read.extend(ids)
        return [shapes[one]["shape"] for one in ids]

    ground: Ground = ground_of(AREAS if areas is None else areas, shapes.items())
    return concerns(alert, ground, texts, **more), read


def alert(kind: AlertKind = AlertKind.WANTED_PERSON, **more: Any) -> Alert:
    return Alert(kind, AlertState.ACTIVE, "tekst", **more)


@pytest.mark.parametrize(
    ("x", "metres", "here"),
    [(1_400, 390, False), (1_400, 410, True), (500, 0, True), (40_000, 500, False)],
)
def test_a_circle_decides_by_the_outline_and_not_by_the_name(
    x: float, metres: float, here: bool
) -> None:
    shapes = shapes_of(town=(0, 0), beside=(0, 5_000))
    # The name is that of the team's own town: an outline says it lies elsewhere all the same.
    seen = alert(area=circle(x, 500, metres), municipality="Veldermeer")
    assert judged(seen, shapes)[0] is here
    assert judged(seen, shapes, everywhere=True)[0] is True


def test_only_outlines_near_the_place_are_read() -> None:
    shapes = shapes_of(town=(0, 0), beside=(0, 5_000))
    assert judged(alert(area=circle(500, 500, 100)), shapes) == (True, ["town"])
    assert judged(alert(area=circle(40_000, 500, 100)), shapes) == (False, [])


def test_a_surface_decides_too_and_one_that_cannot_be_read_leaves_it_to_the_names() -> None:
    shapes = shapes_of(town=(0, 0), beside=(0, 5_000))
    near = polygon((900, 900), (3_000, 900), (3_000, 3_000))
    far = polygon((3_000, 3_000), (3_000, 4_000), (4_000, 4_000))
    warning = AlertKind.PUBLIC_ALERT
    assert judged(alert(warning, polygons=(near,)), shapes)[0] is True
    assert judged(alert(warning, polygons=(far,)), shapes)[0] is False
    abroad = ((60.0, 20.0), (60.0, 21.0), (61.0, 20.0))
    assert judged(alert(warning, polygons=(abroad,)), shapes)[0] is True
    elsewhere = alert(warning, polygons=(abroad,), municipality="Verdorp")
    assert judged(elsewhere, shapes)[0] is False


def test_an_area_without_an_outline_is_decided_by_its_name() -> None:
    shapes = shapes_of(town=(0, 0))
    far = circle(20_000, 500, 100)
    assert judged(alert(area=far, municipality="HAVERDIJK"), shapes)[0] is True
    assert judged(alert(area=far, municipality="Verdorp"), shapes)[0] is False
    # It may lie in Haverdijk, of which nobody knows where it is.
    assert judged(alert(area=far), shapes)[0] is True
    ended = {**AREAS, "beside": {"name": "Haverdijk", "ended_year": 2020}}
    assert judged(alert(area=far), shapes, ended)[0] is False


def test_an_outline_around_or_inside_an_area_tells_where_it_is() -> None:
    far = alert(area=circle(20_000, 500, 100))
    areas = {key: AREAS[key] for key in ("town", "east", "west")}
    assert judged(far, shapes_of(town=(0, 0)), areas)[0] is False
    # The west side may be anywhere in the town, the town lies around the east side.
    assert judged(far, shapes_of(east=(0, 0)), areas)[0] is True
    assert judged(far, shapes_of(east=(0, 0), west=(1_000, 0)), areas)[0] is False


def test_without_a_place_names_decide_and_only_level_ten_goes_everywhere() -> None:
    shapes = shapes_of(town=(0, 0), beside=(0, 5_000))
    for kind in (AlertKind.MISSING_CHILD, AlertKind.PUBLIC_ALERT, AlertKind.WANTED_PERSON):
        assert judged(alert(kind, municipality="Verdorp"), shapes)[0] is False
        assert judged(alert(kind, places=("Oostkant",)), shapes)[0] is True
        assert judged(alert(kind), shapes)[0] is True
    assert judged(alert(AlertKind.AMBER, municipality="Verdorp"), shapes)[0] is True
    assert judged(alert(municipality="Verdorp"), {}, {})[0] is True


def test_an_update_of_an_action_elsewhere_stays_away_until_an_area_of_the_team_lies_under_it(
    line: CentralLine,
) -> None:
    add_area(line, "Haverdijk")
    (area,) = line.records("area")
    first = {**outline(0, 0), "area_id": area}
    assert line.push(op("create", "area_shape", area, set=first))[0]["status"] == "applied"
    switch(line, AlertSource.BURGERNET_ACTIONS)
    latitude, longitude = to_degrees(WEST + 30_500, SOUTH + 500)
    circle_ = {"lat": latitude, "lng": longitude, "radius": 300}
    place: dict[str, Any] = {"area": circle_, "municipality": "Verdorp"}
    with world(line.office) as outside:
        outside.says(AlertSource.BURGERNET_ACTIONS, actions(action(BEGAN, FIRST, **place)))
        look(line, outside)
        update = actions(action(BEGAN, FIRST, "Ook een zwarte pet.", **place))
        outside.says(AlertSource.BURGERNET_ACTIONS, update)
        look(line, outside)
        assert alerts(line) == []
        outside.says(AlertSource.BURGERNET_ACTIONS, json.dumps(json.loads(update)))
        near = new_id()
        add_area(line, "Nieuwdorp")
        more = {**outline(30_000, 0), "area_id": line_area(line, "Nieuwdorp")}
        assert line.push(op("create", "area_shape", near, set=more))[0]["status"] == "applied"
        look(line, outside)
        (found,) = alerts(line)
        assert (found["state"], found["municipality"]) == ("active", "Verdorp")


def line_area(line: CentralLine, name: str) -> str:
    return next(key for key, row in line.records("area").items() if row["body"]["name"] == name)
