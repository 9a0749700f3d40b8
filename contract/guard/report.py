"""What the guard says: findings, their rules and their outcomes (security.md §5, F25-F29)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

Outcome = Literal["fine", "warn", "stop"]
"""fine: nothing to do; warn: needs a reason; stop: no way past (but see `SECOND_PERSON`)."""

RULES: Final[Mapping[str, Outcome]] = MappingProxyType(
    {
        "closing_line_missing": "stop",
        "unfilled_field": "stop",
        "iban": "stop",
        "bsn": "stop",
        "phone_number": "warn",
        "licence_plate": "warn",
        "address": "warn",
        "name": "warn",
        "email": "warn",
        "birth_date": "warn",
        "initials_with_age": "warn",
        "sensitive_trait": "warn",
        "origin_only": "stop",
        "appeal_to_act": "stop",
        "too_long": "warn",
        "training_marker": "stop",
        "no_groups": "stop",
        "action_ended": "stop",
        "action_unknown": "warn",
        "consent_missing": "stop",
    }
)
"""Every rule with the outcome of its findings."""

DESK_ONLY: Final = frozenset({"no_groups", "action_ended", "action_unknown", "consent_missing"})
"""Rules about the state of the desk; their span is empty and stands at 0."""

SECOND_PERSON: Final = frozenset({"bsn", "iban", "initials_with_age"})
"""Rules whose finding only a second signed-in person may let through (security.md §5)."""

OVERLAP_ORDER: Final = ("iban", "bsn", "phone_number", "licence_plate", "address", "name")
"""Where spans of these rules overlap, only the first in this order is reported."""

KINDS: Final = (
    "missing_person",
    "confused_person",
    "witness_appeal",
    "warning",
    "lookout",
    "prevention",
    "general",
    "feedback",
    "correction",
    "overview",
    "quick_answer",
)
"""Kinds of text; forward and import use the kind of their template."""

MAX_LENGTH: Final = 900
"""Code points that fit one phone screen; more is `too_long`."""

Span = tuple[int, int]
"""Start and end in code points, end not included."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One place in a text; `text` is exactly `text[start:end]` of what was checked."""

    rule: str
    outcome: Outcome
    start: int
    end: int
    text: str

    @property
    def needs_second_person(self) -> bool:
        """Whether a second signed-in person must agree before this may go out."""
        return self.rule in SECOND_PERSON

    @property
    def may_be_justified(self) -> bool:
        """Whether a reason (and where needed a second person) lets this finding through."""
        return self.outcome == "warn" or self.rule in SECOND_PERSON

    def as_json(self) -> dict[str, str | int]:
        """The finding as `check-text` prints it."""
        return {
            "rule": self.rule,
            "outcome": self.outcome,
            "start": self.start,
            "end": self.end,
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """The answer of the guard on one text; findings stand in order of position."""

    outcome: Outcome
    findings: tuple[Finding, ...]

    def of(self, rule: str) -> tuple[Finding, ...]:
        """The findings of one rule."""
        return tuple(finding for finding in self.findings if finding.rule == rule)

    def as_json(self) -> dict[str, object]:
        """The report as `check-text` prints it."""
        return {
            "outcome": self.outcome,
            "findings": [finding.as_json() for finding in self.findings],
        }


def make_report(text: str, spans: Mapping[str, list[Span]]) -> Report:
    """Turn spans per rule into a report; drops doubles, settles nothing else."""
    order = {rule: number for number, rule in enumerate(RULES)}
    findings = sorted(
        {
            Finding(rule, RULES[rule], start, end, text[start:end])
            for rule, found in spans.items()
            for start, end in found
        },
        key=lambda finding: (finding.start, finding.end, order[finding.rule]),
    )
    outcomes = {finding.outcome for finding in findings}
    outcome: Outcome = "stop" if "stop" in outcomes else "warn" if "warn" in outcomes else "fine"
    return Report(outcome, tuple(findings))


def settle_overlaps(spans: dict[str, list[Span]]) -> dict[str, list[Span]]:
    """Keep of overlapping spans the first of `OVERLAP_ORDER`; other rules stay as they are.

    Sorted sweeps only: the time asked grows with the number of spans.
    """
    settled = dict(spans)
    taken: list[Span] = []
    for rule in OVERLAP_ORDER:
        kept = without_overlap(settled.get(rule, []), taken)
        settled[rule] = kept
        taken = sorted([*taken, *kept])
    return settled


def without_overlap(spans: list[Span], taken: list[Span]) -> list[Span]:
    """The spans that touch none of `taken`, which is sorted and free of overlap itself."""
    kept: list[Span] = []
    at = 0
    for start, end in sorted(spans):
        while at < len(taken) and taken[at][1] <= start:
            at += 1
        if at < len(taken) and taken[at][0] < end:
            continue
        kept.append((start, end))
    return kept


def joined(spans: list[Span]) -> list[Span]:
    """The spans in order, those that overlap as one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
