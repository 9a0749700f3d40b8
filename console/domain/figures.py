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
        """Return the heads of the columns on the screen; ``first``: of the names."""
        return [first, *self.months, TOTAL]

    def head_given(self, first: str) -> list[str]:
        """Return the heads of the columns of a file; its rows have no total."""
        return [first, *self.months]

    def counted(self) -> list[list[str]]:
        """Return every row of which anything is counted, totals last."""
        rows = with_totals(self.cells)
        named = zip((*self.names, TOTAL), rows, strict=True)
        return [[name, *map(str, row)] for name, row in named if any(row) or name == TOTAL]

    def given(self) -> list[list[str]]:
        """Return every row as it may be given away: small numbers hidden beyond working out.

        Each column is hidden by itself and no row has a total, so a month says the same in the
        file of any period: from two files nobody works out what one of them hides.
        """
        columns = [hide(column) for column in zip(*self.cells, strict=True)]
        names = (*self.names, TOTAL) if columns else ()
        return [[name, *(column[at] for column in columns)] for at, name in enumerate(names)]


def figures_of(found: Iterable[tuple[str, date]], period: Period, most: int = MONTHS) -> Figures:
    """Return the table of (name, day it was heard) over a period, in at most so many columns.

    Every name that was found has a row, also where nothing of it lies in the period: which rows
    there are would else tell of a number too small to show.
    """
    columns = period.columns(most)
    counts: Counter[tuple[str, int]] = Counter()
    known = set()
    for name, day in found:
        known.add(name)
        for at, (_, first, last) in enumerate(columns):
            if first <= day <= last:
                counts[name, at] += 1
    names = sorted(known, key=str.casefold)
    return Figures(
        tuple(label for label, _, _ in columns),
        tuple(names),
        tuple(tuple(counts[name, at] for at in range(len(columns))) for name in names),
    )
