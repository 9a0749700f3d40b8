"""Signing in with an account: one answer for all that is wrong, delay, second factor, tokens."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from central.auth.second_factor import STEP_S, code_at
from contract import routes
from tests.helpers.accounts_line import KEEPER, OTHER, PASSWORD, AccountsLine, problem
from tests.helpers.central_line import new_id, op, report


@pytest.fixture
def desk(place: Path | str) -> Iterator[AccountsLine]:
    """Return a line to a central with a keeper and one other person who has an account."""
    with AccountsLine(place) as made:
        made.begin()
        made.add_account("joris", "operator")
        yield made


def test_an_unknown_account_costs_the_same_work_and_gets_the_same_answer(
    desk: AccountsLine,
) -> None:
    given = desk.give(desk.add_person("operator"), "zonder.wachtwoord")
    assert given.status_code == 201
    left = desk.add_account("weg", "operator")
    desk.push(op("update", "person", left, set={"active": False}, was={"active": True}))
    answers, work = [], []
    for account, password in (
        ("joris", OTHER),
        ("nobody", PASSWORD),
        ("zonder.wachtwoord", PASSWORD),
        ("weg", PASSWORD),
        (KEEPER, OTHER),
    ):
        before = desk.office.hasher.verified
        answers.append(desk.try_to_enter(account, password))
        work.append(desk.office.hasher.verified - before)
    assert work == [1, 1, 1, 1, 1]
    assert {problem(answer) for answer in answers} == {(401, "unauthenticated")}
    assert len({answer.text for answer in answers}) == 1
    assert len({tuple(sorted(answer.headers)) for answer in answers}) == 1


@pytest.mark.parametrize("account", ["joris", "nobody"])
def test_failed_tries_cost_more_and_more_time(desk: AccountsLine, account: str) -> None:
    pauses = []
    for _ in range(12):
        answer = desk.try_to_enter(account, OTHER)
        while answer.status_code == 429:
            assert problem(answer) == (429, "rate-limited")
            pauses.append(int(answer.headers["Retry-After"]))
            assert answer.json()["retry_after_s"] == pauses[-1]
            desk.watch.move(seconds=pauses[-1])
            answer = desk.try_to_enter(account, OTHER)
        assert problem(answer) == (401, "unauthenticated")
    assert pauses == [1, 2, 4, 8, 16, 32, 64]


def test_who_has_to_wait_waits_with_the_right_password_too_and_then_starts_anew(
    desk: AccountsLine,
) -> None:
    for _ in range(5):
        desk.try_to_enter("joris", OTHER)
    before = desk.office.hasher.verified
    assert desk.try_to_enter("joris").status_code == 429
    assert desk.office.hasher.verified == before
    desk.watch.move(seconds=1)
    desk.enter("joris")
    for _ in range(4):
        assert desk.try_to_enter("joris", OTHER).status_code == 401
    desk.enter("joris")


def test_a_restart_of_central_forgets_no_failed_try(tmp_path: Path) -> None:
    with AccountsLine(tmp_path / "c.db") as line:
        line.begin()
        for _ in range(5):
            line.try_to_enter(KEEPER, OTHER)
    with AccountsLine(tmp_path / "c.db") as again:
        assert problem(again.try_to_enter(KEEPER)) == (429, "rate-limited")


def test_an_address_that_tries_many_accounts_waits_too(desk: AccountsLine) -> None:
    for number in range(30):
        assert desk.try_to_enter(f"nobody.{number}", OTHER).status_code == 401
    assert problem(desk.try_to_enter("nobody.30", OTHER)) == (429, "rate-limited")
    desk.watch.move(seconds=1)
    desk.enter("joris")
    desk.watch.move(seconds=1)
    # Somebody with an account of their own does not clear what their address did.
    assert problem(desk.try_to_enter("nobody.31", OTHER)) == (401, "unauthenticated")
    assert problem(desk.try_to_enter("nobody.32", OTHER)) == (429, "rate-limited")


def test_guesses_at_the_same_moment_are_all_counted(desk: AccountsLine) -> None:
    body = {
        "grant": "password",
        "account": "joris",
        "password": OTHER,
        "device": {"id": "d", "name": ""},
    }

    async def all_at_once() -> list[int]:
        transport = httpx.ASGITransport(desk.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://central") as client:
            asked = [client.post(routes.SESSIONS, json=body) for _ in range(12)]
            return [one.status_code for one in await asyncio.gather(*asked)]

    found = desk._runner.run(all_at_once())
    assert found.count(401) == 5
    assert found.count(429) == 7


def test_a_second_factor_is_asked_when_it_is_on(desk: AccountsLine) -> None:
    assert problem(desk.try_to_enter(KEEPER)) == (401, "second-factor-required")
    assert problem(desk.try_to_enter(KEEPER, OTHER)) == (401, "unauthenticated")
    assert problem(desk.try_to_enter(KEEPER, code="000000")) == (401, "second-factor-required")
    session = desk.enter(KEEPER, code=desk.digits())
    assert session["second_factor"] is True
    renewed = desk.call("POST", routes.REFRESH, {"refresh_token": session["refresh_token"]})
    assert renewed.json()["second_factor"] is True


def test_digits_are_good_once_and_not_those_before_them(desk: AccountsLine) -> None:
    older = desk.digits()
    newer = desk.digits()
    desk.enter(KEEPER, code=newer)
    for used in (newer, older):
        refused = desk.try_to_enter(KEEPER, code=used)
        assert problem(refused) == (401, "second-factor-required")


def test_the_clock_of_a_phone_may_differ_half_a_minute(desk: AccountsLine) -> None:
    for steps, status in ((-2, 401), (-1, 201), (0, 201), (1, 201), (2, 401)):
        desk.watch.move(minutes=10)
        shown = code_at(desk.secret, desk.watch() + timedelta(seconds=steps * STEP_S))
        assert desk.try_to_enter(KEEPER, code=shown).status_code == status


def test_guessing_digits_is_counted_and_asking_without_them_does_not_start_anew(
    desk: AccountsLine,
) -> None:
    for _ in range(5):
        assert desk.try_to_enter(KEEPER, code="000000").status_code == 401
        assert desk.try_to_enter(KEEPER).status_code in (401, 429)
    assert problem(desk.try_to_enter(KEEPER, code=desk.digits()[:5] + "x")) == (
        400,
        "batch-invalid",
    )
    desk.watch.move(seconds=-STEP_S)
    assert problem(desk.try_to_enter(KEEPER)) == (429, "rate-limited")


def test_a_wrong_code_does_not_turn_the_second_factor_on(desk: AccountsLine) -> None:
    desk.enter("joris")
    offered = desk.call("POST", routes.SECOND_FACTOR).json()
    assert offered["uri"].startswith("otpauth://totp/Buurtdesk:joris?secret=")
    answer = desk.call("PUT", routes.SECOND_FACTOR, {"code": "000000"})
    assert problem(answer) == (403, "code-refused")
    assert desk.enter("joris")["second_factor"] is False


def test_a_second_factor_is_replaced_only_by_who_proved_the_old_one(desk: AccountsLine) -> None:
    desk.enter("joris")
    early = desk.token
    desk.enter("joris")
    first = desk.prove()
    assert problem(desk.call("POST", routes.SECOND_FACTOR, token=early)) == (403, "second-factor")
    refused = desk.call("PUT", routes.SECOND_FACTOR, {"code": "123456"}, token=early)
    assert problem(refused) == (403, "second-factor")
    desk.watch.move(seconds=STEP_S)
    second = desk.prove()
    assert problem(desk.try_to_enter("joris", code=desk.digits(first)))[0] == 401
    desk.enter("joris", code=desk.digits(second))


def test_a_stronger_cost_is_taken_over_at_the_next_sign_in(tmp_path: Path) -> None:
    from central.accounts.repository import by_name

    def stored(line: AccountsLine) -> str:
        found = line.office.database.read_now(lambda conn: by_name(conn, KEEPER))
        assert found is not None
        return str(found.password_hash)

    with AccountsLine(tmp_path / "c.db") as weak:
        weak.begin()
        assert "m=64,t=1" in stored(weak)
        secret = weak.secret
    with AccountsLine(tmp_path / "c.db", hash_memory_kib=128) as strong:
        strong.enter(KEEPER, code=strong.digits(secret))
        assert "m=128,t=1" in stored(strong)


def test_central_asks_sixty_four_mebibytes_for_a_password() -> None:
    from central.auth.passwords import Hasher
    from central.settings import Settings

    hasher = Hasher(Settings())
    try:
        with asyncio.Runner() as runner:
            made = runner.run(hasher.hash(PASSWORD))
    finally:
        hasher.close()
    assert made.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_a_forged_token_opens_nothing(desk: AccountsLine) -> None:
    for method, path in (
        ("GET", routes.changes(desk.team)),
        ("POST", routes.ops(desk.team)),
        ("GET", routes.accounts(desk.team)),
        ("GET", routes.devices(desk.team)),
        ("POST", routes.SECOND_FACTOR),
        ("POST", routes.PASSWORD),
    ):
        body: dict[str, object] = {"old": PASSWORD, "new": OTHER, "ops": []}
        for forged in ("", "x", "Bearer", "A" * 43, desk.token[:-1], desk.token + "A", "a" * 5000):
            headers = {"Authorization": f"Bearer {forged}"}
            given = None if method == "GET" else body
            answer = desk.call(method, path, given, token="", headers=headers)
            assert problem(answer) == (401, "unauthenticated")
            assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_tokens_of_an_account_run_out_and_a_replayed_refresh_ends_the_family(
    desk: AccountsLine,
) -> None:
    desk.enter("joris")
    access, renewal = desk.token, desk.renewal
    # A refresh token is no access token, nor the other way round.
    assert desk.send(report(), token=renewal).status_code == 401
    assert desk.call("POST", routes.REFRESH, {"refresh_token": access}).status_code == 401
    desk.watch.move(minutes=16)
    assert problem(desk.send(report(), token=access)) == (401, "unauthenticated")
    newer = desk.call("POST", routes.REFRESH, {"refresh_token": renewal}).json()
    assert desk.send(report(), token=newer["access_token"]).status_code == 200
    assert desk.call("POST", routes.REFRESH, {"refresh_token": renewal}).status_code == 401
    assert desk.send(report(), token=newer["access_token"]).status_code == 401
    last = desk.call("POST", routes.REFRESH, {"refresh_token": newer["refresh_token"]})
    assert last.status_code == 401


def test_a_refresh_token_of_an_account_is_good_for_a_day(desk: AccountsLine) -> None:
    desk.enter("joris")
    desk.watch.move(hours=25)
    assert desk.call("POST", routes.REFRESH, {"refresh_token": desk.renewal}).status_code == 401


def test_a_session_belongs_to_its_own_team_and_person(desk: AccountsLine) -> None:
    desk.enter("joris")
    for path in (routes.changes(new_id()), routes.snapshot("x"), routes.accounts("y")):
        assert problem(desk.call("GET", path)) == (403, "forbidden")
    assert problem(desk.call("POST", routes.ops("x"), {"ops": [report()]})) == (403, "forbidden")
