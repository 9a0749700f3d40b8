"""Even weg: to whom the acute and due items go until one is back (day.md, 17:00)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.handover import Moves
from console.views.dialogs.dialog import Dialog
from console.views.handover.words import moving
from console.views.theme.theme import current
from console.views.widgets.band import Band
from console.views.widgets.button import Button
from console.views.widgets.choice import Choice
from console.views.widgets.finding_line import FindingLine
from console.views.widgets.text import Text

NOBODY = "Er is geen andere collega op deze desk."
NOTHING = "Er is nu niets acuut of dringend van u. U kunt gaan."
CHOOSE = "Kies eerst een collega."


class ReliefDialog(Dialog):
    """`given` carries the colleague's id; it stays open until `accept`."""

    given = Signal(str)

    def __init__(self, window: QWidget, colleagues: Sequence[tuple[str, str]], goes: Moves) -> None:
        """`colleagues` are id and name; `goes` is what would move now."""
        super().__init__(window, "Even weg", width=480)
        self._goes = goes
        self.body.addWidget(
            Text(
                "Alleen wat acuut is of binnen een uur moet, gaat naar uw collega. "
                "De rest blijft van u. Met Shift+H haalt u het terug.",
                "body",
                "text2",
                wrap=True,
            )
        )
        words = " en ".join(text for _, text in moving(goes))
        self._moves = Band("plain", words or "Niets", "", "swap" if words else "ring-check")
        self.body.addWidget(self._moves)
        # One colleague needs no choosing.
        items = list(colleagues) if len(colleagues) == 1 else [("", "Kies…"), *colleagues]
        self.colleague = Choice(items, "Collega die het overneemt")
        column = QVBoxLayout()
        column.setSpacing(current().px(5))
        column.addWidget(Text("Collega die het overneemt", "body_medium"))
        column.addWidget(self.colleague)
        self.body.addLayout(column)
        self._why = FindingLine("plain", "")
        self.body.addWidget(self._why)
        self._give = Button("Geef door", "Ctrl+Enter", kind="filled")
        self._give.clicked.connect(self._on_give)
        self.set_buttons(self._give)
        self.first_focus = self.colleague
        self._nobody = not colleagues
        self.colleague.chosen.connect(self._on_chosen)
        self._on_chosen(self.colleague.selected())

    def accept(self) -> None:
        """The items moved: close."""
        self.close_with(self.colleague.selected())

    def _on_chosen(self, _colleague: str) -> None:
        reason = ""
        if not self._goes.total:
            reason = NOTHING
        elif self._nobody:
            reason = NOBODY
        elif not self.colleague.selected():
            reason = CHOOSE
        self._give.set_reason(reason)
        self._why.set_finding("plain", reason)
        self._why.setVisible(bool(reason))
        self.refit()

    def _on_give(self) -> None:
        if self.colleague.selected():
            self.given.emit(self.colleague.selected())
