"""Correct or complete the facts of a report; the correction is an event of its own (F08)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.domain.report import ReportCard
from console.views.dialogs.dialog import Dialog
from console.views.dialogs.report_place import ReportPlace
from console.views.keys.table import keys_of
from console.views.reports.words import CATEGORY_ICONS
from console.views.widgets.button import Button
from console.views.widgets.field import Field
from console.views.widgets.radio_grid import RadioGrid
from console.views.widgets.text import Text
from contract.dutch import word
from contract.vocabulary import Category


class AmendReportDialog(Dialog):
    """The facts as they stand, to be changed. ``amend_requested`` carries what changed only."""

    amend_requested = Signal(object)

    scopes = ("entering",)

    def __init__(self, window: QWidget, card: ReportCard) -> None:
        """The title is empty where the first sentence serves as one."""
        super().__init__(window, "Vul aan of verbeter", width=640)
        self._was = {
            "category": card.row.category,
            "title": card.given_title,
            "text": card.text,
            "place": card.row.place,
            "area_id": card.area_id,
            "description": card.description,
        }
        self.category = RadioGrid(
            [(str(kind), word(kind, Category), None, CATEGORY_ICONS[kind]) for kind in Category],
            "Soort",
            columns=4,
            kind="card",
        )
        self.category.select(card.row.category, silent=True)
        self.title = Field("Titel", "mag leeg blijven", max_length=120)
        self.text = Field("Wat gebeurt er", multi_line=True, lines=4, max_length=4000)
        self.where = ReportPlace(self)
        self.place = self.where.field
        self.description = Field("Hoe zien zij eruit", multi_line=True, lines=2, max_length=2000)
        self.body.addWidget(self.category)
        self.title.set_text(card.given_title)
        self.text.set_text(card.text)
        self.where.fill(card.row.place, card.area_id)
        self.description.set_text(card.description)
        for part in (self.title, self.text, self.where, self.description):
            self.body.addWidget(part)
        self.where.resized.connect(self.refit)
        hint = "De verbetering komt in de geschiedenis."
        self._wrong = Text(hint, "small", "text2", elide=True)
        self.add_footer_left(self._wrong)
        keep = Button("Bewaar", keys_of("confirm"), kind="filled")
        keep.clicked.connect(self._on_keep)
        self.set_buttons(keep)
        self.first_focus = self.text.editor

    def do(self, command: str) -> bool:
        """Find the area of the place; the rest is every dialog's."""
        if command == "find_area":
            self.where.ask()
            return True
        return super().do(command)

    def refuse(self, sentence: str) -> None:
        """Say why it was not kept."""
        self._wrong.set_color("red")
        self._wrong.set_text(sentence)

    def _on_keep(self) -> None:
        new = {
            "category": self.category.selected(),
            "title": self.title.text().strip(),
            "text": self.text.text().strip(),
            "place": self.place.text().strip(),
            "area_id": self.where.area_id(),
            "description": self.description.text().strip(),
        }
        if not new["text"] or not new["place"]:
            self.refuse("Wat er gebeurt en waar mogen niet leeg zijn.")
            return
        self.amend_requested.emit({k: v for k, v in new.items() if v != self._was[k]})
