"""Bounded opening of outside files and the encoding of what is in them."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.intake.files import Unreadable, decode, read_bounded, read_text

TEXT = "Café de Brug; één fiets weg — 12 €\r\nnog een regel"


@pytest.mark.parametrize(
    ("codec", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("cp1252", "windows-1252"),
    ],
)
def test_each_known_encoding_is_found(codec: str, named: str) -> None:
    decoded = decode(TEXT.encode(codec))
    assert (decoded.text, decoded.encoding, decoded.damaged) == (TEXT, named, 0)


def test_big_endian_text_with_its_mark_is_read() -> None:
    assert decode(b"\xfe\xff" + TEXT.encode("utf-16-be")).text == TEXT


def test_plain_text_is_utf_8() -> None:
    assert decode(b"hallo").encoding == "utf-8"


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_file_cut_inside_a_character_keeps_everything_before(cut: int) -> None:
    text = "een café é é é " * 4 + "🤓"
    decoded = decode(text.encode()[: -4 + cut])
    assert decoded.encoding == "utf-8"
    assert decoded.text == text[:-1] + "\N{REPLACEMENT CHARACTER}"
    assert decoded.damaged == 1


def test_a_broken_byte_in_utf_8_does_not_spoil_the_rest() -> None:
    decoded = decode("één twee drie café ".encode() * 5 + b"\xff einde")
    assert decoded.encoding == "utf-8"
    assert decoded.text.count("é") == 15


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_nothing_but_blanks_is_empty(data: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        decode(data)
    assert caught.value.code == "empty"


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0",
        b"\0" * 1_000,
        TEXT.encode("utf-16-le"),
        bytes(range(1, 32)) * 9 + b"\xff\xd8",
    ],
)
def test_binary_content_is_no_text(data: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        decode(data)
    assert caught.value.code == "wrong_encoding"


def test_a_file_is_read_and_bounded(tmp_path: Path) -> None:
    place = tmp_path / "brief.txt"
    place.write_bytes(TEXT.encode())
    assert read_text(place).text == TEXT
    assert read_bounded(place, max_bytes=1_000) == TEXT.encode()
    with pytest.raises(Unreadable) as caught:
        read_bounded(place, max_bytes=3)
    assert caught.value.code == "too_large"


def test_an_absurd_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    place = tmp_path / "groot.txt"
    with place.open("wb") as handle:
        handle.truncate(10**12)
    with pytest.raises(Unreadable) as caught:
        read_bounded(place)
    assert caught.value.code == "too_large"
    assert "200 MB" in caught.value.message_nl


def test_what_is_no_ordinary_file_is_not_found(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pijp")
    names: list[str | Path] = [
        tmp_path,
        tmp_path / "weg.txt",
        tmp_path / "pijp",
        "a\0b",
        "a" * 5_000,
        os.devnull,
    ]
    for name in names:
        with pytest.raises(Unreadable) as caught:
            read_bounded(name)
        assert caught.value.code == "not_found", name


def test_an_empty_file_is_empty(tmp_path: Path) -> None:
    place = tmp_path / "leeg.txt"
    place.touch()
    with pytest.raises(Unreadable) as caught:
        read_bounded(place)
    assert caught.value.code == "empty"


@given(st.binary(max_size=400))
def test_any_bytes_become_text_or_unreadable(data: bytes) -> None:
    with suppress(Unreadable):
        assert decode(data).text.encode("utf-8")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_utf_8_and_utf_16_come_back_as_they_went(text: str) -> None:
    assert decode(b"\xef\xbb\xbf" + text.encode()).text == text
    assert decode(text.encode("utf-16")).text == text
