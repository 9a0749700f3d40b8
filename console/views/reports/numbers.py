"""Row numbers as the ids of a list: a million of them cost eight megabytes, not a hundred."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import overload


class RowNumbers(Sequence[str]):
    """Row numbers in order, each read as the text that the list knows it by."""

    __slots__ = ("_numbers",)

    def __init__(self, numbers: Iterable[int] = ()) -> None:
        self._numbers = array("q", numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...

    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        if isinstance(at, slice):
            return [str(n) for n in self._numbers[at]]
        return str(self._numbers[at])

    def __eq__(self, other: object) -> bool:
        if isinstance(other, RowNumbers):
            return self._numbers == other._numbers
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]  # as a list: it has no fixed value

    def index(self, value: object, start: int = 0, stop: int | None = None) -> int:
        """Return the place of an id; ValueError where it is not here."""
        return self._numbers.index(int(str(value)), start, len(self) if stop is None else stop)

    def part(self, start: int, stop: int) -> list[int]:
        """Return some of the numbers as they are."""
        return self._numbers[start:stop].tolist()
