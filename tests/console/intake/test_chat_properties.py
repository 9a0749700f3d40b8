"""What holds for every chat: no surprise, nothing lost, time in step with length."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.intake.chat import Limits, Message, read_chat_bytes, read_chat_text
from console.intake.chat_dates import DateOrder
from console.intake.chat_headers import FORMS
from console.intake.files import Unreadable

Layout = Callable[[datetime, str, str], str]
LAYOUTS: dict[str, tuple[str, Layout, bool]] = {
    "android": ("android", lambda t, s, x: f"{t:%d-%m-%Y %H:%M} - {s}: {x}", False),
    "android comma": ("android", lambda t, s, x: f"{t:%d-%m-%Y, %H:%M} - {s}: {x}", False),
    "android us": (
        "android",
        lambda t, s, x: f"{t.month}/{t.day}/{t:%y, %I:%M %p} - {s}: {x}",
        False,
    ),
    "android dots": ("android", lambda t, s, x: f"{t:%d.%m.%y, %H:%M} - {s}: {x}", False),
    "android ymd": ("android", lambda t, s, x: f"{t:%Y/%m/%d, %H:%M} - {s}: {x}", False),
    "ios": ("ios", lambda t, s, x: f"[{t:%d-%m-%Y, %H:%M:%S}] {s}: {x}", True),
    "ios old": ("ios", lambda t, s, x: f"\u200e[{t:%d-%m-%Y %H:%M:%S}] {s}: {x}", True),
    "ios us": ("ios", lambda t, s, x: f"[{t:%m/%d/%Y, %I:%M:%S\u202f%p}] {s}: {x}", True),
    "ios 2016": ("ios_2016", lambda t, s, x: f"{t:%d-%m-%y %H:%M:%S}: {s}: {x}", True),
    "web": ("web", lambda t, s, x: f"[{t:%H:%M, %d-%m-%Y}] {s}: {x}", False),
    "time first": ("other", lambda t, s, x: f"[{t:%H:%M:%S, %d/%m/%Y}] {s}: {x}", True),
}

WORDS = st.text(
    st.characters(exclude_categories=["C", "Z", "P"], include_characters=" .,!?-'👍é"), max_size=40
)
SENDERS = WORDS.map(lambda word: f"Buur {word}".strip())
BODIES = st.lists(WORDS.map(lambda word: f"x{word}x"), min_size=1, max_size=3).map("\n".join)
TIMES = st.datetimes(datetime(2016, 1, 1), datetime(2035, 12, 31))  # noqa: DTZ001


@pytest.mark.parametrize("name", sorted(LAYOUTS))
@given(data=st.data())
@settings(max_examples=15)
def test_what_was_written_comes_back(name: str, data: st.DataObject) -> None:
    form, write, has_seconds = LAYOUTS[name]
    rows = data.draw(st.lists(st.tuples(TIMES, SENDERS, BODIES), min_size=1, max_size=8))
    end = data.draw(st.sampled_from(["\n", "\r\n"]))
    text = "\n".join(write(*row) for row in rows).replace("\n", end)
    order: DateOrder = "mdy" if name.endswith(" us") else "ymd" if name.endswith("ymd") else "dmy"
    chat = read_chat_text(text, date_order=order)
    assert chat.format == form
    assert chat.unrecognised == ()
    assert [(m.at, m.sender, m.text, m.kind) for m in chat.messages] == [
        (at.replace(microsecond=0, second=at.second if has_seconds else 0), who, body, "message")
        for at, who, body in rows
    ]
    assert read_chat_bytes(text.encode(), "a.txt", date_order=order) == chat


PIECES = st.sampled_from(
    [
        "[", "]", " - ", ": ", ":", "\n", "\r\n", "\r", "\u200e", "\ufeff", "\u202e", "\0", "\x85",
        "21-11-2026", "11/21/26", "31-02-2026", "10:32", "99:99", "10:32:05 PM", ", ", "Anja", "~ ",
        "<Media weggelaten>", "<bijgevoegd: ", ">", " (bestand bijgevoegd)", "null", "POLL:",
        "<Dit bericht is bewerkt>", "heeft het onderwerp gewijzigd", "23-03-2022 13:31 - Bo: ja\n",
        "[23-03-2022, 13:31:05] Bo: \u200e", "\ud800", "\u0662\u0661", "年", "💥",
    ]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=6), max_size=40).map("".join))
@settings(max_examples=150)
def test_any_text_is_read_or_refused(text: str) -> None:
    messages: tuple[Message, ...] = ()
    with suppress(Unreadable):
        messages = read_chat_text(text).messages
    for message in messages:
        message.text.encode()
        assert (message.sender is None) == (message.kind == "system")
        assert not set("\u200e\u200f\u202e\ufeff\0") & set(message.text + (message.sender or ""))


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.zip", "../a", ""]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    for attempt in (data, b"23-03-2022 13:31 - Bo: ja " + data, b"PK\x03\x04" + data):
        with suppress(Unreadable):
            assert read_chat_bytes(attempt, name).messages


def test_the_result_does_not_depend_on_where_blocks_end(monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(7)
    lines = [
        "23-03-2022 13:31 - Anja: een",
        "nog een regel (met haakjes)",
        "<Media weggelaten>",
        "24-03-2022 13:32 - Bo: <Media weggelaten>",
        "25-03-2022 13:32 - Bo: één 👍 <Dit bericht is bewerkt>",
        "26-03-2022 13:32 - Bo is toegevoegd",
        "31-02-2022 13:32 - Bo: bestaat niet",
        "27-03-2022, 13:32 - geen kop",
        "2\u200e8-03-2022 13:32 - Cor: geen kop",
        "",
    ]
    text = "\r\n".join(dice.choice(lines) for _ in range(400))
    whole = read_chat_text("23-03-2022 13:31 - Anja: begin\r\n" + text)
    for size in (7, 64, 500):
        monkeypatch.setattr("console.intake.chat.BLOCK_CHARS", size)
        monkeypatch.setattr("console.intake.chat_scan.BLOCK_CHARS", size * 100)
        assert read_chat_text("23-03-2022 13:31 - Anja: begin\r\n" + text) == whole


HOSTILE_LINES = [
    "[" * 2_000,
    "\u200e" * 2_000,
    "21-11-2026 " + " " * 2_000,
    "21-11-2026, 10:32" + "\u202f\u200e" * 1_000,
    "23-03-2022 13:31 - " + "a:" * 1_000,
    "23-03-2022 13:31 - " + "x" * 2_000 + "\u200e" * 50 + "<",
    "23-03-2022 13:31 - Bo: " + " <Dit bericht is bewerkt>" * 80,
    "23-03-2022 13:31 - Bo: <bijgevoegd: " * 60,
    "23-03-2022 13:31 - " + "heeft " * 30 + ": ja",
    "[23-03-2022, 13:31:05] Bo: \u200eheeft " + "is " * 700,
]


@pytest.mark.parametrize("line", HOSTILE_LINES)
def test_a_hostile_line_makes_no_pattern_walk_back_and_forth(line: str) -> None:
    """A walk back and forth would take minutes here; the time limit of the test says so."""
    start = (
        "[23-03-2022, 13:31:05] Bo: ja\n" if line.startswith("[") else "23-03-2022 13:31 - Bo: ja\n"
    )
    chat = read_chat_text(start + "\n".join([line] * 400))
    assert chat.messages[0].sender == "Bo"
    one = read_chat_text(start + line * 200, limits=Limits(message_chars=1_000))
    assert one.messages


def test_no_pattern_for_headers_has_an_open_end() -> None:
    for form in FORMS:
        for pattern in (form.pattern, form.quick):
            assert pattern.pattern.startswith("\n") or pattern.pattern.startswith("\\n")
            assert "*" not in pattern.pattern.replace("\\*", "")
            assert "+" not in pattern.pattern.replace("\\+", "")
