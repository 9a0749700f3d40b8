"""What a desk of the model keeps in memory, and what the model knows of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from contract.op import Op
from tests.model.line import Reply, Request

Key = tuple[str, str]


@dataclass
class Saved:
    """What a person was told is kept."""

    op: Op
    person: str


@dataclass
class Memory:
    """What the process holds and loses when it dies."""

    waiting: Request | None = None
    ahead: Request | None = None
    early: Reply | None = None
    resync: str = ""
    last_push: int = 0
    pieces: int = 0


@dataclass
class Known:
    """What the model knows of this desk, to hold it against."""

    saved: dict[str, Saved] = field(default_factory=dict)
    highest: dict[Key, int] = field(default_factory=dict)
    generation: int = -1
    cursor: str = ""
    cursor_seq: int = 0
    mark: int = 0
    seen: int = 0
