"""The handover sheet from the log (D10): 2 seconds, offline."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks import profiles
from benchmarks.measure import Figure, in_budget, once
from benchmarks.someone import PERSON
from console.domain.clock import SystemClock
from console.domain.person import Person
from console.services.desk import Desk
from console.services.handovers import Handovers

RUNS = 20


def measure() -> list[Figure]:
    """Measure a sheet over 5,000 reports of which 40 are open."""
    with tempfile.TemporaryDirectory() as folder:
        store = profiles.open_store(Path(folder) / "desk.db")
        try:
            profiles.fill_reports(store, 5_000)
            desk = Desk(store, SystemClock(), station="meting")
            desk.person = Person(PERSON, "Lotte Brakel", ("operator",))
            handovers = Handovers(desk)
            times = [once(lambda: handovers.current().result()) for _ in range(RUNS + 1)][1:]
        finally:
            store.close()
    floor = "budget D10, 5.000 meldingen"
    return [in_budget("handover_sheet", times, budget_ms=2_000, floor=floor)]
