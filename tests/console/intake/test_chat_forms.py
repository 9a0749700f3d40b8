"""Every form of header of formats.md §4a and §4b, with invented people and texts."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from console.intake.chat import Limits, read_chat_text
from console.intake.files import Unreadable

_DIGITS = str.maketrans("0123456789", "".join(chr(0x660 + n) for n in range(10)))
ARABIC = "[21\u200f/11\u200f/2026\u060c 8:08:51 \u0645] ".translate(_DIGITS)
PERSIAN = (
    "[\u06f2\u06f1/\u06f1\u06f1/\u06f2\u06f0\u06f2\u06f6, \u06f1\u06f0:\u06f3\u06f2:\u06f0\u06f5] "
)

ROWS = [
    ("23-03-2022 13:31 - Anja Voorbeeld: Hallo", "android", "2022-03-23T13:31:00", "dmy"),
    ("16-07-2026, 14:32 - Anja Voorbeeld: Hallo", "android", "2026-07-16T14:32:00", "dmy"),
    ("[19-04-2026, 15:23:44] Anja Voorbeeld: Hallo", "ios", "2026-04-19T15:23:44", "dmy"),
    ("[22-05-2022 16:21:32] Anja Voorbeeld: Hallo", "ios", "2022-05-22T16:21:32", "dmy"),
    ("16-01-16 12:29:41: Anja Voorbeeld: Hallo", "ios_2016", "2016-01-16T12:29:41", "dmy"),
    ("16/03/2022, 15:10 - Anja Voorbeeld: Hallo", "android", "2022-03-16T15:10:00", "dmy"),
    ("3/18/25, 17:49 - Anja Voorbeeld: Hallo", "android", "2025-03-18T17:49:00", "mdy"),
    ("1/29/18, 12:24 PM - Anja Voorbeeld: Hallo", "android", "2018-01-29T12:24:00", "mdy"),
    ("1/29/18, 12:24 AM - Anja Voorbeeld: Hallo", "android", "2018-01-29T00:24:00", "mdy"),
    ("1/29/18, 1:24 p.m. - Anja Voorbeeld: Hallo", "android", "2018-01-29T13:24:00", "mdy"),
    ("1/29/18, 1:24 p.\u00a0m. - Anja Voorbeeld: Hallo", "android", "2018-01-29T13:24:00", "mdy"),
    ("1/29/18, 1:24\u202fPM - Anja Voorbeeld: Hallo", "android", "2018-01-29T13:24:00", "mdy"),
    (
        "1/29/18, 1:24\u202fp.\u00a0m. - Anja Voorbeeld: Hallo",
        "android",
        "2018-01-29T13:24:00",
        "mdy",
    ),
    ("[16/03/2022, 15:10:17] Anja Voorbeeld: Hallo", "ios", "2022-03-16T15:10:17", "dmy"),
    ("[3/18/22, 14:56:01] Anja Voorbeeld: Hallo", "ios", "2022-03-18T14:56:01", "mdy"),
    ("[03/16/2022, 03:10:17 PM] Anja Voorbeeld: Hallo", "ios", "2022-03-16T15:10:17", "mdy"),
    ("[20.06.19, 15:58:47] Anja Voorbeeld: Hallo", "ios", "2019-06-20T15:58:47", "dmy"),
    ("16.03.2022, 15:10 - Anja Voorbeeld: Hallo", "android", "2022-03-16T15:10:00", "dmy"),
    ("2026/11/21, 10:32 - Anja Voorbeeld: Hallo", "android", "2026-11-21T10:32:00", "ymd"),
    ("[2026-02-03, 10:32:05] Anja Voorbeeld: Hallo", "ios", "2026-02-03T10:32:05", "ymd"),
    ("[21:41:55, 3/27/22] Anja Voorbeeld: Hallo", "other", "2022-03-27T21:41:55", "mdy"),
    ("10:32, 21-11-2026 - Anja Voorbeeld: Hallo", "other", "2026-11-21T10:32:00", "dmy"),
    ("[10:32, 21-11-2026] Anja Voorbeeld: Hallo", "web", "2026-11-21T10:32:00", "dmy"),
    ("[10:32 PM, 11/21/2026] Anja Voorbeeld: Hallo", "web", "2026-11-21T22:32:00", "mdy"),
    ("[21/11/2569 10:32:05] Anja Voorbeeld: Hallo", "ios", "2026-11-21T10:32:05", "dmy"),
    ("[R8/11/21 10:32:05] Anja Voorbeeld: Hallo", "ios", "2026-11-21T10:32:05", "ymd"),
    ("2026年11月21日 10:32 - Anja Voorbeeld: Hallo", "android", "2026-11-21T10:32:00", "ymd"),
    (
        ARABIC + "Anja Voorbeeld: Hallo",
        "ios",
        "2026-11-21T20:08:51",
        "dmy",
    ),
    (
        PERSIAN + "Anja Voorbeeld: Hallo",
        "ios",
        "2026-11-21T10:32:05",
        "dmy",
    ),
    (
        "\u200e[19-04-2026, 15:23:44] \u200eAnja Voorbeeld: Hallo",
        "ios",
        "2026-04-19T15:23:44",
        "dmy",
    ),
    (
        "\ufeff[19-04-2026,\ufeff 15:23:44] Anja Voorbeeld: Ha\u200ello",
        "ios",
        "2026-04-19T15:23:44",
        "dmy",
    ),
]


@pytest.mark.parametrize(("line", "form", "at", "order"), ROWS)
def test_each_form_of_header_is_read(line: str, form: str, at: str, order: str) -> None:
    chat = read_chat_text(line)
    (message,) = chat.messages
    assert (chat.format, chat.date_order) == (form, order)
    assert message.at.isoformat() == at
    assert (message.sender, message.text) == ("Anja Voorbeeld", "Hallo")
    assert (message.kind, message.attachment, message.edited) == ("message", None, False)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_kind_of_line_end_keeps_the_lines_of_a_message(end: str) -> None:
    lines = ["23-03-2022 13:31 - Anja: een", "", "twee", "23-03-2022 13:32 - Bo: drie", ""]
    chat = read_chat_text(end.join(lines))
    assert [m.text for m in chat.messages] == ["een\n\ntwee", "drie"]


def test_text_that_starts_with_a_date_goes_on_with_the_message() -> None:
    body = [
        "24-03-2022 is de vergadering",
        "25-03-2022 20:00 bij Bo",
        "[10:32, 21-11-2026] Cor: van het web",
        "32-13-2022 10:00 - Anja: zo'n datum is er niet",
        "24-03-2022 25:00 - Anja: zo'n tijd is er niet",
        "24-03-2022, 20:00 - inloop in het buurthuis",
    ]
    chat = read_chat_text("\n".join(["23-03-2022 13:31 - Anja: let op", *body]))
    assert [m.text for m in chat.messages] == ["\n".join(["let op", *body])]


def test_a_header_with_marks_inside_is_seen_in_a_file_without() -> None:
    chat = read_chat_text(
        "[19-04-2026, 15:23:44] Anja: een\n[19\u200e-04-2026\u200f, 15:24:44] Bo: twee"
    )
    assert [m.sender for m in chat.messages] == ["Anja", "Bo"]


def test_messages_out_of_order_stay_in_the_order_of_the_file() -> None:
    chat = read_chat_text("23-03-2022 13:31 - A: een\n22-03-2022 13:31 - B: twee")
    assert [m.at for m in chat.messages] == [
        datetime(2022, 3, 23, 13, 31),  # noqa: DTZ001 - the file holds no zone
        datetime(2022, 3, 22, 13, 31),  # noqa: DTZ001
    ]


def test_lines_before_the_first_header_are_unrecognised() -> None:
    chat = read_chat_text("iets vooraf\n\nnog iets\n23-03-2022 13:31 - Anja: een")
    assert chat.unrecognised == ("iets vooraf", "nog iets")
    assert len(chat.messages) == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "empty"), (" \n\u200e\n", "empty"), ("een boodschappenlijst\nmelk", "not_a_chat")],
)
def test_text_without_a_header_is_refused(text: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_chat_text(text)
    assert caught.value.code == code
    assert caught.value.message_nl.endswith(".")


@pytest.mark.parametrize(
    ("stamps", "order", "certain"),
    [
        (["13-02-2026", "01-03-2026"], "dmy", True),
        (["02-13-2026", "03-01-2026"], "mdy", True),
        (["10-01-2026", "02-02-2026"], "dmy", True),
        (["03-20-2026", "02-02-2026"], "mdy", True),
        (["01-10-2026", "02-02-2026"], "mdy", True),
        (["03-04-2026", "04-04-2026"], "dmy", False),
        (["05-06-2026"], "dmy", False),
        (["05-04-2026", "04-05-2026", "03-03-2026"], "dmy", False),
        (["2026-04-05", "2026-05-04"], "ymd", True),
        (["13-02-2026", "02-13-2026"], "dmy", False),
    ],
)
def test_the_order_of_a_date_is_decided_for_the_whole_file(
    stamps: list[str], order: str, certain: bool
) -> None:
    chat = read_chat_text("\n".join(f"{stamp} 10:00 - Anja: hoi" for stamp in stamps))
    assert (chat.date_order, chat.date_order_certain) == (order, certain)


def test_text_from_the_web_is_certain_only_where_a_part_is_above_twelve() -> None:
    chat = read_chat_text("[10:00, 10-01-2026] Anja: een\n[10:01, 02-02-2026] Bo: twee")
    assert (chat.date_order, chat.date_order_certain) == ("dmy", False)


def test_a_person_decides_the_order_and_is_believed() -> None:
    chat = read_chat_text("05-06-2026 10:00 - Anja: hoi", date_order="mdy")
    assert chat.messages[0].at.date() == date(2026, 5, 6)
    assert chat.date_order_certain


def test_the_day_of_today_helps_where_nothing_else_decides() -> None:
    chat = read_chat_text("05-12-2026 10:00 - Anja: hoi", today=date(2026, 11, 21))
    assert (chat.date_order, chat.date_order_certain) == ("mdy", False)


def test_a_date_inside_a_message_has_no_say_in_the_order() -> None:
    chat = read_chat_text("05-06-2026 10:00 - Anja: hoi\n06-20-2026, 11:00 - inloop")
    assert (chat.date_order, chat.date_order_certain) == ("dmy", False)


def test_limits_cut_and_say_so() -> None:
    text = "\n".join(f"23-03-2022 13:{n:02} - Anja: bericht {n}" for n in range(30))
    chat = read_chat_text(text, limits=Limits(messages=12))
    assert len(chat.messages) == 12
    assert chat.truncated_at == 12
    assert chat.notice_nl == "De eerste 12 berichten zijn gelezen, de rest niet."
    assert read_chat_text(text, limits=Limits(messages=30)).truncated_at is None


def test_a_message_of_a_hundred_megabytes_is_cut_and_said() -> None:
    text = "23-03-2022 13:31 - Anja: " + "a" * 100_000_000 + "\n23-03-2022 13:32 - Bo: kort"
    chat = read_chat_text(text)
    assert [len(m.text) for m in chat.messages] == [65_536, 4]
    assert chat.shortened == 1
    assert chat.notice_nl is not None
    assert chat.notice_nl.isprintable()


def test_a_message_that_crosses_blocks_stays_whole() -> None:
    line = "x" * 1_000
    body = "\n".join([line] * 60)
    text = "\n".join(f"23-03-2022 13:31 - Buur {n}: {body}" for n in range(60))
    chat = read_chat_text(text)
    assert [m.text for m in chat.messages] == [body] * 60
    assert [m.sender for m in chat.messages] == [f"Buur {n}" for n in range(60)]
