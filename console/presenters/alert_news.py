"""An alert that a feed brought announces itself once, in a notice that takes no focus (F63)."""

from __future__ import annotations

from console.domain.changes import Changes
from console.presenters.kit import Kit, Presenter
from contract.dutch import WORDS
from contract.vocabulary import AlertSource


class AlertNews(Presenter):
    """Lives as long as somebody is signed in; what was there before is no news."""

    def __init__(self, kit: Kit, parent: Presenter) -> None:
        super().__init__(kit, parent)
        self._told: set[str] = set()
        kit.feed.changed.connect(self._on_records)

    def _on_records(self, changes: Changes) -> None:
        fresh = changes.ids.get("alert", frozenset()) - self._told
        if fresh:
            self.then(self.kit.services.lamps.news(frozenset(fresh)), self._tell)

    def _tell(self, found: tuple[str, str, str] | None) -> None:
        if found is None or found[0] in self._told:
            return
        self._told.add(found[0])
        source = WORDS[AlertSource].get(found[1], "Burgernet")
        self.kit.messages.info(f"Nieuw van {source}: {found[2]}. Kijk bij Burgernet (Ctrl+5).")
