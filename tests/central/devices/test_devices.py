"""Desks: listed, revoked at once, let in again (security.md §3)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from contract import routes
from tests.helpers.accounts_line import KEEPER, AccountsLine, problem
from tests.helpers.central_line import CentralLine, report


@pytest.fixture
def desk(place: Path | str) -> Iterator[AccountsLine]:
    """Return a line to a central with a keeper and one other person who has an account."""
    with AccountsLine(place) as made:
        made.begin()
        made.add_account("joris", "operator")
        yield made


def test_a_revoked_desk_is_out_at_once_and_comes_back_only_when_it_is_let_in(
    desk: AccountsLine,
) -> None:
    keeper = desk.token
    lost = desk.enter("joris", device="desk-2")
    path = routes.devices(desk.team, "desk-2")
    assert desk.call("DELETE", path, token=keeper).status_code == 204
    assert problem(desk.send(report(), token=lost["access_token"])) == (401, "unauthenticated")
    renewed = desk.call("POST", routes.REFRESH, {"refresh_token": lost["refresh_token"]})
    assert problem(renewed) == (401, "unauthenticated")
    assert problem(desk.try_to_enter("joris", device="desk-2")) == (403, "device-revoked")
    # Only who knows the password learns that the desk was revoked.
    refused = desk.try_to_enter("joris", "een heel ander wachtwoord", device="desk-2")
    assert problem(refused) == (401, "unauthenticated")
    desk.enter("joris", device="desk-3")
    assert desk.call("PUT", path, token=keeper).status_code == 204
    assert desk.send(report(), token=lost["access_token"]).status_code == 401
    desk.enter("joris", device="desk-2")
    assert desk.push(report())[0]["status"] == "applied"


def test_desks_are_listed_with_when_they_were_last_seen(desk: AccountsLine) -> None:
    keeper = desk.token
    desk.watch.move(minutes=1)
    desk.enter("joris", device="desk-2")
    found = desk.call("GET", routes.devices(desk.team), token=keeper).json()["devices"]
    assert [one["id"] for one in found] == ["desk-2", "desk-1"]
    assert found[0]["created_at"] == found[0]["seen_at"] > found[1]["seen_at"]
    assert [one["revoked_at"] for one in found] == ["", ""]
    desk.call("DELETE", routes.devices(desk.team, "desk-2"), token=keeper)
    found = desk.call("GET", routes.devices(desk.team), token=keeper).json()["devices"]
    assert found[0]["revoked_at"]


def test_nobody_revokes_the_desk_they_work_at_or_one_that_is_not_theirs(
    desk: AccountsLine,
) -> None:
    assert problem(desk.call("DELETE", routes.devices(desk.team, "desk-1"))) == (403, "forbidden")
    for method in ("DELETE", "PUT"):
        unknown = desk.call(method, routes.devices(desk.team, "desk-9"))
        assert problem(unknown) == (404, "not-found")
    other = desk.first_account(desk.first_code("Zuidrand"), account="wim").json()["id"]
    desk.enter("wim", device="desk-7")
    desk.prove()
    for method in ("DELETE", "PUT"):
        assert problem(desk.call(method, routes.devices(other, "desk-1"))) == (404, "not-found")


def test_desks_are_for_account_holders_who_proved_a_second_factor(desk: AccountsLine) -> None:
    one = routes.devices(desk.team, "desk-2")
    calls = (("GET", routes.devices(desk.team)), ("DELETE", one), ("PUT", one))
    desk.add_account("anna", "account_holder")
    desk.enter("joris")
    assert {problem(desk.call(*call)) for call in calls} == {(403, "forbidden")}
    desk.prove()
    assert {problem(desk.call(*call)) for call in calls} == {(403, "forbidden")}
    desk.enter("anna")
    assert {problem(desk.call(*call)) for call in calls} == {(403, "second-factor")}
    desk.prove()
    assert [desk.call(*call).status_code for call in calls] == [200, 404, 404]


def test_the_desk_that_carries_central_keeps_its_own_list(line: CentralLine) -> None:
    assert problem(line.call("DELETE", routes.devices(line.team, "desk-1"))) == (403, "forbidden")
    seen = line.call("GET", routes.devices(line.team)).json()["devices"]
    assert [one["id"] for one in seen] == ["desk-1"]


def test_revoking_leaves_a_row(desk: AccountsLine) -> None:
    from central.journal.repository import rows_of

    keeper = desk.token
    desk.enter("joris", device="desk-2")
    path = routes.devices(desk.team, "desk-2")
    desk.call("DELETE", path, token=keeper)
    desk.call("PUT", path, token=keeper)
    rows = list(desk.office.database.read_now(lambda conn: list(rows_of(conn, desk.team))))
    assert [row["act"] for row in rows[-2:]] == ["device_revoked", "device_restored"]
    assert rows[-1]["record"] == "desk-2"
    assert KEEPER not in str(rows)


def test_a_desk_in_the_list_says_who_was_there_last(desk: AccountsLine) -> None:
    keeper, holder = desk.token, desk.person
    first = desk.enter("joris", device="desk-2")["person"]["id"]
    path = routes.devices(desk.team)

    def last() -> dict[str, str]:
        found = desk.call("GET", path, token=keeper).json()["devices"]
        return {one["id"]: one["person"] for one in found}

    assert last() == {"desk-1": holder, "desk-2": first}
    desk.watch.move(minutes=1)
    desk.enter(KEEPER, code=desk.digits(), device="desk-2")
    assert last()["desk-2"] == holder
