"""The scanner of WhatsApp chats: pieces of text become messages (F59, formats.md §4).

One pass and no backtracking: the form of the first header decides which pattern finds the
others; plain messages take a short way, all others go through `chat_content` and `chat_system`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time
from typing import NamedTuple

from console.intake.chat_columns import Columns
from console.intake.chat_content import (
    SPECIAL_ENDS,
    SUSPECT_CHARS,
    SUSPECTS,
    Content,
    is_place_or_poll,
    read_content,
)
from console.intake.chat_dates import (
    DateOrder,
    DayReadings,
    OrderDecision,
    decide_order,
    read_clock,
    read_day,
)
from console.intake.chat_headers import HeaderForm, find_first, stamp_shape
from console.intake.chat_lines import whole_lines
from console.intake.chat_marks import find_mark, starts_with_app_mark, without_marks
from console.intake.chat_message import Chat, Limits
from console.intake.chat_system import (
    clean_sender,
    is_app_sentence,
    names_the_chat,
    split_sender,
)
from console.intake.files import Unreadable

BLOCK_CHARS = 128 * 1024
"""Text is worked through in blocks of about this many characters, to bound memory."""

_REPEATED_CHARS = 30  # "afbeelding weggelaten" stands in a chat a thousand times
_NOTHING = re.compile(r"(?!)")


class _Found(NamedTuple):
    """The messages of one block as written, after `head`, which belongs to the message before."""

    head: str
    firsts: list[str]
    seconds: list[str]
    senders: list[str | None]
    texts: list[str]


class _Open(NamedTuple):
    """The last message of a block, with the pieces of text that it has so far."""

    day: str
    clock: str
    sender: str | None
    pieces: list[str]


class ChatScanner:
    """Collects messages from pieces of text; use once: `read`, then `finish`."""

    def __init__(self, limits: Limits, chat_name: str | None = None) -> None:
        """Start empty; `chat_name` is what iOS writes as the sender of its own notices."""
        self._limits = limits
        self._chat_names = {chat_name} if chat_name else set()
        self._form: HeaderForm | None = None
        self._pattern = _NOTHING
        self._shape = ("", False)
        self._columns = Columns()
        self._unrecognised: list[str] = []
        self._days: dict[str, DayReadings] = {}
        self._clocks: dict[str, time] = {}
        self._senders: dict[str | None, str | None] = {None: None}
        self._contents: dict[str, Content] = {}
        self._open: _Open | None = None
        self._shortened = 0
        self._blank = True
        self._cut = False

    def read(self, pieces: Iterable[str]) -> None:
        """Work through all pieces of one text, until the end or a limit."""
        for block in whole_lines(pieces, BLOCK_CHARS):
            self._blank = self._blank and not without_marks(block).strip()
            self._scan("\n" + block)
            if len(self._columns.days) > self._limits.messages:
                return

    def mark_cut(self) -> None:
        """Say that the text went on beyond what was given to `read`."""
        self._cut = True

    def finish(self, *, today: date | None = None, date_order: DateOrder | None = None) -> Chat:
        """Give the chat; raises `Unreadable` empty or not_a_chat where no header was seen."""
        self._close_open("")
        if self._form is None:
            raise Unreadable("empty" if self._blank else "not_a_chat")
        columns = self._columns
        if len(columns.days) > self._limits.messages:
            self._cut = True
            columns.cut(self._limits.messages)
        # Dates of look-alikes that were no header after all have no say in the order.
        used = {raw: self._days[raw] for raw in set(columns.days)}
        if date_order is not None:
            decision = OrderDecision(date_order, certain=True)
        else:
            proof = self._form.format != "web"
            decision = decide_order(used, columns.days, by_sequence_is_proof=proof, today=today)
        return Chat(
            format=self._form.format,
            date_order=decision.order,
            date_order_certain=decision.certain,
            messages=columns.messages(
                {raw: day.best(decision.order) for raw, day in used.items()}, self._clocks
            ),
            unrecognised=tuple(self._unrecognised),
            truncated_at=len(columns.days) if self._cut else None,
            shortened=self._shortened,
        )

    def _scan(self, block: str) -> None:
        """Take the messages out of whole lines; the block starts with a line feed."""
        if self._form is None:
            found = find_first(block)
            if found is None:
                self._keep_unrecognised(block)
                return
            self._begin(found[0], block, found[1])
            self._keep_unrecognised(block[: found[1]])
            block = block[found[1] :]
        found_here = self._split(block)
        if found_here.firsts:
            self._close_open(found_here.head)
            self._take(found_here)
        elif self._open is not None:
            pieces = self._open.pieces
            if sum(map(len, pieces)) <= self._limits.message_chars:
                pieces.append(found_here.head)

    def _begin(self, form: HeaderForm, block: str, start: int) -> None:
        """Choose the pattern for the whole text by its first header."""
        self._form = form
        first = form.pattern.match(block, start)
        if first is not None:
            self._shape = stamp_shape(first[1], first[2])
        self._pattern = form.quick if form.quick.match(block, start) else form.pattern

    def _split(self, block: str) -> _Found:
        """Cut a block at its headers: at once where all are real, else one by one."""
        parts = self._pattern.split(block)
        found = _Found(parts[0], parts[1::4], parts[2::4], parts[3::4], parts[4::4])
        if self._all_real(found) and (block.isascii() or not self._hides_headers(parts)):
            return found
        self._pattern = self._form.pattern if self._form is not None else self._pattern
        return self._split_one_by_one(block)

    def _all_real(self, found: _Found) -> bool:
        """Whether every header is one; learns the stamps and senders on the way."""
        for raw in set(found.senders).difference(self._senders):
            self._senders[raw] = clean_sender(raw or "")
        days, clocks = self._by_meaning(found)
        if not all(map(self._is_day, set(days).difference(self._days))):
            return False
        fresh = set(clocks).difference(self._clocks)
        try:
            self._clocks.update(zip(fresh, map(time.fromisoformat, fresh), strict=True))
        except ValueError:  # a clock of twelve hours, or no time at all
            if not all(map(self._is_clock, fresh.difference(self._clocks))):
                return False
        if None not in found.senders:
            return True
        return all(
            self._is_header(first, second, raw, text)
            for first, second, raw, text in zip(*found[1:], strict=True)
            if raw is None
        )

    def _hides_headers(self, parts: list[str]) -> bool:
        """Whether a header with marks inside went past the quick pattern."""
        form = self._form
        if form is None or self._pattern is form.pattern:
            return False
        folded = [text for text in parts[::4] if not text.isascii() and "\n" in text]
        return any(find_mark(text) and form.pattern.search(text) for text in folded)

    def _split_one_by_one(self, block: str) -> _Found:
        """As `_split`, leaving look-alikes in the text of the message before them."""
        found = _Found("", [], [], [], [])
        head, end = "", 0
        for match in self._pattern.finditer(block):
            first, second, raw = match.groups()
            line_end = block.find("\n", match.end())
            line = block[match.end() : line_end if line_end >= 0 else len(block)]
            if not self._is_header(first, second, raw, line):
                continue
            if found.firsts:
                found.texts.append(block[end : match.start()])
            else:
                head = block[: match.start()]
            found.firsts.append(first)
            found.seconds.append(second)
            found.senders.append(raw)
            if raw not in self._senders:
                self._senders[raw] = clean_sender(raw)
            end = match.end()
        if not found.firsts:
            return found._replace(head=block)
        found.texts.append(block[end:])
        return found._replace(head=head)

    def _is_header(self, first: str, second: str, raw: str | None, text: str) -> bool:
        """Whether a match is a real header; one without sender must look like the others."""
        day, clock = (second, first) if self._time_first else (first, second)
        if day not in self._days and not self._is_day(day):
            return False
        if clock not in self._clocks and not self._is_clock(clock):
            return False
        if raw is not None or split_sender(text.partition("\n")[0])[0] is not None:
            return True
        return stamp_shape(first, second) == self._shape

    @property
    def _time_first(self) -> bool:
        return self._form is not None and self._form.time_first

    def _by_meaning(self, found: _Found) -> tuple[list[str], list[str]]:
        """Give dates and times of the headers, in that order."""
        if self._time_first:
            return found.seconds, found.firsts
        return found.firsts, found.seconds

    def _is_day(self, raw: str) -> bool:
        """Read a date not seen before; False where no such date exists."""
        day = read_day(raw)
        if day is not None:
            self._days[raw] = day
        return day is not None

    def _is_clock(self, raw: str) -> bool:
        """Read a time not seen before; False where no such time exists."""
        clock = read_clock(raw)
        if clock is not None:
            self._clocks[raw] = clock
        return clock is not None

    def _take(self, found: _Found) -> None:
        """Add all messages of a block but the last, which the next block may go on with."""
        days, clocks = self._by_meaning(found)
        raw_senders, texts = found.senders, found.texts
        self._open = _Open(days.pop(), clocks.pop(), raw_senders.pop(), [texts.pop()])
        columns, base = self._columns, len(self._columns.days)
        senders = list(map(self._senders.__getitem__, raw_senders))
        columns.days += days
        columns.clocks += clocks
        columns.senders += senders
        columns.texts += texts
        if None in senders:
            for row, sender in enumerate(senders):
                if sender is None:
                    self._settle(base + row, raw_senders[row])
        # Four cheap questions for every message; a plain one answers no to all of them. Whether
        # all is plain ASCII is asked of the whole block at once.
        if all(map(str.isascii, texts)):
            careful = [
                row
                for row, text in enumerate(texts)
                if text[-1:] in SPECIAL_ENDS or text[:SUSPECT_CHARS] in SUSPECTS or "\n" in text
            ]
        else:
            careful = [
                row
                for row, text in enumerate(texts)
                if text[-1:] in SPECIAL_ENDS
                or text[:SUSPECT_CHARS] in SUSPECTS
                or not text.isascii()
                or "\n" in text
            ]
        if max(map(len, texts), default=0) > self._limits.message_chars:
            careful = list(range(len(texts)))
        for row in careful:
            if self._needs_care(texts[row]):
                self._settle(base + row, raw_senders[row])

    def _needs_care(self, text: str) -> bool:
        """Ask the dearer questions about a text that is not plain ASCII on one line."""
        return (
            not (text.isascii() or find_mark(text) is None)
            or text[-1:] in SPECIAL_ENDS
            or text[:SUSPECT_CHARS] in SUSPECTS
            or ">\n" in text
            or ")\n" in text
            or len(text) > self._limits.message_chars
        )

    def _settle(self, row: int, raw: str | None) -> None:
        """Say what a message is that may be more than plain words, from its text as written."""
        columns, longest = self._columns, self._limits.message_chars
        if row in columns.special:
            return
        text = columns.texts[row].rstrip("\n")
        if len(text) > longest:
            text = text[:longest]
            self._shortened += 1
        if raw is None:
            line, feed, rest = text.partition("\n")
            raw, line = split_sender(line)
            text = line + feed + rest
        who = clean_sender(raw) if raw is not None else None
        if raw is None or who is None:
            notice = text if raw is None else f"{raw}: {text}"
            columns.senders[row], columns.texts[row] = None, without_marks(notice)
            columns.special[row] = ("system", None, False)
            return
        android = self._form is not None and self._form.format == "android"
        content = self._contents.get(text)
        if content is None:
            content = read_content(text, view_once=android)
            if len(text) <= _REPEATED_CHARS:
                self._contents[text] = content
        if content.kind == "message" and not android and self._is_notice(who, text):
            content, columns.senders[row] = content._replace(kind="system"), None
        else:
            columns.senders[row] = who
        columns.texts[row] = content.text
        columns.special[row] = (content.kind, content.attachment, content.edited)

    def _is_notice(self, who: str, text: str) -> bool:
        """The iOS rule: the chat is the sender and the app's mark opens the text."""
        words = without_marks(text).lstrip()
        if not starts_with_app_mark(text) or is_place_or_poll(words):
            return False
        if is_app_sentence(words.partition("\n")[0]):
            if names_the_chat(text):
                self._chat_names.add(who)
            return True
        return who in self._chat_names

    def _close_open(self, head: str) -> None:
        """Add text to the message left open by the block before, and close it at a header."""
        if self._open is None:
            return
        day, clock, raw, pieces = self._open
        self._open = None
        columns = self._columns
        columns.days.append(day)
        columns.clocks.append(clock)
        columns.senders.append(None)
        columns.texts.append("".join([*pieces, head]))
        self._settle(len(columns.days) - 1, raw)

    def _keep_unrecognised(self, block: str) -> None:
        """Keep the lines before the first header, but for empty ones, as written."""
        room = self._limits.unrecognised_lines - len(self._unrecognised)
        if room > 0:
            lines = (line[: self._limits.unrecognised_chars] for line in block.split("\n"))
            self._unrecognised.extend([line for line in lines if line.strip()][:room])
