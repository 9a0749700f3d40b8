"""Aansluiten bij een team: a new desk comes in at the central of a team (security.md §3)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from console.domain.account import Account
from console.domain.failures import Problem
from console.views.account.fields import AccountFields
from console.views.gates.gate import Gate, Mark
from console.views.widgets.button import Button
from console.views.widgets.field import Field
from console.views.widgets.finding_line import FindingLine
from console.views.widgets.text import Text

_WIDTH = 620
DIGITS = "second-factor-required"


class JoinTeamPage(Gate):
    """``join_requested``: address, ``Account``, passphrase. ``back_requested``: work alone after all.

    ``address_typed``: which ways there are at this address is not known yet.
    """

    join_requested = Signal(str, object, str)
    back_requested = Signal()
    address_typed = Signal(str)

    def __init__(self, *, has_keyring: bool, address: str = "", again: bool = False) -> None:
        """``has_keyring``: the passphrase may stay empty.

        ``again``: this computer already belongs to the team and its file is new; address and
        passphrase stay what they are.
        """
        title = "Meld u aan bij uw team" if again else "Aansluiten bij een team"
        super().__init__(
            title,
            width=_WIDTH,
            footer="Buurtdesk stuurt zelf niets naar WhatsApp.",
        )
        px = self.theme.px
        self._has_keyring = has_keyring
        self.fields = AccountFields()
        self.fields.address.set_text(address)
        self.passphrase = Field(
            "Wachtwoordzin voor deze computer",
            "mag leeg blijven" if has_keyring else "opent uw gegevens hier",
            placeholder="Minstens vier woorden",
            secret=True,
            max_length=400,
        )
        self._problem = FindingLine("stop")
        self._problem.hide()
        self.primary = Button(
            "Meld aan" if again else "Sluit aan", "Ctrl+Enter", kind="filled", size="l"
        )
        self.second = Button("Sluit de desk" if again else "Terug", "Esc", size="l")
        column = QVBoxLayout()
        column.setContentsMargins(px(40), px(36), px(40), px(36))
        column.setSpacing(0)
        column.addWidget(Mark())
        column.addSpacing(px(18))
        column.addWidget(Text(title, "next_step", wrap=True))
        column.addSpacing(px(2))
        lead = (
            "De meldingen, groepen en teksten van uw team komen op deze computer, versleuteld. "
            "Daarna werkt u ook zonder netwerk."
        )
        if again:
            lead = (
                "Op deze computer staan nog geen gegevens van uw team. De desk haalt alles opnieuw op "
                "bij de centrale. Uw wachtwoordzin blijft wat hij was."
            )
        column.addWidget(Text(lead, "reading", "text2", wrap=True))
        column.addSpacing(px(18))
        column.addWidget(self.fields)
        column.addSpacing(px(14))
        column.addWidget(self.passphrase)
        column.addSpacing(px(12))
        column.addWidget(self._problem)
        column.addSpacing(px(12))
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(self.primary)
        row.addWidget(self.second)
        row.addStretch(1)
        column.addLayout(row)
        self.card.column.addLayout(column)
        self.passphrase.setVisible(not again)
        self.fields.address.setEnabled(not again)
        self.primary.clicked.connect(self._on_join)
        self.second.clicked.connect(self.back_requested)
        self.fields.changed.connect(self._on_typed)
        self.fields.organisation_requested.connect(self._on_organisation)
        self.fields.address.editing_finished.connect(self._on_address)

    def take_focus(self) -> None:
        """Start at the address, or at the account where the address is known."""
        known = bool(self.fields.address.text())
        (self.fields.name if known else self.fields.address).setFocus()

    def set_problem(self, problem: Problem) -> None:
        """Say it under the fields; nothing that was typed is lost."""
        self.set_busy("")
        if problem.code == DIGITS:
            self.fields.ask_digits()
        self._problem.set_finding("stop", f"{problem.sentence} {problem.next_step}".strip())
        self._problem.show()

    def said(self) -> str:
        """Return what stands under the fields; empty where nothing does."""
        return "" if self._problem.isHidden() else self._problem.text()

    def set_busy(self, words: str) -> None:
        """Hold everything while central is asked, and say so."""
        super().set_busy(words)
        if words:
            self._problem.set_finding("plain", f"{words}. Dit duurt enkele seconden.")
            self._problem.show()
        self.fields.set_read_only(bool(words))
        self.passphrase.set_read_only(bool(words))

    def do(self, command: str) -> bool:
        """Escape goes back to the first page."""
        if command == "back" and not self.busy:
            self.back_requested.emit()
            return True
        return super().do(command)

    def _on_typed(self) -> None:
        if not self.busy:
            self._problem.hide()

    def _on_address(self) -> None:
        if not self.busy:
            self.address_typed.emit(self.fields.address.text().strip())

    def _on_organisation(self) -> None:
        self._join(self.fields.by_organisation())

    def _on_join(self) -> None:
        self._join(self.fields.account())

    def _join(self, account: Account | None) -> None:
        if account is None:
            return
        words = self.passphrase.text()
        short = len(words.split()) < 4 or len(words.strip()) < 12
        if short and (words or not self._has_keyring):
            self.passphrase.set_finding("stop", "Neem minstens vier woorden en twaalf tekens.")
            self.passphrase.setFocus()
            return
        self.join_requested.emit(self.fields.address.text().strip(), account, words)
