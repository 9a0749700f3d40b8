"""Van uzelf, at a team: the app with codes, the second lock on one's account."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.access import in_fours
from console.views.settings.part import Part
from console.views.theme.theme import current
from console.views.widgets.button import Button
from console.views.widgets.field import Field
from console.views.widgets.square_code import SquareCode
from console.views.widgets.text import Text

_OFF = "Staat niet aan. Een accounthouder heeft hem nodig om mensen, desks en sleutels te beheren."
_ON = "Staat aan. U typt de zes cijfers als u zich aanmeldt bij de centrale."


class SecondFactorPart(Part):
    """``key_requested`` asks for a key; ``proved`` carries the six digits that the app shows."""

    key_requested = Signal()
    proved = Signal(str)

    def __init__(self) -> None:
        super().__init__(
            "App met codes",
            "Een tweede slot op uw account: wie alleen uw wachtwoord weet, komt er niet in zonder "
            "uw telefoon.",
        )
        px = current().px
        self.state = Text(_OFF, "body_medium", wrap=True)
        self.squares = SquareCode("Vierkante code voor de app op uw telefoon")
        self.secret = Field("Of typ deze sleutel in de app", max_length=120)
        self.secret.set_read_only(True)
        self.digits = Field("Zes cijfers", "die de app nu toont", max_length=6)
        self._steps = QWidget()
        beside = QHBoxLayout(self._steps)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(px(20))
        beside.addWidget(self.squares, 0, Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.setSpacing(px(12))
        words = "Open op uw telefoon een app met codes en laat hem dit vierkant lezen."
        right.addWidget(Text(words, "body", wrap=True))
        right.addWidget(self.secret)
        right.addWidget(self.digits)
        right.addStretch(1)
        beside.addLayout(right, 1)
        self._begin = Button("Zet aan")
        self._stop = Button("Toch niet")
        for part in (self.state, self._steps):
            self.column.addWidget(part)
        self.end_with(self._begin, self._stop)
        self._begin.clicked.connect(self._on_begin)
        self._stop.clicked.connect(self.stop)
        self.digits.text_changed.connect(self._on_typed)
        self._on = False
        self.stop()

    def set_state(self, *, on: bool, why_not: str = "") -> None:
        """Show whether it is on; ``why_not``: why it cannot be changed now."""
        self._on = on
        self.state.set_text(_ON if on else _OFF)
        self._begin.set_reason(why_not)
        if self._steps.isHidden():
            self.stop()

    def show_key(self, secret: str, squares: Sequence[Sequence[bool]]) -> None:
        """Show the key, as a square code and in groups of four, and ask for the digits."""
        self.secret.set_text(in_fours(secret))
        self.squares.set_squares(squares)
        self.digits.set_text("")
        self._steps.show()
        self._stop.show()
        self._begin.set_label("Controleer de cijfers")
        self.digits.setFocus()

    def take_focus(self) -> None:
        """Put the keyboard on what sets it up."""
        self._begin.setFocus()

    def stop(self) -> None:
        """Take the key off the screen; what was on stays on."""
        self._steps.hide()
        self._stop.hide()
        self.secret.set_text("")
        self.squares.set_squares(())
        self.digits.set_text("")
        self._begin.set_label("Zet op een andere telefoon" if self._on else "Zet aan")

    def _on_typed(self, _text: str) -> None:
        self.digits.set_finding("")

    def _on_begin(self) -> None:
        self.say("")
        if self._steps.isHidden():
            self.key_requested.emit()
            return
        digits = self.digits.text().strip()
        if len(digits) == 6 and digits.isascii() and digits.isdigit():
            self.proved.emit(digits)
        else:
            self.digits.set_finding("stop", "Typ de zes cijfers die de app nu toont.")
            self.digits.setFocus()
