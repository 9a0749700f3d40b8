"""Words that are no name of a person: proposed by anybody, allowed by the account holder (F26)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A word with who proposed or allowed it, when, and why; `by` is empty where nobody is known."""

    text: str
    by: str
    at: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the guard lets stand for the whole team, and what waits for a decision; newest first."""

    allowed: tuple[Term, ...] = ()
    proposed: tuple[Term, ...] = ()
