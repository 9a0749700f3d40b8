"""All SQL of accounts and one-time codes."""

from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from central.models.access import account, one_time_code
from central.models.sync import team

AnyRow = Row[*tuple[Any, ...]]

_a = account.c
_COLUMNS = (
    _a.name,
    _a.team,
    _a.person,
    _a.password_hash,
    _a.second_secret,
    _a.second_offer,
    _a.second_step,
    _a.subject,
)
_k = one_time_code.c


def by_name(conn: Connection, name: str, *, lock: bool = False) -> AnyRow | None:
    """Return an account; ``lock``: nobody changes it until this transaction ends."""
    query = select(*_COLUMNS).where(_a.name == name)
    return conn.execute(query.with_for_update() if lock else query).one_or_none()


def of_person(conn: Connection, team_id: str, person: str) -> AnyRow | None:
    """Return the account of a person."""
    query = select(*_COLUMNS).where(_a.team == team_id, _a.person == person)
    return conn.execute(query).one_or_none()


def of_team(conn: Connection, team_id: str) -> list[AnyRow]:
    """Return the accounts of a team, by name."""
    return list(conn.execute(select(*_COLUMNS).where(_a.team == team_id).order_by(_a.name)))


def any_account(conn: Connection, team_name: str | None) -> bool:
    """Say whether there is an account at all, or in a team of this name."""
    query = select(_a.name).limit(1)
    if team_name is not None:
        query = query.join(team, team.c.id == _a.team).where(team.c.name == team_name)
    return conn.execute(query).first() is not None


def add(conn: Connection, *, name: str, team_id: str, person: str, at: str) -> None:
    """Keep a new account, still without a password."""
    conn.execute(insert(account).values(name=name, team=team_id, person=person, created_at=at))


def change(conn: Connection, name: str, **values: Any) -> None:
    """Set these columns of an account."""
    conn.execute(update(account).where(_a.name == name).values(**values))


def use_step(conn: Connection, name: str, step: int) -> bool:
    """Note that a code of the second factor was used; False when it, or a newer one, was before."""
    fresh = or_(_a.second_step.is_(None), _a.second_step < step)
    done = conn.execute(update(account).where(_a.name == name, fresh).values(second_step=step))
    return done.rowcount == 1


def drop(conn: Connection, name: str) -> None:
    """Erase an account."""
    conn.execute(delete(account).where(_a.name == name))


def code_by(conn: Connection, code_hash: str) -> AnyRow | None:
    """Return what a one-time code is for."""
    query = select(_k.code_hash, _k.purpose, _k.team_name, _k.account, _k.until)
    return conn.execute(query.where(_k.code_hash == code_hash)).one_or_none()


def add_code(conn: Connection, **values: str) -> None:
    """Keep a one-time code."""
    conn.execute(insert(one_time_code).values(**values))


def take_code(conn: Connection, code_hash: str) -> bool:
    """Use a one-time code up; False when somebody else was first."""
    return conn.execute(delete(one_time_code).where(_k.code_hash == code_hash)).rowcount == 1


def drop_codes(conn: Connection, purpose: str, *, team_name: str, account: str) -> None:
    """Forget the codes for one purpose."""
    conn.execute(
        delete(one_time_code).where(
            _k.purpose == purpose, _k.team_name == team_name, _k.account == account
        )
    )


def drop_codes_over(conn: Connection, before: str) -> None:
    """Forget the codes that have run out."""
    conn.execute(delete(one_time_code).where(_k.until < before))
