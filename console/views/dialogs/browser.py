"""Aanmelden in de browser: what to do there, once more, or stop."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.views.dialogs.dialog import Dialog
from console.views.keys.table import keys_of
from console.views.widgets.button import Button
from console.views.widgets.finding_line import FindingLine
from console.views.widgets.text import Text

WORDS = (
    "Uw browser opent de aanmeldpagina van uw organisatie. Meld u daar aan. Daarna gaat het hier "
    "vanzelf verder. U hoeft hier niets te typen."
)
NO_BROWSER = "De browser ging niet open. Klik op Open de browser, of vraag de beheerder."


class BrowserDialog(Dialog):
    """Stands while the browser is away. ``again_requested``: open it once more. Esc stops."""

    again_requested = Signal()

    def __init__(self, window: QWidget, where: str) -> None:
        """``where``: the host that the browser goes to, to compare with what it shows."""
        super().__init__(window, "Aanmelden in uw browser", width=560)
        self.body.addWidget(Text(WORDS, "body", wrap=True))
        line = f"Kijk of boven in de browser dit adres staat: {where}"
        self.body.addWidget(Text(line, "body", "text2", wrap=True))
        self._finding = FindingLine("warn")
        self._finding.hide()
        self.body.addWidget(self._finding)
        self.stop = Button("Stop", "Esc")
        self.again = Button("Open de browser", keys_of("confirm"), kind="filled")
        self.set_buttons(self.again, self.stop)
        self.again.clicked.connect(self.again_requested)
        self.stop.clicked.connect(self._on_stop)
        self.first_focus = self.again

    def say_no_browser(self) -> None:
        """Nothing opened: say what to do."""
        self._finding.set_finding("warn", NO_BROWSER)
        self._finding.show()
        self.refit()

    def _on_stop(self) -> None:
        self.close_with(None)
