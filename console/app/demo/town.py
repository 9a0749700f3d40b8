"""Makes the people, areas, groups and administrators of the invented town (F11-F14)."""

from __future__ import annotations

import base64
import struct
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from itertools import count
from typing import Any

from console.app.demo.stage import Stage
from console.app.demo_clock import BEGIN_DAYS
from console.domain.clock import moment, stamp
from console.services.desk import Unit, new_id
from console.services.team import Team
from contract.vocabulary import FEEDS, LOOKUPS

DAY = 24 * 60
LISTENS_AGO = 0.3
"""Minutes ago that the team began to look at the sources outside."""

WEST, SOUTH = 152_000, 532_000


async def build_town(stage: Stage, town: Mapping[str, Any]) -> None:
    """Make everything in one act of the account holder; agreements follow on their own days."""
    first = stage.desk.person
    assert first is not None
    for person in town["person"]:
        person_id = first.id if person["name"] == first.name else new_id()
        stage.ids[person["key"]] = person_id
        stage.stations[person_id] = person["station"]
    for area in town["area"]:
        stage.ids[area["key"]] = new_id()
    build = partial(_begin, stage, town)
    await stage.play(first.id, [(BEGIN_DAYS * DAY, build)])
    for agreement in sorted(town["agreement"], key=lambda one: -one["days"]):
        agree = partial(_agree, stage, agreement["tier"], agreement["text"])
        await stage.play(stage.ids[agreement["by"]], [(agreement["days"] * DAY, agree)])


async def listen(stage: Stage, person_id: str) -> None:
    """Switch every source outside on, as the account holder."""

    def choose() -> None:
        team = Team(stage.desk)
        team.set_feeds(FEEDS).result()
        team.set_lookups(LOOKUPS).result()

    await stage.play(person_id, [(LISTENS_AGO, choose)])


def _begin(stage: Stage, town: Mapping[str, Any]) -> None:
    stage.desk.act(partial(_build, town=town, ids=stage.ids))


def _build(unit: Unit, town: Mapping[str, Any], ids: dict[str, str]) -> None:
    _people(unit, town, ids)
    _areas(unit, town, ids)
    _tiers(unit, town, ids)
    _groups(unit, town, ids)


def _agree(stage: Stage, tier: str, text: str) -> None:
    group_id = stage.ids[tier]
    stage.desk.act(lambda unit: unit.log("group", group_id, "agreement", text))


def _people(unit: Unit, town: Mapping[str, Any], ids: Mapping[str, str]) -> None:
    for person in town["person"]:
        fields = {
            "name": person["name"],
            "roles": sorted(person["roles"]),
            "active": True,
            "shift_until": person.get("shift_until", ""),
            "area_id": ids.get(person.get("area", ""), ""),
        }
        if ids[person["key"]] == unit.person.id:
            unit.update("person", unit.person.id, **fields)
        else:
            unit.create("person", fields, ids[person["key"]])


def _areas(unit: Unit, town: Mapping[str, Any], ids: Mapping[str, str]) -> None:
    names = {person["key"]: person["name"] for person in town["person"]}
    for area in town["area"]:
        body = {name: area.get(name) for name in ("name", "level", "code", "inhabitants")}
        body |= {"inhabitants_year": 2025, "inhabitants_source": "verzonnen"}
        parent = ids.get(area.get("parent", ""), "")
        unit.create("area", {**body, "parent_id": parent}, ids[area["key"]])
        _outline(unit, ids[area["key"]], area.get("outline", ()))
        for role, who in area.get("role", {}).items():
            key = who.removeprefix("@")
            unit.create(
                "area_role",
                {
                    "area_id": ids[area["key"]],
                    "role": role,
                    "name": names.get(key, who),
                    "person_id": ids[key] if who.startswith("@") else "",
                    "note": area.get("note", {}).get(role, ""),
                },
            )
    for one, other in town["neighbours"][0]["rows"]:
        unit.create("area_neighbour", {"area_id": ids[one], "neighbour_id": ids[other]})


def _outline(unit: Unit, area_id: str, corners: Sequence[Sequence[int]]) -> None:
    """Keep an outline of corners in metres from a place in the IJsselmeer, where no town lies.

    Written by hand as well-known binary: the geometry library is not loaded before it is needed.
    """
    if not corners:
        return
    ring = [(WEST + x, SOUTH + y) for x, y in (*corners, corners[0])]
    data = struct.pack("<BIII", 1, 3, 1, len(ring))
    data += b"".join(struct.pack("<dd", x, y) for x, y in ring)
    across, along = [x for x, _ in ring], [y for _, y in ring]
    box = [min(across), min(along), max(across), max(along)]
    shape = base64.b64encode(data).decode("ascii")
    unit.create("area_shape", {"area_id": area_id, "shape": shape, "box": box}, area_id)


def _tiers(unit: Unit, town: Mapping[str, Any], ids: dict[str, str]) -> None:
    for tier in town["tier"]:
        quiet = tier.get("quiet", ["", ""])
        areas = [ids[parent.removeprefix("area:")] for parent in tier["parents"]]
        ids[tier["key"]] = unit.create(
            "group",
            {
                "name": tier["name"],
                "kind": tier["kind"],
                "area_id": areas[0],
                "wish": tier["wish"],
                "quiet_from": quiet[0],
                "quiet_until": quiet[1],
                "reach": tier.get("reach", "direct"),
                "reach_via": tier.get("via", ""),
                "state": "active",
                "confirmed_at": _days_ago(unit, tier["confirmed"]),
            },
        )
        for area_id in areas:
            unit.create(
                "group_parent",
                {"group_id": ids[tier["key"]], "parent_kind": "area", "parent_id": area_id},
            )


def _groups(unit: Unit, town: Mapping[str, Any], ids: dict[str, str]) -> None:
    numbers = count(1)
    people: dict[str, str] = {}
    for block in town["groups"]:
        for name, members, streets, seats in block["rows"]:
            group_id = unit.create(
                "group",
                {
                    "name": name,
                    "kind": block.get("kind", "neighbourhood"),
                    "area_id": ids[block["area"]],
                    "streets": streets,
                    "members": members,
                    "state": "active",
                },
            )
            ids[name] = group_id
            unit.create(
                "group_parent",
                {"group_id": group_id, "parent_kind": "group", "parent_id": ids[block["tier"]]},
            )
            for seat in seats:
                who, role, days, burgernet = seat.split("/")
                if who not in people:
                    people[who] = _administrator(
                        unit, who, int(days), burgernet == "y", next(numbers)
                    )
                unit.create(
                    "group_administrator",
                    {"group_id": group_id, "administrator_id": people[who], "role": role},
                )


def _administrator(unit: Unit, name: str, days: int, on_burgernet: bool, number: int) -> str:
    return unit.create(
        "administrator",
        {
            "name": name,
            "phone": f"+316000000{number:02d}",
            "on_burgernet": on_burgernet,
            "active": True,
            "confirmed_at": _days_ago(unit, days),
        },
    )


def _days_ago(unit: Unit, days: int) -> str:
    """Return a stamp so many days before today; the act itself is done in the past."""
    begun = moment(unit.now)
    assert begun is not None
    return stamp(begun + timedelta(days=BEGIN_DAYS - days))
