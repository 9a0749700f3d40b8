"""What a run of the model stands on: its desks, its central, the line, and the healing at the end."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import orjson
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant

from central.sync import service
from console.domain.clock import stamp
from console.storage import digest, replica, tray
from contract.op import Op, Record
from tests.model.desk import Desk
from tests.model.line import Bag, Reply, Request
from tests.model.memory import Died
from tests.model.oracles import FIRST, holds
from tests.model.seeds import (
    GOOD,
    PLAIN,
    START,
    TEAM,
    central_template,
    delete_one,
    desk_template,
)
from tests.model.server import Server

ROUNDS = 25
STEPS = 60
PIECE = 8
"""How many records of a snapshot a desk swaps in one unit of work."""

DESKS = {"west": ("ann", "bob"), "noord": ("cor",), "oost": ("dee",)}
SKEW = {"west": 0, "noord": 40, "oost": 86_400}
"""Seconds by which the clock of a desk is ahead: a desk's time is recorded and never trusted."""

WORDS = st.sampled_from(["rood", "blauw", "groen"])
FIELDS = {
    "report": ("title", "text", "place", "toekomst"),
    "template": ("name", "layout"),
    "group": ("name", "note"),
    "post": ("title", "body"),
    "step": ("title",),
}
EDITABLE = st.sampled_from(
    [("report", "r1")] * 4
    + [("report", "r2"), ("report", "x1"), ("template", "t1"), ("template", "t1")]
    + [("group", "g1"), ("post", "b1"), ("step", "s1")]
)
DESK = st.sampled_from(["west", "noord", "oost"])
DEATH = st.sampled_from([0, 0, 0, 0, 0, 1, 2, 3, 5, 8, 12])
PLACE = st.integers(0, 5)

TOPICS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "claims": (("report", "r1", "claim"),) * 3 + (("report", "r1", "close"),),
    "edits": (("report", "r1", "edit"),) * 2 + (("template", "t1", "edit"),),
    "deletes": (("report", "r2", "delete"), ("report", "r2", "edit")),
    "endings": (("template", "t1", "delete"), ("template", "t1", "edit")),
    "post": (("post", "b1", "release"), ("post", "b1", "edit")),
    "placement": tuple(("placement", "p1", act) for act in ("copied", "placed", "not_placed")),
    "handover": (("handover", "h1", "accept"),) * 2 + (("report", "r1", "claim"),),
}
"""What two desks may do to one thing at once."""

REASONS: dict[str, dict[str, Any]] = {
    "break_lease": {"reason": "weg"},
    "close": {"reason": "handled", "contribution": "no"},
    "hold": {"reason": "weg"},
    "not_placed": {"reason": "other"},
    "accept": {"talked": True},
}
"""What a command must say."""

_SHELF: list[Any] = []


def shelf() -> tuple[Server, dict[str, Desk], Any, Any, Counter[str]]:
    """Return the databases of this process; they are made once and loaded for every run."""
    if not _SHELF:
        seen: Counter[str] = Counter()
        central = central_template()
        first = desk_template(central)
        delete_one(central)
        desks = {name: Desk(name, people, seen) for name, people in DESKS.items()}
        _SHELF.append((Server(seen), desks, central.copy(), first.copy(), seen))
        central.close()
        first.close()
    found: tuple[Server, dict[str, Desk], Any, Any, Counter[str]] = _SHELF[0]
    return found


class Totals:
    """In how many runs each thing was seen."""

    def __init__(self) -> None:
        self.runs = 0
        self.seen: Counter[str] = Counter()

    def add(self, seen: Counter[str]) -> None:
        """Count one run."""
        self.runs += 1
        self.seen.update(name for name, times in seen.items() if times)

    def share(self, name: str) -> float:
        """Return the share of the runs that saw this."""
        return self.seen[name] / max(self.runs, 1)


