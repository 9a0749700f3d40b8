"""A list of areas and groups with add and remove, for what something hangs under (F12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.views.theme.theme import current
from console.views.widgets.button import IconButton
from console.views.widgets.completion import CompletionList, Offer
from console.views.widgets.field import Field
from console.views.widgets.finding_line import IconMark
from console.views.widgets.text import Text

MOST = 8


@dataclass(frozen=True, slots=True)
class Option:
    """One area, group or person to choose. ``kind``: area, group or administrator."""

    kind: str
    id: str
    name: str
    detail: str = ""
    icon: str = "pin"

    @property
    def key(self) -> str:
        """Kind and id as one text."""
        return f"{self.kind}:{self.id}"


class Picker(QWidget):
    """What was chosen, each with a cross, and a field that completes what is added."""

    changed = Signal()

    def __init__(
        self,
        label: str,
        options: Sequence[Option],
        chosen: Sequence[str] = (),
        *,
        hint: str = "",
        many: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """``chosen`` are keys of options; with ``many`` off a new choice replaces the old one."""
        super().__init__(parent)
        px = current().px
        self._options = {one.key: one for one in options}
        self._many = many
        self._label = label
        self._chosen: list[str] = [key for key in chosen if key in self._options]
        self._rows: list[QWidget] = []
        self.field = Field(label, hint, placeholder="Typ een naam", max_length=120)
        self._list: CompletionList | None = None
        self._inner = QVBoxLayout()
        self._inner.setSpacing(px(2))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addWidget(self.field)
        column.addLayout(self._inner)
        self.setFocusProxy(self.field)
        self.field.text_changed.connect(self._on_typed)
        self._show()

    def keys(self) -> list[str]:
        """The keys of what is chosen, in order."""
        return list(self._chosen)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """What is chosen as (kind, id)."""
        return tuple(
            (self._options[key].kind, self._options[key].id)
            for key in self._chosen
            if key in self._options
        )

    def first_id(self) -> str:
        """The id of the first choice, empty for none."""
        return self._options[self._chosen[0]].id if self._chosen else ""

    def set_keys(self, keys: Sequence[str]) -> None:
        """Choose these; unknown keys are left out."""
        self._chosen = [key for key in keys if key in self._options]
        self._show()

    def add(self, key: str) -> None:
        """Choose one more."""
        if key not in self._options or key in self._chosen:
            return
        self._chosen = [*self._chosen, key] if self._many else [key]
        self.field.set_text("")
        self._show()
        self.changed.emit()

    def remove(self, key: str) -> None:
        """Choose one less."""
        if key in self._chosen:
            self._chosen.remove(key)
            self._show()
            self.field.setFocus()
            self.changed.emit()

    def _on_typed(self, typed: str) -> None:
        if self._list is None:
            self._list = CompletionList(self.field, self.window())
            self._list.chosen.connect(self.add)
        words = typed.casefold().split()
        found = [
            one
            for one in self._options.values()
            if words
            and one.key not in self._chosen
            and all(any(p.startswith(w) for p in one.name.casefold().split()) for w in words)
        ]
        found.sort(key=lambda one: (not one.name.casefold().startswith(words[0]), one.name))
        self._list.set_offers(
            [Offer(one.key, one.name, one.detail, one.icon) for one in found[:MOST]]
        )

    def _show(self) -> None:
        for row in self._rows:
            self._inner.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(self._options[key]) for key in self._chosen]
        for row in self._rows:
            self._inner.addWidget(row)

    def _row(self, one: Option) -> QWidget:
        px = current().px
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(px(4), 0, 0, 0)
        line.setSpacing(px(8))
        line.addWidget(IconMark(one.icon, "text2", 16))
        line.addWidget(Text(one.name, "body_medium", elide=True), 2)
        line.addWidget(Text(one.detail, "second", "text2", elide=True), 1)
        cross = _Cross(one.key, f"Haal {one.name} weg")
        cross.taken.connect(self.remove)
        line.addWidget(cross)
        return row


class _Cross(IconButton):
    """The button that takes one choice away."""

    taken = Signal(str)

    def __init__(self, key: str, word: str) -> None:
        super().__init__("close", word, size="s")
        self._key_of = key
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.taken.emit(self._key_of)
