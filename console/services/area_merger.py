"""A group that goes along when its area went up in another, inside one act (C9)."""

from collections.abc import Mapping

from console.domain.area_diff import AreaLine
from console.services.desk import Unit
from console.storage import directory as stored
from console.storage.projection import shown


def move_group(unit: Unit, line: AreaLine, ids: Mapping[str, str]) -> int:
    """Let a group leave the old area for what took its place; its posts and reports stay as is.

    ``ids`` are the areas that exist, by code. Returns 0 where the group or the new area is gone, or
    somebody moved it before.
    """
    record = shown(unit.conn, "group", line.id)
    old = str(line.fields["from"])
    new = str(line.fields["to"]) or ids.get(line.into, "")
    if record is None or not new or new == old:
        return 0
    links = stored.parent_links(unit.conn, line.id)
    hung = [link for link, kind, key in links if kind == "area" and key == old]
    if record.body.get("area_id") != old and not hung:
        return 0
    if record.body.get("area_id") == old:
        unit.update("group", line.id, area_id=new)
    there = any(kind == "area" and key == new for _, kind, key in links)
    for link in hung:
        if there:
            unit.delete("group_parent", link)
        else:
            unit.update("group_parent", link, parent_id=new)
            there = True
    unit.log("group", line.id, "area_moved", f"{line.was['area']} → {line.into_name}")
    return 1
