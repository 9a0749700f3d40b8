"""Joining: records of a desk that worked alone are taken in once (sync.md §8a)."""

from __future__ import annotations

from typing import Any

from central.journal import chain
from central.journal import repository as journal
from contract import routes
from tests.helpers.central_line import CentralLine, new_id, op


def test_records_come_in_with_their_own_times_and_states(line: CentralLine) -> None:
    made = _report(status="closed", close_reason="handled", number="0102-007")
    entry = _record("log_entry", subject_kind="report", subject_id=made["id"], what="closed")
    entry["body"] |= {"by": "somebody", "at": "2026-01-02T10:00:00.000Z"}
    assert _statuses(line, made, entry) == ["added", "added"]
    found = line.records()
    body = found[made["id"]]["body"]
    assert (body["status"], body["close_reason"]) == ("closed", "handled")
    assert (body["number"], body["number_before"]) == ("0102-001", "0102-007")
    assert found[entry["id"]]["body"]["by"] == "somebody"
    assert found[entry["id"]]["body"]["at"] == "2026-01-02T10:00:00.000Z"
    assert found[made["id"]]["by"] == line.person


def test_sent_again_nothing_is_doubled_also_after_somebody_changed_it(line: CentralLine) -> None:
    made, join_id = _report(), new_id()
    assert _statuses(line, made, join_id=join_id) == ["added"]
    changed = op("update", "report", made["id"], set={"place": "Markt"}, was={"place": "Kerkplein"})
    assert line.push(changed)[0]["status"] == "applied"
    before = line.page()
    assert _statuses(line, made, made, join_id=join_id) == ["same", "same"]
    assert line.page() == before


def test_what_the_desk_changed_before_it_came_back_comes_along(line: CentralLine) -> None:
    made, area, join_id = _report(number="0102-007"), _record("area", name="Duin"), new_id()
    area["body"]["level"] = "district"
    assert _statuses(line, made, area, join_id=join_id) == ["added", "added"]
    number = line.records("report")[made["id"]]["body"]["number"]
    made["body"] |= {"status": "closed", "close_reason": "handled"}
    assert _statuses(line, made, area, join_id=join_id) == ["added", "same"]
    found = line.records("report")[made["id"]]
    assert (found["ver"], found["body"]["status"]) == (2, "closed")
    assert (found["body"]["number"], found["body"]["number_before"]) == (number, "0102-007")
    before = line.page()
    assert _statuses(line, made, made, area, join_id=join_id) == ["same", "same", "same"]
    assert line.page() == before
    rows = line.office.database.read_now(lambda conn: journal.rows_of(conn, line.team))
    assert chain.first_broken(rows) is None


def test_what_both_changed_meanwhile_stays_the_teams_and_is_said(line: CentralLine) -> None:
    made, join_id = _report(), new_id()
    assert _statuses(line, made, join_id=join_id) == ["added"]
    changed = op("update", "report", made["id"], set={"place": "Markt"}, was={"place": "Kerkplein"})
    assert line.push(changed)[0]["status"] == "applied"
    before = line.page()
    made["body"]["title"] = "Na de breuk"
    assert _statuses(line, made, join_id=join_id) == ["differs"]
    assert line.page() == before


def test_the_same_record_twice_in_one_request_is_taken_in_once(line: CentralLine) -> None:
    made = _report()
    assert _statuses(line, made, made) == ["added", "same"]
    assert len(line.records("report")) == 1


def test_another_record_with_that_id_stays_as_it_is(line: CentralLine) -> None:
    area = _record("area", name="Kust", level="district")
    assert line.push(op("create", "area", area["id"], set={"name": "Duin", "level": "district"}))
    before = line.page()
    assert _statuses(line, area) == ["differs"]
    assert line.page() == before


def test_nobody_comes_along_with_rights_and_no_setting_is_replaced(line: CentralLine) -> None:
    person = _record("person", name="Els Prins", roles=["account_holder"], active=True)
    setting = _record("setting", value={"country": "be"})
    assert _statuses(line, person, setting) == ["added", "invalid"]
    body = line.records("person")[person["id"]]["body"]
    assert (body["roles"], body["active"]) == ([], False)


def test_what_breaks_a_rule_is_named_and_the_rest_comes_in(line: CentralLine) -> None:
    bad = _record("report", text="", place="Markt")
    unknown = _record("spell", name="x")
    good = _report()
    answer = _send(line, bad, unknown, good).json()["results"]
    assert [one["status"] for one in answer] == ["invalid", "invalid", "added"]
    assert answer[0]["fields"] == ["category", "heard_at", "text"]
    assert list(line.records("report")) == [good["id"]]


def test_only_an_account_holder_of_this_team_may_do_it(line: CentralLine) -> None:
    operator = line.add_person("operator")
    before = line.page()
    line.sign_in(operator)
    assert _send(line, _report()).status_code == 403
    path = routes.joining(new_id(), new_id())
    assert line.call("POST", path, {"records": [_report()]}).status_code == 403
    assert line.page() == before


def test_it_stands_in_the_audit_rows_and_the_chain_holds(line: CentralLine) -> None:
    made, join_id = _report(), new_id()
    _statuses(line, made, join_id=join_id)
    rows = line.office.database.read_now(lambda conn: journal.rows_of(conn, line.team))
    assert chain.first_broken(rows) is None
    last = rows[-1]
    assert (last["act"], last["op_id"], last["record"]) == ("join", join_id, made["id"])


def test_a_day_that_cannot_be_read_gives_a_number_of_today(line: CentralLine) -> None:
    made = _report(heard_at="gisteren", created_at="gisteren")
    assert _statuses(line, made) == ["added"]
    assert line.records("report")[made["id"]]["body"]["number"] == "0314-001"


def test_too_many_records_at_once_are_refused_whole(line: CentralLine) -> None:
    before = line.page()
    answer = _send(line, *(_report() for _ in range(501)))
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/batch-invalid")
    assert line.page() == before


def _record(kind: str, **body: Any) -> dict[str, Any]:
    return {"kind": kind, "id": new_id(), "body": body}


def _report(**body: Any) -> dict[str, Any]:
    plain = {
        "category": "person",
        "text": "Man kijkt in auto's",
        "place": "Kerkplein",
        "heard_at": "2026-01-02T09:55:00.000Z",
        "created_at": "2026-01-02T10:00:00.000Z",
    }
    return _record("report", **{**plain, **body})


def _send(line: CentralLine, *records: dict[str, Any], join_id: str = "") -> Any:
    path = routes.joining(line.team, join_id or new_id())
    return line.call("POST", path, {"records": list(records)})


def _statuses(line: CentralLine, *records: dict[str, Any], join_id: str = "") -> list[str]:
    answer = _send(line, *records, join_id=join_id)
    assert answer.status_code == 200, answer.text
    return [one["status"] for one in answer.json()["results"]]
