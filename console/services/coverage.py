"""Groups per 1,000 inhabitants, as table and as map (F17)."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.domain.coverage import AreaCoverage, Coverage, coverage_of
from console.domain.csv_text import Cell, csv_text
from console.services import exports
from console.services.desk import Desk
from console.storage import coverage as stored
from console.storage import directory_tree
from console.storage.database import Connection
from contract.dutch import word
from contract.vocabulary import AreaLevel

if TYPE_CHECKING:
    from console.domain.coverage_map import MapArea

KINDS = (*directory_tree.KINDS, "area_shape")
"""The kinds whose change makes a table or map that was read before out of date."""

HEAD = (
    "Gebied",
    "Niveau",
    "Ligt in",
    "CBS-code",
    "Groepen in gebruik",
    "Groepen slapend",
    "Groepen verdwenen",
    "Inwoners",
    "Jaar van inwoners",
    "Bron van inwoners",
    "Groepen per 1.000 inwoners (afgekapt)",
    "Wat ontbreekt",
)
"""The first line of the file; one column per raw number."""


@dataclass(frozen=True, slots=True)
class CoverageView:
    """The table and the map of one level."""

    table: Coverage
    areas: tuple[MapArea, ...]


class Coverages:
    """What the page Dekking asks. Reads areas and groups only, never a list that grows by use."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._drawn: tuple[dict[str, str], tuple[MapArea, ...]] = ({}, ())

    def look(self, level: str) -> Future[CoverageView]:
        """Return table and map of a level. Outlines are drawn anew only where one of them changed."""

        def work(conn: Connection) -> CoverageView:
            table = coverage_of(directory_tree.shape(conn), stored.inhabitants(conn), level)
            rows = {row.id for row in table.rows}
            kept = stored.shapes(conn, level)
            return CoverageView(table, self._map({key: kept[key] for key in kept if key in rows}))

        return self._desk.look(work, "coverage")

    def _map(self, shapes: dict[str, str]) -> tuple[MapArea, ...]:
        with self._lock:
            before, drawn = self._drawn
        if shapes != before:
            drawn = _drawn(shapes)
            with self._lock:
                self._drawn = (shapes, drawn)
        return drawn


def table_text(rows: Sequence[AreaCoverage]) -> str:
    """Return the lines as they stand as the text of a CSV file, raw numbers beside coverage.

    No small number is hidden: groups and inhabitants of an area are public figures and no person
    is counted. Small counts are hidden only where people or reports are counted.
    """
    return csv_text(HEAD, map(_cells, rows))


def save_table(path: str, rows: Sequence[AreaCoverage]) -> None:
    """Write the lines to a file, CSV or XLSX by its name; slow, so not on the screen's thread.

    Raises:
        Refused: the file cannot be written; what stood there before stands there still.
    """
    exports.write(path, HEAD, [_cells(row) for row in rows])


def _cells(row: AreaCoverage) -> Sequence[Cell]:
    people = row.inhabitants
    return (
        row.name,
        word(row.level, AreaLevel),
        row.around,
        row.code,
        row.groups,
        row.asleep,
        row.gone,
        people.count if people else "onbekend",
        people.year or None if people else None,
        people.source if people else "",
        row.per_thousand if row.per_thousand is not None else "onbekend",
        ", ".join(row.gaps),
    )


def _drawn(shapes: dict[str, str]) -> tuple[MapArea, ...]:
    # The geometry library is heavy: only here, and on the reader's thread.
    from console.domain.coverage_map import map_areas
    from contract.outline import decoded

    read = {key: decoded(text) for key, text in shapes.items()}
    return tuple(map_areas({key: one for key, one in read.items() if one is not None}))
