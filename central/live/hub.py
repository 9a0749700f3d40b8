"""The open streams of this process, and the thread that looks for news on their behalf.

One thread per central, started when somebody first listens. It looks at once after a ring, and
every second besides: at the heads of the teams, at the sessions, at who may still read. Everything
it finds goes into mailboxes; it never waits for a stream.
"""

import logging
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from uuid_utils import uuid7

from central.bells import Bells
from central.clock import TELLER, stamp
from central.database import Database
from central.live.frames import frame
from central.live.mailbox import Mailbox
from central.live.roster import Seat
from central.live.waker import Waker
from central.live.watch import Watch
from central.live.wire import Wire
from central.tally import Spread

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How often things are done, in seconds, and how many streams a device may hold."""

    look: float = 1.0
    notify: float = 0.05
    presence: float = 0.5
    repeat: float = 10.0
    forget: float = 25.0
    ping: float = 15.0
    send: float = 10.0
    retry_from_ms: int = 1000
    retry_to_ms: int = 5000
    device_streams: int = 8


@dataclass(eq=False, slots=True)
class Stream:
    """One open stream: who listens, under which session, and what waits for them."""

    seat: Seat
    access_hash: str
    seen: str
    mailbox: Mailbox = field(default_factory=Mailbox)
    warned: bool = False


class Live:
    """Where streams come and go and rings arrive; safe for threads."""

    def __init__(
        self,
        database: Database,
        bells: Bells,
        tell: TELLER,
        *,
        connect: Callable[[], Wire] | None = None,
        pace: Pace | None = None,
    ) -> None:
        self.pace = pace or Pace()
        self.bells = bells
        self._tell = tell
        self._connect = connect
        self._database = database
        self._lock = threading.Lock()
        self._streams: dict[str, Stream] = {}
        self._came: list[Stream] = []
        self._left: list[str] = []
        self._rung: set[str] = set()
        self._rung_at: dict[str, float] = {}
        self.lag = Spread()
        self._waker: Waker | None = None
        self._thread: threading.Thread | None = None
        self._closed = False
        bells.attach(self._on_ring, self._wake)

    def join(self, team: str, person: str, device: str, access_hash: str, seen: str) -> Stream:
        """Open a stream. ``seen`` is the last event id of whoever comes back.

        A device that opens too many loses its oldest.
        """
        seat = Seat(str(uuid7()), team, person, device, stamp(self._tell()))
        stream = Stream(seat, access_hash, seen)
        with self._lock:
            if self._closed:
                stream.mailbox.close()
                return stream
            mine = [
                one
                for one in self._streams.values()
                if (one.seat.team, one.seat.device) == (team, device)
            ]
            self._streams[seat.stream] = stream
            self._came.append(stream)
        for old in mine[: max(0, len(mine) + 1 - self.pace.device_streams)]:
            old.mailbox.close()
        self._wake()
        return stream

    def leave(self, stream: Stream) -> None:
        """Forget a stream that has ended."""
        with self._lock:
            if self._streams.pop(stream.seat.stream, None) is None:
                return
            self._left.append(stream.seat.stream)
        self._wake(only_running=True)

    def streams(self) -> list[Stream]:
        """Return the open streams of this process."""
        with self._lock:
            return list(self._streams.values())

    def taken(self) -> tuple[list[Stream], list[str], set[str]]:
        """Return who came, who left and which teams were rung for since the last time."""
        with self._lock:
            news = self._came, self._left, self._rung
            self._came, self._left, self._rung = [], [], set()
        return news

    def told(self, teams: Collection[str]) -> None:
        """Note how long news of these teams waited before it lay in the mailboxes."""
        now = time.monotonic()
        with self._lock:
            rung = [self._rung_at.pop(team, None) for team in teams]
        for at in rung:
            if at is not None:
                self.lag.add(now - at)

    def farewell(self, at: str) -> None:
        """Tell every stream that central stops at ``at`` (a stamp), and let it end.

        Called first at a graceful stop: a server waits for its open streams.
        """
        with self._lock:
            self._closed = True
            streams = list(self._streams.values())
        for stream in streams:
            stream.mailbox.put("maintenance", frame("maintenance", {"at": at}))
            stream.mailbox.close()

    def close(self) -> None:
        """End every stream and the thread; once is enough."""
        with self._lock:
            self._closed = True
            streams = list(self._streams.values())
            thread, self._thread = self._thread, None
            waker, self._waker = self._waker, None
        for stream in streams:
            stream.mailbox.close()
        if thread is not None and waker is not None:
            waker.stop()
            thread.join()
            waker.close()

    def _on_ring(self, team: str) -> None:
        with self._lock:
            self._rung.add(team)
            if self._streams:
                self._rung_at.setdefault(team, time.monotonic())
        # Without a wire only those who listen here need to know.
        self._wake(only_running=self._connect is None)

    def _wake(self, *, only_running: bool = False) -> None:
        with self._lock:
            if self._thread is None and not only_running and not self._closed:
                self._waker = Waker()
                watch = Watch(self, self._database, self._tell, self._waker, self._connect)
                self._thread = threading.Thread(target=watch.run, name="central-live", daemon=True)
                self._thread.start()
            if self._waker is not None:
                self._waker.wake()
