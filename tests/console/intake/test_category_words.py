"""What kind of report a message seems to be is proposed from its words (F59)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.intake.category_words import proposed_category
from contract.vocabulary import Category


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Witte bus rijdt langs de huizen", "vehicle"),
        ("Zes jongeren bij de kantine", "persons"),
        ("Man zonder pas aan de deur", "person"),
        ("Hek van de bouwplaats staat open", "surroundings"),
        ("Twee mannen in een auto", "persons"),
        ("Een auto met twee mannen", "vehicle"),
        ("Business als gewoon", "surroundings"),
        ("", "surroundings"),
    ],
)
def test_the_first_word_that_says_a_kind_decides(text: str, kind: str) -> None:
    assert proposed_category(text) == kind


@given(st.text())
def test_any_text_gets_a_kind(text: str) -> None:
    assert proposed_category(text) in set(Category)
