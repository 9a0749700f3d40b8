"""No list of posts, placements, feedback or alerts walks a growing table (house.md §3.15)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, event

from console.services.desk import Desk
from console.storage import alerts, drafts, feedback, ledger, posts, templates
from tests.helpers import town
from tests.helpers.plans import GROWING

NOW = "2026-03-10T14:00:00.000Z"

QUERIES: list[tuple[str, Callable[[Connection], Any]]] = [
    ("the list of posts", lambda conn: posts.rows(conn, me="x")),
    ("rows by id", lambda conn: posts.rows_of(conn, ["a", "b"], me="x")),
    ("ticked groups", lambda conn: posts.targets(conn, "a")),
    ("where it stands", lambda conn: posts.placed_in(conn, "a")),
    ("where it stands already", lambda conn: posts.standing_in(conn, "a", "b", ["c"])),
    ("next position", lambda conn: posts.next_position(conn, "a")),
    ("a draft", lambda conn: drafts.draft(conn, "a", me="x")),
    ("a ledger", lambda conn: ledger.ledger(conn, "a", me="x")),
    ("rows of a ledger", lambda conn: ledger.placement_rows(conn, "a")),
    ("unconfirmed rows", ledger.unconfirmed),
    ("an unanswered row", lambda conn: ledger.unanswered(conn, "a", "b")),
    ("groups that wait", lambda conn: ledger.open_groups(conn, "a")),
    ("counts of a post", lambda conn: ledger.states(conn, "a")),
    ("what is due", lambda conn: feedback.due(conn, me="x", now=NOW)),
    ("what is due here", lambda conn: feedback.due(conn, me="x", now=NOW, area_ids=["a"])),
    ("what is done", lambda conn: feedback.done(conn, me="x", now=NOW)),
    ("a card of feedback", lambda conn: feedback.card(conn, "a", me="x", now=NOW)),
    ("the clock", lambda conn: feedback.clock(conn, me="x", now=NOW)),
    ("an open answer", lambda conn: feedback.open_answer(conn, "a")),
    ("the figures", lambda conn: feedback.figures(conn, "2026-03-01", "2026-04-01")),
    ("running alerts", lambda conn: alerts.rows(conn, now=NOW, since=NOW)),
    ("a card of an alert", lambda conn: alerts.card(conn, "a", now=NOW)),
    ("the same bytes", lambda conn: alerts.by_original(conn, "a")),
    ("an open draft", lambda conn: alerts.open_draft(conn, "a")),
    ("posts of an alert", lambda conn: alerts.broadcasts(conn, "a")),
    ("templates", lambda conn: templates.active(conn, "broadcast", "warning")),
]


@pytest.mark.parametrize(("name", "query"), QUERIES, ids=[name for name, _ in QUERIES])
def test_every_question_is_answered_through_an_index(
    desk: Desk,
    name: str,
    query: Callable[[Connection], Any],
) -> None:
    town.build(desk)
    walked: list[str] = []

    def work(conn: Connection) -> None:
        asked: list[tuple[str, Any]] = []

        def note(_c: Any, _cur: Any, statement: str, values: Any, _ctx: Any, _many: Any) -> None:
            asked.append((statement, values))

        event.listen(conn, "before_cursor_execute", note)
        query(conn)
        event.remove(conn, "before_cursor_execute", note)
        for statement, values in asked:
            if not statement.lstrip().upper().startswith("SELECT"):
                continue
            for row in conn.exec_driver_sql("EXPLAIN QUERY PLAN " + statement, values):
                if any(re.match(rf"SCAN {table}\b", row.detail) for table in GROWING):
                    walked.append(f"{row.detail}: {statement}")

    desk.look(work).result()
    assert walked == [], f"{name} walks a growing table."
