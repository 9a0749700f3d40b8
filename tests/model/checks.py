"""What central's commits must never do to a record, said apart from the rules that decide them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from contract.op import OpResult
from contract.vocabulary import ACCEPTED
from tests.model.line import Request
from tests.model.oracles import holds

if TYPE_CHECKING:
    from tests.model.server import Truth

Key = tuple[str, str]
Audit = list[tuple[Any, ...]]

TEXT_OF_A_POST = ("body", "type", "kind", "urgent", "training", "template_id", "consent")
AFTER = {
    "pending": {"copied", "placed", "not_placed"},
    "copied": {"copied", "placed", "not_placed", "unknown"},
    "unknown": {"placed", "not_placed"},
    "not_placed": {"copied", "placed"},
    "placed": set[str](),
}


def records(before: Mapping[Key, Truth], changed: Mapping[Key, Truth]) -> None:
    """Hold every changed record against what stood before this commit."""
    for key, new in changed.items():
        old = before.get(key)
        if old is None:
            continue
        holds("I10", not old.deleted or new.deleted, f"{key} came back from its grave")
        if new.deleted:
            continue
        for name in ("toekomst",):
            had = old.body.get(name)
            holds("I15", had is None or new.body.get(name) is not None, f"{key} lost {name}")
        if key[0] == "post" and old.body.get("status") in ("released", "closed"):
            for name in TEXT_OF_A_POST:
                same = old.body.get(name) == new.body.get(name)
                holds("released post", same, f"{key} {name} changed after its release")
        if key[0] == "handover" and old.body.get("status") == "accepted":
            holds("handover", old.body == new.body, f"{key} changed after it was accepted")
        if key[0] == "log_entry":
            holds("append only", old.body == new.body, f"{key} was changed")


def acts(
    before: Mapping[Key, Truth],
    changed: Mapping[Key, Truth],
    audit: Audit,
    request: Request,
    results: tuple[OpResult, ...],
    now: str,
) -> None:
    """Hold every op that alone changed a record against what its author had seen (I4)."""
    ops = {op.op_id: op for op in request.ops}
    status = {result.op_id: result.status for result in results}
    touched = Counter((kind, record_id) for _, _, _, kind, record_id in audit)
    for _, op_id, act, kind, record_id in audit:
        key = (kind, record_id)
        op, old = ops.get(op_id), before.get(key)
        if op is None or old is None or touched[key] != 1 or (op.kind, op.id) != key:
            continue
        if status.get(op_id) not in ACCEPTED:
            continue
        if op.verb == "update":
            for name, value in op.set.items():
                present = old.body.get(name) or None
                known = present in (op.was.get(name) or None, value or None)
                holds("I4", known, f"{key} {name}: {present!r} overwritten unseen by {op_id}")
            if kind == "step":
                holds("I4", op.base_ver == old.ver, f"{key} is strict")
        if op.verb == "delete":
            holds("I4", op.base_ver in (None, old.ver), f"{key} deleted over an edit")
        if (kind, act) == ("report", "claim"):
            lease = str(old.body.get("lease_until") or "") > now
            other = old.body.get("holder") not in (None, "", request.person)
            holds("claim", not (lease and other), f"{key} was held by {old.body.get('holder')}")
        if kind == "placement" and act in AFTER:
            state = old.body.get("state") or "pending"
            holds("I12", act in AFTER[state], f"{key} went from {state} to {act}")
            seen = op.set.get("seen")
            holds("I4", seen in (None, state), f"{key} was answered unseen by {op_id}")


def placements(changed: Mapping[Key, Truth], said: Mapping[str, set[str]]) -> None:
    """I12: no state stands that nobody said."""
    for (kind, record_id), new in changed.items():
        if kind == "placement" and not new.deleted:
            state = new.body.get("state")
            spoken = {"pending"} | said.get(record_id, set())
            holds("I12", state in spoken, f"{record_id} is {state}, which nobody said")


def handovers(now_there: Mapping[Key, Truth], audit: Audit, request: Request) -> None:
    """An accepted handover leaves the giver with nothing open, and the taker is who accepted."""
    for _, _, act, kind, record_id in audit:
        if (kind, act) != ("handover", "accept"):
            continue
        body = now_there[kind, record_id].body
        holds("handover", body.get("accepted_by") == request.person, f"{record_id} by another")
        giver = body.get("from_person")
        left = [
            key
            for key, one in now_there.items()
            if key[0] in ("report", "post")
            and not one.deleted
            and one.body.get("holder") == giver
            and one.body.get("status") != "closed"
        ]
        later = any(n_act in ("claim", "create") for _, _, n_act, *_ in audit)
        holds("handover", giver == request.person or later or not left, f"{giver} still has {left}")
