"""Small photos for tests, bare or laden with what a camera writes beside the picture."""

from __future__ import annotations

import struct
import zlib
from concurrent.futures import Future
from functools import cache

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter

from console.intake.pictures import Picture
from console.services.desk import Desk
from console.services.photos import keep
from contract import blobs

SECRET = b"lat 52.3874 lon 4.6462 Telefoon van Testpersoon"
"""What may not be in any photo that is kept."""

_SCAN = bytes(range(1, 200)) * 3 + b"\xff\x00\xff\xd0" + bytes(range(1, 100))


def lay(desk: Desk, report_id: str, name: str, data: bytes) -> Future[str]:
    """Have a desk keep these very bytes as a photo of a report, as if it had written them."""
    media_type = blobs.type_of(data[: blobs.SNIFF])
    assert media_type is not None
    said = {"parent_kind": "report", "parent_id": report_id, "reason": "om te zien wat er lag"}
    return desk.act(lambda unit: keep(unit, Picture(data, media_type), name, said))


def segment(marker: int, body: bytes) -> bytes:
    """Write one segment of a JPEG."""
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def jpeg(
    *, laden: bool = False, extra: bytes = b"", sides: tuple[int, int] = (40, 30), scan: bytes = b""
) -> bytes:
    """Write a JPEG as far as its parts go: tables, a frame, two scans, an end."""
    beside = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + SECRET) if laden else b""
    beside += segment(0xED, SECRET) + segment(0xFE, SECRET) if laden else b""
    frame = struct.pack(">BHHB", 8, sides[1], sides[0], 1) + b"\x01\x11\x00"
    return b"".join(
        (
            b"\xff\xd8",
            beside,
            extra,
            segment(0xDB, bytes(65)),
            segment(0xC2, frame),
            segment(0xC4, bytes(20)),
            segment(0xDA, b"\x01\x01\x00\x00\x3f\x00"),
            _SCAN + scan,
            segment(0xFE, SECRET) if laden else b"",
            segment(0xDA, b"\x01\x01\x00\x00\x3f\x00"),
            _SCAN,
            b"\xff\xd9",
            SECRET if laden else b"",
        )
    )


def png(
    *,
    laden: bool = False,
    extra: bytes = b"",
    sides: tuple[int, int] = (2, 2),
    shade: int = 90,
) -> bytes:
    """Write a real PNG of one grey shade; other ``sides`` than (2, 2) are only claimed."""
    rows = (b"\x00" + bytes([shade]) * 2) * 2
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", *sides, 8, 0, 0, 0, 0))
    beside = _chunk(b"tEXt", b"Comment\x00" + SECRET) + _chunk(b"eXIf", SECRET) if laden else b""
    end = _chunk(b"IEND", b"") + (SECRET if laden else b"")
    return (
        b"\x89PNG\r\n\x1a\n" + header + beside + extra + _chunk(b"IDAT", zlib.compress(rows)) + end
    )


def webp(*, laden: bool = False, moving: bool = False) -> bytes:
    """Write a WebP as far as its parts go."""
    bits = (40 - 1) | (30 - 1) << 14
    picture = _part(b"VP8L", b"\x2f" + struct.pack("<I", bits) + bytes(31))
    flags = (0x2C if laden else 0) | (0x02 if moving else 0)
    sides = (39).to_bytes(3, "little") + (29).to_bytes(3, "little")
    body = _part(b"VP8X", bytes([flags, 0, 0, 0]) + sides)
    body += _part(b"ICCP", SECRET) if laden else b""
    body += picture
    body += _part(b"EXIF", SECRET) + _part(b"XMP ", SECRET) if laden else b""
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _part(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\x00" * (len(body) % 2)


@cache
def real(kind: str, sides: tuple[int, int] = (64, 48)) -> bytes:
    """Write a real picture with a pattern, as ``JPG``, ``PNG`` or ``WEBP``, by the toolkit."""
    image = QImage(*sides, QImage.Format.Format_RGB32)
    for y in range(sides[1]):
        for x in range(sides[0]):
            image.setPixel(x, y, 0xFF000000 | (4 * x % 256) << 16 | (5 * y % 256) << 8 | 90)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(kind.lower().encode())).write(image)
    return bytes(buffer.data().data())


def laden_copies(kind: str) -> list[bytes]:
    """Return a real picture once for every place beside its pixels, with the secret in it."""
    whole = real(kind)
    if kind == "JPG":
        marks = [*range(0xE0, 0xF0), 0xFE]
        heads = {0xE1: b"Exif\x00\x00", 0xE2: b"ICC_PROFILE\x00\x01\x01"}
        parts = [segment(mark, heads.get(mark, b"") + SECRET) for mark in marks]
        return [whole[:2] + part + whole[2:] for part in parts] + [whole + SECRET]
    if kind == "PNG":
        names = (b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"iCCP", b"tIME", b"prVt", b"sPLT", b"hIST")
        at = 33
        return [whole[:at] + _chunk(name, SECRET) + whole[at:] for name in names] + [
            whole + SECRET,
            whole[:-12] + _chunk(b"tEXt", b"Comment\x00" + SECRET) + whole[-12:],
        ]
    body = whole[12:]
    kinds = (b"EXIF", b"XMP ", b"ICCP", b"ANON")
    grown = [body + _part(name, SECRET) for name in kinds]
    return [b"RIFF" + struct.pack("<I", 4 + len(one)) + b"WEBP" + one for one in grown] + [
        whole + SECRET
    ]
