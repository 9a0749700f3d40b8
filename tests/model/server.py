"""Central in the model: the shipped push, pull and snapshot, and what must hold after each commit.

It may die before its commit, be backed up and set back, and forget its oldest graves.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from central.auth.service import Caller
from central.journal import repository as journal
from central.journal.chain import first_broken
from central.problems import Refusal
from central.sync import retention, service
from central.sync.turns import Turns
from contract import routes
from contract.messages import (
    PushRequest,
    fingerprint,
    hash64,
    op_to_wire,
    record_from_wire,
    result_from_wire,
)
from contract.op import OpResult
from contract.problems import ProblemCode
from contract.vocabulary import ACCEPTED, OpStatus
from tests.model import checks
from tests.model.line import PULL, PUSH, Reply, Request
from tests.model.memory import Box, Died
from tests.model.oracles import holds
from tests.model.seeds import PEOPLE, TEAM

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Truth:
    """A record as central's history has it; graves stay here after central forgot them."""

    ver: int
    seq: int
    deleted: bool
    body: Mapping[str, Any]


@dataclass
class History:
    """What the model knows of one timeline; it goes back with a restored backup."""

    truth: dict[Key, Truth] = field(default_factory=dict)
    commits: list[tuple[int, int]] = field(default_factory=list)
    effects: set[tuple[str, str, str, str]] = field(default_factory=set)
    answers: dict[str, OpResult] = field(default_factory=dict)
    turns: set[str] = field(default_factory=set)
    audit_n: int = 0
    head: int = 0


