"""What leaves in a file is read back as the text and numbers that went in, never as a formula."""

from __future__ import annotations

import csv
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from console.domain.csv_text import MARK, csv_text
from console.domain.failures import Refused
from console.services import exports
from console.services.desk import Desk

SIGNS = "=+-@\t\r\n＝＋－＠﹢﹣﹦﹫"
TEXT = st.tuples(
    st.sampled_from(["", *SIGNS, " =", "\u00a0=", "\u3000=", "\x00="]), st.text(max_size=12)
)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXT.map("".join), min_size=1, max_size=5))
@example(["=cmd|' /C calc'!A0", "＝1+1", "\t=1", "-2+3", "@SUM(A1)"])
def test_no_cell_of_a_file_is_a_formula(texts: list[str]) -> None:
    rows = [[one, 3, Decimal("1.5"), None] for one in texts]
    for row in csv.reader(io.StringIO(csv_text(["=kop"], rows).removeprefix(MARK)), delimiter=";"):
        first = row[0].lstrip()[:1] if row else ""
        assert not first or first not in SIGNS
        assert not row or row[0][:1] not in [*SIGNS]
    made = exports.workbook(["=kop"], rows)
    sheet = zipfile.ZipFile(io.BytesIO(made)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"<f " not in sheet
    page = load_workbook(io.BytesIO(made)).active
    assert page is not None
    kinds = {cell.data_type for row in page.iter_rows() for cell in row if cell.value is not None}
    assert kinds <= {"s", "n"}
    assert page["A1"].value == "=kop"
    assert page["B2"].value == 3


@pytest.mark.parametrize("sign", SIGNS)
def test_a_cell_of_a_worksheet_is_typed_as_text_and_reads_back_as_it_was(
    sign: str, tmp_path: Path
) -> None:
    typed = f"{sign}1+cmd|' /C calc'!A0"
    path = exports.write(str(tmp_path / "tabel.xlsx"), ["Naam", "Aantal"], [[typed, 7]])
    page = load_workbook(path).active
    assert page is not None
    cell = page["A2"]
    assert (cell.data_type, cell.value, page["B2"].data_type) == (
        "s",
        typed.replace("\r", "\n"),
        "n",
    )
    sheet = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")
    assert b"<f" not in sheet


def test_a_reason_is_written_before_anything_leaves(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no-reason"):
        desk.act(lambda unit: exports.note(unit, "exported", "figures", "  zo ")).result()
    target = tmp_path / "weg" / "cijfers.csv"
    with pytest.raises(Refused, match="not-written"):
        exports.write(str(target), ["Gebied"], [["Noord"]])
    assert exports.write(str(tmp_path / "tabel"), ["Gebied"], [["Noord"]]).suffix == ".csv"
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".part"] == []
