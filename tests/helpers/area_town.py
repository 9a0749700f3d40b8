"""A team with two areas and a record of every bound kind in each."""

from __future__ import annotations

import itertools
from typing import Any

from tests.helpers.central_line import CentralLine, new_id, op

PLACED = {
    "report": "area_id",
    "post": "area_id",
    "group": "area_id",
    "area_role": "area_id",
    "area_neighbour": "area_id",
    "area_shape": "area_id",
}
BY_LINK = {
    "placement": ("post_id", "post"),
    "group_parent": ("group_id", "group"),
    "group_administrator": ("group_id", "group"),
    "report_link": ("report_id", "report"),
}


class Town:
    """Two areas, one inside the first, and one record of each placed kind in each."""

    def __init__(self, line: CentralLine) -> None:
        self.line = line
        self.areas = {"own": new_id(), "below": new_id(), "other": new_id()}
        parents = {"own": "", "below": self.areas["own"], "other": ""}
        made = [
            op(
                "create",
                "area",
                one,
                set={"name": name, "level": "district", "parent_id": parents[name]},
            )
            for name, one in self.areas.items()
        ]
        self.records: dict[tuple[str, str], str] = {}
        for place, kind in itertools.product(self.areas, ("report", "group", "post")):
            one = self.records[kind, place] = new_id()
            body = {**BODIES[kind], "area_id": self.areas[place]}
            made.append(op("create", kind, one, set=body))
        assert {one["status"] for one in line.push(*made)} == {"applied"}

    def ask(self, kind: str, verb: str, place: str) -> dict[str, Any]:
        """Write an op that touches one area."""
        area = self.areas[place]
        if kind == "area":
            if verb == "create":
                body = {"name": "x", "level": "district", "parent_id": area}
                return op(verb, kind, new_id(), set=body)
            return self._on(kind, verb, area, {"note": "x"})
        if (kind, place) in self.records and verb != "create":
            return self._on(kind, verb, self.records[kind, place], {"note": "x", "title": "x"})
        fields: dict[str, Any] = {PLACED[kind]: area} if kind in PLACED else {}
        if kind in BY_LINK:
            name, of = BY_LINK[kind]
            fields = {name: self.records[of, place]}
        return op(
            verb, kind, new_id(), set=fields, **({"command": "x"} if verb == "command" else {})
        )

    def _on(self, kind: str, verb: str, record: str, body: dict[str, str]) -> dict[str, Any]:
        if verb == "update":
            return op(verb, kind, record, set=body, was={})
        return op(verb, kind, record, **({"command": "x"} if verb == "command" else {}))


BODIES: dict[str, dict[str, Any]] = {
    "report": {
        "category": "person",
        "text": "Man kijkt in auto's",
        "place": "Kerkplein",
        "heard_at": "2026-03-14T12:55:00.000Z",
    },
    "group": {"name": "WA Kerkplein", "kind": "neighbourhood"},
    "post": {"type": "broadcast", "kind": "warning", "title": "Let op"},
}
