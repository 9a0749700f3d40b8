"""Nummers op de teamtelefoon: what should be there, what to add and what to take away (F53)."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from console.bridge import settled
from console.domain.failures import Problem
from console.domain.team_phone import REMINDER, PhoneLine
from console.presenters.kit import Kit, Presenter
from console.services.team_phone import TeamPhone
from console.views.dialogs.given_out import GivenOutDialog, GivenRow
from console.views.tables.rows import Section
from console.views.text import plural

SECTIONS = {
    "remove": ("Haal weg", "red"),
    "replace": ("Ander nummer: haal het oude weg", "amber"),
    "add": ("Voeg toe", "accent"),
    "keep": ("Staat er al", "text2"),
}
GONE = "Oude contactpersoon, gegevens gewist"


class TeamPhonePresenter(Presenter):
    """Shows the list after its reason was written; a second press says the phone is as the list."""

    def __init__(self, kit: Kit, dialog: GivenOutDialog) -> None:
        super().__init__(kit, dialog)
        self._dialog = dialog
        self._service = TeamPhone(kit.services.desk)
        self._lines: list[PhoneLine] | None = None
        dialog.show_requested.connect(self._on_show)
        dialog.save_requested.connect(self._on_done)

    def refused(self, problem: Problem) -> None:
        """Say in the dialog why nothing came of it."""
        if self._dialog.is_open():
            self._dialog.say(f"{problem.sentence} {problem.next_step}".strip(), "warn")

    def _on_show(self) -> None:
        self.then(self._service.show(self._dialog.text("reason")), self._on_lines)

    def _on_lines(self, lines: list[PhoneLine]) -> None:
        if not self._dialog.is_open():
            return
        self._lines = lines
        rows: list[GivenRow | Section] = []
        for act, (title, tone) in SECTIONS.items():
            some = [one for one in lines if one.act == act]
            if some:
                rows.append(Section(title, len(some), tone))
                rows += [GivenRow(one.id, one.name or GONE, "", one.number) for one in some]
        self._dialog.set_rows(rows)
        todo = sum(one.act != "keep" for one in lines)
        if not lines:
            words = (
                "Er is geen beheerder met een nummer. Op de telefoon hoort dus niemand te staan."
            )
        elif todo:
            words = f"{plural(todo, 'nummer moet', 'nummers moeten')} anders op de telefoon."
        else:
            words = "De telefoon is zoals het register."
        self._dialog.say(words)

    def _on_done(self) -> None:
        if self._lines is not None:
            self.run(self._done(self._lines))

    async def _done(self, lines: list[PhoneLine]) -> None:
        await settled(self._service.done(lines))
        self.kit.messages.good("Onthouden: de teamtelefoon is zoals het register.")
        self._dialog.close_with(True)


def open_team_phone(kit: Kit, window: QWidget, **_: Any) -> GivenOutDialog:
    """Ask why, before any number shows."""
    dialog = GivenOutDialog(
        window,
        "Nummers op de teamtelefoon",
        f"{REMINDER} Wie kijkt en waarom, komt eerst in het logboek.",
        (("reason", "Waarom hebt u de nummers nodig", "minstens tien letters"),),
        ("Toon nummers", "De telefoon is bijgewerkt"),
    )
    TeamPhonePresenter(kit, dialog)
    dialog.open()
    return dialog
