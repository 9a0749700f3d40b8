"""Plain REST per kind of record (docs/api.md §1-§3)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, event

from central.rest import conditions, cursor, repository, times
from contract import routes
from contract.kinds import KINDS
from tests.helpers.central_line import CentralLine, new_id, op
from tests.helpers.central_line import report as report_op

FIELDS = {
    "category": "person",
    "text": "Man kijkt in auto's",
    "place": "Kerkplein",
    "heard_at": "2026-03-14T13:55:00+01:00",
}


def make(line: CentralLine, kind: str = "report", key: str = "", **fields: Any) -> httpx.Response:
    """Make a record over REST."""
    body = {**(FIELDS if kind == "report" else {}), **fields}
    headers = {routes.IDEMPOTENCY_HEADER: key or new_id()}
    return line.call("POST", routes.collection(line.team, kind), body, headers=headers)


def at(line: CentralLine, answer: httpx.Response) -> str:
    """Return the address of a record that was made."""
    place = answer.headers["location"]
    assert place.startswith(routes.team(line.team))
    return place


def problem(answer: httpx.Response) -> tuple[int, str, str]:
    """Return status, problem and rule of a refusal."""
    found = answer.json()
    return answer.status_code, found["type"].rpartition("/")[2], found.get("code", "")


def test_every_kind_of_record_has_a_place_of_its_own() -> None:
    assert set(routes.COLLECTIONS) == set(KINDS)
    assert len(set(routes.COLLECTIONS.values())) == len(KINDS)


def test_a_record_made_over_rest_is_the_one_that_desks_get(line: CentralLine) -> None:
    answer = make(line)
    assert (answer.status_code, answer.headers["etag"]) == (201, '"1"')
    record = answer.json()
    assert record["body"]["number"] == "0314-001"
    assert record["body"]["heard_at"] == "2026-03-14T12:55:00.000Z"
    assert line.records("report")[record["id"]] == record
    assert line.call("GET", at(line, answer)).json() == record


def test_the_key_makes_a_request_that_is_sent_again_the_same_request(line: CentralLine) -> None:
    key = new_id()
    first, again = make(line, key=key), make(line, key=key)
    assert (again.status_code, again.json(), again.headers["etag"]) == (201, first.json(), '"1"')
    assert len(line.records("report")) == 1
    other = make(line, key=key, place="Haven")
    assert problem(other)[:2] == (409, "op-id-reused")
    assert make(line, key=f'"{new_id()}"').status_code == 201


@pytest.mark.parametrize("key", [None, "", "a b", "x" * 65, "é"])
def test_making_something_needs_a_key_and_all_that_is_wrong_is_named(
    line: CentralLine, key: str | None
) -> None:
    headers = {} if key is None else {routes.IDEMPOTENCY_HEADER: key.encode()}
    answer = line.call("POST", routes.collection(line.team, "report"), b"[]", headers=headers)  # type: ignore[arg-type]
    assert problem(answer)[:2] == (400, "batch-invalid")
    assert answer.json()["pointers"] == [f"/header/{routes.IDEMPOTENCY_HEADER}", ""]


def test_every_wrong_field_is_named_at_once(line: CentralLine) -> None:
    answer = make(line, text=5, place="", heard_at="gisteren", called_112="perhaps", number="1")
    assert problem(answer) == (400, "record-invalid", "fields")
    wrong = ["/called_112", "/heard_at", "/number", "/place", "/text"]
    assert answer.json()["pointers"] == wrong
    assert line.records("report") == {}


def test_a_change_names_the_version_it_saw(line: CentralLine) -> None:
    place = at(line, make(line))
    new = {"place": "Haven", "title": "Twee mannen"}
    assert problem(line.call("PATCH", place, new))[:2] == (428, "precondition-required")
    star = line.call("PATCH", place, new, headers={"If-Match": "*"})
    assert problem(star)[:2] == (428, "precondition-required")
    changed = line.call("PATCH", place, new, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    assert changed.json()["body"]["place"] == "Haven"
    late = line.call("PATCH", place, {"place": "Plein"}, headers={"If-Match": '"1"'})
    assert problem(late)[:2] == (412, "precondition-failed")
    weak = line.call("PATCH", place, {"place": "Plein"}, headers={"If-Match": 'W/"2"'})
    assert problem(weak)[:2] == (412, "precondition-failed")
    either = line.call("PATCH", place, {"place": "Plein"}, headers={"If-Match": '"1", "2"'})
    assert either.headers["etag"] == '"3"'
    odd = line.call("PATCH", place, new, headers={"If-Match": "2"})
    assert odd.json()["pointers"] == ["/header/If-Match"]


def test_a_change_that_changes_nothing_keeps_the_version(line: CentralLine) -> None:
    place = at(line, make(line))
    same = line.call("PATCH", place, {"place": "Kerkplein"}, headers={"If-Match": '"1"'})
    assert (same.status_code, same.headers["etag"]) == (200, '"1"')


def test_rules_refuse_over_rest_as_they_do_in_a_push(line: CentralLine) -> None:
    place = at(line, make(line, acute=True))
    frozen = line.call("PATCH", place, {"status": "closed"}, headers={"If-Match": '"1"'})
    assert problem(frozen) == (400, "record-invalid", "frozen")
    assert frozen.json()["pointers"] == ["/status"]
    key = {routes.IDEMPOTENCY_HEADER: new_id()}
    closed = line.call(
        "POST", f"{place}/commands/close", {"reason": "handled", "contribution": "no"}, headers=key
    )
    assert problem(closed) == (400, "record-invalid", "called-112-unanswered")
    assert line.call("GET", place).headers["etag"] == '"1"'


def test_a_deleted_record_is_gone_and_stays_gone(line: CentralLine) -> None:
    made = make(line)
    place = at(line, made)
    assert problem(line.call("DELETE", place))[:2] == (428, "precondition-required")
    wrong = line.call("DELETE", place, headers={"If-Match": '"9"'})
    assert problem(wrong)[:2] == (412, "precondition-failed")
    assert line.call("DELETE", place, headers={"If-Match": '"1"'}).status_code == 204
    for answer in (
        line.call("GET", place),
        line.call("DELETE", place, headers={"If-Match": '"2"'}),
        line.call("PATCH", place, {"place": "x"}, headers={"If-Match": '"2"'}),
    ):
        assert problem(answer)[:2] == (410, "record-gone")
    absent = f"{routes.collection(line.team, 'report')}/absent"
    assert problem(line.call("GET", absent))[:2] == (404, "not-found")
    assert line.call("GET", routes.collection(line.team, "report")).json()["items"] == []


def test_a_command_is_done_once_per_key(line: CentralLine) -> None:
    place = at(line, make(line))
    key = {routes.IDEMPOTENCY_HEADER: new_id()}
    first = line.call("POST", f"{place}/commands/claim", headers=key)
    assert (first.status_code, first.headers["etag"]) == (200, '"2"')
    assert first.json()["body"]["holder"] == line.person
    line.watch.move(minutes=1)
    again = line.call("POST", f"{place}/commands/claim", headers=key)
    assert again.json()["body"]["lease_until"] == first.json()["body"]["lease_until"]
    late = {routes.IDEMPOTENCY_HEADER: new_id(), "If-Match": '"1"'}
    refused = line.call("POST", f"{place}/commands/release", headers=late)
    assert problem(refused)[:2] == (412, "precondition-failed")
    unknown = line.call("POST", f"{place}/commands/fly", headers=late)
    assert problem(unknown)[:2] == (404, "not-found")


def test_a_held_report_is_a_conflict_for_somebody_else(line: CentralLine) -> None:
    place = at(line, make(line))
    line.call("POST", f"{place}/commands/claim", headers={routes.IDEMPOTENCY_HEADER: new_id()})
    line.sign_in(line.add_person("operator"))
    key = {routes.IDEMPOTENCY_HEADER: new_id()}
    refused = line.call("POST", f"{place}/commands/claim", headers=key)
    assert problem(refused) == (409, "record-conflict", "held")
    # The answer belongs to the key; another key is another wish.
    again = line.call("POST", f"{place}/commands/claim", headers=key)
    assert problem(again) == (409, "record-conflict", "held")


def test_who_may_not_write_is_refused_by_role(line: CentralLine) -> None:
    place = at(line, make(line))
    line.sign_in(line.add_person("reader"))
    assert problem(make(line)) == (403, "forbidden", "role")
    patched = line.call("PATCH", place, {"place": "x"}, headers={"If-Match": '"1"'})
    assert problem(patched) == (403, "forbidden", "role")
    assert line.call("GET", place).status_code == 200
    elsewhere = place.replace(line.team, "another-team")
    assert problem(line.call("GET", elsewhere))[:2] == (403, "forbidden")


def test_a_reader_that_holds_this_version_gets_no_body(line: CentralLine) -> None:
    place = at(line, make(line))
    for header in ('"1"', 'W/"1"', '"7", "1"', "*"):
        held = line.call("GET", place, headers={"If-None-Match": header})
        assert (held.status_code, held.content, held.headers["etag"]) == (304, b"", '"1"')
    for header in ('"2"', "1", ""):
        assert line.call("GET", place, headers={"If-None-Match": header}).status_code == 200


def test_a_list_is_walked_whole_while_others_write(line: CentralLine) -> None:
    made = [make(line).json()["id"] for _ in range(7)]
    base = routes.collection(line.team, "report")
    seen: list[str] = []
    after = ""
    while True:
        page = line.call("GET", f"{base}?limit=2&after={after}").json()
        seen += [record["id"] for record in page["items"]]
        make(line)
        line.push(op("update", "report", made[0], set={"place": str(len(seen))}, was=FIELDS))
        after = page["next"]
        if after is None:
            break
    assert seen == made[::-1]


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "after=" + "a" * 301])
def test_a_list_asked_wrongly_is_400(line: CentralLine, query: str) -> None:
    answer = line.call("GET", f"{routes.collection(line.team, 'report')}?{query}")
    assert problem(answer)[:2] == (400, "batch-invalid")
    assert answer.json()["pointers"][0].startswith("/query/")


def test_a_cursor_of_another_list_is_refused(line: CentralLine) -> None:
    for _ in range(2):
        make(line)
    first = line.call("GET", f"{routes.collection(line.team, 'report')}?limit=1").json()
    other = line.call("GET", f"{routes.collection(line.team, 'post')}?after={first['next']}")
    assert problem(other)[:2] == (400, "bad-cursor")


def test_a_search_finds_by_text_state_area_holder_and_time(line: CentralLine) -> None:
    here = make(line, area_id="area-1", text="Rode BESTELBUS").json()
    line.watch.move(hours=1)
    line.sign_in(line.person)
    mine = report_op(holder=line.person, text="fiets")
    line.push(mine)

    def found(**asked: Any) -> list[str]:
        path = routes.collection(line.team, "report", "_search")
        answer = line.call("POST", path, asked)
        assert answer.status_code == 200, answer.text
        return [record["id"] for record in answer.json()["items"]]

    assert found(text="bestelbus") == [here["id"]]
    assert found(area="area-1", status="open") == [here["id"]]
    assert found(holder=line.person) == [mine["id"]]
    assert found(since="2026-03-14T14:30:00+01:00") == [mine["id"]]
    assert found(until="2026-03-14T13:30:00Z") == [here["id"]]
    assert found(text="bestelbus", status="closed") == []
    assert found() == [mine["id"], here["id"]]


@pytest.mark.parametrize("asked", [{}, {"holder": "x"}, {"parent": "x"}])
def test_a_list_walks_an_index_and_never_the_whole_table(
    tmp_path: Path, asked: dict[str, str]
) -> None:
    said: list[tuple[str, Any]] = []

    def plan(conn: Connection) -> list[str]:
        event.listen(conn, "before_cursor_execute", lambda *given: said.append(given[2:4]))
        repository.page(conn, "team", "report", before="z", limit=5, **asked)
        statement, values = said[0]
        return [row[3] for row in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]

    with CentralLine(tmp_path / "central.db") as line:
        steps = line.office.database.read_now(plan)
    assert steps[0].startswith("SEARCH sync_record USING INDEX")
    assert not [step for step in steps if step.startswith("SCAN")]


def test_a_filter_that_a_kind_does_not_know_is_named(line: CentralLine) -> None:
    path = routes.collection(line.team, "area", "_search")
    asked = {"holder": "x", "parent": "y", "status": "open", "since": "gisteren"}
    answer = line.call("POST", path, asked)
    assert problem(answer)[:2] == (400, "batch-invalid")
    assert answer.json()["pointers"] == ["/status", "/holder", "/parent", "/since"]


def test_a_search_reads_a_bounded_number_of_records(
    line: CentralLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("central.rest.search.LOOKED_AT_MAX", 4)
    monkeypatch.setattr("central.rest.search.CHUNK", 2)
    wanted = make(line, text="naald").json()["id"]
    for _ in range(6):
        make(line)
    path = routes.collection(line.team, "report", "_search")
    first = line.call("POST", path, {"text": "naald"}).json()
    assert (first["items"], bool(first["next"])) == ([], True)
    second = line.call("POST", path, {"text": "naald", "after": first["next"]}).json()
    assert [record["id"] for record in second["items"]] == [wanted]


def test_added_kinds_are_neither_changed_nor_deleted(line: CentralLine) -> None:
    body = {"lamp": "whatsapp", "state": "linked", "at": "2026-03-14T13:00:00Z"}
    place = at(line, make(line, "check", **body))
    for method in ("PATCH", "DELETE"):
        answer = line.call(method, place, {}, headers={"If-Match": '"1"'})
        assert problem(answer)[:2] == (405, "method-not-allowed")
        assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


@given(st.text(max_size=400))
def test_any_text_is_a_condition_or_none(text: str) -> None:
    found = conditions.tags(text)
    assert found is None or found
    key = conditions.idempotency_key(text)
    assert key is None or key in text


@given(st.from_regex(r"[A-Za-z0-9_-]{1,64}", fullmatch=True))
def test_a_list_cursor_reads_back_what_was_written(record_id: str) -> None:
    assert cursor.read("team-1", "report", cursor.write("team-1", "report", record_id)) == record_id


@given(st.datetimes(timezones=st.timezones()))
def test_a_moment_with_any_offset_becomes_utc_and_stays_that_moment(moment: Any) -> None:
    told = times.utc(moment.isoformat(timespec="milliseconds"))
    assert told is None or (told.endswith("Z") and times.utc(told) == told)


@given(st.text(max_size=60))
def test_any_text_is_a_moment_or_none(text: str) -> None:
    told = times.utc(text)
    assert told is None or len(told) == 24
