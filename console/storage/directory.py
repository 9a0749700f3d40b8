"""Everything of one group or area: its own row, its people, its last posts and agreements."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Select, select

from console.domain.area_history import merged_in
from console.domain.directory import (
    NOT_HERE,
    ONLY_WORKERS,
    AdministratorRow,
    Agreement,
    AreaCard,
    GroupCard,
    RecentPost,
    WhoIsWho,
)
from console.domain.directory_gaps import (
    NO_ADMINISTRATOR,
    area_gaps,
    confirmed,
    days_between,
    inner_gaps,
    limit_of,
    sentence,
)
from console.domain.directory_map import DirectoryMap, SeatFact
from console.models.directory import administrator, area, area_neighbour, area_role, group
from console.models.directory import group_administrator as seat
from console.models.directory import group_parent as hung
from console.models.handover import log_entry
from console.models.post import placement, post
from console.storage import contact
from console.storage.history import names
from console.storage.register import missing_from
from contract.vocabulary import AreaLevel, AreaRole, PostType, Reach, Wish

RECENT = 5
AGREEMENTS = 20
AGREEMENT = "agreement"
"""The ``what`` of a log line that holds an agreement with administrators."""

ALWAYS_SHOWN = (AreaRole.OFFICER, AreaRole.MUNICIPAL_DIRECTOR, AreaRole.ENFORCEMENT)
"""Roles whose absence is a visible gap (F13)."""

WHERE_KNOWN = (AreaRole.COORDINATOR, AreaRole.MUNICIPAL_CONTACT)

MASK = "••••"


def group_card(
    conn: Connection, shape: DirectoryMap, group_id: str, now: str, *, sees_contact: bool = True
) -> GroupCard | None:
    """Return everything about one group; None where it is not here.

    ``sees_contact``: who asks may see numbers and links, with a reason.
    """
    g = group.c
    row = conn.execute(
        select(g.streets, g.postcodes, g.invite_link, g.note, g.confirmed_at).where(
            g.id == group_id
        )
    ).first()
    fact = shape.groups.get(group_id)
    if row is None or fact is None:
        return None
    tier = shape.is_tier(group_id)
    ends = shape.ends(group_id) if tier else {}
    area_id = shape.area_of(group_id)
    gaps = inner_gaps(shape, group_id, now)
    unseen = _unseen(
        row.invite_link, bool(contact.held_back(conn, "group", (group_id,))), sees_contact
    )
    return GroupCard(
        id=group_id,
        name=fact.name,
        kind=fact.kind,
        state=fact.state or "active",
        area_id=area_id,
        area_name=shape.areas[area_id].name if area_id else "",
        area_code=_code(shape, area_id),
        municipality=_municipality(shape, area_id),
        reach=fact.reach or Reach.DIRECT,
        reach_via=fact.reach_via,
        wish=fact.wish or Wish.ACUTE_ONLY,
        quiet_from=fact.quiet_from,
        quiet_until=fact.quiet_until,
        members=fact.members,
        member_limit=limit_of(shape, group_id),
        streets=tuple(str(one) for one in row.streets or ()),
        postcodes=tuple(str(one) for one in row.postcodes or ()),
        invite_link=f"https://chat.whatsapp.com/{MASK}" if row.invite_link and not unseen else "",
        note=row.note or "",
        confirmed_at=row.confirmed_at or "",
        days_since=days_between(confirmed(shape, group_id), now),
        child_groups=len(ends),
        child_members=sum(shape.groups[key].members for key in ends),
        parents=tuple(
            (kind, key, _name_of(shape, kind, key)) for kind, key in shape.parents(group_id)
        ),
        gaps=(
            *(sentence(shape.groups[key].name, word) for key, word in gaps),
            *(f"Staat niet meer in de lijst {one}." for one in missing_from(conn, group_id)),
        ),
        who=who_is_who(shape, area_id),
        neighbours=tuple(shape.areas[one].name for one in shape.neighbours(area_id)),
        administrators=_administrators(conn, shape, group_id, now, sees_contact),
        without_administrator=tuple(
            shape.groups[key].name for key, word in gaps if word == NO_ADMINISTRATOR
        ),
        recent=recent(conn, group_id),
        agreements=agreements(conn, group_id),
        own_area_id=fact.area_id if fact.area_id in shape.areas else "",
        own_limit=fact.member_limit,
        link_unseen=unseen,
    )


def area_card(conn: Connection, shape: DirectoryMap, area_id: str) -> AreaCard | None:
    """Return everything about one area; None where it is not here."""
    fact = shape.areas.get(area_id)
    a = area.c
    row = conn.execute(
        select(a.inhabitants, a.inhabitants_year, a.inhabitants_source, a.note).where(
            a.id == area_id
        )
    ).first()
    if fact is None or row is None:
        return None
    under = [key for key in shape.groups_under("area", area_id) if not shape.groups[key].gone]
    for key in shape.lying_in.get(area_id, ()):
        if key not in under and not shape.groups[key].gone:
            under.append(key)
    parent = shape.areas.get(fact.parent_id)
    return AreaCard(
        id=area_id,
        name=fact.name,
        level=fact.level,
        code=fact.code,
        parent_id=fact.parent_id if parent else "",
        parent_name=parent.name if parent else "",
        inhabitants=row.inhabitants,
        note=row.note or "",
        who=who_is_who(shape, area_id),
        neighbours=tuple((one, shape.areas[one].name) for one in shape.neighbours(area_id)),
        groups=tuple((key, shape.groups[key].name) for key in under),
        gaps=tuple(sentence(fact.name, word) for word in area_gaps(shape, area_id)),
        inner_groups=len(shape.ends_in(area_id)),
        ended_year=fact.ended_year,
        went_into=_area_title(shape, fact.merged_into),
        came_from=tuple(
            (shape.areas[one].name, shape.areas[one].ended_year)
            for one in merged_in(shape, area_id)
        ),
        inhabitants_year=row.inhabitants_year or 0,
        inhabitants_source=row.inhabitants_source or "",
    )


def who_is_who(shape: DirectoryMap, area_id: str) -> tuple[WhoIsWho, ...]:
    """Return who has which role, of the area or the nearest around it; a gap is an empty name."""
    found = []
    for role in (*ALWAYS_SHOWN, *WHERE_KNOWN):
        one = shape.who(area_id, role)
        if one is not None:
            away = shape.areas[one.area_id].name if one.area_id != area_id else ""
            own = one.id if one.area_id == area_id else ""
            found.append(WhoIsWho(role, one.name, one.note, own, away))
        elif role in ALWAYS_SHOWN:
            found.append(WhoIsWho(role, ""))
    return tuple(found)


def masked(phone: str) -> str:
    """Return a phone number as it stands before a reason is given: its kind, no digit of it."""
    if not phone:
        return ""
    return f"06-{MASK} {MASK}" if phone.startswith("+316") else f"{MASK} {MASK}"


def phones(conn: Connection, ids: Sequence[str]) -> dict[str, str]:
    """Return the phone numbers of administrators; only after a log line was written."""
    c = administrator.c
    found = conn.execute(select(c.id, c.phone).where(c.id.in_(ids)))
    return {row.id: row.phone for row in found if row.phone}


def invite_link(conn: Connection, group_id: str) -> str:
    """Return the invite link of a group; only after a log line was written."""
    found = conn.execute(select(group.c.invite_link).where(group.c.id == group_id))
    return found.scalar_one_or_none() or ""


RECENT_TYPES = (PostType.BROADCAST, PostType.FORWARD, PostType.RECORDED)


def recent_query(group_id: str) -> Select[tuple[str, ...]]:
    """Return the question for the last posts in a group, newest first."""
    p, pl = post.c, placement.c
    return (
        select(
            p.id,
            p.title,
            pl.state,
            pl.state_at,
            p.outcome,
            p.waiver_reason,
            p.feedback_due_at,
            p.settled_at,
        )
        .select_from(placement)
        .join(post, p.id == pl.post_id)
        .where(
            pl.group_id == group_id,
            pl.state == "placed",
            p.type.in_([str(one) for one in RECENT_TYPES]),
        )
        .order_by(pl.state_at.desc())
        .limit(RECENT)
    )


def recent(conn: Connection, group_id: str) -> tuple[RecentPost, ...]:
    """Return the last five posts in a group with their feedback (day.md §2, 20:42)."""
    return tuple(
        RecentPost(
            row.id,
            row.title or "",
            row.state_at or "",
            row.state,
            row.outcome or ("waived" if row.waiver_reason else ""),
            row.feedback_due_at or "",
            row.settled_at or "",
        )
        for row in conn.execute(recent_query(group_id))
    )


def agreements(conn: Connection, group_id: str) -> tuple[Agreement, ...]:
    """Return what was agreed with the administrators of a group, newest first."""
    c = log_entry.c
    rows = conn.execute(
        select(c.id, c.text, c.by, c.made_at, c.at)
        .where(c.subject_kind == "group", c.subject_id == group_id, c.what == AGREEMENT)
        .order_by(c.n.desc())
        .limit(AGREEMENTS)
    ).all()
    people = names(conn, [row.by for row in rows])
    return tuple(
        Agreement(row.id, row.text or "", people.get(row.by, ""), row.made_at or row.at or "")
        for row in rows
    )


def parent_links(conn: Connection, group_id: str) -> list[tuple[str, str, str]]:
    """Return (record id, area or group, id) of everything a group was hung under."""
    c = hung.c
    rows = conn.execute(
        select(c.id, c.parent_kind, c.parent_id).where(c.group_id == group_id).order_by(c.n)
    )
    return [(row.id, row.parent_kind, row.parent_id) for row in rows]


def neighbour_links(conn: Connection, area_id: str) -> list[tuple[str, str]]:
    """Return (record id, other area) of every adjoining area, whichever side noted it."""
    c = area_neighbour.c
    found = []
    for own, other in ((c.area_id, c.neighbour_id), (c.neighbour_id, c.area_id)):
        rows = conn.execute(select(c.id, other.label("other")).where(own == area_id))
        found += [(row.id, row.other) for row in rows]
    return found


def own_roles(conn: Connection, area_id: str) -> list[tuple[str, str]]:
    """Return (record id, role) of who has a role in this area itself."""
    c = area_role.c
    rows = conn.execute(select(c.id, c.role).where(c.area_id == area_id).order_by(c.n))
    return [(row.id, row.role) for row in rows]


def seats_of(conn: Connection, administrator_id: str) -> list[tuple[str, str, str]]:
    """Return (record id, group, role) of every group somebody sits in."""
    c = seat.c
    rows = conn.execute(
        select(c.id, c.group_id, c.role).where(c.administrator_id == administrator_id).order_by(c.n)
    )
    return [(row.id, row.group_id, row.role) for row in rows]


def _administrators(
    conn: Connection, shape: DirectoryMap, group_id: str, now: str, sees: bool
) -> tuple[AdministratorRow, ...]:
    seats = _one_each(shape, group_id, shape.all_seats(group_id))
    ids = [one.administrator_id for one in seats]
    numbers, held = phones(conn, ids), contact.held_back(conn, "administrator", ids)
    found = []
    for one in seats:
        key = one.administrator_id
        number = numbers.get(key, "")
        unseen = _unseen(number, key in held, sees)
        found.append(_row(shape, one, "" if unseen else number, unseen, now))
    return tuple(found)


def _unseen(value: str | None, held_back: bool, sees: bool) -> str:
    """Say why a number or link cannot be shown; empty where it can, or where there is none."""
    if not sees:
        return ONLY_WORKERS if value or held_back else ""
    return NOT_HERE if held_back and not value else ""


def _one_each(shape: DirectoryMap, group_id: str, seats: Iterable[SeatFact]) -> list[SeatFact]:
    """Keep one seat per person: the one below, where it says which street they look after."""
    chosen: dict[str, SeatFact] = {}
    for one in seats:
        before = chosen.get(one.administrator_id)
        if before is None or before.group_id == group_id:
            chosen[one.administrator_id] = one
    rank = {"coordinator": 0, "administrator": 1, "deputy": 2}
    return sorted(
        chosen.values(),
        key=lambda one: (
            one.group_id != group_id,
            shape.groups[one.group_id].name.casefold(),
            rank.get(one.role, 3),
            shape.people[one.administrator_id].name.casefold(),
        ),
    )


def _row(shape: DirectoryMap, one: SeatFact, phone: str, unseen: str, now: str) -> AdministratorRow:
    person = shape.people[one.administrator_id]
    return AdministratorRow(
        id=person.id,
        link_id=one.id,
        name=person.name,
        group_id=one.group_id,
        group_name=shape.groups[one.group_id].name,
        role=one.role,
        masked_phone=masked(phone),
        has_phone=bool(phone),
        on_burgernet=person.on_burgernet,
        confirmed_at=person.confirmed_at,
        days_since=days_between(person.confirmed_at, now),
        active=person.active,
        wish=person.wish,
        quiet_from=person.quiet_from,
        quiet_until=person.quiet_until,
        reach=person.reach or Reach.DIRECT,
        unseen=unseen,
    )


def _code(shape: DirectoryMap, area_id: str) -> str:
    return next((one.code for one in shape.chain(area_id) if one.code), "")


def _municipality(shape: DirectoryMap, area_id: str) -> str:
    chain = shape.chain(area_id)
    return next((one.name for one in chain if one.level == AreaLevel.MUNICIPALITY), "")


def _area_title(shape: DirectoryMap, area_id: str) -> str:
    return shape.areas[area_id].name if area_id in shape.areas else ""


def _name_of(shape: DirectoryMap, kind: str, key: str) -> str:
    return shape.areas[key].name if kind == "area" else shape.groups[key].name
