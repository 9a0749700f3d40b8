"""Measuring: ours and the floor in turns, so that a busy machine slows both alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. ``ratio`` is the median of ours over the median of the floor.

    For figures with a budget in milliseconds ``ratio`` is the median over that budget. ``min`` and
    ``median`` are ours, in ``unit``; ``floor`` says what it was measured against.
    """

    name: str
    ratio: float
    min: float
    median: float
    unit: str
    floor: str
    target: float
    met: bool
    runs: int
    better: str = "lower"
    """Whether the ratio has to stay under its target (``lower``) or above it (``higher``)."""

    def as_json(self) -> dict[str, Any]:
        """Return the figure as it is printed with ``--json``."""
        return asdict(self)

    def line(self) -> str:
        """Return the figure as one line for people."""
        mark = "ja " if self.met else "nee"
        sense = "≥ " if self.better == "higher" else ""
        return (
            f"{self.name:<24} {self.ratio:>8.2f}x  doel {sense}{self.target:g}  gehaald: {mark}  "
            f"min {self.min:.2f} {self.unit}, midden {self.median:.2f} {self.unit}, "
            f"{self.runs} keer, tegen {self.floor}"
        )


def once(work: Callable[[], object]) -> float:
    """Return how many milliseconds one call takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def in_turns(
    ours: Callable[[], object], floor: Callable[[], object], runs: int
) -> tuple[list[float], list[float]]:
    """Run both in turns after one warm-up each; returns milliseconds of ours and of the floor."""
    once(ours)
    once(floor)
    mine, theirs = [], []
    for _ in range(runs):
        theirs.append(once(floor))
        mine.append(once(ours))
    return mine, theirs


def against(
    name: str, mine: Sequence[float], theirs: Sequence[float], *, floor: str, target: float
) -> Figure:
    """Make the figure of ours over a floor."""
    ratio = statistics.median(mine) / max(statistics.median(theirs), 1e-9)
    return _figure(name, ratio, mine, floor, target, "ms")


def at_p95(
    name: str, mine: Sequence[float], theirs: Sequence[float], *, floor: str, target: float
) -> Figure:
    """Make the figure of the 95th percentile of ours over that of the floor."""
    ratio = percentile(mine, 95) / max(percentile(theirs, 95), 1e-9)
    return _figure(name, ratio, mine, floor, target, "ms")


def at_least(
    name: str, mine: Sequence[float], theirs: Sequence[float], *, floor: str, target: float
) -> Figure:
    """Make the figure of our rate (per second) over that of a floor; more is better."""
    ratio = statistics.median(mine) / max(statistics.median(theirs), 1e-9)
    made = _figure(name, ratio, mine, floor, target, "/s")
    return replace(made, met=ratio >= target, better="higher")


def within(name: str, mine: Sequence[float], *, most: float, unit: str, floor: str) -> Figure:
    """Make a figure with a most in a unit of its own: the median must stay within it."""
    return replace(in_budget(name, mine, budget_ms=most, floor=floor), unit=unit)


def in_budget(name: str, mine: Sequence[float], *, budget_ms: float, floor: str) -> Figure:
    """Make a figure with a budget in milliseconds: the median must stay within it."""
    middle = statistics.median(mine)
    return Figure(
        name,
        round(middle / budget_ms, 4),
        round(min(mine), 3),
        round(middle, 3),
        "ms",
        floor,
        budget_ms,
        middle <= budget_ms,
        len(mine),
    )


def percentile(values: Sequence[float], part: int) -> float:
    """Return a percentile of a list of measurements."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(part / 100 * (len(ordered) - 1)))]


def _figure(
    name: str, ratio: float, mine: Sequence[float], floor: str, target: float, unit: str
) -> Figure:
    return Figure(
        name,
        round(ratio, 3),
        round(min(mine), 3),
        round(statistics.median(mine), 3),
        unit,
        floor,
        target,
        ratio <= target,
        len(mine),
    )
