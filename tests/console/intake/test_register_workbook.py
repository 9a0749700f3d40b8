"""Municipal lists in a workbook, and files that only look like one."""

import contextlib
import io
import zipfile
from collections.abc import Sequence

import openpyxl
import pytest

from console.intake.files import Unreadable
from console.intake.register import read_register

ROWS: list[list[object]] = [
    ["Groep", "Gemeente", "Leden", "Beheerder", "Mobiel"],
    ["Vlierpad", "Veldermeer", 80, "An Proef", 612345678],
    ["=1+1", "Veldermeer", 12.0, None, 31612345678.0],
]


def workbook(rows: Sequence[Sequence[object]], *, before: int = 0) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for _ in range(before):
        sheet.append(["uitleg"])
        sheet = book.create_sheet()
    for row in rows:
        sheet.append(list(row))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_workbook_is_read_and_numbers_get_their_zero_back() -> None:
    document = read_register(workbook(ROWS)).document()
    assert document["encoding"] is None
    assert document["delimiter"] is None
    first = document["groups"][0]
    assert (first["name"], first["members"]) == ("Vlierpad", 80)
    assert first["administrators"][0]["phone"] == "+31612345678"
    assert [guess["row"] for guess in document["guesses"]] == [2, 3]


def test_a_formula_in_a_workbook_stays_text_and_is_not_worked_out() -> None:
    assert read_register(workbook(ROWS)).groups[1].name == "=1+1"


def test_the_sheet_with_the_groups_is_found_behind_others() -> None:
    assert len(read_register(workbook(ROWS, before=2)).groups) == 2


def test_an_empty_workbook_is_empty() -> None:
    with pytest.raises(Unreadable) as caught:
        read_register(workbook([]))
    assert caught.value.code == "empty"


def test_a_workbook_cut_anywhere_gives_one_plain_reason() -> None:
    data = workbook(ROWS)
    for length in range(5, len(data) - 1, 97):
        with pytest.raises(Unreadable):
            read_register(data[:length])


def test_a_workbook_with_changed_bytes_never_breaks_the_reader() -> None:
    data = bytearray(workbook(ROWS))
    for place in range(30, len(data), 53):
        old, data[place] = data[place], data[place] ^ 0x5A
        with contextlib.suppress(Unreadable):
            assert read_register(bytes(data)).document()["encoding"] is None
        data[place] = old


def zipped(name: str, content: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return target.getvalue()


def test_another_zip_is_no_list() -> None:
    with pytest.raises(Unreadable) as caught:
        read_register(zipped("_chat.txt", b"hallo"))
    assert caught.value.code == "not_a_register"


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(Unreadable) as caught:
        read_register(zipped("[Content_Types].xml", b"\0" * 70_000_000))
    assert caught.value.code == "too_large"


@pytest.mark.parametrize("claim", [b"A1:XFD1048576", b"A1:A1"])
def test_a_sheet_is_read_by_what_it_holds_and_not_by_the_size_it_claims(claim: bytes) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(ROWS))) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.namelist():
            content = old.read(entry)
            new.writestr(entry, content.replace(b'ref="A1:E3"', b'ref="' + claim + b'"'))
    groups = read_register(target.getvalue()).groups
    assert [group.name for group in groups] == ["Vlierpad", "=1+1"]
    assert groups[0].members == 80


@pytest.mark.parametrize(
    ("place", "names"),
    [(b"1048570", ["Vlierpad", "=1+1"]), (b"99999999999", ["Vlierpad"])],
)
def test_a_row_far_down_is_read_and_one_that_cannot_be_keeps_nothing_waiting(
    place: bytes, names: list[str]
) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(ROWS))) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.namelist():
            content = old.read(entry)
            new.writestr(entry, content.replace(b'<row r="3"', b'<row r="' + place + b'"', 1))
    assert [group.name for group in read_register(target.getvalue()).groups] == names
