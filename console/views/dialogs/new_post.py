"""Bericht maken (B, N): pick what it says on 1-7, then where it goes (screens.md §5.10)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.views.dialogs.dialog import Dialog
from console.views.dialogs.place_field import PlaceField
from console.views.posts.words import KIND_ICONS
from console.views.theme.theme import current
from console.views.widgets.button import Button
from console.views.widgets.radio_grid import RadioGrid
from console.views.widgets.text import Text
from contract.dutch import word
from contract.vocabulary import MessageKind

KINDS = (
    MessageKind.MISSING_PERSON,
    MessageKind.CONFUSED_PERSON,
    MessageKind.WITNESS_APPEAL,
    MessageKind.WARNING,
    MessageKind.LOOKOUT,
    MessageKind.PREVENTION,
    MessageKind.GENERAL,
)
"""The kinds of F22, in the order of the keys 1 to 7."""


class NewPostDialog(Dialog):
    """`begin_requested` carries kind and area (which may be empty)."""

    begin_requested = Signal(str, str)

    scopes = ("closing",)

    def __init__(self, window: QWidget, about: str = "") -> None:
        """`about` says what it starts from: a report, a group."""
        super().__init__(window, "Bericht maken", width=620)
        px = current().px
        if about:
            self.body.addWidget(Text(about, "body", "text2", wrap=True))
        column = QVBoxLayout()
        column.setSpacing(px(6))
        column.addWidget(Text("Wat voor bericht", "body_medium"))
        self.kinds = RadioGrid(
            [
                (kind, word(kind, MessageKind), str(number), KIND_ICONS[kind])
                for number, kind in enumerate(KINDS, 1)
            ],
            "Wat voor bericht",
            columns=2,
        )
        column.addWidget(self.kinds)
        self.body.addLayout(column)
        self.place = PlaceField("Gebied", "straat, buurt of dorp: de groepen volgen", self)
        self.body.addWidget(self.place)
        self._go = Button("Naar de velden", "Ctrl+Enter", kind="filled")
        self.set_buttons(self._go)
        self.first_focus = self.kinds.focusProxy()
        self._area_known = False
        self.kinds.chosen.connect(self._on_kind)
        self._go.clicked.connect(self._on_go)
        self._refresh()

    def hide_place(self) -> None:
        """The area is known from what it starts from."""
        self._area_known = True
        self.place.hide()

    def do(self, command: str) -> bool:
        """Do a command of this dialog; False where it means nothing here."""
        if command.startswith("answer_"):
            self.kinds.select_number(int(command.removeprefix("answer_")))
            return True
        return super().do(command)

    def _on_kind(self, _kind: str) -> None:
        self._refresh()
        if not self._area_known and not self.place.area_id():
            self.place.field.editor.setFocus()

    def _refresh(self) -> None:
        self._go.set_reason("" if self.kinds.selected() else "Kies eerst wat voor bericht het is.")

    def _on_go(self) -> None:
        if self.kinds.selected():
            self.begin_requested.emit(self.kinds.selected(), self.place.area_id())
