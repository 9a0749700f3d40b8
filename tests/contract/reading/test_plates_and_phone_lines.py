"""Plates and phone lines in running Dutch text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.reading.phone_lines import find_phone_lines
from contract.reading.plates import find_plates, with_hyphens


def plates(text: str) -> list[str]:
    return [found.value for found in find_plates(text)]


def lines(text: str) -> list[str]:
    return [found.value for found in find_phone_lines(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("auto AB-12-CD reed weg", ["AB-12-CD"]),
        ("auto ab-12-cd reed weg", ["AB-12-CD"]),
        ("auto AB 12 CD reed weg", ["AB-12-CD"]),
        ("kenteken ab12cd", ["AB-12-CD"]),
        ("kenteken: E000OA.", ["E-000-OA"]),
        ("kenteken is 1-abc-23", ["1-ABC-23"]),
        ("eerst E-000-OA, dan I-000-OU, weer E-000-OA", ["E-000-OA", "I-000-OU"]),
        ("AB12CD", []),
        ("1234 AB Lagebrug", []),
        ("op 12-11-26 en op 1-nov-26", []),
        ("kenteken xx-yy-99", []),
        ("06-12-34-56-78", []),
        ("AB-12-CDE", []),
        ("om 12 uur", []),
    ],
)
def test_plates_are_found_and_look_alikes_are_not(text: str, expected: list[str]) -> None:
    assert plates(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bel direct 112.", ["112"]),
        ("Spoed 112, geen spoed 0900-8844 of 0900 8844", ["112", "0900-8844", "0900 8844"]),
        ("Bel 0800-0011 of 0800-7000.", ["0800-0011", "0800-7000"]),
        ("Dorpsstraat 112 in Lagebrug", []),
        ("112 km verderop, 1.112 euro", []),
        ("Bel 06-12345678", ["06-12345678"]),
        ("Mijn nummer op het bord was 0612345678901", []),
        ("Bel 101", ["101"]),
        ("Tips via 088-1234567", ["088-1234567"]),
    ],
)
def test_lines_are_given_as_written(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


@given(st.text(max_size=200))
def test_what_is_found_stands_where_it_says(text: str) -> None:
    for found in find_plates(text):
        assert with_hyphens(text[found.start : found.end]) == found.value
    for found in find_phone_lines(text):
        assert text[found.start : found.end] == found.value


@given(st.from_regex(r"\A[A-Za-z0-9 .-]{0,12}\Z"))
def test_a_plate_always_has_six_signs_and_two_hyphens(text: str) -> None:
    plate = with_hyphens(text)
    if plate is not None:
        assert len(plate) == 8
        assert plate.count("-") == 2
