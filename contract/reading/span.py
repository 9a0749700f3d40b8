"""A stretch of an original text, and one fact that was read from it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` up to but not including `end` of the original, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact read from a text: a proposal, never a decision (F35).

    `spans` are the stretches of the original that it was read from, first one first. `certain`
    is False where the reading is a choice between possibilities and a person must look.
    """

    field: str
    value: str
    spans: tuple[Span, ...]
    certain: bool = True

    @property
    def start(self) -> int:
        """Where the first stretch begins."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """Where the first stretch ends."""
        return self.spans[0].end


@dataclass(frozen=True, slots=True)
class Found:
    """A value with the one stretch it stands in."""

    value: str
    start: int
    end: int

    def fact(self, field: str, *, certain: bool = True) -> Fact:
        """Make a fact of this value."""
        return Fact(field, self.value, (Span(self.start, self.end),), certain)


def unique(found: list[Found]) -> list[Found]:
    """Keep the first of equal values, in the order of the text."""
    seen: set[str] = set()
    kept: list[Found] = []
    for item in sorted(found, key=lambda one: (one.start, one.end)):
        if item.value.casefold() not in seen:
            seen.add(item.value.casefold())
            kept.append(item)
    return kept
