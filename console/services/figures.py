"""Counts for the team and for the municipality (F45)."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from console.domain.clock import LOCAL, local
from console.domain.failures import Problem, Refused
from console.domain.figures import Figures, figures_of
from console.domain.period import MONTHS, NOT_WHOLE, Period
from console.services import exports
from console.services.desk import Desk, Unit
from console.storage import directory_tree
from console.storage import figures as stored
from console.storage.database import Connection
from console.storage.posts import setting_value
from contract.dutch import word
from contract.retention import SETTING, terms_of
from contract.vocabulary import Category, Role

NO_AREA = "Zonder gebied"
REASON = "Cijfers voor de gemeente, kleine getallen verborgen"
HEADS = {"area": "Gebied", "kind": "Soort"}


@dataclass(frozen=True, slots=True)
class Counted:
    """A table, and from which day on this desk still has reports where it begins before that."""

    figures: Figures
    since: date | None = None


class FiguresService:
    """Counts over a period: what is older than the first term has left the desks."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def today(self) -> date:
        """The Dutch day it is."""
        return self._desk.clock.now().astimezone(LOCAL).date()

    def look(self, by: str, period: Period, most: int = MONTHS) -> Future[Counted]:
        """Return the counts per area (``area``) or kind (``kind``) over a period.

        ``most``: how many columns there is room for.
        """
        now = self._desk.clock.now()

        def work(conn: Connection) -> Counted:
            areas = directory_tree.shape(conn).areas if by == "area" else {}
            found = []
            for area_id, kind, heard in stored.reports(conn, ""):
                at = local(heard)
                if at is None:
                    continue
                area = areas.get(area_id)
                name = (area.name if area else NO_AREA) if by == "area" else word(kind, Category)
                found.append((name, at.astimezone(LOCAL).date()))
            terms = terms_of(setting_value(conn, SETTING))
            here = (now - timedelta(days=terms["free_days"])).astimezone(LOCAL).date()
            return Counted(figures_of(found, period, most), here if here > period.first else None)

        return self._desk.look(work, "figures")

    def note(self, by: str, period: Period) -> Future[None]:
        """Write that counts leave and over which days, before the file is made.

        Account holder only; whole months only, else two files tell what one hides. Raises Refused.
        """
        if not period.is_whole:
            raise Refused(Problem("figures-part", NOT_WHOLE, "Er is geen bestand gemaakt."))
        about = f"{REASON}: {HEADS[by].lower()}, {period.words()}"

        def work(unit: Unit) -> None:
            unit.require(Role.ACCOUNT_HOLDER)
            exports.note(unit, "exported", "figures", about)

        return self._desk.act(work)


def save(path: str, figures: Figures, by: str) -> Path:
    """Write the counts as they may be given away; slow, so not on the screen's thread."""
    rows = [
        [name, *(int(cell) if cell.isdecimal() else cell for cell in cells)]
        for name, *cells in figures.given()
    ]
    return exports.write(path, figures.head_given(HEADS[by]), rows)
