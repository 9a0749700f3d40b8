"""The engine on its own thread, with the embedded central beside it (house.md §0.6)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import suppress
from pathlib import Path

import pytest

from central.embedded import build_embedded
from console.domain.changes import Changes
from console.domain.clock import SystemClock
from console.domain.person import Person
from console.domain.photo import SENT
from console.services.desk import Desk
from console.services.photos import Photos
from console.storage.database import Store
from console.storage.projection import shown
from console.sync.engine import SyncEngine
from console.sync.failures import Answered
from console.sync.gateway import Gateway
from console.sync.inprocess import InProcess
from console.sync.status import SyncState, SyncStatus
from console.sync.thread import SyncThread
from tests.helpers.central_line import new_id
from tests.helpers.photos import png
from tests.helpers.profile import KEY

SECRET = "of this start"
DEADLINE_S = 30


class Running:
    """A desk as it runs: store, engine on its thread, central inside."""

    def __init__(self, home: Path) -> None:
        clock = SystemClock()
        self.store = Store.open(home / "desk.db", KEY, clock=clock)
        self.central = build_embedded(home / "central.db", KEY, SECRET)
        gateway = Gateway(
            "http://central", InProcess(self.central), device="d1", device_name="D", secret=SECRET
        )
        self.engine = SyncEngine(self.store, gateway, clock)
        self.sync = SyncThread(self.engine, self.central.close)
        self.desk = Desk(self.store, clock, station="D")
        self.sync.start()

    def set_up(self, person: str) -> None:
        """Make the team and sign its person in."""
        session = self.sync.submit(
            self.engine.set_up("Kennemer Kust", person, "Sanne de Wit")
        ).result(DEADLINE_S)
        self.desk.person = Person(person, session.person.name, session.person.roles)

    def until(self, state: SyncState, queue: int = 0) -> SyncStatus:
        """Wait until the status says so."""
        reached = threading.Event()

        def look(status: SyncStatus) -> None:
            if status.state is state and status.queue == queue:
                reached.set()

        self.engine.status.subscribe(look)
        look(self.engine.status.now)
        assert reached.wait(DEADLINE_S), self.engine.status.now
        return self.engine.status.now

    def end(self) -> None:
        """Stop as the desk stops."""
        assert self.sync.stop(DEADLINE_S)
        self.store.close()


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """Return a running desk that is set up."""
    made = Running(tmp_path)
    made.set_up(new_id())
    yield made
    made.end()


def write(running: Running) -> str:
    body = {
        "category": "person",
        "text": "t",
        "place": "p",
        "heard_at": "2026-03-14T12:58:00.000Z",
    }
    made: str = running.desk.act(lambda unit: unit.create("report", body)).result(DEADLINE_S)
    return made


def test_an_act_wakes_the_engine_and_the_number_comes_back(running: Running) -> None:
    numbered = threading.Event()
    made = ""

    def look(changes: Changes) -> None:
        record = running.store.read(lambda conn: shown(conn, "report", made)).result(DEADLINE_S)
        if record is not None and record.body.get("number"):
            numbered.set()

    running.store.subscribe(look)
    made = write(running)
    look(Changes())
    assert numbered.wait(DEADLINE_S)
    assert running.until(SyncState.LIVE).at


def test_a_second_start_finds_everything_and_needs_no_set_up(tmp_path: Path) -> None:
    first, person = Running(tmp_path), new_id()
    first.set_up(person)
    made = write(first)
    first.end()
    second = Running(tmp_path)
    told = second.sync.submit(second.engine.service_document()).result(DEADLINE_S)
    assert told.teams[0].persons[0].id == person
    second.sync.submit(second.engine.sign_in(person)).result(DEADLINE_S)
    record = second.store.read(lambda conn: shown(conn, "report", made)).result(DEADLINE_S)
    assert record is not None
    second.until(SyncState.LIVE)
    second.end()


def test_an_unusable_file_of_central_is_told_in_dutch_and_work_goes_on(tmp_path: Path) -> None:
    (tmp_path / "central.db").write_bytes(b"no database at all" * 500)
    running = Running(tmp_path)
    with pytest.raises(Answered) as refused:
        running.sync.submit(running.engine.service_document()).result(DEADLINE_S)
    assert "storage-unusable" in str(refused.value)
    running.desk.person = Person("p", "Sanne", ("operator",))
    write(running)
    running.end()


def test_nothing_is_taken_after_the_end(tmp_path: Path) -> None:
    running = Running(tmp_path)
    running.end()
    assert running.sync.submit(running.engine.service_document()).cancelled()
    assert not [thread for thread in threading.enumerate() if thread.name in ("sync",)]


def test_a_photo_goes_by_itself_while_the_desk_runs(running: Running) -> None:
    report_id = write(running)
    photos, sent = Photos(running.desk), threading.Event()

    def look(_: Changes) -> None:
        # Two looks at once: the newer takes the place of the older, and tells.
        with suppress(CancelledError):
            found = photos.of_report(report_id).result(DEADLINE_S)
            if [one.state for one in found] == [SENT]:
                sent.set()

    running.store.subscribe(look)
    photos.add(report_id, "busje.png", png(), "het busje").result(DEADLINE_S)
    look(Changes())
    assert sent.wait(DEADLINE_S)
    running.until(SyncState.LIVE)
