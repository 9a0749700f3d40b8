"""What a reader could not read and why, and bytes of unknown encoding as text."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Literal

UnreadableCode = Literal[
    "not_found",
    "empty",
    "too_large",
    "damaged",
    "wrong_encoding",
    "not_a_chat",
    "not_an_answer",
    "not_a_register",
    "not_areas",
]
"""The closed list of reasons for which a reader gives up."""

Encoding = Literal["utf-8", "utf-8-sig", "windows-1252", "utf-16"]
"""The encodings that are recognised; `utf-16` only with its byte order mark."""

_SENTENCES: dict[UnreadableCode, str] = {
    "not_found": "Dit bestand is niet gevonden.",
    "empty": "Er staat niets in dit bestand.",
    "too_large": "Dit bestand is te groot om te lezen.",
    "damaged": "Dit bestand is beschadigd en kan niet worden gelezen.",
    "wrong_encoding": "Dit bestand bevat geen leesbare tekst.",
    "not_a_chat": "Hierin staan geen WhatsApp-berichten die wij herkennen.",
    "not_an_answer": "Dit is geen antwoord van een bron die wij kennen.",
    "not_a_register": "Dit is geen lijst van groepen die wij kunnen lezen.",
    "not_areas": "In dit bestand staan geen gebieden die wij kunnen lezen.",
}


class Unreadable(Exception):
    """An outside file or text that a reader cannot read: an expected failure.

    `code` is one of `UnreadableCode`, `message_nl` one plain Dutch sentence for the screen.
    Neither ever holds content of the file.
    """

    def __init__(self, code: UnreadableCode, message_nl: str | None = None) -> None:
        """Keep the code and the sentence; without a sentence the usual one for the code."""
        self.code: UnreadableCode = code
        self.message_nl: str = message_nl if message_nl is not None else _SENTENCES[code]
        super().__init__(self.message_nl)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text that came out of bytes, without its byte order mark.

    `damaged` counts the places that could not be decoded and became U+FFFD.
    """

    text: str
    encoding: Encoding
    damaged: int = 0


def decode(data: bytes) -> Decoded:
    """Give the text in `data` with the encoding that was found.

    UTF-8 with or without mark, UTF-16 with mark, else Windows-1252. A UTF-8 file that was cut
    in the middle of a character, or has a few broken bytes, stays UTF-8 with U+FFFD in those
    places. Raises `Unreadable`: empty (nothing but blanks), wrong_encoding (binary content).
    """
    if data.startswith(codecs.BOM_UTF8):
        decoded = _decode_utf8(data[3:], "utf-8-sig")
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        decoded = _decode_utf16(data)
    else:
        decoded = _decode_utf8(data, "utf-8") or _decode_windows(data)
    if decoded is None or decoded.text.count("\0") * 20 > len(decoded.text):
        raise Unreadable("wrong_encoding")
    if not decoded.text or decoded.text.isspace():
        raise Unreadable("empty")
    return decoded


def _decode_utf8(data: bytes, encoding: Encoding) -> Decoded | None:
    """UTF-8, with a few broken places allowed; None when it is more likely something else."""
    try:
        return Decoded(data.decode("utf-8"), encoding)
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
    damaged = text.count("\N{REPLACEMENT CHARACTER}")
    if encoding == "utf-8-sig" and damaged * 10 <= len(text):
        return Decoded(text, encoding, damaged)
    # A real multi-byte character hardly ever occurs by chance in Windows-1252 text, so a few
    # of them against few broken places decide for UTF-8. A cut at the very end is always one.
    good = sum(1 for character in text if character > "\x7f") - damaged
    only_cut = damaged == 1 and text.endswith("\N{REPLACEMENT CHARACTER}") and _cut_short(data)
    if only_cut or good >= damaged * 4:
        return Decoded(text, encoding, damaged)
    return None


def _cut_short(data: bytes) -> bool:
    """Whether the bytes end in the middle of a character and are right before it."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(data, final=False)
    except UnicodeDecodeError:
        return False
    # A cut of one byte is more likely a Windows-1252 letter, unless other text proves UTF-8.
    pending = decoder.getstate()[0]
    return len(pending) > 1


def _decode_utf16(data: bytes) -> Decoded | None:
    text = data.decode("utf-16", errors="replace")
    damaged = text.count("\N{REPLACEMENT CHARACTER}")
    return Decoded(text, "utf-16", damaged) if damaged * 10 <= len(text) + 10 else None


def _decode_windows(data: bytes) -> Decoded | None:
    """Windows-1252; None when control bytes show that it is no text at all."""
    if b"\0" in data:
        return None
    text = data.decode("cp1252", errors="replace")
    damaged = text.count("\N{REPLACEMENT CHARACTER}")
    controls = sum(data.count(byte) for byte in (1, 2, 3, 4, 5, 6, 7, 8, 14, 15, 16, 17, 18, 20))
    if (damaged + controls) * 50 > len(data):
        return None
    return Decoded(text, "windows-1252", damaged)
