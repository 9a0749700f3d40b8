"""What a person does with posts: write, choose groups, check, decide, release (F22-F28, F34, F35)."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from functools import partial
from typing import Any

from console.domain.alert import ReadAlert
from console.domain.clock import local
from console.domain.failures import Problem, Refused
from console.domain.post import TWIN, Draft, Finding, PostRow, Preview
from console.domain.reading import gives_consent, value_of, values_from
from console.domain.second import Eye
from console.domain.writing import Writing
from console.services import alerts, drafts, gate
from console.services.decisions import decision
from console.services.desk import Desk, Unit
from console.services.drafts import WORK_ROLES
from console.services.original import with_original
from console.services.release import release
from console.storage import alerts as stored_alerts
from console.storage import drafts as stored_drafts
from console.storage import posts as stored
from console.storage import templates, typing
from console.storage.projection import shown
from contract.vocabulary import AlertState, Consent, PostType, Told

MOST_DECISIONS = 100
"""The most decisions a post keeps, as in the record kind."""

NOT_BURGERNET = Problem(
    "not-burgernet",
    "Dit is geen tekst van Burgernet. Er is niets ingevuld.",
    "Kies zelf een sjabloon (B). Uw tekst staat nog in het vak.",
)
ENDED = Problem(
    "alert-ended",
    "Deze actie is beëindigd. Plaats alleen nog de afloop.",
    "Schrijf de afloop bij Terugkoppeling. Beëindigd is niet hetzelfde als gevonden.",
)
TEST_ALERT = Problem(
    "alert-test", "Dit is een proefbericht. Daar maakt de desk geen bericht van.", ""
)


class Posts:
    """Everything Berichten and Opstellen ask for and do."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def _me(self) -> str:
        return self._desk.person.id if self._desk.person else ""

    def rows(self) -> Future[list[PostRow]]:
        """Return posts by section: busy, ready, unconfirmed, placed."""
        return self._desk.look(partial(stored.rows, me=self._me), "posts.rows")

    def draft(self, post_id: str) -> Future[Draft | None]:
        """Return one post as the writing screen shows it, with the original beside it."""
        me, now = self._me, self._desk.clock.now()
        return self._desk.look(
            lambda conn: with_original(
                stored_drafts.draft(conn, post_id, me=me), partial(shown, conn), now
            ),
            "posts.draft",
        )

    def writing(self, post_id: str) -> Future[Writing | None]:
        """Return all that previews need, so that a key press asks nothing of the file (D07)."""
        training, team = self._desk.training, self._desk.team
        return self._desk.look(
            partial(stored_drafts.writing, post_id=post_id, training=training, team=team)
        )

    def look(
        self, writing: Writing, group_id: str, values: Mapping[str, str] | None = None
    ) -> Preview:
        """Return what one group will see, at once and without the file; for every key press."""
        return gate.preview(
            writing, group_id, region=self._desk.region, now=self._desk.clock.now(), values=values
        )

    def preview(
        self, post_id: str, group_id: str, values: Mapping[str, str] | None = None
    ) -> Future[Preview | None]:
        """Return what one group will see, read from the file."""
        region, now = self._desk.region, self._desk.clock.now()
        training, team = self._desk.training, self._desk.team

        def made(writing: Writing | None) -> Preview | None:
            if writing is None:
                return None
            return gate.preview(writing, group_id, region=region, now=now, values=values)

        return self._desk.look(
            lambda conn: made(stored_drafts.writing(conn, post_id, training=training, team=team)),
            "posts.preview",
        )

    def new_draft(
        self,
        kind: str,
        *,
        post_type: str = PostType.BROADCAST,
        template_id: str = "",
        area_id: str = "",
        alert_id: str = "",
        report_id: str = "",
        values: Mapping[str, str] | None = None,
        group_ids: Sequence[str] = (),
    ) -> Future[str]:
        """Begin a post of a kind; a report gives place, time and area (B on a report)."""

        def work(unit: Unit) -> str:
            unit.require(*WORK_ROLES)
            template = templates.one(unit.conn, template_id) if template_id else None
            template = template or drafts.template_for(unit, post_type, kind)
            given, area = dict(values or {}), area_id
            report = shown(unit.conn, "report", report_id) if report_id else None
            if report is not None:
                area = area or str(report.body.get("area_id") or "")
                when = local(str(report.body.get("happened_at") or report.body.get("heard_at")))
                given.setdefault("plaats", str(report.body.get("place") or ""))
                given.setdefault("tijd", when.strftime("%H:%M") if when else "")
            with unit.group():
                return drafts.make(
                    unit,
                    post_type,
                    template,
                    values=given,
                    group_ids=group_ids,
                    training=self._desk.training,
                    area_id=area,
                    alert_id=alert_id,
                    report_id=report_id,
                )

        return self._desk.act(work)

    def from_alert(
        self,
        read: ReadAlert,
        *,
        group_ids: Sequence[str] = (),
        area_id: str = "",
        alert_id: str = "",
    ) -> Future[str]:
        """Keep a read alert byte for byte and open the fitting template, filled in (F35, D04).

        ``alert_id``: an alert that stands in the list already, so that its end is heard of (F37).
        The same text again opens the draft that was begun before. Consent is preset only from a
        recognised Burgernet text about a missing person, with the alert's id as its ground (F38).
        """

        def work(unit: Unit) -> str:
            unit.require(*WORK_ROLES)
            if not read.recognised:
                raise Refused(NOT_BURGERNET)
            if read.state == AlertState.ENDED:
                raise Refused(ENDED)
            if read.test and not self._desk.training:
                raise Refused(TEST_ALERT)
            with unit.group():
                kept = alert_id or alerts.keep(unit, read)
                standing = stored_alerts.open_draft(unit.conn, kept)
                if standing:
                    return standing
                return self._from_kept(unit, read, kept, group_ids, area_id)

        return self._desk.act(work)

    def _from_kept(
        self, unit: Unit, read: ReadAlert, alert_id: str, group_ids: Sequence[str], area_id: str
    ) -> str:
        template = drafts.template_for(unit, PostType.BROADCAST, read.template_kind)
        consent: dict[str, Any] = {}
        if gives_consent(read):
            consent = {
                "consent": str(Consent.VIA_CONTROL_ROOM),
                "consent_ground": alert_id,
                "control_room": str(Told.YES),
            }
        return drafts.make(
            unit,
            PostType.BROADCAST,
            template,
            values=values_from(read.facts, template),
            group_ids=group_ids,
            training=self._desk.training,
            area_id=area_id or (read.area_ids[0] if len(read.area_ids) == 1 else ""),
            alert_id=alert_id,
            incident_ref=value_of(read.facts, "reference")[:60],
            **consent,
        )

    def keep_typing(self, post_id: str, name: str, text: str) -> Future[None]:
        """Keep what is being typed, every half second; it stays on this desk (D12)."""
        me, now = self._me, self._desk.now()
        return self._desk.store.write(lambda conn: typing.keep(conn, post_id, name, me, text, now))

    def keep_field(self, post_id: str, name: str, text: str) -> Future[None]:
        """Keep a field on leaving it; refuses while a colleague holds the pen."""
        return self._edit(post_id, lambda unit: drafts.store_values(unit, post_id, {name: text}))

    def choose_template(self, post_id: str, template_id: str) -> Future[None]:
        """Write a draft on another template, or on the newer version; equal fields keep values."""

        def edit(unit: Unit) -> None:
            template = templates.one(unit.conn, template_id)
            if template is None:
                raise Refused(drafts.NO_TEMPLATE)
            values = stored_drafts.values_of(drafts.body_of(unit, post_id))
            unit.update(
                "post",
                post_id,
                kind=template.kind,
                template_id=template.id,
                template_version=template.version,
                fields=drafts.clean(template, values),
            )

        return self._edit(post_id, edit)

    def set_area(self, post_id: str, area_id: str) -> Future[None]:
        """Say which area a draft is about, where the text left a choice (F36)."""
        return self._edit(post_id, lambda unit: unit.update("post", post_id, area_id=area_id))

    def set_groups(self, post_id: str, group_ids: Sequence[str]) -> Future[None]:
        """Make these the ticked groups, in this order; earlier ticks by hand keep their mark."""

        def edit(unit: Unit) -> None:
            standing = [one.group_id for one in stored.targets(unit.conn, post_id)]
            drafts.untick(unit, post_id, [one for one in standing if one not in group_ids])
            drafts.tick(unit, post_id, group_ids)

        return self._edit(post_id, edit)

    def tick_group(self, post_id: str, group_id: str, on: bool) -> Future[None]:
        """Tick or untick one group by hand; a tick is marked "zelf gekozen" and logged (F18)."""

        def edit(unit: Unit) -> None:
            if on:
                drafts.tick(unit, post_id, [group_id], by_hand=True)
                unit.log("post", post_id, "group_chosen", drafts.group_name(unit, group_id))
            else:
                drafts.untick(unit, post_id, [group_id])

        return self._edit(post_id, edit)

    def decide(
        self, post_id: str, finding: Finding, reason: str, eye: Eye | None = None
    ) -> Future[None]:
        """Answer a finding with a reason, and a second person where the rule asks one (F26).

        ``eye`` is a colleague who typed their passphrase for it; what they sign goes along. The
        words themselves are never stored: a decision holds their mark only.
        """

        def edit(unit: Unit) -> None:
            new = decision(unit, post_id, finding, reason, eye, self._desk.region)
            same = (new["rule"], new["text_sha"])
            taken = drafts.writing_of(unit, post_id, self._desk).decisions
            kept = [dict(one) for one in taken if (one.get("rule"), one.get("text_sha")) != same]
            unit.update("post", post_id, decisions=[*kept, new][-MOST_DECISIONS:])
            unit.log("post", post_id, "decided", finding.rule, reason=reason.strip()[:400])

        return self._edit(post_id, edit)

    def keep_both(self, post_id: str, twin_id: str, reason: str) -> Future[None]:
        """Say that a message beside a colleague's about the same action is meant, and why."""

        def edit(unit: Unit) -> None:
            if not reason.strip():
                raise Refused(Problem("reason-missing", "Schrijf op waarom er twee moeten zijn."))
            decision = {
                "rule": TWIN,
                "text_sha": twin_id,
                "reason": reason.strip()[:400],
                "person": unit.person.id,
                "second": "",
                "at": unit.now,
            }
            taken = drafts.body_of(unit, post_id).get("decisions") or ()
            kept = [dict(one) for one in taken if one.get("text_sha") != twin_id]
            unit.update("post", post_id, decisions=[*kept, decision][-MOST_DECISIONS:])
            unit.log("post", post_id, "decided", TWIN, reason=reason.strip()[:400])

        return self._edit(post_id, edit)

    def make_ready(self, post_id: str) -> Future[None]:
        """Put a draft ready for the desk that has WhatsApp Web (day.md, 15:14)."""

        def work(unit: Unit) -> None:
            unit.require(*WORK_ROLES)
            with unit.group():
                drafts.take_pen(unit, post_id, drafts.body_of(unit, post_id))
                drafts.keep_what_is_typed(unit, post_id)
                unit.command("post", post_id, "make_ready")
                unit.log("post", post_id, "ready")

        return self._desk.act(work)

    def take_over(self, post_id: str, reason: str) -> Future[None]:
        """Take the pen from a colleague, with a reason; their text stays."""

        def work(unit: Unit) -> None:
            unit.require(*WORK_ROLES)
            if not reason.strip():
                raise Refused(Problem("reason-missing", "Schrijf op waarom u het overneemt."))
            with unit.group():
                drafts.take_pen(unit, post_id, drafts.body_of(unit, post_id), reason)
                unit.log("post", post_id, "taken_over", reason=reason.strip()[:400])

        return self._desk.act(work)

    def copy_of_mine(self, post_id: str, unsaved: Mapping[str, str]) -> Future[str]:
        """Keep what was typed into a draft that a colleague took; the id, empty for nothing."""

        def work(unit: Unit) -> str:
            unit.require(*WORK_ROLES)
            with unit.group():
                return drafts.copy_of_mine(unit, post_id, unsaved)

        return self._desk.act(work)

    def drop(self, post_id: str) -> Future[None]:
        """Put a draft away; it stays in the log."""

        def work(unit: Unit) -> None:
            unit.require(*WORK_ROLES)
            with unit.group():
                unit.command("post", post_id, "drop")
                unit.log("post", post_id, "dropped")
                typing.forget(unit.conn, post_id, unit.person.id)

        return self._desk.act(work)

    def release(self, post_id: str) -> Future[None]:
        """Freeze the text of every ticked group, each through the gate, and open the ledger (F25).

        Refuses with a sentence while anything is open; then nothing has changed.
        """

        def work(unit: Unit) -> None:
            unit.require(*WORK_ROLES)
            with unit.group():
                release(unit, post_id, self._desk)

        return self._desk.act(work)

    def _edit(self, post_id: str, edit: Callable[[Unit], object]) -> Future[None]:
        def work(unit: Unit) -> None:
            unit.require(*WORK_ROLES)
            with unit.group():
                drafts.take_pen(unit, post_id, drafts.body_of(unit, post_id))
                edit(unit)

        return self._desk.act(work)
