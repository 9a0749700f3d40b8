"""Lists as PostgreSQL reads them from text: every text comes back as it went in."""

from __future__ import annotations

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.sequence.arrays import joined, numbers, texts

LETTERS = st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00")


def read(connection: psycopg.Connection[tuple[list[str | None]]], said: str, sort: str) -> object:
    row = connection.execute(f"SELECT CAST(%s AS {sort}[])".encode(), (said,)).fetchone()
    assert row is not None
    return row[0]


def test_every_text_comes_back_as_it_went_in(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:

        @given(st.lists(st.one_of(st.none(), st.text(LETTERS), st.sampled_from(["NULL", "", "{"]))))
        def check(values: list[str | None]) -> None:
            assert read(connection, texts(values), "text") == values

        check()


def test_numbers_and_truths_come_back_as_they_went_in(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        assert read(connection, numbers([0, -5, 2**62]), "bigint") == [0, -5, 2**62]
        assert read(connection, numbers([True, False]), "boolean") == [True, False]
        assert read(connection, numbers([]), "bigint") == []


def test_joined_texts_come_apart_as_they_were_but_for_empty_ones(postgres_url: str) -> None:
    letters = st.characters(blacklist_categories=["Cs", "Cc"])
    with psycopg.connect(postgres_url) as connection:

        @given(st.lists(st.text(letters)))
        def check(values: list[str]) -> None:
            said = "SELECT string_to_array(%s, E'\\x1f', E'\\x1e')"
            row = connection.execute(said, (joined(values),)).fetchone()
            assert row is not None
            assert row[0] == [value or None for value in values]

        check()


def test_a_text_with_the_separator_in_it_is_never_joined() -> None:
    with pytest.raises(ValueError, match="separator"):
        joined(["a", "b\x1fc"])
