"""PostgreSQL: who is let in at the very moment in which they are shut out (security.md §3)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from central.accounts import repository as account_rows
from central.accounts import service as accounts
from central.auth import repository as sessions
from central.auth import service as auth
from central.auth import sign_in, throttle
from central.clock import stamp
from central.devices import repository as devices
from central.problems import Refusal
from contract.access import PasswordSignIn
from contract.messages import Device, RefreshRequest, Session
from contract.problems import ProblemCode
from tests.helpers.accounts_line import KEEPER, PASSWORD, AccountsLine
from tests.helpers.at_once import Work, at_once


@pytest.fixture
def line(postgres_url: str) -> Iterator[AccountsLine]:
    with AccountsLine(postgres_url) as made:
        made.begin()
        yield made


def test_a_session_renewed_while_its_desk_is_revoked_ends_with_it(line: AccountsLine) -> None:
    renewed, _ = at_once(line.office.database, _renew(line), _revoke(line))
    assert isinstance(renewed, Session)
    assert not _lets_in(line, renewed)


def test_a_session_renewed_while_the_account_is_started_anew_ends_with_it(
    line: AccountsLine,
) -> None:
    renewed, _ = at_once(line.office.database, _renew(line), _start_anew(line))
    assert isinstance(renewed, Session)
    assert not _lets_in(line, renewed)


def test_nobody_signs_in_while_their_account_is_started_anew(line: AccountsLine) -> None:
    opened, _ = at_once(line.office.database, _enter(line), _start_anew(line))
    assert isinstance(opened, Session)
    assert not _lets_in(line, opened)


def test_an_account_that_is_being_started_anew_opens_no_session(line: AccountsLine) -> None:
    _, refused = at_once(line.office.database, _start_anew(line), _enter(line))
    assert refused is ProblemCode.UNAUTHENTICATED


def test_nobody_signs_in_at_a_desk_that_is_being_revoked(line: AccountsLine) -> None:
    _, refused = at_once(line.office.database, _revoke(line), _enter(line))
    assert refused is ProblemCode.DEVICE_REVOKED


def test_a_desk_that_is_revoked_while_it_renews_gets_nothing(line: AccountsLine) -> None:
    _, renewed = at_once(line.office.database, _revoke(line), _renew(line))
    assert renewed is None


def _renew(line: AccountsLine) -> Work:
    asked = RefreshRequest(refresh_token=line.renewal)
    return lambda conn: auth.refresh(conn, line.office.settings, asked, line.watch())


def _revoke(line: AccountsLine) -> Work:
    def work(conn: Connection) -> None:
        devices.set_revoked(conn, line.team, "desk-1", stamp(line.watch()))
        sessions.revoke_device(conn, line.team, "desk-1", stamp(line.watch()))

    return work


def _start_anew(line: AccountsLine) -> Work:
    return lambda conn: accounts.start_anew(conn, KEEPER, line.watch())


def _enter(line: AccountsLine) -> Work:
    asked = PasswordSignIn(
        grant="password",
        account=KEEPER,
        password=PASSWORD,
        code=line.digits(),
        device=Device(id="desk-1", name="Balie 1"),
    )
    aims = (throttle.aim_at_account(KEEPER), throttle.aim_from("here"))

    stored, settings = line.office.database.read_now(_hash), line.office.settings
    return lambda conn: sign_in._decide(conn, settings, asked, aims, stored, None, line.watch())


def _hash(conn: Connection) -> str | None:
    found = account_rows.by_name(conn, KEEPER)
    return None if found is None else found.password_hash


def _lets_in(line: AccountsLine, session: Session) -> bool:
    try:
        line.office.database.read_now(
            lambda conn: auth.authenticate(conn, session.access_token, line.watch())
        )
    except Refusal:
        return False
    return True
