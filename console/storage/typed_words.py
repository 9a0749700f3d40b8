"""What somebody typed, as a question to a full-text table (F01, F18)."""

from __future__ import annotations

import re

WORDS_MOST = 8
WORD_LONGEST = 40


def fts_query(typed: str) -> str | None:
    """Turn what was typed into a full-text question: every word, as a beginning; None: no word."""
    words = re.findall(r"[^\W_]+", typed)[:WORDS_MOST]
    if not words:
        return None
    return " ".join(f'"{word[:WORD_LONGEST]}"*' for word in words)
