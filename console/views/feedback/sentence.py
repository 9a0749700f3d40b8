"""The one sentence of a feedback, with its counter and what the guard found in it."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from console.domain.post import TemplateField
from console.views.feedback.words import counter_words
from console.views.posts.entries import TextEntry
from console.views.widgets.editors import PlainEditor

MOST = 200
"""The most characters of the sentence (screens.md §5.4)."""

FIELD = "zin"
"""The name of the field in every feedback template."""


class SentenceEntry(TextEntry):
    """A field of three lines. Its counter always stands above it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty; nothing has to be filled in."""
        asked = TemplateField(FIELD, "Eén zin erbij", "", "long", required=False)
        super().__init__(asked, parent, most=MOST, lines=3)
        self.field.text_changed.connect(self._on_counted)
        self._on_counted("")

    def set_text(self, text: str) -> None:
        """Fill it in; the caret goes behind what stands there."""
        if text != self.text():
            super().set_text(text)
            # A proposal stands there to go on from: the caret waits behind it.
            editor = self.field.editor
            if isinstance(editor, PlainEditor):
                editor.moveCursor(QTextCursor.MoveOperation.End)
        self._on_counted(self.text())

    def _refresh(self) -> None:
        super()._refresh()
        self._on_counted(self.text())

    def _on_counted(self, text: str) -> None:
        full = len(text) >= MOST
        words = counter_words(text, MOST)
        if self._answered and not self._findings:
            words = f"reden gegeven · {words}"
        self.field.set_hint(words, "amber" if full else "text3")
