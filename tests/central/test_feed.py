"""Pull: pages, cursors, witness, snapshot, digest (sync.md §3, §4, §7)."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from central.auth import repository as sessions
from contract import routes
from contract.messages import hash64
from tests.helpers.central_line import CentralLine, command, op, report


def snapshot(line: CentralLine) -> tuple[list[dict[str, object]], dict[str, object]]:
    answer = line.call("GET", routes.snapshot(line.team))
    lines = [json.loads(one) for one in answer.text.splitlines()]
    return lines[:-1], lines[-1]


def test_pages_follow_each_other_and_the_last_says_so(line: CentralLine) -> None:
    line.push(*[report() for _ in range(25)])
    seen, cursor, more = [], "", True
    while more:
        rows, end = line.page(cursor, limit=7)
        assert len(rows) <= 7
        assert end["cursor"] != cursor
        seen += rows
        cursor, more = end["cursor"], end["more"]
    seqs = [row["seq"] for row in seen]
    assert seqs == sorted(seqs)
    assert seqs[-1] == end["head"]
    assert line.page(cursor)[0] == []


def test_a_record_stands_once_in_the_feed_at_its_last_change(line: CentralLine) -> None:
    made = report()
    line.push(made)
    line.push(report())
    line.push(command("report", made["id"], "claim"))
    rows, end = line.page()
    ours = [row for row in rows if row["id"] == made["id"]]
    assert [(row["ver"], row["seq"]) for row in ours] == [(2, end["head"])]


def test_the_anchor_of_a_push_is_newer_than_every_cursor_but_no_cursor(line: CentralLine) -> None:
    anchor = line.send(report()).json()["anchor"]
    assert anchor == line.page()[1]["cursor"]
    assert line.send(report(), witness=anchor).status_code == 200


@pytest.mark.parametrize("text", ["", "x", "é", "v1", "AAAA" * 200, "%00", "djEub3RoZXIuNS5hYmM"])
def test_a_cursor_of_another_team_or_shape_is_refused(line: CentralLine, text: str) -> None:
    answer = line.call(
        "GET", routes.changes(line.team), headers={routes.WITNESS_HEADER: f"{text.encode().hex()}x"}
    )
    assert answer.json()["type"] == "/problems/bad-cursor"
    answer = line.call("GET", f"{routes.changes(line.team)}?after={text}x")
    assert answer.status_code == 400


def forged(line: CentralLine, seq: int, nonce: str) -> str:
    plain = f"v1.{line.team}.{seq}.{nonce}".encode()
    return base64.urlsafe_b64encode(plain).rstrip(b"=").decode()


def test_a_cursor_from_another_history_asks_for_a_resync(line: CentralLine) -> None:
    head = line.page()[1]["head"]
    for seq, nonce in ((head, "other"), (head + 5, "x"), (1, "y")):
        answer = line.call("GET", f"{routes.changes(line.team)}?after={forged(line, seq, nonce)}")
        assert (answer.status_code, answer.json()["type"]) == (410, "/problems/resync-required")


def test_a_witness_from_a_lost_history_stops_the_push_and_nothing_is_done(
    line: CentralLine, copy_now: Callable[[], Path | str]
) -> None:
    kept = line.send(report()).json()["anchor"]
    copy = copy_now()
    lost = line.send(report()).json()["anchor"]
    with CentralLine(copy) as restored:
        restored.team = line.team
        restored.sign_in(line.person)
        made = report()
        answer = restored.send(made, witness=lost)
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/timeline-changed")
        assert made["id"] not in restored.records("report")
        assert restored.send(made, witness=kept).status_code == 200
        # The counter has caught up with the lost number; the nonce still tells them apart.
        assert restored.send(report(), witness=lost).status_code == 409


def test_the_snapshot_holds_every_live_record_and_closes_with_its_sum(line: CentralLine) -> None:
    gone = report()
    line.push(gone, *[report() for _ in range(30)])
    line.push(op("delete", "report", gone["id"], base_ver=1))
    rows, end = snapshot(line)
    feed = [row for row in line.records().values() if not row["del"]]
    assert sorted(map(str, rows)) == sorted(map(str, feed))
    total = sum(hash64(row["id"], row["ver"]) for row in feed) % 2**64
    assert end == {
        "cursor": line.page()[1]["cursor"],
        "count": len(feed),
        "digest": f"{total:016x}",
    }


def test_the_digest_counts_every_kind(line: CentralLine) -> None:
    line.push(report(), report())
    found = line.call("GET", routes.digest(line.team)).json()
    assert found["kinds"]["report"]["count"] == 2
    assert found["cursor"] == line.page()[1]["cursor"]


def test_a_long_poll_without_news_ends_by_itself(line: CentralLine) -> None:
    cursor = line.page()[1]["cursor"]
    answer = line.call("GET", f"{routes.changes(line.team)}?after={cursor}&wait=1")
    assert len(answer.text.splitlines()) == 1


def test_who_was_shut_out_while_the_line_was_held_gets_no_news(line: CentralLine) -> None:
    held = line.token
    line.sign_in(line.add_person("operator"), "desk-2")
    cursor = line.page()[1]["cursor"]
    path = f"{routes.changes(line.team)}?after={cursor}&wait=20"

    def revoke() -> None:
        until = time.monotonic() + 10
        pause = threading.Event()
        while not line.office.bells.teams() and time.monotonic() < until:
            pause.wait(0.01)
        line.office.database.write_now(
            lambda conn: sessions.revoke_device(conn, line.team, "desk-1", line.office.now())
        )
        line.office.bells.ring(line.team)

    other = threading.Thread(target=revoke)
    other.start()
    answer = line.call("GET", path, token=held)
    other.join()
    assert answer.status_code == 401


def test_another_teams_records_are_out_of_reach(line: CentralLine) -> None:
    for path in (routes.changes("other"), routes.snapshot("other"), routes.digest("other")):
        assert line.call("GET", path).status_code == 403
    assert line.call("POST", routes.ops("other"), {"ops": []}).status_code == 403
