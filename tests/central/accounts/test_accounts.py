"""Accounts: the first, the next, codes that are good once, passwords (security.md §3)."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, Executable, select

from central.accounts.service import start_anew
from central.auth.first_code import make, new_first_code
from central.models import access
from contract import routes
from tests.helpers.accounts_line import KEEPER, OTHER, PASSWORD, AccountsLine, problem
from tests.helpers.central_line import SECRET, CentralLine, new_id, op, report


@pytest.fixture
def desk(place: Path | str) -> Iterator[AccountsLine]:
    """Return a line to a central with its first account holder signed in."""
    with AccountsLine(place) as made:
        made.begin()
        yield made


def test_the_first_account_makes_a_team_and_keeps_it(place: Path | str) -> None:
    with AccountsLine(place) as line:
        person = new_id()
        team = line.first_account(line.first_code(), person=person).json()
        assert (team["name"], [one["id"] for one in team["persons"]]) == ("Kennemer Kust", [person])
        session = line.enter(KEEPER.upper())
        assert set(session["person"]["roles"]) == {"account_holder", "operator"}
        assert session["second_factor"] is False
        line.team = team["id"]
        assert line.push(report())[0]["status"] == "applied"


def test_a_first_code_is_good_once_and_only_while_nobody_has_an_account(place: Path | str) -> None:
    with AccountsLine(place) as line:
        older, newer = line.first_code(), line.first_code()
        assert problem(line.first_account(older)) == (403, "code-refused")
        assert line.first_account(newer.lower().replace("-", " ")).status_code == 201
        again = line.first_account(newer, account="ander")
        assert problem(again) == (403, "code-refused")
        none = line.office.database.write_now(lambda conn: new_first_code(conn, None, line.watch()))
        assert none is None


def test_a_code_runs_out(place: Path | str) -> None:
    with AccountsLine(place) as line:
        code = line.first_code()
        line.watch.move(days=8)
        assert problem(line.first_account(code)) == (403, "code-refused")
        assert line.first_account(line.first_code()).status_code == 201


def test_a_further_team_has_its_own_code_and_sees_nothing_of_the_first(desk: AccountsLine) -> None:
    first, keeper_token = desk.team, desk.token
    made = desk.first_account(desk.first_code("Zuidrand"), account="wim", team_name="Anders")
    assert (made.status_code, made.json()["name"]) == (201, "Zuidrand")
    desk.enter("wim")
    assert problem(desk.call("GET", routes.changes(first))) == (403, "forbidden")
    assert problem(desk.call("GET", routes.accounts(first))) == (403, "forbidden")
    refused = desk.call("GET", routes.changes(made.json()["id"]), token=keeper_token)
    assert problem(refused) == (403, "forbidden")
    desk.prove()
    taken = desk.call(
        "POST", routes.accounts(made.json()["id"]), {"person": desk.person, "account": KEEPER}
    )
    assert problem(taken) == (409, "account-taken")


def test_a_file_that_a_desk_worked_with_alone_gets_accounts_for_the_team_it_has(
    tmp_path: Path,
) -> None:
    with CentralLine(tmp_path / "c.db") as alone:
        alone.set_up()
        team, person = alone.team, alone.person
        worker = alone.add_person("operator")
    with AccountsLine(tmp_path / "c.db") as line:
        code = line.first_code()
        assert problem(line.first_account(code, person=worker)) == (409, "already-set-up")
        assert problem(line.first_account(code)) == (409, "already-set-up")
        made = line.first_account(code, person=person)
        assert (made.status_code, made.json()["id"]) == (201, team)


def test_the_next_person_chooses_a_password_with_a_code_that_is_good_once(
    desk: AccountsLine,
) -> None:
    person = desk.add_person("operator")
    given = desk.give(person, "Joris.B")
    assert given.status_code == 201
    code = given.json()["code"]
    assert problem(desk.try_to_enter("joris.b")) == (401, "unauthenticated")
    assert desk.activate(code, OTHER).status_code == 204
    assert problem(desk.activate(code)) == (403, "code-refused")
    assert desk.enter("joris.b", OTHER)["person"]["id"] == person
    seen = desk.call("GET", routes.accounts(desk.team))
    assert problem(seen) == (403, "forbidden")


def test_an_activation_code_runs_out_and_makes_no_first_account(desk: AccountsLine) -> None:
    code = desk.give(desk.add_person("operator"), "joris").json()["code"]
    assert problem(desk.first_account(code, account="zomaar")) == (403, "code-refused")
    desk.watch.move(hours=73)
    assert problem(desk.activate(code)) == (403, "code-refused")


def test_a_name_belongs_to_one_person_and_a_person_has_one_name(desk: AccountsLine) -> None:
    one, two = desk.add_person("operator"), desk.add_person("operator")
    assert desk.give(one, "joris").status_code == 201
    assert problem(desk.give(two, "joris")) == (409, "account-taken")
    assert problem(desk.give(one, "jan")) == (409, "account-taken")
    assert problem(desk.give(new_id(), "piet")) == (404, "not-found")


def test_a_name_that_is_no_name_is_refused(desk: AccountsLine) -> None:
    for name in ("", "ab", "a" * 61, "jan jansen", "jan@team", "jân", "a/b"):
        assert problem(desk.give(desk.person, name)) == (400, "batch-invalid")
        assert problem(desk.try_to_enter(name)) == (400, "batch-invalid")


def test_a_password_that_others_would_guess_is_refused_and_the_code_stays_good(
    tmp_path: Path,
) -> None:
    with AccountsLine(tmp_path / "c.db") as line:
        code = line.first_code()
        for password in (
            "klein",
            "wachtwoord12",
            "Welkom2024!!",
            "aaaaaaaaaaaaaa",
            "sanne.dewit12",
            "Kennemer Kust1",
        ):
            refused = line.first_account(code, password=password)
            assert problem(refused) == (400, "password-refused")
            assert refused.json()["pointers"] == ["/password"]
            assert refused.json()["detail"].startswith("Dit wachtwoord")
            assert password not in refused.text
        assert line.first_account(code).status_code == 201


def test_another_account_holder_starts_an_account_anew_and_ends_its_sessions(
    desk: AccountsLine,
) -> None:
    keeper = desk.token
    person = desk.add_account("joris", "operator")
    desk.enter("joris")
    secret = desk.prove()
    joris = desk.token
    desk.token = keeper
    code = desk.give(person, "joris").json()["code"]
    assert problem(desk.send(report(), token=joris)) == (401, "unauthenticated")
    refused = desk.try_to_enter("joris", code=desk.digits(secret))
    assert problem(refused) == (401, "unauthenticated")
    assert desk.activate(code, OTHER).status_code == 204
    assert desk.enter("joris", OTHER)["second_factor"] is False


def test_nobody_starts_their_own_account_anew_but_who_runs_central_can(desk: AccountsLine) -> None:
    assert problem(desk.give(desk.person, KEEPER)) == (403, "forbidden")
    path = routes.accounts(desk.team, desk.person)
    assert problem(desk.call("DELETE", path)) == (403, "forbidden")
    write = desk.office.database.write_now
    assert write(lambda conn: start_anew(conn, "niemand", desk.watch())) is None
    code = write(lambda conn: start_anew(conn, KEEPER, desk.watch()))
    assert code is not None
    assert desk.activate(code, OTHER).status_code == 204
    desk.enter(KEEPER, OTHER)


def test_an_account_of_somebody_who_left_is_erased(desk: AccountsLine) -> None:
    keeper = desk.token
    person = desk.add_account("joris", "operator")
    joris = desk.enter("joris")["access_token"]
    desk.token = keeper
    assert desk.call("DELETE", routes.accounts(desk.team, person)).status_code == 204
    assert desk.call("DELETE", routes.accounts(desk.team, person)).status_code == 404
    assert desk.send(report(), token=joris).status_code == 401
    assert problem(desk.try_to_enter("joris")) == (401, "unauthenticated")
    names = [
        one["account"] for one in desk.call("GET", routes.accounts(desk.team)).json()["accounts"]
    ]
    assert names == [KEEPER]


def test_another_password_ends_the_other_sessions(desk: AccountsLine) -> None:
    elsewhere, here = desk.token, desk.enter(KEEPER, code=desk.digits())["access_token"]
    wrong = desk.call("POST", routes.PASSWORD, {"old": OTHER, "new": OTHER})
    assert problem(wrong) == (400, "password-refused")
    assert wrong.json()["pointers"] == ["/old"]
    short = desk.call("POST", routes.PASSWORD, {"old": PASSWORD, "new": "kort"})
    assert short.json()["pointers"] == ["/new"]
    done = desk.call("POST", routes.PASSWORD, {"old": PASSWORD, "new": OTHER})
    assert done.status_code == 204
    assert desk.send(report(), token=elsewhere).status_code == 401
    assert desk.send(report(), token=here).status_code == 200
    assert problem(desk.try_to_enter(KEEPER)) == (401, "unauthenticated")


def test_the_desk_that_carries_central_has_no_account_but_may_give_them(line: CentralLine) -> None:
    assert line.call("POST", routes.SECOND_FACTOR).status_code == 404
    body = {"person": line.person, "account": "sanne"}
    assert line.call("POST", routes.accounts(line.team), body).status_code == 201
    seen = line.call("GET", routes.accounts(line.team)).json()["accounts"]
    assert [(one["account"], one["active"]) for one in seen] == [("sanne", False)]


def test_what_happens_to_an_account_leaves_a_row_without_its_name(desk: AccountsLine) -> None:
    from central.journal.chain import first_broken
    from central.journal.repository import rows_of

    person = desk.add_account("joris", "operator")
    rows = list(desk.office.database.read_now(lambda conn: list(rows_of(conn, desk.team))))
    acts = [row["act"] for row in rows if row["kind"] == "account" and row["record"] == person]
    assert acts == ["account_added", "account_activated"]
    assert first_broken(rows) is None
    assert "joris" not in str(rows)


def test_no_name_password_or_code_reaches_the_log(
    desk: AccountsLine, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        code = desk.give(desk.add_person("operator"), "joris").json()["code"]
        desk.activate(code)
        desk.try_to_enter("joris", "een geheim dat niemand kent")
        desk.enter("joris")
    shown = caplog.text
    for word in ("joris", "geheim", PASSWORD, code, desk.token, SECRET):
        assert word not in shown


def _rows(query: Executable, conn: Connection) -> str:
    return str(conn.execute(query).all())


def test_no_secret_stands_in_the_records_as_it_is(desk: AccountsLine) -> None:
    code = desk.give(desk.add_person("operator"), "joris").json()["code"]
    for table in (access.account, access.one_time_code, access.session, access.sign_in_try):
        kept = desk.office.database.read_now(partial(_rows, select(table)))
        for word in (PASSWORD, code, code.replace("-", ""), desk.token):
            assert word not in kept


def test_codes_are_made_of_a_hundred_bits() -> None:
    codes = {make() for _ in range(200)}
    assert len(codes) == 200
    assert {len(code) for code in codes} == {23}


def test_a_person_of_a_code_who_left_meanwhile_has_no_way_in(desk: AccountsLine) -> None:
    person = desk.add_account("joris", "operator")
    leave = op("update", "person", person, set={"active": False}, was={"active": True})
    assert desk.push(leave)[0]["status"] == "applied"
    assert problem(desk.try_to_enter("joris")) == (401, "unauthenticated")
