"""Samenwerken: a desk that works alone joins a team; a desk of a team signs in there again.

At a team the account holder also sees its desks and the keys of report forms.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from console.domain.account import Account
from console.views.account.fields import AccountFields
from console.views.settings.desks import DesksPart
from console.views.settings.form import Form
from console.views.settings.form_keys import FormKeysPart
from console.views.settings.part import NeedsFactor
from console.views.settings.witness import WitnessPart
from console.views.theme.theme import current
from console.views.widgets.band import Band
from console.views.widgets.field import Field
from console.views.widgets.text import Text
from console.views.widgets.tick import Tick

ALONE = (
    "Deze desk werkt nu alleen. Met een centrale werken meer desks van uw team aan dezelfde "
    "meldingen. Eerst ziet u wat er zou gebeuren. Er verandert nog niets."
)
ELSEWHERE = (
    "De centrale van uw team staat op een andere computer. Zonder contact werkt u gewoon door: "
    "alles wordt hier bewaard en later verstuurd."
)


class CentralPage(Form):
    """``join_requested`` and ``sign_in_requested`` carry the ``Account`` that was typed.

    ``admit_requested`` lets somebody else in on this computer: account and passphrase.
    """

    join_requested = Signal(str, object)
    sign_in_requested = Signal(object)
    admit_requested = Signal(object, str)
    address_typed = Signal(str)

    def __init__(self) -> None:
        super().__init__("Samenwerken")
        px = current().px
        self._elsewhere = False
        self._lead = Text(ALONE, "body", "text2", wrap=True)
        self._where = Band("plain", "", "", "link")
        self.fields = AccountFields()
        self.other = Tick("Ik laat iemand anders toe op deze computer")
        self.passphrase = Field(
            "Wachtwoordzin voor deze computer",
            placeholder="Minstens vier woorden",
            secret=True,
            max_length=400,
        )
        self.column.addWidget(self._lead)
        self.column.addWidget(self._where)
        inner = QVBoxLayout()
        inner.setSpacing(px(14))
        inner.addWidget(self.other)
        inner.addWidget(self.fields)
        inner.addWidget(self.passphrase)
        self.column.addLayout(inner)
        self._do = self.end_with("Kijk wat er gebeurt")
        self.needs = NeedsFactor()
        self.column.insertWidget(self.column.count() - 1, self.needs)
        self.desks = DesksPart()
        self.form_keys = FormKeysPart()
        self.witness = WitnessPart()
        for part in (self.witness, self.desks, self.form_keys):
            self.add_part(part)
        self.show_parts(holder=False, proved=False)
        self._do.clicked.connect(self._on_do)
        self.fields.organisation_requested.connect(self._on_organisation)
        self.fields.address.editing_finished.connect(self._on_address)
        self.other.toggled.connect(self._on_other)
        self.set_central("")

    def set_central(self, address: str, *, why_not: str = "", has_keyring: bool = True) -> None:
        """Show where central is; ``why_not``: why this desk cannot join now."""
        self._elsewhere = bool(address)
        self._lead.set_text(ELSEWHERE if address else ALONE)
        self._where.setVisible(bool(address))
        self._where.set_content("plain", "De centrale van uw team", address, "link")
        self.fields.address.setVisible(not address)
        self.fields.way.setVisible(not address or self.other.isChecked())
        self.other.setVisible(bool(address) and has_keyring)
        self._do.set_reason(why_not)
        self._on_other(self.other.isChecked())

    def show_parts(self, *, holder: bool, proved: bool) -> None:
        """Show what an account holder keeps of the team, or that it needs the app with codes."""
        self.needs.setVisible(holder and not proved)
        self.desks.setVisible(holder and proved)
        self.form_keys.setVisible(holder and proved)

    def set_busy(self, words: str) -> None:
        """Hold the fields while central is asked; empty words let go."""
        self.fields.set_read_only(bool(words))
        self._do.set_reason(words)
        self.say(words, "plain")

    def ask_digits(self) -> None:
        """Central asks the six digits as well."""
        self.fields.ask_digits()

    def done(self, words: str) -> None:
        """It went well: nothing that was typed stays."""
        self.fields.forget()
        self.passphrase.set_text("")
        self.other.setChecked(False)
        self.fields.digits.hide()
        self.say(words)

    def _on_other(self, other: bool) -> None:
        other = other and self._elsewhere
        self.passphrase.setVisible(other)
        self.fields.way.setVisible(not self._elsewhere or other)
        words = "Kijk wat er gebeurt"
        if self._elsewhere:
            words = "Laat toe" if other else "Meld opnieuw aan"
        self._do.set_label(words)

    def _on_address(self) -> None:
        if not self._elsewhere:
            self.address_typed.emit(self.fields.address.text().strip())

    def _on_organisation(self) -> None:
        self._go(self.fields.by_organisation())

    def _on_do(self) -> None:
        self._go(self.fields.account())

    def _go(self, account: Account | None) -> None:
        if account is None:
            return
        if not self._elsewhere:
            self.join_requested.emit(self.fields.address.text().strip(), account)
        elif self.other.isChecked():
            self.admit_requested.emit(account, self.passphrase.text())
        else:
            self.sign_in_requested.emit(account)
