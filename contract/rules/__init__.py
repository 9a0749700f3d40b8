"""Which change may follow which state: one pure function for central, the desk and the tests.

``apply`` is used by central to decide an op, by the desk to lay pending ops over confirmed records
and by the property tests as oracle (house.md §0.3). It never reads a clock: ``now`` is passed in.
Rules by kind stand in the modules of this package, one noun each.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from contract.alerts import alert_id
from contract.kinds import KINDS
from contract.op import Actor, Decision, Op, Record
from contract.rules import handover, photo, post, report, sign
from contract.rules.common import Rule, refuse
from contract.rules.fields import check_fields, merge
from contract.vocabulary import OpStatus

COMMANDS: Mapping[tuple[str, str], Rule] = {
    **report.RULES,
    **post.RULES,
    **handover.RULES,
    **sign.RULES,
    **photo.RULES,
}

__all__ = ["COMMANDS", "apply", "commit"]


def apply(op: Op, record: Record | None, *, now: str, actor: Actor) -> Decision:
    """Decide one op against the record as it stands (None: there is none).

    ``now`` is a UTC stamp. The answer holds the whole new body where something changes; nothing is
    written here. Unknown kinds and verbs are ``invalid``.
    """
    kind = KINDS.get(op.kind)
    if kind is None:
        return refuse(OpStatus.INVALID, "unknown-kind")
    if op.verb == "create":
        return _create(op, record, now=now, actor=actor)
    if record is None or record.deleted:
        if op.verb == "delete" and record is not None:
            return Decision(OpStatus.NOOP)
        return refuse(OpStatus.GONE, "gone")
    if kind.append_only:
        return refuse(OpStatus.INVALID, "append-only")
    if op.verb == "delete":
        if op.base_ver is not None and op.base_ver != record.ver:
            return refuse(OpStatus.CONFLICT, "changed-meanwhile")
        return Decision(OpStatus.APPLIED, {}, deleted=True)
    if op.verb == "update":
        return _update(op, record, now=now, actor=actor)
    if op.verb == "command":
        rule = COMMANDS.get((op.kind, op.command))
        if rule is None:
            return refuse(OpStatus.INVALID, "unknown-command")
        return rule(op, record.body, now=now, actor=actor)
    return refuse(OpStatus.INVALID, "unknown-verb")


def commit(
    op: Op, record: Record | None, decision: Decision, *, at: str = "", by: str = ""
) -> Record | None:
    """Return the record as it stands after an accepted decision; the old one otherwise.

    ``at`` and ``by``: when and by whom, where central decides.
    """
    if decision.body is None:
        return record
    return Record(
        op.kind,
        op.id,
        (record.ver if record else 0) + 1,
        dict(decision.body),
        decision.deleted,
        record.seq if record else 0,
        at,
        by,
    )


def _create(op: Op, record: Record | None, *, now: str, actor: Actor) -> Decision:
    if record is not None:
        if _same_alert(op, record) or _same_count(op, record):
            return Decision(OpStatus.NOOP)
        return refuse(OpStatus.CONFLICT, "exists")
    wrong = check_fields(op.kind, op.set, create=True)
    if wrong:
        return Decision(OpStatus.INVALID, fields=wrong, code="fields")
    body = dict(op.set)
    rule = COMMANDS.get((op.kind, "create"))
    return rule(op, body, now=now, actor=actor) if rule else Decision(OpStatus.APPLIED, body)


def _same_alert(op: Op, record: Record) -> bool:
    """Say whether another desk kept this very action before: its id follows from its text."""
    return (
        op.kind == "alert"
        and not record.deleted
        and op.id == alert_id(str(op.set.get("text") or ""))
        and op.id == alert_id(str(record.body.get("text") or ""))
    )


def _same_count(op: Op, record: Record) -> bool:
    """Say whether another desk began this very counter before."""
    return op.kind == "signup_count" and not record.deleted and sign.same_count(op, record.body)


def _update(op: Op, record: Record, *, now: str, actor: Actor) -> Decision:
    kind = KINDS[op.kind]
    if kind.strict and op.base_ver != record.ver:
        return refuse(OpStatus.CONFLICT, "changed-meanwhile")
    wrong = check_fields(op.kind, op.set, create=False)
    if wrong:
        return Decision(OpStatus.INVALID, fields=wrong, code="fields")
    frozen = _frozen(op.kind, record.body, op.set)
    if frozen:
        return Decision(OpStatus.INVALID, fields=frozen, code="frozen")
    decision = merge(record.body, op.set, op.was)
    if op.kind == "post" and decision.body is not None:
        answered = post.signed(record.body, decision.body, op, now=now, actor=actor)
        return replace(decision, body=answered)
    return decision


def _frozen(kind: str, body: Mapping[str, Any], wanted: Mapping[str, Any]) -> tuple[str, ...]:
    if kind == "report":
        return report.only_by_command(wanted)
    if kind == "post":
        return post.frozen_fields(body, wanted)
    if kind == "placement":
        return post.placement_frozen(wanted)
    if kind == "handover":
        return handover.frozen_fields(body, wanted)
    if kind == "photo":
        return photo.frozen_fields(wanted)
    if kind == "sign_request":
        return sign.request_frozen(wanted)
    if kind == "signup_count":
        return sign.count_frozen(wanted)
    if kind == "alert":
        return tuple(name for name in ("original", "original_sha256") if name in wanted)
    return ()
