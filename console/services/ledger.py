"""The hand-off: copy, place by hand, say what happened, per group (F28). WhatsApp is never touched."""

from collections.abc import Mapping
from concurrent.futures import Future
from functools import partial
from typing import Any

from console.domain.failures import Problem, Refused
from console.domain.post import Ledger, PlacementRow
from console.domain.writing import OUTCOME, asks_feedback, is_final
from console.services import drafts, gate
from console.services.desk import Desk, Unit
from console.services.drafts import WORK_ROLES
from console.services.release import check_source
from console.storage import ledger as stored
from console.storage import post_photos
from console.storage import posts as stored_posts
from console.storage.projection import shown
from contract.rules.post import EXTENSIONS
from contract.vocabulary import (
    NotPlacedReason,
    Outcome,
    PlacementState,
    PostStatus,
    PostType,
    TaskState,
)

DELETE_MINUTES = 60
"""How long WhatsApp lets a post be deleted for everyone, where the team set nothing else."""

CANNOT_SEE = "kan het nu niet zien"
"""The note of an unknown row that somebody looked for and could not see."""

NOT_RELEASED = Problem(
    "not-released", "Dit bericht is nog niet uitgegeven.", "Geef het eerst uit (Ctrl+Enter)."
)
LOOK_FIRST = Problem(
    "look-first",
    "Van één groep is niet bekend of de tekst er staat.",
    "Kijk in WhatsApp en kies 1, 2 of 3. Daarna kunt u verder.",
)


def next_row(ledger: Ledger) -> PlacementRow | None:
    """Return the row the next-step card is about: copied first, then unknown, then waiting."""
    for state in (PlacementState.COPIED, PlacementState.UNKNOWN, PlacementState.PENDING):
        for row in ledger.rows:
            looked = state is PlacementState.UNKNOWN and row.note == CANNOT_SEE
            if row.state == state and not looked:
                return row
    return None


