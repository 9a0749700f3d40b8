"""What may happen to a report: claim with a lease, wait, close, reopen (F04, F05, F07)."""

from collections.abc import Mapping
from typing import Any

from contract.op import Actor, Decision, Op
from contract.rules.common import Rule, change, later, refuse
from contract.vocabulary import CloseReason, Contribution, OpStatus, ReportStatus

LEASE_MINUTES = 10

_COMMAND_FIELDS = tuple(
    "number status holder lease_until waiting_on waiting_since close_reason close_note "
    "contribution contribution_ref closed_at closed_by created_by created_at".split()
)
_SET_BY_COMMAND = frozenset(_COMMAND_FIELDS)


def only_by_command(wanted: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields of an update that only a command may change."""
    return tuple(name for name in _COMMAND_FIELDS if name in wanted)


def held(body: Mapping[str, Any], now: str) -> bool:
    """Say whether somebody holds the report and the lease still runs."""
    return bool(body.get("holder")) and str(body.get("lease_until") or "") > now


def _create(op: Op, body: Mapping[str, Any], *, now: str, actor: Actor) -> Decision:
    clean = {name: value for name, value in body.items() if name not in _SET_BY_COMMAND}
    clean["status"] = ReportStatus.OPEN
    clean["created_by"] = actor.person
    clean["created_at"] = now
    if body.get("holder") == actor.person:
        # The one who types a report holds it from the start (day.md, 15:20).
        clean["status"] = ReportStatus.CLAIMED
        clean["holder"] = actor.person
        clean["lease_until"] = later(now, minutes=LEASE_MINUTES)
    return Decision(OpStatus.APPLIED, clean)


def _claim(op: Op, body: Mapping[str, Any], *, now: str, actor: Actor) -> Decision:
    if body.get("status") == ReportStatus.CLOSED:
        return refuse(OpStatus.INVALID, "closed", "status")
    if held(body, now) and body.get("holder") != actor.person:
        return refuse(OpStatus.CONFLICT, "held", "holder")
    return Decision(
        OpStatus.APPLIED,
        {
            **body,
            "status": ReportStatus.CLAIMED,
            "holder": actor.person,
            "lease_until": later(now, minutes=LEASE_MINUTES),
            "waiting_on": "",
            "waiting_since": "",
        },
    )


def _release(op: Op, body: Mapping[str, Any], *, now: str, actor: Actor) -> Decision:
    if body.get("holder") != actor.person:
        return refuse(OpStatus.CONFLICT, "held", "holder")
    return change(body, status=ReportStatus.OPEN, holder="", lease_until="")


def _break_lease(op: Op, body: Mapping[str, Any], *, now: str, actor: Actor) -> Decision:
    if not str(op.set.get("reason") or "").strip():
        return refuse(OpStatus.INVALID, "reason-missing", "reason")
    if body.get("status") == ReportStatus.CLOSED:
        return refuse(OpStatus.INVALID, "closed", "status")
    seen = op.set.get("holder")
    if seen is not None and seen != body.get("holder"):
        return refuse(OpStatus.CONFLICT, "held", "holder")
    return _claim(op, {**body, "holder": "", "lease_until": ""}, now=now, actor=actor)


def _wait(op: Op, body: Mapping[str, Any], *, now: str, actor: Actor) -> Decision:
    on = str(op.set.get("on") or "").strip()
    if not on:
        return refuse(OpStatus.INVALID, "waiting-on-missing", "waiting_on")
    if body.get("status") == ReportStatus.CLOSED:
        return refuse(OpStatus.INVALID, "closed", "status")
    if held(body, now) and body.get("holder") != actor.person:
        return refuse(OpStatus.CONFLICT, "held", "holder")
    return change(
        body,
        status=ReportStatus.WAITING,
        holder=actor.person,
        lease_until="",
        waiting_on=on[:200],
        waiting_since=now,
    )


def _resume(op: Op, body: Mapping[str, Any], *, now: str, actor: Actor) -> Decision:
    if body.get("status") != ReportStatus.WAITING:
        return Decision(OpStatus.NOOP)
    return _claim(op, {**body, "holder": ""}, now=now, actor=actor)


def _close(op: Op, body: Mapping[str, Any], *, now: str, actor: Actor) -> Decision:
    reason = op.set.get("reason")
    if reason not in set(CloseReason):
        return refuse(OpStatus.INVALID, "reason-missing", "close_reason")
    if op.set.get("contribution") not in set(Contribution):
        return refuse(OpStatus.INVALID, "contribution-missing", "contribution")
    if body.get("status") == ReportStatus.CLOSED:
        return refuse(OpStatus.CONFLICT, "closed", "status")
    if held(body, now) and body.get("holder") != actor.person:
        return refuse(OpStatus.CONFLICT, "held", "holder")
    if body.get("acute"):
        answer = body.get("called_112") or ""
        if answer in ("", "unknown"):
            return refuse(OpStatus.INVALID, "called-112-unanswered", "called_112")
        if answer == "no" and not str(op.set.get("no_call_reason") or "").strip():
            return refuse(OpStatus.INVALID, "no-call-reason-missing", "no_call_reason")
    return Decision(
        OpStatus.APPLIED,
        {
            **body,
            "status": ReportStatus.CLOSED,
            "close_reason": reason,
            "close_note": str(op.set.get("note") or "")[:1000],
            "contribution": op.set["contribution"],
            "contribution_ref": str(op.set.get("ref") or "")[:200],
            "no_call_reason": str(op.set.get("no_call_reason") or body.get("no_call_reason") or ""),
            "closed_at": now,
            "closed_by": actor.person,
            "holder": "",
            "lease_until": "",
        },
    )


def _reopen(op: Op, body: Mapping[str, Any], *, now: str, actor: Actor) -> Decision:
    if not str(op.set.get("reason") or "").strip():
        return refuse(OpStatus.INVALID, "reason-missing", "reason")
    if body.get("status") != ReportStatus.CLOSED:
        return Decision(OpStatus.NOOP)
    return change(
        body,
        status=ReportStatus.OPEN,
        close_reason="",
        close_note="",
        contribution="",
        contribution_ref="",
        closed_at="",
        closed_by="",
    )


def _answer_112(op: Op, body: Mapping[str, Any], *, now: str, actor: Actor) -> Decision:
    answer = op.set.get("answer")
    if answer not in ("yes", "no", "unknown"):
        return refuse(OpStatus.INVALID, "answer-missing", "called_112")
    return change(body, called_112=answer)


def _take_over(op: Op, body: Mapping[str, Any], *, now: str, actor: Actor) -> Decision:
    """Move a claim at handover; what the giver no longer holds stays where it is (F43)."""
    giver, taker = op.set.get("from") or "", op.set.get("to") or actor.person
    if (body.get("holder") or "") != giver or body.get("status") == ReportStatus.CLOSED:
        return Decision(OpStatus.NOOP, code="already-with-other")
    lease = later(now, minutes=LEASE_MINUTES) if body.get("lease_until") else ""
    return change(body, holder=taker, lease_until=lease)


RULES: Mapping[tuple[str, str], Rule] = {
    ("report", "create"): _create,
    ("report", "claim"): _claim,
    ("report", "release"): _release,
    ("report", "break_lease"): _break_lease,
    ("report", "wait"): _wait,
    ("report", "resume"): _resume,
    ("report", "close"): _close,
    ("report", "reopen"): _reopen,
    ("report", "answer_112"): _answer_112,
    ("report", "take_over"): _take_over,
}
