"""Photos made fit to keep: nothing beside the picture stays, hostile files get a sentence."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.failures import Refused
from console.intake.pictures import clean, name_of
from contract import blobs
from tests.helpers.photos import SECRET, jpeg, png, segment, webp


@pytest.mark.parametrize(
    ("made", "media_type"), [(jpeg, blobs.JPEG), (png, blobs.PNG), (webp, blobs.WEBP)]
)
def test_what_stands_beside_the_picture_is_left_out(made: object, media_type: str) -> None:
    plain, laden = made(), made(laden=True)  # type: ignore[operator]
    assert SECRET in laden
    kept = clean(laden)
    assert (kept.data, kept.type) == (plain, media_type)
    assert clean(kept.data).data == kept.data


def test_which_way_up_stays_and_nothing_else_of_exif() -> None:
    for order in ("<", ">"):
        for turn in range(2, 9):
            head = b"II*\x00" if order == "<" else b"MM\x00*"
            tiff = head + struct.pack(f"{order}IHHHIHH", 8, 2, 0x010F, 2, 4, 0x4141, 0x4141)
            tiff += struct.pack(f"{order}HHIHH", 0x0112, 3, 1, turn, 0) + SECRET
            kept = clean(jpeg(extra=segment(0xE1, b"Exif\x00\x00" + tiff))).data
            assert SECRET not in kept
            assert kept == clean(kept).data
            assert struct.pack(">HHIH", 0x0112, 3, 1, turn) in kept


def test_the_small_copy_in_a_jfif_mark_goes_and_the_colour_mark_of_adobe_stays() -> None:
    small = b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x02\x02" + SECRET[:12]
    adobe = b"Adobe\x00\x64\x00\x00\x00\x00\x00"
    kept = clean(jpeg(extra=segment(0xE0, small) + segment(0xEE, adobe + SECRET))).data
    assert SECRET[:12] not in kept
    assert segment(0xE0, small[:12] + b"\x00\x00") in kept
    assert segment(0xEE, adobe) in kept


def test_what_stands_after_the_end_of_the_picture_goes() -> None:
    for made in (jpeg, png, webp):
        assert clean(made() + SECRET).data == made()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "photo-empty"),
        (b"GIF89a" + bytes(40), "photo-type"),
        (b"%PDF-1.7 " + bytes(40), "photo-type"),
        (b"\xff\xd8\xff", "photo-broken"),
        (b"\xff\xd8\xff\xd9", "photo-broken"),
        (b"\xff\xd8\xff" + bytes(blobs.MAX_BYTES), "photo-too-large"),
        (jpeg()[:-2], "photo-broken"),
        (jpeg(sides=(65_000, 65_000)), "photo-pixels"),
        (jpeg(sides=(0, 10)), "photo-broken"),
        (png(sides=(20_000, 20_000)), "photo-pixels"),
        (png()[:-12], "photo-broken"),
        (webp()[:-4], "photo-broken"),
        (webp(moving=True), "photo-moving"),
    ],
)
def test_what_is_no_fit_photo_is_refused_with_a_sentence(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        clean(data)
    problem = refused.value.problem
    assert problem.code == code
    assert "Er is niets toegevoegd." in problem.sentence
    assert problem.next_step


def test_a_png_chunk_that_was_changed_on_the_way_is_refused() -> None:
    data = bytearray(png())
    data[-20] ^= 1
    with pytest.raises(Refused):
        clean(bytes(data))


@given(
    start=st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x20\x00\x00\x00WEBP"]),
    rest=st.binary(max_size=400),
)
def test_any_bytes_are_kept_clean_or_refused_with_a_sentence(start: bytes, rest: bytes) -> None:
    assert _is_kept_or_refused(start + rest)


@given(
    made=st.sampled_from([jpeg(laden=True), png(laden=True), webp(laden=True)]),
    at=st.floats(0, 1, exclude_max=True),
    value=st.integers(0, 255),
    cut=st.floats(0, 1),
)
def test_a_photo_with_one_byte_changed_or_cut_short_never_breaks_the_reader(
    made: bytes, at: float, value: int, cut: float
) -> None:
    data = bytearray(made)
    data[int(at * len(data))] = value
    assert _is_kept_or_refused(bytes(data))
    assert _is_kept_or_refused(made[: int(cut * len(made))])


@given(
    parts=st.lists(st.tuples(st.sampled_from([*range(0xE1, 0xF0), 0xFE]), st.binary(max_size=80)))
)
def test_no_byte_of_any_segment_beside_the_picture_stays(parts: list[tuple[int, bytes]]) -> None:
    extra = b"".join(segment(marker, SECRET + body) for marker, body in parts)
    assert clean(jpeg(extra=extra)).data == jpeg()


@given(
    names=st.lists(
        st.sampled_from([b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME", b"iCCP", b"prVt"])
    ),
    body=st.binary(max_size=60),
)
def test_no_chunk_beside_the_picture_stays(names: list[bytes], body: bytes) -> None:
    chunks = [
        struct.pack(">I", len(body)) + one + body + struct.pack(">I", zlib.crc32(one + body))
        for one in names
    ]
    assert clean(png(extra=b"".join(chunks))).data == png()


@given(given_name=st.text(max_size=200))
def test_a_name_is_short_and_holds_no_folder_and_no_control_character(given_name: str) -> None:
    name = name_of(given_name, blobs.PNG)
    assert name.endswith(".png")
    assert 5 <= len(name) <= 120
    assert not set(name) & set('/\\<>:"|?*\x00\n\u202e')


def test_a_name_gets_the_ending_of_what_it_really_is() -> None:
    assert name_of("C:\\Fotos\\busje.JPEG", blobs.JPEG) == "busje.jpg"
    assert name_of("/tmp/busje.png", blobs.JPEG) == "busje.jpg"
    assert name_of("..", blobs.WEBP) == "foto.webp"


def _is_kept_or_refused(data: bytes) -> bool:
    try:
        kept = clean(data)
    except Refused as refused:
        return refused.problem.sentence.endswith(".")
    return clean(kept.data) == kept
