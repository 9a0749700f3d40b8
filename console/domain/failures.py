"""Failures that are part of the work: each is a Dutch sentence and a next step (house.md §3.6)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """What to tell the person: what happened, what was kept, what to do next."""

    code: str
    sentence: str
    next_step: str = ""


class Refused(Exception):
    """An act was refused by a rule; nothing was changed. Carries the sentence for the person."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class NotAllowed(Refused):
    """The signed-in person may not do this."""


class StorageTrouble(Exception):
    """The local file could not be used (disk full, damaged, wrong key, newer than the program)."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem
