"""Central runs the guard again on every text that is released (D18, sync.md §6).

The desk is not believed: central composes nothing, but checks what will be copied, group by group.
A stop needs what the rule asks, a warning its reason. Where two people decide, the second one's own
key signed that they looked at this very text (security.md §3). Names of the desk's directory, the length
and an action nobody sees are not asked about here: they depend on the desk or on the moment.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from contract.guard import KINDS, Finding, check
from contract.guard.terms import allowed_terms
from contract.looking import UNPROVEN, holds, looked_at, mark_of, proof_of
from contract.op import Decision, Record
from contract.region import NETHERLANDS, REGIONS, RegionProfile
from contract.vocabulary import AlertState, Consent, MessageKind, OpStatus, PostType

_ASKS_FEEDBACK = frozenset({PostType.BROADCAST, PostType.FORWARD, PostType.RECORDED})

_OF_THE_DESK = frozenset({"too_long", "action_unknown"})
"""Warnings that the desk asks about for the text as a whole, or for that moment."""


@dataclass(frozen=True, slots=True)
class Witnesses:
    """Who may decide about one post, and what their keys say.

    ``people`` gives who does the daily work; ``keys`` the good keys of one of them, in hexadecimal.
    """

    team: str
    post: str
    people: Callable[[], Collection[str]]
    keys: Callable[[str], Sequence[str]]

    def looked(self, decision: Mapping[str, Any], text: str) -> bool:
        """Say whether the second person's own key signed that they looked at this text.

        ``text``: its hash, as ``looked_at`` gives it.
        """
        proof = proof_of(decision)
        if proof.get("text") != text:
            return False
        publics = [bytes.fromhex(one) for one in self.keys(str(decision.get("second") or ""))]
        return any(
            holds(decision, one, team=self.team, post=self.post)
            for one in publics
            if mark_of(one) == proof.get("key")
        )


@dataclass(frozen=True, slots=True)
class _Open:
    """Findings nobody answered, and those where only the look of the second is not shown."""

    findings: list[Finding] = field(default_factory=list)
    unproven: list[Finding] = field(default_factory=list)


def check_release(
    decision: Decision,
    placements: Sequence[Record],
    *,
    alert: Record | None,
    region: RegionProfile,
    now: str,
    left: bool,
    witnesses: Witnesses,
    terms: Collection[str] = (),
) -> Decision:
    """Refuse a post with a finding nobody answered; a stop that left is marked ``guard_differs``.

    A desk cannot name a second person who does not work here, nor one who did not look: without
    proof it is ``denied`` with ``second-unproven``. Of a text that left that code goes along with what
    is taken in. ``terms`` are the team's words that are no name.
    """
    body = decision.body or {}
    still = _undecided(body, placements, alert, region, now, witnesses, terms)
    found = still.findings
    if left:
        # What stands in a group cannot be refused any more, and a warning is answered at the desk.
        stops = any(one.outcome == "stop" for one in (*found, *still.unproven))
        marked = {**body, "guard_differs": True} if stops else body
        return replace(decision, body=marked, code=UNPROVEN if still.unproven else decision.code)
    if still.unproven and not found:
        return Decision(OpStatus.DENIED, fields=("decisions",), code=UNPROVEN)
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
    witnesses: Witnesses,
    terms: Collection[str],
) -> _Open:
    kind = str(body.get("kind") or "")
    asks = body.get("type") in _ASKS_FEEDBACK
    ended = asks and alert is not None and alert.body.get("state") == AlertState.ENDED
    texts = dict.fromkeys([body.get("body"), *(one.body.get("text") for one in placements)])
    still = _Open()
    decided = [one for one in body.get("decisions") or () if isinstance(one, Mapping)]
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
        for one in report.findings:
            if one.rule in _OF_THE_DESK:
                continue
            taken = _decided(one, decided, witnesses.people)
            if not taken:
                still.findings.append(one)
            elif one.needs_second_person:
                mark = looked_at(str(text), region)
                if not any(witnesses.looked(by, mark) for by in taken):
                    still.unproven.append(one)
    return still


def _consent(body: Mapping[str, Any]) -> str:
    consent = str(body.get("consent") or "")
    grounded = str(body.get("consent_ground") or "").strip()
    return "" if consent == Consent.REASON and not grounded else consent


def _decided(
    one: Finding, decisions: Sequence[Mapping[str, Any]], people: Callable[[], Collection[str]]
) -> list[Mapping[str, Any]]:
    """Return what lets this very finding pass by what was said, where the rule allows that at all."""
    if not one.may_be_justified:
        return []
    mark = hashlib.sha256(one.text.encode()).hexdigest()
    return [
        taken
        for taken in decisions
        if taken.get("rule") == one.rule
        and taken.get("text_sha") == mark
        and str(taken.get("reason") or "").strip()
        and (not one.needs_second_person or _two_of(taken, people()))
    ]


def _two_of(taken: Mapping[str, Any], people: Collection[str]) -> bool:
    first, second = str(taken.get("person") or ""), str(taken.get("second") or "")
    return second != first and {first, second} <= set(people)
