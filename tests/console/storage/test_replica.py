"""Pages, positions, unknown fields and kinds, and the resync (sync.md §3, §7)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from console.domain.changes import Changes
from console.storage import bulk, outbox, projection, replica, search
from console.storage.database import Store
from console.storage.projection import body_of, row_of
from contract.kinds import KINDS
from contract.op import Op, Record
from tests.helpers.units import NOW, edit, new_report, next_op_id, record

BODY = {"category": "person", "text": "rood", "place": "Dorp", "heard_at": NOW, "status": "open"}


def page(store: Store, *records: Record, asked_with: str = "", cursor: str = "") -> Changes | None:
    return store.write(
        lambda conn: replica.apply_page(
            conn, "noord", records, asked_with=asked_with, cursor=cursor, now=NOW
        )
    ).result()


def shown(store: Store, record_id: str, kind: str = "report") -> Record | None:
    return store.read(lambda conn: projection.shown(conn, kind, record_id)).result()


def resync(store: Store, *records: Record) -> Changes:
    store.write(replica.begin_resync).result()
    store.write(lambda conn: replica.add_resync(conn, records)).result()
    return store.write(lambda conn: replica.finish_resync(conn, "noord", "new", now=NOW)).result()


def test_a_page_moves_the_cursor_and_says_what_it_touched(store: Store) -> None:
    changes = page(store, Record("report", "r1", 1, BODY, seq=4), cursor="c4")
    assert changes is not None
    assert changes.has("report", "r1")
    position = store.read(lambda conn: replica.position(conn, "noord")).result()
    assert (position.cursor, position.witness, position.generation) == ("c4", "c4", 0)
    assert store.read(lambda c: replica.position(c, "zuid")).result() == replica.Position()


def test_a_page_asked_with_an_older_cursor_is_left_alone(store: Store) -> None:
    page(store, cursor="c4")
    assert page(store, Record("report", "r1", 1, BODY, seq=5), asked_with="", cursor="c5") is None
    assert shown(store, "r1") is None


def test_a_page_of_thousands_is_found_by_search_and_can_be_changed_afterwards(
    store: Store,
) -> None:
    many = [
        Record("report", f"r{n:05}", 1, {**BODY, "text": f"blauw w{n}", "x": [n]}, seq=n + 1)
        for n in range(4_000)
    ]
    page(store, *many, cursor="c1")
    assert find(store, "w3999") == ["r03999"]
    assert len(find(store, "blauw")) == 200
    last = shown(store, "r03999")
    assert last is not None
    assert (last.body["text"], last.body["x"]) == ("blauw w3999", [3999])
    page(
        store,
        Record("report", "r03999", 2, {**BODY, "text": "geel"}, seq=5_000),
        Record("report", "r00000", 2, {}, deleted=True, seq=5_001),
        asked_with="c1",
        cursor="c2",
    )
    assert find(store, "w3999") == find(store, "w0 blauw") == []
    assert find(store, "geel") == ["r03999"]
    check = "INSERT INTO report_fts(report_fts, rank) VALUES ('integrity-check', 1)"
    store.write(lambda conn: conn.execute(text(check)).rowcount).result()


def test_a_fill_that_breaks_off_leaves_the_index_as_it_was(store: Store) -> None:
    def broken(conn: Connection) -> None:
        with search.filling(conn, search.MANY):
            raise LookupError

    with pytest.raises(LookupError):
        store.write(broken).result()
    found = store.read(
        lambda conn: (
            conn.execute(text("SELECT v FROM report_fts_config WHERE k = 'automerge'"))
            .scalars()
            .all()
        )
    ).result()
    assert found in ([], [4])


def find(store: Store, words: str) -> list[str]:
    return store.read(lambda conn: search.search_reports(conn, words)).result()


def test_the_anchor_of_a_push_is_a_witness_and_no_cursor(store: Store) -> None:
    page(store, cursor="c4")
    store.write(lambda conn: replica.keep_witness(conn, "noord", "c9")).result()
    position = store.read(lambda conn: replica.position(conn, "noord")).result()
    assert (position.cursor, position.witness) == ("c4", "c9")


def test_replays_and_older_versions_change_nothing(store: Store) -> None:
    page(store, Record("report", "r1", 3, {**BODY, "title": "drie"}, seq=9))
    old = Record("report", "r1", 2, {**BODY, "title": "twee"}, seq=5)
    same = Record("report", "r1", 3, {**BODY, "title": "drie"}, seq=9)
    assert page(store, old, same) == Changes()
    found = shown(store, "r1")
    assert found is not None
    assert (found.ver, found.body["title"]) == (3, "drie")


def test_a_grave_stays_a_grave_for_what_comes_late(store: Store) -> None:
    page(store, Record("report", "r1", 1, BODY, seq=1))
    page(store, Record("report", "r1", 2, {}, deleted=True, seq=2))
    page(store, Record("report", "r1", 1, BODY, seq=1), Record("report", "r1", 2, BODY, seq=2))
    assert shown(store, "r1") is None
    kept = store.read(lambda conn: projection.confirmed(conn, "report", "r1")).result()
    assert kept is not None
    assert (kept.deleted, kept.ver) == (True, 2)


def test_unsent_typing_survives_what_others_wrote(store: Store) -> None:
    page(store, Record("report", "r1", 1, BODY, seq=1))
    store.write(record(edit("r1", title="mijn"))).result()
    page(store, Record("report", "r1", 2, {**BODY, "place": "Kade"}, seq=2))
    found = shown(store, "r1")
    assert found is not None
    assert (found.body["title"], found.body["place"], found.ver) == ("mijn", "Kade", 3)


def test_a_record_waiting_to_be_deleted_is_hidden_and_comes_back_when_the_other_edited(
    store: Store,
) -> None:
    page(store, Record("report", "r1", 1, BODY, seq=1))
    store.write(record(Op(next_op_id(), "delete", "report", "r1", base_ver=1))).result()
    assert shown(store, "r1") is None
    rows = store.read(lambda c: c.execute(text("SELECT count(*) FROM rec_report")).scalar())
    assert rows.result() == 0
    page(store, Record("report", "r1", 2, {**BODY, "title": "toch"}, seq=2))
    # An edit beats a delete (sync.md §6), so the edit shows until central has answered.
    found = shown(store, "r1")
    assert found is not None
    assert found.body["title"] == "toch"


def test_fields_and_kinds_of_a_newer_central_are_kept_as_they_came(store: Store) -> None:
    body = {**BODY, "mood": {"a": [1, None]}, "acute": "later maybe", "number": 7}
    page(
        store,
        Record("report", "r1", 1, body, seq=1),
        Record("dragon", "d1", 4, {"heads": 3}, seq=2),
        Record("dragon", "d1", 3, {"heads": 2}, seq=1),
    )
    found = shown(store, "r1")
    assert found is not None
    assert found.body == body
    store.write(record(edit("r1", title="mijn"))).result()
    found = shown(store, "r1")
    assert found is not None
    assert found.body == {**body, "title": "mijn"}
    dragon = store.read(
        lambda c: c.execute(text("SELECT ver, body FROM unread_record")).all()
    ).result()
    assert [tuple(row) for row in dragon] == [(4, '{"heads":3}')]


def test_a_resync_swaps_everything_at_once_and_keeps_what_was_not_sent(store: Store) -> None:
    page(
        store,
        Record("report", "r1", 5, {**BODY, "title": "weg"}, seq=5),
        Record("report", "r2", 7, {**BODY, "title": "later"}, seq=7),
        Record("report", "r4", 1, {}, deleted=True, seq=8),
        cursor="old",
    )
    mine = new_report("r3")
    store.write(record(mine, edit("r2", was="later", title="mijn"))).result()
    # Central was put back: r1 and r4 as they were before, r2 at a lower version.
    changes = resync(
        store,
        Record("report", "r2", 3, {**BODY, "title": "later"}, seq=3),
        Record("report", "r4", 1, {**BODY, "title": "terug"}, seq=4),
    )
    assert set(changes.ids["report"]) >= {"r1", "r2", "r4"}
    assert shown(store, "r1") is None
    two, three, four = shown(store, "r2"), shown(store, "r3"), shown(store, "r4")
    assert two is not None
    assert (two.ver, two.body["title"]) == (4, "mijn")
    assert three is not None
    assert four is not None
    assert four.body["title"] == "terug"
    position = store.read(lambda conn: replica.position(conn, "noord")).result()
    assert (position.cursor, position.generation) == ("new", 1)
    assert store.read(lambda conn: outbox.counts(conn, "ik")).result().queue == 2


def test_nothing_of_a_resync_shows_before_the_swap_and_a_broken_one_is_dropped(
    store: Store,
) -> None:
    store.write(replica.begin_resync).result()
    half = [Record("report", "r1", 1, BODY, seq=1)]
    store.write(lambda conn: replica.add_resync(conn, half)).result()
    assert shown(store, "r1") is None
    resync(store, Record("report", "r2", 1, BODY, seq=2))
    assert shown(store, "r1") is None
    assert shown(store, "r2") is not None


def test_a_large_page_is_applied_whole(store: Store) -> None:
    records = [
        Record("report", f"r{n}", 1, {**BODY, "title": str(n)}, seq=n + 1) for n in range(1200)
    ]
    store.write(record(new_report("r7"))).result()
    page(store, *records)
    count = store.read(lambda c: c.execute(text("SELECT count(*) FROM rec_report")).scalar())
    assert count.result() == 1200


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@given(
    kind=st.sampled_from(sorted(KINDS)),
    known=st.lists(VALUES, min_size=40, max_size=40),
    unknown=st.dictionaries(st.text(min_size=1, max_size=8), VALUES, max_size=4),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
def test_any_body_comes_back_from_its_row_as_it_was(
    kind: str, known: list[Any], unknown: dict[str, Any]
) -> None:
    """I15, whatever types a newer central may choose for a field."""
    body = {**unknown, **dict(zip(KINDS[kind].fields, known, strict=False))}
    row = row_of(kind, body)
    assert body_of(kind, row) == {name: value for name, value in body.items() if value is not None}
    for name, field in KINDS[kind].fields.items():
        if row[name] is not None and field.type in ("flag", "number"):
            assert isinstance(row[name], int)


@given(
    kind=st.sampled_from(sorted(KINDS)),
    odd=st.lists(
        st.tuples(st.integers(0, 79), st.integers(0, 60), VALUES), min_size=1, max_size=12
    ),
    unknown=st.dictionaries(st.text(min_size=1, max_size=8), VALUES, max_size=2),
)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None
)
def test_bodies_taken_in_together_come_back_as_one_by_one(
    store: Store, kind: str, odd: list[tuple[int, int, Any]], unknown: dict[str, Any]
) -> None:
    """I15 for whole pages, where bodies of the same fields become columns together."""
    plain = {name: _ordinary(field.type) for name, field in KINDS[kind].fields.items()}
    bodies = [{**plain, **unknown} if n % 2 else dict(plain) for n in range(80)]
    for number, place, value in odd:
        fields = list(bodies[number])
        bodies[number][fields[place % len(fields)]] = value

    def work(conn: Connection) -> list[Any]:
        with conn.begin_nested() as nested:
            bulk.put(conn, kind, [Record(kind, f"r{n:02}", 1, b) for n, b in enumerate(bodies)])
            found = [projection.shown(conn, kind, f"r{n:02}") for n in range(80)]
            nested.rollback()
        return [one and one.body for one in found]

    wanted = [{k: v for k, v in body.items() if v is not None} for body in bodies]
    assert store.write(work).result() == wanted


def _ordinary(type_: str) -> Any:
    return {"number": 3, "flag": True, "items": ["één"], "object": {"a": [1]}}.get(type_, "wóórd")


def test_the_directory_of_a_large_page_is_searchable(store: Store) -> None:
    groups = [
        Record("group", f"g{n}", 1, {"name": f"Groep {n}", "kind": "business", "streets": ["Kade"]}, seq=n)
        for n in range(1, 30)
    ]  # fmt: skip
    page(store, *groups)

    def lines(conn: Connection) -> int:
        return int(conn.execute(text("SELECT count(*) FROM directory_entry")).scalar_one())

    assert store.read(lines).result() == 58
    page(store, Record("group", "g3", 2, {}, deleted=True, seq=99))
    assert store.read(lines).result() == 56
