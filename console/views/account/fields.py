"""The fields with which somebody comes in at a team's central (security.md §3)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.account import Account
from console.views.theme.theme import current
from console.views.widgets.button import Button
from console.views.widgets.field import Field
from console.views.widgets.radio_grid import RadioGrid

ACCOUNT, CODE, FIRST = "account", "code", "first"

_WAYS = (
    (ACCOUNT, "Ik heb een account", None, None),
    (CODE, "Ik kreeg een code", None, None),
    (FIRST, "De centrale is nieuw", None, None),
)
_NO_ADDRESS = "Typ het adres. Het begint met https://."
_NO_ACCOUNT = "Typ de naam van uw account."
_SHORT = "Neem minstens twaalf tekens."
_NO_CODE = "Typ de code die u kreeg."
_NO_DIGITS = "Typ de zes cijfers uit de app met codes."
_NO_TEAM = "Typ de naam van het team."
_NO_NAME = "Typ uw naam."
LEAST = 12


class AccountFields(QWidget):
    """Address, way in, account, password; a code, a team or six digits where they are needed.

    ``account`` gives what was typed, or None after marking the first field that is not right.
    """

    changed = Signal()
    organisation_requested = Signal()

    def __init__(self, *, with_address: bool = True, with_ways: bool = True) -> None:
        super().__init__()
        px = current().px
        self.address = Field(
            "Adres van de centrale", placeholder="https://centrale.voorbeeld.nl", max_length=300
        )
        self.way = RadioGrid(_WAYS, "Hoe komt u binnen", columns=3)
        self.code = Field("Code", "vier groepjes letters en cijfers; werkt één keer", max_length=60)
        self.team = Field("Naam van het team", max_length=120)
        self.person = Field("Uw naam", max_length=120)
        self.name = Field("Account", "bijvoorbeeld: sanne.dewit", max_length=60)
        self.password = Field("Wachtwoord", secret=True, max_length=256)
        self.digits = Field("Zes cijfers", "uit de app met codes op uw telefoon", max_length=6)
        self.organisation = Button("Aanmelden met uw organisatie", icon="link", size="l")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(14))
        for part in (
            self.address,
            self.way,
            self.code,
            self.team,
            self.person,
            self.name,
            self.password,
            self.digits,
        ):
            column.addWidget(part)
        column.addWidget(self.organisation, 0, Qt.AlignmentFlag.AlignLeft)
        self.organisation.hide()
        self.organisation.clicked.connect(self.organisation_requested)
        self.address.setVisible(with_address)
        self.way.setVisible(with_ways)
        self.digits.hide()
        self.way.select(ACCOUNT, silent=True)
        self._show_way(ACCOUNT)
        self.way.chosen.connect(self._show_way)
        for field in self._fields():
            field.text_changed.connect(self._on_typed)

    def offer_organisation(self, offered: bool) -> None:
        """Show the way through the organisation where central offers it."""
        self.organisation.setVisible(offered)

    def by_organisation(self) -> Account | None:
        """Return an account that the browser proves; None where address or digits are missing."""
        for field, words, fits in (
            (self.address, _NO_ADDRESS, _words),
            (self.digits, _NO_DIGITS, _six),
        ):
            if not field.isHidden() and not fits(field.text()):
                field.set_finding("stop", words)
                field.setFocus()
                return None
        digits = "" if self.digits.isHidden() else self.digits.text().strip()
        return Account("", "", digits, organisation=True)

    def ask_digits(self) -> None:
        """Central asks the second factor: show the field for it and go there."""
        self.digits.show()
        self.digits.set_text("")
        self.digits.setFocus()

    def forget(self) -> None:
        """Empty what nobody should find here later."""
        for field in (self.code, self.password, self.digits):
            field.set_text("")

    def set_read_only(self, read_only: bool) -> None:
        """Hold the fields while central is being asked."""
        for field in self._fields():
            field.set_read_only(read_only)
        self.way.setEnabled(not read_only)
        self.organisation.setEnabled(not read_only)

    def account(self) -> Account | None:
        """Return what was typed; None, with the field marked, where something is missing."""
        way = self.way.selected()
        new = way in (CODE, FIRST)
        checks = [
            (self.address, not self.address.isHidden(), _NO_ADDRESS, _words),
            (self.code, new, _NO_CODE, _words),
            (self.team, way == FIRST, _NO_TEAM, _words),
            (self.person, way == FIRST, _NO_NAME, _words),
            (self.name, True, _NO_ACCOUNT, _words),
            (self.password, True, _SHORT if new else "Typ uw wachtwoord.", _long if new else _any),
            (self.digits, not self.digits.isHidden(), _NO_DIGITS, _six),
        ]
        for field, needed, words, fits in checks:
            if needed and not fits(field.text()):
                field.set_finding("stop", words)
                field.setFocus()
                return None
        return Account(
            self.name.text().strip(),
            self.password.text(),
            self.digits.text().strip() if not self.digits.isHidden() else "",
            self.code.text().strip() if new else "",
            self.team.text().strip() if way == FIRST else "",
            self.person.text().strip() if way == FIRST else "",
        )

    def _fields(self) -> tuple[Field, ...]:
        return (
            self.address,
            self.code,
            self.team,
            self.person,
            self.name,
            self.password,
            self.digits,
        )

    def _show_way(self, way: str) -> None:
        new = way in (CODE, FIRST)
        self.code.setVisible(new)
        self.team.setVisible(way == FIRST)
        self.person.setVisible(way == FIRST)
        self.password.set_label("Kies een wachtwoord" if new else "Wachtwoord")
        self.password.set_hint("minstens twaalf tekens" if new else "")
        self.changed.emit()

    def _on_typed(self, _text: str) -> None:
        for field in self._fields():
            field.set_finding("")
        self.changed.emit()


def _words(text: str) -> bool:
    return bool(text.strip())


def _any(text: str) -> bool:
    return bool(text)


def _long(text: str) -> bool:
    return len(text) >= LEAST


def _six(text: str) -> bool:
    plain = text.strip()
    return len(plain) == 6 and plain.isascii() and plain.isdigit()
