"""A step of the work process, written or changed by the account holder (F40)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.workbook import Step
from console.views.dialogs.dialog import Dialog
from console.views.process.words import SCOPES, scope_title
from console.views.theme.theme import current
from console.views.widgets.button import Button
from console.views.widgets.choice import Choice
from console.views.widgets.field import Field
from console.views.widgets.finding_line import FindingLine
from console.views.widgets.text import Text

TITLE_MOST, TEXT_MOST, WAY_OUT_MOST = 160, 4000, 2000


class StepDialog(Dialog):
    """`given` carries part, title, text and way out; it stays open until `accept`."""

    given = Signal(str, str, str, str)

    def __init__(self, window: QWidget, step: Step | None, scope: str) -> None:
        """Without a step a new one is written for the part `scope`."""
        super().__init__(window, "Bewerk de stap" if step else "Nieuwe stap", width=620)
        known = dict(SCOPES)
        known.setdefault(scope, scope_title(scope))
        self.scope = Choice(list(known.items()), "Bij welk scherm")
        self.scope.select(step.scope if step else scope)
        column = QVBoxLayout()
        column.setSpacing(current().px(5))
        column.addWidget(Text("Bij welk scherm", "body_medium"))
        column.addWidget(self.scope)
        self.body.addLayout(column)
        self.title_field = Field("Wat doet u", "begint met een werkwoord", max_length=TITLE_MOST)
        self.text = Field("Hoe", "", multi_line=True, lines=5, max_length=TEXT_MOST)
        self.way_out = Field(
            "Lukt het niet?",
            "wat iemand dan doet",
            multi_line=True,
            lines=3,
            max_length=WAY_OUT_MOST,
        )
        for field in (self.title_field, self.text, self.way_out):
            self.body.addWidget(field)
        if step is not None:
            self.title_field.set_text(step.title)
            self.text.set_text(step.text)
            self.way_out.set_text(step.way_out)
        self._problem = FindingLine("stop", "")
        self._problem.hide()
        self.body.addWidget(self._problem)
        self.body.addWidget(
            Text("Dit wordt een nieuwe versie: een concept tot u het vaststelt.", "small", "text3")
        )
        save = Button("Bewaar als nieuwe versie", "Ctrl+Enter", kind="filled")
        save.clicked.connect(self._on_save)
        self.set_buttons(save)
        self.first_focus = self.title_field.editor

    def show_problem(self, sentence: str) -> None:
        """Say what is missing or wrong; nothing typed is lost."""
        self._problem.set_finding("stop", sentence)
        self._problem.setVisible(bool(sentence))
        self.refit()

    def accept(self) -> None:
        """The step is kept: close."""
        self.close_with(True)

    def _on_save(self) -> None:
        if not self.title_field.text().strip():
            self.show_problem("De stap heeft nog geen titel. Vul een titel in.")
            self.title_field.editor.setFocus()
            return
        self.show_problem("")
        self.given.emit(
            self.scope.selected(),
            self.title_field.text(),
            self.text.text(),
            self.way_out.text(),
        )
