"""Saving an act at the desk: the slowest of a hundred against one bare commit (sync.md §10, capacity.md)."""

from __future__ import annotations

import statistics
import tempfile
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.measure import Figure, against, once, percentile
from benchmarks.someone import KEY, PERSON
from benchmarks.town import bodies
from console.domain.clock import SystemClock
from console.domain.person import Person
from console.services.desk import Desk
from console.storage.connection import open_connection
from console.storage.database import Store

SAVES = 150
RUNS = 3
PAUSE_S = 0.045
"""Slower than this no person acts; quicker ones share a commit (decision 0007)."""

FLOOR = (
    "een kale INSERT met fdatasync in een gelijk versleuteld bestand, even traag na elkaar (midden)"
)


def measure(saves: int = SAVES, runs: int = RUNS) -> list[Figure]:
    """Measure reports that are written down one after another."""
    mine, floors = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for turn in range(runs):
            floors.append(_bare(folder / f"plain-{turn}.db", saves))
            mine.append(_saved(folder / f"desk-{turn}.db", saves))
    return [against("local_save_p99", mine, floors, floor=FLOOR, target=5)]


def _saved(path: Path, saves: int) -> float:
    with Store.open(path, KEY, clock=SystemClock()) as store:
        desk = Desk(store, SystemClock(), station="meting")
        desk.person = Person(PERSON, "Lotte Brakel", ("operator",))
        times = []
        for body in bodies(saves + 5):
            times.append(once(partial(_save, desk, body)))
            time.sleep(PAUSE_S)
    return percentile(times[5:], 99)


def _save(desk: Desk, body: dict[str, Any]) -> None:
    desk.act(lambda unit: unit.create("report", body)).result()


def _bare(path: Path, saves: int) -> float:
    with closing(open_connection(path, KEY)) as connection:
        connection.execute("CREATE TABLE plain (n INTEGER PRIMARY KEY, body TEXT)")
        times = []
        for _ in range(saves):
            times.append(
                once(
                    lambda: connection.execute("INSERT INTO plain (body) VALUES (?)", ("x" * 570,))
                )
            )
            # As slowly as a person: right after another one, a commit finds everything awake.
            time.sleep(PAUSE_S)
    return statistics.median(times)
