"""What goes along when its area went up in another, inside one act (C9)."""

from collections.abc import Mapping

from console.domain.area_diff import AreaLine
from console.domain.area_moves import GROUP
from console.services.desk import Unit
from console.storage import directory as stored
from console.storage.projection import shown


def move(unit: Unit, line: AreaLine, ids: Mapping[str, str]) -> int:
    """Let a record leave the old area for what took its place; posts and reports stay as they are.

    ``ids`` are the areas that exist, by code. Returns 0 where the record or the new area is gone, or
    somebody moved it before.
    """
    record = shown(unit.conn, line.level, line.id)
    old = str(line.fields["from"])
    new = str(line.fields["to"]) or ids.get(line.into, "")
    if record is None or not new or new == old:
        return 0
    lies_here = record.body.get("area_id") == old
    moved = _move_links(unit, line.id, old, new) if line.level == GROUP else 0
    if not lies_here and not moved:
        return 0
    if lies_here:
        unit.update(line.level, line.id, area_id=new)
    unit.log(line.level, line.id, "area_moved", f"{line.was['area']} → {line.into_name}")
    return 1


def _move_links(unit: Unit, group_id: str, old: str, new: str) -> int:
    """Hang a group that hangs under the old area under the new one, once."""
    links = stored.parent_links(unit.conn, group_id)
    hung = [link for link, kind, key in links if kind == "area" and key == old]
    there = any(kind == "area" and key == new for _, kind, key in links)
    for link in hung:
        if there:
            unit.delete("group_parent", link)
        else:
            unit.update("group_parent", link, parent_id=new)
            there = True
    return len(hung)
