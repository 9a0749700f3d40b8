"""Sessions, roles at receipt, and how every answer looks (security.md §3, §8)."""

from __future__ import annotations

import itertools
from functools import partial

import pytest
from sqlalchemy import Connection, Executable

from central.http import _HEADERS
from contract import rights, routes
from contract.kinds import KINDS
from contract.messages import op_from_wire
from contract.problems import PROBLEMS, ProblemCode
from contract.vocabulary import Role
from tests.helpers.central_line import SECRET, CentralLine, command, new_id, op, report

KEPT = {
    "template",
    "workbook",
    "step",
    "setting",
    "person",
    "area_shape",
    "register_source",
    "register_link",
}
DESK = {Role.OPERATOR, Role.OFFICER, Role.ACCOUNT_HOLDER}


@pytest.mark.parametrize(("role", "kind"), list(itertools.product(Role, KINDS)))
def test_a_role_writes_only_what_the_table_says(role: Role, kind: str) -> None:
    expected = role is Role.ACCOUNT_HOLDER if kind in KEPT else role in DESK
    for verb in ("create", "update", "delete", "command"):
        asked = op_from_wire(op(verb, kind, "1", set={"name": "x"}))
        assert rights.may_push([role], asked, "somebody") is expected


@pytest.mark.parametrize("role", list(Role))
def test_central_refuses_at_receipt_what_the_role_may_not(line: CentralLine, role: Role) -> None:
    line.sign_in(line.add_person(role))
    daily, kept = line.push(report(), op("create", "setting", new_id(), set={"value": {}}))
    assert daily["status"] == ("applied" if role in DESK else "denied")
    assert kept["status"] == ("applied" if role is Role.ACCOUNT_HOLDER else "denied")
    assert line.call("GET", routes.changes(line.team)).status_code == 200


def test_a_role_taken_away_counts_at_the_next_request(line: CentralLine) -> None:
    keeper, keeper_token = line.person, line.token
    worker = line.add_person("operator")
    line.sign_in(worker)
    worker_token = line.token
    assert line.push(report())[0]["status"] == "applied"
    demote = op("update", "person", worker, set={"roles": ["reader"]}, was={"roles": ["operator"]})
    assert line.send(demote, token=keeper_token).json()["results"][0]["status"] == "applied"
    assert line.send(report(), token=worker_token).json()["results"][0]["status"] == "denied"
    leave = op("update", "person", worker, set={"active": False}, was={"active": True})
    line.send(leave, token=keeper_token)
    assert line.send(report(), token=worker_token).status_code == 401
    assert keeper != worker


def test_somebody_may_say_until_when_their_own_shift_lasts(line: CentralLine) -> None:
    person = line.add_person("reader")
    line.sign_in(person)
    mine = op("update", "person", person, set={"shift_until": "23:00"}, was={})
    roles = op("update", "person", person, set={"roles": ["account_holder"]}, was={})
    assert [one["status"] for one in line.push(mine, roles)] == ["applied", "denied"]


def test_without_a_token_nothing_is_shown(line: CentralLine) -> None:
    for token in ("", "wrong", "Bearer"):
        answer = line.call("GET", routes.changes(line.team), token=token or "x")
        assert (answer.status_code, answer.json()["type"]) == (401, "/problems/unauthenticated")
    assert line.call("POST", routes.ops(line.team), b"{", token="x").status_code == 401


def test_a_wrong_secret_and_an_unknown_person_get_one_answer(line: CentralLine) -> None:
    device = {"id": "d", "name": "d"}
    answers = [
        line.call(
            "POST",
            routes.SESSIONS,
            {"grant": "embedded", "person": person, "secret": secret, "device": device},
        )
        for person, secret in ((line.person, "guess"), ("nobody", SECRET), (line.person, ""))
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text for answer in answers}) == 1


def test_an_access_token_runs_out_and_is_renewed_once(line: CentralLine) -> None:
    first, renewal = line.token, line.renewal
    line.watch.move(minutes=16)
    assert line.send(report()).status_code == 401
    answer = line.call("POST", routes.REFRESH, {"refresh_token": renewal})
    assert answer.status_code == 200
    line.token = answer.json()["access_token"]
    assert line.token != first
    assert line.send(report()).status_code == 200
    # A refresh token that comes back ends every session of that sign-in.
    assert line.call("POST", routes.REFRESH, {"refresh_token": renewal}).status_code == 401
    assert line.send(report()).status_code == 401
    newer = answer.json()["refresh_token"]
    assert line.call("POST", routes.REFRESH, {"refresh_token": newer}).status_code == 401


def test_who_lost_the_answer_to_a_refresh_gets_it_again_for_the_same_attempt(
    line: CentralLine,
) -> None:
    asked = {"refresh_token": line.renewal, "attempt": "a" * 43}
    lost, heard = (line.call("POST", routes.REFRESH, asked).json() for _ in range(2))
    assert heard["refresh_token"] == lost["refresh_token"] != line.renewal
    assert line.send(report(), token=lost["access_token"]).status_code == 401
    assert line.send(report(), token=heard["access_token"]).status_code == 200
    # Once the new one was used, the old one ends every session of that sign-in.
    newer = {"refresh_token": heard["refresh_token"], "attempt": "b" * 43}
    last = line.call("POST", routes.REFRESH, newer).json()
    assert line.send(report(), token=last["access_token"]).status_code == 200
    assert line.call("POST", routes.REFRESH, asked).status_code == 401
    assert line.send(report(), token=last["access_token"]).status_code == 401


