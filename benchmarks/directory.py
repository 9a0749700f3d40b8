"""Search over group, street and administrator (D16): 150 ms at 2,000 groups."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

from benchmarks import profiles
from benchmarks.measure import Figure, in_budget, once
from benchmarks.someone import PERSON
from console.domain.clock import SystemClock
from console.domain.person import Person
from console.services.desk import Desk
from console.services.directory import Directory

TYPED = ("vli", "havenk", "groep", "dij", "beheerder v", "elzenkade4", "gebied 1", "zzz")
RUNS = 6


def measure() -> list[Figure]:
    """Measure every search text several times, in a file with 2,000 groups."""
    with tempfile.TemporaryDirectory() as folder:
        store = profiles.open_store(Path(folder) / "desk.db")
        try:
            profiles.fill_directory(store)
            desk = Desk(store, SystemClock(), station="meting")
            desk.person = Person(PERSON, "Lotte Brakel", ("operator",))
            directory = Directory(desk)
            times = []
            for typed in TYPED:
                directory.search(typed, 20).result()
                times += [once(partial(_search, directory, typed)) for _ in range(RUNS)]
        finally:
            store.close()
    floor = "budget D16, 2.000 groepen"
    return [in_budget("search_directory", times, budget_ms=150, floor=floor)]


def _search(directory: Directory, typed: str) -> None:
    directory.search(typed, 20).result()
