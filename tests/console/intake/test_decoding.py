"""Hostile pictures (threat 19): the desk lives, keeps nothing, and says what to do, each time."""

from __future__ import annotations

import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.failures import Refused
from console.domain.photo import Pixels
from console.intake import decoding, pictures
from contract import blobs
from contract.bare import is_bare
from tests.helpers.photos import SECRET, jpeg, laden_copies, png, real, segment, webp

PIXELS = Pixels(64, 48, bytes(range(256)) * 36)


def png_of(width: int, height: int, rows: bytes, *, kind: int = 0, extra: bytes = b"") -> bytes:
    """Write a PNG whose size is only claimed: what stands in it is what is given."""
    header = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")]
    made = [
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + made[0] + extra + b"".join(made[1:])


def cut(data: bytes, share: float) -> bytes:
    return data[: int(len(data) * share)]


def lying(data: bytes, sides: tuple[int, int]) -> bytes:
    """Claim other sides in the frame of a real JPEG."""
    at = data.index(b"\xff\xc0")
    return data[: at + 5] + struct.pack(">HH", sides[1], sides[0]) + data[at + 9 :]


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


SVG = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(80)
HOSTILE: dict[str, Callable[[], bytes]] = {
    "a bomb of 400 megapixels in 400 kB": lambda: png_of(20_000, 20_000, bytes(4_000_000)),
    "a bomb just under the pixels": lambda: png_of(7_700, 7_700, bytes(1_000), kind=6),
    "sides beyond a signed number": lambda: png_of(2**31 - 1, 1, b""),
    "no width": lambda: png_of(0, 10, b""),
    "one pixel wide, endlessly tall": lambda: png_of(1, 2**31 - 1, b""),
    "a PNG with too few rows": lambda: png_of(900, 900, bytes(30)),
    "a PNG whose pixels are no zlib": lambda: png()[:41] + b"\x00" * 20 + png()[61:],
    "a cut PNG": lambda: cut(real("PNG"), 0.6),
    "a cut JPEG": lambda: cut(real("JPG"), 0.5),
    "a cut WebP": lambda: cut(real("WEBP"), 0.7),
    "a JPEG that lies about its sides": lambda: lying(real("JPG"), (65_000, 65_000)),
    "a JPEG without tables": jpeg,
    "a JPEG of markers only": lambda: b"\xff\xd8" + segment(0xFE, bytes(60_000)) * 20,
    "a PNG that moves": lambda: png(extra=chunk(b"acTL", struct.pack(">II", 99, 0))),
    "a WebP that moves": lambda: webp(moving=True),
    "a GIF named .jpg": lambda: b"GIF89a" + bytes(200),
    "an SVG named .png": lambda: SVG,
    "a TIFF": lambda: b"II*\x00" + bytes(200),
    "a HEIC of a telephone": lambda: HEIC,
    "a PDF": lambda: b"%PDF-1.7\n" + bytes(200),
    "a BMP": lambda: b"BM" + bytes(200),
    "a web page": lambda: b"<!DOCTYPE html><script>1</script>",
    "nothing at all": lambda: b"",
    "eleven megabytes": lambda: b"\xff\xd8\xff" + bytes(blobs.MAX_BYTES),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_in_words_and_the_desk_lives(what: str) -> None:
    with pytest.raises(Refused) as refused:
        decoding.opened(HOSTILE[what]())
    problem = refused.value.problem
    assert "Er is niets toegevoegd." in problem.sentence
    assert problem.next_step


def test_a_picture_that_is_also_another_file_keeps_its_picture_only() -> None:
    for data in (real("JPG") + b"PK\x03\x04" + SECRET, real("PNG") + b"<script>" + SECRET):
        pixels, media_type = decoding.opened(data)
        kept = decoding.fresh(pixels, media_type).data
        assert is_bare(kept)
        assert SECRET not in kept


def test_a_picture_that_takes_too_much_memory_or_time_ends_its_helper_and_nothing_else() -> None:
    heavy = decoding.encode(Pixels(2_000, 2_000, bytes(12_000_000)), blobs.PNG)
    for limits in ({"memory_mb": 6}, {"seconds": 0}):
        with pytest.raises(Refused) as refused:
            decoding.decode(heavy, blobs.PNG, **limits)
        assert refused.value.problem.code == "photo-heavy"
    assert decoding.decode(heavy, blobs.PNG).width == 2_000


def test_the_watch_ends_a_helper_that_grows_or_never_answers() -> None:
    grows = "x = [bytearray(b'1') * 10_000_000 for _ in range(90)]; import time; time.sleep(60)"
    for code, memory_mb, seconds in ((grows, 40, 60), ("import time; time.sleep(60)", 400, 0)):
        command = [sys.executable, "-c", code]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as helper:
            watch = decoding._Watch(helper, memory_mb, seconds)
            helper.communicate()
            watch.end()
        assert watch.over
        assert helper.returncode != 0


@pytest.mark.skipif(sys.platform != "linux", reason="the system holds a process to it on Linux")
def test_the_helper_cannot_take_more_memory_than_it_gave_itself_nor_write_a_file(
    tmp_path: Path,
) -> None:
    start = f"import runpy; limit = runpy.run_path({str(decoding.WORKER)!r})['limit']; "
    for code, said in (
        ("limit(60, 5); bytearray(300_000_000)", b"MemoryError"),
        ("limit(60, 5); open('x', 'wb', 0).write(b'1')", b""),
    ):
        done = subprocess.run(
            [sys.executable, "-c", start + code], capture_output=True, check=False, cwd=tmp_path
        )
        assert done.returncode != 0
        assert said in done.stderr


@pytest.mark.parametrize("kind", ["JPG", "PNG", "WEBP"])
def test_every_place_where_a_file_can_hide_words_is_gone_from_what_is_kept(kind: str) -> None:
    whole = real(kind)
    for data in laden_copies(kind):
        assert SECRET in data
        assert not is_bare(data)
        # The decoder gets the same bytes, whatever stood beside them.
        assert pictures.clean(data) == pictures.clean(whole)
    kept = decoding.fresh(*decoding.opened(laden_copies(kind)[0]))
    assert is_bare(kept.data)
    assert kept == decoding.fresh(*decoding.opened(whole))


def test_a_photo_held_upright_by_its_exif_is_upright_in_its_pixels() -> None:
    tiff = b"MM\x00*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, 6, 0, 0) + SECRET
    whole = real("JPG", (64, 48))
    turned = whole[:2] + segment(0xE1, b"Exif\x00\x00" + tiff) + whole[2:]
    pixels, _ = decoding.opened(turned)
    assert (pixels.width, pixels.height) == (48, 64)


def test_a_very_large_photo_is_kept_smaller_and_what_is_see_through_becomes_white() -> None:
    wide = decoding.encode(Pixels(5_000, 10, bytes(150_000)), blobs.PNG)
    assert decoding.decode(wide, blobs.PNG).width == decoding.LONGEST
    pixels = decoding.decode(png_of(1, 1, b"\x00\x10\x20\x30\x00", kind=6), blobs.PNG)
    assert pixels.data == b"\xff\xff\xff"


@given(
    made=st.sampled_from([jpeg(), png(), webp()]),
    where=st.floats(0, 1, exclude_max=True),
    extra=st.binary(min_size=1, max_size=12),
)
@settings(max_examples=60)
def test_no_byte_goes_into_a_bare_picture_outside_its_own_parts(
    made: bytes, where: float, extra: bytes
) -> None:
    assert is_bare(made)
    assert not is_bare(made + extra)
    at = int(where * len(made))
    spoiled = made[:at] + extra + made[at:]
    # Inside a scan or a block of pixels a byte more is a pixel: never a place for other parts.
    if is_bare(spoiled):
        assert pictures.clean(spoiled).data == spoiled
