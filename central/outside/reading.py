"""Pure: bounded decompression and decoding of an answer from outside."""

import codecs
import re
import zlib
from datetime import datetime
from email.utils import parsedate_to_datetime

_CHARSETS = frozenset({"utf-8", "ascii", "iso8859-1", "cp1252", "iso8859-15"})
_CHARSET = re.compile(r"charset\s*=\s*\"?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_SECONDS = re.compile(r"[0-9]{1,9}")


class Swelling:
    """Takes an answer in pieces, unpacked; never holds more than ``most`` bytes.

    ``encoding``: as the answer names it; ``known`` says whether it can be read.
    """

    def __init__(self, encoding: str, most: int) -> None:
        word = encoding.strip().lower()
        self.known = word in ("", "identity", "gzip", "x-gzip", "deflate")
        self._most = most
        self._packed = word not in ("", "identity")
        self._unpack = zlib.decompressobj(47) if self._packed else None
        self._kept = bytearray()

    def add(self, piece: bytes) -> bool:
        """Take a piece; False once there is more than may be. Raises ``zlib.error``."""
        room = self._most - len(self._kept) + 1
        if self._unpack is not None:
            piece = self._unpack.decompress(piece, room)
        self._kept += piece[:room]
        return len(self._kept) <= self._most

    def whole(self) -> bytes | None:
        """Return everything; None where packed content breaks off."""
        if self._unpack is not None and not self._unpack.eof and self._kept:
            return None
        return bytes(self._kept)


def content_type(header: str) -> str:
    """Return the type without its parameters, in small letters."""
    return header.partition(";")[0].strip().lower()


def decoded(body: bytes, header: str) -> str | None:
    """Return the text; None where the bytes are not what the answer says they are."""
    named = _CHARSET.search(header)
    name = "utf-8"
    if named is not None:
        try:
            name = codecs.lookup(named[1]).name
        except LookupError:
            return None
    if name not in _CHARSETS:
        return None
    try:
        return body.decode("utf-8-sig" if name == "utf-8" else name)
    except UnicodeDecodeError:
        return None


def retry_after(header: str, now: datetime) -> float | None:
    """Return the seconds a Retry-After asks for; None where it says nothing that can be read."""
    text = header.strip()
    if _SECONDS.fullmatch(text):
        return float(text)
    try:
        until = parsedate_to_datetime(text)
        return max(0.0, (until - now).total_seconds())
    except (TypeError, ValueError, OverflowError):
        return None
