"""Refused acts that a person settles, one by one; nothing is overwritten (sync.md §10, 09e)."""

from concurrent.futures import Future

from console.domain.status import TrayItem
from console.services.desk import Desk, Unit
from console.storage import tray

SETTLED = {
    tray.REDO: tray.redo,
    tray.DROP: tray.drop,
    tray.COPY: tray.keep_as_copy,
    tray.RESTORE: tray.restore_as_new,
}


class Tray:
    """What central refused of this person's acts."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def items(self) -> Future[list[TrayItem]]:
        """Return what waits for a decision, oldest first."""
        me = self._desk.person.id if self._desk.person else ""
        return self._desk.look(lambda conn: tray.list_open(conn, me))

    def settle(self, item: TrayItem, how: str) -> Future[None]:
        """Settle one by one of its ``choices``. Letting go is written in the history."""

        def work(unit: Unit) -> None:
            settle = SETTLED[how]
            unit.changes |= settle(unit.conn, item.op_id, actor=unit.actor, now=unit.now)
            if how == tray.DROP:
                unit.log(item.kind, item.record_id, "let_go", item.title)

        return self._desk.act(work)
