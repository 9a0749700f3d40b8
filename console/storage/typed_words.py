"""What somebody typed, as a question to a full-text table (F01, F18)."""

from __future__ import annotations

import re

WORDS_MOST = 8
WORD_LONGEST = 40

_WORD = re.compile(r"[^\W_\u19b0-\u19c0\u19c8\u19c9\u1cf2\u1cf3]+")
"""Letters and digits, without the few that Python counts as such and the full-text table does not:
every find is one word there too, for it knows in which rows words stand and not side by side."""


def fts_query(typed: str) -> str | None:
    """Turn what was typed into a full-text question: every word, as a beginning; None: no word."""
    words = _WORD.findall(typed)[:WORDS_MOST]
    if not words:
        return None
    return " ".join(f'"{word[:WORD_LONGEST]}"*' for word in words)
