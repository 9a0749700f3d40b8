"""Asks which area an alert means, where its name fits more than one (F18, F36)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from console.views.dialogs.dialog import Dialog
from console.views.widgets.button import Button
from console.views.widgets.radio_grid import Option, RadioGrid
from console.views.widgets.text import Text

MOST = 9
"""As many areas have a digit."""


class ChooseAreaDialog(Dialog):
    """Its result is the id of the chosen area. A digit and Ctrl+Enter: two keys."""

    scopes = ("closing",)

    def __init__(self, window: QWidget, title: str, choices: Sequence[tuple[str, str]]) -> None:
        """`title` is the alert's; `choices` are ids with words that tell the areas apart."""
        super().__init__(window, "Welk gebied is het", width=560)
        self.body.addWidget(Text(title, "body_strong", wrap=True))
        self.body.addWidget(
            Text(
                "Meer gebieden passen bij deze naam. De desk kiest er zelf geen. De groepen van het "
                "gebied dat u kiest, worden voorgesteld.",
                "body",
                "text2",
                wrap=True,
            )
        )
        options: list[Option] = [
            (area_id, words, str(number), None)
            for number, (area_id, words) in enumerate(choices[:MOST], start=1)
        ]
        self.areas = RadioGrid(options, "Welk gebied is het?", columns=1)
        self.body.addWidget(self.areas)
        self._act = Button("Schrijf het bericht", "Ctrl+Enter", kind="filled")
        self.set_buttons(self._act)
        self.first_focus = self.areas.focusProxy()
        self.areas.chosen.connect(self._on_changed)
        self._act.clicked.connect(self._on_act)
        self._on_changed()

    def do(self, command: str) -> bool:
        """A digit chooses the area; the rest is every dialog's."""
        if command.startswith("answer_"):
            self.areas.select_number(int(command.removeprefix("answer_")))
            return True
        return super().do(command)

    def _on_changed(self, _value: str = "") -> None:
        self._act.set_reason("" if self.areas.selected() else "Kies eerst welk gebied het is.")

    def _on_act(self) -> None:
        self.close_with(self.areas.selected())
