"""Push: ops with results in the same transaction (sync.md §2, §5)."""

from __future__ import annotations

from typing import Any

import pytest

from contract import routes
from contract.messages import record_from_wire, result_from_wire
from tests.helpers.central_line import CentralLine, command, new_id, op, report


def test_a_report_gets_a_number_a_version_and_a_place_in_the_feed(line: CentralLine) -> None:
    _, before = line.page()
    made = report()
    result = line.push(made)[0]
    assert (result["status"], result["ver"]) == ("applied", 1)
    assert result["record"]["body"]["number"] == "0314-001"
    rows, end = line.page(before["cursor"])
    assert [row["id"] for row in rows] == [made["id"]]
    assert rows[0] == {**result["record"], "body": rows[0]["body"]}
    assert rows[0]["body"] == result["record"]["body"]
    assert rows[0]["by"] == line.person
    assert end == {"cursor": end["cursor"], "more": False, "head": rows[0]["seq"]}


def test_who_completes_records_of_their_own_gets_only_what_central_added(
    line: CentralLine,
) -> None:
    made = report(holder="somebody")

    def sent(*ops: dict[str, Any], completes: bool) -> list[dict[str, Any]]:
        body = {"client": {"completes": completes}, "ops": list(ops)}
        answer = line.call("POST", routes.ops(line.team), body)
        results: list[dict[str, Any]] = answer.json()["results"]
        return results

    short = sent(made, completes=True)
    stored = line.records("report")[made["id"]]
    assert short[0]["record"]["without"] == ["holder"]
    assert short[0]["record"]["over"] == {
        "status": "open",
        "created_by": line.person,
        "created_at": stored["at"],
        "number": "0314-001",
    }
    assert result_from_wire(short[0], made["set"]).record == record_from_wire(stored)
    assert sent(made, completes=True) == short
    # Whoever does not say so gets it whole, also where the stored answer is the short one.
    whole = sent(made, completes=False)
    assert record_from_wire(whole[0]["record"]) == record_from_wire(stored)
    assert line.push(made) == whole


def test_numbers_count_per_dutch_day(line: CentralLine) -> None:
    assert line.push(report(), report())[1]["record"]["body"]["number"] == "0314-002"
    line.watch.move(hours=10, minutes=30)  # 00:30 in the Netherlands, still the 14th in UTC
    line.sign_in(line.person)
    assert line.push(report())[0]["record"]["body"]["number"] == "0315-001"


def test_the_same_ops_sent_again_give_the_same_answers_and_change_nothing(
    line: CentralLine,
) -> None:
    made = report()
    batch = [made, command("report", made["id"], "claim"), command("report", "absent", "claim")]
    first = line.push(*batch)
    assert [one["status"] for one in first] == ["applied", "applied", "gone"]
    rows, end = line.page()
    assert line.push(*batch) == first
    assert line.push(batch[1]) == first[1:2]
    assert line.page() == (rows, end)


def test_a_result_can_be_asked_for_after_a_doubt(line: CentralLine) -> None:
    made = report()
    result = line.push(made)[0]
    found = line.call("GET", routes.ops(line.team, made["op_id"]))
    assert found.json() == result
    assert line.call("GET", routes.ops(line.team, new_id())).status_code == 404


def test_an_op_id_with_other_contents_is_refused_and_nothing_is_kept(line: CentralLine) -> None:
    made = report()
    line.push(made)
    _, end = line.page()
    other = {**made, "set": {**made["set"], "place": "Haven"}}
    answer = line.send(report(), other)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/op-id-reused")
    assert line.page(end["cursor"])[0] == []


def test_one_op_twice_in_a_batch_is_done_once(line: CentralLine) -> None:
    made = report()
    results = line.push(made, made)
    assert results[0] == results[1]
    assert line.records("report")[made["id"]]["ver"] == 1


def test_a_group_is_all_or_nothing(line: CentralLine) -> None:
    first, second, alone = report(), report(), report()
    wrong = command("report", new_id(), "claim")
    results = line.push(
        {**first, "group": "g1"}, {**wrong, "group": "g1"}, {**second, "group": "g1"}, alone
    )
    assert [one["status"] for one in results] == ["blocked", "gone", "blocked", "applied"]
    assert set(line.records("report")) == {alone["id"]}
    # A blocked op was not answered for good: alone it may still be done.
    assert line.push(first)[0]["status"] == "applied"


def test_a_group_that_fits_is_done_whole(line: CentralLine) -> None:
    made = report()
    pair = [{**made, "group": "g1"}, {**command("report", made["id"], "claim"), "group": "g1"}]
    assert [one["status"] for one in line.push(*pair)] == ["applied", "applied"]
    record = line.records("report")[made["id"]]
    assert (record["ver"], record["body"]["holder"]) == (2, line.person)


