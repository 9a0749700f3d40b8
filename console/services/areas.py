"""Areas and their outlines: taken over from a file, and asked by place (F18, F36, C9)."""

import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from console.domain.alert import ReadAlert
from console.domain.area_at import areas_at
from console.domain.area_diff import AreaLine, Difference, FileArea, FileAreas, compare
from console.domain.area_moves import PERSON, is_made, moves
from console.domain.changes import Changes
from console.domain.directory import Place
from console.domain.directory_map import DirectoryMap
from console.domain.failures import Problem, Refused
from console.domain.geo import AreaIndex, Region, region_of
from console.domain.lookup import PlaceSeen
from console.domain.reach import Message
from console.domain.reach_by_place import Atlas, Proposal
from console.intake import areas as intake
from console.intake.area_model import AreaFile, AreaReading
from console.intake.files import Unreadable
from console.services.area_merger import move
from console.services.desk import Desk, Unit
from console.storage import area_shapes, directory_tree, places
from console.storage.database import Connection
from console.storage.projection import shown
from contract.outline import BadOutline, box_of, decoded, encoded
from contract.vocabulary import Role

T = TypeVar("T")

TURN_OPS = 150
"""The most ops of one turn of an import: a turn is all or nothing at central as well."""

TURN_CHARACTERS = 600_000
"""The most characters of outlines in one turn; a push holds some megabytes."""

NOTHING_TICKED = Problem("nothing-ticked", "Er is niets aangevinkt.", "Vink aan wat u overneemt.")


