"""Which areas an op touches, and which are an officer's own: pure (security.md §3).

An officer who is neither operator nor account holder changes reports, posts and the directory of
their own area only. Their area is ``area_id`` of their person record, which account holders keep,
with every area inside it. Without an area they work for the whole team. What belongs to no area
belongs to everybody.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from contract.op import Op, Record
from contract.vocabulary import Role

Find = Callable[[str, str], Record | None]

DEEPEST = 12
"""How many levels of areas inside areas are followed."""

_BY_FIELD = frozenset(
    "report post group area_role area_neighbour area_shape sign_request task signup_count".split()
)

_BY_LINK: Mapping[str, tuple[tuple[str, str], ...]] = {
    "placement": (("post_id", "post"), ("group_id", "group")),
    "group_parent": (("group_id", "group"),),
    "group_administrator": (("group_id", "group"),),
    "report_link": (("report_id", "report"), ("other_id", "report")),
}

BOUND = _BY_FIELD | {"area", "photo"} | frozenset(_BY_LINK)
"""The kinds that belong to an area."""


def bound_area(roles: Collection[str], person: Mapping[str, Any]) -> str:
    """Return the area that a person is bound to; empty for who works for the whole team."""
    if Role.OFFICER not in roles or {Role.OPERATOR, Role.ACCOUNT_HOLDER} & set(roles):
        return ""
    return str(person.get("area_id") or "")


def inside(area: str, areas: Iterable[Record]) -> frozenset[str]:
    """Return an area with every area inside it; a ring of areas does no harm."""
    below: dict[str, list[str]] = {}
    for one in areas:
        if not one.deleted:
            below.setdefault(str(one.body.get("parent_id") or ""), []).append(one.id)
    found, edge = {area}, [area]
    for _ in range(DEEPEST):
        edge = [low for high in edge for low in below.get(high, ()) if low not in found]
        if not edge:
            break
        found.update(edge)
    return frozenset(found)


def touched(op: Op, record: Record | None, find: Find) -> frozenset[str]:
    """Return the areas that an op touches: where the record stands, and where it would go.

    ``find`` gives another record of the team, for what belongs to an area through it.
    """
    return frozenset(area for area in _touched(op, record, find) if area)


def _touched(op: Op, record: Record | None, find: Find) -> Iterator[str]:
    bodies = [] if record is None else [record.body]
    if op.verb in ("create", "update"):
        bodies.append(op.set)
    if op.kind == "area":
        if record is not None:
            yield op.id
        for body in bodies[-1:] if op.verb in ("create", "update") else ():
            yield str(body.get("parent_id") or "")
        return
    for body in bodies:
        if op.kind in _BY_FIELD:
            yield str(body.get("area_id") or "")
        links = _BY_LINK.get(op.kind, ())
        if op.kind == "photo":
            links = (("parent_id", str(body.get("parent_kind") or "")),)
        for name, kind in links:
            linked = find(kind, str(body.get(name) or "")) if body.get(name) else None
            if linked is not None:
                yield str(linked.body.get("area_id") or "")
