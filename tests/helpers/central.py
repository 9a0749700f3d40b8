"""The smallest central that keeps the protocol, for tests of a desk's storage.

It decides by ``contract.rules``, stores results by op id and numbers every change (sync.md §2).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from contract.op import Actor, Op, OpResult, Record
from contract.rules import apply, commit
from contract.vocabulary import ACCEPTED, OpStatus


class SmallCentral:
    """Records, results and numbers of one team in memory."""

    def __init__(self) -> None:
        self.records: dict[tuple[str, str], Record] = {}
        self.results: dict[str, OpResult] = {}
        self.contents: dict[str, Op] = {}
        self.seq = 0
        self.reads_back = True

    def put(
        self, kind: str, record_id: str, body: dict[str, Any], *, deleted: bool = False
    ) -> None:
        """Change a record as another desk would."""
        old = self.records.get((kind, record_id))
        ver = (old.ver if old else 0) + 1
        self._store(Record(kind, record_id, ver, body, deleted=deleted))

    def push(self, ops: list[Op], *, actor: Actor, now: str) -> list[OpResult]:
        """Decide ops in order; an op seen before gets the answer it got before."""
        answers: dict[str, OpResult] = {}
        for unit in _units(ops):
            for result in self._push_unit(unit, actor, now):
                answers[result.op_id] = result
        return [answers[op.op_id] for op in ops]

    def page(self, after: int, limit: int) -> list[Record]:
        """Return the records that changed after a number, in order, each once."""
        found = sorted(
            (record for record in self.records.values() if record.seq > after),
            key=lambda record: record.seq,
        )
        return found[:limit]

    def _push_unit(self, ops: list[Op], actor: Actor, now: str) -> list[OpResult]:
        known = [self.results.get(op.op_id) for op in ops]
        if all(known):
            return [result for result in known if result is not None]
        kept = dict(self.records), self.seq
        results: list[OpResult] = []
        for op in ops:
            results.append(self._decide(op, actor, now))
        if any(result.status not in ACCEPTED for result in results):
            self.records, self.seq = kept
            results = [
                self._taken_back(op, result) for op, result in zip(ops, results, strict=True)
            ]
        for op, result in zip(ops, results, strict=True):
            if result.status in ACCEPTED:
                self.results[op.op_id] = result
                self.contents[op.op_id] = op
        return results

    def _taken_back(self, op: Op, result: OpResult) -> OpResult:
        """Answer for a group that failed as a whole: with the record as it stands again."""
        if result.status in ACCEPTED:
            return OpResult(op.op_id, OpStatus.BLOCKED)
        record = self.records.get((op.kind, op.id))
        return replace(result, record=record, ver=record.ver if record else 0)

    def _decide(self, op: Op, actor: Actor, now: str) -> OpResult:
        old = self.records.get((op.kind, op.id))
        refused = [need for need in op.after if need not in self.results]
        if refused:
            return OpResult(op.op_id, OpStatus.BLOCKED)
        decision = apply(op, old, now=op.made_at or now, actor=actor)
        status = decision.status
        if status in ACCEPTED:
            new = commit(op, old, decision)
            merged = old is not None and op.base_ver not in (None, old.ver)
            if new is not None and decision.body is not None:
                new = self._store(new)
                if merged and op.verb == "update":
                    return OpResult(op.op_id, OpStatus.MERGED, new.ver, new)
            give = self.reads_back and new is not None and op.verb == "command"
            return OpResult(op.op_id, status, new.ver if new else 0, new if give else None)
        return OpResult(
            op.op_id, status, old.ver if old else 0, old, decision.fields, decision.code
        )

    def _store(self, record: Record) -> Record:
        self.seq += 1
        numbered = Record(record.kind, record.id, record.ver, record.body, record.deleted, self.seq)
        self.records[record.kind, record.id] = numbered
        return numbered


def _units(ops: list[Op]) -> list[list[Op]]:
    units: list[list[Op]] = []
    groups: dict[str, list[Op]] = {}
    for op in ops:
        if op.group is None:
            units.append([op])
        elif op.group in groups:
            groups[op.group].append(op)
        else:
            groups[op.group] = [op]
            units.append(groups[op.group])
    return units
