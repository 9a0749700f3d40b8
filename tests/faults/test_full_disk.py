"""A disk without room at the desk or at central: said in words, nothing lost, goes on by itself."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from central.operations.verify import verify
from console.domain.failures import StorageTrouble
from console.services.desk import Unit
from console.sync.status import SyncState
from tests.faults.disk import watched
from tests.helpers.central_line import CentralLine, report
from tests.helpers.joined import Joined

SMALL = 24 * 1024 * 1024
SPARE = 64 * 1024
"""What is left when it gets tight: a few acts, not many."""

Room = Callable[[bool], None]


@contextmanager
def layer(folder: Path) -> Iterator[Room]:
    """Let SQLite's own layer for files refuse to grow: works everywhere."""
    with watched(folder) as disk:

        def room(there: bool) -> None:
            used = sum(one.stat().st_size for one in folder.iterdir())
            disk.room = None if there else used + SPARE

        yield room


@contextmanager
def mounted(folder: Path) -> Iterator[Room]:
    """Use a real file system of a few megabytes, filled by somebody else's file."""
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", str(folder)],
        check=True,
        capture_output=True,
    )
    filler = folder / "filler"

    def room(there: bool) -> None:
        filler.unlink(missing_ok=True)
        if there:
            return
        try:
            with filler.open("wb", buffering=0) as file:
                while True:
                    file.write(bytes(4096))
        except OSError:
            pass
        with filler.open("r+b") as file:
            file.truncate(max(0, filler.stat().st_size - SPARE))

    try:
        yield room
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def may_mount(folder: Path) -> bool:
    """Say whether this machine lets us mount: as root, outside of a locked container."""
    try:
        with mounted(folder):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


@pytest.fixture(params=["layer", "mounted"])
def small(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, Room]]:
    """A folder whose disk can be full, and what makes it so.

    Where nothing may be mounted, the layer stands in for the file system too.
    """
    folder = tmp_path / "small"
    folder.mkdir()
    real = request.param == "mounted" and sys.platform == "linux" and may_mount(folder)
    with (mounted if real else layer)(folder) as room:
        yield folder, room


def write_down(unit: Unit) -> str:
    """Do one act of some size."""
    body = {"category": "person", "place": "Kerkplein", "heard_at": unit.now}
    return unit.create("report", {**body, "text": "Man kijkt in auto's. " * 150})


def shown(side: Joined) -> set[str]:
    """Return the reports that a desk holds."""
    query = "SELECT id FROM rec_report"
    return set(side.store.read(lambda conn: conn.exec_driver_sql(query).scalars().all()).result())


def state(side: Joined) -> tuple[SyncState, int]:
    """Return how the line stands and how much waits for central."""
    now = side.engine.status.now
    return now.state, now.queue


def the_same(side: Joined) -> bool:
    """Say whether desk and central add up."""
    return side.run(side.engine.check()) == ()


def test_a_desk_without_room_says_so_keeps_what_it_has_and_goes_on(
    small: tuple[Path, Room], tmp_path: Path
) -> None:
    folder, room = small
    with CentralLine(tmp_path / "central.db") as line:
        line.set_up()
        with Joined(line, folder / "desk.db") as side:
            side.sign_in(line.person)
            kept = {side.desk.act(write_down).result()}
            room(False)
            said: list[StorageTrouble] = []
            for _ in range(200):
                done = side.desk.act(write_down)
                trouble = done.exception()
                if trouble is None:
                    kept.add(done.result())
                    continue
                assert isinstance(trouble, StorageTrouble), trouble
                said.append(trouble)
                if len(said) == 3:
                    break
            assert len(said) == 3, "there was no room"
            for trouble in said:
                assert trouble.problem.code == "disk-full", trouble.problem
                assert trouble.problem.sentence.startswith("De schijf is vol.")
                assert trouble.problem.next_step
            assert shown(side) == kept, "what was said to be kept, and nothing half"

            news = report(text="Van een andere desk. " * 150)
            others = [report(text="Van een andere desk. " * 150) for _ in range(60)]
            line.push(news, *others)
            side.step()
            assert state(side)[0] is SyncState.OFFLINE
            assert side.engine.status.now.sentence.startswith("De schijf is vol.")
            assert news["id"] not in shown(side)

            room(True)
            side.clock.move(minutes=2)
            side.step()
            assert state(side) == (SyncState.LIVE, 0)
            assert kept | {news["id"]} <= shown(side)
            assert kept <= set(line.records("report"))
            assert the_same(side)
        with Joined(line, folder / "desk.db") as side:
            assert kept <= shown(side), "and after a restart"


def test_central_without_room_says_so_the_desk_keeps_it_and_sends_it_later(
    small: tuple[Path, Room], tmp_path: Path
) -> None:
    folder, room = small
    with CentralLine(folder / "central.db") as line:
        line.set_up()
        with Joined(line, tmp_path / "desk.db") as side:
            side.sign_in(line.person)
            room(False)
            kept: set[str] = set()
            for _ in range(60):
                kept.add(side.desk.act(write_down).result())
            side.step()
            status = side.engine.status.now
            assert (status.state, status.trouble) == (SyncState.OFFLINE, "storage-full")
            assert status.queue == len(kept)
            assert not kept & set(line.records("report")), "nothing half"
            assert shown(side) == kept

            room(True)
            side.clock.move(minutes=2)
            side.step()
            assert state(side) == (SyncState.LIVE, 0)
            assert set(line.records("report")) == kept
            assert the_same(side)
        assert [one.broken for one in line.office.database.read_now(verify)] == [None]
