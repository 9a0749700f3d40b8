"""What travels between a desk and central, and the bag in which it may get lost or come twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from contract.op import Op, OpResult, Record
from contract.problems import ProblemCode

T = TypeVar("T")

PUSH, PULL, SNAPSHOT = "push", "pull", "snapshot"


@dataclass(frozen=True, slots=True)
class Request:
    """One request. ``seen`` is what the model knows the desk has seen, and central never reads.

    ``follows``: the turn of a push of this desk that was under way when it was made.
    """

    number: int
    desk: str
    boot: int
    what: str
    person: str
    ops: tuple[Op, ...] = ()
    cursor: str = ""
    witness: str = ""
    limit: int = 0
    again: bool = False
    seen: int = 0
    follows: str = ""

    @property
    def turn(self) -> str:
        """What the desk calls this push."""
        return f"{self.desk}-{self.boot}-{self.number}"


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer; ``mark`` is the model's own number of the commit its anchor stands for."""

    request: Request
    problem: ProblemCode | None = None
    results: tuple[OpResult, ...] = ()
    anchor: str = ""
    pieces: tuple[Sequence[Record], ...] = ()
    more: bool = False
    mark: int = 0


class Bag:
    """Requests and replies under way, in no order."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.replies: list[Reply] = []

    def take_request(self, index: int, *, keep: bool = False) -> Request | None:
        """Take one out; ``keep``: it will arrive once more."""
        return self._take(self.requests, index, keep)

    def take_reply(self, index: int, *, keep: bool = False) -> Reply | None:
        """Take one out; ``keep``: it will arrive once more."""
        return self._take(self.replies, index, keep)

    def clear(self) -> None:
        """Lose everything."""
        self.requests.clear()
        self.replies.clear()

    @staticmethod
    def _take(things: list[T], index: int, keep: bool) -> T | None:
        if not things:
            return None
        place = index % len(things)
        return things[place] if keep else things.pop(place)
