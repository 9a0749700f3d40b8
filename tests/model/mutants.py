"""Bugs sown into one function of the shipped core each; the model must find every one of them.

The first thirteen are what a build of this protocol must fear most, the others break a rule of one kind. Nothing in the
programs knows of them: a mutant replaces a function for as long as a test runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from sqlalchemy import Connection, delete, select, text, update

import contract.rules
import contract.rules.post
import contract.rules.report
from central.problems import Refusal
from central.sequence import Answer
from central.sequence import commit as sequence
from central.sync import additions, decide, service, turns
from central.sync import cursor as cursors
from console.models.local import journal, outbox
from console.storage import outbox as box
from console.storage import replica, settle
from console.storage.frozen import freeze, thaw
from contract.op import Decision, Op, OpResult
from contract.problems import ProblemCode
from contract.vocabulary import HandoverStatus, OpStatus

Change = Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One bug: where it sits, what stands there instead, and the promises it must be seen by."""

    name: str
    where: Any
    function: str
    make: Callable[[Any], Any]
    seen_by: frozenset[str]

    def sown(self) -> Any:
        """Return a context in which the bug is there."""
        shipped = vars(self.where)[self.function]
        return patch.object(self.where, self.function, self.make(shipped))


def _early_sequence(shipped: Any) -> Any:
    """A number is taken at the beginning: a slow writer commits a low one after a high one."""
    taken: list[int] = []

    def commit(conn: Connection, author: Any, staged: Sequence[Any], *rest: Any) -> Any:
        def head() -> int:
            return int(conn.execute(text("SELECT seq FROM team_head")).scalar_one())

        def set_head(seq: int) -> None:
            conn.execute(text("UPDATE team_head SET seq = :seq"), {"seq": seq})

        here = head()
        if taken and taken[-1] >= here:
            taken.clear()
        if staged and len(staged) == 1 and taken:
            set_head(taken.pop() - 1)
            done = shipped(conn, author, staged, *rest)
            set_head(here)
            return done
        if staged and not taken:
            taken.append(here + 1)
            set_head(here + 1)
        return shipped(conn, author, staged, *rest)

    return commit


def _no_dedupe(shipped: Any) -> Any:
    """Answers are not stored with the change."""

    def keep(self: Any, result: OpResult) -> None:
        answer = Answer(result, self._prints[result.op_id], kept=False)
        self._answers.setdefault(result.op_id, answer)

    return keep


def _cursor_from_push(shipped: Any) -> Any:
    """The anchor of a push moves the cursor."""

    def keep_witness(conn: Connection, team: str, witness: str) -> None:
        shipped(conn, team, witness)
        conn.execute(text("UPDATE cursor SET cursor = :cursor"), {"cursor": witness})

    return keep_witness


def _cursor_before_rows(shipped: Any) -> Any:
    """The cursor is safe on disk before the records are."""

    def apply_page(conn: Connection, team: str, records: Any, **given: Any) -> Any:
        if replica.position(conn, team).cursor != given["asked_with"]:
            return None
        shipped(conn, team, (), **given)
        raw: Any = conn.connection.driver_connection
        raw.execute("COMMIT")
        raw.execute("BEGIN IMMEDIATE")
        return shipped(conn, team, records, **{**given, "asked_with": given["cursor"]})

    return apply_page


def _pull_drops_pending(shipped: Any) -> Any:
    """A record that comes in takes the place of unsent edits."""

    def take(conn: Connection, records: Any, **given: Any) -> Any:
        for record in records:
            mine = (outbox.c.kind == record.kind) & (outbox.c.id == record.id)
            conn.execute(delete(outbox).where(mine))
        return shipped(conn, records, **given)

    return take


def _collection_without_410(shipped: Any) -> Any:
    """History that was thrown away is not missed."""

    def start(conn: Connection, team: str, after: str, head: Any) -> Any:
        if after and cursors.read(team, after).seq < head.floor_seq:
            return cursors.read(team, after)
        return shipped(conn, team, after, head)

    return start


def _stale_page(shipped: Any) -> Any:
    """A page is taken in wherever the desk stands by now."""

    def apply_page(conn: Connection, team: str, records: Any, **given: Any) -> Any:
        here = replica.position(conn, team).cursor
        return shipped(conn, team, records, **{**given, "asked_with": here})

    return apply_page


def _last_writer_wins(shipped: Any) -> Any:
    """What somebody else wrote meanwhile does not count."""

    def merge(body: Mapping[str, Any], wanted: Mapping[str, Any], seen: Any) -> Decision:
        present = {name: body.get(name) for name in wanted}
        decision: Decision = shipped(body, wanted, present)
        return decision

    return merge


