"""The messages of a chat column by column, while it is being read."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import repeat

from console.intake.chat_content import MessageKind
from console.intake.chat_message import Message

_MANY = 2_000
"""Below this the collector hardly comes by; asking what it holds costs more in a long-lived desk."""


@dataclass(slots=True)
class Columns:
    """What came out of the text so far, column by column: one row is one message.

    Columns and not rows, because nearly all work is then done by whole lists at once. `special`
    holds kind, attachment and edit of the rows that are more than plain words.
    """

    days: list[str] = field(default_factory=list)
    clocks: list[str] = field(default_factory=list)
    senders: list[str | None] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    special: dict[int, tuple[MessageKind, str | None, bool]] = field(default_factory=dict)

    def cut(self, rows: int) -> None:
        """Leave out all rows from `rows` on."""
        for column in (self.days, self.clocks, self.senders, self.texts):
            del column[rows:]
        self.special = {row: what for row, what in self.special.items() if row < rows}

    def messages(self, days: Mapping[str, date], clocks: Mapping[str, time]) -> tuple[Message, ...]:
        """Give all rows as messages, with their dates and times as read."""
        count = len(self.days)
        kinds: list[MessageKind] = ["message"] * count
        attachments: list[str | None] = [None] * count
        edits = [False] * count
        for row, what in self.special.items():
            kinds[row], attachments[row], edits[row] = what
        moments = map(
            datetime.combine,
            map(days.__getitem__, self.days),
            map(clocks.__getitem__, self.clocks),
        )
        rows = zip(moments, self.senders, self.texts, kinds, attachments, edits, strict=True)
        with _collector_at_rest() if count > _MANY else nullcontext():
            return tuple(map(tuple.__new__, repeat(Message), rows))


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Keep the cycle collector from looking through all messages while they are being made.

    It would do so hundreds of times and find nothing: a message points at no other.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            if not gc.get_freeze_count():
                # Straight to the oldest generation, or the next collection walks all of them.
                gc.freeze()
                gc.unfreeze()
            gc.enable()
