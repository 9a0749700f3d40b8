"""Pure: a photo as people bring it in, made fit to keep (sync.md §8).

The type is told by the first bytes. What a camera or a program wrote beside the picture - place,
time, device, names, comments, a smaller copy - is left out without touching the picture itself.
Only which way up it stays.
"""

import re
import struct
import zlib
from dataclasses import dataclass

from console.domain.failures import Problem, Refused
from contract import blobs

LONGEST_SIDE = 20_000
"""Most pixels along one side."""

MOST_PIXELS = 60_000_000
"""Most pixels in all: what a viewer may need memory for."""

_MB = blobs.MAX_BYTES // (1024 * 1024)

EMPTY = Problem("photo-empty", "Dit bestand is leeg. Er is niets toegevoegd.", "Kies een foto.")
TOO_LARGE = Problem(
    "photo-too-large",
    f"Deze foto is te groot: een foto mag hier {_MB} MB zijn. Er is niets toegevoegd.",
    "Maak de foto kleiner, of maak er een schermafdruk van.",
)
OTHER_TYPE = Problem(
    "photo-type",
    "Dit is geen foto die Buurtdesk kent. Er is niets toegevoegd.",
    "Kies een foto die eindigt op jpg, png of webp.",
)
BROKEN = Problem(
    "photo-broken",
    "Deze foto is niet heel. Er is niets toegevoegd.",
    "Haal de foto opnieuw op, of maak er een schermafdruk van.",
)
TOO_MANY_PIXELS = Problem(
    "photo-pixels",
    "Deze foto heeft te veel beeldpunten. Er is niets toegevoegd.",
    "Maak de foto kleiner, of maak er een schermafdruk van.",
)
MOVING = Problem(
    "photo-moving",
    "Dit is een bewegend plaatje. Er is niets toegevoegd.",
    "Maak een schermafdruk van het beeld dat u nodig hebt.",
)

_NOT_NAME = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_ENDINGS = {blobs.JPEG: ".jpg", blobs.PNG: ".png", blobs.WEBP: ".webp"}

_EOI, _SOS, _COM, _APP0, _APP1, _APP14 = 0xD9, 0xDA, 0xFE, 0xE0, 0xE1, 0xEE
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_MARKER = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")

_PNG_START = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs"}
)

_WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"ALPH"})
_HAS_ICC, _HAS_EXIF, _HAS_XMP, _MOVES = 0x20, 0x08, 0x04, 0x02


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo fit to keep: its bytes without anything beside the picture, and its media type."""

    data: bytes
    type: str


def clean(data: bytes) -> Picture:
    """Return the photo without metadata. Raises Refused with a sentence for anything else."""
    if not data:
        raise Refused(EMPTY)
    if len(data) > blobs.MAX_BYTES:
        raise Refused(TOO_LARGE)
    media_type = blobs.type_of(data[: blobs.SNIFF])
    if media_type is None:
        raise Refused(OTHER_TYPE)
    try:
        kept = _CLEANERS[media_type](data)
    except (struct.error, IndexError, ValueError):
        raise Refused(BROKEN) from None
    if len(kept) > blobs.MAX_BYTES:
        raise Refused(TOO_LARGE)
    return Picture(kept, media_type)


def name_of(given: str, media_type: str) -> str:
    """Return a name to show: no folders, no control characters, the ending of its real type."""
    last = re.split(r"[/\\]", given)[-1]
    bare = " ".join(_NOT_NAME.sub(" ", last).split())
    bare = re.sub(r"(?i)\.(jpe?g|png|webp)$", "", bare).strip(" .")
    ending = _ENDINGS[media_type]
    return f"{bare[: 120 - len(ending)].strip(' .') or 'foto'}{ending}"


def _check_sides(width: int, height: int) -> None:
    if not width or not height:
        raise ValueError("no pixels")
    if max(width, height) > LONGEST_SIDE or width * height > MOST_PIXELS:
        raise Refused(TOO_MANY_PIXELS)


def _clean_jpeg(data: bytes) -> bytes:
    """Keep tables, frames and scans; of all APPn and COM only what decoding needs.

    That is the mark of JFIF without its small copy, Adobe's mark of how colours are stored, and
    which way up. What stands after the end of the picture goes too.
    """
    kept = bytearray(b"\xff\xd8")
    upright = _orientation(data)
    if upright > 1:
        kept += _segment(_APP1, b"Exif\x00\x00" + _exif_of(upright))
    at, frames = 2, 0
    while True:
        marker, at = _next_marker(data, at)
        if marker == _EOI:
            if frames != 1:
                raise ValueError("no frame")
            return bytes(kept + b"\xff\xd9")
        body, at = _body(data, at)
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", body[1:5])
            _check_sides(width, height)
            frames += 1
        if _APP0 <= marker <= 0xEF or marker == _COM:
            if marker == _APP0 and body[:5] == b"JFIF\x00" and len(body) >= 14:
                kept += _segment(_APP0, body[:12] + b"\x00\x00")
            elif marker == _APP14 and body[:5] == b"Adobe" and len(body) >= 12:
                kept += _segment(_APP14, body[:12])
            continue
        if marker not in _TABLES:
            raise ValueError("an unknown marker")
        kept += _segment(marker, body)
        if marker == _SOS:
            end = _MARKER.search(data, at)
            if end is None:
                raise ValueError("cut")
            kept += data[at : end.start()]
            at = end.start()


_TABLES = _FRAMES | {0xC4, 0xCC, 0xDB, 0xDD, _SOS}


def _next_marker(data: bytes, at: int) -> tuple[int, int]:
    """Return the marker that must stand here, and where it ends; fill bytes are passed over."""
    if data[at] != 0xFF:
        raise ValueError("no marker")
    while data[at] == 0xFF:
        at += 1
    return data[at], at + 1


def _body(data: bytes, at: int) -> tuple[bytes, int]:
    (length,) = struct.unpack_from(">H", data, at)
    if length < 2 or at + length > len(data):
        raise ValueError("a segment that does not fit")
    return data[at + 2 : at + length], at + length


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def _orientation(data: bytes) -> int:
    """Return which way up the camera was held, 1 to 8; 1 where nothing readable says so."""
    at = 2
    try:
        while True:
            marker, at = _next_marker(data, at)
            if marker in (_SOS, _EOI):
                return 1
            body, at = _body(data, at)
            if marker == _APP1 and body[:6] == b"Exif\x00\x00":
                return _orientation_in(body[6:])
    except (struct.error, IndexError, ValueError):
        return 1


def _orientation_in(tiff: bytes) -> int:
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(tiff[:4])
    if order is None:
        return 1
    (start,) = struct.unpack_from(f"{order}I", tiff, 4)
    (count,) = struct.unpack_from(f"{order}H", tiff, start)
    for n in range(min(count, 512)):
        tag, kind, many, value = struct.unpack_from(f"{order}HHIH", tiff, start + 2 + 12 * n)
        if (tag, kind, many) == (0x0112, 3, 1):
            return int(value) if 1 <= value <= 8 else 1
    return 1


def _exif_of(orientation: int) -> bytes:
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, 0x0112, 3, 1, orientation, 0, 0)


def _clean_png(data: bytes) -> bytes:
    """Keep what draws the picture; texts, EXIF, time, profiles and moving parts go."""
    kept = bytearray(_PNG_START)
    at, first, drawn = len(_PNG_START), True, False
    while True:
        (length,) = struct.unpack_from(">I", data, at)
        name, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        (crc,) = struct.unpack_from(">I", data, at + 8 + length)
        if zlib.crc32(name + body) != crc or first != (name == b"IHDR"):
            raise ValueError("a chunk that does not fit")
        if first:
            if length != 13:
                raise ValueError("no header")
            _check_sides(*struct.unpack(">II", body[:8]))
        elif name == b"acTL":
            raise Refused(MOVING)
        elif name not in _PNG_KEPT and not name[0] & 0x20:
            raise ValueError("an unknown chunk that matters")
        if name in _PNG_KEPT:
            kept += data[at : at + 12 + length]
        drawn = drawn or name == b"IDAT"
        if name == b"IEND":
            if length or not drawn:
                raise ValueError("nothing drawn")
            return bytes(kept)
        at, first = at + 12 + length, False


def _clean_webp(data: bytes) -> bytes:
    """Keep the picture and its transparency; EXIF, XMP, profile and what is unknown go."""
    (size,) = struct.unpack_from("<I", data, 4)
    end = 8 + size
    if end > len(data):
        raise ValueError("cut")
    kept, at, drawn = bytearray(), 12, 0
    while at < end:
        name, (length,) = data[at : at + 4], struct.unpack_from("<I", data, at + 4)
        body = data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2
        if len(body) != length or at > end + 1:
            raise ValueError("a chunk that does not fit")
        if name in (b"ANIM", b"ANMF"):
            raise Refused(MOVING)
        if name == b"VP8X":
            if kept or length < 10:
                raise ValueError("a header that does not fit")
            if body[0] & _MOVES:
                raise Refused(MOVING)
            flags = body[0] & ~(_HAS_ICC | _HAS_EXIF | _HAS_XMP)
            body = bytes([flags, 0, 0, 0]) + body[4:10]
            _check_sides(_three(body[4:7]) + 1, _three(body[7:10]) + 1)
        elif name not in _WEBP_KEPT:
            continue
        if name in (b"VP8 ", b"VP8L"):
            _check_sides(*_webp_sides(name, body))
            drawn += 1
        kept += name + struct.pack("<I", len(body)) + body + b"\x00" * (len(body) % 2)
    if drawn != 1:
        raise ValueError("nothing drawn")
    return b"RIFF" + struct.pack("<I", 4 + len(kept)) + b"WEBP" + bytes(kept)


def _webp_sides(name: bytes, body: bytes) -> tuple[int, int]:
    if name == b"VP8 ":
        if body[3:6] != b"\x9d\x01\x2a":
            raise ValueError("no key frame")
        width, height = struct.unpack_from("<HH", body, 6)
        return width & 0x3FFF, height & 0x3FFF
    if body[0] != 0x2F:
        raise ValueError("no picture")
    (bits,) = struct.unpack_from("<I", body, 1)
    return (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1


def _three(part: bytes) -> int:
    return int.from_bytes(part, "little")


_CLEANERS = {blobs.JPEG: _clean_jpeg, blobs.PNG: _clean_png, blobs.WEBP: _clean_webp}
