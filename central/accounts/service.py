"""Accounts, each function in one transaction. The costly work on passwords is done outside."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from central.accounts import repository
from central.accounts.repository import AnyRow
from central.auth import first_code, second_factor, throttle
from central.auth import repository as sessions
from central.auth import service as auth
from central.auth.sign_in import begin_try
from central.clock import stamp
from central.journal import repository as journal
from central.journal.chain import Entry
from central.looking import repository as looking
from central.problems import Refusal
from central.sync import repository as records
from central.team.service import make_team, teams_seen
from contract.access import (
    AccountSeen,
    AccountsSeen,
    CodeGiven,
    FirstAccountRequest,
    NewAccountRequest,
    SecondFactorOffer,
)
from contract.messages import TeamSeen
from contract.problems import ProblemCode
from contract.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Opened:
    """What a one-time code is for; ``names``: what the new password may not be."""

    purpose: str
    names: tuple[str, ...]


def look_up(conn: Connection, code: str, host: str, moment: datetime) -> Opened | None:
    """Return what a code is for, or None; a wrong one counts as a try of this address."""
    aim = throttle.aim_from(host)
    begin_try(conn, (aim,), moment)
    found = _good_code(conn, code, moment)
    if found is None:
        return None
    sessions.take_back_try(conn, aim)
    account = repository.by_name(conn, found.account) if found.account else None
    names = [found.team_name, found.account]
    if account is not None:
        person = records.person(conn, account.team, account.person)
        names.append(str(person.body.get("name") or "") if person else "")
        names.append(dict(records.teams(conn)).get(account.team, ""))
    return Opened(found.purpose, tuple(names))


def first_account(
    conn: Connection, asked: FirstAccountRequest, password_hash: str, moment: datetime
) -> TeamSeen:
    """Make a team, its first person and their account, and use the code up.

    A file that a desk worked with alone has its team already: then the account is for a person who
    keeps that team.
    """
    code = _take(conn, asked.code, (first_code.FIRST, first_code.TEAM), moment)
    if repository.by_name(conn, asked.account) is not None:
        raise Refusal(ProblemCode.ACCOUNT_TAKEN)
    if code.purpose == first_code.TEAM:
        team = make_team(conn, code.team_name, asked.person, moment)
    else:
        team = _team_at_hand(conn, asked, moment)
    now = stamp(moment)
    repository.add(conn, name=asked.account, team_id=team.id, person=asked.person.id, at=now)
    repository.change(conn, asked.account, password_hash=password_hash, password_at=now)
    _note(conn, team.id, asked.person.id, "", "account_added", asked.person.id, now)
    return TeamSeen(
        id=team.id,
        name=team.name,
        persons=tuple(one for one in team.persons if one.id == asked.person.id),
    )


def give(
    conn: Connection, token: str, team: str, asked: NewAccountRequest, moment: datetime
) -> CodeGiven:
    """Give a person an account, or start theirs anew; returns the code for choosing a password.

    Starting anew ends their sessions, and takes the old password and second factor away at once.
    Nobody starts their own anew: another account holder does (security.md §3).
    """
    caller = auth.administrator(conn, token, team, moment)
    person = records.person(conn, team, asked.person)
    if person is None or not auth.is_active(person):
        raise Refusal(ProblemCode.NOT_FOUND)
    by_name = repository.by_name(conn, asked.account)
    mine = repository.of_person(conn, team, asked.person)
    if (by_name is not None and (by_name.team, by_name.person) != (team, asked.person)) or (
        mine is not None and mine.name != asked.account
    ):
        raise Refusal(ProblemCode.ACCOUNT_TAKEN)
    now = stamp(moment)
    if mine is None:
        repository.add(conn, name=asked.account, team_id=team, person=asked.person, at=now)
        act = "account_added"
    else:
        if caller.person == asked.person:
            raise Refusal(ProblemCode.FORBIDDEN, "Another account holder does this")
        _start_anew(conn, mine, moment)
        act = "account_started_anew"
    _note(conn, team, caller.person, caller.device, act, asked.person, now)
    code, until = first_code.new_activation(conn, asked.account, moment)
    return CodeGiven(code=code, until=until)


def start_anew(conn: Connection, account: str, moment: datetime) -> str | None:
    """Return a code that starts an account anew, for the one who runs central; None without it.

    For a team whose only account holder lost the password or the second factor.
    """
    found = repository.by_name(conn, account.strip().lower())
    if found is None:
        return None
    _start_anew(conn, found, moment)
    _note(conn, found.team, "", "", "account_started_anew", found.person, stamp(moment))
    return first_code.new_activation(conn, found.name, moment)[0]


def activate(conn: Connection, code: str, password_hash: str, moment: datetime) -> None:
    """Keep the password that somebody chose with their code, and use the code up."""
    found = _take(conn, code, (first_code.ACTIVATE,), moment)
    account = repository.by_name(conn, found.account)
    if account is None:
        raise Refusal(ProblemCode.CODE_REFUSED)
    now = stamp(moment)
    repository.change(conn, account.name, password_hash=password_hash, password_at=now)
    sessions.forget_tries(conn, throttle.aim_at_account(account.name))
    _note(conn, account.team, account.person, "", "account_activated", account.person, now)


def accounts(conn: Connection, token: str, team: str, moment: datetime) -> AccountsSeen:
    """Return who of the team has an account."""
    auth.administrator(conn, token, team, moment)
    return AccountsSeen(
        accounts=tuple(
            AccountSeen(
                person=row.person,
                account=row.name,
                active=bool(row.password_hash or row.subject),
                second_factor=row.second_secret is not None,
            )
            for row in repository.of_team(conn, team)
        )
    )


def remove(conn: Connection, token: str, team: str, person: str, moment: datetime) -> None:
    """Erase the account of a person who left, and end their sessions. Not one's own."""
    caller = auth.administrator(conn, token, team, moment)
    found = repository.of_person(conn, team, person)
    if found is None:
        raise Refusal(ProblemCode.NOT_FOUND)
    if caller.person == person:
        raise Refusal(ProblemCode.FORBIDDEN, "Another account holder does this")
    _start_anew(conn, found, moment)
    repository.drop_codes(conn, first_code.ACTIVATE, team_name="", account=found.name)
    repository.drop(conn, found.name)
    _note(conn, team, caller.person, caller.device, "account_removed", person, stamp(moment))


