"""The readers of outside files: zips, packages of areas, outlines, pictures."""

from __future__ import annotations

import base64
import contextlib
import io
import random
import re
import struct
import tempfile
import zipfile
import zlib
from functools import cache
from pathlib import Path

import shapely
from hypothesis import strategies as st

from console.domain.failures import Refused
from console.intake import areas, decoding
from console.intake.chat import read_chat_bytes
from console.intake.pictures import clean
from console.intake.register import read_register
from contract import bare, outline
from contract.reading.decoding import Unreadable
from tests.fuzz import readers
from tests.fuzz.changes import PLANS, TERM, Plan, mutated, of_bytes
from tests.fuzz.target import Target, Wrong
from tests.helpers import area_files, photos

_ZIP_PARTS = (
    b"PK\x01\x02",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"PK\x06\x06",
    b"PK\x06\x07",
    b"PK\x07\x08",
)
_NUMBERS = (0, 1, 2, 0x14, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF)


def _zip(which: int, plan: Plan) -> bytes:
    """Make a zip of chats and others, then lie in its fields."""
    target = io.BytesIO()
    names = ("_chat.txt", "WhatsApp-chat met Noord.txt", "../_chat.txt", "a/b.jpg", f"{TERM}.txt")
    method = (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)[which % 2]
    with zipfile.ZipFile(target, "w", method) as made:
        for number in range(1 + which % 4):
            made.writestr(names[(which + number) % len(names)], readers.CHATS[number % 5] * 3)
    data = bytearray(target.getvalue())
    for what, a, b, c in plan:
        if what < 8:
            mark = _ZIP_PARTS[b % len(_ZIP_PARTS)]
            at = data.find(mark, a % (len(data) + 1))
            at = data.find(mark) if at < 0 else at
            place, width = at + 4 + c % 44, (2, 4)[what % 2]
            if at < 0 or place + width > len(data):
                continue
            number = _NUMBERS[a % len(_NUMBERS)]
            data[place : place + width] = (number & (2 ** (8 * width) - 1)).to_bytes(
                width, "little"
            )
        else:
            data = bytearray(of_bytes(bytes(data), what, a, b, c))
    return bytes(data)


def _read_zip(data: bytes) -> object:
    with tempfile.TemporaryDirectory(prefix="bd-fuzz-") as folder, contextlib.chdir(folder):
        try:
            return read_chat_bytes(data, "WhatsApp Chat - Noord.zip")
        finally:
            if list(Path().iterdir()):
                raise Wrong("a file appeared")


@cache
def _packages() -> tuple[bytes, ...]:
    with tempfile.TemporaryDirectory(prefix="bd-fuzz-") as folder:
        made = []
        for number, rows in enumerate((area_files.town(9001, TERM, 0), area_files.merged())):
            path = area_files.geopackage(Path(folder) / f"{number}.gpkg", rows)
            made.append(path.read_bytes())
        return tuple(made)


def _pages(data: bytes) -> list[bytes]:
    """Cut a file of SQLite where its records are likely to begin."""
    parts: list[bytes] = []
    for piece in data.split(b"GP\x00"):
        parts += [b"GP\x00", piece] if parts else [piece]
    return parts


def _changed_package(which: int, plan: Plan) -> bytes:
    """Keep the length, so that most pages still stand where the file says."""
    data = bytearray(_packages()[which % len(_packages())])
    for what, a, b, c in plan:
        spots = [found.start() for found in re.finditer(b"GP\x00", data)]
        if what < 6 and spots:
            at = spots[a % len(spots)] + b % 120
        else:
            at = (a * 10_000 + b) % len(data)
        extreme = struct.pack("<I", _NUMBERS[c % len(_NUMBERS)])[: 1 + what % 4]
        data[at : at + len(extreme)] = extreme[: len(data) - at]
    return bytes(data)


def _read_areas(data: bytes) -> object:
    with tempfile.TemporaryDirectory(prefix="bd-fuzz-") as folder:
        path = Path(folder) / f"{TERM}.gpkg"
        path.write_bytes(data)
        found = areas.about(path)
        codes = [one.code for one in found.municipalities]
        reading = areas.read_areas(path, codes)
        return [outline.encoded(one.outline) for one in reading.areas]


def _outlines() -> tuple[bytes, ...]:
    ring = shapely.box(100_000, 450_000, 101_000, 451_000)
    hole = ring.difference(shapely.box(100_200, 450_200, 100_400, 450_400))
    many = shapely.MultiPolygon([ring, shapely.box(102_000, 450_000, 103_000, 451_000)])
    return tuple(
        shapely.to_wkb(one, byte_order=order) for one in (ring, hole, many) for order in (0, 1)
    )


def _read_outline(data: bytes) -> object:
    kept = base64.b64encode(data).decode()
    found = outline.decoded(kept)
    if found is not None and outline.decoded(outline.encoded(found)) is None:
        raise Wrong("an outline that was read cannot be kept")
    outline.from_wkb(data)
    return outline.decoded(data.decode("latin1"))


