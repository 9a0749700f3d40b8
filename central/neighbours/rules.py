"""What is shared with a team beside, and what adjoins: pure (F21).

A message is shared where its team switched that on, it was released in the last days, the guard had
nothing against it, and its area adjoins an area of the team that asks. Areas adjoin where both
teams have the same code, where one noted the other as adjoining, or where their outlines touch.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from contract.neighbours import TOUCH_M, NeighbourState
from contract.vocabulary import AlertState, Outcome, PostStatus, PostType

Box = tuple[float, float, float, float]

_SHARED = frozenset({PostType.BROADCAST, PostType.FORWARD})
_OUT = frozenset({PostStatus.RELEASED, PostStatus.CLOSED})


@dataclass(frozen=True, slots=True)
class Place:
    """An area that a message is about. ``codes``: its own, and of what was noted beside it."""

    id: str
    name: str
    codes: frozenset[str]
    shape: str = ""
    box: Box | None = None


def may_be_shared(body: Mapping[str, Any], since: str) -> bool:
    """Say whether a post is of the kind that goes to teams beside; ``since``: the earliest stamp.

    Never training, never what was recorded afterwards, never what the guard would have stopped.
    """
    return (
        body.get("type") in _SHARED
        and body.get("status") in _OUT
        and str(body.get("released_at") or "") >= since
        and bool(str(body.get("body") or "").strip())
        and bool(body.get("area_id"))
        and not body.get("training")
        and not body.get("guard_differs")
    )


def state_of(
    body: Mapping[str, Any], alert: Mapping[str, Any] | None, *, corrected: bool
) -> NeighbourState:
    """Say whether a message still holds: no outcome, no ended action and no correction."""
    settled = bool(body.get("settled_at")) and body.get("outcome") != Outcome.STILL_RUNNING
    over = alert is not None and alert.get("state") == AlertState.ENDED
    return NeighbourState.ENDED if settled or over or corrected else NeighbourState.RUNNING


def box_of(value: object) -> Box | None:
    """Return a kept box; None for anything that is not four numbers in order."""
    if not isinstance(value, list) or len(value) != 4:
        return None
    if not all(isinstance(one, int | float) and not isinstance(one, bool) for one in value):
        return None
    west, south, east, north = map(float, value)
    return (west, south, east, north) if west <= east and south <= north else None


def boxes_touch(one: Box, other: Box) -> bool:
    """Say whether two boxes overlap or lie within touching distance."""
    return (
        one[0] - TOUCH_M <= other[2]
        and other[0] - TOUCH_M <= one[2]
        and one[1] - TOUCH_M <= other[3]
        and other[1] - TOUCH_M <= one[3]
    )


def adjoining(
    places: Collection[Place], codes: Collection[str], outlines: Iterable[Mapping[str, Any]]
) -> frozenset[str]:
    """Return the places that adjoin a team with these codes and outlines (bodies, walked once)."""
    found = {one.id for one in places if not one.codes.isdisjoint(codes)}
    left = [one for one in places if one.id not in found and one.shape and one.box is not None]
    if left:
        found.update(_touching(left, outlines))
    return frozenset(found)


def _touching(places: list[Place], outlines: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    # Only here: a central without outlines to compare never loads the library.
    import shapely

    from contract.outline import decoded

    shapes = {one.id: shape for one in places if (shape := decoded(one.shape)) is not None}
    left = {one.id: one.box for one in places if one.id in shapes and one.box is not None}
    for body in outlines:
        box = box_of(body.get("box"))
        near = [key for key, other in left.items() if box is not None and boxes_touch(box, other)]
        shape = decoded(str(body.get("shape") or "")) if near else None
        for key in near if shape is not None else ():
            if shapely.dwithin(shapes[key], shape, TOUCH_M):
                del left[key]
                yield key
        if not left:
            return
