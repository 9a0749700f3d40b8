"""What a person does with reports: enter, take, answer, link, close (F01-F08, F44, F59)."""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import timedelta

from console.domain.clock import stamp
from console.domain.failures import Problem, Refused
from console.domain.report import (
    AreaChoice,
    Listing,
    NewReport,
    RelayChoice,
    ReportCard,
    ReportCounts,
    ReportFilter,
    ReportRow,
)
from console.services.desk import Desk, Unit
from console.storage import marks, relays, report_card, report_order
from console.storage import reports as stored
from console.storage.database import Connection
from console.storage.projection import shown
from contract.vocabulary import Called112, CloseReason


@dataclass(frozen=True, slots=True)
class FirstPage:
    """What the screen needs to stand: pinned acute rows, the first rows and the counts."""

    acute: list[ReportRow]
    rows: list[ReportRow]
    counts: ReportCounts


class Reports:
    """Everything the Meldingen screen asks for and does."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def _me(self) -> str:
        return self._desk.person.id if self._desk.person else ""

    def first_page(self, wanted: ReportFilter) -> Future[FirstPage]:
        """Return the first rows at once, from the local file (D01)."""
        me, now = self._me, self._desk.now()

        def work(conn: Connection) -> FirstPage:
            return FirstPage(
                _acute(conn, wanted, me, now),
                stored.first_rows(conn, wanted, me=me, now=now),
                stored.counts(conn, me=me, now=now),
            )

        return self._desk.look(work, "reports.first")

    def listing(self, wanted: ReportFilter) -> Future[Listing]:
        """Return the whole order of the list as row numbers, with acute rows and counts."""
        me, now = self._me, self._desk.now()
        hour_ago = stamp(self._desk.clock.now() - timedelta(hours=1))

        def work(conn: Connection) -> Listing:
            acute = tuple(_acute(conn, wanted, me, now))
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

    def card(self, report_id: str) -> Future[ReportCard | None]:
        """Return everything about one report."""
        me, now = self._me, self._desk.now()
        return self._desk.look(
            lambda conn: report_card.card(conn, report_id, me=me, now=now), "reports.card"
        )

    def counts(self) -> Future[ReportCounts]:
        """Return the counts of the segments and the rail."""
        me, now = self._me, self._desk.now()
        return self._desk.look(lambda conn: stored.counts(conn, me=me, now=now), "reports.counts")

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

    def add(self, new: NewReport) -> Future[str]:
        """Keep a report (F02); returns its id."""
        return self._desk.act(lambda unit: self._add(unit, new))

    def add_many(self, news: Sequence[NewReport]) -> Future[list[str]]:
        """Keep the ticked messages of a paste or chat file as reports (F59), in one act.

        Each message's keyed hash is remembered on this desk, so it says "staat er al" next time.
        """

        def work(unit: Unit) -> list[str]:
            ids = []
            for new in news:
                report_id = self._add(unit, new)
                ids.append(report_id)
                if new.origin_hash:
                    marks.remember_pasted(unit.conn, new.origin_hash, report_id, now=unit.now)
            return ids

        return self._desk.act(work)

    def known(self, hashes: Sequence[str]) -> Future[set[str]]:
        """Return which of these message hashes became a report before (F59)."""

        return self._desk.look(lambda conn: marks.known_hashes(conn, hashes))

    def claim(self, report_id: str) -> Future[None]:
        """Take a report, or keep it for another ten minutes (F05)."""

        def work(unit: Unit) -> None:
            record = shown(unit.conn, "report", report_id)
            mine = record is not None and record.body.get("holder") == unit.person.id
            waiting = record is not None and record.body.get("status") == "waiting"
            with unit.group():
                unit.command("report", report_id, "claim")
                if not mine or waiting:
                    unit.log("report", report_id, "claimed")

        return self._desk.act(work)

    def release(self, report_id: str) -> Future[None]:
        """Give a report back to everybody."""
        return self._command(report_id, "release", "released")

    def break_lease(self, report_id: str, reason: str) -> Future[None]:
        """Take a report from somebody who holds it, with a reason (F05)."""

        def work(unit: Unit) -> None:
            record = shown(unit.conn, "report", report_id)
            holder = str(record.body.get("holder") or "") if record else ""
            with unit.group():
                unit.command("report", report_id, "break_lease", reason=reason, holder=holder)
                unit.log("report", report_id, "lease_broken", reason=reason, recipient=holder)

        return self._desk.act(work)

    def wait_for(self, report_id: str, on: str) -> Future[None]:
        """Pass a report on and wait for an answer."""
        return self._command(report_id, "wait", "waiting", on, on=on)

    def answer_112(self, report_id: str, answer: Called112) -> Future[None]:
        """Record whether 112 was called (F04)."""
        return self._command(report_id, "answer_112", "answered_112", answer, answer=str(answer))

    def mark_acute(self, report_id: str, acute: bool) -> Future[None]:
        """Pin a report as acute, or no longer."""

        def work(unit: Unit) -> None:
            with unit.group():
                unit.update("report", report_id, acute=acute)
                unit.log("report", report_id, "marked_acute" if acute else "not_acute")

        return self._desk.act(work)

    def amend(self, report_id: str, **fields: str) -> Future[None]:
        """Correct facts of a report; the correction is an event of its own (F08)."""

        def work(unit: Unit) -> None:
            with unit.group():
                unit.update("report", report_id, **fields)
                unit.log("report", report_id, "amended", ", ".join(sorted(fields)))

        return self._desk.act(work)

    def close(
        self,
        report_id: str,
        reason: CloseReason,
        contribution: str,
        *,
        note: str = "",
        ref: str = "",
        no_call_reason: str = "",
    ) -> Future[None]:
        """Close with exactly one reason and one answer on what the groups did (F07, F44)."""

        def work(unit: Unit) -> None:
            with unit.group():
                unit.command(
                    "report",
                    report_id,
                    "close",
                    reason=str(reason),
                    contribution=str(contribution),
                    note=note,
                    ref=ref,
                    no_call_reason=no_call_reason,
                )
                unit.log("report", report_id, "closed", str(reason), reason=note)

        return self._desk.act(work)

    def reopen(self, report_id: str, reason: str) -> Future[None]:
        """Open a closed report again, with a reason."""
        return self._command(report_id, "reopen", "reopened", reason, reason=reason)

    def link(self, report_id: str, other_id: str) -> Future[str]:
        """Say that two reports are the same event; both keep their own story (F06)."""

        def work(unit: Unit) -> str:
            if report_id == other_id:
                raise Refused(Problem("link-self", "Een melding lijkt altijd op zichzelf."))
            link_id = unit.create(
                "report_link",
                {
                    "report_id": report_id,
                    "other_id": other_id,
                    "made_by": unit.person.id,
                    "made_at": unit.now,
                },
            )
            unit.log("report", report_id, "linked", other_id)
            unit.log("report", other_id, "linked", report_id)
            return link_id

        return self._desk.act(work)

    def unlink(self, link_id: str) -> Future[None]:
        """Undo a link; no text is lost in either report (F06)."""

        def work(unit: Unit) -> None:
            record = shown(unit.conn, "report_link", link_id)
            unit.delete("report_link", link_id)
            if record is not None:
                for name, other in (("report_id", "other_id"), ("other_id", "report_id")):
                    unit.log("report", record.body[name], "unlinked", str(record.body[other]))

        return self._desk.act(work)

    def note(self, report_id: str, words: str) -> Future[str]:
        """Add a note to the history; it can be corrected by a new one, never changed."""

        def work(unit: Unit) -> str:
            if not words.strip():
                raise Refused(Problem("note-empty", "Er staat nog niets in de notitie."))
            return unit.log("report", report_id, "note", words.strip()[:4000])

        return self._desk.act(work)

    def looked_at(self, report_ids: Sequence[str]) -> Future[None]:
        """Remember that this person saw these reports; kept on this desk only."""
        me, now = self._me, self._desk.now()

        return self._desk.store.write(
            lambda conn: marks.look_at(conn, "report", report_ids, person=me, now=now)
        )

    def _command(
        self, report_id: str, name: str, what: str, words: str = "", **args: str
    ) -> Future[None]:
        def work(unit: Unit) -> None:
            with unit.group():
                unit.command("report", report_id, name, **args)
                unit.log("report", report_id, what, words)

        return self._desk.act(work)

    @staticmethod
    def _add(unit: Unit, new: NewReport) -> str:
        with unit.group():
            report_id = unit.create(
                "report",
                {
                    "category": new.category,
                    "title": new.title.strip(),
                    "text": new.text.strip(),
                    "place": new.place.strip(),
                    "heard_at": new.heard_at,
                    "happened_at": new.happened_at,
                    "description": new.description.strip(),
                    "area_id": new.area_id,
                    "acute": new.acute,
                    "called_112": new.called_112,
                    "relay": new.relay,
                    "relay_id": new.relay_id,
                    "relay_name": new.relay_name,
                    "photo_seen": new.photo_seen,
                    "source": new.source,
                    "origin_hash": new.origin_hash,
                    "holder": unit.person.id if new.claim else "",
                },
            )
            unit.log("report", report_id, "created", new.source)
            if new.acute:
                unit.log("report", report_id, "marked_acute")
            if new.called_112:
                unit.log("report", report_id, "answered_112", new.called_112)
        marks.look_at(unit.conn, "report", [report_id], person=unit.person.id, now=unit.now)
        return report_id


def _acute(conn: Connection, wanted: ReportFilter, me: str, now: str) -> list[ReportRow]:
    if wanted.segment not in ("open", "mine") or wanted.text:
        return []
    acute = stored.acute_rows(conn, wanted, me=me, now=now)
    if wanted.segment == "mine":
        return [row for row in acute if row.holder_id == me]
    return acute
