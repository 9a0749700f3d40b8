"""Hostile and ordinary zip files (security.md §7, threats 1 and 2)."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.intake.archive import Archive
from console.intake.chat import read_chat_bytes
from console.intake.files import Unreadable

LINE = "[23-03-2022, 13:31:05] Anja: hallo"
LONGER = LINE + "\n[23-03-2022, 13:32:05] Bo: dag\n"


def zipped(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def code_of(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read_chat_bytes(data, "WhatsApp Chat - Noord.zip")
    assert caught.value.message_nl.endswith(".")
    return caught.value.code


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_the_chat_in_a_zip_is_read(method: int) -> None:
    chat = read_chat_bytes(
        zipped({"_chat.txt": LINE, "0001-PHOTO.jpg": b"\xff\xd8"}, method), "a.zip"
    )
    assert [m.text for m in chat.messages] == ["hallo"]


def test_the_largest_text_outside_the_shadow_folder_is_the_chat() -> None:
    members = {"__MACOSX/._gesprek.txt": LONGER * 9, "klein.txt": LINE, "gesprek.txt": LONGER}
    assert len(read_chat_bytes(zipped(members), "a.zip").messages) == 2


def test_a_text_with_the_name_that_whatsapp_gives_goes_first() -> None:
    members = {"groot.txt": LONGER * 9, "WhatsApp-chat met Noord.txt": LONGER, "_chat.txt": LINE}
    assert len(read_chat_bytes(zipped(members), "a.zip").messages) == 1
    del members["_chat.txt"]
    assert len(read_chat_bytes(zipped(members), "a.zip").messages) == 2


def test_the_name_of_the_zip_tells_the_name_of_the_chat() -> None:
    data = zipped({"_chat.txt": "[23-03-2022, 13:31:05] Noord: \u200eIets nieuws"})
    assert read_chat_bytes(data, "WhatsApp Chat - Noord.zip").messages[0].kind == "system"
    assert read_chat_bytes(data, "los.zip").messages[0].kind == "message"


def test_a_zip_with_bytes_before_it_and_a_comment_is_read() -> None:
    data = bytearray(zipped({"_chat.txt": LINE}))
    data[-2:] = struct.pack("<H", 5)
    with io.BytesIO(b"voor" + bytes(data) + b"daar.") as handle:
        archive = Archive(handle)
        assert b"".join(archive.stream(archive.chat_member())) == LINE.encode()


def test_a_zip_without_a_chat_says_so() -> None:
    assert code_of(zipped({"foto.jpg": b"x"})) == "not_a_chat"
    assert code_of(zipped({"binnen.zip": zipped({"_chat.txt": LINE})})) == "not_a_chat"
    assert code_of(zipped({})) == "empty"
    assert code_of(zipped({"_chat.txt": ""})) == "empty"


HOSTILE_NAMES = [
    f"{start}{middle}_chat.txt"
    for start in (
        "../",
        "/",
        "C:\\",
        "..\\",
        "a/../../",
        "//server/deel/",
        "\\\\server\\",
        "\x01",
        "c:",
        "a\n",
    )
    for middle in ("", "b/", "b\\")
]


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_name_that_points_outside_is_never_read_or_written(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert code_of(zipped({name: LINE})) == "not_a_chat"
    assert list(tmp_path.rglob("*")) == []


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = zipped({"_chat.txt": b"\0" * 50_000_000})
    tracemalloc.start()
    assert code_of(bomb) == "too_large"
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_declared_sizes_are_summed() -> None:
    data = bytearray(zipped({"_chat.txt": LINE, "foto.jpg": b"x" * 2_000_000}, zipfile.ZIP_STORED))
    place = data.rfind(b"PK\x01\x02")
    struct.pack_into("<L", data, place + 24, 201 * 1024 * 1024)
    assert code_of(bytes(data)) == "too_large"


def test_too_many_members_are_refused_by_the_totals_alone() -> None:
    assert code_of(zipped({f"{n}.jpg": b"" for n in range(5_001)})) == "too_large"


def test_a_million_empty_files_cost_next_to_nothing() -> None:
    count = 1_000_000
    entry = struct.pack(
        "<4s4B4H3L5H2L", b"PK\x01\x02", 20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0
    )
    directory = (entry + b"a") * count
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 10, 10, len(directory), 4, 0)
    data = b"PK\x03\x04" + directory + end
    tracemalloc.start()
    assert code_of(data) == "too_large"
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_more_entries_than_announced_is_a_lie() -> None:
    data = bytearray(zipped({"_chat.txt": LINE, "b.txt": LINE}))
    struct.pack_into("<2H", data, len(data) - 14, 1, 1)
    assert code_of(bytes(data)) == "damaged"


def test_entries_that_share_bytes_are_refused() -> None:
    data = bytearray(zipped({"_chat.txt": LINE, "b.txt": LINE}))
    second = data.rfind(b"PK\x01\x02")
    struct.pack_into("<L", data, second + 42, 0)
    assert code_of(bytes(data)) == "damaged"


@pytest.mark.parametrize("size", [3, 10_000])
def test_a_lie_about_the_size_is_found_while_reading(size: int) -> None:
    data = bytearray(zipped({"_chat.txt": LINE}))
    struct.pack_into("<L", data, data.rfind(b"PK\x01\x02") + 24, size)
    assert code_of(bytes(data)) == "damaged"


def test_a_password_is_said() -> None:
    data = bytearray(zipped({"_chat.txt": LINE}))
    place = data.rfind(b"PK\x01\x02")
    data[place + 8] |= 1
    with pytest.raises(Unreadable) as caught:
        read_chat_bytes(bytes(data), "a.zip")
    assert caught.value.code == "damaged"
    assert "wachtwoord" in caught.value.message_nl


def test_wrong_content_is_found_by_its_checksum() -> None:
    data = bytearray(zipped({"_chat.txt": LINE}, zipfile.ZIP_STORED))
    place = data.find(b"Anja")
    data[place : place + 4] = b"Cora"
    assert code_of(bytes(data)) == "damaged"


def test_an_unknown_method_is_refused() -> None:
    assert code_of(zipped({"_chat.txt": LINE}, zipfile.ZIP_BZIP2)) == "damaged"


@given(st.data())
def test_half_a_zip_or_a_spoilt_one_never_gives_anything_but_unreadable(
    data: st.DataObject,
) -> None:
    whole = zipped({"_chat.txt": LONGER * 3, "foto.jpg": bytes(range(200)), "__MACOSX/._a": b"x"})
    spoilt = bytearray(whole)
    for _ in range(data.draw(st.integers(0, 6))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(spoilt)))
    for attempt in (bytes(spoilt), bytes(spoilt[:cut]), bytes(spoilt[cut:])):
        with suppress(Unreadable):
            assert read_chat_bytes(attempt, "a.zip").messages


@given(st.lists(st.tuples(st.text(max_size=12), st.binary(max_size=60)), max_size=6))
def test_any_zip_is_read_or_refused(members: list[tuple[str, bytes]]) -> None:
    try:
        data = zipped({f"{name}.txt".replace("\0", ""): content for name, content in members})
    except (UnicodeEncodeError, ValueError):
        return
    with suppress(Unreadable):
        assert read_chat_bytes(data, "a.zip").messages
