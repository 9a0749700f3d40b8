"""Oude melding opzoeken: asks central with a reason, shows the answer, keeps nothing (F52)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from console.domain.clock import LOCAL, stamp
from console.domain.failures import Problem, Refused
from console.domain.retention import Question
from console.presenters.kit import Kit, Presenter
from console.views.dialogs.old_report import OldReportDialog

NO_ROAD = Problem("retention-none", "Hier kan nu niets worden opgevraagd.", "")


class OldReportPresenter(Presenter):
    """One question at a time; an answer that comes after closing is thrown away."""

    def __init__(self, kit: Kit, dialog: OldReportDialog) -> None:
        super().__init__(kit, dialog)
        self._dialog = dialog
        dialog.asked.connect(self._on_asked)

    def refused(self, problem: Problem) -> None:
        """Say in the dialog why nothing came of it."""
        if self._dialog.is_open():
            self._dialog.set_problem(problem.sentence, problem.next_step)

    def _on_asked(self, number: str, place: str, day: date | None, use: str, reason: str) -> None:
        since = until = ""
        if day is not None and not number:
            start = datetime.combine(day, time(), LOCAL)
            since, until = stamp(start), stamp(start + timedelta(days=1))
        self._dialog.set_waiting()
        self.run(self._ask(Question(number, place, since, until, use, reason)))

    async def _ask(self, question: Question) -> None:
        if self.kit.keeping is None:
            raise Refused(NO_ROAD)
        answer = await self.kit.keeping.ask(question)
        if self._dialog.is_open():
            self._dialog.set_answer(answer)


def open_old_report(kit: Kit, window: QWidget, **_: Any) -> OldReportDialog:
    """Open the question."""
    dialog = OldReportDialog(window)
    OldReportPresenter(kit, dialog)
    dialog.open()
    return dialog
