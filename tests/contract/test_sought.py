"""Who is looked for is found in every notation that the guard stops (F26, F52)."""

from __future__ import annotations

import pytest

from contract.guard import cases
from contract.guard.numbers import numbers_in
from contract.sought import Sought

PHONES = [
    (case.text, part)
    for case in cases.load_cases()
    for rule, part in case.expected
    if rule == "phone_number"
]


@pytest.mark.parametrize(
    "text",
    [
        "bel nul zes twaalf vierendertig zesenvijftig achtenzeventig",
        "nul zes, twaalf 34 56 78",
        "06\u200b12\u200b34\u200b56\u200b78",
        "O6 1234 5678",
        "06-12345.678",
        "06 * 12 • 34 ~ 56 / 78",
        "06, 12345678",
        "+31 6 12345678",
        "0031 6 - 12 34 56 78",
    ],
)
def test_a_number_is_found_in_words_and_with_odd_separators(text: str) -> None:
    assert Sought("06-12345678").fields({"text": text}) == {"text": True}
    assert Sought("06-12345679").fields({"text": text}) == {}


def test_every_number_that_the_guard_stops_is_found_by_who_looks_for_it() -> None:
    assert len(PHONES) > 50
    blind = []
    for text, part in PHONES:
        numbers = numbers_in(text)
        typed = [one if one.startswith("0") or len(one) == 9 else f"+{one}" for one in numbers]
        if not numbers or not all(Sought(one).fields({"text": text}) for one in typed):
            blind.append((text, part, numbers))
    assert blind == []


def test_names_of_parts_and_whole_numbers_are_looked_at_too() -> None:
    sought = Sought("06-12345678", "Jansen")
    assert sought.fields({"said": {"Jansen": 1}, "n": 612345678}) == {"said": False, "n": True}
    assert sought.fields({"text": "Jаnsen"}) == {"text": False}
