"""What a central that a desk carries says of its damaged file, and of the one made in its place.

It crosses in the program itself and never a line (security.md §2).
"""

from collections.abc import Callable
from dataclasses import dataclass

Told = Callable[[int, int], None]
"""Called with how many of how many records stand in the new file."""

DAMAGED = "central-damaged"
"""The code of a file of central that is damaged, cut, emptied or gone."""


@dataclass(frozen=True, slots=True)
class Left:
    """What a damaged file still tells; None: that part of it cannot be read any more.

    ``log_rows``: lines of the log. ``old``: records that left the desks by their term. ``photos``:
    the hashes of content that is whole.
    """

    log_rows: int | None = None
    old: int | None = None
    photos: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Remade:
    """What stands in the new file. ``log_kept``: the whole log came along, link by link.

    ``old`` and ``photos``: as in ``Left``, of what could be read in the damaged file.
    """

    records: int
    log_kept: bool
    old: int
    photos: frozenset[str]
