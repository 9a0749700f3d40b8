"""Samenwerken, at a team: the desks of the team, to end and to let in again (security.md §3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import Signal

from console.domain.access import TeamDesk
from console.views.settings.lines import LineDelegate, describe, desk_line
from console.views.settings.part import Part
from console.views.tables.list_view import ListView
from console.views.tables.row_model import RowModel
from console.views.theme.theme import current
from console.views.widgets.button import Button
from console.views.widgets.frame import Frame

_ROWS = 6
_HERE = "Dit is de desk waar u nu werkt. Doe dit op een andere desk."


class DesksPart(Part):
    """``revoke_requested`` and ``restore_requested`` carry the id of the chosen desk."""

    revoke_requested = Signal(str)
    restore_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__(
            "Desks van het team",
            "Is een computer weg of gestolen? Trek hem in. Hij komt dan niet meer bij de centrale.",
        )
        self._desks: dict[str, TeamDesk] = {}
        self._here = ""
        self._model = RowModel(describe)
        self.list = ListView(self._model, LineDelegate(), "Desks van het team")
        self.frame = Frame(self.list)
        self.column.addWidget(self.frame)
        self._revoke = Button("Trek in", icon="close", kind="danger")
        self._restore = Button("Laat weer toe", icon="undo")
        self.end_with(self._revoke, self._restore)
        # Ending a desk is never what Ctrl+Enter does by itself.
        self.primary = None
        self._revoke.clicked.connect(self._on_revoke)
        self._restore.clicked.connect(self._on_restore)
        self.list.current_changed.connect(self._on_chosen)
        self.set_desks((), {}, "", None)

    def set_desks(
        self,
        desks: Sequence[TeamDesk],
        names: Mapping[str, str],
        here: str,
        now: datetime | None,
    ) -> None:
        """Show the desks; ``names`` of people by id, ``here`` the id of this desk."""
        self._desks = {desk.id: desk for desk in desks}
        self._here = here
        if now is not None:
            lines = [
                desk_line(one, names.get(one.person, ""), one.id == here, now) for one in desks
            ]
            self._model.set_rows(lines)
        self.list.setFixedHeight(current().px(52) * max(1, min(len(desks), _ROWS)))
        self.frame.setVisible(bool(desks))
        if desks and not self.list.current_id():
            self.list.choose_first()
        self._on_chosen(self.list.current_id())

    def name_of(self, desk_id: str) -> str:
        """Return the name of a desk in the list."""
        found = self._desks.get(desk_id)
        return (found.name or found.id) if found is not None else ""

    def _on_chosen(self, desk_id: str) -> None:
        desk = self._desks.get(desk_id)
        ended = desk is not None and bool(desk.revoked_at)
        self._revoke.setVisible(desk is not None and not ended)
        self._restore.setVisible(ended)
        self._revoke.set_reason(_HERE if desk_id == self._here else "")

    def _on_revoke(self) -> None:
        self.revoke_requested.emit(self.list.current_id())

    def _on_restore(self) -> None:
        self.restore_requested.emit(self.list.current_id())
