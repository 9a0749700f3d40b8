"""A desk in the model: the shipped outbox, replica and tray, one unit of work at a time.

What the engine keeps in memory (what it asked, whether it must fetch everything) is kept here and
lost when the desk dies; everything else stands in the desk's own database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection, select

from central.sync import cursor as cursors
from console.domain.changes import Changes
from console.domain.failures import Refused
from console.models.local import outbox as outbox_table
from console.storage import outbox, owed, projection, replica, settle, tray
from console.storage.frozen import thaw
from contract.op import Actor, Op, Record
from contract.problems import ProblemCode
from tests.model.holding import Holding
from tests.model.line import PULL, PUSH, SNAPSHOT, Reply, Request
from tests.model.memory import Died
from tests.model.mind import Known, Memory, Saved
from tests.model.oracles import holds
from tests.model.seeds import TEAM

T = TypeVar("T")
Key = tuple[str, str]


class Desk(Holding):
    """One desk with its people; ``person`` is who is signed in now."""

    def __init__(self, name: str, persons: tuple[str, ...], seen: Counter[str]) -> None:
        super().__init__()
        self.name = name
        self.persons = persons
        self.seen = seen
        self.boot = 0
        self.person = persons[0]
        self.mind = Memory()
        self.known = Known()
        self.now = ""
        self.coming = 0

    def begin(self, template: Any, mark: int) -> None:
        """Start a run from the shared records, as seen at the commit ``mark``."""
        self.box.load(template)
        self.boot = 0
        self.person = self.persons[0]
        self.mind = Memory()
        self.known = Known(mark=mark, seen=mark)
        self._where(mark)

    @property
    def actor(self) -> Actor:
        """Who acts now."""
        return Actor(self.person, station=self.name)

    # --- what people do ---

    def act(self, *ops: Op, die_at: int = 0) -> bool:
        """Do ops together as one act; says whether the person was told that it is kept."""

        def work(conn: Connection) -> list[Op]:
            kept = []
            for op in ops:
                if outbox.record_op(conn, op, actor=self.actor, now=self.now):
                    kept.append(op)
                    self._own_value_shows(conn, op)
            return kept

        try:
            kept = self.unit(work, die_at)
        except Refused:
            return False
        if not kept:
            return False
        for op in kept:
            self.known.saved[op.op_id] = Saved(op, self.person)
        return True

    def decide(self, choice: str, index: int) -> list[str]:
        """Settle something in the tray; returns the ids of the ops that came of it."""
        items = self.box.unit(lambda conn: tray.list_open(conn, self.person))
        if not items:
            return []
        item = items[index % len(items)]
        if choice not in item.choices:
            choice = item.choices[-1]
        settle_it: Callable[..., Changes] = getattr(tray, choice)
        try:
            self.unit(lambda conn: settle_it(conn, item.op_id, actor=self.actor, now=self.now), 0)
        except Refused:
            return []
        self.seen[f"tray {choice}"] += 1
        return self._new_ops()

    # --- the exchange, step by step ---

    def ask(self, number: int, *, pull: bool, limit: int, die_at: int = 0) -> Request | None:
        """Make the next request; None: nothing to ask, or the last one is still out.

        One push may go out while another is still out, if it follows that.
        """
        first = self.mind.waiting
        if first is not None:
            if pull or first.what != PUSH or first.again or self.mind.ahead is not None:
                return None
        if self.mind.resync:
            return self._sent(Request(number, self.name, self.boot, SNAPSHOT, self.person))
        position = self.box.unit(lambda conn: replica.position(conn, TEAM))
        request = Request(
            number,
            self.name,
            self.boot,
            PULL if pull else PUSH,
            self.person,
            cursor=position.cursor,
            witness=position.witness,
            limit=limit,
            seen=self.known.seen,
            follows=first.turn if first is not None else "",
        )
        if pull:
            return self._sent(request)
        offer = self._offer(request) if first is None else None
        if offer is not None:
            return self._sent(offer)
        ops = self.unit(
            lambda conn: outbox.next_batch(
                conn, person=self.person, now=self.now, limit=max(limit, 1)
            ),
            die_at,
        )
        if not ops:
            return None
        request = replace(request, ops=tuple(ops))
        self._one_per_record([*(first.ops if first is not None else ()), *ops])
        if first is None:
            return self._sent(request)
        self.seen["sent ahead"] += 1
        self.mind.ahead = request
        return request

    def give_up(self) -> None:
        """The answer did not come in time: what was sent waits again."""
        for request in self._out_no_more():
            self._back(request)

    def take(self, reply: Reply, *, die_at: int = 0) -> bool:
        """Take in a reply; says whether it was for this desk as it runs now."""
        request = reply.request
        if request.boot != self.boot or request.number < self.mind.last_push:
            return False
        mine = self.mind.waiting is not None and self.mind.waiting.number == request.number
        if self.mind.ahead is not None and self.mind.ahead.number == request.number:
            # Answers are taken in as the batches went out.
            self.mind.early = reply
            return True
        if not mine and request.what != PULL:
            return False
        if mine:
            self.mind.waiting, self.mind.ahead = self.mind.ahead, None
        self.coming = reply.mark
        if reply.problem is not None:
            if mine:
                self._refused(request, reply.problem)
            return True
        if request.what == PUSH:
            self._settle(request, reply, die_at)
            early, self.mind.early = self.mind.early, None
            if early is not None:
                self.take(early)
        elif request.what == PULL:
            self._apply(request, reply, die_at)
        else:
            self._swap(reply, die_at)
        return True

    def die(self) -> None:
        """Be killed and start again: what was under way is pending again (sync.md §10)."""
        self.boot += 1
        self.mind = Memory()
        self.seen["desk died"] += 1
        self.box.unit(outbox.back_to_pending)
        self._where(self.coming)
        self.check()

    def unit(self, work: Callable[[Connection], T], die_at: int) -> T:
        """Do one unit of work; a death in it is a death of the desk."""
        try:
            return self.box.unit(work, die_at=die_at)
        except Died:
            self.die()
            raise

    # --- the parts of an exchange ---

    def _out_no_more(self) -> list[Request]:
        out = [one for one in (self.mind.waiting, self.mind.ahead) if one is not None]
        self.mind.waiting = self.mind.ahead = self.mind.early = None
        return out

    def _back(self, request: Request) -> None:
        """Let what was sent wait again."""
        if request.what == PUSH and not request.again:
            ids = [op.op_id for op in request.ops]
            self.unit(lambda conn: outbox.back_to_pending(conn, ids), 0)
            self.check()

    def _sent(self, request: Request) -> Request:
        self.mind.waiting = request
        return request

    def _offer(self, request: Request) -> Request | None:
        after = self.box.unit(lambda conn: owed.owed_from(conn, self.person))
        if after is None:
            return None
        kept = self.box.unit(lambda conn: outbox.journal_after(conn, self.person, after))
        if not kept:
            self.unit(lambda conn: owed.offered(conn, self.person, None), 0)
            return None
        self.seen["offered again"] += 1
        ops = tuple(op for _, op in kept)
        return replace(request, ops=ops, again=True, limit=kept[-1][0])

    def _refused(self, request: Request, problem: ProblemCode) -> None:
        self._back(request)
        if problem is ProblemCode.TOO_EARLY and request.follows:
            return
        # What stopped this one stops the one that followed it.
        self.give_up()
        if problem in (ProblemCode.RESYNC_REQUIRED, ProblemCode.TIMELINE_CHANGED):
            self.mind.resync = problem.value
            return
        raise AssertionError(f"no desk of the model asks for {problem}")

    def _settle(self, request: Request, reply: Reply, die_at: int) -> None:
        def work(conn: Connection) -> None:
            settled = settle.settle(conn, reply.results, now=self.now, jitter=lambda low, high: 0.0)
            replica.keep_witness(conn, TEAM, reply.anchor)
            if request.again:
                owed.offered(conn, request.person, request.limit)
            self.seen["lost claim"] += len(settled.lost)
            self.seen["to the tray"] += settled.trayed

        self.unit(work, die_at)
        self.mind.last_push = request.number
        self.known.seen = max(self.known.seen, reply.mark)
        self._where(reply.mark)
        self.check()

    def _apply(self, request: Request, reply: Reply, die_at: int) -> None:
        changes = self.unit(
            lambda conn: replica.apply_page(
                conn,
                TEAM,
                reply.pieces[0],
                asked_with=request.cursor,
                cursor=reply.anchor,
                now=self.now,
            ),
            die_at,
        )
        if changes is None:
            self.seen["stale page"] += 1
        else:
            self.known.seen = max(self.known.seen, reply.mark)
        self._where(reply.mark)
        self.check()

    def _swap(self, reply: Reply, die_at: int) -> None:
        rewound = self.mind.resync == ProblemCode.TIMELINE_CHANGED.value
        units: list[Callable[[Connection], Any]] = [replica.begin_resync]
        units += [partial(_collect, piece=piece) for piece in reply.pieces]
        for work in units:
            self.unit(work, 0)
        last = replica.START
        while True:
            swap = partial(replica.swap_piece, team=TEAM, after=last)
            _, last = self.unit(swap, die_at if die_at % 2 else 0)
            if last == replica.START:
                break
            die_at = die_at + 1 if die_at else 0
            self.box.unit(self._what_shows_is_the_fold)

        def end(conn: Connection) -> None:
            replica.end_resync(conn, TEAM, reply.anchor, now=self.now)
            if rewound:
                owed.owe_all(conn)

        self.unit(end, die_at)
        self.mind.resync = ""
        self.known.seen = reply.mark
        self.seen["resync"] += 1
        self._where(reply.mark)
        self.check()

    # --- what must hold ---

    def check(self) -> None:
        """Hold what this desk has against what it was told: I1, I5, I7."""
        there = {
            row[0]
            for row in self.box.rows(
                "SELECT op_id FROM outbox UNION ALL SELECT op_id FROM journal "
                "UNION ALL SELECT op_id FROM tray"
            )
        }
        lost = self.known.saved.keys() - there
        holds("I1", not lost, f"{self.name} lost {sorted(lost)}")
        for (kind, record_id), (ver, _) in self.held().items():
            key = (kind, record_id)
            holds("I7", ver >= self.known.highest.get(key, 0), f"{key} went back to {ver}")
            self.known.highest[key] = ver
        self.box.unit(self._what_shows_is_the_fold)

    def _where(self, mark: int) -> None:
        """Note where the desk stands; the cursor never goes back within a generation (I7)."""
        position = self.box.unit(lambda conn: replica.position(conn, TEAM))
        known = self.known
        seq = cursors.read(TEAM, position.cursor).seq
        if position.generation != known.generation:
            known.generation = position.generation
            known.highest.clear()
        else:
            holds("I7", seq >= known.cursor_seq, f"{self.name} went back to {seq}")
        if position.cursor != known.cursor:
            known.cursor, known.mark = position.cursor, mark
        known.cursor_seq = seq

    def _own_value_shows(self, conn: Connection, op: Op) -> None:
        """I5, at the moment of the act."""
        after = projection.shown(conn, op.kind, op.id)
        if op.verb not in ("create", "update"):
            return
        for name, value in op.set.items():
            shows = after is not None and (after.body.get(name) or None) == (value or None)
            central_sets = name in ("holder", "status")
            holds("I5", shows or central_sets, f"{op.op_id} {name} does not show")

    def _what_shows_is_the_fold(self, conn: Connection) -> None:
        """I5 after anything: waiting ops are laid over the confirmed record."""
        keys = conn.execute(select(outbox_table.c.kind, outbox_table.c.id).distinct()).all()
        for kind, record_id in keys:
            base = projection.confirmed(conn, kind, record_id)
            top = projection.fold(base, projection.waiting_ops(conn, kind, record_id))
            record = projection.shown(conn, kind, record_id)
            if top is None or top.deleted:
                holds("I5", record is None, f"{kind} {record_id} shows and should not")
            else:
                body = {k: v for k, v in top.body.items() if v is not None}
                same = record is not None and dict(record.body) == body
                holds("I5", same, f"{kind} {record_id} shows something else")

    def _one_per_record(self, ops: list[Op]) -> None:
        groups: dict[Key, str | None] = {}
        for op in ops:
            key = (op.kind, op.id)
            alone = key not in groups or (op.group is not None and groups[key] == op.group)
            holds("I2", alone, f"two ops of {key} under way")
            groups[key] = op.group

    def _new_ops(self) -> list[str]:
        rows = self.box.rows("SELECT op_id, person, op FROM outbox ORDER BY n")
        new = [row for row in rows if row[0] not in self.known.saved]
        for op_id, person, text in new:
            self.known.saved[op_id] = Saved(thaw(text), person)
        self.check()
        return [row[0] for row in new]


def _collect(conn: Connection, piece: Sequence[Record]) -> None:
    replica.add_resync(conn, piece)
