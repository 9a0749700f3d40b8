"""What may happen to a post, its placements and an alert (F28, F30, F31, F34, F37).

The guard is not run here: services run it before a release and central again on receipt. What
stands here is which state may follow which, and when the feedback clock starts and stops.
"""

from collections.abc import Mapping
from typing import Any

from contract.op import Actor, Decision, Op
from contract.rules.common import Rule, change, later, refuse
from contract.vocabulary import (
    AlertState,
    OpStatus,
    Outcome,
    PlacementState,
    PostStatus,
    PostType,
    WaiverReason,
)

EXTENSIONS = 3
EXTENSION_MINUTES = 60
DRAFT_LEASE_MINUTES = 10

_FROZEN = (
    "type kind fields body urgent training area_id alert_id answers corrects "
    "template_id template_version consent consent_ground forwards forwards_from"
).split()
_BY_COMMAND = (
    "status released_at released_by feedback_due_at extensions outcome outcome_note "
    "waiver_reason waiver_note settled_at settled_by created_by created_at guard_differs "
    "consent_by consent_at control_room_by control_room_at"
).split()

_SIGNED = (
    (("consent", "consent_ground"), "consent_by", "consent_at"),
    (("control_room",), "control_room_by", "control_room_at"),
)
"""Answers that somebody has to stand for, with where their name and the time of it go (F38)."""


