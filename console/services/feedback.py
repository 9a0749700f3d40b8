"""What a person does about feedback: see what is due, write it, say why not (F23, F30, F31)."""

from collections.abc import Sequence
from concurrent.futures import Future
from functools import partial

from console.domain.failures import Problem, Refused
from console.domain.post import FeedbackCard, FeedbackClock, FeedbackFigures, FeedbackRow
from console.domain.writing import OUTCOME, asks_feedback, subject_of
from console.services import drafts
from console.services.desk import Desk, Unit
from console.services.drafts import WORK_ROLES
from console.services.release import EXTENSIONS_USED
from console.storage import feedback as stored
from console.storage import ledger as stored_ledger
from console.storage import posts as stored_posts
from console.storage.drafts import values_of
from console.storage.projection import shown
from contract.rules.post import EXTENSIONS
from contract.vocabulary import AlertState, MessageKind, Outcome, PlacementState, PostType

SENTENCE = 200
"""The most characters of the one sentence (screens.md §5.4)."""


class Feedback:
    """Everything the Terugkoppeling screen and the clock in the status bar ask for and do."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def _me(self) -> str:
        return self._desk.person.id if self._desk.person else ""

    def due(self, area_ids: Sequence[str] = ()) -> Future[list[FeedbackRow]]:
        """Return what is due, most urgent first, as late, today and later."""
        me, now = self._me, self._desk.now()
        return self._desk.look(
            partial(stored.due, me=me, now=now, area_ids=tuple(area_ids)), "feedback.due"
        )

    def done(self) -> Future[list[FeedbackRow]]:
        """Return what was settled or waived, the latest first."""
        me, now = self._me, self._desk.now()
        return self._desk.look(partial(stored.done, me=me, now=now), "feedback.done")

    def card(self, post_id: str) -> Future[FeedbackCard | None]:
        """Return the broadcast behind a row: its text, its groups, the closing text."""
        me, now = self._me, self._desk.now()
        return self._desk.look(
            lambda conn: stored.card(conn, post_id, me=me, now=now), "feedback.card"
        )

    def clock(self) -> Future[FeedbackClock]:
        """Return how many are late and what comes next (D09)."""
        me, now = self._me, self._desk.now()
        return self._desk.look(partial(stored.clock, me=me, now=now), "feedback.clock")

    def figures(self) -> Future[FeedbackFigures]:
        """Return the share with feedback and the median time of this month (F31)."""
        start, end = stored.month_of(self._desk.clock.now())
        return self._desk.look(lambda conn: stored.figures(conn, start, end), "feedback.figures")

    def start(self, post_id: str) -> Future[str]:
        """Begin the feedback on a post, or open the one a colleague began; returns its id (F23).

        Subject, time and the same groups stand ready; of an ended Burgernet action its closing
        text too. The outcome is never filled in: ended is not found (F37).
        """

        def work(unit: Unit) -> str:
            unit.require(*WORK_ROLES)
            body = drafts.body_of(unit, post_id)
            if not asks_feedback(str(body.get("type"))):
                raise Refused(Problem("no-feedback", "Dit bericht vraagt geen terugkoppeling."))
            standing = stored.open_answer(unit.conn, post_id)
            if standing:
                return standing
            groups = stored_posts.placed_in(unit.conn, post_id)
            if not groups:
                raise Refused(Problem("not-placed", "Dit bericht staat nog in geen enkele groep."))
            rows = stored_ledger.placement_rows(unit.conn, post_id)
            placed = min(row.state_at for row in rows if row.state == PlacementState.PLACED)
            values = {
                "onderwerp": subject_of(str(body.get("title") or "")),
                "tijd": drafts.spoken_time(placed, unit.now),
                "zin": self._closing_sentence(unit, str(body.get("alert_id") or "")),
            }
            template = drafts.template_for(
                unit, PostType.FEEDBACK, MessageKind.FEEDBACK, Outcome.NO_INFORMATION
            )
            with unit.group():
                return drafts.make(
                    unit,
                    PostType.FEEDBACK,
                    template,
                    values=values,
                    group_ids=groups,
                    training=self._desk.training,
                    answers=post_id,
                    area_id=body.get("area_id") or "",
                )

        return self._desk.act(work)

    def choose(self, draft_id: str, outcome: str) -> Future[None]:
        """Choose how it ended (keys 1 to 7): the text of that outcome takes its place."""

        def work(unit: Unit) -> None:
            unit.require(*WORK_ROLES)
            if outcome not in set(Outcome):
                raise Refused(Problem("outcome-missing", "Kies 1 tot en met 7."))
            body = drafts.body_of(unit, draft_id)
            answered = shown(unit.conn, "post", str(body.get("answers") or ""))
            used = int(answered.body.get("extensions") or 0) if answered else 0
            if outcome == Outcome.STILL_RUNNING and used >= EXTENSIONS:
                raise Refused(EXTENSIONS_USED)
            template = drafts.template_for(unit, PostType.FEEDBACK, MessageKind.FEEDBACK, outcome)
            with unit.group():
                drafts.take_pen(unit, draft_id, body)
                unit.update(
                    "post",
                    draft_id,
                    template_id=template.id,
                    template_version=template.version,
                    fields=drafts.clean(template, {**values_of(body), OUTCOME: str(outcome)}),
                )

        return self._desk.act(work)

    def waive(self, post_id: str, reason: str, note: str = "") -> Future[None]:
        """Say that no feedback will come, with a reason; it counts as a waiver (day.md, 15:20)."""

        def work(unit: Unit) -> None:
            unit.require(*WORK_ROLES)
            with unit.group():
                unit.command("post", post_id, "waive", reason=str(reason), note=note.strip()[:400])
                unit.log("post", post_id, "waived", note.strip()[:400], reason=str(reason))

        return self._desk.act(work)

    @staticmethod
    def _closing_sentence(unit: Unit, alert_id: str) -> str:
        alert = shown(unit.conn, "alert", alert_id) if alert_id else None
        if alert is None or alert.body.get("state") != AlertState.ENDED:
            return ""
        words = " ".join(str(alert.body.get("closing_text") or "").split())
        if len(words) <= SENTENCE:
            return words
        cut = max(words.rfind(mark, 0, SENTENCE) for mark in (". ", "! ", "? "))
        return words[: cut + 1] if cut > 0 else ""
