"""What Opstellen knows between two keys: values, what is not kept yet, ticks, notices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from console.bridge import settled
from console.domain.alert_state import state_now
from console.domain.clock import LOCAL, moment
from console.domain.decided import TOLD
from console.domain.directory import Candidate
from console.domain.post import Draft, Template
from console.domain.writing import Target, Writing, asks_feedback
from console.presenters.outlines import outlines
from console.views.posts.notice_strip import DraftNotice
from console.views.posts.words import clock_of
from console.views.text import clock_text
from contract.rules.post import DRAFT_LEASE_MINUTES
from contract.vocabulary import AlertState, Consent, MessageKind, PostStatus

if TYPE_CHECKING:
    from console.presenters.services import Services

_OPEN = (PostStatus.DRAFT, PostStatus.READY)
POST_FIELDS = frozenset(
    {"consent", "consent_ground", "unseen_reason", "incident_ref", "asked_by", TOLD}
)


def with_field(writing: Writing, name: str, text: str) -> Writing:
    """Return a writing with a field of the post itself changed, for the preview at once."""
    if name == "consent":
        return replace(writing, consent=text)
    if name == "consent_ground":
        return replace(writing, consent_ground=text)
    if name == "unseen_reason":
        return replace(writing, unseen_reason=text)
    return writing


def with_tick(writing: Writing, group: Candidate, on: bool, *, by_hand: bool) -> Writing:
    """Return a writing with one group more or less, until the file says so itself."""
    kept = tuple(one for one in writing.targets if one.group_id != group.group_id)
    if on:
        area = group.area_name or group.name
        kept = (*kept, Target(group.group_id, group.name, area, by_hand=by_hand))
    return replace(writing, targets=kept)


def ticks_of(writing: Writing) -> dict[str, bool]:
    """Return the ticked groups, and whether each was ticked by hand."""
    return {one.group_id: one.by_hand for one in writing.targets}


def template_words(template: Template) -> str:
    """Return a template as it stands in the choice."""
    return f"{template.name}, versie {template.version}"


def held_by_other(draft: Draft, now: datetime) -> bool:
    """Say whether a colleague has the pen of a draft now."""
    until = moment(draft.author_until)
    return not draft.mine and until is not None and until > now


def taken_words(before: Draft, draft: Draft, now: datetime) -> str:
    """Return what happened where a colleague took or issued a draft that was open here.

    Empty where the pen is where it was.
    """
    if held_by_other(before, now):
        return ""
    if before.status in _OPEN and draft.status not in _OPEN:
        return "Een collega heeft dit bericht uitgegeven of weggelegd."
    if held_by_other(draft, now):
        return f"{draft.author_name or 'Een collega'} heeft dit bericht overgenomen."
    return ""


def notice_for(
    draft: Draft, newer: Template | None, now: datetime, author_at: str = ""
) -> DraftNotice | None:
    """Return the one most serious thing about a draft, or None (screens.md §5.2).

    ``author_at`` is the station where its author is at work now, as far as is known.
    """
    state = ""
    if draft.alert_id and asks_feedback(draft.type):
        state = state_now(draft.alert_state, draft.alert_state_at, now)
    if state == AlertState.ENDED:
        at = clock_of(draft.alert_state_at)
        return DraftNotice(
            "red",
            "octagon-alert",
            f"De actie is om {at} beëindigd. Plaats alleen nog de afloop.",
            "Beëindigd is niet hetzelfde als gevonden.",
            (("outcome", "Schrijf de afloop"),),
            locks=True,
        )
    if draft.source_ended:
        where = f" uit {draft.source_name}" if draft.source_name else ""
        return DraftNotice(
            "red",
            "octagon-alert",
            f"Het bericht{where} is afgelopen. Doorzetten kan niet meer.",
            "Uw tekst staat er nog.",
            (("source", "Bekijk het bericht"), ("drop", "Leg dit weg")),
            locks=True,
        )
    until = moment(draft.author_until)
    if held_by_other(draft, now) and until is not None:
        since = clock_text((until - timedelta(minutes=DRAFT_LEASE_MINUTES)).astimezone(LOCAL))
        who = draft.author_name or "Een collega"
        return DraftNotice(
            "plain",
            "pencil",
            f"{who} schrijft sinds {since}.",
            f"U kunt meelezen.{f' Nu aan {author_at}.' if author_at else ''}",
            (("take_over", "Neem over met reden…"),),
            locks=True,
        )
    if state == AlertState.UNKNOWN:
        if draft.unseen_reason:
            return DraftNotice(
                "plain", "ring-question", "Status onbekend, u gaat door:", draft.unseen_reason
            )
        seen = clock_of(draft.alert_state_at)
        title = f"Status onbekend sinds {seen}." if seen else "Status onbekend."
        return DraftNotice(
            "amber",
            "ring-question",
            title,
            "Kijk of de actie nog loopt.",
            (("see", "Zeg wat u ziet"), ("go_on", "Ga door met een reden…")),
        )
    if draft.twin is not None:
        return DraftNotice(
            "amber",
            "copy",
            draft.twin.words,
            "Eén keer is genoeg." if draft.twin.passed_on else "Eén bericht per actie is genoeg.",
            (("twin_join", "Leg dit weg en open dat"), ("twin_both", "Toch allebei…")),
        )
    if newer is not None and draft.template is not None:
        return DraftNotice(
            "plain",
            "info",
            "Er is een nieuwe versie van dit sjabloon.",
            f"Dit bericht blijft bij versie {draft.template.version}.",
            (("newer", f"Neem versie {newer.version}"),),
        )
    return None


def newer_of(draft: Draft | None, templates: Sequence[Template]) -> Template | None:
    """Return the newer version of the template a draft was begun with, if there is one."""
    used = draft.template if draft else None
    for one in templates:
        if used and (one.name, one.kind) == (used.name, used.kind) and one.version > used.version:
            return one
    return None


def name_allowed(kind: str, values: Mapping[str, str], writing: Writing) -> bool:
    """Say whether a name may stand in this text: a missing person, with consent (F38)."""
    if kind != MessageKind.MISSING_PERSON or "wie" not in values:
        return False
    return writing.consent in (Consent.VIA_CONTROL_ROOM, Consent.FAMILY)


async def find_candidates(
    services: Services, draft: Draft, writing: Writing | None
) -> list[Candidate]:
    """Return the groups where the alert or the draft is, and those ticked elsewhere (F18, F36).

    The circle or outline of an alert goes before an area that was named.
    """
    of_class = draft.template.message_class if draft.template else ""
    directory = services.directory
    found: list[Candidate] = []
    if draft.alert_id:
        areas = await outlines(services)
        placed = await settled(areas.reach_of_alert(draft.alert_id, draft.kind, of_class))
        found = list(placed.candidates) if placed else []
    if draft.area_id and not found:
        found = await settled(directory.candidates([draft.area_id], draft.kind, of_class))
    known = {one.group_id for one in found}
    targets = writing.targets if writing else ()
    loose = [one.group_id for one in targets if one.group_id not in known]
    if loose:
        more = await settled(directory.candidates_of(loose, draft.kind, of_class))
        section = "elsewhere" if found else "here"
        found += [replace(one, section=section) for one in more]
    return found
