"""Which addresses of a central a desk speaks to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.address import NOT_AN_ADDRESS, NOT_SAFE, central_address
from console.domain.failures import Problem, Refused


@pytest.mark.parametrize(
    ("typed", "used"),
    [
        ("https://buurtdesk.voorbeeld.nl", "https://buurtdesk.voorbeeld.nl"),
        (" buurtdesk.voorbeeld.nl/ ", "https://buurtdesk.voorbeeld.nl"),
        ("https://Buurtdesk.voorbeeld.nl:8461/", "https://buurtdesk.voorbeeld.nl:8461"),
        ("http://127.0.0.1:8461", "http://127.0.0.1:8461"),
        ("http://localhost:8461", "http://localhost:8461"),
        ("http://[::1]:8461", "http://[::1]:8461"),
    ],
)
def test_an_address_is_used_as_it_is_meant(typed: str, used: str) -> None:
    assert central_address(typed) == used


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("http://buurtdesk.voorbeeld.nl", NOT_SAFE),
        ("http://127.0.0.1.voorbeeld.nl", NOT_SAFE),
        ("http://10.0.0.5", NOT_SAFE),
        ("", NOT_AN_ADDRESS),
        ("ftp://voorbeeld.nl", NOT_AN_ADDRESS),
        ("https://naam:woord@voorbeeld.nl", NOT_AN_ADDRESS),
        ("https://voorbeeld.nl/pad", NOT_AN_ADDRESS),
        ("https://voorbeeld.nl:99999", NOT_AN_ADDRESS),
        ("https://[::1", NOT_AN_ADDRESS),
        ("https://a b.nl", NOT_AN_ADDRESS),
        ("https://" + "a" * 400, NOT_AN_ADDRESS),
    ],
)
def test_other_addresses_are_refused_in_words(typed: str, problem: Problem) -> None:
    with pytest.raises(Refused) as refused:
        central_address(typed)
    assert refused.value.problem == problem


@given(st.text(max_size=60))
def test_whatever_is_typed_gives_a_safe_address_or_a_sentence(typed: str) -> None:
    try:
        used = central_address(typed)
    except Refused:
        return
    assert used.startswith(("https://", "http://127.", "http://localhost", "http://[::1]"))
    assert central_address(used) == used
