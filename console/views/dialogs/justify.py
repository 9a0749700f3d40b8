"""Why a finding may stay: a reason and, where the rule asks it, a colleague who looks along (F26)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.views.dialogs.dialog import Dialog
from console.views.theme.theme import current
from console.views.widgets.band import Band
from console.views.widgets.button import Button
from console.views.widgets.choice import Choice
from console.views.widgets.field import Field
from console.views.widgets.finding_line import FindingLine
from console.views.widgets.text import Text
from console.views.widgets.tick import Tick

MOST = 400


class JustifyDialog(Dialog):
    """`given` carries reason, colleague's id and passphrase; it stays open until `accept`."""

    given = Signal(str, str, str)

    def __init__(
        self,
        window: QWidget,
        title: str,
        question: str,
        *,
        label: str = "Reden",
        button: str = "Bewaar de reden",
        colleagues: Sequence[tuple[str, str]] | None = None,
        propose: str = "",
    ) -> None:
        """With `colleagues` (id, name) a second person and their passphrase are asked too.

        With `propose` that word may be proposed as one that is never a name.
        """
        super().__init__(window, title, width=520)
        self._said = ""
        self._asks_second = colleagues is not None
        self.body.addWidget(Text(question, "body", "text2", wrap=True))
        self.reason = Field(label, "wordt vastgelegd", multi_line=True, lines=3, max_length=MOST)
        self.body.addWidget(self.reason)
        self.propose = Tick("Stel voor: dit woord is nooit een naam", parent=self)
        self.body.addWidget(self.propose)
        self.propose.setVisible(bool(propose))
        self.second = Choice([("", "Kies…"), *(colleagues or ())], "Collega die meekijkt", self)
        self.passphrase = Field(
            "Wachtwoordzin van de collega", secret=True, max_length=200, parent=self
        )
        self.second.hide()
        self.passphrase.hide()
        if self._asks_second:
            self._add_second(bool(colleagues))
        self._problem = FindingLine("stop", "", parent=self)
        self._problem.hide()
        self.body.addWidget(self._problem)
        save = Button(button, "Ctrl+Enter", kind="filled")
        save.clicked.connect(self._on_save)
        self.set_buttons(save)
        self.first_focus = self.reason.editor

    def show_problem(self, sentence: str) -> None:
        """Say what is missing or wrong; nothing typed is lost."""
        self._said = sentence
        self._problem.set_finding("stop", sentence)
        self._problem.setVisible(bool(sentence))
        self.refit()

    def said(self) -> str:
        """What the dialog says is missing or wrong, empty for nothing."""
        return self._said

    def accept(self) -> None:
        """The reason is kept: close."""
        self.close_with(self.reason.text())

    def _add_second(self, anybody: bool) -> None:
        column = QVBoxLayout()
        column.setSpacing(current().px(5))
        column.addWidget(Text("Collega die meekijkt", "body_medium"))
        column.addWidget(self.second)
        self.body.addLayout(column)
        self.body.addWidget(self.passphrase)
        self.second.show()
        self.passphrase.show()
        if not anybody:
            nobody = "Er is geen andere collega op deze desk."
            self.body.addWidget(Band("amber", nobody, "Haal de tekst weg.", "triangle-alert"))

    def _on_save(self) -> None:
        if not self.reason.text().strip():
            self.show_problem("Schrijf eerst de reden op.")
            self.reason.editor.setFocus()
        elif self._asks_second and not self.second.selected():
            self.show_problem("Kies welke collega meekijkt.")
            self.second.setFocus()
        elif self._asks_second and not self.passphrase.text():
            self.show_problem("De collega tikt hier de eigen wachtwoordzin.")
            self.passphrase.editor.setFocus()
        else:
            self.show_problem("")
            self.given.emit(
                self.reason.text(),
                self.second.selected() if self._asks_second else "",
                self.passphrase.text() if self._asks_second else "",
            )
