"""Van uzelf: the shift, the passphrase; at a team also one's account and second lock."""

from __future__ import annotations

from PySide6.QtCore import Signal

from console.views.settings.form import Form
from console.views.settings.password import PasswordPart
from console.views.settings.second_factor import SecondFactorPart
from console.views.widgets.button import Button
from console.views.widgets.field import Field, TimeField


class OwnPage(Form):
    """``shift_requested`` carries a time or nothing; ``passphrase_requested`` old and new."""

    shift_requested = Signal(str)
    passphrase_requested = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(
            "Van uzelf", "Uw wachtwoordzin opent de desk en haalt hem van het slot. Deel hem niet."
        )
        self.shift = TimeField("Dienst tot", name="Mijn dienst duurt tot")
        self.keep_shift = Button("Bewaar dienst")
        self.old = Field("Wachtwoordzin van nu", secret=True, max_length=400)
        self.new = Field(
            "Nieuwe wachtwoordzin",
            placeholder="Minstens vier woorden",
            secret=True,
            max_length=400,
        )
        self.again = Field("Nog een keer", secret=True, max_length=400, name="Nieuwe zin nog eens")
        for part in (self.shift, self.keep_shift, self.old, self.new, self.again):
            self.column.addWidget(part)
        self._save = self.end_with("Verander de wachtwoordzin")
        self.password = PasswordPart()
        self.factor = SecondFactorPart()
        for below in (self.factor, self.password):
            self.add_part(below)
            below.hide()
        self.keep_shift.clicked.connect(self._on_shift)
        self._save.clicked.connect(self._on_save)

    def set_person(self, shift_until: str, *, has_passphrase: bool) -> None:
        """Show the shift; without a passphrase the present one is not asked."""
        self.shift.set_text(shift_until)
        self.old.setVisible(has_passphrase)
        self._save.set_label("Verander de wachtwoordzin" if has_passphrase else "Kies deze zin")

    def set_account(self, *, team: bool, proved: bool = False, why_not: str = "") -> None:
        """Show the parts of an account at a team; ``proved``: the second lock is on."""
        for part in (self.factor, self.password):
            part.setVisible(team)
        self.factor.set_state(on=proved, why_not=why_not)
        self.password.set_reason(why_not)

    def show_factor(self) -> None:
        """Go to the app with codes."""
        if self.factor.isVisibleTo(self):
            self.factor.take_focus()

    def kept(self, words: str) -> None:
        """Something was kept; typed sentences are emptied."""
        for field in (self.old, self.new, self.again):
            field.set_text("")
        self.say(words)

    def _on_shift(self) -> None:
        time = self.shift.time()
        if self.shift.text().strip() and time is None:
            self.shift.set_finding("stop", "")
            self.say("Schrijf een tijd als 23:00.", "stop")
            return
        self.shift.set_finding("")
        self.shift_requested.emit(f"{time:%H:%M}" if time else "")

    def _on_save(self) -> None:
        if self.new.text() != self.again.text():
            self.again.set_finding("stop", "Deze zin is anders dan de eerste.")
            self.again.setFocus()
            return
        self.again.set_finding("")
        self.passphrase_requested.emit(self.old.text(), self.new.text())
