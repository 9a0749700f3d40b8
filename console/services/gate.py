"""The one door to a text that may be copied (F25, D18).

Broadcast, feedback, correction, forward, import, weekly overview, quick answer and the report on a
post recorded afterwards all come through ``passes`` or ``inspect``. Only ``passes`` makes a
``Copyable``, and nothing else on the desk puts a text for a group on the clipboard. A sign-up that is
handed to one administrator has a door of its own here (``passes_to_administrator``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from console.domain import refusals
from console.domain.alert_state import state_now
from console.domain.clock import LOCAL, local
from console.domain.compose import Composed, fixed_text, render
from console.domain.failures import Problem, Refused
from console.domain.findings import open_findings, summary, to_findings, to_spans
from console.domain.post import Finding, Preview
from console.domain.post_photo import CopyablePhoto, PostPhoto
from console.domain.writing import Writing, asks_feedback, team_in_header
from contract.guard import check
from contract.looking import looked_at
from contract.region import RegionProfile, is_urgent
from contract.vocabulary import AlertState, Consent, MessageKind


@dataclass(frozen=True, slots=True)
class Copyable:
    """A text the guard let through, for one group; made by ``passes`` only."""

    text: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Inspected:
    """A text with all that the guard found; it may not be copied."""

    text: str
    composed: Composed | None
    findings: tuple[Finding, ...]


def passes(
    writing: Writing,
    group_id: str,
    *,
    region: RegionProfile,
    now: datetime,
    values: Mapping[str, str] | None = None,
) -> Copyable:
    """Return the text for one group, or refuse while anything is open.

    Raises:
        Refused: a stop, or a warning nobody answered; the sentence says how many and the next
            step names the first.
    """
    seen = inspect(writing, group_id, region=region, now=now, values=values)
    left = open_findings(seen.findings)
    if left:
        raise Refused(
            Problem(f"guard-{left[0].rule}", f"Nog open: {summary(left)}.", left[0].title)
        )
    return Copyable(seen.text, seen.findings)


def passes_photo(
    photo: PostPhoto,
    data: bytes,
    writing: Writing,
    group_id: str,
    *,
    region: RegionProfile,
    now: datetime,
) -> CopyablePhoto:
    """Return the photo of a post for one group, or refuse (F27).

    It goes by the gate of its text: what may not be copied as words takes no photo along.

    Raises:
        Refused: the kind of message takes no photo, source or permission are not there, its last
            day went by, this person did not see it beside the text, or the text itself is refused.
    """
    if not photo.allowed:
        raise Refused(refusals.problem("photo-kind"))
    if photo.said.missing():
        raise Refused(refusals.problem("photo-unstated"))
    if photo.over:
        raise Refused(PHOTO_OVER)
    if not photo.previewed:
        raise Refused(PHOTO_UNSEEN)
    passes(writing, group_id, region=region, now=now)
    return CopyablePhoto(data, photo.type, writing.target(group_id).group_name)


PHOTO_OVER = Problem(
    "photo-over",
    "Deze foto is verlopen. Het beeld is gewist.",
    "Moet hij toch geplaatst worden? Maak een nieuw bericht met een nieuwe foto.",
)
PHOTO_UNSEEN = Problem(
    "photo-unseen",
    "U hebt deze foto nog niet naast de tekst gezien. Er is niets gekopieerd.",
    "Open de foto bij het bericht en kijk of hij bij de tekst hoort.",
)


_OWN = frozenset({"name", "address", "phone_number"})
"""What of a resident belongs in a sign-up, at their own request (F19)."""


def passes_to_administrator(
    text: str,
    given: Sequence[str],
    *,
    region: RegionProfile,
    training: bool,
    now: datetime,
) -> Copyable:
    """Return a text that hands one resident to one administrator, or refuse (F19).

    It goes to one person and to no group, so name, address and number of the resident may stand in
    it: the words of ``given``, at their own request. Everything else the guard finds in those words
    (a BSN, an account, a date of birth, a plate) does not belong in a sign-up and stops it.

    Raises:
        Refused: such a find; the sentence says what.
    """
    whole = fixed_text(text, region=region, training=training)
    report = check(whole, MessageKind.QUICK_ANSWER, training=training, region=region)
    spans = [span for one in given for span in _spans_of(whole, one)]
    today = now.astimezone(LOCAL).date()
    for one in to_findings(report, None, decisions=(), today=today, training=training):
        theirs = any(start < one.end and one.start < end for start, end in spans)
        if (theirs and one.rule not in _OWN) or (not theirs and one.outcome == "stop"):
            raise Refused(
                Problem(
                    f"guard-{one.rule}",
                    f"Dit hoort niet in een aanmelding: {one.title}. Er is niets gekopieerd.",
                    "Haal het weg. Naam, adres en telefoon zijn genoeg.",
                )
            )
    return Copyable(whole)


def _spans_of(text: str, part: str) -> list[tuple[int, int]]:
    found, start = [], text.find(part) if part else -1
    while start >= 0:
        found.append((start, start + len(part)))
        start = text.find(part, start + len(part))
    return found


def inspect(
    writing: Writing,
    group_id: str,
    *,
    region: RegionProfile,
    now: datetime,
    values: Mapping[str, str] | None = None,
) -> Inspected:
    """Compose the text for one group and run the guard on it; refuses nothing.

    A writing with a text of its own (frozen, recorded or a fixed answer) is checked as it stands.
    """
    state = alert_state(writing, now)
    urgent = is_urgent_text(writing, now)
    composed = None
    if writing.text or writing.template is None:
        text = writing.text
    else:
        target = writing.target(group_id)
        composed = render(
            writing.template,
            writing.values if values is None else values,
            team=team_in_header(writing.team),
            area_name=target.area_name,
            region=region,
            urgent=bool(urgent),
            training=writing.training,
        )
        text = composed.text
    quick = writing.kind == MessageKind.QUICK_ANSWER
    today = now.astimezone(LOCAL).date()
    report = check(
        text,
        writing.kind,
        training=writing.training,
        region=region,
        urgent=urgent,
        directory_names=writing.names,
        allowed_terms=writing.allowed_terms,
        groups=None if quick else len(writing.targets),
        alert_state=state or None,
        consent=_consent(writing),
        today=today,
    )
    seen_at = local(writing.alert_state_at)
    findings = to_findings(
        report,
        composed,
        decisions=writing.decisions,
        unseen_reason=writing.unseen_reason,
        today=today,
        training=writing.training,
        since=seen_at.strftime("%H:%M") if seen_at else "",
        looked=None if writing.text else looked_at(text, region),
    )
    return Inspected(text, composed, findings)


def preview(
    writing: Writing,
    group_id: str,
    *,
    region: RegionProfile,
    now: datetime,
    values: Mapping[str, str] | None = None,
) -> Preview:
    """Return what one group will see while it is typed; pure, under 50 ms at 1,500 (D07)."""
    seen = inspect(writing, group_id, region=region, now=now, values=values)
    left = open_findings(seen.findings)
    stops = sum(1 for one in left if one.outcome == "stop")
    closing = seen.composed.closing if seen.composed else (0, 0)
    return Preview(
        group_id,
        writing.target(group_id).group_name,
        seen.text,
        to_spans(seen.findings, closing),
        seen.findings,
        stops,
        len(left) - stops,
    )


def copyable(shown: Preview) -> bool:
    """Say whether a preview has nothing open: then the filled button may be pressed."""
    return bool(shown.text) and shown.stops == 0 and shown.warnings == 0


def alert_state(writing: Writing, now: datetime) -> str:
    """Return how the action behind a post stands, empty where it asks nothing.

    An ended action stops broadcasts only: its outcome goes out as feedback (F37).
    """
    if not writing.alert_id or not asks_feedback(writing.type):
        return ""
    return state_now(writing.alert_state, writing.alert_state_at, now)


def is_urgent_text(writing: Writing, now: datetime) -> bool | None:
    """Return whether the urgent closing line belongs under it; None: either line will do.

    Urgent: missing_person, confused_person, lookout and anything from a running action; feedback,
    correction and overview never (screens.md).
    """
    if writing.text:
        return writing.urgent
    if not asks_feedback(writing.type):
        return False
    running = alert_state(writing, now) in (AlertState.ACTIVE, AlertState.UNKNOWN)
    return is_urgent(writing.kind, from_running_action=running)


def _consent(writing: Writing) -> str | None:
    if writing.kind != MessageKind.MISSING_PERSON:
        return None
    if writing.consent == Consent.REASON and not writing.consent_ground.strip():
        return ""
    return writing.consent
