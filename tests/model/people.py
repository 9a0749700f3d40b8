"""What the people at the desks may do."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from contract.op import Op
from tests.model.bench import (
    DEATH,
    DESK,
    DESKS,
    EDITABLE,
    PLACE,
    TOPICS,
    WORDS,
    Bench,
)
from tests.model.seeds import (
    new_log,
    new_report,
    new_template,
)


class People(Bench):
    """Acts, one rule each."""

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
        further=st.integers(1, 2),
        topic=st.sampled_from(sorted(TOPICS)),
        acts=st.tuples(PLACE, PLACE),
        heard=st.sampled_from([2, 2, 0, 1]),
    )
    def two_desks_at_once(
        self, first: str, further: int, topic: str, acts: tuple[int, int], heard: int
    ) -> None:
        """Two desks act on one thing before either heard of the other; ``heard`` of them call."""
        names, order = TOPICS[topic], list(DESKS)
        second = order[(order.index(first) + further) % len(order)]
        for desk, index in ((first, acts[0]), (second, acts[1])):
            self._do(desk, names[index % len(names)], ("rood", "groen", "blauw")[index % 3])
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


def _with(op: Op, *, group: str | None = None, after: tuple[str, ...] = ()) -> Op:
    return Op(
        op.op_id, op.verb, op.kind, op.id, op.set, op.was, op.command, op.base_ver, group, after
    )