def _jpegs() -> tuple[bytes, ...]:
    made = [photos.jpeg(), photos.jpeg(laden=True, scan=TERM.encode())]
    return tuple(made)


def _parts_of_jpeg(data: bytes) -> list[bytes]:
    return [b"\xff" + one for one in data.split(b"\xff")][1:] or [data]


def _png(which: int, plan: Plan) -> bytes:
    """Change a PNG in its parts and set their checksums right again, so that the parts are read."""
    whole = photos.png(laden=which % 2 == 0)
    parts = []
    at = 8
    while at + 8 <= len(whole):
        size = struct.unpack(">I", whole[at : at + 4])[0]
        parts.append((whole[at + 4 : at + 8], whole[at + 8 : at + 8 + size]))
        at += 12 + size
        if parts[-1][0] == b"IEND":
            break
    for what, a, b, c in plan:
        place = a % len(parts)
        name, body = parts[place]
        if what < 3:
            parts[place] = (name, of_bytes(body, 7 + what, a, b, c))
        elif what < 6:
            parts.insert(b % len(parts), parts[place])
        elif what == 6 and len(parts) > 1:
            del parts[place]
        elif what == 7:
            parts[place] = (name, struct.pack(">II", *(_NUMBERS[n % 8] for n in (b, c))) + body[8:])
        elif what == 8:
            parts[place] = ((b"zTXt", b"acTL", b"PLTE", b"IDAT", b"eXIf")[c % 5], body)
        else:
            parts[place] = (name, of_bytes(body, what, a, b, c))
    made = b"\x89PNG\r\n\x1a\n"
    for name, body in parts:
        made += struct.pack(">I", len(body)) + name + body
        made += struct.pack(">I", zlib.crc32(name + body))
    return made


def _webp(which: int, plan: Plan) -> bytes:
    data = bytearray(photos.webp(laden=which % 2 == 0, moving=which % 5 == 0))
    for what, a, b, c in plan:
        if what < 6:
            at = 4 * (b % (len(data) // 4 + 1))
            data[at : at + 4] = struct.pack("<I", _NUMBERS[c % 8])
        else:
            data = bytearray(of_bytes(bytes(data), what, a, b, c))
    return bytes(data)


def _picture(data: bytes) -> object:
    return clean(data)


def _plans(make: object) -> st.SearchStrategy[bytes]:
    return st.builds(make, st.integers(0, 19), PLANS)  # type: ignore[arg-type]


def _pictures() -> st.SearchStrategy[bytes]:
    return st.one_of(mutated(_jpegs(), _parts_of_jpeg), _plans(_png), _plans(_webp))


@cache
def _real() -> tuple[bytes, ...]:
    """Return pictures that a decoder reads, of a few sizes."""
    from console.domain.photo import Pixels

    dice = random.Random(5)
    pixels = Pixels(40, 30, dice.randbytes(3 * 40 * 30))
    return (
        decoding.encode(pixels, "image/jpeg"),
        decoding.encode(pixels, "image/png"),
        photos.webp(),
    )


def _decoded(data: bytes) -> object:
    pixels, media_type = decoding.opened(data)
    if len(pixels.data) != 3 * pixels.width * pixels.height:
        raise Wrong("pixels that are not there")
    kept = decoding.fresh(pixels, media_type)
    if not bare.is_bare(kept.data) or TERM.encode() in kept.data:
        raise Wrong("something beside the picture was kept")
    return kept


def _workbook_bytes(data: bytes) -> object:
    return read_register(data).document()


def targets() -> list[Target]:
    """List the readers of files."""
    return [
        Target("zip", lambda: _plans(_zip), _read_zip, (Unreadable,)),
        Target(
            "workbook-bytes",
            lambda: mutated([readers.packed(one) for one in readers.workbooks()], _whole),
            _workbook_bytes,
            (Unreadable,),
        ),
        Target("geopackage", lambda: _plans(_changed_package), _read_areas, (Unreadable,)),
        Target(
            "geopackage-bytes", lambda: mutated(_packages(), _pages), _read_areas, (Unreadable,)
        ),
        Target(
            "outline", lambda: mutated(_outlines(), _numbers), _read_outline, (outline.BadOutline,)
        ),
        Target("picture", _pictures, _picture, (Refused,)),
        # A process of its own for each: what it counts and holds is not ours.
        Target("picture-worker", lambda: mutated(_real(), _whole), _decoded, (Refused,), counted=0),
    ]


def _whole(data: bytes) -> list[bytes]:
    return [data]


def _numbers(data: bytes) -> list[bytes]:
    """Cut well-known binary into its header and numbers."""
    return [data[:1], data[1:5], *(data[at : at + 4] for at in range(5, len(data), 4))]