class Bench(RuleBasedStateMachine):
    """One run, without anything that may happen in it."""

    totals = Totals()

    def __init__(self) -> None:
        super().__init__()
        self.server, self.desks, central, desk, self.seen = shelf()
        self.seen.clear()
        self.bag = Bag()
        self.number = 0
        self.moment = datetime.fromisoformat(START.replace("Z", "+00:00"))
        FIRST.clear()
        # Ids that can be repeated, and a swap of several pieces.
        self._fixed: list[Any] = [
            patch.object(tray, "uuid7", self._new_id),
            patch.object(replica, "CHUNK", PIECE),
        ]
        for one_fixed in self._fixed:
            one_fixed.start()
        self.server.begin(central, START)
        for one in self.desks.values():
            one.begin(desk, self.server.first_mark)
        self._tell_time()

    def teardown(self) -> None:
        """Heal the line and look whether nothing is missing, unless something is broken already."""
        try:
            if not FIRST:
                self._heal()
        finally:
            for one in self._fixed:
                one.stop()
            self.totals.add(self.seen)

    @invariant()
    def no_hole_below_the_cursor(self) -> None:
        """I6: what has a number up to the cursor is held at that version or newer."""
        for desk in self.desks.values():
            known = desk.known
            if self.server.mark_at(known.cursor_seq) != known.mark:
                continue
            held = desk.held()
            for key, truth in self.server.history.truth.items():
                if truth.seq > known.cursor_seq:
                    continue
                ver, grave = held.get(key, (0, True))
                fits = grave if truth.deleted else ver >= truth.ver
                holds("I6", fits, f"{desk.name} holds {key} at {ver}, central has {truth.ver}")

    def _new_id(self) -> str:
        self.number += 1
        return f"n{self.number}"

    def _next(self) -> int:
        self.number += 1
        return self.number

    def _tell_time(self) -> None:
        self.server.now = stamp(self.moment)
        for name, desk in self.desks.items():
            desk.now = stamp(self.moment + timedelta(seconds=SKEW[name]))

    def _update(self, desk: str, kind: str, record_id: str, field: int, word: str) -> Op | None:
        record: Record | None = self.desks[desk].shown(kind, record_id)
        if record is None:
            return None
        names = FIELDS[kind]
        name = names[field % len(names)]
        value = {"blauw": GOOD, "groen": PLAIN}.get(word, word) if name == "body" else word
        was = {name: record.body.get(name)}
        return Op(
            self._new_id(), "update", kind, record_id, {name: value}, was, base_ver=record.ver
        )

    def _do(self, desk: str, what: tuple[str, str, str], word: str) -> None:
        """Do one thing to what the screen of a desk shows."""
        kind, record_id, act = what
        record = self.desks[desk].shown(kind, record_id)
        if record is None:
            return
        if act == "edit":
            op = self._update(desk, kind, record_id, 1 if kind == "post" else 0, word)
            assert op is not None
        elif act == "delete":
            op = Op(self._new_id(), "delete", kind, record_id, base_ver=record.ver)
        else:
            given = dict(REASONS.get(act, {}))
            if kind == "placement":
                given["seen"] = record.body["state"]
            op = Op(self._new_id(), "command", kind, record_id, given, command=act)
        self._act(desk, op)

    def _call(self, desk: Desk) -> None:
        """Exchange everything over a good line."""
        if desk.mind.waiting is not None:
            desk.give_up()
        self._exchange(desk)

    def _act(self, desk: str, *ops: Op, die_at: int = 0) -> None:
        one = self.desks[desk]
        for op in ops:
            if op.kind == "placement" and op.verb == "command":
                self.server.said.setdefault(op.id, set()).add(op.command)
        try:
            one.act(*ops, die_at=die_at)
        except Died:
            return
        self._register(one)
        one.check()

    def _register(self, desk: Desk) -> None:
        for op_id, saved in desk.known.saved.items():
            self.server.people.setdefault(op_id, saved.person)

    def _answer(self, request: Request, die_at: int = 0) -> None:
        reply = self.server.answer(request, die_at=die_at)
        if reply is not None:
            self.bag.replies.append(reply)

    def _answer_only(self, request: Request) -> Reply:
        reply = self.server.answer(request)
        assert reply is not None
        return reply

    def _take(self, reply: Reply, die_at: int = 0) -> None:
        try:
            self.desks[reply.request.desk].take(reply, die_at=die_at)
        except Died:
            return

    def _exchange(self, desk: Desk) -> None:
        """Push until nothing is left, pull until there is no more, and once more."""
        idle = False
        for _ in range(STEPS):
            request = desk.ask(self._next(), pull=False, limit=500)
            if request is None and idle:
                return
            request = request or desk.ask(self._next(), pull=True, limit=500)
            assert request is not None
            reply = self._answer_only(request)
            idle = reply.problem is None and request.what == "pull" and not reply.more
            desk.take(reply)
        holds("I8", False, f"{desk.name} never comes to the end of an exchange")

    def _heal(self) -> None:
        """I8: with a good line and an empty tray everything is exchanged within a few rounds."""
        self.bag.clear()
        for desk in self.desks.values():
            desk.give_up()
        for _ in range(ROUNDS):
            self.moment += timedelta(seconds=61)
            self._tell_time()
            for desk in self.desks.values():
                for person in desk.persons:
                    desk.person = person
                    self._exchange(desk)
                    self._empty_the_tray(desk)
            head = self.server.history.head
            if all(d.known.cursor_seq == head and not d.busy() for d in self.desks.values()):
                break
        self.no_hole_below_the_cursor()
        for desk in self.desks.values():
            holds("I8", not desk.busy(), f"{desk.name} still has ops waiting")
            holds("I8", desk.known.cursor_seq == self.server.history.head, f"{desk.name} is behind")
            self._nothing_is_missing(desk)
            self._both_hold_the_same(desk)
        self.server.check_chain()

    def _empty_the_tray(self, desk: Desk) -> None:
        for _ in range(STEPS):
            if not desk.box.unit(lambda conn: tray.list_open(conn, desk.person)):
                return
            desk.decide("drop", 0)
            self._register(desk)

    def _nothing_is_missing(self, desk: Desk) -> None:
        """I1 and I11: every kept act is at central, or its person heard that it is not."""
        refused = desk.refused_ids()
        oracle = "I11" if self.seen["set back"] else "I1"
        for op_id in desk.known.saved:
            there = self.server.accepted(op_id)
            holds(oracle, there or op_id in refused, f"{op_id} of {desk.name} is nowhere")
            holds("I2", not (there and op_id in refused), f"{op_id} was done and refused")

    def _both_hold_the_same(self, desk: Desk) -> None:
        """I3 and I15: versions, bodies and digests are equal."""
        live = {k: t for k, t in self.server.history.truth.items() if not t.deleted}
        held = {key: ver for key, (ver, grave) in desk.held().items() if not grave}
        holds(
            "I3", held == {k: t.ver for k, t in live.items()}, f"{desk.name} holds other versions"
        )
        bodies = desk.bodies(live)
        for key, truth in live.items():
            body = {name: value for name, value in truth.body.items() if value is not None}
            holds("I3", bodies[key] == body, f"{desk.name} shows another {key}")
        if desk is not self._one_of_the_desks():
            return
        text = self.server.box.unit(lambda conn: service.digest(conn, TEAM))
        wrong = digest.differing(desk.sums(), orjson.loads(text)["kinds"])
        holds("I3", not wrong, f"{desk.name} has another sum of {wrong}")

    def _one_of_the_desks(self) -> Desk:
        """Return the desk whose digest is compared in this run: a sum over all kinds is slow."""
        return list(self.desks.values())[self.totals.runs % len(self.desks)]
