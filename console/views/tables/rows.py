"""What lists show: rows with an id, and section headers between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

ROW_ROLE = 0x0101
ID_ROLE = 0x0102


@runtime_checkable
class HasId(Protocol):
    """Any frozen snapshot with an id of its own."""

    @property
    def id(self) -> str:
        """Id that survives every refresh."""


@dataclass(frozen=True, slots=True)
class Section:
    """A header row: "Nog van niemand 6". `tone` is a colour token for its words."""

    title: str
    count: int | None = None
    tone: str = "text2"
    dashed: bool = False

    @property
    def id(self) -> str:
        """Sections have no id: they cannot be chosen."""
        return ""

    def spoken(self) -> str:
        """The header as it is read aloud."""
        return self.title if self.count is None else f"{self.title}, {self.count}"
