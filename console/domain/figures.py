"""Counts of reports per area or kind and month, with the rule for small numbers (F45). Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from console.domain.small_numbers import hide, with_totals

MONTHS = 12
NAMES = "jan feb mrt apr mei jun jul aug sep okt nov dec".split()
TOTAL = "Totaal"


@dataclass(frozen=True, slots=True)
class Figures:
    """A table with totals behind and under it. ``cells`` are as counted, for the team itself."""

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


def figures_of(found: Iterable[tuple[str, str]], now: datetime) -> Figures:
    """Return the table of (name, month as 2026-03) of the last twelve months, this one included."""
    year, month = now.year, now.month
    months = []
    for back in range(MONTHS - 1, -1, -1):
        at = year * 12 + month - 1 - back
        months.append(f"{at // 12:04d}-{at % 12 + 1:02d}")
    counts: Counter[tuple[str, str]] = Counter(one for one in found if one[1] in months)
    names = sorted({name for name, _ in counts}, key=str.casefold)
    return Figures(
        tuple(f"{NAMES[int(one[5:]) - 1]} {one[2:4]}" for one in months),
        tuple(names),
        tuple(tuple(counts[name, one] for one in months) for name in names),
    )
