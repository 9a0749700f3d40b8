"""Who acts in the demo, and when: signs people in one after the other and sends what they did."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from console.app.demo_clock import DemoClock
from console.bridge import settled
from console.domain.clock import LOCAL
from console.domain.person import Person
from console.services.alerts import Alerts
from console.services.desk import Desk, Unit
from console.services.feedback import Feedback
from console.services.lamps import Lamps
from console.services.ledger import Handoff
from console.services.posts import Posts
from console.services.reports import Reports
from console.storage.database import Connection
from console.storage.persons import find_person

if TYPE_CHECKING:
    from console.app.opening import Opened

T = TypeVar("T")

LONG_MINUTES = 20 * 60
"""After so long away somebody signs in again: central renews a session for a day."""


class SceneDesk(Desk):
    """A desk whose acts all take part in one unit of work, so that a scene is one transaction."""

    conn: Connection | None = None

    def act(self, work: Callable[[Unit], T]) -> Future[T]:
        """Do an act at once; the future holds its result already."""
        assert self.conn is not None
        assert self.person is not None
        unit = Unit(self.conn, person=self.person, station=self.station, now=self.now())
        return _done(work(unit))

    def look(self, work: Callable[[Connection], T], lane: str = "") -> Future[T]:
        """Read what the acts before it made."""
        assert self.conn is not None
        return _done(work(self.conn))


class Stage:
    """The desk as the people of the demo use it. ``ids`` remembers what every key became.

    ``stations`` says at which desk somebody sits, by person id.
    """

    def __init__(self, opened: Opened, person: Person, clock: DemoClock, station: str) -> None:
        self.desk = SceneDesk(opened.store, clock, station=station)
        self.desk.person = person
        self.desk.team = opened.team
        self.reports = Reports(self.desk)
        self.posts = Posts(self.desk)
        self.handoff = Handoff(self.desk)
        self.feedback = Feedback(self.desk)
        self.alerts = Alerts(self.desk)
        self.lamps = Lamps(self.desk)
        self.ids: dict[str, str] = {}
        self.stations: dict[str, str] = {}
        self.age = 0.0
        self._opened = opened
        self._clock = clock
        self._signed_in_at = float("inf")

    async def play(self, person_id: str, acts: Sequence[tuple[float, Callable[[], None]]]) -> None:
        """Have a person do acts, oldest first, in one transaction, and send them.

        Each act comes with its age in minutes. Central's time is that of the last one.
        """
        self._go_to(acts[-1][0])
        await self._be(person_id)
        self.desk.station = self.stations.get(person_id, self.desk.station)

        def scene(conn: Connection) -> None:
            self.desk.conn = conn
            try:
                for age, act in acts:
                    self._go_to(age)
                    act()
            finally:
                self.desk.conn = None

        await settled(self._opened.store.write(scene))
        await settled(self._opened.thread.submit(self._opened.engine.step()))

    async def curtain(self, person_id: str) -> None:
        """Come back to the present, with this person signed in."""
        self._go_to(0)
        await settled(self._opened.thread.submit(self._opened.engine.sign_in(person_id)))

    def at(self, age: float) -> datetime:
        """Return the moment of so many minutes ago, whenever the stage plays."""
        return self._clock.now() + timedelta(minutes=self.age - age)

    def clock_text(self, minutes: float) -> str:
        """Return the time of day so many minutes before the present scene."""
        return f"{self.at(self.age + minutes).astimezone(LOCAL):%H:%M}"

    def _go_to(self, age: float) -> None:
        self.age = age
        self._clock.set_behind(age)

    async def _be(self, person_id: str) -> None:
        present = self.desk.person
        assert present is not None
        if present.id == person_id and self._signed_in_at - self.age < LONG_MINUTES:
            return
        # One exchange per scene is enough: it comes when the scene has been played.
        signing_in = self._opened.engine.sign_in(person_id, exchange=False)
        await settled(self._opened.thread.submit(signing_in))
        self._signed_in_at = self.age
        found = await settled(self._opened.store.read(lambda conn: find_person(conn, person_id)))
        assert found is not None
        self.desk.person = found


def _done(result: T) -> Future[T]:
    future: Future[T] = Future()
    future.set_result(result)
    return future