class Handoff:
    """Everything the Uitgeven screen asks for and does."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def _me(self) -> str:
        return self._desk.person.id if self._desk.person else ""

    def ledger(self, post_id: str) -> Future[Ledger | None]:
        """Return the ledger of one post, rows in order.

        No lane: the reading after an act may not be cancelled by the one its change asks for, or
        the next key falls on rows of before the act.
        """
        return self._desk.look(partial(stored.ledger, post_id=post_id, me=self._me))

    def unconfirmed(self) -> Future[tuple[int, str]]:
        """Return how many rows are copied or unknown, and since when the oldest (status bar)."""
        return self._desk.look(stored.unconfirmed, "ledger.unconfirmed")

    def unanswered(self) -> Future[tuple[int, str]]:
        """Return how many rows are unknown, and the post to look at first (strip, status bar)."""
        return self._desk.look(stored.first_unconfirmed)

    def delete_minutes(self) -> Future[int]:
        """Return how many minutes a post can be deleted for everyone (setting)."""

        def minutes(value: Mapping[str, Any]) -> int:
            found = value.get("delete_minutes")
            return found if isinstance(found, int) and found >= 0 else DELETE_MINUTES

        return self._desk.look(lambda conn: minutes(stored_posts.setting_value(conn, "whatsapp")))

    def copy(self, placement_id: str) -> Future[gate.Copyable]:
        """Return the frozen text of one group and mark the row copied.

        Refuses when a row nobody looked at is unknown, when the text was placed, and when the
        gate has anything open, such as an action that ended meanwhile (F25, F37).
        """

        def work(unit: Unit) -> gate.Copyable:
            unit.require(*WORK_ROLES)
            row, post_id = self._row(unit, placement_id)
            body = drafts.body_of(unit, post_id)
            if body.get("status") not in (PostStatus.RELEASED, PostStatus.CLOSED):
                raise Refused(NOT_RELEASED)
            if stored.unanswered(unit.conn, post_id, CANNOT_SEE):
                raise Refused(LOOK_FIRST)
            if row.get("state") == PlacementState.PLACED:
                raise Refused(
                    Problem("placed", "Deze tekst staat al in de groep.", "Kies een andere groep.")
                )
            if row.get("state") == PlacementState.UNKNOWN:
                raise Refused(LOOK_FIRST)
            check_source(unit, post_id)
            writing = drafts.writing_of(unit, post_id, self._desk)
            passed = gate.passes(
                drafts.frozen(writing, str(row.get("text") or "")),
                str(row.get("group_id") or ""),
                region=self._desk.region,
                now=drafts.now_of(unit),
            )
            with unit.group():
                unit.command("placement", placement_id, "copied", at=unit.now)
                unit.log(
                    "post", post_id, "copied", drafts.group_name(unit, row.get("group_id") or "")
                )
            stored.mark_copied(unit.conn, placement_id, unit.now)
            return passed

        return self._desk.act(work)

    def placed(self, placement_id: str) -> Future[None]:
        """Say that the text stands in the group; the first one starts the feedback clock (F30)."""

        def work(unit: Unit) -> None:
            unit.require(*WORK_ROLES)
            with unit.group():
                self._placed(unit, placement_id)

        return self._desk.act(work)

    def not_placed(self, placement_id: str, reason: str, note: str = "") -> Future[None]:
        """Say that the text does not stand in the group, and why (keys 1 to 4)."""

        def work(unit: Unit) -> None:
            unit.require(*WORK_ROLES)
            if reason not in set(NotPlacedReason):
                raise Refused(Problem("reason-missing", "Kies waarom niet: 1, 2, 3 of 4."))
            if reason == NotPlacedReason.OTHER and not note.strip():
                raise Refused(Problem("reason-missing", "Schrijf in een paar woorden waarom niet."))
            row, post_id = self._row(unit, placement_id)
            with unit.group():
                unit.command(
                    "placement",
                    placement_id,
                    "not_placed",
                    seen=row.get("state"),
                    reason=str(reason),
                    note=note.strip()[:400],
                    at=unit.now,
                )
                unit.log(
                    "post",
                    post_id,
                    "not_placed",
                    drafts.group_name(unit, row["group_id"]),
                    reason=str(reason),
                )
                stored.forget_copied(unit.conn, placement_id)
                task_id, state = post_photos.removal_of(unit.conn, placement_id)
                if state == TaskState.OPEN:
                    # Where nothing stands, no photo is to be taken away either.
                    unit.update("task", task_id, state=TaskState.DROPPED)
                self._after_answer(unit, post_id)

        return self._desk.act(work)

    def answer_unknown(self, placement_id: str, answer: int) -> Future[gate.Copyable | None]:
        """Answer "staat de tekst in de groep?": 1 yes, 2 no and copy again, 3 cannot see now.

        Only 2 returns a text.
        """

        def work(unit: Unit) -> gate.Copyable | None:
            unit.require(*WORK_ROLES)
            row, post_id = self._row(unit, placement_id)
            if row.get("state") != PlacementState.UNKNOWN:
                raise Refused(Problem("answered-otherwise", "Dit is al beantwoord."))
            with unit.group():
                if answer == 1:
                    self._placed(unit, placement_id)
                elif answer == 2:
                    return self._not_there(unit, placement_id, row, post_id)
                elif answer == 3:
                    unit.update("placement", placement_id, note=CANNOT_SEE)
                    unit.log(
                        "post", post_id, "cannot_see", drafts.group_name(unit, row["group_id"])
                    )
                else:
                    raise Refused(Problem("answer-missing", "Kies 1, 2 of 3."))
            return None

        return self._desk.act(work)

    def clipboard_emptied(self, placement_id: str) -> Future[None]:
        """Log that the clipboard was emptied before anybody confirmed; the row stays copied."""

        def work(unit: Unit) -> None:
            row, post_id = self._row(unit, placement_id)
            unit.log("post", post_id, "clipboard_emptied", drafts.group_name(unit, row["group_id"]))

        return self._desk.act(work)

    def recover(self) -> Future[int]:
        """Make every row that this desk copied before it stopped unknown; returns how many.

        Called once after signing in: only a person can say what happened (F28, D12). Nothing is
        ever copied or placed again by the desk itself.
        """

        def work(unit: Unit) -> int:
            count = 0
            for placement_id in stored.copied_here(unit.conn):
                record = shown(unit.conn, "placement", placement_id)
                if record is not None and record.body.get("state") == PlacementState.COPIED:
                    with unit.group():
                        unit.command(
                            "placement", placement_id, "unknown", seen=PlacementState.COPIED
                        )
                        unit.log(
                            "post",
                            str(record.body["post_id"]),
                            "unknown",
                            drafts.group_name(unit, record.body["group_id"]),
                        )
                    count += 1
                stored.forget_copied(unit.conn, placement_id)
            return count

        return self._desk.act(work)

    @staticmethod
    def _row(unit: Unit, placement_id: str) -> tuple[Mapping[str, Any], str]:
        record = shown(unit.conn, "placement", placement_id)
        if record is None:
            raise Refused(Problem("gone", "Deze groep staat niet meer bij dit bericht."))
        return record.body, str(record.body["post_id"])

    def _placed(self, unit: Unit, placement_id: str) -> None:
        row, post_id = self._row(unit, placement_id)
        body = drafts.body_of(unit, post_id)
        unit.command("placement", placement_id, "placed", seen=row.get("state"), at=unit.now)
        unit.log("post", post_id, "placed", drafts.group_name(unit, row["group_id"]))
        self._log_provision(unit, post_id, str(row["group_id"]), body)
        if asks_feedback(str(body.get("type"))):
            unit.command("post", post_id, "start_clock", placed_at=unit.now)
        stored.forget_copied(unit.conn, placement_id)
        self._extend_when_running(unit, post_id, body)
        self._after_answer(unit, post_id)

    def _not_there(
        self, unit: Unit, placement_id: str, row: Mapping[str, Any], post_id: str
    ) -> gate.Copyable:
        writing = drafts.writing_of(unit, post_id, self._desk)
        passed = gate.passes(
            drafts.frozen(writing, str(row.get("text") or "")),
            str(row.get("group_id") or ""),
            region=self._desk.region,
            now=drafts.now_of(unit),
        )
        unit.command(
            "placement",
            placement_id,
            "not_placed",
            seen=PlacementState.UNKNOWN,
            reason=str(NotPlacedReason.OTHER),
            note="stond niet in de groep",
        )
        unit.command("placement", placement_id, "copied", at=unit.now)
        unit.log("post", post_id, "copied", drafts.group_name(unit, row.get("group_id") or ""))
        stored.mark_copied(unit.conn, placement_id, unit.now)
        return passed

    @staticmethod
    def _log_provision(unit: Unit, post_id: str, group_id: str, body: Mapping[str, Any]) -> None:
        """Log who gave personal data to whom and why; a post that holds none writes nothing."""
        reasons = [str(one.get("reason") or "") for one in body.get("decisions") or ()]
        if body.get("consent"):
            reasons.append(f"toestemming: {body['consent']}")
        if reasons:
            unit.log(
                "post",
                post_id,
                "provided",
                reason="; ".join(filter(None, reasons))[:400],
                recipient=drafts.group_name(unit, group_id),
            )

    @staticmethod
    def _extend_when_running(unit: Unit, post_id: str, body: Mapping[str, Any]) -> None:
        """Move the clock of the broadcast by an hour at the first "still running" placed (F30)."""
        answered = str(body.get("answers") or "")
        values = body.get("fields")
        outcome = values.get(OUTCOME) if isinstance(values, Mapping) else ""
        if not answered or outcome != Outcome.STILL_RUNNING:
            return
        record = shown(unit.conn, "post", answered)
        used = int(record.body.get("extensions") or 0) if record else EXTENSIONS
        first = stored.states(unit.conn, post_id).get(PlacementState.PLACED, 0) == 1
        # What stands in a group is a fact: an extension too many never keeps it from being said.
        if first and record is not None and used < EXTENSIONS and not record.body.get("settled_at"):
            unit.command("post", answered, "extend")
            unit.log("post", answered, "extended", post_id)

    @staticmethod
    def _after_answer(unit: Unit, post_id: str) -> None:
        """Stop the clock of a broadcast that is answered everywhere; close what asks nothing."""
        body = drafts.body_of(unit, post_id)
        counts = stored.states(unit.conn, post_id)
        left = sum(
            counts.get(state, 0)
            for state in (PlacementState.PENDING, PlacementState.COPIED, PlacementState.UNKNOWN)
        )
        answered, values = str(body.get("answers") or ""), body.get("fields")
        outcome = str(values.get(OUTCOME) or "") if isinstance(values, Mapping) else ""
        if body.get("type") == PostType.FEEDBACK and answered and is_final(outcome):
            waiting, placed = stored.open_groups(unit.conn, answered)
            record = shown(unit.conn, "post", answered)
            if not waiting and placed and record is not None and not record.body.get("settled_at"):
                note = str(values.get("zin") or "") if isinstance(values, Mapping) else ""
                unit.command("post", answered, "settle", outcome=outcome, note=note, at=unit.now)
                unit.log("post", answered, "settled", outcome)
        nothing_placed = not counts.get(PlacementState.PLACED)
        if not left and (not asks_feedback(str(body.get("type"))) or nothing_placed):
            unit.command("post", post_id, "close")