def _no_anchor(shipped: Any) -> Any:
    """Every commit has the same nonce."""
    return SimpleNamespace(token_urlsafe=lambda size: "same")


def _fresh_op_id(shipped: Any) -> Any:
    """What was not answered gets a new id before it is sent again."""

    def back_to_pending(conn: Connection, op_ids: Any = None) -> None:
        rows = conn.execute(select(outbox).where(outbox.c.state == "inflight")).all()
        shipped(conn, op_ids)
        for row in rows:
            if op_ids is None or row.op_id in op_ids:
                new = f"{row.op_id}-again"
                op = freeze(replace(thaw(row.op), op_id=new))
                here = update(outbox).where(outbox.c.op_id == row.op_id)
                conn.execute(here.values(op_id=new, op=op))

    return back_to_pending


def _deleted_on_send(shipped: Any) -> Any:
    """What was sent is thought to have arrived."""

    def next_batch(conn: Connection, **given: Any) -> list[Op]:
        ops: list[Op] = shipped(conn, **given)
        conn.execute(delete(outbox).where(outbox.c.op_id.in_([op.op_id for op in ops])))
        return ops

    return next_batch


def _edit_in_flight(shipped: Any) -> Any:
    """A second edit is written into the first, under way or not."""

    def record_op(conn: Connection, op: Op, **given: Any) -> Any:
        changes = shipped(conn, op, **given)
        mine = (outbox.c.kind == op.kind) & (outbox.c.id == op.id) & (outbox.c.op_id != op.op_id)
        first = conn.execute(select(outbox).where(mine).order_by(outbox.c.n)).first()
        if first is None or op.verb != "update" or thaw(first.op).verb != "update":
            return changes
        old = thaw(first.op)
        both = freeze(replace(old, set={**old.set, **op.set}, was={**op.was, **old.was}))
        conn.execute(update(outbox).where(outbox.c.op_id == first.op_id).values(op=both))
        return changes

    return record_op


def _update_as_upsert(shipped: Any) -> Any:
    """An edit of what is gone makes it again."""

    def apply(op: Op, record: Any, **given: Any) -> Decision:
        if op.verb == "update" and (record is None or record.deleted):
            return Decision(OpStatus.APPLIED, dict(op.set))
        decision: Decision = shipped(op, record, **given)
        return decision

    return apply


def _resync_forgets(shipped: Any) -> Any:
    """Fetching everything again throws the outbox away."""

    def end_resync(conn: Connection, *rest: Any, **given: Any) -> Any:
        conn.execute(delete(outbox))
        return shipped(conn, *rest, **given)

    return end_resync


def _journal_not_offered(shipped: Any) -> Any:
    """After a restore nothing is offered again."""
    return lambda conn, person, n=0, limit=0: []


def _journal_forgotten(shipped: Any) -> Any:
    """What a set-back central refuses is dropped from the journal and told to nobody."""

    def settle_journal(conn: Connection, results: Sequence[OpResult], now: str) -> Any:
        refused = [one.op_id for one in results if one.status is OpStatus.CONFLICT]
        conn.execute(delete(journal).where(journal.c.op_id.in_(refused)))
        return shipped(conn, [one for one in results if one.op_id not in refused], now)

    return settle_journal


def _somebody_elses_ops(shipped: Any) -> Any:
    """Whoever is signed in sends what everybody left."""

    def next_batch(conn: Connection, *, person: str, **given: Any) -> list[Op]:
        everybody = conn.execute(select(outbox.c.person).distinct().order_by(outbox.c.person))
        return [op for one in everybody.scalars() for op in shipped(conn, person=one, **given)]

    return next_batch


def _refused_is_gone(shipped: Any) -> Any:
    """What central refuses is not put in the tray."""
    return lambda *rest, **given: None


def _delete_beats_edit(shipped: Any) -> Any:
    """A delete does not look at what was changed meanwhile."""

    def apply(op: Op, record: Any, **given: Any) -> Decision:
        asked = replace(op, base_ver=None) if op.verb == "delete" else op
        decision: Decision = shipped(asked, record, **given)
        return decision

    return apply


def _claim_from_the_holder(shipped: Any) -> Any:
    """A running lease holds nobody off."""
    return lambda body, now: False


def _any_placement(shipped: Any) -> Any:
    """Any state of a placement may follow any other."""
    every = frozenset({"copied", "placed", "not_placed", "unknown"})
    return dict.fromkeys(shipped, every)


