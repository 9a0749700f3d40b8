"""Van uzelf, at a team: the password of one's account at central."""

from __future__ import annotations

from PySide6.QtCore import Signal

from console.views.account.fields import LEAST
from console.views.settings.part import Part
from console.views.widgets.button import Button
from console.views.widgets.field import Field


class PasswordPart(Part):
    """``password_requested`` carries the present password and the new one."""

    password_requested = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(
            "Wachtwoord van uw account",
            "Hiermee meldt u zich aan bij de centrale van uw team, op elke computer. Het is iets "
            "anders dan de wachtwoordzin van deze computer.",
        )
        self.old = Field("Wachtwoord van nu", secret=True, max_length=256)
        self.new = Field("Nieuw wachtwoord", "minstens twaalf tekens", secret=True, max_length=256)
        self.again = Field(
            "Nieuw wachtwoord nog een keer", secret=True, max_length=256, name="Nog een keer"
        )
        for field in (self.old, self.new, self.again):
            self.column.addWidget(field)
            field.text_changed.connect(self._on_typed)
        self._do = Button("Verander het wachtwoord")
        self.end_with(self._do)
        self._do.clicked.connect(self._on_do)

    def set_reason(self, why_not: str) -> None:
        """Hold the button and say why; empty lets go."""
        self._do.set_reason(why_not)

    def changed(self) -> None:
        """The new password holds: nothing that was typed stays."""
        self.forget()
        self.say("Het nieuwe wachtwoord geldt nu. Op andere computers meldt u zich opnieuw aan.")

    def forget(self) -> None:
        """Empty the fields."""
        for field in (self.old, self.new, self.again):
            field.set_text("")

    def _on_typed(self, _text: str) -> None:
        for field in (self.old, self.new, self.again):
            field.set_finding("")

    def _on_do(self) -> None:
        checks = (
            (self.old, bool(self.old.text()), "Typ het wachtwoord van nu."),
            (self.new, len(self.new.text()) >= LEAST, "Neem minstens twaalf tekens."),
            (self.again, self.again.text() == self.new.text(), "Dit is anders dan het nieuwe."),
        )
        for field, fits, words in checks:
            if not fits:
                field.set_finding("stop", words)
                field.setFocus()
                return
        self.password_requested.emit(self.old.text(), self.new.text())
