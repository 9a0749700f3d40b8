"""The list of reports at 10,000, 100,000 and 1,000,000: first rows, and filter while typing."""

from __future__ import annotations

import statistics
import tempfile
from functools import partial
from pathlib import Path

from benchmarks import profiles
from benchmarks.measure import Figure, against, at_p95, in_turns
from benchmarks.replay import bare, recorded, replay
from benchmarks.someone import KEY, PERSON
from console.domain.clock import SystemClock
from console.domain.person import Person
from console.domain.report import ReportFilter
from console.services.desk import Desk
from console.services.reports import Reports

SIZES = (("10k", 10_000), ("100k", 100_000), ("1m", 1_000_000))
RUNS = 100
TYPED_RUNS = 15
TYPED = ("m", "ma", "man", "wit", "witte bus", "vuurw", "haven", "molen", "scooter", "zonder l")
FLOOR = "dezelfde vragen via kaal sqlcipher3 op hetzelfde bestand"


def measure() -> list[Figure]:
    """Measure each size in a file of its own; the largest one also against the smallest."""
    figures: list[Figure] = []
    first: dict[str, float] = {}
    for name, count in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            figures += _size(Path(folder) / "desk.db", name, count, first)
    return figures


def _size(path: Path, name: str, count: int, first: dict[str, float]) -> list[Figure]:
    store = profiles.open_store(path)
    try:
        profiles.fill_reports(store, count)
        desk = Desk(store, SystemClock(), station="meting")
        desk.person = Person(PERSON, "Lotte Brakel", ("operator",))
        reports = Reports(desk)
        raw = bare(path, KEY)
        with recorded() as statements:
            reports.first_page(ReportFilter()).result()
        mine, theirs = in_turns(
            lambda: reports.first_page(ReportFilter()).result(), replay(raw, statements), RUNS
        )
        first[name] = statistics.median(mine)
        figures = [
            against(f"list_first_rows_{name}", mine, theirs, floor=FLOOR, target=2),
        ]
        if name == "1m":
            growth = first["1m"] / first["10k"]
            figures.append(
                Figure(
                    "list_first_rows_1m_to_10k",
                    round(growth, 3),
                    round(min(mine), 3),
                    round(first["1m"], 3),
                    "ms",
                    "dezelfde rijen bij 10.000 meldingen",
                    1.5,
                    growth <= 1.5,
                    len(mine),
                )
            )
        figures.append(_filter(reports, raw, name))
        raw.close()
        return figures
    finally:
        store.close()


def _filter(reports: Reports, raw: object, name: str) -> Figure:
    """Measure searches as they are typed: each by its median, the slowest twentieth of them all."""
    mine: list[float] = []
    theirs: list[float] = []
    for segment in ("open", "closed"):
        for typed in TYPED:
            wanted = ReportFilter(segment=segment, text=typed)
            with recorded() as statements:
                reports.first_page(wanted).result()
            floor = replay(raw, statements)
            ours = in_turns(partial(_first, reports, wanted), floor, TYPED_RUNS)
            mine.append(statistics.median(ours[0]))
            theirs.append(statistics.median(ours[1]))
    return at_p95(f"list_filter_p95_{name}", mine, theirs, floor=FLOOR, target=2)


def _first(reports: Reports, wanted: ReportFilter) -> None:
    reports.first_page(wanted).result()
