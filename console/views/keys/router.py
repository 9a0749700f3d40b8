"""Sends each key to the command it stands for, after a look at what has the keyboard (F55).

Letters and digits never act while a text field has the focus; Enter alone never confirms.
"""

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from console.views.keys.table import COMMANDS, Command

_IGNORED = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def combination(key: str) -> int:
    """Return a key name as the number Qt gives for it."""
    return int(QKeySequence.fromString(key)[0].toCombined())  # type: ignore[index]  # stubs lack it


def in_text_field(widget: QWidget | None) -> bool:
    """Say whether a widget takes letters: a field, or a choice, where they look for a line."""
    if isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit):
        return not widget.isReadOnly()
    # A choice has the arrows for itself too, else it changes the list beside the form.
    return isinstance(widget, QComboBox)


class KeyRouter(QObject):
    """One event filter for the whole program.

    ``command_requested`` carries a command id and is emitted for the innermost active scope that
    knows the key. ``set_scopes`` names the active scopes, innermost first.
    """

    command_requested = Signal(str)

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._scopes: tuple[str, ...] = ("outside", "everywhere")
        self._table: dict[str, dict[int, Command]] = {}
        for command in COMMANDS:
            rows = self._table.setdefault(command.scope, {})
            for key in command.keys:
                rows[combination(key)] = command
        app.installEventFilter(self)

    def set_scopes(self, *scopes: str) -> None:
        """Name the active scopes, innermost first; "everywhere" stands behind them all."""
        self._scopes = (*scopes, "everywhere")

    def command_for(self, code: int, in_field: bool) -> Command | None:
        """Return what a key does now, or None where it does nothing here."""
        for scope in self._scopes:
            command = self._table.get(scope, {}).get(code)
            if command is not None and (command.in_fields or not in_field):
                return command
        return None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a key press that stands for a command; let everything else through."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._found(event) is not None:
                event.accept()
            return False
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QWidget) or event.key() in _IGNORED:
            return False
        if QApplication.activePopupWidget() or QApplication.activeModalWidget():
            # An open menu, or a dialog of the system (print, open a file), has the keys.
            return False
        command = self._found(event)
        if command is None:
            return False
        if event.key() in _ENTER and isinstance(QApplication.focusWidget(), QAbstractButton):
            if event.modifiers() == Qt.KeyboardModifier.NoModifier:
                return False
        self.command_requested.emit(command.id)
        return True

    def _found(self, event: QKeyEvent) -> Command | None:
        focus = QApplication.focusWidget()
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Qt.Key(event.key())
        if event.text() in ("?", "/", "+") and not modifiers & Qt.KeyboardModifier.ControlModifier:
            # These stand on other keys on other keyboards; the character decides.
            code = combination(event.text())
        else:
            code = int(QKeyCombination(modifiers, key).toCombined())
        command = self.command_for(code, in_text_field(focus))
        if command is not None and command.id == "tick" and isinstance(focus, QAbstractButton):
            return None
        return command
