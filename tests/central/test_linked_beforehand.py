"""Audit rows of a large batch are linked before the counter is taken, and stay one chain (§2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from central.journal import repository as journal
from central.journal.chain import START, Entry, body_hash, first_broken, halves, link, links
from central.sequence import Author, Staged, commit_changes, on_server
from contract.op import Record
from tests.helpers.central_line import CentralLine, new_id, op, report

WORD = st.text(max_size=12)
HASH = st.text("0123456789abcdef", min_size=64, max_size=64) | st.just("")
ENTRIES = st.lists(
    st.builds(Entry, WORD, WORD, WORD, WORD, st.integers(0, 9), HASH, HASH), max_size=6
)
MANY = on_server.LINKED_FROM + 5


@given(ENTRIES, WORD, WORD, WORD, WORD, st.integers(1, 10**9))
@settings(max_examples=60)
def test_two_halves_and_a_number_are_linked_as_the_whole_row_is(
    entries: list[Entry], team: str, at: str, person: str, device: str, first: int
) -> None:
    found = links(START, first, halves(team, at, person, device, entries))
    before = START
    for number, (one, mine) in enumerate(zip(entries, found, strict=True), first):
        row = {
            "team": team,
            "n": number,
            "at": at,
            "person": person,
            "device": device,
            "op_id": one.op_id,
            "act": one.act,
            "kind": one.kind,
            "record": one.record,
            "ver": one.ver,
            "before_hash": one.before_hash,
            "after_hash": one.after_hash,
        }
        before = link(before, row)
        assert mine == before


@pytest.fixture
def on_postgres(postgres_url: str) -> Iterator[CentralLine]:
    with CentralLine(postgres_url) as made:
        made.set_up()
        yield made


def chain_of(line: CentralLine) -> list[dict[str, object]]:
    return line.office.database.read_now(lambda conn: journal.rows_of(conn, line.team))


def test_a_large_batch_of_every_verb_leaves_one_chain(on_postgres: CentralLine) -> None:
    line = on_postgres
    made = [report() for _ in range(MANY)]
    assert {one["status"] for one in line.push(*made)} == {"applied"}
    changed = [
        op("update", "report", one["id"], set={"title": f"Nr. {n}"}, was={"title": None})
        for n, one in enumerate(made)
    ]
    gone = [op("delete", "report", one["id"], base_ver=2) for one in made]
    assert {one["status"] for one in line.push(*changed, *gone)} == {"applied"}
    rows = chain_of(line)
    assert first_broken(rows) is None
    assert [row["act"] for row in rows[-MANY:]] == ["delete"] * MANY
    assert {row["after_hash"] for row in rows[-MANY:]} == {""}


def test_a_batch_whose_links_came_too_late_is_linked_anew(
    on_postgres: CentralLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = on_postgres
    between: list[str] = []
    shipped: Callable[[Connection, str], tuple[int, str]] = journal.last_link

    def one_more(conn: Connection) -> None:
        body = report()["set"]
        entry = Entry(new_id(), "create", "report", between[0], 1, "", body_hash(body))
        staged = [Staged(Record("report", between[0], 1, body), 0)]
        commit_changes(conn, Author(line.team, "p", "d", "2026-03-14"), staged, (), [entry])

    def somebody_was_first(conn: Connection, team: str) -> tuple[int, str]:
        found = shipped(conn, team)
        if not between:
            between.append(new_id())
            line.office.database.write_now(one_more)
        return found

    monkeypatch.setattr(on_server, "last_link", somebody_was_first)
    made = [report() for _ in range(MANY)]
    assert {one["status"] for one in line.push(*made)} == {"applied"}
    rows = chain_of(line)
    assert first_broken(rows) is None
    assert [row["record"] for row in rows[-MANY - 1 :]] == [between[0], *(m["id"] for m in made)]
    assert {one["id"] for one in made} | {between[0]} <= line.records("report").keys()
