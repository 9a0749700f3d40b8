"""The invariants of sync.md §11 over the outbox, the projection and the copy, by any order of events."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import Connection, select

from console.domain.failures import Refused
from console.models import RECORDS, metadata
from console.models.local import journal, outbox, tray
from console.storage import outbox as box
from console.storage import projection, replica, schema
from console.storage import tray as basket
from console.storage.database import make_engine
from console.storage.frozen import thaw
from contract.op import Actor, Op, Record
from contract.vocabulary import PlacementState
from tests.helpers.central import SmallCentral

KEY = b"k" * 32
NOW = "2026-03-10T14:00:00.000Z"
TEAM = "noord"
ME = Actor("ik", station="balie-1")
OTHER = Actor("ander", station="balie-2")

IDS = st.sampled_from(["r1", "r2", "r3"])
WORDS = st.sampled_from(["rood", "blauw", "groen"])
FIELDS = st.sampled_from(["title", "text", "place", "toekomst"])

_ENGINE: list[Any] = []


def _engine() -> Any:
    if not _ENGINE:
        folder = Path(tempfile.mkdtemp(prefix="buurtdesk-"))
        schema.prepare(folder / "desk.db", KEY, make_engine)
        _ENGINE.append(make_engine(folder / "desk.db", KEY))
    return _ENGINE[0]


def _new_report() -> dict[str, Any]:
    return {"category": "person", "text": "rood", "place": "blauw", "heard_at": NOW}


class Bench(RuleBasedStateMachine):
    """What a run stands on: the desk, its central, the line between them, and what was recorded."""

    def __init__(self) -> None:
        super().__init__()
        self.conn: Connection = _engine().connect()
        raw: Any = self.conn.connection.dbapi_connection
        raw.execute("PRAGMA synchronous=OFF")
        with self.conn.begin():
            for table in metadata.sorted_tables:
                self.conn.execute(table.delete())
        self.central = SmallCentral()
        self.number = 0
        self.recorded: dict[str, Op] = {}
        self.cursor = 0
        self.highest: dict[tuple[str, str], int] = {}
        self.said: set[str] = {PlacementState.PENDING}
        # Every run begins with records that both sides know (sync.md §12, T1).
        self.central.put("report", "r1", {**_new_report(), "status": "open", "toekomst": "?"})
        self.central.put("placement", "p1", {"post_id": "x", "group_id": "y", "state": "pending"})
        self._pull(limit=10)

    def teardown(self) -> None:
        try:
            self._heal()
        finally:
            self.conn.close()

    def _op_id(self) -> str:
        self.number += 1
        return f"op-{self.number}"

    def _record(self, *ops: Op) -> None:
        """One unit of work: all ops of it or none."""
        try:
            with self.conn.begin():
                for op in ops:
                    before = projection.shown(self.conn, op.kind, op.id)
                    box.record_op(self.conn, op, actor=ME, now=NOW)
                    self._own_value_shows(op, before)
        except Refused:
            return
        with self.conn.begin():
            kept = set(self.conn.execute(select(outbox.c.op_id)).scalars())
        self.recorded.update({op.op_id: op for op in ops if op.op_id in kept})

    def _own_value_shows(self, op: Op, before: Record | None) -> None:
        """I5, and I4 at the desk: what the author saw is what stood there."""
        after = projection.shown(self.conn, op.kind, op.id)
        if op.verb in ("create", "update"):
            assert after is not None
            for name, value in op.set.items():
                assert (after.body.get(name) or None) == (value or None)
        if op.verb == "update" and before is not None:
            for name, value in op.was.items():
                assert (before.body.get(name) or None) == (value or None)

    def _edit(self, record_id: str, name: str, value: str, group: str | None = None) -> Op | None:
        with self.conn.begin():
            record = projection.shown(self.conn, "report", record_id)
        if record is None:
            return None
        was = {name: record.body.get(name)}
        return Op(
            self._op_id(), "update", "report", record_id, {name: value}, was,
            base_ver=record.ver, group=group,
        )  # fmt: skip

    def _at_most_one_per_record(self, ops: list[Op]) -> None:
        seen: dict[tuple[str, str], str | None] = {}
        for op in ops:
            key = (op.kind, op.id)
            assert key not in seen or (op.group is not None and seen[key] == op.group)
            seen[key] = op.group

    def _pull(self, limit: int) -> None:
        page = self.central.page(self.cursor, limit)
        with self.conn.begin():
            asked_with = replica.position(self.conn, TEAM).cursor
            new = page[-1].seq if page else self.cursor
            replica.apply_page(
                self.conn, TEAM, page, asked_with=asked_with, cursor=f"c{new}", now=NOW
            )
        self.cursor = new

    def _heal(self) -> None:
        """I3 and I8: with a good line and an empty tray the outbox drains; both sides are equal."""
        for _ in range(60):
            self._send(fault="", limit=500)
            self._pull(1_000)
            with self.conn.begin():
                for item in basket.list_open(self.conn, ME.person):
                    basket.drop(self.conn, item.op_id, actor=ME, now=NOW)
                left = self.conn.execute(select(outbox.c.state)).scalars().all()
            if not left and self.cursor == self.central.seq:
                break
        with self.conn.begin():
            assert not self.conn.execute(select(outbox.c.op_id)).all()
            for (kind, record_id), truth in self.central.records.items():
                shown = projection.shown(self.conn, kind, record_id)
                if truth.deleted:
                    assert shown is None
                else:
                    assert shown is not None
                    assert shown.ver == truth.ver
                    assert shown.body == {k: v for k, v in truth.body.items() if v is not None}
            for table in (RECORDS["report"], RECORDS["placement"]):
                assert not self.conn.execute(select(table.c.id).where(table.c.pending > 0)).all()

    def _send(self, fault: str, limit: int) -> None:
        with self.conn.begin():
            ops = box.next_batch(self.conn, person=ME.person, now=NOW, limit=limit)
        self._at_most_one_per_record(ops)
        results = []
        if fault != "request lost":
            for op in ops:
                assert op.op_id in self.recorded, "only ids the desk made"
                again = self.central.contents.get(op.op_id)
                assert again is None or (again.set, again.was) == (op.set, op.was)
            results = self.central.push(ops, actor=ME, now=NOW)
        if fault in ("reply lost", "crash"):
            results = []
        if fault == "half":
            results = results[: len(results) // 2]
        with self.conn.begin():
            box.settle(self.conn, results, now=NOW, jitter=lambda low, high: 0.0)
            if fault == "twice":
                box.settle(self.conn, results, now=NOW, jitter=lambda low, high: 0.0)
            answered = {result.op_id for result in results}
            box.back_to_pending(self.conn, [o.op_id for o in ops if o.op_id not in answered])


class DeskAgainstCentral(Bench):
    """One desk, its central, another desk that writes straight at central, and a bad line."""

    @rule(record_id=IDS)
    def type_a_report(self, record_id: str) -> None:
        self._record(Op(self._op_id(), "create", "report", record_id, _new_report()))

    @rule(record_id=IDS, name=FIELDS, value=WORDS)
    def change_a_field(self, record_id: str, name: str, value: str) -> None:
        op = self._edit(record_id, name, value)
        if op is not None:
            self._record(op)

    @rule(first=IDS, second=IDS, value=WORDS)
    def change_two_together(self, first: str, second: str, value: str) -> None:
        group = f"g{self.number}"
        ops = [self._edit(first, "title", value, group), self._edit(second, "place", value, group)]
        self._record(*(op for op in ops if op is not None))

    @rule(record_id=IDS, command=st.sampled_from(["claim", "release"]))
    def command_a_report(self, record_id: str, command: str) -> None:
        self._record(Op(self._op_id(), "command", "report", record_id, command=command))

    @rule(record_id=IDS)
    def delete_a_report(self, record_id: str) -> None:
        with self.conn.begin():
            record = projection.shown(self.conn, "report", record_id)
        ver = record.ver if record else None
        self._record(Op(self._op_id(), "delete", "report", record_id, base_ver=ver))

    @rule(command=st.sampled_from(["copied", "placed", "unknown"]))
    def say_what_happened_to_a_post(self, command: str) -> None:
        op = Op(self._op_id(), "command", "placement", "p1", command=command)
        self._record(op)
        if op.op_id in self.recorded:
            self.said.add(command)

    @rule(record_id=IDS, name=FIELDS, value=WORDS)
    def the_other_changes_a_field(self, record_id: str, name: str, value: str) -> None:
        record = self.central.records.get(("report", record_id))
        if record is not None and not record.deleted:
            self.central.put("report", record_id, {**record.body, name: value})

    @rule(record_id=IDS)
    def the_other_claims(self, record_id: str) -> None:
        op = Op(f"x{self._op_id()}", "command", "report", record_id, command="claim", made_at=NOW)
        self.central.push([op], actor=OTHER, now=NOW)

    @rule(record_id=IDS)
    def the_other_deletes(self, record_id: str) -> None:
        record = self.central.records.get(("report", record_id))
        if record is not None and not record.deleted:
            self.central.put("report", record_id, {}, deleted=True)

    @rule(
        fault=st.sampled_from(["", "", "request lost", "reply lost", "half", "twice", "crash"]),
        limit=st.sampled_from([1, 2, 500]),
    )
    def send(self, fault: str, limit: int) -> None:
        self._send(fault, limit)

    @rule(limit=st.integers(1, 4), again=st.booleans())
    def pull(self, limit: int, again: bool) -> None:
        before = self.cursor
        self._pull(limit)
        if again:
            with self.conn.begin():
                stale = replica.apply_page(
                    self.conn, TEAM, self.central.page(before, limit),
                    asked_with="an older one", cursor="nowhere", now=NOW,
                )  # fmt: skip
            assert stale is None

    @rule()
    def central_was_put_back_and_all_is_fetched_again(self) -> None:
        with self.conn.begin():
            replica.begin_resync(self.conn)
            replica.add_resync(self.conn, self.central.page(0, 10_000))
        with self.conn.begin():
            replica.finish_resync(self.conn, TEAM, f"c{self.central.seq}")
        self.cursor = self.central.seq
        self.highest.clear()

    @rule(choice=st.sampled_from(["redo", "drop", "keep_as_copy", "restore_as_new"]))
    def decide_in_the_tray(self, choice: str) -> None:
        with self.conn.begin():
            items = basket.list_open(self.conn, ME.person)
        if not items or choice not in items[0].choices:
            return
        try:
            with self.conn.begin():
                getattr(basket, choice)(self.conn, items[0].op_id, actor=ME, now=NOW)
                rows = self.conn.execute(select(outbox.c.op_id, outbox.c.op)).all()
        except Refused:
            return
        for row in rows:
            self.recorded.setdefault(row.op_id, thaw(row.op))

    @rule()
    def the_desk_is_killed_and_starts_again(self) -> None:
        with self.conn.begin():
            box.back_to_pending(self.conn)

    @invariant()
    def no_saved_edit_disappears(self) -> None:
        """I1: every op is at central, waiting, in the tray or in the journal."""
        with self.conn.begin():
            places: set[str] = set()
            for table in (outbox, tray, journal):
                places.update(self.conn.execute(select(table.c.op_id)).scalars())
        assert set(self.recorded) <= places

    @invariant()
    def what_shows_is_the_fold(self) -> None:
        """The shown row is the waiting ops laid over the confirmed record, whatever came between."""
        with self.conn.begin():
            for kind, record_id in (
                *(("report", i) for i in ("r1", "r2", "r3")),
                ("placement", "p1"),
            ):
                base = projection.confirmed(self.conn, kind, record_id)
                ops = projection.waiting_ops(self.conn, kind, record_id)
                top = projection.fold(base, ops)
                shown = projection.shown(self.conn, kind, record_id)
                if top is None or top.deleted:
                    assert shown is None
                else:
                    assert shown is not None
                    assert shown.body == {k: v for k, v in top.body.items() if v is not None}
                    assert shown.ver == top.ver

    @invariant()
    def the_copy_is_complete_up_to_the_cursor(self) -> None:
        """I6 and I7: no hole below the cursor, no version going back, unknown fields kept (I15)."""
        with self.conn.begin():
            for (kind, record_id), truth in self.central.records.items():
                base = projection.confirmed(self.conn, kind, record_id)
                ver = base.ver if base else 0
                assert ver >= self.highest.get((kind, record_id), 0)
                self.highest[kind, record_id] = ver
                if truth.seq <= self.cursor:
                    assert base is not None
                    assert base.ver >= truth.ver
                    if base.ver == truth.ver:
                        assert base.deleted == truth.deleted
                        assert base.body == {k: v for k, v in truth.body.items() if v is not None}

    @invariant()
    def no_placement_is_better_than_what_was_said(self) -> None:
        """I12."""
        with self.conn.begin():
            record = projection.shown(self.conn, "placement", "p1")
        if record is not None:
            assert record.body["state"] in self.said


TestDeskAgainstCentral = DeskAgainstCentral.TestCase
TestDeskAgainstCentral.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
