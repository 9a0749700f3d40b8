"""The questions of the directory: why somebody looks, and what was agreed (security.md §4)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.domain.failures import Problem
from console.views.dialogs.dialog import Dialog
from console.views.widgets.button import Button
from console.views.widgets.field import Field
from console.views.widgets.text import Text


class Ask(Dialog):
    """One question with one field. ``answered`` carries what was typed; the asker closes it."""

    answered = Signal(str)

    def __init__(
        self,
        window: QWidget,
        title: str,
        explanation: str,
        field: Field,
        button: str,
    ) -> None:
        super().__init__(window, title, width=520)
        self.field = field
        if explanation:
            self.body.addWidget(Text(explanation, "body", "text2", wrap=True))
        self.body.addWidget(field)
        primary = Button(button, "Ctrl+Enter", kind="filled")
        secondary = Button("Annuleer", "Esc")
        self.set_buttons(primary, None)
        self.footer.insertWidget(self.footer.count() - 1, secondary)
        self.first_focus = field.editor
        primary.clicked.connect(self._on_primary)
        secondary.clicked.connect(self._on_cancel)

    def show_problem(self, problem: Problem) -> None:
        """Show why the answer was not taken; what was typed stays."""
        self.field.set_finding("stop", f"{problem.sentence} {problem.next_step}".strip())
        self.field.setFocus()
        self.refit()

    def _on_primary(self) -> None:
        self.answered.emit(self.field.text())

    def _on_cancel(self) -> None:
        self.close_with(None)


def ask_reason(window: QWidget, group_name: str) -> Ask:
    """Ask why the numbers of a group are wanted; the reason is written down first."""
    return Ask(
        window,
        f"Nummers van {group_name}",
        "De nummers zijn van bewoners die beheerder zijn. Wie kijkt en waarom, komt in het "
        "logboek. Daarna ziet u de nummers.",
        Field(
            "Waarom wilt u de nummers zien",
            max_length=400,
            placeholder="Bijvoorbeeld: beheerder belt terug",
        ),
        "Toon nummers",
    )


def ask_agreement(window: QWidget, group_name: str) -> Ask:
    """Ask what was agreed with the administrators of a group."""
    return Ask(
        window,
        f"Afspraak met {group_name}",
        "De afspraak staat daarna op de kaart, met uw naam en de datum.",
        Field("Wat is afgesproken", multi_line=True, lines=4, max_length=2000),
        "Bewaar afspraak",
    )


class Confirm(Dialog):
    """A question that is answered with one button."""

    confirmed = Signal()

    def __init__(self, window: QWidget, title: str, explanation: str, button: str) -> None:
        super().__init__(window, title, width=480)
        self.body.addWidget(Text(explanation, "body", wrap=True))
        primary = Button(button, "Ctrl+Enter", kind="filled")
        secondary = Button("Annuleer", "Esc")
        self.set_buttons(primary, None)
        self.footer.insertWidget(self.footer.count() - 1, secondary)
        self.first_focus = secondary
        primary.clicked.connect(self._on_primary)
        secondary.clicked.connect(self._on_cancel)

    def _on_primary(self) -> None:
        self.confirmed.emit()
        self.close_with(True)

    def _on_cancel(self) -> None:
        self.close_with(None)
