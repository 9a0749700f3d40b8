"""The command `read-chat` and the recorded exports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from console.intake.chat import Limits, read_chat_file
from console.intake.read_chat import document, main

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples" / "whatsapp"


@pytest.fixture
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(
    capfdbinary: pytest.CaptureFixture[bytes], *words: str
) -> tuple[int, dict[str, Any], bytes]:
    status = main(words)
    captured = capfdbinary.readouterr()
    found = json.loads(captured.out.decode("utf-8"))
    assert isinstance(found, dict)
    return status, found, captured.err


def test_the_document_has_exactly_the_agreed_shape(
    in_folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (in_folder / "chat.txt").write_text(
        "vooraf\n23-03-2022 13:31 - Anja heeft Bo toegevoegd\n"
        "23-03-2022 13:32 - ~ Bo: één\ntwee <Dit bericht is bewerkt>\n"
        "23-03-2022 13:33 - Bo: IMG-20220323-WA0002.jpg (bestand bijgevoegd)\nkijk",
        encoding="utf-8",
    )
    status, found, err = run(capfdbinary, "chat.txt")
    assert (status, err) == (0, b"")
    assert found == {
        "format": "android",
        "date_order": "dmy",
        "date_order_certain": True,
        "messages": [
            {
                "at": "2022-03-23T13:31:00",
                "sender": None,
                "text": "Anja heeft Bo toegevoegd",
                "kind": "system",
                "attachment": None,
                "edited": False,
            },
            {
                "at": "2022-03-23T13:32:00",
                "sender": "Bo",
                "text": "één\ntwee",
                "kind": "message",
                "attachment": None,
                "edited": True,
            },
            {
                "at": "2022-03-23T13:33:00",
                "sender": "Bo",
                "text": "kijk",
                "kind": "media",
                "attachment": "IMG-20220323-WA0002.jpg",
                "edited": False,
            },
        ],
        "unrecognised": ["vooraf"],
    }


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"melk\nbrood", "not_a_chat"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "wrong_encoding"),
        (b"PK\x03\x04 half", "damaged"),
    ],
)
def test_an_unreadable_file_gives_a_code_and_a_sentence(
    in_folder: Path, capfdbinary: pytest.CaptureFixture[bytes], content: bytes, code: str
) -> None:
    (in_folder / "chat.txt").write_bytes(content)
    status, found, err = run(capfdbinary, "chat.txt")
    assert (status, found["error"]["code"], err) == (2, code, b"")
    assert set(found) == {"error"}
    assert set(found["error"]) == {"code", "message"}
    assert found["error"]["message"].endswith(".")


@pytest.mark.parametrize("words", [(), ("weg.txt",), ("een", "twee")])
def test_a_file_that_is_not_there_is_said(
    in_folder: Path, capfdbinary: pytest.CaptureFixture[bytes], words: tuple[str, ...]
) -> None:
    status, found, _ = run(capfdbinary, *words)
    assert (status, found["error"]["code"]) == (2, "not_found")


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "cp1252"])
def test_each_encoding_gives_the_same_chat(in_folder: Path, codec: str) -> None:
    place = in_folder / "chat.txt"
    place.write_bytes("23-03-2022 13:31 - René: één café".encode(codec))
    (message,) = read_chat_file(place).messages
    assert (message.sender, message.text) == ("René", "één café")


def test_half_a_file_gives_what_is_there(in_folder: Path) -> None:
    place = in_folder / "chat.txt"
    place.write_bytes("23-03-2022 13:31 - René: één\n23-03-2022 13:32 - Bo: 🤓".encode()[:-2])
    chat = read_chat_file(place)
    assert [m.sender for m in chat.messages] == ["René", "Bo"]
    assert chat.messages[0].text == "één"


def test_beyond_the_limit_of_bytes_only_whole_lines_are_read(in_folder: Path) -> None:
    place = in_folder / "chat.txt"
    place.write_text("\n".join(f"23-03-2022 13:{n:02} - Anja: bericht" for n in range(60)))
    chat = read_chat_file(place, limits=Limits(text_bytes=1_000))
    assert 0 < len(chat.messages) < 60
    assert chat.truncated_at == len(chat.messages)
    assert {m.text for m in chat.messages} == {"bericht"}


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the recorded exports are not here")
class TestRecordings:
    """The recorded exports of the reference material."""

    @pytest.mark.parametrize(
        ("name", "form", "order", "count"),
        [
            ("dutch_ios_2016.txt", "ios_2016", "dmy", 6),
            ("ios_dotted.txt", "ios", "dmy", 52),
            ("port_1.txt", "ios", "dmy", 10),
            ("port_4.txt", "android", "dmy", 10),
            ("port.zip", "ios", "dmy", 10),
            ("test_[mmddyy]_24hrs.txt", "ios", "mdy", 9),
            ("test_ddmmyy_24hrs.txt", "android", "dmy", 9),
            ("test_mmddyy_24hrs.txt", "android", "mdy", 9),
            ("test_mmddyyyy_12hrs.txt", "android", "mdy", 9),
            ("test_yyyymmdd_24hrs.txt", "android", "ymd", 9),
        ],
    )
    def test_each_recording_is_read_whole(
        self, name: str, form: str, order: str, count: int
    ) -> None:
        chat = read_chat_file(SAMPLES / name)
        assert (chat.format, chat.date_order, len(chat.messages)) == (form, order, count)
        assert chat.date_order_certain
        assert chat.unrecognised == ()
        assert json.dumps(document(chat))

    @pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.glob("test_*.txt")))
    def test_each_layout_of_one_chat_reads_as_expected(self, name: str) -> None:
        expected = json.loads((SAMPLES / "target.json").read_text(encoding="utf-8"))
        found = [
            {
                "timestamp": message.at.isoformat(),
                "author": message.sender,
                "message": message.text.replace("\n", " "),
            }
            for message in reversed(read_chat_file(SAMPLES / name).messages)
            # The expected reading leaves out notices and a message of one full stop.
            if message.kind == "message" and message.text != "."
        ]
        assert found == expected
