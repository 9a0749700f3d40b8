"""Counts for the team and for the municipality (F45)."""

from __future__ import annotations

from concurrent.futures import Future
from datetime import timedelta
from pathlib import Path

from console.domain.clock import LOCAL, local, stamp
from console.domain.figures import Figures, figures_of
from console.services import exports
from console.services.desk import Desk, Unit
from console.storage import directory_tree
from console.storage import figures as stored
from console.storage.database import Connection
from contract.dutch import word
from contract.vocabulary import Category, Role

NO_AREA = "Zonder gebied"
REASON = "Cijfers voor de gemeente, kleine getallen verborgen"
HEADS = {"area": "Gebied", "kind": "Soort"}


class FiguresService:
    """Counts of the last twelve months: what is older has left the desks."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def look(self, by: str) -> Future[Figures]:
        """Return the counts per area (``area``) or kind (``kind``) and month."""
        now = self._desk.clock.now()
        since = stamp(now - timedelta(days=372))

        def work(conn: Connection) -> Figures:
            areas = directory_tree.shape(conn).areas if by == "area" else {}
            found = []
            for area_id, kind, heard in stored.reports(conn, since):
                at = local(heard)
                if at is None:
                    continue
                area = areas.get(area_id)
                name = (area.name if area else NO_AREA) if by == "area" else word(kind, Category)
                found.append((name, at.strftime("%Y-%m")))
            return figures_of(found, now.astimezone(LOCAL))

        return self._desk.look(work, "figures")

    def note(self) -> Future[None]:
        """Write that counts leave, before the file is made; account holder only."""

        def work(unit: Unit) -> None:
            unit.require(Role.ACCOUNT_HOLDER)
            exports.note(unit, "exported", "figures", REASON)

        return self._desk.act(work)


def save(path: str, figures: Figures, by: str) -> Path:
    """Write the counts as they may be given away; slow, so not on the screen's thread."""
    rows = [
        [name, *(int(cell) if cell.isdecimal() else cell for cell in cells)]
        for name, *cells in figures.given()
    ]
    return exports.write(path, figures.head(HEADS[by]), rows)
