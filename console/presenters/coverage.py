"""Dekking: fills table and map, keeps the order that was chosen, and writes the table to a file."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from console.bridge import settled
from console.domain.coverage import LEVELS, AreaCoverage, Column, sort
from console.presenters.kit import Kit, Presenter
from console.services.coverage import KINDS, CoverageView, save_table
from console.services.memory import Memory
from console.views.coverage.screen import CoverageScreen
from console.views.screen import Screen
from contract.vocabulary import AreaLevel

REMEMBERED = "coverage-screen"
FILTER = "Tabel (*.csv);;Werkblad (*.xlsx)"


class CoveragePresenter(Presenter):
    """One level and one order at a time; both are remembered on this desk."""

    watches = KINDS

    def __init__(self, kit: Kit, view: CoverageScreen, window: QWidget) -> None:
        super().__init__(kit, view)
        self._view = view
        self._window = window
        self._memory = Memory(kit.services.desk)
        self._level: str = AreaLevel.MUNICIPALITY
        self._chosen = False
        self._column, self._falling = Column.COVERAGE, False
        self._read: CoverageView | None = None
        self._rows: list[AreaCoverage] = []
        self._remembered = False
        view.level_chosen.connect(self._on_level)
        view.sort_requested.connect(self._on_sort)
        view.turn_requested.connect(self._on_turn)
        view.save_requested.connect(self._on_save)

    def refresh(self) -> None:
        """Count again."""
        self.run(self._load())

    async def _load(self) -> None:
        if not self._remembered:
            self._put_back(await settled(self._memory.recall(REMEMBERED)))
        level = self._level
        read = await settled(self.kit.services.coverage.look(level))
        if level != self._level:
            return
        levels = read.table.levels or {}
        if not levels.get(level) and not self._chosen:
            # Nothing was chosen yet: begin with the largest areas there are.
            other = next((one.value for one in LEVELS if levels.get(one.value)), "")
            if other:
                self._level = other
                read = await settled(self.kit.services.coverage.look(other))
        self._read = read
        self._show()

    def _show(self) -> None:
        if self._read is None:
            return
        first = not self._rows
        self._rows = sort(self._read.table.rows, self._column, falling=self._falling)
        self._view.set_table(
            self._read.table, self._rows, self._read.areas, self._column, falling=self._falling
        )
        if first and self._shown and self.kit.navigator.screen() is self._view:
            self._view.take_focus()

    def _put_back(self, kept: object) -> None:
        self._remembered = True
        if not isinstance(kept, dict):
            return
        if kept.get("level") in LEVELS:
            self._level, self._chosen = str(kept["level"]), True
        if kept.get("column") in tuple(Column):
            self._column = Column(kept["column"])
        self._falling = bool(kept.get("falling"))

    def _remember(self) -> None:
        kept = {"level": self._level, "column": self._column.value, "falling": self._falling}
        self.then(self._memory.remember(REMEMBERED, kept))

    def _on_level(self, level: str) -> None:
        if level != self._level:
            self._level, self._chosen = level, True
            self._remember()
            self.refresh()

    def _on_sort(self, column: str) -> None:
        wanted = Column(column)
        self._falling = not self._falling if wanted is self._column else False
        self._column = wanted
        self._remember()
        self._show()

    def _on_turn(self) -> None:
        self._falling = not self._falling
        self._remember()
        self._show()

    def _on_save(self) -> None:
        chooser = QFileDialog(self._window, "Bewaar de tabel")
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setNameFilter(FILTER)
        chooser.setDefaultSuffix("csv")
        chooser.selectFile("dekking.csv")
        chooser.fileSelected.connect(self.save_to)
        chooser.finished.connect(chooser.deleteLater)
        chooser.open()

    def save_to(self, path: str) -> None:
        """Write the lines as they stand to a file."""
        self.run(self._save(path))

    async def _save(self, path: str) -> None:
        rows = list(self._rows)
        await asyncio.to_thread(partial(save_table, path, rows))
        self.kit.messages.good(f"De tabel is bewaard, {len(rows)} regels.")


def make(kit: Kit, window: QWidget) -> tuple[Screen, Presenter]:
    """Make the screen and its presenter."""
    view = CoverageScreen(window)
    presenter: Any = CoveragePresenter(kit, view, window)
    return view, presenter
