"""Cijfers: counts per area or kind over a period, and the file for the municipality (F45)."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from console.bridge import settled
from console.domain.failures import Problem
from console.domain.figures import TOTAL
from console.domain.period import (
    CHOICES,
    MONTHS_MOST,
    NOT_WHOLE,
    OWN,
    NoPeriod,
    Period,
    chosen,
    written,
)
from console.presenters.kit import Kit, Presenter
from console.presenters.saving import TABLE, ask_where
from console.services.figures import HEADS, Counted, FiguresService, save
from console.services.memory import Memory
from console.views.dialogs.figures import FiguresDialog
from console.views.dialogs.given_out import GivenRow
from console.views.text import plural

WORDS = (
    "Meldingen in de tijd die u kiest. Hier staan de aantallen zelf. In het bestand voor de gemeente "
    "staat een getal onder 5 als <5, en valt zo veel meer weg dat niemand het uitrekent."
)
FEW = (
    "Samen {count}. Onder de twintig zegt een stijging of daling niets; vergelijk deze kolommen dus "
    "niet."
)
NONE = "Er zijn geen meldingen in deze tijd om te tellen."
GONE = "Wat voor {day} is gemeld, staat niet meer op deze desk en telt niet mee."
WIDE = "Hier is geen plaats voor elke maand; in het bestand staan ze wel."
ENOUGH = 20
REMEMBERED = "figures"


class FiguresPresenter(Presenter):
    """Counts at opening and at every other choice; what was chosen is remembered on this desk."""

    def __init__(self, kit: Kit, dialog: FiguresDialog, window: QWidget) -> None:
        super().__init__(kit, dialog)
        self._dialog = dialog
        self._window = window
        self._service = FiguresService(kit.services.desk)
        self._memory = Memory(kit.services.desk)
        self._by = "area"
        self._period: Period | None = None
        dialog.segment_chosen.connect(self._on_by)
        dialog.period_changed.connect(self._on_period)
        dialog.save_requested.connect(self._on_save)
        self.then(self._memory.recall(REMEMBERED), self._on_recalled)

    def refused(self, problem: Problem) -> None:
        """Say in the dialog why nothing came of it."""
        if self._dialog.is_open():
            self._dialog.say(f"{problem.sentence} {problem.next_step}".strip(), "warn")

    def _on_recalled(self, kept: object) -> None:
        if not self._dialog.is_open():
            return
        if isinstance(kept, dict) and kept.get("period") in dict(CHOICES):
            first, last = str(kept.get("first") or ""), str(kept.get("last") or "")
            self._dialog.set_period(str(kept["period"]), first, last)
        self._count()

    def _count(self) -> None:
        dialog = self._dialog
        try:
            period = chosen(
                dialog.period.selected(),
                self._service.today,
                dialog.first.text(),
                dialog.last.text(),
            )
        except NoPeriod as wrong:
            self._period = None
            dialog.set_rows([])
            dialog.say(str(wrong), "warn")
            return
        self._period = period
        looked = self._service.look(self._by, period, self._dialog.room())
        self.then(looked, partial(self._on_counted, self._by, period))

    def _on_counted(self, by: str, period: Period, counted: Counted) -> None:
        if (by, period) != (self._by, self._period) or not self._dialog.is_open():
            return
        figures = counted.figures
        gone = GONE.format(day=written(counted.since)) if counted.since else ""
        if not figures.total:
            self._dialog.set_rows([])
            self._dialog.say(f"{NONE} {gone}".strip())
            return
        head = figures.head(HEADS[by])
        rows = [GivenRow("head", head[0], cells=tuple(head[1:]), strong=True)]
        counted_rows = figures.counted()
        for at, row in enumerate(counted_rows):
            last = row[0] == TOTAL and at == len(counted_rows) - 1
            rows.append(GivenRow(f"row-{at}", row[0], cells=tuple(row[1:]), strong=last))
        self._dialog.set_rows(rows, height=32)
        self._dialog.may_keep("" if period.is_whole else NOT_WHOLE)
        count = plural(figures.total, "melding", "meldingen")
        few = FEW.format(count=count) if figures.total < ENOUGH else ""
        wide = WIDE if len(figures.months) < len(period.columns()) else ""
        self._dialog.say(" ".join(filter(None, (few, gone, wide))))

    def _on_by(self, by: str) -> None:
        self._by = by
        self._count()

    def _on_period(self) -> None:
        dialog = self._dialog
        choice = dialog.period.selected()
        if choice == OWN and self._period is not None:
            dialog.fill_days(written(self._period.first), written(self._period.last))
        kept = {"period": choice, "first": dialog.first.text(), "last": dialog.last.text()}
        self.then(self._memory.remember(REMEMBERED, kept))
        self._count()

    def _on_save(self) -> None:
        ask_where(self._window, "Bewaar de cijfers", TABLE, "cijfers.xlsx", self.save_to)

    def save_to(self, path: str) -> None:
        """Write that the counts leave, then the file."""
        if self._period is not None:
            self.run(self._save(path, self._by, self._period))

    async def _save(self, path: str, by: str, period: Period) -> None:
        await settled(self._service.note(by, period))
        # A file has months and nothing else, whatever there is room for here.
        counted = await settled(self._service.look(by, period, MONTHS_MOST))
        made = await asyncio.to_thread(save, path, counted.figures, by)
        self.kit.messages.good(f"De cijfers zijn bewaard als {made.name}.")


def open_figures(kit: Kit, window: QWidget, **_: Any) -> FiguresDialog:
    """Open the counts per area."""
    dialog = FiguresDialog(window, WORDS)
    dialog.open()
    FiguresPresenter(kit, dialog, window)
    return dialog
