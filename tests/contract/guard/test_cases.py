"""The list of cases that a team can extend, run as it stands (F26, D18)."""

import datetime as dt

import pytest

from contract.guard import KINDS, RULES, check
from contract.guard.cases import Case, load_cases
from contract.region import NETHERLANDS

TODAY = dt.date(2026, 11, 21)


@pytest.mark.parametrize("case", load_cases(), ids=lambda case: f"{case.kind}: {case.text[:60]}")
def test_the_guard_finds_exactly_what_the_case_says(case: Case) -> None:
    text = f"{case.text}\n{NETHERLANDS.closing_general}"
    report = check(text, case.kind, today=TODAY)
    if case.kind == "quick_answer":
        report = check(case.text, case.kind, today=TODAY)
    found = [(finding.rule, finding.text) for finding in report.findings]
    assert sorted(found) == sorted(case.expected)


@pytest.mark.parametrize("case", load_cases(), ids=lambda case: f"{case.kind}: {case.text[:60]}")
def test_emoji_in_front_move_every_span_by_their_code_points(case: Case) -> None:
    text = f"{case.text}\n{NETHERLANDS.closing_general}"
    plain = check(text, case.kind, today=TODAY)
    ahead = "👮🏽\u200d♀️ 🚨\n"
    moved = check(ahead + text, case.kind, today=TODAY)
    expected = [(f.rule, f.start + len(ahead), f.end + len(ahead)) for f in plain.findings]
    assert [(f.rule, f.start, f.end) for f in moved.findings] == expected


def test_the_list_is_long_and_holds_texts_that_are_fine() -> None:
    cases = load_cases()
    assert len(cases) >= 400
    assert sum(not case.expected for case in cases) >= 150
    assert {case.kind for case in cases} <= set(KINDS)


def test_every_rule_about_a_text_has_a_case() -> None:
    seen = {rule for case in load_cases() for rule, _ in case.expected}
    elsewhere = {"closing_line_missing", "too_long", "no_groups", "action_ended"}
    elsewhere |= {"action_unknown", "consent_missing"}
    assert seen == set(RULES) - elsewhere