def test_an_op_waits_for_the_ops_it_names(line: CentralLine) -> None:
    made, refused = report(), command("report", new_id(), "claim")
    after_good = {**report(), "after": [made["op_id"]]}
    after_bad = {**report(), "after": [refused["op_id"]]}
    after_unknown = {**report(), "after": [new_id()]}
    results = line.push(made, refused, after_good, after_bad, after_unknown)
    assert [one["status"] for one in results[2:]] == ["applied", "blocked", "blocked"]
    assert line.push({**report(), "after": [made["op_id"]]})[0]["status"] == "applied"


def test_fields_this_central_does_not_know_survive(line: CentralLine) -> None:
    made = report(weather={"wind": [5, "west"]})
    line.push(made)
    line.push(
        op("update", "report", made["id"], set={"place": "Haven"}, was={"place": "Kerkplein"})
    )
    body = line.records("report")[made["id"]]["body"]
    assert (body["weather"], body["place"]) == ({"wind": [5, "west"]}, "Haven")


def test_fields_merge_by_value_and_a_third_value_is_a_conflict(line: CentralLine) -> None:
    made = report()
    line.push(made)
    place = op(
        "update", "report", made["id"], base_ver=1, set={"place": "A"}, was={"place": "Kerkplein"}
    )
    text = op("update", "report", made["id"], base_ver=1, set={"title": "T"}, was={})
    clash = op(
        "update", "report", made["id"], base_ver=1, set={"place": "B"}, was={"place": "Kerkplein"}
    )
    results = line.push(place, text, clash)
    assert [one["status"] for one in results] == ["applied", "merged", "conflict"]
    assert results[2]["fields"] == ["place"]
    assert results[2]["record"]["body"]["place"] == "A"


def test_a_deleted_record_leaves_a_grave_without_words_and_never_returns(line: CentralLine) -> None:
    made = report()
    line.push(made)
    line.push(op("delete", "report", made["id"], base_ver=1))
    grave = line.records("report")[made["id"]]
    assert (grave["del"], grave["body"], grave["ver"]) == (True, {}, 2)
    again = report(made["id"])
    assert line.push(again)[0]["status"] == "conflict"


def test_an_edit_beats_a_delete_that_did_not_see_it(line: CentralLine) -> None:
    made = report()
    line.push(made)
    line.push(
        op("update", "report", made["id"], set={"place": "Haven"}, was={"place": "Kerkplein"})
    )
    assert line.push(op("delete", "report", made["id"], base_ver=1))[0]["status"] == "conflict"


def test_the_author_is_the_session_and_not_what_the_desk_says(line: CentralLine) -> None:
    entry = op(
        "create",
        "log_entry",
        new_id(),
        set={"subject_kind": "report", "subject_id": "x", "what": "note", "by": "somebody-else"},
    )
    made = report(created_by="somebody-else")
    results = line.push(entry, made)
    assert results[0]["record"]["body"]["by"] == line.person
    assert results[0]["record"]["body"]["at"] == "2026-03-14T13:00:00.000Z"
    assert results[1]["record"]["body"]["created_by"] == line.person


def test_an_old_claim_must_be_confirmed_again(line: CentralLine) -> None:
    made = report()
    line.push(made)
    old = {**command("report", made["id"], "claim"), "age_ms": 11 * 60 * 1000}
    assert line.push(old)[0]["status"] == "expired"


def test_the_last_account_holder_stays_one(line: CentralLine) -> None:
    demote = op(
        "update",
        "person",
        line.person,
        set={"roles": ["operator"]},
        was={"roles": ["account_holder", "operator"]},
    )
    assert line.push(demote)[0]["code"] == "last-account-holder"
    line.add_person("account_holder")
    assert line.push({**demote, "op_id": new_id()})[0]["status"] == "applied"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[]",
        b'{"ops": 5}',
        b'{"ops": [{"op_id": "a b", "verb": "create", "kind": "report", "id": "1"}]}',
        b'{"ops": [{"op_id": "a", "verb": "explode", "kind": "report", "id": "1"}]}',
        b'{"ops": [{"op_id": "a", "verb": "create", "kind": "report", "id": "1", "set": NaN}]}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_a_batch_of_another_shape_is_400_and_names_what_is_wrong(
    line: CentralLine, body: bytes
) -> None:
    answer = line.call("POST", routes.ops(line.team), body)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == routes.PROBLEM_JSON
    document = answer.json()
    assert document["type"] == "/problems/batch-invalid"
    assert {"status", "title", "detail"} <= set(document)


def test_too_many_ops_or_bytes_are_refused(line: CentralLine) -> None:
    many: list[Any] = [op("delete", "report", "x") for _ in range(routes.MAX_OPS + 1)]
    assert line.send(*many).status_code == 400
    large = b" " * (routes.MAX_BYTES + 1)
    answer = line.call("POST", routes.ops(line.team), large)
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")


def test_an_unknown_kind_or_command_is_invalid_for_that_op_only(line: CentralLine) -> None:
    made = report()
    results = line.push(
        op("create", "spaceship", "1", set={}), made, command("report", made["id"], "fly")
    )
    assert [one["status"] for one in results] == ["denied", "applied", "invalid"]
