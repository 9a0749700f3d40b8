"""What central adds to an op that the rules accepted (sync.md §6).

The time of a log line, the author's name; the guard at a release; what a handover moves; the
feedback clock of a post that was placed. The number of a report comes last (``numbers``).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from central.sync.release import Witnesses, check_release, region_of, terms_of
from central.sync.workspace import Workspace
from contract import rights
from contract.guard.terms import CHOICE
from contract.op import Actor, Decision, Op, Record
from contract.rules import apply, commit
from contract.rules.photo import fits_post, with_content
from contract.vocabulary import ACCEPTED, HandoverStatus, OpStatus, PlacementState, Role

_AUTHOR = {
    ("log_entry", "create"): "by",
    ("step_tick", "create"): "by",
    ("check", "create"): "by",
    ("report_link", "create"): "made_by",
    ("photo", "create"): "made_by",
}

_SIGNED = frozenset({kind for kind, _ in _AUTHOR} | {"placement", "post", "handover_line"})
_COMPLETED = frozenset({"person", "photo", "log_entry", "post"})

_LEFT = frozenset({PlacementState.COPIED, PlacementState.PLACED, PlacementState.UNKNOWN})
_LEAVING = frozenset({"copied", "placed"})


@dataclass(frozen=True, slots=True)
class Lookups:
    """Questions to the database that a rule may need; each is one indexed query."""

    children: Callable[[str, str], list[Record]]
    held_by: Callable[[str], list[Record]]
    persons: Callable[[], list[Record]]
    areas: Callable[[], list[Record]]
    results: Callable[[Sequence[str]], Mapping[str, tuple[str, dict[str, Any]]]]
    content: Callable[[str], tuple[int, str] | None] = lambda sha256: None
    looking_keys: Callable[[str], Sequence[str]] = lambda person: ()
    team: str = ""


def with_author(op: Op, actor: Actor) -> Op:
    """Return the op with the session's person as author; what the desk wrote there is ignored."""
    if op.kind not in _SIGNED:
        return op
    name = _AUTHOR.get((op.kind, op.verb))
    if name is not None:
        return replace(op, set={**op.set, name: actor.person})
    if (op.kind, op.verb) == ("placement", "create") and "by" in op.set:
        # Who placed it is said by the command that says so.
        return replace(op, set={key: value for key, value in op.set.items() if key != "by"})
    if (op.kind, op.verb) == ("post", "update") and op.set.get("author"):
        return replace(op, set={**op.set, "author": actor.person})
    if op.kind == "handover_line" and "answer" in op.set:
        return replace(op, set={**op.set, "answered_by": actor.person})
    return op


def completed(
    op: Op,
    decision: Decision,
    space: Workspace,
    lookups: Lookups,
    *,
    left: Callable[[], bool],
    actor: Actor,
    now: str,
) -> Decision:
    """Return the decision with what only central can add, or its refusal.

    ``left`` tells whether a text of the post was already copied.
    """
    if op.kind not in _COMPLETED:
        return decision
    if op.kind == "person" and _leaves_no_keeper(op, decision, space, lookups):
        return Decision(OpStatus.INVALID, fields=("roles",), code="last-account-holder")
    if decision.body is None:
        return decision
    if op.kind == "photo":
        refused = _photo_of_post(op, decision, space)
        if refused is not None:
            return refused
    if (op.kind, op.verb) == ("photo", "create"):
        return with_content(decision.body, lookups.content(str(decision.body["sha256"])))
    if (op.kind, op.verb) == ("log_entry", "create"):
        return replace(decision, body={**decision.body, "at": now})
    if op.kind == "post" and "decisions" in op.set:
        return _who_decided(op, decision, space, actor)
    if (op.kind, op.command) == ("post", "release"):
        return check_release(
            decision,
            _placements(op.id, space, lookups),
            alert=space.get("alert", str(decision.body.get("alert_id") or "")),
            region=region_of(space.get("setting", "region")),
            now=now,
            left=left(),
            witnesses=Witnesses(
                lookups.team,
                op.id,
                people=lambda: _workers(space, lookups),
                keys=lookups.looking_keys,
            ),
            terms=terms_of(space.get("setting", CHOICE)),
        )
    return decision


def carry_on(
    op: Op,
    new: Record,
    space: Workspace,
    lookups: Lookups,
    *,
    actor: Actor,
    may: Callable[[Op], bool],
    now: str,
) -> None:
    """Do in the same commit what follows from an accepted op; ``may``: has the actor that right."""
    if not op.command:
        return
    if (op.kind, op.command) == ("handover", "accept"):
        _move_what_is_held(op, new, space, lookups, actor=actor, may=may, now=now)
    if (op.kind, op.command) == ("placement", "placed"):
        _start_clock(op, new, space, actor=actor, now=now)


def copied_already(post_id: str, space: Workspace, lookups: Lookups, ops: Sequence[Op]) -> bool:
    """Say whether a text of this post was copied or placed, in this batch or before it."""
    placements = {one.id: one for one in _placements(post_id, space, lookups)}
    if any(one.body.get("state") in _LEFT for one in placements.values()):
        return True
    ids = set(placements) | {
        one.id
        for one in ops
        if one.kind == "placement" and one.verb == "create" and one.set.get("post_id") == post_id
    }
    return any(one.kind == "placement" and one.command in _LEAVING and one.id in ids for one in ops)