class Areas:
    """Everything the import of areas and "Wie krijgt dit" ask of outlines."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._turn = 0
        self._atlas: tuple[int, Atlas] | None = None
        self._read: area_shapes.Kept = {}
        self._index = AreaIndex({})
        desk.store.subscribe(self._on_changes)

    def about(self, path: str) -> AreaFile:
        """Say what a file is about; slow, so never on the screen's thread.

        Raises:
            Refused: the file is no file of areas, or cannot be read.
        """
        return _readable(lambda: intake.about(Path(path)))

    def read(self, path: str, municipalities: Collection[str]) -> FileAreas:
        """Read the areas of these municipalities; slow, so never on the screen's thread.

        Raises:
            Refused: as ``about``.
        """
        return in_kept_form(_readable(lambda: intake.read_areas(Path(path), municipalities)))

    def differences(
        self, found: FileAreas, municipalities: Collection[str], year: int = 0
    ) -> Future[list[AreaLine]]:
        """Return what a file would change; nothing is kept. ``year`` where the file has none."""

        def work(conn: Connection) -> list[AreaLine]:
            known = area_shapes.known(conn)
            lines = compare(
                known,
                found.areas,
                year=found.year or year,
                chosen=municipalities,
                whole=not found.more,
            )
            return lines + moves(known, area_shapes.movers(conn), lines)

        return self._desk.look(work, "areas.differences")

    def accept(self, lines: Sequence[AreaLine]) -> list[Future[int]]:
        """Keep these differences, in turns that are each all or nothing; only account holders.

        Each future gives how many lines its turn kept. A turn that is broken off leaves the earlier
        ones kept: the same file again shows what is left.
        """
        problem = NOTHING_TICKED if not lines else _without_target(lines)
        if problem is not None:
            refused: Future[int] = Future()
            refused.set_exception(Refused(problem))
            return [refused]
        made = [self._desk.act(_turn(part)) for part in _turns(_in_order(lines))]
        made.append(self._desk.act(_neighbours))
        return made

    def reach(
        self, region: Region, kind: str, message_class: str = "", now: str = ""
    ) -> Future[Proposal]:
        """Return the areas a circle or surface touches and the groups to choose from (F36)."""
        message = Message(kind, message_class, now or self._desk.now())
        return self._desk.look(lambda conn: self._atlas_of(conn).propose(region, message))

    def reach_of_reading(
        self, read: ReadAlert, kind: str, message_class: str = ""
    ) -> Future[Proposal] | None:
        """Return the same for what was read and is not kept yet; None where it says no place."""
        region = region_of(read.circle or {}, read.polygons)
        return None if region is None else self.reach(region, kind, message_class)

    def reach_of_alert(
        self, alert_id: str, kind: str, message_class: str = ""
    ) -> Future[Proposal | None]:
        """Return the same for the circle or surface of an alert.

        None where the alert has none that can be read, or no known outline lies under it: then
        names and hierarchy decide, as for every alert without a place on the map.
        """
        message = Message(kind, message_class, self._desk.now())

        def work(conn: Connection) -> Proposal | None:
            record = shown(conn, "alert", alert_id) if alert_id else None
            body: Mapping[str, object] = record.body if record else {}
            region = _region(body)
            if region is None:
                return None
            found = self._atlas_of(conn).propose(region, message)
            return found if found.areas else None

        return self._desk.look(work)

    def areas_at(self, found: Sequence[PlaceSeen]) -> Future[list[Place]]:
        """Return every area these places lie in; more than one: a person chooses (F60)."""

        def work(conn: Connection) -> list[Place]:
            atlas = self._atlas_of(conn)
            return [
                place
                for one in found
                for place in places.at(atlas.shape, areas_at(atlas, one), one.label)
            ]

        return self._desk.look(work, "areas.at")

    def _atlas_of(self, conn: Connection) -> Atlas:
        """Return directory and outlines, read again only where something of them changed."""
        with self._lock:
            turn, kept, before = self._turn, self._atlas, self._read
        if kept is not None and kept[0] == turn:
            return kept[1]
        shape: DirectoryMap = directory_tree.shape(conn)
        read = area_shapes.outlines(conn, before)
        same = read.keys() == before.keys() and all(read[key][1] is before[key][1] for key in read)
        index = self._index if same else _indexed(read)
        made = Atlas(shape, index)
        with self._lock:
            self._atlas, self._read, self._index = (turn, made), read, index
        return made

    def _on_changes(self, touched: Changes) -> None:
        if touched.touches(*directory_tree.KINDS, *area_shapes.KINDS):
            with self._lock:
                self._turn += 1


def in_kept_form(reading: AreaReading) -> FileAreas:
    """Return the areas of a file with their outlines as they would be kept."""
    found = []
    for one in reading.areas:
        try:
            shape = encoded(one.outline)
        except BadOutline:
            continue
        found.append(
            FileArea(
                one.code,
                str(one.level),
                one.name,
                one.municipality,
                one.parent,
                shape,
                one.inhabitants,
            )
        )
    lost = len(reading.areas) - len(found)
    return FileAreas(reading.year, tuple(found), reading.left_out + lost, reading.more)


def _indexed(read: area_shapes.Kept) -> AreaIndex:
    return AreaIndex({key: one for key, (_, one) in read.items() if one is not None})


def _region(body: Mapping[str, object]) -> Region | None:
    place, polygons = body.get("circle"), body.get("polygons")
    return region_of(
        place if isinstance(place, Mapping) else {}, polygons if isinstance(polygons, list) else []
    )


def _readable(work: Callable[[], T]) -> T:
    try:
        return work()
    except Unreadable as unreadable:
        problem = Problem(unreadable.code, unreadable.message_nl, "Er is niets veranderd.")
        raise Refused(problem) from unreadable


def _without_target(lines: Sequence[AreaLine]) -> Problem | None:
    """Return what is wrong where something goes up in an area that is not made; None: nothing."""
    for one in lines:
        if one.needs_new and not is_made(one.into, lines):
            return Problem(
                "merger-without-target",
                f"{one.name} gaat naar {one.into_name}, maar dat gebied is niet aangevinkt. "
                "Er is niets veranderd.",
                f"Vink bij Nieuw ook {one.into_name} aan.",
            )
    return None


def _in_order(lines: Sequence[AreaLine]) -> list[AreaLine]:
    """Put what others hang under or go up in first."""
    order = {"municipality": 0, "district": 1, "neighbourhood": 2}
    last = {Difference.MERGED: 1, Difference.GONE: 1, Difference.MOVED: 2}
    return sorted(lines, key=lambda one: (last.get(one.difference, 0), order.get(one.level, 3)))


def _turns(lines: Sequence[AreaLine]) -> Iterator[list[AreaLine]]:
    part: list[AreaLine] = []
    ops = characters = 0
    for one in lines:
        weight = 1 + bool(one.shape) + (one.difference is not Difference.CHANGED)
        full = ops + weight > TURN_OPS or characters + len(one.shape) > TURN_CHARACTERS
        # Colleagues may ask for a second factor; a refusal there takes nothing else along.
        apart = bool(part) and one.level == PERSON and part[-1].level != PERSON
        if part and (full or apart):
            yield part
            part, ops, characters = [], 0, 0
        part.append(one)
        ops += weight
        characters += len(one.shape)
    if part:
        yield part


def _turn(lines: Sequence[AreaLine]) -> Callable[[Unit], int]:
    def work(unit: Unit) -> int:
        unit.require(Role.ACCOUNT_HOLDER)
        ids = area_shapes.codes(unit.conn)
        done = 0
        with unit.group():
            for one in lines:
                done += _keep(unit, one, ids)
        return done

    return work


def _keep(unit: Unit, line: AreaLine, ids: dict[str, str]) -> int:
    """Keep one line; 0 where a colleague did so before, or the area is gone meanwhile."""
    if line.difference is Difference.MOVED:
        return move(unit, line, ids)
    fields = dict(line.fields)
    if line.parent:
        # Where the wijk was not taken over, a buurt hangs under its municipality.
        around = ids.get(line.parent) or ids.get(f"GM{line.code[2:6]}", "")
        if around and around != line.id:
            fields["parent_id"] = around
    area_id = line.id
    if line.difference is Difference.NEW:
        if line.code in ids:
            return 0
        area_id = ids[line.code] = unit.create("area", fields)
        unit.log("area", area_id, "imported", str(fields.get("year", "")))
    elif shown(unit.conn, "area", area_id) is None:
        return 0
    elif line.difference is Difference.CHANGED:
        if fields:
            unit.update("area", area_id, **fields)
        if line.code:
            ids[line.code] = area_id
    else:
        _end(unit, line, fields, ids)
    if line.shape:
        _keep_shape(unit, area_id, line)
    return 1


def _end(unit: Unit, line: AreaLine, fields: dict[str, object], ids: dict[str, str]) -> None:
    """End an area without losing it: what lies in it is found in the area it went up in (C9)."""
    into = ids.get(line.into, "")
    fields.setdefault("ended_year", int(unit.now[:4]))
    if into and into != line.id:
        fields["merged_into"] = into
        if not _hangs_in_the_past(unit, line.id):
            fields["parent_id"] = into
        unit.log("area", line.id, "merged", line.into_name)
    else:
        unit.log("area", line.id, "ended", str(fields["ended_year"]))
    unit.update("area", line.id, **fields)


def _hangs_in_the_past(unit: Unit, area_id: str) -> bool:
    """Say whether what lies around an area ended too: then it stays there, with its old names."""
    own = shown(unit.conn, "area", area_id)
    around = shown(unit.conn, "area", str(own.body.get("parent_id") or "")) if own else None
    return around is not None and bool(around.body.get("ended_year"))


def _keep_shape(unit: Unit, area_id: str, line: AreaLine) -> None:
    outline = decoded(line.shape)
    if outline is None:
        return
    body = {"area_id": area_id, "shape": line.shape, "box": box_of(outline)}
    if line.fields.get("year"):
        body["year"] = line.fields["year"]
    if area_shapes.has_shape(unit.conn, area_id):
        unit.update("area_shape", area_id, **body)
    else:
        # One outline per area: two desks that import the same file make the same record.
        unit.create("area_shape", body, area_id)


def _neighbours(unit: Unit) -> int:
    """Note which areas of one level adjoin by their outlines; what a person noted stays."""
    unit.require(Role.ACCOUNT_HOLDER)
    noted = area_shapes.neighbour_pairs(unit.conn)
    by_level: dict[str, dict[str, str]] = {}
    for one in area_shapes.known(unit.conn):
        if one.shape and not one.ended_year:
            by_level.setdefault(one.level, {})[one.id] = one.shape
    made = 0
    for shapes in by_level.values():
        read = {key: (text, decoded(text)) for key, text in shapes.items()}
        for pair in _indexed(read).pairs():
            if frozenset(pair) not in noted:
                unit.create("area_neighbour", {"area_id": pair[0], "neighbour_id": pair[1]})
                made += 1
    return made
