"""Areas that went up in another: kept under their old name, found by it, led to what is now (C9).

Pure. A municipality that merged stays as a record; reports and messages of before keep pointing at
it. What is asked of it today is answered by the area it went up in.
"""

from console.domain.directory_map import DirectoryMap


def successor(shape: DirectoryMap, area_id: str) -> str:
    """Return the area that this one went up in, at last; itself where it did not."""
    seen = {area_id}
    step = area_id
    while step in shape.areas and shape.areas[step].ended_year:
        into = shape.areas[step].merged_into
        if into in seen or into not in shape.areas:
            break
        seen.add(into)
        step = into
    return step


def at_present(shape: DirectoryMap, area_id: str) -> str:
    """Return where the groups of an area are now: itself while any is left, else its successor."""
    return area_id if holds_groups(shape, area_id) else successor(shape, area_id)


def holds_groups(shape: DirectoryMap, area_id: str) -> bool:
    """Say whether a group that exists lies in an area or in what lies inside it."""
    return any(
        shape.groups[key].standing
        for inside in shape.areas_below(area_id)
        for key in (*shape.lying_in.get(inside, ()), *shape.groups_under("area", inside))
    )


def merged_in(shape: DirectoryMap, area_id: str) -> list[str]:
    """Return the areas that went up in this one, by name."""
    found = [
        shape.areas[key]
        for key in shape.past
        if shape.areas[key].merged_into == area_id and key != area_id
    ]
    return [one.id for one in sorted(found, key=lambda one: (one.name.casefold(), one.id))]


def past_and_present(shape: DirectoryMap, area_ids: list[str]) -> list[str]:
    """Return these areas, and after each that went up in another the one it went up in."""
    found: dict[str, None] = {}
    for key in area_ids:
        found[key] = None
        found[successor(shape, key)] = None
    return list(found)


def with_past(shape: DirectoryMap, area_ids: dict[str, None]) -> dict[str, None]:
    """Return these areas with those that went up in one of them: a group may be left there."""
    before = {key: None for key in shape.past if successor(shape, key) in area_ids}
    return {**area_ids, **before}