def _who_decided(op: Op, decision: Decision, space: Workspace, actor: Actor) -> Decision:
    """Put who is signed in under every new decision about a finding: nobody decides for another."""
    before = space.get("post", op.id)
    known = (before.body.get("decisions") or ()) if before is not None else ()
    body = decision.body or {}
    told = [
        one
        if not isinstance(one, Mapping) or one in known or one.get("person") == actor.person
        else {**one, "person": actor.person}
        for one in body.get("decisions") or ()
    ]
    if told == list(body.get("decisions") or ()):
        return decision
    return replace(decision, body={**body, "decisions": told})


def _photo_of_post(op: Op, decision: Decision, space: Workspace) -> Decision | None:
    """Refuse a photo at a post that may have none, and any change once it went out (F27)."""
    before = space.get("photo", op.id) if op.verb == "delete" else None
    body = before.body if before is not None else decision.body or {}
    if body.get("parent_kind") != "post":
        return None
    post = space.get("post", str(body.get("parent_id") or ""))
    refused = fits_post(post.body if post is not None and not post.deleted else None)
    if refused is not None and op.verb == "delete" and refused.code != "released":
        return None
    return refused


def _workers(space: Workspace, lookups: Lookups) -> set[str]:
    """Return who may let a text pass: people of the team who do the daily work."""
    return {
        one.id
        for one in space.here(lookups.persons())
        if one.body.get("active") is not False
        and any(role in rights.WORKERS for role in one.body.get("roles") or ())
    }


def _placements(post_id: str, space: Workspace, lookups: Lookups) -> list[Record]:
    found = {one.id: one for one in space.here(lookups.children("placement", post_id))}
    found.update(
        (one.id, one) for one in space.made("placement") if one.body.get("post_id") == post_id
    )
    return [one for one in found.values() if not one.deleted]


def _leaves_no_keeper(op: Op, decision: Decision, space: Workspace, lookups: Lookups) -> bool:
    if decision.body is None or op.verb == "create":
        return False
    people = {one.id: one for one in space.here(lookups.persons())}
    people.update((one.id, one) for one in space.made("person"))

    def keeps(body: Mapping[str, Any]) -> bool:
        return Role.ACCOUNT_HOLDER in (body.get("roles") or ()) and body.get("active") is not False

    before = people.get(op.id)
    if before is None or not keeps(before.body) or keeps(decision.body):
        return False
    return not any(
        keeps(one.body) for one in people.values() if one.id != op.id and not one.deleted
    )


def _move_what_is_held(
    op: Op,
    handover: Record,
    space: Workspace,
    lookups: Lookups,
    *,
    actor: Actor,
    may: Callable[[Op], bool],
    now: str,
) -> None:
    """Move every report and post that the giver still holds; note what others hold by now.

    What the receiver may not act on, an officer outside their own area, stays with the giver.
    """
    if handover.body.get("status") != HandoverStatus.ACCEPTED:
        return
    giver = str(handover.body.get("from_person") or "")
    left: list[dict[str, str]] = []
    found = {(one.kind, one.id): one for one in space.here(lookups.held_by(giver))}
    for one in (*space.made("report"), *space.made("post")):
        found[one.kind, one.id] = one
    for record in found.values():
        if giver == actor.person or record.body.get("holder") != giver:
            continue
        move = Op(
            op.op_id,
            "command",
            record.kind,
            record.id,
            {"from": giver, "to": actor.person},
            command="take_over",
        )
        if may(move):
            _follow(move, record, space, actor=actor, now=now)
        else:
            left.append({"kind": record.kind, "id": record.id, "holder": giver})
    kept = (_with_others(handover, giver, space, lookups, actor) + left)[:500]
    if kept:
        listed = replace(handover, body={**handover.body, "kept": kept})
        space.put(listed, op_id=op.op_id, act="kept")


def _with_others(
    handover: Record, giver: str, space: Workspace, lookups: Lookups, actor: Actor
) -> list[dict[str, str]]:
    """Return the subjects of the sheet that somebody else holds by now."""
    lines = {one.id: one for one in space.here(lookups.children("handover_line", handover.id))}
    lines.update(
        (one.id, one)
        for one in space.made("handover_line")
        if one.body.get("handover_id") == handover.id
    )
    kept = {}
    for one in lines.values():
        kind, subject = str(one.body.get("subject_kind")), str(one.body.get("subject_id"))
        record = space.get(kind, subject) if kind in ("report", "post") else None
        holder = str(record.body.get("holder") or "") if record else ""
        if holder not in ("", giver, actor.person):
            kept[kind, subject] = {"kind": kind, "id": subject, "holder": holder}
    return list(kept.values())


def _start_clock(op: Op, placement: Record, space: Workspace, *, actor: Actor, now: str) -> None:
    """Start the clock of the post at its first placement (F30)."""
    post = space.get("post", str(placement.body.get("post_id") or ""))
    if post is None or post.deleted:
        return
    start = Op(
        op.op_id,
        "command",
        "post",
        post.id,
        {"placed_at": placement.body.get("state_at") or now},
        command="start_clock",
    )
    _follow(start, post, space, actor=actor, now=now)


def _follow(op: Op, record: Record, space: Workspace, *, actor: Actor, now: str) -> None:
    decision = apply(op, record, now=now, actor=actor)
    if decision.status not in ACCEPTED or decision.body is None:
        return
    new = commit(op, record, decision, at=now, by=actor.person)
    if new is not None:
        space.put(new, op_id=op.op_id, act=op.command)
