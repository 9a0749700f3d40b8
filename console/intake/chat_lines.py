"""Pieces of text joined to blocks of whole lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def whole_lines(pieces: Iterable[str], longest: int) -> Iterator[str]:
    """Give blocks of whole lines with plain line feeds, without the last one and without NULs.

    CR LF and a lone CR become LF, also where two pieces meet. Of a line far beyond `longest`
    characters the rest is left out: no message may be that long.
    """
    held: list[str] = []
    held_chars = 0
    half = ""
    for piece in pieces:
        text = half + piece
        half = "\r" if text.endswith("\r") else ""
        if half:
            text = text[:-1]
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if "\0" in text:
            text = text.replace("\0", "")
        cut = text.rfind("\n")
        if cut >= 0:
            yield "".join(held) + text[:cut]
            held, held_chars, text = [], 0, text[cut + 1 :]
        if held_chars <= longest:
            held.append(text)
            held_chars += len(text)
    yield "".join(held)
