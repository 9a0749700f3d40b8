"""The strip under the header of Opstellen: the one most serious thing about this draft."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.views.widgets.button import Button
from console.views.widgets.strip import Strip


@dataclass(frozen=True, slots=True)
class DraftNotice:
    """What the strip says: tone, icon, words, and up to two acts as (id, label)."""

    tone: str
    icon: str
    title: str
    text: str = ""
    acts: tuple[tuple[str, str], ...] = ()
    locks: bool = False


class DraftStrip(Strip):
    """Hidden while there is nothing to say. `act_requested` carries the id of an act."""

    act_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Two buttons wait at the right."""
        super().__init__("amber", "triangle-alert", "", "", parent)
        self.buttons = [Button("", size="s"), Button("", size="s")]
        self._acts: tuple[tuple[str, str], ...] = ()
        for button in self.buttons:
            button.clicked.connect(self._on_clicked)
            self.add_button(button)
        self.hide()

    def set_notice(self, notice: DraftNotice | None) -> None:
        """Show a notice; None hides the strip."""
        self.setVisible(notice is not None)
        if notice is None:
            return
        self.set_content(notice.tone, notice.icon, notice.title, notice.text)
        self._acts = notice.acts
        for number, button in enumerate(self.buttons):
            button.setVisible(number < len(notice.acts))
            if number < len(notice.acts):
                button.set_label(notice.acts[number][1])

    def act_ids(self) -> tuple[str, ...]:
        """Return what the strip offers now."""
        return tuple(act for act, _ in self._acts) if not self.isHidden() else ()

    def _on_clicked(self) -> None:
        sender = self.sender()
        for number, button in enumerate(self.buttons):
            if button is sender and number < len(self._acts):
                self.act_requested.emit(self._acts[number][0])
