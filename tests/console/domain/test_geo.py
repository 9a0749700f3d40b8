"""From a circle or a surface to areas and groups, beside the slow way that asks every one."""

from __future__ import annotations

from functools import cache

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.directory_map import AreaFact, DirectoryMap, GroupFact
from console.domain.geo import ADJOINING_M, AreaIndex, Region, circle, region_of, surfaces
from console.domain.reach import UNSURE, Message
from console.domain.reach_by_place import Atlas
from console.domain.rijksdriehoek import to_degrees
from tests.helpers.area_files import in_degrees
from tests.helpers.grid import SIDE, SOUTH, WEST, Town, grid, touched_slowly

NOW = Message("warning", "", "2026-11-21T12:00:00.000Z")
WIDE = 24


@cache
def small() -> tuple[Town, AreaIndex, DirectoryMap]:
    """Return a town of some hundreds of areas with groups in it."""
    made = grid(WIDE, WIDE)
    return made, AreaIndex(made.outlines), made.directory(400)


along = st.floats(-2 * SIDE, (WIDE + 2) * SIDE)
metres = st.sampled_from([0.0, 1.0, 100.0, 750.0, 3000.0, 50_000.0]) | st.floats(0, 5000)


def region_at(x: float, y: float, radius: float) -> Region:
    """Return a circle by metres from the corner of the grid."""
    latitude, longitude = to_degrees(WEST + x, SOUTH + y)
    return circle(latitude, longitude, radius)


def groups_slowly(shape: DirectoryMap, town: Town, region: Region) -> set[str]:
    """Say which groups are concerned, by walking over every group."""
    hits = set(touched_slowly(town.outlines, region))
    smallest = {key for key in hits if not any(town.parents[one] == key for one in hits)}
    around: set[str] = set()
    for key in smallest:
        while town.parents[key]:
            key = town.parents[key]
            around.add(key)
    found = set()
    for group in shape.groups.values():
        tiers = [key for kind, key in group.parents if kind == "group"]
        if group.kind == "neighbourhood" and group.area_id in smallest | around:
            found.update(tiers or [group.id])
        elif group.kind == "administrators" and group.area_id in smallest:
            found.add(group.id)
    return found


@settings(max_examples=60, deadline=None)
@given(along, along, metres)
def test_a_circle_touches_what_asking_every_area_gives(x: float, y: float, radius: float) -> None:
    town, index, _ = small()
    region = region_at(x, y, radius)
    slowly = touched_slowly(town.outlines, region)
    found = index.hits(region)
    assert found.keys() == slowly.keys()
    assert found == pytest.approx(slowly, abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(along, along), min_size=3, max_size=9))
