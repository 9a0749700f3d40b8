"""A municipal list in an .xlsx workbook as rows of text cells (F64)."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from functools import partial
from typing import Any

from console.intake.archive import Archive
from console.intake.files import Unreadable
from console.intake.register_table import MAX_COLUMNS, MAX_ROWS, Row, Table, clean_cell

MAX_UNPACKED_BYTES = 60 * 1024 * 1024
"""The most bytes that the parts of a workbook may say they unpack to."""

_MAX_SHEETS = 20
_LAST_ROW = 1_048_576  # of any sheet; a row number above it is no row


def workbook_tables(data: bytes) -> Iterator[Table]:
    """Give the rows of each visible sheet, in order; a formula stays the text it is.

    Raises `Unreadable`: damaged, not_a_register (another zip), too_large (unpacked size, number
    of rows), as a zip bomb is refused before anything is unpacked (security.md §7, threat 1).
    """
    archive = Archive(io.BytesIO(data))
    if not any(member.name == "[Content_Types].xml" for member in archive.members):
        raise Unreadable("not_a_register", "Dit zip-bestand is geen werkblad met groepen.")
    if sum(member.size for member in archive.members) > MAX_UNPACKED_BYTES:
        raise Unreadable("too_large")
    book = _guarded(partial(_open, data))
    try:
        for sheet in _guarded(lambda: list(book.worksheets))[:_MAX_SHEETS]:
            if sheet.sheet_state == "visible":
                yield Table(None, None, tuple(_guarded(partial(_rows, sheet))))
    finally:
        book.close()


def _open(data: bytes) -> Any:
    import openpyxl

    return openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)


def _guarded(work: Callable[[], Any]) -> Any:
    """Do one piece of work in a library that reads a file from outside.

    Whatever it raises on a hostile file says one thing to the person: this file is damaged.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return work()
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(
            "damaged", "Dit werkblad is beschadigd en kan niet worden gelezen."
        ) from error


def _rows(sheet: Any) -> list[Row]:
    rows: list[Row] = []
    # Bounds of our own: the size that a sheet claims for itself may be a lie both ways.
    values = sheet.iter_rows(max_row=_LAST_ROW, max_col=MAX_COLUMNS, values_only=True)
    filler: tuple[object, ...] | None = None  # rows that are missing come as one and the same
    for number, cells in enumerate(values, start=1):
        if cells is filler:
            continue
        if cells.count(None) == len(cells):
            filler = cells
            continue
        row = Row(number, tuple(_cell(value) for value in cells))
        if row.is_empty():
            continue
        if len(rows) > MAX_ROWS:
            raise Unreadable("too_large", f"Deze lijst heeft meer dan {MAX_ROWS} rijen.")
        rows.append(row)
    return rows


def _cell(value: object) -> str:
    """A number without the fraction a spreadsheet gives it; an error such as #N/A is nothing."""
    if value is None or isinstance(value, bool):
        return "" if value is None else ("ja" if value else "nee")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    text = clean_cell(str(value))
    return "" if text.startswith("#") and text.rstrip("!?").isupper() else text
