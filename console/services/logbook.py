"""Audit rows in the words of the desk: names, titles and reasons that it holds itself (F54)."""

from collections.abc import Sequence
from concurrent.futures import Future

from console.domain.logbook import LOOKED_AT, Entry, LogRow, about_words, group_of, what_words
from console.domain.witness import Witness
from console.services.desk import Desk, Unit
from console.storage import logbook as stored
from console.storage import witness as witnessed
from console.storage.database import Connection
from console.storage.history import names

BY = {"central": "beheerder van de centrale", "": "de centrale"}
"""Who did what no person of the team did."""


class LogWords:
    """What the page Logboek and the page Samenwerken ask of the local file."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def rows(self, entries: Sequence[Entry]) -> Future[list[LogRow]]:
        """Put rows into words."""

        def work(conn: Connection) -> list[LogRow]:
            looked_at = [one.record for one in entries if one.kind == LOOKED_AT]
            who = names(conn, [*(one.person for one in entries), *looked_at])
            about = stored.titles(conn, {(one.kind, one.record) for one in entries})
            about |= {(LOOKED_AT, one): who[one] for one in looked_at if one in who}
            why = stored.reasons(conn, entries)
            return [
                LogRow(
                    str(one.n),
                    one.at,
                    who.get(one.person) or BY.get(one.person) or one.person[-6:],
                    one.device,
                    what_words(one.act, one.kind),
                    about_words(one.kind, about.get((one.kind, one.record), ""), one.record),
                    why.get(one.n, ""),
                    group_of(one.act),
                )
                for one in entries
            ]

        return self._desk.look(work)

    def witness(self) -> Future[Witness]:
        """Return what this desk saw of central's audit rows."""
        return self._desk.look(witnessed.witness)

    def looked_into(self) -> Future[None]:
        """Somebody asked and was satisfied: what did not connect is over."""

        def work(unit: Unit) -> None:
            witnessed.accept(unit.conn)

        return self._desk.act(work)
