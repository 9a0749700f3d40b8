"""The whole of it: three desks with four people, one central, and a line that keeps nothing.

Every rule is one thing that can happen. What must hold is checked by ``Server`` and ``Desk`` after
each of them, and once more when at the end the line is good again and everything was exchanged.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import orjson
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from central.sync import service
from console.domain.clock import stamp
from console.storage import digest, tray
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
    new_log,
    new_report,
    new_template,
)
from tests.model.server import Server

ROUNDS = 25
STEPS = 60

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
    "post": (("post", "b1", "release"), ("post", "b1", "edit"), ("post", "b1", "edit")),
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


class Team(RuleBasedStateMachine):
    """One run."""

    totals = Totals()

    def __init__(self) -> None:
        super().__init__()
        self.server, self.desks, central, desk, self.seen = shelf()
        self.seen.clear()
        self.bag = Bag()
        self.number = 0
        self.moment = datetime.fromisoformat(START.replace("Z", "+00:00"))
        FIRST.clear()
        self._uuid7 = tray.uuid7
        tray.uuid7 = self._new_id  # type: ignore[assignment]
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
            tray.uuid7 = self._uuid7
            self.totals.add(self.seen)

    # --- what people do ---

    @rule(desk=DESK, what=EDITABLE, field=st.integers(0, 3), word=WORDS, die_at=DEATH)
    def edit(self, desk: str, what: tuple[str, str], field: int, word: str, die_at: int) -> None:
        """Change one field of what the screen shows."""
        op = self._update(desk, *what, field, word)
        if op is not None:
            self._act(desk, op, die_at=die_at)

    @rule(desk=DESK, word=WORDS, kind=st.sampled_from(["report", "template", "log_entry", "x1"]))
    def create(self, desk: str, word: str, kind: str) -> None:
        """Make a record; ``x1``: two desks type in the same thing under the same id."""
        if kind == "x1":
            self._act(desk, Op(self._new_id(), "create", "report", "x1", new_report(word)))
            return
        body = {"report": new_report(word), "template": new_template(), "log_entry": new_log("r1")}
        self._act(desk, Op(self._new_id(), "create", kind, self._new_id(), body[kind]))

    @rule(desk=DESK, what=st.sampled_from([("report", "r1"), ("report", "r2"), ("template", "t1")]))
    def delete(self, desk: str, what: tuple[str, str]) -> None:
        """Delete what the screen shows."""
        self._do(desk, (*what, "delete"), "")

    @rule(
        desk=DESK,
        report=st.sampled_from(["r1", "r1", "r2"]),
        command=st.sampled_from(["claim", "claim", "claim", "release", "break_lease", "close"]),
    )
    def work_on_a_report(self, desk: str, report: str, command: str) -> None:
        """Claim a report, let it go, take it from somebody, close it."""
        self._do(desk, ("report", report, command), "")

    @rule(desk=DESK, command=st.sampled_from(["release", "release", "hold", "make_ready", "drop"]))
    def work_on_a_post(self, desk: str, command: str) -> None:
        """Hold the pen of a draft, release it, put it away."""
        self._do(desk, ("post", "b1", command), "")

    @rule(
        desk=DESK,
        placement=st.sampled_from(["p1", "p1", "p2"]),
        command=st.sampled_from(["copied", "placed", "not_placed", "unknown"]),
    )
    def say_what_happened(self, desk: str, placement: str, command: str) -> None:
        """Answer for one group, to what the screen shows."""
        self._do(desk, ("placement", placement, command), "")

    @rule(desk=DESK)
    def accept_the_handover(self, desk: str) -> None:
        """Accept by name."""
        self._do(desk, ("handover", "h1", "accept"), "")

    @rule(desk=DESK, what=EDITABLE, word=WORDS, together=st.booleans(), die_at=DEATH)
    def edit_with_a_line(
        self, desk: str, what: tuple[str, str], word: str, together: bool, die_at: int
    ) -> None:
        """Change a field and write it down: as one group, or the line after the change."""
        first = self._update(desk, *what, 0, word)
        if first is None or first.set == first.was:
            return
        group = f"g{self.number}" if together else None
        after = () if together else (first.op_id,)
        line = Op(self._new_id(), "create", "log_entry", self._new_id(), new_log(what[1]))
        first = _with(first, group=group)
        self._act(desk, first, _with(line, group=group, after=after), die_at=die_at)

    @rule(
        first=DESK,
        second=DESK,
        topic=st.sampled_from(sorted(TOPICS)),
        acts=st.tuples(PLACE, PLACE),
        heard=st.integers(0, 2),
    )
    def two_desks_at_once(
        self, first: str, second: str, topic: str, acts: tuple[int, int], heard: int
    ) -> None:
        """Two desks act on one thing before either heard of the other; ``heard`` of them call."""
        names = TOPICS[topic]
        for desk, index in ((first, acts[0]), (second, acts[1])):
            self._do(desk, names[index % len(names)], ("rood", "blauw", "groen")[index % 3])
        for desk in (first, second)[:heard]:
            self._call(self.desks[desk])

    @rule(
        desk=DESK,
        choice=st.sampled_from(["redo", "drop", "keep_as_copy", "restore_as_new"]),
        index=PLACE,
    )
    def decide_in_the_tray(self, desk: str, choice: str, index: int) -> None:
        """Settle something that was refused."""
        one = self.desks[desk]
        one.decide(choice, index)
        self._register(one)

    @rule()
    def somebody_else_signs_in(self) -> None:
        """The second person sits down at the desk of the first."""
        desk = self.desks["west"]
        if desk.mind.waiting is None:
            desk.person = "bob" if desk.person == "ann" else "ann"

    @rule(minutes=st.sampled_from([1, 5, 11]))
    def time_passes(self, minutes: int) -> None:
        """Leases lapse and commands grow old."""
        self.moment += timedelta(minutes=minutes)
        self._tell_time()

    # --- what the line and the machines do ---

    @rule(desk=DESK, pull=st.booleans(), limit=st.sampled_from([1, 2, 500]), die_at=DEATH)
    def ask(self, desk: str, pull: bool, limit: int, die_at: int) -> None:
        """A desk makes its next request."""
        try:
            request = self.desks[desk].ask(self._next(), pull=pull, limit=limit, die_at=die_at)
        except Died:
            return
        if request is not None:
            self.bag.requests.append(request)

    @rule(index=PLACE, twice=st.booleans(), die_at=DEATH)
    def central_gets_a_request(self, index: int, twice: bool, die_at: int) -> None:
        """One of the requests under way arrives, perhaps to arrive again."""
        request = self.bag.take_request(index, keep=twice)
        if request is not None:
            self._answer(request, die_at)

    @rule(index=PLACE, twice=st.booleans(), die_at=DEATH)
    def a_desk_gets_a_reply(self, index: int, twice: bool, die_at: int) -> None:
        """One of the replies under way arrives, perhaps late, perhaps to arrive again."""
        reply = self.bag.take_reply(index, keep=twice)
        if reply is not None:
            self._take(reply, die_at)

    @rule(index=PLACE, reply=st.booleans())
    def something_gets_lost(self, index: int, reply: bool) -> None:
        """A request or a reply disappears."""
        if reply:
            self.bag.take_reply(index)
        else:
            self.bag.take_request(index)

    @rule(desk=DESK)
    def a_desk_waits_no_longer(self, desk: str) -> None:
        """No answer within the time: it is asked again later."""
        self.desks[desk].give_up()

    @rule(desk=DESK)
    def a_desk_is_killed(self, desk: str) -> None:
        """The process ends between two units of work."""
        self.desks[desk].die()

    @rule(desk=DESK, lose_reply=st.booleans(), meanwhile=st.booleans(), word=WORDS)
    def a_desk_exchanges(self, desk: str, lose_reply: bool, meanwhile: bool, word: str) -> None:
        """A whole exchange, of which the first reply may be lost while somebody goes on typing."""
        one = self.desks[desk]
        if one.mind.waiting is not None:
            one.give_up()
        if lose_reply:
            request = one.ask(self._next(), pull=False, limit=500)
            if request is not None:
                self._answer_only(request)
                for op in request.ops[:1] if meanwhile else ():
                    if op.kind in FIELDS:
                        self._do(desk, (op.kind, op.id, "edit"), word)
                one.give_up()
        self._exchange(one)

    @rule(desk=DESK, other=DESK, limit=st.sampled_from([1, 500]), word=WORDS)
    def a_page_comes_late(self, desk: str, other: str, limit: int, word: str) -> None:
        """The desk asked again meanwhile, and got newer news."""
        one = self.desks[desk]
        self._call(one)
        if other == desk:
            return
        late = one.ask(self._next(), pull=True, limit=limit)
        assert late is not None
        page = self._answer_only(late)
        one.give_up()
        self._do(other, ("report", "r1", "edit"), word)
        self._call(self.desks[other])
        newer = one.ask(self._next(), pull=True, limit=500)
        assert newer is not None
        self._take(self._answer_only(newer))
        self._take(page)

    @rule(desk=DESK, pull=st.booleans(), die_at=st.integers(1, 14))
    def a_desk_dies_over_a_reply(self, desk: str, pull: bool, die_at: int) -> None:
        """The process ends while an answer is being taken in."""
        one = self.desks[desk]
        if one.mind.waiting is not None:
            one.give_up()
        request = one.ask(self._next(), pull=pull, limit=500)
        if request is not None:
            self._take(self._answer_only(request), die_at)

    @rule()
    def central_is_backed_up(self) -> None:
        """A copy is made."""
        self.server.back_up()

    @rule(desk=DESK)
    def central_is_set_back(self, desk: str) -> None:
        """The copy is put back: all that came after it, just heard by a desk, is lost there."""
        self._call(self.desks[desk])
        self.server.restore()

    @rule()
    def graves_are_collected(self) -> None:
        """History grows shorter; who was away longer must fetch everything again."""
        self.server.collect(min(one.known.seen for one in self.desks.values()))

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

    # --- parts ---

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


def _with(op: Op, *, group: str | None = None, after: tuple[str, ...] = ()) -> Op:
    return Op(
        op.op_id, op.verb, op.kind, op.id, op.set, op.was, op.command, op.base_ver, group, after
    )
