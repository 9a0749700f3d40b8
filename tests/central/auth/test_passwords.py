"""What may be a password, and the bounded line in front of the costly work."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.auth.passwords import (
    SHORTEST,
    TOO_COMMON,
    TOO_NEAR,
    TOO_PLAIN,
    TOO_SHORT,
    Hasher,
    fault_of,
)
from central.problems import Refusal
from central.settings import Settings

NAMES = ("sanne.dewit", "Sanne de Wit", "Basisteam Kennemer Kust")
CHEAP = Settings(hash_memory_kib=64, hash_passes=1, hash_lanes=1)


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("paarse fietsen", ""),
        ("xK9#mQ2$vL7p", ""),
        ("sanne fietst naar de zee toe", ""),
        ("elf tekens!", TOO_SHORT),
        ("", TOO_SHORT),
        ("aaaabbbbaaaabbbb", TOO_PLAIN),
        ("wachtwoordwachtwoord", TOO_COMMON),
        ("WACHTWOORD2026!", TOO_COMMON),
        ("correcthorsebatterystaple", TOO_COMMON),
        ("qwertyuiop12", TOO_COMMON),
        ("123456789012", TOO_COMMON),
        ("sannedewit12", TOO_NEAR),
        ("Kennemer2026!", TOO_NEAR),
        ("basisteamkennemerkust", TOO_NEAR),
    ],
)
def test_a_password_is_refused_for_one_reason_that_is_told(password: str, fault: str) -> None:
    assert fault_of(password, NAMES) == fault


@given(st.text(max_size=40))
def test_any_text_is_judged_and_a_short_one_never_taken(text: str) -> None:
    if len(text) < SHORTEST // 3:
        assert fault_of(text, NAMES)
    fault_of(text, (text, *NAMES))


def test_one_password_typed_on_two_keyboards_is_one_password() -> None:
    hasher = Hasher(CHEAP)
    try:
        with asyncio.Runner() as runner:
            stored = runner.run(hasher.hash("caf\u00e9 aan het plein"))
            assert runner.run(hasher.verify(stored, "cafe\u0301 aan het plein"))
            assert not runner.run(hasher.verify(stored, "cafe aan het plein"))
            assert not runner.run(hasher.verify(None, "nobody has this one"))
            assert not runner.run(hasher.verify("no hash at all", "x"))
    finally:
        hasher.close()
    assert hasher.verified == 4


def test_too_many_at_once_are_sent_away_and_a_closed_line_takes_nobody() -> None:
    hasher = Hasher(CHEAP)

    async def crowd() -> list[bool | BaseException]:
        tries = [hasher.verify(None, "x") for _ in range(200)]
        return await asyncio.gather(*tries, return_exceptions=True)

    with asyncio.Runner() as runner:
        answers = runner.run(crowd())
        hasher.close()
        refused = [one for one in answers if isinstance(one, Refusal)]
        assert refused
        assert {one.code for one in refused} == {"overloaded"}
        assert hasher.verified == len(answers) - len(refused) > 0
        with pytest.raises(Refusal):
            runner.run(hasher.hash("x"))
