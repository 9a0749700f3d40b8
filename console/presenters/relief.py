"""Even weg: the acute and due items go to a colleague and come back with the same key (F43)."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from console.bridge import settled
from console.presenters.kit import Kit, Presenter
from console.views.dialogs.relief import ReliefDialog
from console.views.text import plural


class ReliefPresenter(Presenter):
    """Even weg: asks for a colleague; when already away the same key takes everything back."""

    def __init__(self, kit: Kit, window: QWidget) -> None:
        super().__init__(kit, window)
        self._window = window
        self._dialog: ReliefDialog | None = None

    async def start(self) -> None:
        """Take back what a colleague has, or ask to whom it goes."""
        service = self.kit.services.handovers
        colleague = await settled(service.away())
        if colleague:
            count = await settled(service.back())
            came = plural(count, "ding is", "dingen zijn")
            self.kit.messages.good(
                f"U bent terug. {came} weer van u." if count else "U bent terug."
            )
            self.deleteLater()
            return
        goes = await settled(service.urgent())
        person = self.kit.services.desk.person
        people = await settled(self.kit.services.people.all())
        others = [
            (one.id, one.name)
            for one in people
            if one.active and person is not None and one.id != person.id
        ]
        dialog = ReliefDialog(self._window, others, goes)
        dialog.given.connect(self._on_given)
        dialog.finished.connect(self._on_finished)
        self._dialog = dialog
        dialog.open()
        self.kit.navigator.add_layer(dialog)

    def _on_given(self, colleague: str) -> None:
        self.then(self.kit.services.handovers.relieve(colleague), self._on_moved)

    def _on_moved(self, count: int) -> None:
        went = plural(count, "ding is", "dingen zijn")
        self.kit.messages.good(f"{went} nu van uw collega. Terug met Shift+H.")
        if self._dialog is not None:
            self._dialog.accept()

    def _on_finished(self, _result: object) -> None:
        self._dialog = None
        self.deleteLater()


def open_relief(kit: Kit, window: QWidget, **_params: Any) -> None:
    """Go away for a moment, or come back: which of the two the log knows."""
    presenter = ReliefPresenter(kit, window)
    presenter.run(presenter.start())