class Server:
    """One central with one team."""

    def __init__(self, seen: Counter[str]) -> None:
        self.box = Box()
        self.seen = seen
        self.now = ""
        self.history = History()
        self.people: dict[str, str] = {}
        self.said: dict[str, set[str]] = {}
        self._prints: dict[str, str] = {}
        self._marks = 0
        self._backup: tuple[Any, History] | None = None
        self._turns = Turns()
        self._newest_restore = 0

    def begin(self, template: Any, now: str) -> None:
        """Start a run from the shared records."""
        self.box.load(template)
        self.now = now
        self.history = History()
        self.people = {}
        self.said = {}
        self._prints = {}
        self._marks = 0
        self._newest_restore = 0
        self._turns = Turns()
        self._take_in()
        self.back_up()

    @property
    def first_mark(self) -> int:
        """Return the model's number of the first commit, which every desk has seen."""
        return self.history.commits[0][1]

    # --- what may happen to it ---

    def answer(self, request: Request, *, die_at: int = 0) -> Reply | None:
        """Answer one request; None: it died, and nothing of the request is kept."""
        try:
            if request.what == PUSH:
                reply = self._push(request, die_at)
            elif request.what == PULL:
                reply = self._pull(request)
            else:
                reply = self._snapshot(request)
        except Died:
            self.seen["central died"] += 1
            self._turns = Turns()
            return None
        except Refusal as refusal:
            reply = Reply(request, problem=refusal.code)
        self._noticed(request, reply)
        self._take_in(request)
        if reply.problem is not None:
            self.seen[reply.problem.value] += 1
        return reply

    def back_up(self) -> None:
        """Keep a copy to come back to."""
        self._backup = (self.box.copy(), copy.deepcopy(self.history))

    def restore(self) -> None:
        """Come back to the copy; everything since is lost here."""
        assert self._backup is not None
        template, history = self._backup
        lost = self.history.head > history.head
        self.box.load(template)
        self.history = copy.deepcopy(history)
        self._turns = Turns()
        if lost:
            self.seen["set back"] += 1
            self._newest_restore = self._marks

    def collect(self, oldest_seen: int) -> None:
        """Forget every grave and every commit, as after the retention time.

        A desk that has not noticed a restore yet has been away shorter than graves live
        (sync.md §5): then history is kept from the restored head on.
        """
        if self._newest_restore and oldest_seen <= self._newest_restore:
            return
        moment = datetime.fromisoformat(self.now.replace("Z", "+00:00"))
        later = moment + timedelta(days=routes.GRAVE_DAYS, seconds=1)
        done = self.box.unit(lambda conn: retention.collect(conn, TEAM, later))
        self.seen["graves collected"] += done.graves

    # --- what the model knows ---

    def mark_at(self, seq: int) -> int:
        """Return the model's number of the commit that holds ``seq`` in the present timeline."""
        return next((mark for last, mark in self.history.commits if last >= seq), 0)

    def in_history(self, mark: int) -> bool:
        """Say whether a commit is still part of the present timeline."""
        return mark == 0 or any(mark == one for _, one in self.history.commits)

    def digest(self) -> int:
        """Return the sum over all live records, as a desk would count it."""
        live = ((key, one) for key, one in self.history.truth.items() if not one.deleted)
        return sum(hash64(key[1], one.ver) for key, one in live) % 2**64

    def check_chain(self) -> None:
        """I17 over everything."""
        rows = self.box.unit(lambda conn: journal.rows_of(conn, TEAM))
        holds("I17", first_broken(rows) is None, "the audit chain is broken")

    # --- the requests ---

    def _push(self, request: Request, die_at: int) -> Reply:
        turn = self._turns.open(request.desk, request.turn, request.follows)
        done = False
        try:
            turn.check()
            reply = self._decided(request, die_at)
            done = True
        finally:
            turn.end(done=done)
        kept = not request.follows or request.follows in self.history.turns
        holds("order", kept, f"{request.turn} was done before {request.follows}")
        self.history.turns.add(request.turn)
        return reply

    def _decided(self, request: Request, die_at: int) -> Reply:
        for op in request.ops:
            holds("I2", op.op_id in self.people, f"{op.op_id} was never made")
            holds("I13", self.people[op.op_id] == request.person, f"{op.op_id} of another person")
        again = sum(op.op_id in self.history.answers for op in request.ops)
        wire = [op_to_wire(op) for op in request.ops]
        client = {"device": request.desk, "completes": True}
        asked = PushRequest.model_validate({"client": client, "ops": wire})
        caller = self._caller(request)

        def work(conn: Connection) -> bytes:
            return service.push(conn, caller, asked, request.witness, self.now)

        try:
            try:
                text = self.box.unit(work, die_at=die_at)
            except IntegrityError:
                text = self.box.unit(work)
        except Refusal as refusal:
            holds("I2", refusal.code is not ProblemCode.OP_ID_REUSED, "an op came back changed")
            raise
        answer = orjson.loads(text)
        sets = {op.op_id: op.set for op in request.ops}
        results = tuple(
            result_from_wire(line, sets.get(line["op_id"])) for line in answer["results"]
        )
        holds("I2", len(results) == len(request.ops), "one answer per op")
        self.seen["replay"] += again
        self._check_answers(request, results)
        head = self._head()
        self._take_in(request, results)
        return Reply(request, results=results, anchor=answer["anchor"], mark=self.mark_at(head))

    def _pull(self, request: Request) -> Reply:
        text, _ = self.box.unit(
            lambda conn: service.changes(conn, TEAM, request.cursor, request.limit, request.witness)
        )
        *lines, closing = [orjson.loads(line) for line in text.splitlines()]
        records = tuple(record_from_wire(line) for line in lines)
        seq = records[-1].seq if closing["more"] else closing["head"]
        return Reply(
            request,
            anchor=closing["cursor"],
            pieces=(records,),
            more=closing["more"],
            mark=self.mark_at(seq),
        )

    def _snapshot(self, request: Request) -> Reply:
        pieces = self.box.unit(lambda conn: list(service.snapshot(conn, TEAM)))
        closing = orjson.loads(pieces[-1])
        records = [record_from_wire(orjson.loads(x)) for p in pieces[:-1] for x in p.splitlines()]
        holds("I3", closing["count"] == len(records), "a snapshot counts its records")
        half = len(records) // 2
        parts = (tuple(records[:half]), tuple(records[half:]))
        mark = self.mark_at(self.history.head)
        return Reply(request, anchor=closing["cursor"], pieces=parts, mark=mark)

    def _caller(self, request: Request) -> Caller:
        roles = frozenset(PEOPLE[request.person])
        return Caller(
            TEAM, request.person, request.desk, "", roles, embedded=False, second_factor=True
        )

    # --- what must hold ---

    def _noticed(self, request: Request, reply: Reply) -> None:
        """I11: who saw a commit that is gone hears of it at the next request."""
        if request.what not in (PUSH, PULL) or self.in_history(request.seen):
            return
        told = reply.problem in (ProblemCode.TIMELINE_CHANGED, ProblemCode.RESYNC_REQUIRED)
        holds("I11", told, f"{request.desk} saw commit {request.seen}, which is gone, unnoticed")

    def _check_answers(self, request: Request, results: tuple[OpResult, ...]) -> None:
        for op, result in zip(request.ops, results, strict=True):
            holds("I2", op.op_id == result.op_id, "answers stand in the order of the ops")
            mark = fingerprint(op)
            holds("I2", self._prints.setdefault(op.op_id, mark) == mark, f"{op.op_id} was changed")
            before = self.history.answers.get(op.op_id)
            holds("I2", before in (None, result), f"{op.op_id} got another answer")
            if result.status not in (OpStatus.BLOCKED, OpStatus.RETRY):
                self.history.answers[op.op_id] = result
            self.seen[str(result.status)] += 1

    def _head(self) -> int:
        return int(self.box.rows("SELECT seq FROM team_head")[0][0])

    def _take_in(self, request: Request | None = None, results: tuple[OpResult, ...] = ()) -> None:
        """Read what a commit wrote and hold it against what stood before."""
        history = self.history
        head = self._head()
        changed = {
            (kind, record_id): Truth(ver, seq, bool(deleted), orjson.loads(body))
            for kind, record_id, ver, seq, deleted, body in self.box.rows(
                "SELECT kind, id, ver, seq, deleted, body FROM sync_record "
                f"WHERE seq > {history.head} ORDER BY seq"
            )
        }
        if request is not None:
            self._check_numbers(head, changed)
        audit = self.box.rows(
            f"SELECT n, op_id, act, kind, record FROM audit WHERE n > {history.audit_n} ORDER BY n"
        )
        if request is not None:
            self._check_effects(audit, request, results)
            before = history.truth
            checks.records(before, changed)
            checks.acts(before, changed, audit, request, results, self.now)
            checks.placements(changed, self.said)
            checks.handovers({**before, **changed}, audit, request)
        history.truth.update(changed)
        history.audit_n += len(audit)
        for (last,) in self.box.rows(
            f"SELECT last_seq FROM sync_commit WHERE last_seq > {history.head} ORDER BY last_seq"
        ):
            self._marks += 1
            history.commits.append((last, self._marks))
        history.head = head

    def _check_numbers(self, head: int, changed: Mapping[Key, Truth]) -> None:
        """I9: the new records hold exactly the next numbers, and every number is taken once."""
        seqs = [one.seq for one in changed.values()]
        expected = list(range(self.history.head + 1, head + 1))
        holds("I9", seqs == expected, f"numbers {seqs} after {self.history.head}, head {head}")
        for key, one in changed.items():
            old = self.history.truth.get(key)
            holds("I9", old is None or one.ver > old.ver, f"{key} keeps version {one.ver}")

    def _check_effects(
        self, audit: list[tuple[Any, ...]], request: Request, results: tuple[OpResult, ...]
    ) -> None:
        """I2 and I17: no op takes effect twice; an applied op has its row."""
        for _, op_id, act, kind, record_id in audit:
            effect = (op_id, act, kind, record_id)
            holds("I2", effect not in self.history.effects, f"{effect} took effect twice")
            self.history.effects.add(effect)
        written = {op_id for op_id, *_ in self.history.effects}
        for result in results:
            changed = result.status in (OpStatus.APPLIED, OpStatus.MERGED)
            holds("I17", not changed or result.op_id in written, f"no row for {result.op_id}")

    def accepted(self, op_id: str) -> bool:
        """Say whether an op was accepted in the present timeline."""
        found = self.history.answers.get(op_id)
        return found is not None and found.status in ACCEPTED
