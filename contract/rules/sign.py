"""What may happen to a request for signs, and how a counter of sign-ups grows (F19, F20)."""

from collections.abc import Mapping
from typing import Any

from contract.op import Actor, Decision, Op
from contract.rules.common import Rule, change, refuse
from contract.signs import signup_count_id
from contract.vocabulary import OpStatus, SignState

ADVICE_LONGEST = 4000

_S = SignState

STEPS: Mapping[str, tuple[SignState, ...]] = {
    _S.ASKED: (_S.ADVICE_ASKED, _S.REFUSED),
    _S.ADVICE_ASKED: (_S.REFUSED, _S.ASKED),
    _S.ADVISED: (_S.ORDERED, _S.REFUSED),
    _S.ORDERED: (_S.PLACED, _S.REFUSED, _S.ADVISED),
    _S.PLACED: (_S.REMOVED, _S.ORDERED),
    _S.REMOVED: (_S.PLACED,),
    _S.REFUSED: (_S.ASKED,),
}
"""Where a request may go by itself; the first is the way on, the last a step back.

To advised a request goes by the advice itself, so that there is none without author and date.
"""

_BY_COMMAND = ("state", "state_at", "state_by", "why", "advice", "advice_by", "advice_on")


def request_frozen(wanted: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields of an update that only a command may change."""
    return tuple(name for name in (*_BY_COMMAND, "asked_on") if name in wanted)


def count_frozen(wanted: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields of an update of a counter: it only grows, by its command."""
    return tuple(wanted)


def same_count(op: Op, body: Mapping[str, Any]) -> bool:
    """Say whether another desk began this very counter before; then both go on with it."""
    return op.id == _id_of(op.set) == _id_of(body)


def _create(op: Op, body: Mapping[str, Any], *, now: str, actor: Actor) -> Decision:
    if not body.get("spots"):
        return refuse(OpStatus.INVALID, "spots-missing", "spots")
    clean = {name: value for name, value in body.items() if name not in _BY_COMMAND}
    clean.update(state=_S.ASKED, state_at=op.made_at or now, state_by=actor.person)
    return Decision(OpStatus.APPLIED, clean)


def _advise(op: Op, body: Mapping[str, Any], *, now: str, actor: Actor) -> Decision:
    """Keep the advice with its author and date; a later advice replaces it, the log keeps both."""
    if body.get("state") in (_S.PLACED, _S.REMOVED, _S.REFUSED):
        return refuse(OpStatus.INVALID, "sign-step", "state")
    if str(body.get("advice") or "") not in ("", str(op.set.get("seen") or "")):
        if body.get("advice") != op.set.get("text"):
            return refuse(OpStatus.CONFLICT, "changed-meanwhile", "advice")
    text, by = (str(op.set.get(name) or "").strip() for name in ("text", "by"))
    day = str(op.set.get("on") or "").strip()
    if not text or not by or not day:
        return refuse(OpStatus.INVALID, "advice-incomplete", "advice")
    new: dict[str, Any] = {
        "advice": text[:ADVICE_LONGEST],
        "advice_by": by[:120],
        "advice_on": day[:10],
    }
    if body.get("state") in (_S.ASKED, _S.ADVICE_ASKED):
        new |= {"state": _S.ADVISED, "state_at": op.set.get("at") or now, "state_by": actor.person}
    return change(body, **new)


def _move(op: Op, body: Mapping[str, Any], *, now: str, actor: Actor) -> Decision:
    """Go a step on or back. ``seen`` is the state the person had before them."""
    here, to = str(body.get("state") or _S.ASKED), str(op.set.get("to") or "")
    if here == to:
        return Decision(OpStatus.NOOP)
    seen = op.set.get("seen")
    if seen is not None and seen != here:
        return refuse(OpStatus.CONFLICT, "changed-meanwhile", "state")
    if to not in STEPS.get(here, ()):
        return refuse(OpStatus.INVALID, "sign-step", "state")
    why = str(op.set.get("why") or "").strip()[:400]
    if to == _S.REFUSED and not why:
        return refuse(OpStatus.INVALID, "reason-missing", "why")
    return change(
        body,
        state=to,
        state_at=op.set.get("at") or now,
        state_by=actor.person,
        why=why if to == _S.REFUSED else "",
    )


def _begin_count(op: Op, body: Mapping[str, Any], *, now: str, actor: Actor) -> Decision:
    return Decision(OpStatus.APPLIED, {**body, "count": 0})


def _add(op: Op, body: Mapping[str, Any], *, now: str, actor: Actor) -> Decision:
    return change(body, count=int(body.get("count") or 0) + 1)


def _id_of(body: Mapping[str, Any]) -> str:
    month, what, group, area = (
        str(body.get(name) or "") for name in ("month", "what", "group_id", "area_id")
    )
    return signup_count_id(month, what, group, area)


RULES: Mapping[tuple[str, str], Rule] = {
    ("sign_request", "create"): _create,
    ("sign_request", "advise"): _advise,
    ("sign_request", "move"): _move,
    ("signup_count", "create"): _begin_count,
    ("signup_count", "add"): _add,
}
