"""Central runs the guard again on every text that is released (D18, sync.md §6).

The desk is not believed: central composes nothing, but checks what will be copied, group by group.
Warnings depend on the desk's directory and its allowed terms, so only stops count here.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from contract.guard import KINDS, Finding, check
from contract.op import Decision, Record
from contract.region import NETHERLANDS, REGIONS, RegionProfile
from contract.vocabulary import AlertState, Consent, MessageKind, OpStatus, PostType

_ASKS_FEEDBACK = frozenset({PostType.BROADCAST, PostType.FORWARD, PostType.RECORDED})


def check_release(
    decision: Decision,
    placements: Sequence[Record],
    *,
    alert: Record | None,
    region: RegionProfile,
    now: str,
    left: bool,
    people: Callable[[], Collection[str]],
) -> Decision:
    """Refuse a post with an undecided stop; one that already left is marked ``guard_differs``.

    ``people`` gives who may decide: a desk cannot name a second person who does not work here.
    """
    body = decision.body or {}
    stops = _stops(body, placements, alert, region, now, people)
    if not stops:
        return decision
    if left:
        return replace(decision, body={**body, "guard_differs": True})
    if any(one.rule == "consent_missing" for one in stops):
        return Decision(OpStatus.INVALID, fields=("consent",), code="consent-missing")
    return Decision(OpStatus.INVALID, fields=("body",), code="guard")


def region_of(setting: Record | None) -> RegionProfile:
    """Return the region profile of a team; the Dutch one where none is set."""
    value = setting.body.get("value") if setting else None
    code = value.get("profile") if isinstance(value, Mapping) else None
    return REGIONS.get(str(code), NETHERLANDS)


def _stops(
    body: Mapping[str, Any],
    placements: Sequence[Record],
    alert: Record | None,
    region: RegionProfile,
    now: str,
    people: Callable[[], Collection[str]],
) -> list[Finding]:
    kind = str(body.get("kind") or "")
    asks = body.get("type") in _ASKS_FEEDBACK
    ended = asks and alert is not None and alert.body.get("state") == AlertState.ENDED
    texts = dict.fromkeys([body.get("body"), *(one.body.get("text") for one in placements)])
    found: list[Finding] = []
    for text in texts:
        if not text:
            continue
        report = check(
            str(text),
            kind if kind in KINDS else MessageKind.GENERAL,
            training=bool(body.get("training")),
            region=region,
            urgent=None if body.get("urgent") is None else bool(body["urgent"]),
            groups=len(placements),
            alert_state=AlertState.ENDED if ended else None,
            consent=_consent(body),
            today=datetime.fromisoformat(now.replace("Z", "+00:00")).date(),
        )
        decided = body.get("decisions") or ()
        found += [
            one
            for one in report.findings
            if one.outcome == "stop" and not _decided(one, decided, people)
        ]
    return found


def _consent(body: Mapping[str, Any]) -> str:
    consent = str(body.get("consent") or "")
    grounded = str(body.get("consent_ground") or "").strip()
    return "" if consent == Consent.REASON and not grounded else consent


def _decided(
    one: Finding, decisions: Collection[Any], people: Callable[[], Collection[str]]
) -> bool:
    """Say whether two people let this very text pass, where the rule allows that at all."""
    if not one.may_be_justified:
        return False
    mark = hashlib.sha256(one.text.encode()).hexdigest()
    for taken in decisions:
        if not isinstance(taken, Mapping):
            continue
        fits = taken.get("rule") == one.rule and taken.get("text_sha") == mark
        second = str(taken.get("second") or "")
        first = str(taken.get("person") or "")
        looked = not one.needs_second_person or (
            second != first and {first, second} <= set(people())
        )
        if fits and looked and str(taken.get("reason") or "").strip():
            return True
    return False
