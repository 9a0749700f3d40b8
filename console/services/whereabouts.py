""" "Wat is hiermee gebeurd?": what became of each act on a record, read from this desk."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial

from console.domain.whereabouts import Whereabouts
from console.services.desk import Desk
from console.storage.whereabouts import whereabouts


class WhereaboutsOf:
    """Answers from the outbox, the tray, the journal and the history."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def acts(self, kind: str, record_id: str) -> Future[Whereabouts]:
        """Return the acts on a record, newest first."""
        me = self._desk.person.id if self._desk.person else ""
        return self._desk.look(partial(whereabouts, kind=kind, record_id=record_id, me=me))
