"""The desk as services see it: who is signed in, the store, and one unit of work per act.

An act is one transaction (house.md §0.3): ops are checked by ``contract.rules``, laid over the
records and queued in the outbox together, or nothing happens.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any, TypeVar

from uuid_utils import uuid7

from console.domain.changes import Changes
from console.domain.clock import Clock, stamp
from console.domain.failures import NotAllowed, Problem
from console.domain.offline import READ_ONLY, Standing
from console.domain.person import Person
from console.storage import outbox
from console.storage.database import Connection, Store
from console.storage.projection import shown
from contract.op import Actor, Op
from contract.region import NETHERLANDS, RegionProfile

T = TypeVar("T")

SIGNED_OUT = Problem("signed-out", "Er is niemand aangemeld.", "Meld u eerst aan.")


def new_id() -> str:
    """Make an id: a UUIDv7, so ids sort by time and keep index pages warm (sync.md §1)."""
    return str(uuid7())


def _open() -> Standing:
    return Standing.OPEN


class Unit:
    """One act under way. Ops are visible to later reads of the same unit."""

    def __init__(self, conn: Connection, *, person: Person, station: str, now: str) -> None:
        self.conn = conn
        self.person = person
        self.station = station
        self.now = now
        self.changes = Changes()
        self.made: list[str] = []
        self._group: str | None = None
        self.actor = Actor(person.id, frozenset(person.roles), station)

    def create(self, kind: str, body: dict[str, Any], record_id: str | None = None) -> str:
        """Make a record; returns its id. Empty values are left out."""
        record_id = record_id or new_id()
        values = {name: value for name, value in body.items() if value not in (None, "")}
        self._record(Op(new_id(), "create", kind, record_id, values, made_at=self.now))
        return record_id

    def update(self, kind: str, record_id: str, /, **fields: Any) -> None:
        """Set fields; what the screen showed goes along as ``was``. Unchanged fields are dropped."""
        record = shown(self.conn, kind, record_id)
        body = record.body if record else {}
        new = {k: v for k, v in fields.items() if (body.get(k) or None) != (v or None)}
        if record is not None and not new:
            return
        was = {name: body.get(name) for name in new}
        self._record(
            Op(
                new_id(),
                "update",
                kind,
                record_id,
                new,
                was,
                base_ver=record.ver if record else None,
                made_at=self.now,
            )
        )

    def command(self, kind: str, record_id: str, name: str, /, **args: Any) -> None:
        """Do one of the kind's commands (``contract.rules``)."""
        self._record(Op(new_id(), "command", kind, record_id, args, command=name, made_at=self.now))

    def delete(self, kind: str, record_id: str) -> None:
        """Delete the record as it is shown; an edit by somebody else wins (sync.md §6)."""
        record = shown(self.conn, kind, record_id)
        self._record(
            Op(
                new_id(),
                "delete",
                kind,
                record_id,
                base_ver=record.ver if record else None,
                made_at=self.now,
            )
        )

    def log(
        self,
        subject_kind: str,
        subject_id: str,
        what: str,
        text: str = "",
        *,
        reason: str = "",
        recipient: str = "",
        corrects: str = "",
    ) -> str:
        """Write one line of history (F08); returns its id."""
        return self.create(
            "log_entry",
            {
                "subject_kind": subject_kind,
                "subject_id": subject_id,
                "what": what,
                "text": text,
                "reason": reason,
                "recipient": recipient,
                "corrects": corrects,
                "by": self.person.id,
                "station": self.station,
                "made_at": self.now,
            },
        )

    @contextmanager
    def group(self) -> Iterator[None]:
        """Make the ops inside all or nothing at central (sync.md §5)."""
        outer, self._group = self._group, self._group or new_id()
        try:
            yield
        finally:
            self._group = outer

    def require(self, *roles: str) -> None:
        """Refuse unless the person has one of these roles."""
        if not self.person.may(*roles):
            raise NotAllowed(
                Problem("not-allowed", "Dit mag u niet met uw rol.", "Vraag de accounthouder.")
            )

    def _record(self, op: Op) -> None:
        if self._group is not None:
            op = Op(
                op.op_id,
                op.verb,
                op.kind,
                op.id,
                op.set,
                op.was,
                op.command,
                op.base_ver,
                self._group,
                op.after,
                op.made_at,
                op.age_ms,
            )
        self.made.append(op.op_id)
        self.changes |= outbox.record_op(self.conn, op, actor=self.actor, now=self.now)


class Desk:
    """The store with the signed-in person; services hold one and nothing else of the program."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        station: str,
        training: bool = False,
        region: RegionProfile = NETHERLANDS,
    ) -> None:
        self.store = store
        self.clock = clock
        self.station = station
        self.training = training
        self.region = region
        self.person: Person | None = None
        self.team = ""
        self.standing: Callable[[], Standing] = _open
        """What the desk may do; the program asks the offline rule (security.md §3)."""

    def now(self) -> str:
        """Return the present moment as a stamp."""
        return stamp(self.clock.now())

    def act(self, work: Callable[[Unit], T]) -> Future[T]:
        """Do one act as the signed-in person; the future resolves when it is safely on disk."""
        person = self.person
        if person is None:
            refused: Future[T] = Future()
            refused.set_exception(NotAllowed(SIGNED_OUT))
            return refused
        if self.standing() is Standing.READ_ONLY:
            late: Future[T] = Future()
            late.set_exception(NotAllowed(READ_ONLY))
            return late
        touched: list[Changes] = []
        made: list[str] = []
        mark = self.clock.monotonic()

        def unit_of_work(conn: Connection) -> T:
            unit = Unit(conn, person=person, station=self.station, now=self.now())
            result = work(unit)
            touched.append(unit.changes)
            made.extend(unit.made)
            return result

        future = self.store.write(unit_of_work)
        future.add_done_callback(lambda _: self.store.made.update(dict.fromkeys(made, mark)))
        future.add_done_callback(lambda done: self._publish(done, touched))
        return future

    def look(self, work: Callable[[Connection], T], lane: str = "") -> Future[T]:
        """Read; a newer read on the same lane takes the place of an older one."""
        return self.store.read(work, lane)

    def _publish(self, done: Future[T], touched: list[Changes]) -> None:
        if done.cancelled() or done.exception() is not None:
            return
        if touched and touched[-1]:
            self.store.publish(touched[-1])
