"""What may happen to a handover: it is accepted once, by name, and then sealed (F43)."""

from collections.abc import Mapping
from typing import Any

from contract.op import Actor, Decision, Op
from contract.rules.common import Rule, change, refuse
from contract.vocabulary import HandoverStatus, OpStatus

_BY_COMMAND = ("status", "accepted_at", "accepted_by", "seal", "kept")


def frozen_fields(body: Mapping[str, Any], wanted: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields of an update that acceptance sealed or only a command may change."""
    if body.get("status") == HandoverStatus.ACCEPTED:
        return tuple(wanted)
    return tuple(name for name in _BY_COMMAND if name in wanted)


def _create(op: Op, body: Mapping[str, Any], *, now: str, actor: Actor) -> Decision:
    clean = {name: value for name, value in body.items() if name not in _BY_COMMAND}
    return Decision(OpStatus.APPLIED, {**clean, "status": HandoverStatus.OPEN})


def _accept(op: Op, body: Mapping[str, Any], *, now: str, actor: Actor) -> Decision:
    """Accept by name; who did not talk to the giver says why (day.md, 14:56)."""
    if body.get("status") == HandoverStatus.ACCEPTED:
        if body.get("accepted_by") == actor.person:
            return Decision(OpStatus.NOOP)
        return refuse(OpStatus.CONFLICT, "accepted-by-other", "accepted_by")
    talked = bool(op.set.get("talked"))
    note = str(op.set.get("no_talk_note") or "").strip()
    if not talked and not note:
        return refuse(OpStatus.INVALID, "note-missing", "no_talk_note")
    return change(
        body,
        status=HandoverStatus.ACCEPTED,
        accepted_by=actor.person,
        to_person=actor.person,
        accepted_at=op.set.get("at") or now,
        talked=talked,
        no_talk_note=note[:400],
        seal=str(op.set.get("seal") or "")[:64],
    )


RULES: Mapping[tuple[str, str], Rule] = {
    ("handover", "create"): _create,
    ("handover", "accept"): _accept,
}
