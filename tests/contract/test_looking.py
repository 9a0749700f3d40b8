"""What a second person signs: it holds for what was looked at, and for nothing else (F26)."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.looking import Look, holds, look_of, looked_at, mark_of, prove, public_of
from contract.region import NETHERLANDS
from tests.helpers.looking import decision_of, seed_of

SEED = seed_of("samira")
WORDS = st.text(max_size=40)
LOOKS = st.builds(Look, *([WORDS] * len(fields(Look))))


def told(one: Look) -> dict[str, Any]:
    return decision_of(one, SEED)


@settings(max_examples=60, deadline=None)
@given(LOOKS)
def test_what_was_signed_holds_and_says_the_same_again(one: Look) -> None:
    decision = told(one)
    assert look_of(decision, team=one.team, post=one.post) == one
    assert decision["proof"]["key"] == mark_of(public_of(SEED))
    assert holds(decision, public_of(SEED), team=one.team, post=one.post)


@settings(max_examples=60, deadline=None)
@given(LOOKS, st.sampled_from([one.name for one in fields(Look)]), WORDS)
def test_one_field_that_differs_and_it_holds_no_longer(one: Look, name: str, other: str) -> None:
    changed = replace(one, **{name: other})
    if changed == one:
        return
    decision = decision_of(changed) | {"proof": prove(one, SEED) | {"text": changed.text}}
    assert not holds(decision, public_of(SEED), team=changed.team, post=changed.post)


@settings(max_examples=40, deadline=None)
@given(st.one_of(st.none(), WORDS, st.binary(max_size=70), st.integers(), st.lists(WORDS)), WORDS)
def test_anything_else_in_the_place_of_a_proof_holds_never(junk: Any, signature: str) -> None:
    one = Look(*("abcdefghi"))
    for proof in (junk, {"signature": junk}, {"signature": signature, "text": junk}):
        decision = {**decision_of(one), "proof": proof}
        assert not holds(decision, public_of(SEED), team=one.team, post=one.post)
    assert not holds(told(one), b"no key", team=one.team, post=one.post)
    assert not holds(told(one), public_of(seed_of("bram")), team=one.team, post=one.post)


@pytest.mark.parametrize("closing", NETHERLANDS.closing_lines)
@pytest.mark.parametrize("first", ["*POLITIE Waard – Dorp*", "*OEFENING. POLITIE Waard*", ""])
def test_every_group_gets_the_text_that_was_looked_at_and_no_other_text_passes_for_it(
    closing: str, first: str
) -> None:
    words = "*Gevonden*\n\nNummer 123456782 is gevonden."
    text = "\n".join(filter(None, (first, words))) + f"\n\n{closing}"
    assert looked_at(text, NETHERLANDS) == looked_at(words, NETHERLANDS)
    for other in (text.replace("is", "was"), f"Let op.\n{text}", f"{text}\nLet op."):
        assert looked_at(other, NETHERLANDS) != looked_at(words, NETHERLANDS)
