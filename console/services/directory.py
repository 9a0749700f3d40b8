"""What a person asks of the directory and keeps in it (F11-F14, F18)."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TypeVar

from console.domain.area_history import past_and_present
from console.domain.changes import Changes
from console.domain.directory import (
    AreaCard,
    Candidate,
    DirectoryCounts,
    GroupCard,
    Numbers,
    Place,
    SearchHit,
    TreeNode,
)
from console.domain.directory_forms import AdministratorForm, AreaForm, GroupForm
from console.domain.directory_map import DirectoryMap
from console.domain.directory_tree import Wanted, counts, lines, path_to, with_gaps
from console.domain.reach import Message, candidates, picked
from console.services import directory_changes as changes
from console.services.desk import Desk, Unit
from console.storage import directory as stored
from console.storage import directory_tree, places, search
from console.storage.database import Connection
from contract import rights

T = TypeVar("T")

PLACES_MOST = 12


@dataclass(frozen=True, slots=True)
class TreeView:
    """The tree as the screen shows it. ``suggestion``: a name that looks like an empty search.

    ``first_found`` is the key of the first line that was searched for, not only leads to one.
    """

    lines: list[TreeNode]
    counts: DirectoryCounts
    suggestion: str = ""
    first_found: str = ""


class Directory:
    """Everything the Groepen screen, quick entry and "Wie krijgt dit" ask of the directory."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._turn = 0
        self._kept: tuple[int, DirectoryMap] | None = None
        desk.store.subscribe(self._on_changes)

    def tree(
        self, segment: str = "all", typed: str = "", toggled: frozenset[str] = frozenset()
    ) -> Future[TreeView]:
        """Return the visible lines of the tree. ``segment``: all, gaps or mine."""
        person = self._desk.person
        me, own = (person.id, person.area_id) if person else ("", "")
        now = self._desk.now()

        def work(conn: Connection) -> TreeView:
            shape = self._shape(conn)
            mine = shape.officer_areas(me, own)
            found: frozenset[tuple[str, str]] | None = None
            if typed.strip():
                found = _with_groups(shape, directory_tree.found(conn, typed))
            if segment == "gaps":
                gaps = with_gaps(shape, now)
                found = gaps if found is None else found & gaps
            wanted = Wanted(toggled, found, frozenset(mine) if segment == "mine" else None)
            made = lines(shape, wanted, now)
            hint = places.suggestion(conn, typed) if typed.strip() and not made else ""
            first = next((one.key for one in made if found and (one.kind, one.id) in found), "")
            return TreeView(made, counts(shape, mine, now), hint, first)

        return self._desk.look(work, "directory.tree")

    def group(self, group_id: str) -> Future[GroupCard | None]:
        """Return a group's card, numbers masked; None where it is not here.

        Who may never see a number is told so; whose desk it is makes no difference.
        """
        now, person = self._desk.now(), self._desk.person
        sees = person is not None and rights.may_see_contact(person.roles)
        return self._desk.look(
            lambda conn: stored.group_card(
                conn, self._shape(conn), group_id, now, sees_contact=sees
            ),
            "directory.card",
        )

    def area(self, area_id: str) -> Future[AreaCard | None]:
        """Return an area's card; None where it is not here."""
        return self._desk.look(
            lambda conn: stored.area_card(conn, self._shape(conn), area_id), "directory.card"
        )

    def path_to(self, kind: str, record_id: str) -> Future[list[str]]:
        """Return the keys of the lines from the root to a record, itself last."""
        return self._desk.look(lambda conn: path_to(self._shape(conn), kind, record_id))

    def shape(self) -> Future[DirectoryMap]:
        """Return the whole shape, for lists to choose from (areas, groups to hang under)."""
        return self._desk.look(self._shape)

    def search(self, typed: str, limit: int = 20) -> Future[list[SearchHit]]:
        """Return groups, areas, administrators and streets that begin as typed (D16)."""
        return self._desk.look(
            lambda conn: search.search_directory(conn, typed, limit), "directory.search"
        )

    def places(self, typed: str, limit: int = PLACES_MOST) -> Future[list[Place]]:
        """Return places that begin as typed, each with its area and officer (F02)."""
        return self._desk.look(
            lambda conn: places.places(conn, self._shape(conn), typed, limit), "directory.places"
        )

    def relays(self, typed: str, limit: int = PLACES_MOST) -> Future[list[SearchHit]]:
        """Return administrators and groups who may have passed something on (F03)."""
        return self._desk.look(
            lambda conn: places.relays(conn, self._shape(conn), typed, limit), "directory.relays"
        )

    def areas_named(self, name: str) -> Future[list[Place]]:
        """Return every area of this name; with more than one a person chooses (F18)."""
        return self._desk.look(lambda conn: places.areas_named(self._shape(conn), name))

    def candidates(
        self, area_ids: Sequence[str], kind: str, message_class: str = "", now: str = ""
    ) -> Future[list[Candidate]]:
        """Return the groups of these areas, and unticked those of adjoining ones (F18).

        ``kind`` is a MessageKind, ``message_class`` a MessageClass; empty: by the kind.
        """
        message = Message(kind, message_class, now or self._desk.now())
        return self._desk.look(lambda conn: candidates(self._shape(conn), area_ids, message))

    def candidates_of(
        self, group_ids: Sequence[str], kind: str, message_class: str = ""
    ) -> Future[list[Candidate]]:
        """Return these very groups as candidates, for a post somebody starts from a card."""
        message = Message(kind, message_class, self._desk.now())
        return self._desk.look(lambda conn: picked(self._shape(conn), group_ids, message))

    def save_group(self, form: GroupForm, group_id: str = "") -> Future[str]:
        """Make or change a group (F11, F12); returns its id."""
        return self._act(lambda unit: changes.save_group(unit, group_id, form))

    def save_area(self, form: AreaForm, area_id: str = "") -> Future[str]:
        """Make or change an area with its neighbours and who is who (F12, F13)."""
        return self._act(lambda unit: changes.save_area(unit, area_id, form))

    def remove_area(self, area_id: str) -> Future[None]:
        """Take away an area in which nothing lies any more (C9)."""
        return self._act(lambda unit: changes.remove_area(unit, area_id))

    def save_administrator(
        self, form: AdministratorForm, administrator_id: str = "", group_id: str = ""
    ) -> Future[str]:
        """Make or change an administrator, with a seat in a group (F14); returns the id."""
        return self._act(
            lambda unit: changes.save_administrator(unit, administrator_id, form, group_id)
        )

    def seat(self, administrator_id: str, group_id: str, role: str) -> Future[None]:
        """Put a known administrator in another group too."""
        return self._act(lambda unit: changes.seat_in(unit, administrator_id, group_id, role))

    def leave(self, administrator_id: str, group_id: str = "") -> Future[None]:
        """Take somebody out of one group, or out of all of them."""
        return self._act(lambda unit: changes.leave(unit, administrator_id, group_id))

    def confirm(self, kind: str, record_id: str) -> Future[None]:
        """Confirm a group or administrator as of today (F14)."""
        return self._act(lambda unit: changes.confirm(unit, kind, record_id))

    def agree(self, group_id: str, text: str) -> Future[str]:
        """Keep an agreement with the administrators of a group."""
        return self._act(lambda unit: changes.agree(unit, group_id, text))

    def show_numbers(self, group_id: str, reason: str) -> Future[Numbers]:
        """Write the log lines first, then give the numbers and the invite link (security.md §4)."""
        return self._act(lambda unit: changes.show_numbers(unit, group_id, reason))

    def set_member_limit(self, number: int) -> Future[None]:
        """Set the most members of a group for the team (C6); account holder only."""
        return self._act(lambda unit: changes.set_member_limit(unit, number))

    def _shape(self, conn: Connection) -> DirectoryMap:
        """Return the shape, read again only when something of it changed."""
        with self._lock:
            turn, kept = self._turn, self._kept
        if kept is not None and kept[0] == turn:
            return kept[1]
        read = directory_tree.shape(conn)
        with self._lock:
            self._kept = (turn, read)
        return read

    def _act(self, work: Callable[[Unit], T]) -> Future[T]:
        def unit_of_work(unit: Unit) -> T:
            result = work(unit)
            # The news of a commit comes after its future resolves; a look in between must not
            # find the old shape.
            self._on_changes(unit.changes)
            return result

        return self._desk.act(unit_of_work)

    def _on_changes(self, touched: Changes) -> None:
        if touched.touches(*directory_tree.KINDS):
            with self._lock:
                self._turn += 1


def _with_groups(
    shape: DirectoryMap, found: Sequence[tuple[str, str]]
) -> frozenset[tuple[str, str]]:
    """Turn what was found into lines of the tree: an administrator stands for their groups.

    An area that went up in another brings that along: its groups are there now (C9).
    """
    lines_found = {one for one in found if one[0] != "administrator"}
    areas = [key for kind, key in found if kind == "area" and key in shape.areas]
    lines_found |= {("area", key) for key in past_and_present(shape, areas)}
    people = {key for kind, key in found if kind == "administrator"}
    if people:
        for group_id in shape.groups:
            if any(seat.administrator_id in people for seat in shape.seats(group_id)):
                lines_found.add(("group", group_id))
    return frozenset(lines_found)
