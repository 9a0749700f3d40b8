"""The list of cases that a team can extend, run as it stands (F26, D18)."""

import datetime as dt
from typing import Literal
from unicodedata import normalize

import pytest

from contract.guard import KINDS, RULES, check
from contract.guard.cases import load_cases, misses
from contract.guard.report import SECOND_PERSON
from contract.region import NETHERLANDS

TODAY = dt.date(2026, 11, 21)


def test_the_guard_finds_exactly_what_every_case_says() -> None:
    wrong = [miss.words() for case in load_cases() if (miss := misses(case, today=TODAY))]
    assert not wrong, "\n".join(wrong)


def test_emoji_in_front_move_every_span_by_their_code_points() -> None:
    ahead = "👮🏽\u200d♀️ 🚨\n"
    for case in load_cases():
        text = f"{case.text}\n{NETHERLANDS.closing_general}"
        plain = check(text, case.kind, today=TODAY)
        moved = check(ahead + text, case.kind, today=TODAY)
        expected = [(f.rule, f.start + len(ahead), f.end + len(ahead)) for f in plain.findings]
        assert [(f.rule, f.start, f.end) for f in moved.findings] == expected, case.text


def test_what_the_eye_does_not_see_hides_nothing() -> None:
    signs = ("\u200b", "\u2060", "\u202e", "\u00ad", "\u034f")
    found_in = [case for case in load_cases() if case.text.isascii() and case.expected]
    assert len(found_in) > 300
    for number, case in enumerate(found_in):
        sign = signs[number % len(signs)]
        hidden = sign.join(case.text)
        report = check(f"{hidden}\n{NETHERLANDS.closing_general}", case.kind, today=TODAY)
        seen = sorted((one.rule, one.text.replace(sign, "")) for one in report.findings)
        assert seen == sorted(case.expected), case.text


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_an_accent_written_as_a_sign_of_its_own_changes_no_finding(
    form: Literal["NFC", "NFD"],
) -> None:
    accented = [case for case in load_cases() if not case.text.isascii()]
    assert len(accented) > 40
    for case in accented:
        text = normalize(form, f"{case.text}\n{NETHERLANDS.closing_general}")
        found = [(one.rule, normalize(form, one.text)) for one in check(text, case.kind).findings]
        wanted = [(rule, normalize(form, part)) for rule, part in case.expected]
        assert sorted(found) == sorted(wanted), case.text


def test_the_list_is_long_and_holds_texts_that_are_fine() -> None:
    cases = load_cases()
    assert len(cases) >= 1000
    assert sum(not case.expected for case in cases) >= 380
    assert {case.kind for case in cases} <= set(KINDS)
    for rule in SECOND_PERSON:
        assert sum(any(rule == name for name, _ in case.expected) for case in cases) >= 10


def test_every_rule_about_a_text_has_a_case() -> None:
    seen = {rule for case in load_cases() for rule, _ in case.expected}
    elsewhere = {"closing_line_missing", "too_long", "no_groups", "action_ended"}
    elsewhere |= {"action_unknown", "consent_missing"}
    assert seen == set(RULES) - elsewhere
