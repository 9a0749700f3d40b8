"""What the Meldingen screen asks for: first rows, the order, pages, one report (F01)."""

from collections.abc import Sequence
from concurrent.futures import Future
from datetime import timedelta

from console.domain.clock import stamp
from console.domain.report import (
    AreaChoice,
    FirstPage,
    Listing,
    RelayChoice,
    ReportCard,
    ReportCounts,
    ReportFilter,
    ReportRow,
)
from console.services.desk import Desk
from console.storage import marks, relays, report_card, report_order
from console.storage import reports as stored
from console.storage.database import Connection


class ReportReads:
    """Reads only; every answer is a snapshot of one moment."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def _me(self) -> str:
        return self._desk.person.id if self._desk.person else ""

    def first_page(self, wanted: ReportFilter) -> Future[FirstPage]:
        """Return the first rows at once, from the local file (D01)."""
        me, now = self._me, self._desk.now()
        return self._desk.look(
            lambda conn: stored.first_page(conn, wanted, me=me, now=now), "reports.first"
        )

    def listing(self, wanted: ReportFilter) -> Future[Listing]:
        """Return the whole order of the list as row numbers, with acute rows and counts."""
        me, now = self._me, self._desk.now()
        hour_ago = stamp(self._desk.clock.now() - timedelta(hours=1))

        def work(conn: Connection) -> Listing:
            acute = tuple(stored.pinned(conn, wanted, me=me, now=now))
            sections = tuple(report_order.sections(conn, wanted, me=me, now=now))
            empty = not acute and not any(len(one.numbers) for one in sections)
            return Listing(
                acute,
                sections,
                stored.counts(conn, me=me, now=now),
                stored.last_closed(conn) if empty else None,
                stored.heard_since(conn, hour_ago),
            )

        return self._desk.look(work, "reports.listing")

    def page(self, numbers: Sequence[int]) -> Future[list[ReportRow]]:
        """Return the rows with these numbers."""
        me, now = self._me, self._desk.now()
        return self._desk.look(lambda conn: stored.rows_by_number(conn, numbers, me=me, now=now))

    def card(self, report_id: str, *, latest: bool = False) -> Future[ReportCard | None]:
        """Return everything about one report; None where it is not here.

        ``latest``: a newer question of this kind takes the place of this one.
        """
        me, now = self._me, self._desk.now()
        return self._desk.look(
            lambda conn: report_card.card(conn, report_id, me=me, now=now),
            "reports.card" if latest else "",
        )

    def counts(self) -> Future[ReportCounts]:
        """Return the counts of the segments and the rail."""
        me, now = self._me, self._desk.now()
        return self._desk.look(lambda conn: stored.counts(conn, me=me, now=now))

    def number_of(self, report_id: str) -> Future[int]:
        """Return the row number of a report, 0 where it is not here."""
        return self._desk.look(lambda conn: stored.number_of(conn, report_id))

    def leases(self, since: str) -> Future[tuple[bool, list[str]]]:
        """Say whether a claim ran out since a moment, and which of mine end within a minute."""
        me, now = self._me, self._desk.now()
        soon = stamp(self._desk.clock.now() + timedelta(seconds=60))

        def work(conn: Connection) -> tuple[bool, list[str]]:
            lapsed = stored.lapsed_since(conn, since=since, now=now)
            ending = stored.ending_leases(conn, me=me, now=now, until=soon)
            return lapsed, [report_id for report_id, _ in ending]

        return self._desk.look(work, "reports.leases")

    def areas(self) -> Future[list[AreaChoice]]:
        """Return the areas the list can be narrowed to, as the tree stands."""
        return self._desk.look(relays.areas, "reports.areas")

    def groups(self) -> Future[list[RelayChoice]]:
        """Return the groups a chat can come from, administrators' groups first (F59)."""
        return self._desk.look(relays.groups)

    def senders(self, names: Sequence[str]) -> Future[dict[str, RelayChoice]]:
        """Return which senders of a chat are administrators of the directory (F59)."""
        country = self._desk.region.country_code
        return self._desk.look(lambda conn: relays.senders(conn, names, country))

    def known(self, hashes: Sequence[str]) -> Future[set[str]]:
        """Return which of these message hashes became a report before (F59)."""

        return self._desk.look(lambda conn: marks.known_hashes(conn, hashes))
