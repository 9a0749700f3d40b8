"""What must never be seen: each broken promise of sync.md §11 under its own name."""

from __future__ import annotations

from typing import Any


class Broken(AssertionError):
    """A promise that did not hold; ``oracle`` is its number in sync.md §11, or the rule's name."""

    def __init__(self, oracle: str, what: str) -> None:
        super().__init__(f"{oracle}: {what}")
        self.oracle = oracle
        FIRST.append(self)


FIRST: list[Broken] = []
"""What broke in this run, first things first: a later failure never hides it."""


def holds(oracle: str, true: bool, what: Any) -> None:
    """Raise ``Broken`` where the promise does not hold; ``what`` says where it was seen."""
    if not true:
        raise Broken(oracle, str(what))
