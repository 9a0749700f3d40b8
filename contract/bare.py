"""Pure: whether a picture holds nothing but its picture (security.md §5, F09).

A desk writes photos anew from their pixels. Central holds to it: what could carry a place, a name,
a profile, a smaller copy or another file is not kept, whoever sends it. Every part of the file is
walked; nothing is decoded.
"""

import re
import struct
import zlib

from contract import blobs

_SOI, _EOI, _SOS, _APP0, _APP14 = 0xD8, 0xD9, 0xDA, 0xE0, 0xEE
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_TABLES = _FRAMES | {0xC4, 0xDB, 0xDD, _SOS}

_PNG_START = b"\x89PNG\r\n\x1a\n"
_PNG_PARTS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"sRGB", b"gAMA", b"pHYs", b"IDAT", b"IEND"})
_PNG_LENGTHS = {b"IHDR": 13, b"sRGB": 1, b"gAMA": 4, b"pHYs": 9, b"IEND": 0}

_WEBP_PARTS = frozenset({b"VP8 ", b"VP8L", b"ALPH", b"VP8X"})
_ALPHA = 0x10


def is_bare(data: bytes) -> bool:
    """Say whether these bytes are one still JPEG, PNG or WebP with nothing beside the picture.

    False for anything else: metadata, comments, profiles, thumbnails, moving pictures, bytes after
    the end, a part that does not fit.
    """
    walk = _WALKS.get(blobs.type_of(data[: blobs.SNIFF]) or "")
    if walk is None:
        return False
    try:
        return walk(data)
    except (struct.error, IndexError):
        return False


def _jpeg(data: bytes) -> bool:
    at, frames, scans = 2, 0, 0
    while True:
        if data[at] != 0xFF:
            return False
        marker = data[at + 1]
        at += 2
        if marker == _EOI:
            return at == len(data) and frames == 1 and scans > 0
        (length,) = struct.unpack_from(">H", data, at)
        body = data[at + 2 : at + length]
        if length < 2 or len(body) != length - 2:
            return False
        at += length
        if marker == _APP0:
            # The mark of JFIF, without its small copy.
            if len(body) != 14 or body[:5] != b"JFIF\x00" or body[12:] != b"\x00\x00":
                return False
        elif marker == _APP14:
            if len(body) != 12 or body[:5] != b"Adobe":
                return False
        elif marker not in _TABLES:
            return False
        frames += marker in _FRAMES
        if marker == _SOS:
            scans += 1
            at = _end_of_scan(data, at)


_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7]")


def _end_of_scan(data: bytes, at: int) -> int:
    """Return where the next marker stands; within a scan only stuffed bytes and restarts do."""
    found = _MARKER.search(data, at)
    if found is None:
        raise IndexError
    return found.start()


def _png(data: bytes) -> bool:
    at, first, drawn = len(_PNG_START), True, False
    while True:
        (length,) = struct.unpack_from(">I", data, at)
        name, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        (crc,) = struct.unpack_from(">I", data, at + 8 + length)
        if name not in _PNG_PARTS or first != (name == b"IHDR") or zlib.crc32(name + body) != crc:
            return False
        if length != _PNG_LENGTHS.get(name, length):
            return False
        at, first, drawn = at + 12 + length, False, drawn or name == b"IDAT"
        if name == b"IEND":
            return drawn and at == len(data)


def _webp(data: bytes) -> bool:
    (size,) = struct.unpack_from("<I", data, 4)
    if 8 + size != len(data):
        return False
    at, drawn = 12, 0
    while at < len(data):
        name, (length,) = data[at : at + 4], struct.unpack_from("<I", data, at + 4)
        body = data[at + 8 : at + 8 + length]
        if name not in _WEBP_PARTS or len(body) != length:
            return False
        if name == b"VP8X" and (at != 12 or length != 10 or body[0] & ~_ALPHA):
            return False
        drawn += name in (b"VP8 ", b"VP8L")
        at += 8 + length + length % 2
    return drawn == 1 and at == len(data)


_WALKS = {blobs.JPEG: _jpeg, blobs.PNG: _png, blobs.WEBP: _webp}
