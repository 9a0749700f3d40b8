"""Cijfers: counts per area or kind and month, and the file for the municipality (F45)."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from console.bridge import settled
from console.domain.failures import Problem
from console.domain.figures import TOTAL, Figures
from console.presenters.kit import Kit, Presenter
from console.presenters.saving import TABLE, ask_where
from console.services.figures import HEADS, FiguresService, save
from console.views.dialogs.given_out import GivenOutDialog, GivenRow

WORDS = (
    "Meldingen van de laatste twaalf maanden. Hier staan de aantallen zelf. In het bestand voor de "
    "gemeente staat een getal onder 5 als <5, en valt zo veel meer weg dat niemand het uitrekent."
)
FEW = (
    "Samen zijn het {count} meldingen. Onder de twintig zegt een stijging of daling niets; "
    "vergelijk deze maanden dus niet."
)
ENOUGH = 20


class FiguresPresenter(Presenter):
    """Counts at opening and at every other choice; keeps what is shown."""

    def __init__(self, kit: Kit, dialog: GivenOutDialog, window: QWidget) -> None:
        super().__init__(kit, dialog)
        self._dialog = dialog
        self._window = window
        self._service = FiguresService(kit.services.desk)
        self._by = "area"
        self._figures: Figures | None = None
        dialog.segment_chosen.connect(self._on_by)
        dialog.save_requested.connect(self._on_save)
        self._count()

    def refused(self, problem: Problem) -> None:
        """Say in the dialog why nothing came of it."""
        if self._dialog.is_open():
            self._dialog.say(f"{problem.sentence} {problem.next_step}".strip(), "warn")

    def _count(self) -> None:
        self.then(self._service.look(self._by), partial(self._on_counted, self._by))

    def _on_counted(self, by: str, figures: Figures) -> None:
        if by != self._by or not self._dialog.is_open():
            return
        self._figures = figures
        if not figures.names:
            self._dialog.set_rows([])
            self._dialog.say("Er zijn geen meldingen van de laatste twaalf maanden om te tellen.")
            return
        head = figures.head(HEADS[by])
        rows = [GivenRow("head", head[0], cells=tuple(head[1:]), strong=True)]
        for at, row in enumerate(figures.counted()):
            last = row[0] == TOTAL and at == len(figures.names)
            rows.append(GivenRow(f"row-{at}", row[0], cells=tuple(row[1:]), strong=last))
        self._dialog.set_rows(rows, height=32)
        few = figures.total < ENOUGH
        self._dialog.say(FEW.format(count=figures.total) if few else "")

    def _on_by(self, by: str) -> None:
        self._by = by
        self._count()

    def _on_save(self) -> None:
        ask_where(self._window, "Bewaar de cijfers", TABLE, "cijfers.xlsx", self.save_to)

    def save_to(self, path: str) -> None:
        """Write that the counts leave, then the file."""
        if self._figures is not None:
            self.run(self._save(path, self._figures, self._by))

    async def _save(self, path: str, figures: Figures, by: str) -> None:
        await settled(self._service.note())
        made = await asyncio.to_thread(save, path, figures, by)
        self.kit.messages.good(f"De cijfers zijn bewaard als {made.name}.")


def open_figures(kit: Kit, window: QWidget, **_: Any) -> GivenOutDialog:
    """Open the counts per area."""
    dialog = GivenOutDialog(
        window,
        "Cijfers",
        WORDS,
        (),
        ("", "Bewaar voor de gemeente"),
        segments=(("area", "Per gebied"), ("kind", "Per soort")),
        width=1040,
    )
    dialog.open()
    FiguresPresenter(kit, dialog, window)
    return dialog
