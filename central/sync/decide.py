"""Decides one batch of ops in memory: rights, age, rules, and what central adds itself.

The rules are ``contract.rules.apply``, the same that the desk laid over its own records; here the
time and the person are central's own (sync.md §5, §6).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from central.problems import Refusal
from central.sequence import Answer
from central.sync import additions
from central.sync.additions import Lookups
from central.sync.workspace import Workspace
from contract import areas, rights
from contract.audited import NO_PROOF
from contract.looking import UNPROVEN
from contract.messages import fingerprint, result_from_wire
from contract.op import Actor, Decision, Op, OpResult, with_record
from contract.problems import ProblemCode
from contract.rules import apply, commit
from contract.vocabulary import ACCEPTED, OpStatus

Stored = Mapping[str, tuple[str, dict[str, Any]]]

COMMAND_MS = 10 * 60 * 1000
"""How old a command with a time to live may be (sync.md §10)."""

_MORTAL = frozenset({("report", "claim"), ("post", "release")})

_SETTLED = ACCEPTED | {
    OpStatus.CONFLICT,
    OpStatus.GONE,
    OpStatus.INVALID,
    OpStatus.DENIED,
    OpStatus.EXPIRED,
}


class Batch:
    """One push under way: ``decide`` it, then read ``answers``."""

    def __init__(
        self,
        ops: Sequence[Op],
        workspace: Workspace,
        lookups: Lookups,
        stored: Stored,
        *,
        actor: Actor,
        now: str,
        completes: bool = False,
    ) -> None:
        self._ops = ops
        self._space = workspace
        self._lookups = lookups
        self._stored = stored
        self._actor = actor
        self._now = now
        self._writes = rights.written_by(actor.roles)
        self._marks = [fingerprint(op) for op in ops]
        # Who completes a record from its own op gets only what that does not say.
        self._sets = {op.op_id: op.set for op in ops if op.verb == "create"} if completes else {}
        self._prints = {op.op_id: mark for op, mark in zip(ops, self._marks, strict=True)}
        self._answers: dict[str, Answer] = {}

    def decide(self) -> None:
        """Decide every op, in order; a group stands or falls together."""
        self._check_prints()
        for unit in _units(self._ops):
            if unit[0].group is None:
                self._keep(self._one(unit[0]))
            else:
                self._together(unit)

    def answers(self) -> list[Answer]:
        """Return one answer per op, in the order of the ops."""
        return [self._answers[op.op_id] for op in self._ops]

    def new_answers(self) -> list[Answer]:
        """Return each answer once, records in them as the commit will leave them."""
        return [self._whole(self._answers[op_id]) for op_id in self._prints]

    def _whole(self, answer: Answer) -> Answer:
        result = answer.result
        if result.record is None:
            return answer
        written = self._space.written(result.record)
        if written.record is not result.record:
            result = with_record(result, written.record)
        made = result.status is OpStatus.APPLIED
        asked = self._sets.get(result.op_id) if made else None
        return Answer(result, answer.fingerprint, answer.kept, written.text, asked)

    def _check_prints(self) -> None:
        seen: dict[str, str] = {key: value[0] for key, value in self._stored.items()}
        for op, mark in zip(self._ops, self._marks, strict=True):
            if seen.setdefault(op.op_id, mark) != mark:
                raise Refusal(ProblemCode.OP_ID_REUSED, f"op {op.op_id}")

    def _together(self, unit: Sequence[Op]) -> None:
        mark = self._space.mark()
        results: list[OpResult] = []
        for op in unit:
            results.append(self._one(op))
            if results[-1].status not in ACCEPTED:
                break
        if results[-1].status in ACCEPTED:
            for result in results:
                self._keep(result)
            return
        self._space.back_to(mark)
        culprit = results[-1]
        for op in unit:
            if op.op_id == culprit.op_id:
                self._keep(culprit)
            else:
                self._keep(OpResult(op.op_id, OpStatus.BLOCKED, code="group"))

    def _keep(self, result: OpResult) -> None:
        fresh = result.op_id not in self._stored and result.op_id not in self._answers
        kept = fresh and result.status in _SETTLED
        self._answers.setdefault(
            result.op_id, Answer(result, self._prints[result.op_id], kept=kept)
        )

    def _one(self, op: Op) -> OpResult:
        if op.op_id in self._answers:
            return self._answers[op.op_id].result
        if op.op_id in self._stored:
            return result_from_wire(self._stored[op.op_id][1], op.set)
        if op.after and not self._needed_are_done(op):
            return OpResult(op.op_id, OpStatus.BLOCKED, code="after")
        denied = self._denied(op)
        if denied:
            return OpResult(op.op_id, OpStatus.DENIED, code=denied)
        if self._too_old(op):
            return OpResult(op.op_id, OpStatus.EXPIRED, code="too-old")
        return self._apply(op)

    def _apply(self, op: Op) -> OpResult:
        asked = additions.with_author(op, self._actor)
        record = self._space.get(op.kind, op.id)
        decision = apply(asked, record, now=self._now, actor=self._actor)
        if decision.status not in ACCEPTED:
            return self._refused(op, decision)
        plain = decision.body
        decision = additions.completed(
            asked,
            decision,
            self._space,
            self._lookups,
            left=lambda: self._is_a_fact(op),
            actor=self._actor,
            now=self._now,
        )
        if decision.status not in ACCEPTED:
            return self._refused(op, decision)
        if decision.body is None:
            ver = record.ver if record else 0
            return OpResult(op.op_id, decision.status, ver, record, code=decision.code)
        new = commit(asked, record, decision, at=self._now, by=self._actor.person)
        assert new is not None
        self._space.put(new, op_id=op.op_id, act=op.command or op.verb)
        if decision.code == UNPROVEN:
            self._space.note(new, op_id=op.op_id, act=NO_PROOF)
        additions.carry_on(
            asked,
            new,
            self._space,
            self._lookups,
            actor=self._actor,
            may=lambda move: not self._denied(move),
            now=self._now,
        )
        final = self._space.get(op.kind, op.id) or new
        status = decision.status
        if op.verb == "update" and record is not None and op.base_ver not in (None, record.ver):
            status = OpStatus.MERGED
        # The desk knows what its own op makes of a record; it gets what it could not know.
        # A new report gets its number when the whole batch is decided.
        news = status is OpStatus.MERGED or asked is not op
        news = news or (op.verb == "create" and op.kind == "report") or final.body != plain
        return OpResult(op.op_id, status, final.ver, final if news else None, code=decision.code)

    def _denied(self, op: Op) -> str:
        """Say why this person may not push this op; empty when they may."""
        actor = self._actor
        if op.kind not in self._writes and not rights.may_push(actor.roles, op, actor.person):
            return "role"
        if not actor.administers and rights.needs_second_factor(op, actor.person):
            return "second-factor"
        if actor.area and op.kind in areas.BOUND:
            record = self._space.get(op.kind, op.id)
            if not areas.touched(op, record, self._space.get) <= self._own_areas():
                return "area"
        return ""

    def _own_areas(self) -> frozenset[str]:
        known = {one.id: one for one in self._space.here(self._lookups.areas())}
        known.update((one.id, one) for one in self._space.made("area"))
        return areas.inside(self._actor.area, known.values())

    def _refused(self, op: Op, decision: Decision) -> OpResult:
        record = self._space.get(op.kind, op.id)
        return OpResult(
            op.op_id,
            decision.status,
            record.ver if record else 0,
            record,
            decision.fields,
            decision.code,
        )

    def _needed_are_done(self, op: Op) -> bool:
        missing = [one for one in op.after if one not in self._answers and one not in self._stored]
        known = self._lookups.results(missing) if missing else {}
        for needed in op.after:
            if needed in self._answers:
                status = self._answers[needed].result.status
            else:
                found = self._stored.get(needed) or known.get(needed)
                if found is None:
                    return False
                status = OpStatus(found[1]["status"])
            if status not in ACCEPTED:
                return False
        return True

    def _too_old(self, op: Op) -> bool:
        if op.age_ms <= COMMAND_MS or (op.kind, op.command) not in _MORTAL:
            return False
        return op.command != "release" or not self._is_a_fact(op)

    def _is_a_fact(self, op: Op) -> bool:
        """Say whether a text already left: then a release is a fact and never refused."""
        return additions.copied_already(op.id, self._space, self._lookups, self._ops)


def _units(ops: Sequence[Op]) -> Iterator[list[Op]]:
    """Walk the ops; all ops of one group together, where the first of them stood."""
    groups: dict[str, list[Op]] = {}
    for op in ops:
        if op.group is not None:
            groups.setdefault(op.group, []).append(op)
    done: set[str] = set()
    for op in ops:
        if op.group is None:
            yield [op]
        elif op.group not in done:
            done.add(op.group)
            yield groups[op.group]
