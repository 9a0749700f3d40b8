"""What every screen has in common: it shows, it asks, and it answers to commands (house.md §1)."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from console.views.theme.theme import current


class Screen(QWidget):
    """One screen of the desk. A presenter fills it; it never reaches further than its signals.

    ``name`` is its id, ``rail`` the item of the rail it belongs to, ``scopes`` the key scopes that
    are active on it, innermost first ("everywhere" always stands behind them). ``step`` is the
    scope of the written work process that F1 opens at.
    """

    open_requested = Signal(str, object)
    """Another screen or popup is wanted: its id and its parameters (a dict)."""

    back_requested = Signal()
    """The person wants to leave this screen."""

    name = ""
    rail = ""
    step = ""
    scopes: tuple[str, ...] = ("lists", "outside")

    def __init__(self, parent: QWidget | None = None) -> None:
        """Follow the text size: what folds by the width folds by the size of the letters too."""
        super().__init__(parent)
        current().changed.connect(self._on_look)

    def do(self, command: str) -> bool:
        """Do a command (``console.views.keys.table``); False where it means nothing here."""
        return False

    def panes(self) -> Sequence[QWidget]:
        """Return what F6 walks through, in order."""
        return ()

    def take_focus(self) -> None:
        """Put the keyboard where work starts on this screen."""
        panes = self.panes()
        if panes:
            panes[0].setFocus()

    def set_covered(self, width: int) -> None:
        """Make room where a panel lies over so many pixels of the right side; nought: none does."""

    def event_subject(self) -> tuple[str, str]:
        """Return kind and id of what the screen is about, for ticks of the work process."""
        return "", ""

    def _on_look(self) -> None:
        # Parts ask for their new sizes first.
        QTimer.singleShot(0, self, self._measure_again)

    def _measure_again(self) -> None:
        QApplication.sendEvent(self, QResizeEvent(self.size(), self.size()))
