"""Pure: when two texts are one and the same action, whoever imported them (F35, sync.md §6)."""

import re
import unicodedata
from uuid import UUID, uuid5

_NAMESPACE = UUID("6f1f5a52-6c7e-5c0b-9a0e-3d5c2b7f9d11")
_SPACES = re.compile(r"\s+")

SHORTEST = 40
"""A text of fewer characters says too little to be known again."""


def alert_id(text: str) -> str:
    """Return the id that every desk gives an alert with this text; empty where it is too short.

    Breaks, spaces and the way letters are put together do not count: copying changes them.
    """
    plain = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()
    return str(uuid5(_NAMESPACE, plain)) if len(plain) >= SHORTEST else ""