@pytest.mark.parametrize("other", ["", "short", "b" * 43])
def test_a_used_refresh_token_with_another_attempt_ends_the_sessions(
    line: CentralLine, other: str
) -> None:
    first = "short" if other == "short" else "a" * 43
    asked = {"refresh_token": line.renewal, "attempt": first}
    newer = line.call("POST", routes.REFRESH, asked).json()
    assert line.call("POST", routes.REFRESH, {**asked, "attempt": other}).status_code == 401
    assert line.send(report(), token=newer["access_token"]).status_code == 401


def test_a_refresh_token_runs_out_after_a_day(line: CentralLine) -> None:
    line.watch.move(hours=25)
    answer = line.call("POST", routes.REFRESH, {"refresh_token": line.renewal})
    assert answer.status_code == 401


def test_signing_out_ends_the_session(line: CentralLine) -> None:
    assert line.call("DELETE", routes.SESSION).status_code == 204
    assert line.send(report()).status_code == 401
    assert line.call("DELETE", routes.SESSION).status_code == 204


def test_setting_up_twice_changes_nothing_and_another_team_is_refused(line: CentralLine) -> None:
    body = {
        "team_name": "Ander team",
        "person": {"id": line.person, "name": "Iemand"},
        "secret": SECRET,
    }
    before = line.page()
    again = line.call("POST", routes.SETUP, body)
    assert (again.status_code, again.json()["id"]) == (201, line.team)
    assert again.json()["name"] == "Kennemer Kust"
    assert line.page() == before
    other = {**body, "person": {"id": new_id(), "name": "Iemand"}}
    assert line.call("POST", routes.SETUP, other).json()["type"] == "/problems/already-set-up"
    assert line.call("POST", routes.SETUP, {**body, "secret": "x"}).status_code == 403


def test_a_new_team_starts_with_the_shipped_records(line: CentralLine) -> None:
    kinds = {row["kind"] for row in line.records().values()}
    assert kinds == {"person", "template", "workbook", "step", "setting"}


def test_teams_and_people_are_named_only_to_the_desk_that_carries_central(
    line: CentralLine,
) -> None:
    told = line.call("GET", routes.SERVICE, headers={routes.SECRET_HEADER: SECRET}).json()
    assert told["teams"][0]["persons"][0]["id"] == line.person
    hidden = line.call("GET", routes.SERVICE, headers={routes.SECRET_HEADER: "guess"}).json()
    assert hidden["teams"] == []
    assert hidden["limits"]["ops"] == routes.MAX_OPS


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1", 200),
        ("GET", "/v1/health", 200),
        ("GET", "/v1/openapi.json", 200),
        ("GET", "/", 404),
        ("GET", "/v1/health/", 404),
        ("GET", "/docs", 404),
        ("PUT", "/v1/health", 405),
        ("POST", "/v1/sessions", 400),
    ],
)
def test_every_answer_carries_the_version_and_says_no_more_than_it_must(
    line: CentralLine, method: str, path: str, status: int
) -> None:
    answer = line.call(method, path)
    assert answer.status_code == status
    for name, value in _HEADERS:
        assert answer.headers[name.decode()] == value.decode()
    if status >= 400:
        assert answer.headers["content-type"] == routes.PROBLEM_JSON
        assert {"type", "status", "title", "detail"} <= set(answer.json())
        assert answer.json()["status"] == status


def test_a_bug_in_central_is_a_problem_document_without_words_of_the_request(
    line: CentralLine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    words = new_id()

    def break_down(*_: object) -> None:
        raise ValueError(words)

    monkeypatch.setattr("central.sync.service.take_in", break_down)
    answer = line.send(report())
    assert (answer.status_code, answer.json()["type"]) == (500, "/problems/internal")
    assert words not in caplog.text + answer.text


def test_every_problem_code_has_a_status_and_a_title() -> None:
    assert set(PROBLEMS) == set(ProblemCode)
    assert all(400 <= kind.status < 600 and kind.title for kind in PROBLEMS.values())


def test_every_change_leaves_a_row_that_fits_the_chain(line: CentralLine) -> None:
    from central.journal.chain import first_broken
    from central.journal.repository import rows_of

    made = report()
    line.push(made, command("report", made["id"], "claim"))
    line.push(op("delete", "report", made["id"], base_ver=2))
    rows = line.office.database.read_now(lambda conn: rows_of(conn, line.team))
    assert first_broken(rows) is None
    ours = [row for row in rows if row["record"] == made["id"]]
    assert [row["act"] for row in ours] == ["create", "claim", "delete"]
    assert ours[0]["after_hash"] == ours[1]["before_hash"]
    assert {row["person"] for row in ours} == {line.person}
    assert {row["device"] for row in ours} == {"desk-1"}
    rows[3] = {**rows[3], "person": "somebody-else"}
    assert first_broken(rows) == rows[3]["n"]


def _execute(statement: Executable, conn: Connection) -> None:
    conn.execute(statement)


def test_audit_rows_cannot_be_altered(line: CentralLine) -> None:
    from sqlalchemy import delete, update
    from sqlalchemy.exc import DatabaseError

    from central.models.journal import audit

    for statement in (update(audit).values(person="x"), delete(audit)):
        with pytest.raises(DatabaseError):
            line.office.database.write_now(partial(_execute, statement))