def begin_change(conn: Connection, token: str, moment: datetime) -> tuple[AnyRow, tuple[str, ...]]:
    """Return the account of the session and what a password may not be; counts one try."""
    caller, account = own_account(conn, token, moment)
    begin_try(conn, (throttle.aim_at_account(account.name),), moment)
    person = records.person(conn, caller.team, caller.person)
    team = dict(records.teams(conn)).get(caller.team, "")
    return account, (account.name, team, str(person.body.get("name") or "") if person else "")


def change_password(
    conn: Connection, token: str, verified: str, password_hash: str, moment: datetime
) -> None:
    """Keep another password and end all sessions of the person but this one.

    ``verified`` is the hash that the old password was checked against.
    """
    caller, account = own_account(conn, token, moment)
    if account.password_hash != verified:
        raise Refusal(ProblemCode.UNAUTHENTICATED)
    now = stamp(moment)
    repository.change(conn, account.name, password_hash=password_hash, password_at=now)
    sessions.revoke_person(conn, caller.team, caller.person, now, but_family=caller.family)
    sessions.forget_tries(conn, throttle.aim_at_account(account.name))
    _note(conn, caller.team, caller.person, caller.device, "password_changed", caller.person, now)


def offer(conn: Connection, token: str, moment: datetime) -> SecondFactorOffer:
    """Make a secret for the app; it counts only once ``confirm`` saw a code of it."""
    caller, account = own_account(conn, token, moment)
    if account.second_secret is not None and not caller.second_factor:
        raise Refusal(ProblemCode.SECOND_FACTOR)
    secret = second_factor.new_secret()
    repository.change(conn, account.name, second_offer=secret)
    return SecondFactorOffer(secret=secret, uri=second_factor.address(secret, account.name))


def confirm(conn: Connection, token: str, code: str, moment: datetime) -> None:
    """Turn the second factor on when the app shows the right code; this session proved it now."""
    caller, account = own_account(conn, token, moment)
    if account.second_secret is not None and not caller.second_factor:
        raise Refusal(ProblemCode.SECOND_FACTOR)
    secret = account.second_offer
    step = second_factor.step_of(secret, code, moment, None) if secret else None
    if step is None:
        raise Refusal(ProblemCode.CODE_REFUSED)
    repository.change(conn, account.name, second_secret=secret, second_offer=None, second_step=step)
    sessions.prove_family(conn, caller.family)
    person, device = caller.person, caller.device
    _note(conn, caller.team, person, device, "second_factor_on", person, stamp(moment))


def own_account(conn: Connection, token: str, moment: datetime) -> tuple[auth.Caller, AnyRow]:
    """Return the caller with their account; ``not-found`` for a session without one."""
    caller = auth.authenticate(conn, token, moment)
    found = repository.of_person(conn, caller.team, caller.person)
    if found is None or caller.embedded:
        raise Refusal(ProblemCode.NOT_FOUND)
    return caller, found


def _team_at_hand(conn: Connection, asked: FirstAccountRequest, moment: datetime) -> TeamSeen:
    teams = teams_seen(conn)
    if not teams:
        return make_team(conn, asked.team_name, asked.person, moment)
    for team in teams:
        for person in team.persons:
            if person.id == asked.person.id and Role.ACCOUNT_HOLDER in person.roles:
                return team
    raise Refusal(ProblemCode.ALREADY_SET_UP)


def _good_code(conn: Connection, code: str, moment: datetime) -> AnyRow | None:
    found = repository.code_by(conn, first_code.hash_of(code))
    return found if found is not None and found.until > stamp(moment) else None


def _take(conn: Connection, code: str, purposes: tuple[str, ...], moment: datetime) -> AnyRow:
    found = _good_code(conn, code, moment)
    if (
        found is None
        or found.purpose not in purposes
        or not repository.take_code(conn, found.code_hash)
    ):
        raise Refusal(ProblemCode.CODE_REFUSED)
    repository.drop_codes_over(conn, stamp(moment))
    return found


def _start_anew(conn: Connection, account: AnyRow, moment: datetime) -> None:
    repository.change(
        conn,
        account.name,
        password_hash=None,
        second_secret=None,
        second_offer=None,
        second_step=None,
        subject=None,
    )
    sessions.revoke_person(conn, account.team, account.person, stamp(moment))
    looking.end_of_person(conn, account.team, account.person, stamp(moment))


def _note(
    conn: Connection, team: str, person: str, device: str, act: str, about: str, at: str
) -> None:
    """Write down who did what to whose account; the name of the account is not in it."""
    entry = Entry("", act, "account", about, 0, "", "")
    journal.note(conn, team, at=at, person=person, device=device, entries=[entry])
