"""Kenteken nazien: asks central, shows the answer beside the description, keeps nothing (F60)."""

from __future__ import annotations

import asyncio
from typing import Any

from PySide6.QtWidgets import QWidget

from console.bridge import settled
from console.domain.car_words import mismatches
from console.domain.clock import LOCAL, local
from console.domain.failures import Problem, Refused
from console.domain.lookup import FOUND, PlateSeen, car_words, one_plate, plates_in
from console.presenters.kit import Kit, Presenter
from console.views.dialogs.plate import PlateDialog
from console.views.text import moment_text

NO_PLATE = "Typ een Nederlands kenteken, zoals 12-AB-CD. Een buitenlands kenteken kent RDW niet."
NO_ROAD = Problem("lookup-none", "Hier kan nu niets worden opgezocht.", "")


class PlatePresenter(Presenter):
    """One question at a time. Typing on, asking again or closing takes the question back."""

    def __init__(self, kit: Kit, dialog: PlateDialog, text: str, report_id: str) -> None:
        """``text`` is the description to hold the answer against."""
        super().__init__(kit, dialog)
        self._dialog = dialog
        self._text = text
        self._report_id = report_id
        self._seen: PlateSeen | None = None
        self._turn = 0
        self._task: asyncio.Task[Any] | None = None
        dialog.asked.connect(self.ask)
        dialog.changed.connect(self._take_back)
        dialog.keep_requested.connect(self._on_keep)
        dialog.finished.connect(self._on_finished)

    def ask(self, typed: str) -> None:
        """Ask about what was typed."""
        self._take_back()
        plate = one_plate(typed)
        if not plate:
            self._dialog.set_problem("Dit is geen Nederlands kenteken", NO_PLATE)
            return
        self._dialog.set_waiting()
        self.run(self._ask(plate.replace("-", ""), self._turn))

    def refused(self, problem: Problem) -> None:
        """Say in the dialog why nothing came of it."""
        if self._dialog.is_open():
            self._dialog.set_problem(problem.sentence, problem.next_step)

    async def _ask(self, plate: str, turn: int) -> None:
        self._task = asyncio.current_task()
        look_up = self.kit.look_up
        if look_up is None:
            raise Refused(NO_ROAD)
        seen = await look_up.plate(plate)
        if turn != self._turn or not self._dialog.is_open():
            return
        self._task, self._seen = None, seen
        wrong = mismatches(self._text, seen.car) if seen.car is not None else ()
        self._dialog.set_answer(seen, wrong, self._when(seen))

    def _when(self, seen: PlateSeen) -> str:
        at = local(seen.at)
        when = moment_text(at, self.kit.clock.now().astimezone(LOCAL)) if at else ""
        return f"Gevraagd bij {seen.source}, {when}" if when else f"Gevraagd bij {seen.source}"

    def _on_keep(self) -> None:
        if self._seen is not None and self._seen.state == FOUND and self._report_id:
            self.run(self._keep(self._seen))

    async def _keep(self, seen: PlateSeen) -> None:
        """Put answer and time in the history; the plate itself does not go along."""
        car = seen.car
        if car is None:
            return
        words = f"Kenteken nagezien. {self._when(seen)}: {car_words(car)}."
        wrong = " ".join(mismatches(self._text, car))
        await settled(self.kit.services.reports.note(self._report_id, f"{words} {wrong}".strip()))
        self.kit.messages.good("Het antwoord staat bij de melding, zonder het kenteken.")
        self._dialog.close_with(None)

    def _take_back(self) -> None:
        self._turn += 1
        self._seen = None
        task, self._task = self._task, None
        if task is not None and not task.done():
            task.cancel()

    def _on_finished(self, _result: object) -> None:
        self._take_back()


def open_plate(
    kit: Kit, window: QWidget, text: str = "", report_id: str = "", **_: Any
) -> PlateDialog:
    """Open the check; one plate in ``text`` is asked at once, of several a person chooses."""
    plates = plates_in(text, kit.services.desk.region)[:7]
    dialog = PlateDialog(window, plates, keeps=bool(report_id))
    presenter = PlatePresenter(kit, dialog, text, report_id)
    dialog.open()
    if len(plates) == 1:
        presenter.ask(plates[0])
    return dialog
