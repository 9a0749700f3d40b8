"""Names of accounts that are proposed, and keys in groups of four."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.access import OneTimeCode, SecondFactorKey, in_fours, proposed_account
from contract.access import ACCOUNT_SHAPE


@pytest.mark.parametrize(
    ("name", "account"),
    [
        ("Joris Voorbeeld", "joris.voorbeeld"),
        ("Joris van den Voorbeeld", "joris.voorbeeld"),
        ("Zoë d'Exemple-Muster", "zoe.d.exemple.muster"),
        ("Bo", "bo.desk"),
        ("  Aïsha  ", "aisha"),
        ("王", ""),
        ("", ""),
    ],
)
def test_an_account_is_proposed_from_the_name_of_a_person(name: str, account: str) -> None:
    assert proposed_account(name) == account


def test_a_name_that_is_taken_gets_a_number() -> None:
    taken = {"joris.voorbeeld", "joris.voorbeeld2"}
    assert proposed_account("Joris Voorbeeld", taken) == "joris.voorbeeld3"


@given(st.text(max_size=200), st.sets(st.text(max_size=5), max_size=3))
def test_whatever_is_proposed_central_takes(name: str, taken: set[str]) -> None:
    found = proposed_account(name, taken)
    assert found == "" or re.fullmatch(ACCOUNT_SHAPE, found)
    assert found == "" or found not in taken


@given(st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", max_size=64))
def test_groups_of_four_keep_every_letter(secret: str) -> None:
    shown = in_fours(secret)
    assert shown.replace(" ", "") == secret
    assert all(len(group) == 4 for group in shown.split(" ")[:-1])


def test_codes_and_keys_do_not_stand_in_a_log() -> None:
    assert "geheim" not in repr(OneTimeCode("geheim", "2026-03-14T13:00:00.000Z"))
    assert "geheim" not in repr(SecondFactorKey("geheim", "otpauth://geheim"))
