"""The directory as a list of groups is laid beside it, and the lists that were read (F16)."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from console.domain.register import Known, KnownGroup, KnownLink, KnownPerson, Source
from console.models.directory import administrator, group, group_administrator
from console.models.register import register_link, register_source
from console.storage import directory_tree
from contract.vocabulary import GroupState

_g = group.c
_l = register_link.c


def sources(conn: Connection) -> list[Source]:
    """Read the lists that were read before, by name."""
    s = register_source.c
    rows = conn.execute(select(s.id, s.name, s.headers, s.columns, s.choices, s.read_at))
    found = [
        Source(
            row.id,
            row.name or "",
            row.headers or "",
            _words(row.columns),
            _words(row.choices),
            row.read_at or "",
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: one.name.casefold())


def known(conn: Connection, source_id: str) -> Known:
    """Read every group, administrator and area, and what is a line of this list already."""
    shape = directory_tree.shape(conn)
    a, ga = administrator.c, group_administrator.c
    people = {
        row.id: KnownPerson(
            row.id,
            row.name or "",
            row.phone or "",
            row.email or "",
            row.active is None or bool(row.active),
        )
        for row in conn.execute(select(a.id, a.name, a.phone, a.email, a.active).order_by(a.n))
    }
    seats: dict[str, dict[str, None]] = {}
    for row in conn.execute(select(ga.group_id, ga.administrator_id).order_by(ga.n)):
        if row.administrator_id in people:
            seats.setdefault(row.group_id, {})[row.administrator_id] = None
    rows = conn.execute(
        select(
            _g.id,
            _g.name,
            _g.kind,
            _g.state,
            _g.area_id,
            _g.streets,
            _g.postcodes,
            _g.members,
            _g.invite_link,
            _g.confirmed_at,
            _g.note,
        ).order_by(_g.n)
    )
    groups = {
        row.id: KnownGroup(
            row.id,
            row.name or "",
            row.kind or "",
            row.state == GroupState.GONE,
            shape.area_of(row.id),
            row.area_id or "",
            tuple(map(str, row.streets or ())),
            tuple(map(str, row.postcodes or ())),
            row.members or 0,
            row.invite_link or "",
            row.confirmed_at or "",
            row.note or "",
            tuple(seats.get(row.id, ())),
        )
        for row in rows
    }
    own, elsewhere = _links(conn, source_id, groups)
    return Known(groups, people, dict(shape.areas), own, elsewhere)


def refs(conn: Connection, source_id: str) -> set[str]:
    """Read which lines of a list are a group already."""
    return set(conn.execute(select(_l.ref).where(_l.source_id == source_id)).scalars())


def missing_from(conn: Connection, group_id: str) -> list[str]:
    """Read the names of the lists that have a group no longer."""
    s = register_source.c
    rows = conn.execute(
        select(s.name)
        .join(register_link, _l.source_id == s.id)
        .where(_l.group_id == group_id, _l.missing_at > "")
        .order_by(s.name)
    )
    return [row.name or "" for row in rows]


def _links(
    conn: Connection, source_id: str, groups: Mapping[str, KnownGroup]
) -> tuple[tuple[KnownLink, ...], frozenset[str]]:
    own: dict[str, KnownLink] = {}
    elsewhere: set[str] = set()
    question = select(_l.id, _l.source_id, _l.group_id, _l.ref, _l.said, _l.missing_at)
    for row in conn.execute(question.order_by(_l.n)):
        if row.source_id != source_id:
            elsewhere.add(row.group_id)
        elif row.group_id in groups:
            # Two desks may have read one list at one moment: the first line of a group counts.
            own.setdefault(
                row.group_id,
                KnownLink(
                    row.id, row.group_id, row.ref or "", _words(row.said), row.missing_at or ""
                ),
            )
    return tuple(own.values()), frozenset(elsewhere - own.keys())


def _words(value: object) -> dict[str, str]:
    if not isinstance(value, Mapping):
        return {}
    return {str(key): str(one) for key, one in value.items()}


def sources_named(found: Sequence[Source], name: str) -> Source | None:
    """Return the list of a name, in whatever letters it was typed."""
    wanted = " ".join(name.split()).casefold()
    return next((one for one in found if one.name.casefold() == wanted), None)
