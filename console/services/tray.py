"""Refused acts that a person settles, one by one; nothing is overwritten (sync.md §10, 09e)."""

from collections.abc import Mapping
from concurrent.futures import Future

from console.domain.changes import Changes
from console.domain.failures import Problem, Refused
from console.domain.tray import DROP, MERGE, TrayItem
from console.services.desk import Desk, Unit
from console.storage import tray
from console.storage.projection import last_words

SETTLED = {
    tray.REDO: tray.redo,
    tray.DROP: tray.drop,
    tray.COPY: tray.keep_as_copy,
    tray.RESTORE: tray.restore_as_new,
}

LONGEST_LOG = 4_000
LONGEST_REASON = 400

REASON_MISSING = Problem(
    "reason-missing", "Hier hoort een reden bij.", "Schrijf in een paar woorden waarom."
)
TEXT_MISSING = Problem(
    "text-missing", "Er staat nog geen tekst.", "Schrijf de tekst zoals die moet worden."
)


class Tray:
    """What central refused of this person's acts."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def items(self) -> Future[list[TrayItem]]:
        """Return what waits for a decision, oldest first."""
        me = self._desk.person.id if self._desk.person else ""
        return self._desk.look(lambda conn: tray.list_open(conn, me))

    def settle(
        self,
        item: TrayItem,
        how: str,
        *,
        values: Mapping[str, str] | None = None,
        reason: str = "",
    ) -> Future[None]:
        """Settle one by one of its ``choices``; ``values`` are the texts of a merge, by path.

        Letting go is written in the history with what the words were, and with a reason where
        the item asks one. Refuses a merge without words, and a reason that is missing.
        """

        def work(unit: Unit) -> None:
            if how == MERGE:
                if not values or not all(text.strip() for text in values.values()):
                    raise Refused(TEXT_MISSING)
                unit.changes |= tray.merged(
                    unit.conn, item.op_ids, values, actor=unit.actor, now=unit.now
                )
                return
            if how == DROP and item.asks_reason and not reason.strip():
                raise Refused(REASON_MISSING)
            settle = SETTLED[how]
            unit.changes |= settle(unit.conn, item.op_ids, actor=unit.actor, now=unit.now)
            if how == DROP:
                said = reason.strip()[:LONGEST_REASON]
                unit.log(*_subject(unit, item), "let_go", _words(item), reason=said)

        return self._desk.act(work)

    def take_back(self, item: TrayItem) -> Future[None]:
        """Undo letting go: it waits for a decision again. The history keeps both lines."""

        def work(unit: Unit) -> None:
            changes: Changes = tray.take_back(unit.conn, item.op_ids, actor=unit.actor)
            unit.changes |= changes
            unit.log(*_subject(unit, item), "let_go_undone", item.title)

        return self._desk.act(work)


def _subject(unit: Unit, item: TrayItem) -> tuple[str, str]:
    """Return whose history this belongs to: a placement's is its message's."""
    if item.kind == "placement":
        post_id = last_words(unit.conn, item.kind, item.record_id).get("post_id")
        if post_id:
            return "post", str(post_id)
    return item.kind, item.record_id


def _words(item: TrayItem) -> str:
    """Return the words that were let go; numbers and addresses of people stay out of it."""
    words = [f"{one.word}: {one.mine}" for one in item.fields if one.is_text and one.mine]
    if item.kind == "placement":
        words = [f"{item.title}: {one.mine}" for one in item.fields[:1]]
    return ("; ".join(words) or item.title)[:LONGEST_LOG]
