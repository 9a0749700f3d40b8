"""The power goes: whatever was said to be kept is there, for a desk's outbox and for central."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from central.database import Database
from central.database import sqlite as central_file
from central.models.sync import sync_op
from central.operations.verify import verify
from console.domain.person import Person
from console.models.local import outbox
from console.services.desk import Desk, Unit
from console.storage import checkpoints
from console.storage import database as desk_file
from console.storage.database import Store
from tests.faults.disk import Disk, watched
from tests.helpers.central_line import KEY as CENTRAL_KEY
from tests.helpers.central_line import CentralLine, report
from tests.helpers.clock import HandClock
from tests.helpers.profile import KEY, STATION

ACTS = 24
CUT_EVERY = 31
"""Every so many writes or syncs the power is cut, besides right after each word of thanks."""


@dataclass(frozen=True)
class Cut:
    """What a power cut left, and what had been said to be kept by then."""

    left: dict[str, bytes]
    kept: frozenset[str]


class Photographer:
    """Cuts the power again and again, on paper, while work goes on."""

    def __init__(self, disk: Disk, luck: random.Random) -> None:
        self.disk = disk
        self.luck = luck
        self.cuts: list[Cut] = []
        self.kept: set[str] = set()
        self._writes = 0
        disk.on_write = self._on_write

    def _on_write(self) -> None:
        self._writes += 1
        if self._writes % CUT_EVERY == 0:
            self.cut()

    def cut(self) -> None:
        """Keep what is left when everything unsynced is gone, or some sectors of it stay."""
        luck = self.luck if self.luck.random() < 0.5 else None
        self.cuts.append(Cut(self.disk.left(luck), frozenset(self.kept)))


def lay_out(cut: Cut, folder: Path) -> None:
    """Write down what was left, as the next start finds it."""
    folder.mkdir()
    for name, content in cut.left.items():
        (folder / name).write_bytes(content)


def weaker(real: Callable[..., Any]) -> Callable[..., Any]:
    """Return an opener of the same files that lets SQLite sync less."""

    def opened(*args: Any, **named: Any) -> Any:
        connection = real(*args, **named)
        connection.execute("PRAGMA synchronous=NORMAL")
        return connection

    return opened


@pytest.fixture(params=["FULL", "NORMAL"])
def level(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The program as it is, and the same program with the level below; its log is moved often."""
    for word in ("WORTH_IT", "LONG"):
        monkeypatch.setattr(checkpoints, word, 2**18)
    monkeypatch.setattr(checkpoints, "REST_SECONDS", 0.01)
    if request.param == "NORMAL":
        for module in (desk_file, central_file):
            monkeypatch.setattr(module, "open_connection", weaker(module.open_connection))
    return str(request.param)


def work_at_a_desk(folder: Path) -> list[Cut]:
    """Act, with the power going again and again; the last cuts come while the desk closes."""
    clock = HandClock()
    with watched(folder) as disk:
        store = Store.open(folder / "desk.db", KEY, clock=clock)
        desk = Desk(store, clock, station=STATION)
        desk.person = Person("person-ruben", "Ruben Voorbeeld", ("operator",))
        photographer = Photographer(disk, random.Random(5))
        for number in range(ACTS):

            def act(unit: Unit, number: int = number) -> list[str]:
                body = {"category": "person", "place": "Kerkplein", "heard_at": unit.now}
                with unit.group():
                    made = unit.create("report", {**body, "text": f"Melding {number} " * 60})
                    unit.log("report", made, "note", "Gebeld")
                return unit.made

            photographer.kept.update(desk.act(act).result())
            photographer.cut()
        assert store.checkpoints.moved, "no cut came while the log was being moved"
        store.close()
        return photographer.cuts


def lost_at_a_desk(cuts: list[Cut], folder: Path) -> list[int]:
    """Start again after every cut; how many acts are gone each time that were said to be kept."""
    lost = []
    for number, cut in enumerate(cuts):
        lay_out(cut, folder / str(number))
        with Store.open(folder / str(number) / "desk.db", KEY, clock=HandClock()) as store:
            found = store.read(
                lambda conn: conn.execute(select(outbox.c.op_id, outbox.c.op_group)).all()
            ).result()
            whole = store.read(
                lambda conn: conn.exec_driver_sql("PRAGMA integrity_check").scalar()
            ).result()
        assert whole == "ok"
        groups = [row.op_group for row in found]
        assert all(groups.count(group) == 2 for group in groups), "an act is there whole or not"
        lost.append(len(cut.kept - {row.op_id for row in found}))
    return lost


def work_at_central(folder: Path) -> list[Cut]:
    """Push, with the power going again and again."""
    with watched(folder) as disk:
        with CentralLine(folder / "central.db") as line:
            line.set_up()
            photographer = Photographer(disk, random.Random(6))
            for number in range(ACTS):
                ops = [report(text=f"Melding {number} " * 60) for _ in range(3)]
                assert {one["status"] for one in line.push(*ops)} == {"applied"}
                photographer.kept.update(op["op_id"] for op in ops)
                photographer.cut()
        return photographer.cuts


def lost_at_central(cuts: list[Cut], folder: Path) -> list[int]:
    """Start again after every cut; how many answered ops are gone each time."""
    lost = []
    for number, cut in enumerate(cuts):
        lay_out(cut, folder / str(number))
        database = Database.open(folder / str(number) / "central.db", CENTRAL_KEY)
        try:
            found = set(
                database.read_now(lambda conn: conn.execute(select(sync_op.c.op_id)).scalars())
            )
            assert not any(one.broken for one in database.read_now(verify))
        finally:
            database.close()
        lost.append(len(cut.kept - found))
    return lost


@pytest.mark.parametrize(
    ("work", "look"),
    [(work_at_a_desk, lost_at_a_desk), (work_at_central, lost_at_central)],
    ids=["desk", "central"],
)
def test_what_was_said_to_be_kept_survives_a_power_cut_only_when_every_commit_is_synced(
    work: Callable[[Path], list[Cut]],
    look: Callable[[list[Cut], Path], list[int]],
    level: str,
    tmp_path: Path,
) -> None:
    (tmp_path / "at-work").mkdir()
    (tmp_path / "after").mkdir()
    cuts = work(tmp_path / "at-work")
    assert len(cuts) > ACTS
    lost = look(cuts, tmp_path / "after")
    if level == "FULL":
        assert not any(lost)
    else:
        assert sum(1 for one in lost if one) > ACTS / 2, "the same cuts find the weaker level"
