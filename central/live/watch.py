"""The rounds of the thread that looks for news (sync.md §8).

A round begins at a ring, at a message of another process, when a stream comes or goes, or after a
second. What a round cannot read, the next one reads again: nothing is told before it is known.
"""

import logging
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from sqlalchemy import Connection
from uuid_utils import uuid4

from central.clock import TELLER
from central.database import Database
from central.live import repository
from central.live.frames import frame
from central.live.roster import Roster
from central.live.rules import EXPIRY_S, Fate, fate
from central.live.waker import Waker
from central.live.wire import Told, Wire, WireLost
from central.sync import cursor as cursors
from central.sync.cursor import Anchor
from contract import routes

if TYPE_CHECKING:
    from central.live.hub import Live, Pace, Stream

log = logging.getLogger(__name__)


class Watch:
    """Runs on one thread; everything here belongs to it."""

    def __init__(
        self,
        live: "Live",
        database: Database,
        tell: TELLER,
        waker: Waker,
        connect: Callable[[], Wire] | None,
    ) -> None:
        self._live = live
        self._database = database
        self._tell = tell
        self._waker = waker
        self._connect = connect
        self._wire: Wire | None = None
        self._process = str(uuid4())
        self._roster = Roster()
        self._heads: dict[str, Anchor] = {}
        self._checked: dict[str, Anchor] = {}
        self._to_ring: set[str] = set()
        self._to_read: set[str] = set()
        self._new: list[Stream] = []
        self._moved: set[str] = set()
        self._look_at = self._notify_at = self._presence_at = 0.0
        self._repeat_at = self._wire_at = 0.0
        self._revision = ""

    @property
    def _pace(self) -> "Pace":
        return self._live.pace

    def run(self) -> None:
        """Go round until stopped."""
        while not self._waker.stopping:
            try:
                self._round()
                self._waker.wait(self._until_next(), self._wire)
            except Exception as trouble:
                # The words of a database error may hold what somebody typed; its kind may not.
                log.warning("live news: %s", type(trouble))
                self._drop_wire()
                self._waker.wait(self._pace.look)
        self._drop_wire()

    def _round(self) -> None:
        came, left, rung = self._live.taken()
        now = time.monotonic()
        self._to_read |= rung
        if self._connect is not None:
            self._to_ring |= rung
        self._new += came
        for stream in came:
            self._checked.pop(stream.seat.team, None)
            self._roster.sit(stream.seat)
            self._moved.add(stream.seat.team)
        for one in left:
            seat = self._roster.leave(one)
            if seat is not None:
                self._moved.add(seat.team)
        try:
            self._exchange(came, left, now)
        except WireLost:
            log.warning("live news: the wire to other processes is lost")
            self._drop_wire()
            self._wire_at = now + self._pace.look
        self._moved |= self._roster.expire(now)
        self._read_heads()
        if now >= self._look_at:
            self._look_at = now + self._pace.look
            self._look()
        if self._moved and now >= self._presence_at:
            self._presence_at = now + self._pace.presence
            self._tell_presence()

    def _until_next(self) -> float | None:
        """Return how long the next round may wait; None where nobody listens at all."""
        due = []
        if self._busy():
            due.append(self._look_at)
        if self._moved:
            due.append(self._presence_at)
        if self._to_ring:
            due.append(self._notify_at if self._wire is not None else self._wire_at)
        if not due:
            return None
        return max(0.0, min(due) - time.monotonic())

    def _busy(self) -> bool:
        return bool(self._live.streams() or self._live.bells.teams() or self._to_ring)

    # Other processes

    def _exchange(self, came: "list[Stream]", left: list[str], now: float) -> None:
        """Tell the other processes and hear them."""
        if self._connect is None:
            return
        if self._wire is None:
            if now < self._wire_at:
                return
            self._wire = self._connect()
            self._wire.send([Told(self._process, seats=tuple(self._roster.here()), asks=True)])
            self._repeat_at = now + self._pace.repeat
        elif came or left:
            seats = tuple(stream.seat for stream in came)
            self._wire.send([Told(self._process, seats=seats, left=tuple(left))])
        if self._to_ring and now >= self._notify_at:
            self._notify_at = now + self._pace.notify
            self._wire.send([Told(self._process, rang=tuple(sorted(self._to_ring)))])
            self._to_ring.clear()
        if now >= self._repeat_at:
            self._repeat_at = now + self._pace.repeat
            self._wire.send([Told(self._process, seats=tuple(self._roster.here()))])
        for told in self._wire.received():
            if told.process != self._process:
                self._hear(told, now)

    def _hear(self, told: Told, now: float) -> None:
        for team in told.rang:
            self._live.bells.knock(team)
            self._to_read.add(team)
        self._moved |= self._roster.told(told.process, told.seats, now + self._pace.forget)
        self._moved |= self._roster.left(told.process, told.left)
        if told.asks:
            self._repeat_at = 0.0
            self._waker.wake()

    def _drop_wire(self) -> None:
        wire, self._wire = self._wire, None
        if wire is not None:
            wire.close()

    # News

    def _read_heads(self) -> None:
        """Read the heads of the teams that were rung for, and tell their streams."""
        streams = self._live.streams()
        teams = self._to_read & {stream.seat.team for stream in streams}
        teams |= {stream.seat.team for stream in self._new}
        if teams:
            found = self._database.read_now(lambda conn: repository.heads(conn, teams))
            self._tell_heads(found, streams)
        self._live.told(self._to_read)
        self._to_read.clear()
        self._new.clear()

    def _tell_heads(self, found: dict[str, Anchor], streams: "Iterable[Stream]") -> None:
        changed = {team for team, anchor in found.items() if self._heads.get(team) != anchor}
        self._heads.update(found)
        new = {stream.seat.stream for stream in self._new}
        for stream in streams:
            team = stream.seat.team
            if team not in found:
                continue
            mark = cursors.write(team, found[team])
            first = stream.seat.stream in new
            # Who comes back at the head it left needs no poke.
            if (first and stream.seen != mark) or (not first and team in changed):
                stream.mailbox.put("head", frame("head", {"head": found[team].seq}, mark))

    def _look(self) -> None:
        """Look whether any head moved without a ring, and whether every stream may stay."""
        streams = self._live.streams()
        heard = self._live.bells.teams()
        teams = heard | {stream.seat.team for stream in streams}
        if not teams:
            self._heads.clear()
            self._checked.clear()
            return
        hashes = {stream.access_hash for stream in streams}

        def everything(
            conn: Connection,
        ) -> tuple[dict[str, Anchor], dict[str, repository.Held], str, dict[str, set[str]]]:
            heads = repository.heads(conn, teams)
            listened = {stream.seat.team for stream in streams}
            readers = {
                team: repository.readers(conn, team)
                for team in listened & set(heads)
                if self._checked.get(team) != heads[team]
            }
            return heads, repository.sessions(conn, hashes), repository.revision(conn), readers

        heads, held, revision, readers = self._database.read_now(everything)
        for team in heard:
            if team in heads and self._heads.get(team, heads[team]) != heads[team]:
                self._live.bells.knock(team)
        self._tell_heads(heads, streams)
        self._check(streams, held, readers)
        self._checked.update((team, heads[team]) for team in readers)
        if self._revision and revision != self._revision:
            for stream in streams:
                note = frame("schema-changed", {"schema": routes.SCHEMA, "step": revision})
                stream.mailbox.put("schema-changed", note)
        self._revision = revision

    def _check(
        self,
        streams: "Iterable[Stream]",
        held: dict[str, repository.Held],
        readers: dict[str, set[str]],
    ) -> None:
        """End the streams whose session ended or whose person may no longer read."""
        moment = self._tell()
        for stream in streams:
            team, person = stream.seat.team, stream.seat.person
            session = held.get(stream.access_hash)
            what = fate(
                session.until if session and not session.revoked else "",
                moment,
                may_read=team not in readers or person in readers[team],
            )
            if what is Fate.ENDS:
                stream.mailbox.close()
            elif what is Fate.EXPIRING and not stream.warned:
                stream.warned = True
                note = frame("session-expiring", {"in_s": EXPIRY_S})
                stream.mailbox.put("session-expiring", note)

    def _tell_presence(self) -> None:
        """Tell the streams of the teams where somebody came or went who is there."""
        streams = self._live.streams()
        teams = self._moved & {stream.seat.team for stream in streams}
        self._moved.clear()
        if not teams:
            return
        names = self._database.read_now(
            lambda conn: {team: repository.stations(conn, team) for team in teams}
        )
        for team in teams:
            people = [
                {
                    "person": seat.person,
                    "device": seat.device,
                    "station": names[team].get(seat.device, ""),
                    "since": seat.since,
                }
                for seat in self._roster.people(team)
            ]
            note = frame("presence", {"people": people})
            for stream in streams:
                if stream.seat.team == team:
                    stream.mailbox.put("presence", note)
