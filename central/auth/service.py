"""Signing in, staying signed in, signing out; and who a request comes from."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection
from uuid_utils import uuid7

from central.auth import repository
from central.auth.tokens import new_token, next_token, same_secret, token_hash
from central.clock import stamp
from central.problems import Refusal
from central.settings import Settings
from central.sync import repository as records
from contract import areas, rights
from contract.messages import (
    Device,
    PersonSeen,
    RefreshRequest,
    Session,
    SignInRequest,
    TeamSeen,
)
from contract.op import Record
from contract.problems import ProblemCode
from contract.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Caller:
    """Who a request comes from, as central's own records have it at this moment.

    ``embedded``: from the desk that carries this central. ``second_factor``: the session proved one.
    ``area``: the one area an officer is bound to; empty for who works for the whole team.
    """

    team: str
    person: str
    device: str
    family: str
    roles: frozenset[str]
    embedded: bool
    second_factor: bool
    area: str = ""

    @property
    def administers(self) -> bool:
        """Whether this session may administer, if the role may (security.md §3)."""
        return self.embedded or self.second_factor


def sign_in(
    conn: Connection, settings: Settings, request: SignInRequest, moment: datetime
) -> Session:
    """Open a session for the desk that carries this central.

    One answer for a wrong secret and an unknown person.
    """
    if not same_secret(request.secret, settings.secret):
        raise Refusal(ProblemCode.UNAUTHENTICATED)
    for team, name in records.teams(conn):
        person = records.person(conn, team, request.person)
        if person is not None and is_active(person):
            at, desk = stamp(moment), request.device
            if not repository.admits(conn, team, desk.id, desk.name, at):
                raise Refusal(ProblemCode.DEVICE_REVOKED)
            repository.drop_over(conn, at)
            return open_session(conn, settings, TeamSeen(id=team, name=name), person, desk, moment)
    raise Refusal(ProblemCode.UNAUTHENTICATED)


def refresh(
    conn: Connection, settings: Settings, request: RefreshRequest, moment: datetime
) -> Session | None:
    """Trade a refresh token for a new pair; None when it is refused.

    A refresh token is good once. Coming back with a used one ends every session of that sign-in,
    and that must be kept: the caller raises after the transaction. Only who made the same attempt
    before and did not use what came of it gets an answer again: theirs was lost on the way.
    """
    now = stamp(moment)
    found = repository.by_refresh(conn, token_hash(request.refresh_token))
    if found is None or found.revoked_at is not None or found.refresh_until <= now:
        return None
    person = records.person(conn, found.team, found.person)
    if person is None or not is_active(person):
        return None
    if not repository.admits(conn, found.team, found.device, "", now):
        return None
    renew = next_token(request.refresh_token, request.attempt)
    first = repository.mark_refreshed(conn, found.access_hash, now)
    if not first:
        lost = repository.by_refresh(conn, token_hash(renew))
        if lost is None or lost.refreshed_at is not None or lost.revoked_at is not None:
            repository.revoke_family(conn, found.family, now)
            return None
        repository.drop(conn, lost.access_hash)
    names = dict(records.teams(conn))
    return open_session(
        conn,
        settings,
        TeamSeen(id=found.team, name=names.get(found.team, "")),
        person,
        Device(id=found.device),
        moment,
        family=found.family,
        via=found.via,
        second_factor=bool(found.second_factor),
        renew=renew,
    )


def authenticate(conn: Connection, token: str, moment: datetime) -> Caller:
    """Return who holds this access token, with the roles of this very moment."""
    found = repository.by_access(conn, token_hash(token)) if token else None
    if found is None or found.revoked_at is not None or found.access_until <= stamp(moment):
        raise Refusal(ProblemCode.UNAUTHENTICATED)
    person = records.person(conn, found.team, found.person)
    if person is None or not is_active(person):
        raise Refusal(ProblemCode.UNAUTHENTICATED)
    roles = roles_of(person)
    return Caller(
        found.team,
        found.person,
        found.device,
        found.family,
        roles,
        embedded=found.via == repository.VIA_EMBEDDED,
        second_factor=bool(found.second_factor),
        area=areas.bound_area(roles, person.body),
    )


def of_team(conn: Connection, token: str, team: str, moment: datetime) -> Caller:
    """Return the caller, who must belong to this team and may read it."""
    caller = authenticate(conn, token, moment)
    if caller.team != team or not rights.may_read(caller.roles):
        raise Refusal(ProblemCode.FORBIDDEN)
    return caller


def administrator(conn: Connection, token: str, team: str, moment: datetime) -> Caller:
    """Return the caller, who must be account holder of this team in a session that may."""
    caller = of_team(conn, token, team, moment)
    if Role.ACCOUNT_HOLDER not in caller.roles:
        raise Refusal(ProblemCode.FORBIDDEN)
    if not caller.administers:
        raise Refusal(ProblemCode.SECOND_FACTOR)
    return caller


def sign_out(conn: Connection, token: str, moment: datetime) -> None:
    """End the session and what was refreshed from it; an unknown token is no error."""
    found = repository.by_access(conn, token_hash(token)) if token else None
    if found is not None:
        repository.revoke_family(conn, found.family, stamp(moment))


def roles_of(person: Record) -> frozenset[str]:
    """Return the roles of a person; words that are no role are left out."""
    return frozenset(role for role in person.body.get("roles") or () if role in set(Role))


def seen(person: Record) -> PersonSeen:
    """Return a person as the desk may see them."""
    return PersonSeen(
        id=person.id,
        name=str(person.body.get("name") or ""),
        roles=tuple(sorted(roles_of(person))),
        active=is_active(person),
    )


def is_active(person: Record) -> bool:
    """Say whether a person still works here."""
    return person.body.get("active") is not False


def open_session(
    conn: Connection,
    settings: Settings,
    team: TeamSeen,
    person: Record,
    device: Device,
    moment: datetime,
    *,
    family: str | None = None,
    via: str = repository.VIA_EMBEDDED,
    second_factor: bool = False,
    renew: str = "",
) -> Session:
    """Make a pair of tokens for a person at a desk; ``family``: the sign-in they come from.

    ``renew``: the refresh token to give; a new one where it is empty. Whoever calls has asked
    whether the desk may come in (``repository.admits``), in this transaction.
    """
    access, renew = new_token(), renew or new_token()
    repository.add(
        conn,
        access_hash=token_hash(access),
        refresh_hash=token_hash(renew),
        family=family or str(uuid7()),
        team=team.id,
        person=person.id,
        device=device.id,
        created_at=stamp(moment),
        access_until=stamp(moment + timedelta(minutes=settings.access_minutes)),
        refresh_until=stamp(moment + timedelta(hours=settings.refresh_hours)),
        via=via,
        second_factor=second_factor,
    )
    return Session(
        access_token=access,
        refresh_token=renew,
        expires_in_s=settings.access_minutes * 60,
        person=seen(person),
        team=team,
        second_factor=second_factor,
    )
