"""The scanner of WhatsApp chats: pieces of text become messages (F59, formats.md §4).

One pass and no backtracking: the form of the first header decides which pattern finds the
others; plain messages take a short way, all others go through `chat_content` and `chat_system`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from operator import itemgetter
from typing import NamedTuple

from console.intake.chat_content import SUSPECT_CHARS, SUSPECTS, MessageKind, read_content
from console.intake.chat_dates import (
    DateOrder,
    DayReadings,
    OrderDecision,
    decide_order,
    read_clock,
    read_day,
)
from console.intake.chat_headers import ChatFormat, HeaderForm, find_first, header_shape
from console.intake.chat_marks import find_mark, starts_with_app_mark, without_marks
from console.intake.chat_system import (
    clean_sender,
    is_app_sentence,
    names_the_chat,
    split_sender,
)
from console.intake.files import Unreadable

_SPECIAL_ENDS = frozenset("\n>)")
_PLACE_OR_POLL = re.compile(
    r"(?:(?:live )?(?:locatie|location|standort|localisation|ubicaci[oó]n)|poll|peiling|umfrage)\b",
    re.IGNORECASE,
)

BLOCK_CHARS = 1024 * 1024
"""Text is worked through in blocks of about this many characters, to bound memory."""


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


class _Row(NamedTuple):
    """A message whose date is still as written."""

    day: str
    clock: str
    sender: str | None
    text: str
    kind: MessageKind
    attachment: str | None
    edited: bool


class ChatScanner:
    """Collects messages from pieces of text; use once: `read`, then `finish`."""

    def __init__(self, limits: Limits, chat_name: str | None = None) -> None:
        """Start empty; `chat_name` is what iOS writes as the sender of its own notices."""
        self._limits = limits
        self._chat_names = {chat_name} if chat_name else set()
        self._form: HeaderForm | None = None
        self._shape: tuple[str, bool] = ("", False)
        self._rows: list[_Row] = []
        self._unrecognised: list[str] = []
        self._days: dict[str, DayReadings] = {}
        self._clocks: dict[str, time] = {}
        self._senders: dict[str, str | None] = {}
        self._open: tuple[str, str, str | None, str] | None = None
        self._tail: list[str] = []
        self._tail_chars = 0
        self._shortened = 0
        self._blank = True
        self._cut = False

    def read(self, pieces: Iterable[str]) -> None:
        """Work through all pieces of one text, until the end or a limit."""
        for block in _blocks(pieces):
            self._blank = self._blank and not without_marks(block).strip()
            self._scan("\n" + block)
            if len(self._rows) > self._limits.messages:
                return

    def mark_cut(self) -> None:
        """Say that the text went on beyond what was given to `read`."""
        self._cut = True

    def finish(self, *, today: date | None = None, date_order: DateOrder | None = None) -> Chat:
        """Give the chat; raises `Unreadable` empty or not_a_chat where no header was seen."""
        self._close_open("")
        if self._form is None:
            raise Unreadable("empty" if self._blank else "not_a_chat")
        self._cut = self._cut or len(self._rows) > self._limits.messages
        del self._rows[self._limits.messages :]
        rows = self._rows
        # Dates of look-alikes that were no header after all have no say in the order.
        used = set(map(itemgetter(0), rows))
        readings = {raw: day for raw, day in self._days.items() if raw in used}
        if date_order is not None:
            decision = OrderDecision(date_order, certain=True)
        else:
            decision = decide_order(
                readings,
                map(itemgetter(0), rows),
                by_sequence_is_proof=self._form.format != "web",
                today=today,
            )
        days = {raw: day.best(decision.order) for raw, day in readings.items()}
        clocks, combine, new = self._clocks, datetime.combine, tuple.__new__
        messages = tuple(
            [
                new(Message, (combine(days[day], clocks[clock]), who, text, kind, file, edited))
                for day, clock, who, text, kind, file, edited in rows
            ]
        )
        return Chat(
            format=self._form.format,
            date_order=decision.order,
            date_order_certain=decision.certain,
            messages=messages,
            unrecognised=tuple(self._unrecognised),
            truncated_at=len(messages) if self._cut else None,
            shortened=self._shortened,
        )

    def _scan(self, block: str) -> None:
        """Take the messages out of whole lines; the block starts with a line feed."""
        start = 0
        if self._form is None:
            found = find_first(block)
            if found is None:
                self._keep_unrecognised(block)
                return
            self._form, start = found
            self._keep_unrecognised(block[:start])
            first = self._form.pattern.match(block, start)
            if first is not None:
                self._shape = header_shape(_header_of(first))
        matches = self._form.pattern.finditer(block, start)
        day_group, clock_group = (2, 1) if self._form.time_first else (1, 2)
        days, clocks, senders, add = self._days, self._clocks, self._senders, self._rows.append
        longest, new = self._limits.message_chars, tuple.__new__
        end = start
        day = clock = line = ""
        who: str | None = None
        pending = False
        for match in matches:
            next_day, next_clock = match[day_group], match[clock_group]
            raw, next_line = match[3], match[4]
            if next_day not in days or next_clock not in clocks:
                if not self._learn_stamp(next_day, next_clock):
                    continue
            if raw is None:
                raw, next_line = split_sender(next_line)
                if raw is None and header_shape(_header_of(match)) != self._shape:
                    continue
            at = match.start()
            if pending:
                text = line if at == end else line + block[end:at]
                if (
                    who is None
                    or line[:SUSPECT_CHARS] in SUSPECTS
                    or line[-1:] in _SPECIAL_ENDS
                    or text[-1:] in _SPECIAL_ENDS
                    or len(text) > longest
                    or not (text.isascii() or find_mark(text) is None)
                ):
                    self._add_special(day, clock, who, text)
                else:
                    add(new(_Row, (day, clock, who, text, "message", None, False)))
            else:
                self._close_open(block[end:at])
            if raw is None:
                who = None
            elif raw in senders:
                who = senders[raw]
                if who is None:
                    next_line = f"{raw}: {next_line}"
            else:
                who = senders[raw] = clean_sender(raw)
                if who is None:
                    next_line = f"{raw}: {next_line}"
            day, clock, line, end, pending = next_day, next_clock, next_line, match.end(), True
        if pending:
            self._open = (day, clock, who, line)
        self._keep_tail(block[end:])

    def _learn_stamp(self, raw_day: str, raw_clock: str) -> bool:
        """Read a date and time not seen before; False when they do not exist."""
        if raw_day not in self._days:
            day = read_day(raw_day)
            if day is None:
                return False
            self._days[raw_day] = day
        if raw_clock not in self._clocks:
            clock = read_clock(raw_clock)
            if clock is None:
                return False
            self._clocks[raw_clock] = clock
        return True

    def _add_special(self, day: str, clock: str, who: str | None, text: str) -> None:
        """Add a message that may be more than plain words."""
        longest = self._limits.message_chars
        text = text.rstrip("\n")
        if len(text) > longest:
            text = text[:longest]
            self._shortened += 1
        if who is None:
            self._rows.append(_Row(day, clock, None, without_marks(text), "system", None, False))
            return
        form = self._form.format if self._form is not None else "other"
        content = read_content(text, view_once=form == "android")
        if content.kind == "message" and form != "android" and self._is_notice(who, text):
            content = content._replace(kind="system")
            who = None
        self._rows.append(_Row(day, clock, who, *content))

    def _is_notice(self, who: str, text: str) -> bool:
        """The iOS rule: the chat is the sender and the app's mark opens the text."""
        words = without_marks(text).lstrip()
        if not starts_with_app_mark(text) or _PLACE_OR_POLL.match(words):
            return False
        if is_app_sentence(words.partition("\n")[0]):
            if names_the_chat(text):
                self._chat_names.add(who)
            return True
        return who in self._chat_names

    def _keep_tail(self, tail: str) -> None:
        """Keep lines that belong to the last message, which the next block may go on with."""
        if self._open is not None and self._tail_chars <= self._limits.message_chars:
            self._tail.append(tail)
            self._tail_chars += len(tail)

    def _close_open(self, tail: str) -> None:
        """Add the message that was still open at the end of the block before."""
        if self._open is None:
            return
        self._keep_tail(tail)
        day, clock, who, line = self._open
        self._add_special(day, clock, who, line + "".join(self._tail))
        self._open, self._tail, self._tail_chars = None, [], 0

    def _keep_unrecognised(self, block: str) -> None:
        """Keep the lines before the first header, but for empty ones, as written."""
        room = self._limits.unrecognised_lines - len(self._unrecognised)
        if room > 0:
            lines = (line[: self._limits.unrecognised_chars] for line in block.split("\n"))
            self._unrecognised.extend([line for line in lines if line.strip()][:room])


def _header_of(match: re.Match[str]) -> str:
    """Give the stamp of a matched header with its signs, without sender and text."""
    body = match.start(3) if match[3] is not None else match.start(4)
    return match.string[match.start() : body]


def _blocks(pieces: Iterable[str]) -> Iterator[str]:
    """Give blocks of whole lines with plain line feeds, without the last one and without NULs.

    A line longer than a block is cut there: no message may be that long.
    """
    held: list[str] = []
    held_chars = 0
    half = ""
    for piece in pieces:
        text = half + piece
        half = "\r" if text.endswith("\r") else ""
        if half:
            text = text[:-1]
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if "\0" in text:
            text = text.replace("\0", "")
        cut = text.rfind("\n")
        if cut >= 0:
            yield "".join(held) + text[:cut]
            held, held_chars, text = [], 0, text[cut + 1 :]
        if held_chars <= BLOCK_CHARS:
            held.append(text)
            held_chars += len(text)
    yield "".join(held)
