"""How the directory changes, inside one act: areas, groups, administrators and their seats."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from console.domain.directory import Numbers
from console.domain.directory_forms import AdministratorForm, AreaForm, GroupForm, WhoForm
from console.domain.directory_map import DirectoryMap
from console.domain.failures import Problem, Refused
from console.services import directory_checks as checks
from console.services.desk import Unit
from console.storage import directory as stored
from console.storage import directory_tree
from console.storage.projection import shown
from contract.leavers import is_pseudonym
from contract.vocabulary import AreaRole, GroupKind, GroupState, Role

WORKERS = (Role.OPERATOR, Role.OFFICER)
"""Who keeps the directory (``contract.rights``)."""

UNDER_ITSELF = Problem(
    "bad-parents",
    "Een groep of gebied kan niet onder zichzelf hangen.",
    "Kies iets anders om onder te hangen.",
)
GONE = Problem(
    "gone",
    "Dit bestaat niet meer. Er is niets gewijzigd.",
    "Kijk in de boom wat er nu staat.",
)
NOT_EMPTY = Problem(
    "area-not-empty",
    "In dit gebied liggen nog groepen of gebieden.",
    "Hang die eerst ergens anders onder.",
)
ERASED = Problem(
    "erased",
    "De gegevens van deze beheerder zijn gewist; de termijn na vertrek is voorbij.",
    "Maak een nieuwe beheerder. De geschiedenis van de oude blijft.",
)
OFFICER_IN_GROUP = Problem(
    "bad-parents",
    "Onder een buurtgroep kan geen andere groep hangen.",
    "Kies een beheerdersgroep, een regiegroep of een gebied.",
)


def save_group(unit: Unit, group_id: str, form: GroupForm) -> str:
    """Make a group (empty id) or change one, with what it hangs under; returns its id."""
    unit.require(*WORKERS)
    shape = directory_tree.shape(unit.conn)
    fields = checks.group_fields(form)
    parents = _parents(shape, group_id, form.parents)
    if form.area_id and form.area_id not in shape.areas:
        raise Refused(GONE)
    with unit.group():
        if not group_id:
            group_id = unit.create("group", _set(fields))
            unit.log("group", group_id, "made")
        else:
            _exists(group_id in shape.groups)
            unit.update("group", group_id, **fields)
            unit.log("group", group_id, "changed")
        _hang(unit, group_id, parents)
    return group_id


def save_area(unit: Unit, area_id: str, form: AreaForm) -> str:
    """Make an area (empty id) or change one, with its neighbours and who is who; its id."""
    unit.require(*WORKERS)
    shape = directory_tree.shape(unit.conn)
    fields = checks.area_fields(form)
    if form.parent_id:
        _exists(form.parent_id in shape.areas)
        if area_id and form.parent_id in shape.areas_below(area_id):
            raise Refused(UNDER_ITSELF)
    with unit.group():
        if not area_id:
            area_id = unit.create("area", _set(fields))
            unit.log("area", area_id, "made")
        else:
            _exists(area_id in shape.areas)
            unit.update("area", area_id, **fields)
            unit.log("area", area_id, "changed")
        wanted = [one for one in form.neighbours if one in shape.areas and one != area_id]
        _set_neighbours(unit, area_id, wanted)
        _set_roles(unit, area_id, form.who)
    return area_id


def remove_area(unit: Unit, area_id: str) -> None:
    """Take an area away, as after a merger (C9); refused while anything lies in it."""
    unit.require(*WORKERS)
    shape = directory_tree.shape(unit.conn)
    _exists(area_id in shape.areas)
    kept = [key for key in shape.lying_in.get(area_id, ()) if not shape.groups[key].gone]
    if kept or shape.areas_in(area_id) or shape.groups_under("area", area_id):
        raise Refused(NOT_EMPTY)
    with unit.group():
        _set_neighbours(unit, area_id, [])
        _set_roles(unit, area_id, [WhoForm(role) for role in AreaRole])
        unit.log("area", area_id, "removed")
        unit.delete("area", area_id)
        if unit.person.may(Role.ACCOUNT_HOLDER) and shown(unit.conn, "area_shape", area_id):
            unit.delete("area_shape", area_id)


def save_administrator(
    unit: Unit, administrator_id: str, form: AdministratorForm, group_id: str
) -> str:
    """Make or change an administrator and their seat in a group (empty: none); returns the id.

    Whoever fills in a card has just asked: a new card and a new number count as confirmed today.
    """
    unit.require(*WORKERS)
    shape = directory_tree.shape(unit.conn)
    fields = checks.administrator_fields(form)
    role = checks.role(form.role)
    if group_id:
        _exists(group_id in shape.groups)
    with unit.group():
        if not administrator_id:
            body = _set({**fields, "active": True, "confirmed_at": unit.now})
            administrator_id = unit.create("administrator", body)
            unit.log("administrator", administrator_id, "made")
        else:
            _exists(administrator_id in shape.people)
            if fields.get("phone"):
                fields["confirmed_at"] = unit.now
            unit.update("administrator", administrator_id, **fields)
            unit.log("administrator", administrator_id, "changed")
        if group_id:
            take_seat(unit, administrator_id, group_id, role)
    return administrator_id


def take_seat(unit: Unit, administrator_id: str, group_id: str, role: str) -> None:
    """Put somebody in a group in a role; who sits there already gets the new role."""
    for record_id, held, old in stored.seats_of(unit.conn, administrator_id):
        if held == group_id:
            if old != role:
                unit.update("group_administrator", record_id, role=role)
            return
    unit.create(
        "group_administrator",
        {"group_id": group_id, "administrator_id": administrator_id, "role": role},
    )


def seat_in(unit: Unit, administrator_id: str, group_id: str, role: str) -> None:
    """Put somebody who is known already in another group too (Den Helder, seed 002).

    Who had left is administrator again, while their contact data are still there (F52).
    """
    unit.require(*WORKERS)
    shape = directory_tree.shape(unit.conn)
    _exists(administrator_id in shape.people and group_id in shape.groups)
    person = shape.people[administrator_id]
    if not person.active and is_pseudonym(person.name):
        raise Refused(ERASED)
    with unit.group():
        if not person.active:
            unit.update("administrator", administrator_id, active=True, left_at=None)
            unit.log("administrator", administrator_id, "returned", group_id)
        take_seat(unit, administrator_id, group_id, checks.role(role))


def leave(unit: Unit, administrator_id: str, group_id: str = "") -> None:
    """Take somebody out of one group, or out of all: then the card is closed (security.md §4)."""
    unit.require(*WORKERS)
    seats = stored.seats_of(unit.conn, administrator_id)
    going = [record_id for record_id, held, _ in seats if group_id in ("", held)]
    with unit.group():
        for record_id in going:
            unit.delete("group_administrator", record_id)
        if len(going) == len(seats):
            unit.update("administrator", administrator_id, active=False, left_at=unit.now)
        unit.log("administrator", administrator_id, "left", group_id)


def confirm(unit: Unit, kind: str, record_id: str) -> None:
    """Say that a card was checked today with the person themselves (F14)."""
    unit.require(*WORKERS)
    with unit.group():
        unit.update(kind, record_id, confirmed_at=unit.now)
        unit.log(kind, record_id, "confirmed")


def agree(unit: Unit, group_id: str, text: str) -> str:
    """Write down what was agreed with the administrators of a group (day.md §2, 21:25)."""
    unit.require(*WORKERS)
    words = checks.agreement(text)
    return unit.log("group", group_id, stored.AGREEMENT, words)


def show_numbers(unit: Unit, group_id: str, why: str) -> Numbers:
    """Write who looks and why, then read the numbers; the caller sees them after both are kept.

    One line for the group, one per administrator, so that a card tells who looked at it, and one
    for the invite link. The lines name no number and no person (security.md §4).
    """
    unit.require(*WORKERS)
    words = checks.reason(why)
    shape = directory_tree.shape(unit.conn)
    _exists(group_id in shape.groups)
    ids = list(dict.fromkeys(one.administrator_id for one in shape.all_seats(group_id)))
    with unit.group():
        unit.log("group", group_id, "numbers_shown", reason=words)
        for administrator_id in ids:
            unit.log("administrator", administrator_id, "card_shown", reason=words)
        link = stored.invite_link(unit.conn, group_id)
        if link:
            unit.log("group", group_id, "invite_shown", reason=words)
    return Numbers(stored.phones(unit.conn, ids), link)


def set_member_limit(unit: Unit, number: int) -> None:
    """Set the most members of a group for the whole team (C6)."""
    unit.require(Role.ACCOUNT_HOLDER)
    checks.limit(number)
    record = {"members": number}
    if directory_tree.has_limit(unit.conn):
        unit.update("setting", directory_tree.LIMIT_SETTING, value=record)
    else:
        unit.create("setting", {"value": record}, directory_tree.LIMIT_SETTING)


def _parents(
    shape: DirectoryMap, group_id: str, parents: Sequence[tuple[str, str]]
) -> list[tuple[str, str]]:
    wanted = list(dict.fromkeys(parents))
    for kind, key in wanted:
        if kind == "area":
            _exists(key in shape.areas)
            continue
        _exists(key in shape.groups and shape.groups[key].state != GroupState.GONE)
        if key == group_id or (group_id and group_id in _above(shape, key)):
            raise Refused(UNDER_ITSELF)
        if shape.groups[key].kind == GroupKind.NEIGHBOURHOOD:
            raise Refused(OFFICER_IN_GROUP)
    return wanted


def _above(shape: DirectoryMap, group_id: str) -> set[str]:
    found: set[str] = set()
    todo = [group_id]
    while todo:
        key = todo.pop()
        if key not in found:
            found.add(key)
            todo += [parent for kind, parent in shape.parents(key) if kind == "group"]
    return found


def _hang(unit: Unit, group_id: str, wanted: list[tuple[str, str]]) -> None:
    standing: set[tuple[str, str]] = set()
    for record_id, kind, key in stored.parent_links(unit.conn, group_id):
        if (kind, key) in wanted and (kind, key) not in standing:
            standing.add((kind, key))
        else:
            unit.delete("group_parent", record_id)
    for kind, key in wanted:
        if (kind, key) not in standing:
            unit.create(
                "group_parent", {"group_id": group_id, "parent_kind": kind, "parent_id": key}
            )


def _set_neighbours(unit: Unit, area_id: str, wanted: Sequence[str]) -> None:
    standing: set[str] = set()
    for record_id, other in stored.neighbour_links(unit.conn, area_id):
        if other in wanted and other not in standing:
            standing.add(other)
        else:
            unit.delete("area_neighbour", record_id)
    for other in dict.fromkeys(wanted):
        if other not in standing:
            unit.create("area_neighbour", {"area_id": area_id, "neighbour_id": other})


def _set_roles(unit: Unit, area_id: str, wanted: Sequence[WhoForm]) -> None:
    """Set the roles that were filled in; roles that are not on the form stay as they are."""
    standing: dict[str, str] = {}
    for record_id, role in stored.own_roles(unit.conn, area_id):
        standing.setdefault(role, record_id)
    save = partial(unit.update, "area_role")
    for form in wanted:
        name = " ".join(form.name.split())[:120]
        note = form.note.strip()[:400]
        record_id = standing.get(form.role, "")
        if name and record_id:
            save(record_id, name=name, note=note)
        elif name:
            body = {"area_id": area_id, "role": form.role, "name": name, "note": note}
            unit.create("area_role", body)
        elif record_id:
            unit.delete("area_role", record_id)


def _set(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "")}


def _exists(there: bool) -> None:
    if not there:
        raise Refused(GONE)