def test_a_surface_touches_what_asking_every_area_gives(points: list[tuple[float, float]]) -> None:
    town, index, _ = small()
    ring = [to_degrees(WEST + x, SOUTH + y) for x, y in points]
    region = region_of({}, [ring])
    if region is None:
        return
    slowly = touched_slowly(town.outlines, region)
    assert index.hits(region) == pytest.approx(slowly, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(along, along, metres)
def test_a_circle_proposes_the_groups_that_walking_over_every_group_gives(
    x: float, y: float, radius: float
) -> None:
    town, index, shape = small()
    region = region_at(x, y, radius)
    found = Atlas(shape, index).propose(region, NOW).candidates
    here = {one.group_id for one in found if one.section == "here"}
    assert here == groups_slowly(shape, town, region)
    assert not any(one.ticked for one in found if one.section == "adjoining")


@settings(max_examples=30, deadline=None)
@given(along, along, metres)
def test_adjoining_areas_are_those_within_a_few_metres(x: float, y: float, radius: float) -> None:
    town, index, _ = small()
    own = [key for key in index.hits(region_at(x, y, radius)) if key.startswith("b")][:20]
    slowly = {
        key
        for key, outline in town.outlines.items()
        if key not in own
        and any(outline.distance(town.outlines[one]) <= ADJOINING_M for one in own)
    }
    assert index.near(own) == slowly


def test_over_fourteen_thousand_areas_the_tree_and_the_slow_way_agree() -> None:
    town = grid(118, 116, block=20)
    assert len(town.outlines) > 13_700
    index, shape = AreaIndex(town.outlines), town.directory(2_000)
    atlas = Atlas(shape, index)
    for x, y, radius in ((30_000, 30_000, 1500), (10_000, 45_000, 6000), (-900, 0, 950)):
        region = region_at(x, y, radius)
        slowly = touched_slowly(town.outlines, region)
        assert index.hits(region) == pytest.approx(slowly, abs=1e-9)
        found = atlas.propose(region, NOW)
        here = {one.group_id for one in found.candidates if one.section == "here"}
        assert here == groups_slowly(shape, town, region)
        assert {one.area_id for one in found.areas} <= slowly.keys()


def test_every_pair_of_neighbours_is_named_once() -> None:
    town = grid(4, 3, block=12)
    index = AreaIndex({key: one for key, one in town.outlines.items() if key[0] == "b"})
    pairs = {frozenset(one) for one in index.pairs()}
    assert len(index.pairs()) == len(pairs)
    # Sides, and corners too: 3 x 3 + 4 x 2 sides and 2 x 3 x 2 corners.
    assert len(pairs) == 17 + 12
    assert AreaIndex({}).pairs() == []


def test_polygons_win_over_a_circle_and_nonsense_is_no_region() -> None:
    here = {"latitude": 52.0, "longitude": 5.0, "radius_m": 500}
    assert region_of(here, []) is not None
    ring = [(52.0, 5.0), (52.0, 5.1), (52.1, 5.1)]
    both = region_of(here, [ring])
    assert both is not None
    assert both.centre is None
    for place in ({}, {**here, "radius_m": -1}, {**here, "latitude": "x"}, {**here, "latitude": 0}):
        assert region_of(place, []) is None
    assert region_of({}, [[(1, 2)], "x", 3]) is None
    assert region_of(here, [[("x", "y")] * 4]) is not None
    with pytest.raises(ValueError, match="radius"):
        circle(52.0, 5.0, float("nan"))
    with pytest.raises(ValueError, match="surface"):
        surfaces([])


def test_a_circle_is_round_in_metres_on_the_ground() -> None:
    region = circle(52.0, 5.0, 1000)
    assert region.surface is not None
    assert region.surface.area == pytest.approx(3.14159 * 1000**2, rel=1e-3)
    north = shapely.get_coordinates(in_degrees(region.surface))[:, 1].max()
    # A degree north is some 111.3 km here; one in ten thousand is the scale of the grid.
    assert (north - 52.0) * 111_270 == pytest.approx(1000, rel=2e-3)


def square(x: float, y: float, side: float = 1000) -> shapely.Polygon:
    """Return a square from the corner of the grid."""
    return shapely.box(WEST + x, SOUTH + y, WEST + x + side, SOUTH + y + side)


def test_an_area_without_an_outline_is_shown_in_doubt_or_goes_along_with_what_is_around_it() -> (
    None
):
    areas = [
        AreaFact("stad", "Stad", "municipality"),
        AreaFact("oost", "Oost", "district", parent_id="stad"),
        AreaFact("west", "West", "district", parent_id="stad"),
        AreaFact("hof", "Hof", "neighbourhood", parent_id="oost"),
        AreaFact("dorp", "Dorp", "village", parent_id="stad"),
    ]
    groups = [
        GroupFact(f"groep-{one}", f"Groep {one}", "neighbourhood", one)
        for one in ("stad", "oost", "west", "hof", "dorp")
    ]
    shape = DirectoryMap(areas, groups)
    index = AreaIndex({"stad": square(0, 0, 2000), "oost": square(0, 0), "west": square(1000, 0)})
    found = Atlas(shape, index).propose(region_at(500, 500, 100), NOW)
    assert [one.area_id for one in found.areas] == ["oost"]
    assert found.areas[0].overlap == pytest.approx(0.0314, abs=0.001)
    told = {one.group_id: (one.section, one.ticked, one.why_not) for one in found.candidates}
    assert told == {
        "groep-oost": ("here", True, ""),
        "groep-hof": ("here", True, ""),
        "groep-stad": ("here", True, ""),
        "groep-dorp": ("here", False, UNSURE),
        "groep-west": ("adjoining", False, ""),
    }
    overlap = {one.group_id: one.overlap for one in found.candidates}
    assert overlap["groep-oost"] == pytest.approx(0.0314, abs=0.001)
    assert overlap["groep-stad"] == pytest.approx(0.0079, abs=0.001)
    assert overlap["groep-dorp"] is overlap["groep-west"] is None


def test_a_neighbour_noted_by_hand_is_offered_where_the_map_shows_water() -> None:
    areas = [AreaFact("a", "A", "district"), AreaFact("b", "B", "district")]
    groups = [GroupFact(f"g{one}", one, "neighbourhood", one) for one in "ab"]
    shape = DirectoryMap(areas, groups, neighbours=[("a", "b")])
    index = AreaIndex({"a": square(0, 0), "b": square(3000, 0)})
    found = Atlas(shape, index).propose(region_at(500, 500, 100), NOW).candidates
    assert [(one.group_id, one.section, one.ticked) for one in found] == [
        ("ga", "here", True),
        ("gb", "adjoining", False),
    ]


def test_a_region_over_nothing_known_proposes_nothing() -> None:
    _, index, shape = small()
    found = Atlas(shape, index).propose(region_at(-50_000, 0, 10), NOW)
    assert (found.areas, found.candidates) == ((), ())
    assert Atlas(shape, AreaIndex({})).propose(region_at(0, 0, 10), NOW).candidates == ()
    assert index.hits(Region(None)) == {}
