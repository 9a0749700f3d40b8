"""Counts of reports per area or kind and period, with the rule for small numbers (F45). Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from console.domain.period import MONTHS, Period
from console.domain.small_numbers import hide, with_totals

TOTAL = "Totaal"


@dataclass(frozen=True, slots=True)
class Figures:
    """A table with totals behind and under it. ``cells`` are as counted, for the team itself.

    ``months``: the heads of the columns, which are quarters or years in a long period.
    """

    months: tuple[str, ...]
    names: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]

    @property
    def total(self) -> int:
        """How many reports are counted."""
        return sum(map(sum, self.cells))

    def head(self, first: str) -> list[str]:
        """Return the heads of the columns; ``first``: of the names."""
        return [first, *self.months, TOTAL]

    def counted(self) -> list[list[str]]:
        """Return every row as counted, totals last."""
        rows = [[str(number) for number in row] for row in with_totals(self.cells)]
        return [[name, *row] for name, row in zip((*self.names, TOTAL), rows, strict=True)]

    def given(self) -> list[list[str]]:
        """Return every row as it may be given away: small numbers hidden beyond working out."""
        rows = hide(self.cells).shown
        return [[name, *row] for name, row in zip((*self.names, TOTAL), rows, strict=True)]


def figures_of(found: Iterable[tuple[str, date]], period: Period, most: int = MONTHS) -> Figures:
    """Return the table of (name, day it was heard) over a period, in at most so many columns."""
    columns = period.columns(most)
    counts: Counter[tuple[str, int]] = Counter()
    for name, day in found:
        for at, (_, first, last) in enumerate(columns):
            if first <= day <= last:
                counts[name, at] += 1
    names = sorted({name for name, _ in counts}, key=str.casefold)
    return Figures(
        tuple(label for label, _, _ in columns),
        tuple(names),
        tuple(tuple(counts[name, at] for at in range(len(columns))) for name in names),
    )
