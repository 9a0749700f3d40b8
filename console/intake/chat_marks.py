"""Characters that are not seen but stand in WhatsApp exports (formats.md §4a)."""

from __future__ import annotations

import re

MARKS = "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
"""Body of a character class: direction marks, isolates, word joiners and byte order marks.

The joiners U+200C and U+200D are no part of it: emoji and several scripts are built with them.
"""

LEFT_TO_RIGHT = "\u200e"
"""The mark that iOS puts before text of the app itself."""

_MARK = re.compile(f"[{MARKS}]+")
_LEADING = re.compile(f"[{MARKS} ]*")
find_mark = _MARK.search
"""Give a match where the text holds an invisible mark, else None."""


def without_marks(text: str) -> str:
    """Give the text without its invisible marks; everything else stays as it was."""
    return text if text.isascii() else _MARK.sub("", text)


def starts_with_app_mark(text: str) -> bool:
    """Whether U+200E stands among the first invisible characters: the app wrote this text."""
    leading = _LEADING.match(text)
    return leading is not None and LEFT_TO_RIGHT in leading.group()
