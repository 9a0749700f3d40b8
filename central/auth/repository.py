"""All SQL of sessions, of the desk they are bound to, and of failed tries."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from central.models.access import device, session, sign_in_try

VIA_EMBEDDED = "embedded"
VIA_PASSWORD = "password"
VIA_PROVIDER = "provider"

AnyRow = Row[*tuple[Any, ...]]

_s = session.c
_t = sign_in_try.c

# Every request asks this: building a statement takes longer than running it.
_BY_ACCESS = select(
    _s.team,
    _s.person,
    _s.device,
    _s.family,
    _s.access_until,
    _s.revoked_at,
    _s.via,
    _s.second_factor,
).where(_s.access_hash == bindparam("hashed"))


def by_access(conn: Connection, access_hash: str) -> AnyRow | None:
    """Return the session of an access token."""
    return conn.execute(_BY_ACCESS, {"hashed": access_hash}).one_or_none()


def by_refresh(conn: Connection, refresh_hash: str) -> AnyRow | None:
    """Return the session of a refresh token."""
    query = select(
        _s.access_hash,
        _s.team,
        _s.person,
        _s.device,
        _s.family,
        _s.refresh_until,
        _s.refreshed_at,
        _s.revoked_at,
        _s.via,
        _s.second_factor,
    )
    return conn.execute(query.where(_s.refresh_hash == refresh_hash)).one_or_none()


def add(conn: Connection, **values: Any) -> None:
    """Keep a new session."""
    conn.execute(insert(session).values(**values))


def mark_refreshed(conn: Connection, access_hash: str, at: str) -> bool:
    """Note that the refresh token of this session is used; False: it was, or was ended."""
    used = conn.execute(
        update(session)
        .where(_s.access_hash == access_hash, _s.refreshed_at.is_(None), _s.revoked_at.is_(None))
        .values(refreshed_at=at)
    )
    return used.rowcount == 1


def drop(conn: Connection, access_hash: str) -> None:
    """Forget one session; its tokens are unknown from then on."""
    conn.execute(delete(session).where(_s.access_hash == access_hash))


def revoke_family(conn: Connection, family: str, at: str) -> None:
    """End every session that came from one sign-in."""
    _end(conn, at, _s.family == family)


def revoke_person(
    conn: Connection, team: str, person: str, at: str, *, but_family: str = ""
) -> None:
    """End the sessions of a person that came from an account; one sign-in may stay."""
    mine = (_s.team == team, _s.person == person, _s.via != VIA_EMBEDDED)
    _end(conn, at, *mine, _s.family != but_family)


def revoke_device(conn: Connection, team: str, device_id: str, at: str) -> None:
    """End every session of a desk."""
    _end(conn, at, _s.team == team, _s.device == device_id)


def _end(conn: Connection, at: str, *which: ColumnElement[bool]) -> None:
    # Locked first: one that is being renewed at this moment has a successor, which only a
    # statement that begins after the lock can see.
    live = (*which, _s.revoked_at.is_(None))
    conn.execute(
        select(_s.access_hash).where(*live).order_by(_s.access_hash).with_for_update()
    ).all()
    conn.execute(update(session).where(*live).values(revoked_at=at))


def prove_family(conn: Connection, family: str) -> None:
    """Note that the sessions of one sign-in proved a second factor."""
    conn.execute(update(session).where(_s.family == family).values(second_factor=True))


def drop_over(conn: Connection, before: str) -> None:
    """Forget sessions whose refresh token has run out."""
    conn.execute(delete(session).where(_s.refresh_until < before))


def admits(conn: Connection, team: str, device_id: str, name: str, at: str) -> bool:
    """Note that a desk was seen and say whether it may come in.

    Noted first: who revokes it at this moment is waited for.
    """
    see_device(conn, team, device_id, name, at)
    return not is_revoked(conn, team, device_id)


def is_revoked(conn: Connection, team: str, device_id: str) -> bool:
    """Say whether a desk was revoked."""
    query = select(device.c.revoked_at).where(device.c.team == team, device.c.id == device_id)
    return conn.execute(query).scalar() is not None


def see_device(conn: Connection, team: str, device_id: str, name: str, at: str) -> None:
    """Keep the desk, or note that it was seen again; without a name it keeps the one it had."""
    dialect = postgresql if conn.dialect.name == "postgresql" else sqlite
    news = {"seen_at": at} | ({"name": name} if name else {})
    conn.execute(
        dialect.insert(device)
        .values(team=team, id=device_id, name=name, created_at=at, seen_at=at)
        .on_conflict_do_update(index_elements=[device.c.team, device.c.id], set_=news)
    )


def tries(conn: Connection, aims: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Return how often each aim was tried in vain and when last; locked in one fixed order.

    A row is made where there is none, so that guesses at the same moment wait for each other.
    """
    dialect = postgresql if conn.dialect.name == "postgresql" else sqlite
    for aim in sorted(aims):
        fresh = dialect.insert(sign_in_try).values(aim=aim, fails=0, at="")
        conn.execute(fresh.on_conflict_do_nothing(index_elements=[_t.aim]))
    query = select(_t.aim, _t.fails, _t.at).where(_t.aim.in_(aims)).order_by(_t.aim)
    found = conn.execute(query.with_for_update())
    return {row.aim: (row.fails, row.at) for row in found if row.at}


def count_try(conn: Connection, aim: str, at: str, *, anew: bool) -> None:
    """Count one more try on an aim that ``tries`` locked; ``anew``: earlier ones do not count."""
    fails = 1 if anew else _t.fails + 1
    conn.execute(update(sign_in_try).where(_t.aim == aim).values(fails=fails, at=at))


def take_back_try(conn: Connection, aim: str) -> None:
    """Take back one try: it was no guess."""
    conn.execute(update(sign_in_try).where(_t.aim == aim, _t.fails > 0).values(fails=_t.fails - 1))


def forget_tries(conn: Connection, aim: str) -> None:
    """Forget the tries on an aim."""
    conn.execute(delete(sign_in_try).where(_t.aim == aim))


def drop_tries_over(conn: Connection, before: str) -> None:
    """Forget tries that no longer count."""
    conn.execute(delete(sign_in_try).where(_t.at < before))