def _seen_does_not_count(shipped: Any) -> Any:
    """Two answers for one group: the last one stands, whatever its author had seen."""

    def apply(op: Op, record: Any, **given: Any) -> Decision:
        asked = op
        if op.kind == "placement" and "seen" in op.set:
            asked = replace(op, set={k: v for k, v in op.set.items() if k != "seen"})
        decision: Decision = shipped(asked, record, **given)
        return decision

    return apply


def _released_text(shipped: Any) -> Any:
    """A post may be edited after its release."""
    return lambda body, wanted: ()


def _accepted_twice(shipped: Any) -> Any:
    """A second person accepts what was accepted already."""

    def apply(op: Op, record: Any, **given: Any) -> Decision:
        if (op.kind, op.command) == ("handover", "accept") and record is not None:
            body = {**record.body, "status": HandoverStatus.OPEN}
            record = replace(record, body=body)
        decision: Decision = shipped(op, record, **given)
        return decision

    return apply


def _nothing_moves(shipped: Any) -> Any:
    """An accepted handover leaves the giver with everything."""
    return lambda *rest, **given: None


def _witness_ignored(shipped: Any) -> Any:
    """Central forgets to look at the witness where a desk pushes."""

    def check_witness(conn: Connection, team: str, witness: str) -> None:
        try:
            shipped(conn, team, witness)
        except Refusal as refusal:
            if refusal.code is not ProblemCode.TIMELINE_CHANGED:
                raise

    return check_witness


def _ahead_of_its_turn(shipped: Any) -> Any:
    """What was sent ahead is done, whatever became of what it follows."""
    return lambda self: None


def _under_way_twice(shipped: Any) -> Any:
    """What is under way does not keep the next op on its record back."""

    def choose(conn: Connection, units: Any, *rest: Any) -> Any:
        at_rest = [unit for unit in units if all(row.state != "inflight" for row in unit)]
        return shipped(conn, at_rest, *rest)

    return choose


def _one(name: str, where: Any, function: str, make: Any, *seen_by: str) -> Mutant:
    return Mutant(name, where, function, make, frozenset(seen_by))


SOWN: tuple[Mutant, ...] = (
    _one("early sequence", service, "commit_changes", _early_sequence, "I9", "I6"),
    _one("no dedupe", decide.Batch, "_keep", _no_dedupe, "I2"),
    _one("cursor from push", replica, "keep_witness", _cursor_from_push, "I6"),
    _one("cursor before rows", replica, "apply_page", _cursor_before_rows, "I6"),
    _one("pull drops pending edits", replica, "take", _pull_drops_pending, "I1"),
    _one("collection without 410", service, "_start", _collection_without_410, "I6"),
    _one("stale page", replica, "apply_page", _stale_page, "I7"),
    _one("last writer wins", contract.rules, "merge", _last_writer_wins, "I4"),
    _one("no anchor", sequence, "secrets", _no_anchor, "I11", "I6"),
    _one("fresh op id on retry", box, "back_to_pending", _fresh_op_id, "I1", "I2"),
    _one("outbox deleted on send", box, "next_batch", _deleted_on_send, "I1"),
    _one("edit of an op under way", box, "record_op", _edit_in_flight, "I2"),
    _one("update as upsert", decide, "apply", _update_as_upsert, "I10"),
)
"""The thirteen a build of this protocol must fear most, in a fixed order."""

MORE: tuple[Mutant, ...] = (
    _one("a resync forgets the outbox", replica, "end_resync", _resync_forgets, "I1"),
    _one("journal not offered again", box, "journal_after", _journal_not_offered, "I11"),
    _one("journal forgets", settle, "_settle_journal", _journal_forgotten, "I1"),
    _one("witness ignored", service, "check_witness", _witness_ignored, "I11"),
    _one("ops of somebody else", box, "next_batch", _somebody_elses_ops, "I13"),
    _one("refused is gone", settle, "_put_in_tray", _refused_is_gone, "I1"),
    _one("delete beats edit", decide, "apply", _delete_beats_edit, "I4"),
    _one("claim from the holder", contract.rules.report, "held", _claim_from_the_holder, "claim"),
    _one("any placement", contract.rules.post, "_AFTER", _any_placement, "I12"),
    _one("seen does not count", decide, "apply", _seen_does_not_count, "I4"),
    _one("released text", contract.rules.post, "frozen_fields", _released_text, "released post"),
    _one("accepted twice", decide, "apply", _accepted_twice, "handover"),
    _one("ahead of its turn", turns.Turn, "check", _ahead_of_its_turn, "order"),
    _one("under way twice", box, "_choose", _under_way_twice, "I2"),
    _one("nothing moves", additions, "_move_what_is_held", _nothing_moves, "handover"),
)
"""What breaks one rule of one kind, or one step of an exchange."""
