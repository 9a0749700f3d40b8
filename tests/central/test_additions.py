"""What central adds to an accepted op: guard, clock, handover (sync.md §6)."""

from __future__ import annotations

from typing import Any

import pytest

from contract.region import NETHERLANDS
from tests.helpers.central_line import CentralLine, command, new_id, op, report

CLOSING = NETHERLANDS.closing_general
GOOD = f"Let op uw fiets bij het station.\n\n{CLOSING}"
BAD = f"Houd hem tegen als u hem ziet.\n\n{CLOSING}"


def post(**fields: Any) -> dict[str, Any]:
    body = {"type": "broadcast", "kind": "prevention", "title": "Fietsen", "body": GOOD, **fields}
    return op("create", "post", new_id(), set=body)


def placement(post_id: str, **fields: Any) -> dict[str, Any]:
    body = {"post_id": post_id, "group_id": new_id(), "text": GOOD, **fields}
    return op("create", "placement", new_id(), set=body)


def statuses(results: list[dict[str, Any]]) -> list[str]:
    return [one["status"] for one in results]


def test_a_release_that_the_guard_passes_is_applied(line: CentralLine) -> None:
    made = post()
    results = line.push(made, placement(made["id"]), command("post", made["id"], "release"))
    assert statuses(results) == ["applied"] * 3
    body = line.records("post")[made["id"]]["body"]
    assert (body["status"], body.get("guard_differs")) == ("released", None)


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"body": BAD}, GOOD),
        ({}, BAD),
        ({"body": "Zonder slotregel."}, GOOD),
        ({"training": True}, GOOD),
    ],
)
def test_a_release_with_a_stop_is_refused(
    line: CentralLine, fields: dict[str, Any], text: str
) -> None:
    made = post(**fields)
    results = line.push(
        made, placement(made["id"], text=text), command("post", made["id"], "release")
    )
    assert (results[2]["status"], results[2]["code"]) == ("invalid", "guard")
    assert line.records("post")[made["id"]]["body"]["status"] == "draft"


def test_a_release_to_nobody_is_refused(line: CentralLine) -> None:
    made = post()
    assert line.push(made, command("post", made["id"], "release"))[1]["code"] == "guard"


def test_a_release_for_an_action_that_ended_is_refused(line: CentralLine) -> None:
    alert = op(
        "create",
        "alert",
        new_id(),
        set={"source": "burgernet_text", "state": "ended", "original": "x", "original_sha256": "y"},
    )
    made = post(alert_id=alert["id"])
    results = line.push(alert, made, placement(made["id"]), command("post", made["id"], "release"))
    assert results[3]["code"] == "guard"


def test_a_text_that_already_left_is_a_fact_and_is_marked(line: CentralLine) -> None:
    made = post(body=BAD)
    placed = placement(made["id"], text=BAD)
    release = {**command("post", made["id"], "release"), "age_ms": 10**9}
    results = line.push(made, placed, release, command("placement", placed["id"], "copied"))
    assert statuses(results) == ["applied"] * 4
    assert line.records("post")[made["id"]]["body"]["guard_differs"] is True


def test_an_old_release_of_which_nothing_left_must_be_confirmed_again(line: CentralLine) -> None:
    made = post()
    release = {**command("post", made["id"], "release"), "age_ms": 11 * 60 * 1000}
    assert line.push(made, placement(made["id"]), release)[2]["status"] == "expired"


def test_the_first_placement_starts_the_clock_and_later_ones_leave_it(line: CentralLine) -> None:
    made = post()
    one, two = placement(made["id"]), placement(made["id"])
    line.push(made, one, two, command("post", made["id"], "release"))
    line.push(command("placement", one["id"], "placed", at="2026-03-14T12:59:00.000Z"))
    due = line.records("post")[made["id"]]["body"]["feedback_due_at"]
    assert due == "2026-03-15T12:59:00.000Z"
    line.watch.move(minutes=5)
    line.push(command("placement", two["id"], "placed"))
    assert line.records("post")[made["id"]]["body"]["feedback_due_at"] == due
    again = command("post", made["id"], "start_clock", placed_at="2026-03-14T12:59:00.000Z")
    assert statuses(line.push(again)) == ["noop"]


def test_accepting_a_handover_moves_what_the_giver_still_holds(line: CentralLine) -> None:
    giver = line.person
    taker, third = line.add_person("operator"), line.add_person("operator", name="Derde")
    held, waiting, closed, gone = report(), report(), report(), report()
    draft = post(holder=giver)
    line.push(held, waiting, closed, gone, draft)
    line.push(
        command("report", held["id"], "claim"),
        command("report", waiting["id"], "wait", on="gemeente"),
        command("report", closed["id"], "close", reason="handled", contribution="no"),
    )
    sheet = op(
        "create",
        "handover",
        new_id(),
        set={"from_person": giver, "made_at": "2026-03-14T13:00:00.000Z"},
    )
    lines = [
        op(
            "create",
            "handover_line",
            new_id(),
            set={
                "handover_id": sheet["id"],
                "section": "reports",
                "title": "Melding",
                "subject_kind": "report",
                "subject_id": subject,
            },
        )
        for subject in (held["id"], gone["id"])
    ]
    line.push(sheet, *lines)
    line.sign_in(third)
    line.push(command("report", gone["id"], "claim"))
    line.sign_in(taker)
    _, before = line.page()
    result = line.push(command("handover", sheet["id"], "accept", talked=True))[0]
    assert result["status"] == "applied"
    reports = line.records("report")
    assert reports[held["id"]]["body"]["holder"] == taker
    assert reports[waiting["id"]]["body"]["holder"] == taker
    assert not reports[closed["id"]]["body"].get("holder")
    assert reports[gone["id"]]["body"]["holder"] == third
    assert line.records("post")[draft["id"]]["body"]["holder"] == taker
    assert result["record"]["body"]["kept"] == [
        {"kind": "report", "id": gone["id"], "holder": third}
    ]
    # One commit: the handover and everything it moved follow each other without a gap.
    rows, _ = line.page(before["cursor"])
    seqs = [row["seq"] for row in rows]
    assert len(rows) == 4
    assert seqs == list(range(seqs[0], seqs[0] + 4))
