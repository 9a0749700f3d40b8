"""A chat as it was read: messages in the order of the file, and what was left out (F59)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from console.intake.chat_content import MessageKind
from console.intake.chat_dates import DateOrder
from console.intake.chat_headers import ChatFormat


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of one chat is read; what is beyond is left out and said (`Chat.notice_nl`).

    WhatsApp itself exports at most about 40,000 messages of at most 65,536 characters.
    """

    messages: int = 200_000
    message_chars: int = 65_536
    text_bytes: int = 32 * 1024 * 1024
    unrecognised_lines: int = 1_000
    unrecognised_chars: int = 2_000


class Message(NamedTuple):
    """One message or notice of a chat.

    `at` is local time as written, without a zone, for the file holds none. `sender` is None for
    a line of the app itself. `attachment` is the file's name as written, never a path to open.
    A named tuple and not a data class: a chat has up to 200,000 of them.
    """

    at: datetime
    sender: str | None
    text: str
    kind: MessageKind
    attachment: str | None
    edited: bool


@dataclass(frozen=True, slots=True)
class Chat:
    """A whole chat in the order of the file.

    `date_order_certain` is False where the file leaves open what is the day and what the month:
    ask, and read again with `date_order`. `truncated_at` is the number of messages read where a
    limit cut the rest, `shortened` the number of messages of which only the first part was kept.
    """

    format: ChatFormat
    date_order: DateOrder
    date_order_certain: bool
    messages: tuple[Message, ...]
    unrecognised: tuple[str, ...] = ()
    truncated_at: int | None = None
    shortened: int = 0

    @property
    def notice_nl(self) -> str | None:
        """Say in Dutch what was left out, or None when all was read."""
        parts = []
        if self.truncated_at is not None:
            parts.append(f"De eerste {self.truncated_at} berichten zijn gelezen, de rest niet.")
        if self.shortened:
            parts.append(f"Van {self.shortened} lange berichten is alleen het begin gelezen.")
        return " ".join(parts) or None
