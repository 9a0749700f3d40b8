"""What only the desk reads of a list, and the short way to a number (F16, F64)."""

from __future__ import annotations

import re

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.intake import register_cells as cells
from console.intake.register_columns import Field, More, guess_mapping, guess_more, header_mark


@given(st.from_regex(r"0[1-9]([ -]?[0-9]){8}", fullmatch=True).filter(str.isascii))
def test_the_short_way_to_a_dutch_number_gives_what_the_library_gives(typed: str) -> None:
    parsed = phonenumbers.parse(typed, "NL")
    whole = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    assert cells.read_phone(typed) == cells.Cell(whole)
    digits = re.sub("[^0-9]", "", typed)[1:]
    assert cells.read_phone(digits) == cells.Cell(whole, whole)
    assert phonenumbers.is_possible_number(parsed)


@pytest.mark.parametrize(
    ("cell", "day", "guess"),
    [
        ("01-02-2026", "2026-02-01", False),
        ("1/2/2026", "2026-02-01", False),
        ("2026-02-01T00:00:00", "2026-02-01", False),
        ("1-2-26", "2026-02-01", True),
        ("02-2026", "2026-02-01", True),
        ("31-02-2026", None, True),
        ("vorige week", None, True),
        ("-", None, False),
    ],
)
def test_days_are_read_in_dutch_and_iso_notation(cell: str, day: str | None, guess: bool) -> None:
    found = cells.read_date(cell)
    assert (found.value, found.guess is not None) == (day, guess)


def test_the_desk_knows_more_columns_than_the_reader_shows() -> None:
    headers = (
        "Groepsnummer",
        "Naam groep",
        "Wijk",
        "Laatst gecontroleerd",
        "Opmerkingen",
        "Wijk 2",
    )
    assert guess_more(headers) == (
        More.OWN_ID, Field.NAME, More.AREA_NAME, More.CONFIRMED, More.NOTE, None,
    )  # fmt: skip
    assert guess_mapping(headers)[2:] == (None, None, None, None)
    assert header_mark(headers) == header_mark([one.upper() for one in reversed(headers)])
    assert header_mark(headers) != header_mark(headers[1:])
