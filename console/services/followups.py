"""Posts that come after another event: forward, correct, record afterwards, answer (F21, F28, F34)."""

from collections.abc import Mapping
from concurrent.futures import Future
from typing import Any

from console.domain.clock import moment
from console.domain.compose import ORIGIN, fixed_text
from console.domain.failures import Problem, Refused
from console.domain.neighbours import SharedMessage, kind_of, title_of, values_of
from console.domain.post import Finding, RecordedPost
from console.domain.writing import Writing
from console.services import drafts, gate
from console.services.desk import Desk, Unit
from console.services.drafts import WORK_ROLES
from console.services.release import SOURCE_ENDED
from console.storage import neighbours, templates
from console.storage import posts as stored
from console.storage.projection import shown
from contract.guard import KINDS
from contract.region import QuickAnswer
from contract.vocabulary import MessageKind, PlacementState, PostType

MAX_TEXT = 8000
"""The most characters of a recorded text, as in the record kind."""

FIRST_CALL = "call_emergency_first"
"""The fixed answer for a report of which 112 was not called (F04)."""

FOLLOW_UP = "Aanvulling op een bericht"
"""The name of the shipped template for a line that was missing."""


class FollowUps:
    """What follows on a post, a placement or a report; each ends at the gate."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def forward(self, post_id: str, group_ids: tuple[str, ...] = ()) -> Future[str]:
        """Begin a copy of a post for one's own groups, with where it came from (F21).

        Refuses where the post is over. A copy that this person is still writing opens again.
        """

        def work(unit: Unit) -> str:
            unit.require(*WORK_ROLES)
            if neighbours.ended(unit.conn, post_id):
                raise Refused(SOURCE_ENDED)
            standing = neighbours.open_copy(unit.conn, post_id, unit.person.id)
            if standing:
                return standing
            theirs = neighbours.shared_message(unit.conn, post_id)
            if theirs is not None:
                return self._from_team(unit, theirs, group_ids)
            body = drafts.body_of(unit, post_id)
            template_id = str(body.get("template_id") or "")
            template = templates.one(unit.conn, template_id) if template_id else None
            if template is None:
                raise Refused(drafts.NO_TEMPLATE)
            writing = drafts.writing_of(unit, post_id, self._desk)
            area = stored.area_name(unit.conn, str(body.get("area_id") or ""))
            origin = f"Eerder geplaatst in {area}." if area else "Dit bericht is doorgezet."
            with unit.group():
                new_id = drafts.make(
                    unit,
                    PostType.FORWARD,
                    template,
                    values={**writing.values, ORIGIN: origin},
                    group_ids=group_ids,
                    training=self._desk.training,
                    title=str(body.get("title") or ""),
                    alert_id=body.get("alert_id") or "",
                    consent=body.get("consent") or "",
                    consent_ground=body.get("consent_ground") or "",
                    control_room=body.get("control_room") or "",
                    incident_ref=body.get("incident_ref") or "",
                    asked_by=body.get("asked_by") or "",
                    forwards=post_id,
                    forwards_from=area,
                )
                unit.log("post", new_id, "forwarded", post_id)
            return new_id

        return self._desk.act(work)

    def _from_team(self, unit: Unit, theirs: SharedMessage, group_ids: tuple[str, ...]) -> str:
        """Copy a message of a team beside: its words in a general template, checked as its kind.

        Consent does not come along: who passes on a missing person records it anew (F38).
        """
        template = drafts.template_for(unit, PostType.FORWARD, MessageKind.GENERAL)
        with unit.group():
            new_id = drafts.make(
                unit,
                PostType.FORWARD,
                template,
                values=values_of(theirs, self._desk.region.closing_lines),
                group_ids=group_ids,
                training=self._desk.training,
                title=title_of(theirs),
                kind=kind_of(theirs),
                forwards=theirs.id,
                forwards_from=f"{theirs.area}, {theirs.team}"[:120],
            )
            unit.log("post", new_id, "forwarded", theirs.id)
        return new_id

    def already_placed(
        self, post_id: str, group_ids: tuple[str, ...]
    ) -> Future[list[tuple[str, str, str]]]:
        """Return in which of these groups this, or the same alert, stands already, and since when.

        Each as group id, name and stamp, so that nothing is forwarded twice (day.md, 15:25).
        """

        def alert_of(body: Mapping[str, Any] | None) -> str:
            return str(body.get("alert_id") or "") if body else ""

        return self._desk.look(
            lambda conn: stored.standing_in(
                conn,
                post_id,
                alert_of(getattr(shown(conn, "post", post_id), "body", None)),
                group_ids,
            )
        )

    def correction(self, placement_id: str) -> Future[str]:
        """Begin the text that a placed post no longer counts, for that one group (F34, D15).

        The clock of the post itself goes on: a correction is no feedback.
        """

        def work(unit: Unit) -> str:
            unit.require(*WORK_ROLES)
            placement = shown(unit.conn, "placement", placement_id)
            if placement is None or placement.body.get("state") != PlacementState.PLACED:
                raise Refused(
                    Problem(
                        "not-placed",
                        "Deze tekst staat niet in de groep. Er valt niets te herstellen.",
                        "Kies een groep waar de tekst geplaatst is.",
                    )
                )
            wrong_id = str(placement.body["post_id"])
            wrong = drafts.body_of(unit, wrong_id)
            template = drafts.template_for(unit, PostType.CORRECTION, MessageKind.CORRECTION)
            placed_at = str(placement.body.get("state_at") or "")
            with unit.group():
                new_id = drafts.make(
                    unit,
                    PostType.CORRECTION,
                    template,
                    values={"tijd": drafts.spoken_time(placed_at, unit.now)},
                    group_ids=[str(placement.body["group_id"])],
                    training=self._desk.training,
                    corrects=wrong_id,
                    area_id=wrong.get("area_id") or "",
                )
                unit.log("post", wrong_id, "corrected", new_id)
            return new_id

        return self._desk.act(work)

    def follow_up(self, post_id: str) -> Future[str]:
        """Begin an addition for the groups of a post, such as the line it lacked (day.md, 18:10)."""

        def work(unit: Unit) -> str:
            unit.require(*WORK_ROLES)
            body = drafts.body_of(unit, post_id)
            found = templates.active(unit.conn, PostType.BROADCAST, MessageKind.GENERAL)
            template = next((one for one in found if one.name == FOLLOW_UP), None)
            if template is None:
                raise Refused(drafts.NO_TEMPLATE)
            said = str(body.get("released_at") or body.get("created_at") or "")
            with unit.group():
                return drafts.make(
                    unit,
                    PostType.BROADCAST,
                    template,
                    values={"tijd": drafts.spoken_time(said, unit.now)},
                    group_ids=stored.placed_in(unit.conn, post_id),
                    training=self._desk.training,
                    area_id=body.get("area_id") or "",
                )

        return self._desk.act(work)

    def record_afterwards(self, post: RecordedPost) -> Future[tuple[str, tuple[Finding, ...]]]:
        """Record a post made from the phone; the guard reports and refuses nothing (F25).

        Returns the post's id and what the guard would have stopped. The feedback clock starts at
        the time it was placed.
        """

        def work(unit: Unit) -> tuple[str, tuple[Finding, ...]]:
            unit.require(*WORK_ROLES)
            self._check_recorded(post, unit.now)
            with unit.group():
                return self._record(unit, post)

        return self._desk.act(work)

    def quick_answers(self) -> tuple[QuickAnswer, ...]:
        """Return the fixed answers of the region (F56)."""
        return tuple(self._desk.region.quick_answers.values())

    def quick_answer(self, report_id: str, key: str = FIRST_CALL) -> Future[gate.Copyable]:
        """Return a fixed answer for the administrator, through the gate; the copy is logged (F04)."""

        def work(unit: Unit) -> gate.Copyable:
            unit.require(*WORK_ROLES)
            answer = self._desk.region.quick_answers.get(key)
            if answer is None:
                raise Refused(Problem("no-answer", "Dit antwoord staat niet in het profiel."))
            text = fixed_text(answer.text, region=self._desk.region, training=self._desk.training)
            passed = gate.passes(
                self._plain(MessageKind.QUICK_ANSWER, text),
                "",
                region=self._desk.region,
                now=drafts.now_of(unit),
            )
            if report_id:
                unit.log("report", report_id, "answer_copied", answer.label)
            return passed

        return self._desk.act(work)

    def _plain(self, kind: str, text: str) -> Writing:
        """A text without template or groups, as the gate takes it."""
        return Writing("", "", kind, None, {}, "", (), self._desk.training, text=text)

    def _check_recorded(self, post: RecordedPost, now: str) -> None:
        when = moment(post.placed_at)
        if not post.text.strip():
            problem = Problem("text-missing", "Plak eerst de tekst die in de groep staat.")
        elif len(post.text) > MAX_TEXT or "\x00" in post.text:
            problem = Problem("too-long", f"Deze tekst is langer dan {MAX_TEXT} tekens.")
        elif not post.group_ids:
            problem = Problem("no-groups", "Kies in welke groepen de tekst staat.")
        elif post.kind not in KINDS or post.kind == MessageKind.QUICK_ANSWER:
            problem = Problem("no-kind", "Kies wat voor bericht het is.")
        elif when is None or post.placed_at > now:
            problem = Problem("bad-time", "Zeg wanneer de tekst is geplaatst, niet later dan nu.")
        else:
            return
        raise Refused(problem)

    def _record(self, unit: Unit, post: RecordedPost) -> tuple[str, tuple[Finding, ...]]:
        title = post.title.strip() or " ".join(post.text.strip().split())[:60]
        post_id = unit.create(
            "post",
            {
                "type": PostType.RECORDED,
                "kind": post.kind,
                "title": title[:160],
                "body": post.text,
                "area_id": post.area_id,
                "training": self._desk.training,
            },
        )
        drafts.tick(unit, post_id, post.group_ids)
        writing = drafts.writing_of(unit, post_id, self._desk)
        now = drafts.now_of(unit)
        seen = gate.inspect(writing, "", region=self._desk.region, now=now)
        unit.command("post", post_id, "release", at=post.placed_at)
        for one in writing.targets:
            unit.update("placement", one.placement_id, text=post.text)
            unit.command(
                "placement",
                one.placement_id,
                "placed",
                seen=PlacementState.PENDING,
                at=post.placed_at,
            )
        unit.command("post", post_id, "start_clock", placed_at=post.placed_at)
        rules = ", ".join(dict.fromkeys(one.rule for one in seen.findings))
        unit.log("post", post_id, "recorded", rules)
        return post_id, seen.findings
