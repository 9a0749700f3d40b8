"""Pure: what may be kept as an attachment, and how its kind is known (sync.md §8)."""

import re

MAX_BYTES = 10 * 1024 * 1024
"""Most bytes of one photo."""

CHUNK = 1024 * 1024
"""Most bytes of one part of an upload."""

UNFINISHED_DAYS = 7
"""How long an upload that was not finished is kept."""

ORPHAN_DAYS = 30
"""How long content is kept that no record names."""

JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
TYPES = frozenset({JPEG, PNG, WEBP})

SNIFF = 12
"""How many first bytes tell the type."""

_HASH = re.compile(r"[0-9a-f]{64}")


def is_hash(text: str) -> bool:
    """Say whether this is a SHA-256 as it stands in an address: 64 digits, small letters."""
    return _HASH.fullmatch(text) is not None


def type_of(start: bytes) -> str | None:
    """Tell the type of a picture by its first bytes, never by its name; None for anything else."""
    if start.startswith(b"\xff\xd8\xff"):
        return JPEG
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if start.startswith(b"RIFF") and start[8:12] == b"WEBP":
        return WEBP
    return None
