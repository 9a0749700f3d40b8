"""A hint, a card, or for a while a form in their place."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from console.views.groups.editor import Editor


class CardStack(QStackedWidget):
    """What stands at the right of a list: nothing chosen, what was chosen, or a form over it."""

    def __init__(self, hint: QWidget, card: QWidget) -> None:
        """Starts with the hint."""
        super().__init__()
        self._under = hint
        self._hint, self._card = hint, card
        self._editor: Editor | None = None
        self.addWidget(hint)
        self.addWidget(card)

    def show_hint(self) -> None:
        """Nothing is chosen. A form that is open stays: somebody types in it."""
        self._put(self._hint)

    def show_card(self) -> None:
        """Something is chosen. A form that is open stays over it."""
        self._put(self._card)

    def show_editor(self, editor: Editor) -> None:
        """Put a form in the place of the card."""
        self.close_editor()
        self._editor = editor
        self.addWidget(editor)
        self.setCurrentWidget(editor)
        editor.take_focus()

    def close_editor(self) -> None:
        """Take the form away; what was under it shows again."""
        if self._editor is None:
            return
        editor, self._editor = self._editor, None
        self.removeWidget(editor)
        editor.hide()
        editor.deleteLater()
        self.setCurrentWidget(self._under)

    def editor(self) -> Editor | None:
        """The form on show."""
        return self._editor

    def _put(self, under: QWidget) -> None:
        self._under = under
        if self._editor is None:
            self.setCurrentWidget(under)