def frozen_fields(body: Mapping[str, Any], wanted: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields of an update that a release froze or only a command may change."""
    closed = [name for name in _BY_COMMAND if name in wanted]
    if body.get("status") in (PostStatus.RELEASED, PostStatus.CLOSED):
        closed += [name for name in _FROZEN if name in wanted]
    return tuple(closed)


def signed(
    before: Mapping[str, Any], after: Mapping[str, Any], op: Op, *, now: str, actor: Actor
) -> Mapping[str, Any]:
    """Return a post with who gave consent or told the control room, and when (F38).

    Nobody fills these in: they follow from whose op it is. An answer taken back takes its name
    and time along. The time is that of the desk, which may have been without contact.
    """
    new = dict(after)
    for answers, by, at in _SIGNED:
        if all((before.get(name) or "") == (after.get(name) or "") for name in answers):
            continue
        if not after.get(answers[0]):
            new[by], new[at] = "", ""
        else:
            new[by] = actor.person
            new[at] = op.made_at if op.made_at and op.made_at <= now else now
    return new


def placement_frozen(wanted: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields of a placement that only a person's word may change (I12)."""
    return tuple(
        name for name in ("state", "state_at", "by", "post_id", "group_id") if name in wanted
    )


def _create(op: Op, body: Mapping[str, Any], *, now: str, actor: Actor) -> Decision:
    clean = {name: value for name, value in body.items() if name not in _BY_COMMAND}
    clean.update(
        status=PostStatus.DRAFT,
        author=actor.person,
        author_until=later(now, minutes=DRAFT_LEASE_MINUTES),
        holder=body.get("holder") or actor.person,
        created_by=actor.person,
        created_at=now,
    )
    return Decision(OpStatus.APPLIED, signed({}, clean, op, now=now, actor=actor))


def _make_ready(op: Op, body: Mapping[str, Any], *, now: str, actor: Actor) -> Decision:
    if body.get("status") not in (PostStatus.DRAFT, PostStatus.READY):
        return refuse(OpStatus.INVALID, "released", "status")
    return change(body, status=PostStatus.READY, author_until="")


def _release(op: Op, body: Mapping[str, Any], *, now: str, actor: Actor) -> Decision:
    if body.get("status") in (PostStatus.RELEASED, PostStatus.CLOSED):
        return Decision(OpStatus.NOOP)
    if not str(body.get("body") or "").strip():
        return refuse(OpStatus.INVALID, "text-missing", "body")
    new = {
        **body,
        "status": PostStatus.RELEASED,
        "released_at": op.set.get("at") or now,
        "released_by": actor.person,
        "holder": body.get("holder") or actor.person,
        "author_until": "",
    }
    if body.get("type") in (PostType.FEEDBACK, PostType.CORRECTION, PostType.OVERVIEW):
        # These ask no feedback of their own; the clock belongs to the broadcast.
        new["feedback_due_at"] = ""
    return Decision(OpStatus.APPLIED, new)


def due_at(body: Mapping[str, Any], first_placed_at: str) -> str:
    """Return when feedback is due: an hour for Burgernet, a day otherwise (F30)."""
    if body.get("alert_id"):
        return later(first_placed_at, minutes=60)
    return later(first_placed_at, hours=24)


def _start_clock(op: Op, body: Mapping[str, Any], *, now: str, actor: Actor) -> Decision:
    """Start the clock at the first placement; later placements leave it alone."""
    if body.get("feedback_due_at") or body.get("settled_at"):
        return Decision(OpStatus.NOOP)
    if body.get("type") not in (PostType.BROADCAST, PostType.FORWARD, PostType.RECORDED):
        return Decision(OpStatus.NOOP)
    return change(body, feedback_due_at=due_at(body, str(op.set.get("placed_at") or now)))


def _settle(op: Op, body: Mapping[str, Any], *, now: str, actor: Actor) -> Decision:
    """Stop the clock: feedback with an outcome stands in every group that got the broadcast."""
    outcome = op.set.get("outcome")
    if outcome not in set(Outcome):
        return refuse(OpStatus.INVALID, "outcome-missing", "outcome")
    if outcome == Outcome.STILL_RUNNING:
        return _extend(op, body, now=now, actor=actor)
    return change(
        body,
        status=PostStatus.CLOSED,
        outcome=outcome,
        outcome_note=str(op.set.get("note") or "")[:1000],
        settled_at=body.get("settled_at") or op.set.get("at") or now,
        settled_by=body.get("settled_by") or actor.person,
    )


def _extend(op: Op, body: Mapping[str, Any], *, now: str, actor: Actor) -> Decision:
    used = int(body.get("extensions") or 0)
    if used >= EXTENSIONS:
        return refuse(OpStatus.INVALID, "extensions-used", "extensions")
    if body.get("settled_at"):
        return refuse(OpStatus.INVALID, "settled", "settled_at")
    due = str(body.get("feedback_due_at") or now)
    start = due if due > now else now
    return change(
        body,
        extensions=used + 1,
        feedback_due_at=later(start, minutes=EXTENSION_MINUTES),
        outcome=Outcome.STILL_RUNNING,
    )


def _waive(op: Op, body: Mapping[str, Any], *, now: str, actor: Actor) -> Decision:
    reason = op.set.get("reason")
    if reason not in set(WaiverReason):
        return refuse(OpStatus.INVALID, "reason-missing", "waiver_reason")
    if reason == WaiverReason.OTHER and not str(op.set.get("note") or "").strip():
        return refuse(OpStatus.INVALID, "reason-missing", "waiver_note")
    if body.get("settled_at"):
        return refuse(OpStatus.INVALID, "settled", "settled_at")
    return change(
        body,
        status=PostStatus.CLOSED,
        waiver_reason=reason,
        waiver_note=str(op.set.get("note") or "")[:400],
        settled_at=now,
        settled_by=actor.person,
    )


def _close(op: Op, body: Mapping[str, Any], *, now: str, actor: Actor) -> Decision:
    """Close a post that asks no feedback, or one that reached no group."""
    if body.get("feedback_due_at") and not body.get("settled_at"):
        return refuse(OpStatus.INVALID, "feedback-due", "feedback_due_at")
    return change(body, status=PostStatus.CLOSED)


def _hold(op: Op, body: Mapping[str, Any], *, now: str, actor: Actor) -> Decision:
    """Take or keep the pen of a draft; another's lease must have lapsed or a reason be given."""
    if body.get("status") not in (PostStatus.DRAFT, PostStatus.READY):
        return refuse(OpStatus.INVALID, "released", "status")
    other = body.get("author") != actor.person and str(body.get("author_until") or "") > now
    if other and not str(op.set.get("reason") or "").strip():
        return refuse(OpStatus.CONFLICT, "held", "author")
    return change(
        body,
        author=actor.person,
        author_until=later(now, minutes=DRAFT_LEASE_MINUTES),
        status=PostStatus.DRAFT,
    )


def _take_over(op: Op, body: Mapping[str, Any], *, now: str, actor: Actor) -> Decision:
    giver, taker = op.set.get("from") or "", op.set.get("to") or actor.person
    if (body.get("holder") or "") != giver or body.get("status") == PostStatus.CLOSED:
        return Decision(OpStatus.NOOP, code="already-with-other")
    new = {"holder": taker}
    if body.get("author") == giver and body.get("status") in (PostStatus.DRAFT, PostStatus.READY):
        new["author"] = taker
        new["author_until"] = ""
    return change(body, **new)


def _drop(op: Op, body: Mapping[str, Any], *, now: str, actor: Actor) -> Decision:
    """Put a draft away unposted; the record stays, so nobody's words vanish."""
    if body.get("status") not in (PostStatus.DRAFT, PostStatus.READY):
        return refuse(OpStatus.INVALID, "released", "status")
    return change(body, status=PostStatus.CLOSED, settled_at=now, settled_by=actor.person)


_AFTER: Mapping[str, frozenset[str]] = {
    PlacementState.PENDING: frozenset({"copied", "placed", "not_placed"}),
    PlacementState.COPIED: frozenset({"copied", "placed", "not_placed", "unknown"}),
    PlacementState.UNKNOWN: frozenset({"placed", "not_placed", "unknown"}),
    PlacementState.NOT_PLACED: frozenset({"copied", "placed"}),
    PlacementState.PLACED: frozenset(),
}


def _placement_create(op: Op, body: Mapping[str, Any], *, now: str, actor: Actor) -> Decision:
    return Decision(OpStatus.APPLIED, {**body, "state": PlacementState.PENDING, "state_at": now})


def _move_placement(to: PlacementState) -> Rule:
    def rule(op: Op, body: Mapping[str, Any], *, now: str, actor: Actor) -> Decision:
        state = body.get("state") or PlacementState.PENDING
        if state == to and to is not PlacementState.COPIED:
            return Decision(OpStatus.NOOP)
        seen = op.set.get("seen")
        if seen is not None and seen != state:
            return refuse(OpStatus.CONFLICT, "answered-otherwise", "state")
        if to not in _AFTER[state]:
            return refuse(OpStatus.CONFLICT, "answered-otherwise", "state")
        if to is PlacementState.NOT_PLACED and not op.set.get("reason"):
            return refuse(OpStatus.INVALID, "reason-missing", "reason")
        return change(
            body,
            state=to,
            state_at=op.set.get("at") or now,
            by=actor.person,
            reason=op.set.get("reason") or "",
            note=str(op.set.get("note") or "")[:400],
        )

    return rule


def _say_state(op: Op, body: Mapping[str, Any], *, now: str, actor: Actor) -> Decision:
    """Record what a person saw of an alert; ended never becomes found (F37)."""
    state = op.set.get("state")
    if state not in set(AlertState):
        return refuse(OpStatus.INVALID, "answer-missing", "state")
    new: dict[str, Any] = {
        "state": state,
        "state_at": op.set.get("at") or now,
        "seen_by": actor.person,
    }
    if state == AlertState.ENDED:
        new["ended_at"] = body.get("ended_at") or op.set.get("at") or now
        if op.set.get("closing_text"):
            new["closing_text"] = str(op.set["closing_text"])[:20_000]
    return change(body, **new)


RULES: Mapping[tuple[str, str], Rule] = {
    ("post", "create"): _create,
    ("post", "make_ready"): _make_ready,
    ("post", "release"): _release,
    ("post", "start_clock"): _start_clock,
    ("post", "settle"): _settle,
    ("post", "waive"): _waive,
    ("post", "extend"): _extend,
    ("post", "close"): _close,
    ("post", "hold"): _hold,
    ("post", "take_over"): _take_over,
    ("post", "drop"): _drop,
    ("placement", "create"): _placement_create,
    ("placement", "copied"): _move_placement(PlacementState.COPIED),
    ("placement", "placed"): _move_placement(PlacementState.PLACED),
    ("placement", "not_placed"): _move_placement(PlacementState.NOT_PLACED),
    ("placement", "unknown"): _move_placement(PlacementState.UNKNOWN),
    ("alert", "say_state"): _say_state,
}
