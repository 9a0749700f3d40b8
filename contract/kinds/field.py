"""The shape of a field and of a kind, and short names to write them with.

Source: sync.md §1. A field's ``limit`` is characters for text, the highest value for numbers and
items for lists. Unknown fields are kept as they came (I15); only known ones are checked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record: its type, limit, whether a create needs it, and its word list."""

    type: str
    limit: int = 200
    required: bool = False
    choices: frozenset[str] = frozenset()
    central: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record. ``append_only``: no update or delete; ``strict``: If-Match (sync.md §6)."""

    name: str
    fields: Mapping[str, Field]
    append_only: bool = False
    strict: bool = False
    commands: frozenset[str] = field(default_factory=frozenset)


def text(limit: int = 200, required: bool = False) -> Field:
    """A text of at most this many characters."""
    return Field("text", limit, required)


def identifier(required: bool = False) -> Field:
    """An id of another record."""
    return Field("id", 64, required)


def time(required: bool = False, central: bool = False) -> Field:
    """A UTC stamp."""
    return Field("time", 40, required, central=central)


def flag() -> Field:
    """True or false."""
    return Field("flag")


def number(limit: int = 100_000_000) -> Field:
    """A whole number from zero."""
    return Field("number", limit)


def items(limit: int = 200) -> Field:
    """A list of at most this many items."""
    return Field("items", limit)


def mapping() -> Field:
    """A small object."""
    return Field("object", 200)


def one_of(words: type[StrEnum], required: bool = False) -> Field:
    """A word of a closed list."""
    return Field("choice", 40, required, frozenset(words))
