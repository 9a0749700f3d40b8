"""The shape of the directory survives whatever records point at (F12)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from console.domain.directory_map import AreaFact, DirectoryMap, GroupFact
from console.domain.directory_tree import Wanted, lines, path_to
from console.domain.reach import Message, candidates, quiet_now

NOW = "2026-03-10T14:00:00.000Z"
IDS = st.sampled_from(["a", "b", "c", "d", "nowhere"])
KINDS = st.sampled_from(["neighbourhood", "business", "regie", "administrators"])
PARENTS = st.lists(st.tuples(st.sampled_from(["area", "group", "x"]), IDS), max_size=3)


@st.composite
def shapes(draw: st.DrawFn) -> DirectoryMap:
    """Make areas and groups that hang under anything, circles and nothing included."""
    areas = [
        AreaFact(key, key, draw(st.sampled_from(["municipality", "village"])), "", draw(IDS))
        for key in draw(st.sets(st.sampled_from("abcd")))
    ]
    groups = [
        GroupFact(
            key,
            key,
            draw(KINDS),
            draw(IDS),
            state=draw(st.sampled_from(["", "active", "asleep", "gone"])),
            members=draw(st.integers(0, 2000)),
            parents=tuple(draw(PARENTS)),
        )
        for key in draw(st.sets(st.sampled_from("abcd")))
    ]
    return DirectoryMap(areas, groups, neighbours=draw(st.lists(st.tuples(IDS, IDS), max_size=4)))


def all_open(shape: DirectoryMap) -> list[tuple[str, str]]:
    """Return what the tree shows with every line opened."""
    toggled: frozenset[str] = frozenset()
    for _ in range(20):
        made = lines(shape, Wanted(toggled), NOW)
        closed = {one.key for one in made if one.children and not one.open}
        if not closed:
            break
        toggled |= closed
    assert len({one.key for one in made}) == len(made)
    return [(one.kind, one.id) for one in made]


@given(shapes())
def test_every_area_and_every_living_group_stands_in_the_tree(shape: DirectoryMap) -> None:
    shown = all_open(shape)
    assert {key for kind, key in shown if kind == "area"} == set(shape.areas)
    living = {key for key, one in shape.groups.items() if not one.gone}
    hidden_below = {
        key
        for key in living
        if shape.parents(key)
        and all(kind == "group" and shape.groups[up].gone for kind, up in shape.parents(key))
    }
    assert living - hidden_below <= {key for kind, key in shown if kind == "group"} | _below(
        shape, hidden_below
    )


def _below(shape: DirectoryMap, keys: set[str]) -> set[str]:
    found, todo = set(keys), list(keys)
    while todo:
        for key in shape.groups_under("group", todo.pop()):
            if key not in found:
                found.add(key)
                todo.append(key)
    return found


@given(shapes(), st.lists(IDS, max_size=3))
def test_candidates_are_named_once_and_adjoining_ones_are_never_ticked(
    shape: DirectoryMap, chosen: list[str]
) -> None:
    found = candidates(shape, chosen, Message("warning", "", NOW))
    ids = [one.group_id for one in found]
    assert len(ids) == len(set(ids))
    assert not any(one.ticked for one in found if one.section == "adjoining")
    assert not any(one.ticked and one.why_not for one in found)
    assert not any(shape.groups[one.group_id].gone for one in found)


@given(shapes(), IDS)
def test_the_way_to_a_group_ends_at_that_group(shape: DirectoryMap, key: str) -> None:
    way = path_to(shape, "group", key)
    assert bool(way) == (key in shape.groups)
    assert not way or way[-1].endswith(f"/group:{key}")


def test_quiet_hours_run_over_midnight_in_local_time() -> None:
    assert quiet_now("22:00", "07:00", "2026-03-10T21:30:00.000Z")
    assert quiet_now("22:00", "07:00", "2026-03-10T05:59:00.000Z")
    assert not quiet_now("22:00", "07:00", "2026-03-10T06:00:00.000Z")
    assert not quiet_now("22:00", "07:00", "2026-03-10T20:59:00.000Z")
    assert quiet_now("12:00", "14:00", "2026-03-10T11:30:00.000Z")
    assert not quiet_now("12:00", "12:00", "2026-03-10T11:30:00.000Z")
    assert not quiet_now("", "07:00", "2026-03-10T02:00:00.000Z")
