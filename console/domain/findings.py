"""The guard's findings as the screen shows them: with words, remedies and where they came from.

Source: screens.md §4 (Finding) and §7; F25, F26. Pure.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from console.domain.compose import Composed
from console.domain.post import Finding, PreviewSpan
from contract.guard import Finding as GuardFinding
from contract.guard import Report
from contract.guard.remedies import apply_remedy
from contract.guard.words import words_for
from contract.looking import proof_of
from contract.region import RegionProfile

_WHOLE_TEXT = frozenset({"too_long", "action_unknown"})
"""Rules that are about the text as a whole; one reason answers them in every group's text."""


def text_sha(rule: str, text: str) -> str:
    """Return the mark of a found text in a decision: never the words themselves (F26)."""
    return hashlib.sha256(b"" if rule in _WHOLE_TEXT else text.encode()).hexdigest()


def decision_for(
    rule: str, text: str, decisions: Iterable[Mapping[str, Any]]
) -> Mapping[str, Any] | None:
    """Return the decision a person took on this very text under this rule, or None."""
    mark = text_sha(rule, text)
    for one in decisions:
        if one.get("rule") == rule and one.get("text_sha") == mark:
            return one
    return None


def to_findings(
    report: Report,
    composed: Composed | None,
    *,
    decisions: Sequence[Mapping[str, Any]],
    unseen_reason: str = "",
    today: date,
    training: bool,
    since: str = "",
    looked: str | None = None,
) -> tuple[Finding, ...]:
    """Give each finding its Dutch words, its field and whether a person answered it.

    Order: stops first, then by place in the text, as F4 walks through them. ``since`` is the local
    time behind "status onbekend sinds". ``looked``: the hash of this text, which a second person must
    have looked at; None where the text is frozen and was released with its decisions.
    """
    made = []
    for one in report.findings:
        words = words_for(one, today=today, training=training, since=since)
        name, start, end = composed.locate(one.start, one.end) if composed else ("", 0, 0)
        made.append(
            Finding(
                one.rule,
                one.outcome,
                one.start,
                one.end,
                one.text,
                words.title,
                words.explanation,
                tuple(remedy.label for remedy in words.remedies),
                _field_of_rule(one.rule) or name,
                start,
                end,
                _answered(one, decisions, unseen_reason, looked),
                one.needs_second_person,
            )
        )
    return tuple(sorted(made, key=lambda one: (one.outcome != "stop", one.start, one.end)))


def open_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return what still keeps a text from being copied."""
    return tuple(one for one in findings if not one.answered)


def to_spans(findings: Iterable[Finding], closing: tuple[int, int]) -> tuple[PreviewSpan, ...]:
    """Return the coloured stretches of a preview, answered findings left out."""
    spans = [
        PreviewSpan(one.start, one.end, one.outcome, one.rule)
        for one in findings
        if not one.answered and one.end > one.start
    ]
    if closing[1] > closing[0]:
        spans.append(PreviewSpan(*closing, "closing"))
    return tuple(spans)


def remedied(
    value: str, finding: Finding, *, region: RegionProfile, training: bool, today: date
) -> str | None:
    """Return a field's value after the first remedy (Alt+1); None where it changes no text."""
    start, end = finding.field_start, finding.field_end
    if not 0 <= start < end <= len(value):
        return None
    rule, outcome = finding.rule, finding.outcome
    found = GuardFinding(
        rule, "stop" if outcome == "stop" else "warn", start, end, value[start:end]
    )
    return apply_remedy(value, found, region=region, training=training, today=today)


def summary(findings: Iterable[Finding]) -> str:
    """Return what is open in a few words: "1 stop en 2 keer let op"; empty: nothing is."""
    left = open_findings(findings)
    stops = sum(1 for one in left if one.outcome == "stop")
    warns = len(left) - stops
    parts = []
    if stops:
        parts.append("1 stop" if stops == 1 else f"{stops} stops")
    if warns:
        parts.append(f"{warns} keer let op")
    return " en ".join(parts)


def _field_of_rule(rule: str) -> str:
    return {"consent_missing": "consent", "action_unknown": "unseen_reason"}.get(rule, "")


def _answered(
    one: GuardFinding,
    decisions: Sequence[Mapping[str, Any]],
    unseen_reason: str,
    looked: str | None,
) -> bool:
    if one.rule == "action_unknown" and unseen_reason.strip():
        return True
    if not one.may_be_justified:
        return False
    taken = decision_for(one.rule, one.text, decisions)
    if taken is None or not str(taken.get("reason") or "").strip():
        return False
    if not one.needs_second_person:
        return True
    if looked is not None and proof_of(taken).get("text") != looked:
        # They looked at another text than stands here now.
        return False
    second = str(taken.get("second") or "")
    return bool(second and second != taken.get("person"))
