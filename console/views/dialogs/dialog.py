"""What every dialog has in common: it takes the keys while it is open."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout

from console.views.widgets.popup import Popup


class Dialog(Popup):
    """A popup that answers to commands. ``scopes``: its key scopes, innermost first."""

    scopes: tuple[str, ...] = ()
    modal = True

    def two_columns(self, least: int) -> QBoxLayout:
        """Return a row for two columns, or a column where the window has no such width for it.

        ``least`` is what both need beside each other, in design pixels.
        """
        window = self.parentWidget()
        wide = window is None or window.width() >= self.theme.px(least)
        ways = QBoxLayout.Direction
        return QBoxLayout(ways.LeftToRight if wide else ways.TopToBottom)

    def do(self, command: str) -> bool:
        """Press the filled or the second button, or close; subclasses add their own commands.

        Everything else stays inside: a key never reaches the screen under a dialog.
        """
        if command == "confirm":
            if self.primary is not None and self.primary.isEnabled():
                self.primary.click()
        elif command == "second":
            if self.secondary is not None and self.secondary.isEnabled():
                self.secondary.click()
        elif command == "back":
            self.close_with(None)
        else:
            return False
        return True
