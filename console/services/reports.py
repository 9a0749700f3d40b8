"""What a person does with reports: enter, take, answer, link, close (F01-F08, F44, F59)."""

from collections.abc import Sequence
from concurrent.futures import Future

from console.domain.failures import Problem, Refused
from console.domain.report import (
    NewReport,
)
from console.services.desk import Unit
from console.services.report_reads import ReportReads
from console.storage import marks
from console.storage.projection import shown
from contract.vocabulary import Called112, CloseReason


class Reports(ReportReads):
    """Everything the Meldingen screen asks for and does."""

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
