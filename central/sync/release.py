"""Central runs the guard again on every text that is released (D18, sync.md §6).

The desk is not believed: central composes nothing, but checks what will be copied, group by group.
A stop needs what the rule asks, a warning its reason. Names of the desk's directory, the length and
an action nobody sees are not asked about here: they depend on the desk or on the moment.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from contract.guard import KINDS, Finding, check
from contract.guard.terms import allowed_terms
from contract.op import Decision, Record
from contract.region import NETHERLANDS, REGIONS, RegionProfile
from contract.vocabulary import AlertState, Consent, MessageKind, OpStatus, PostType

_ASKS_FEEDBACK = frozenset({PostType.BROADCAST, PostType.FORWARD, PostType.RECORDED})

_OF_THE_DESK = frozenset({"too_long", "action_unknown"})
"""Warnings that the desk asks about for the text as a whole, or for that moment."""


def check_release(
    decision: Decision,
    placements: Sequence[Record],
    *,
    alert: Record | None,
    region: RegionProfile,
    now: str,
    left: bool,
    people: Callable[[], Collection[str]],
    terms: Collection[str] = (),
) -> Decision:
    """Refuse a post with a finding nobody answered; a stop that left is marked ``guard_differs``.

    ``people`` gives who may decide: a desk cannot name a second person who does not work here.
    ``terms`` are the team's words that are no name.
    """
    body = decision.body or {}
    found = _undecided(body, placements, alert, region, now, people, terms)
    if left:
        # What stands in a group cannot be refused any more, and a warning is answered at the desk.
        stops = any(one.outcome == "stop" for one in found)
        return replace(decision, body={**body, "guard_differs": True}) if stops else decision
    if not found:
        return decision
    if any(one.rule == "consent_missing" for one in found):
        return Decision(OpStatus.INVALID, fields=("consent",), code="consent-missing")
    return Decision(OpStatus.INVALID, fields=("body",), code="guard")


def region_of(setting: Record | None) -> RegionProfile:
    """Return the region profile of a team; the Dutch one where none is set."""
    value = setting.body.get("value") if setting else None
    code = value.get("profile") if isinstance(value, Mapping) else None
    return REGIONS.get(str(code), NETHERLANDS)


def terms_of(setting: Record | None) -> tuple[str, ...]:
    """Return the words that are no name, as the account holder of the team allowed them."""
    value = setting.body.get("value") if setting else None
    return allowed_terms(value) if isinstance(value, Mapping) else ()


def _undecided(
    body: Mapping[str, Any],
    placements: Sequence[Record],
    alert: Record | None,
    region: RegionProfile,
    now: str,
    people: Callable[[], Collection[str]],
    terms: Collection[str],
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
            allowed_terms=terms,
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
            if one.rule not in _OF_THE_DESK and not _decided(one, decided, people)
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
