"""A municipal list as rows of text cells, from CSV or a workbook (F64, formats.md §7)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

from console.intake.files import Unreadable

MAX_REGISTER_BYTES = 10 * 1024 * 1024
"""The most bytes of one list; ten thousand groups fit in a tenth of it."""

MAX_ROWS = 20_000
"""The most rows of one list; the whole country has about ten thousand groups."""

MAX_COLUMNS = 100
"""The most columns of one list."""

MAX_CELL = 4_000
"""The most characters of one cell that are kept."""

_DELIMITERS = (";", ",", "\t", "|")
_SAMPLE_LINES = 60
_SAMPLE_CHARACTERS = 200_000
_NAMED = re.compile(r"sep=([;,\t|])", re.IGNORECASE)
_CONTROL_CODES = (
    *range(9),
    *(11, 12),
    *range(14, 32),
    *(127, 0x200B, 0x200E, 0x200F, 0xFEFF),
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
)
_CONTROL = dict.fromkeys(_CONTROL_CODES)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the file and its cells without blanks around them.

    The first row, mostly the header, is 1; a cell with line breaks keeps its row one row, as a
    spreadsheet counts.
    """

    number: int
    cells: tuple[str, ...]

    def is_empty(self) -> bool:
        """Whether nothing stands in this row."""
        return not any(self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """All rows of a list; encoding and delimiter are None for a workbook."""

    encoding: str | None
    delimiter: str | None
    rows: tuple[Row, ...]


def csv_table(data: bytes, fit: Callable[[list[list[str]]], int]) -> Table:
    """Give the rows of a text file.

    UTF-8 with or without its mark, or Windows-1252. Of semicolon, comma, tab and upright line the one is
    taken whose cells `fit` best (a higher number is better), then the one that gives the most
    columns. Raises `Unreadable`: empty, wrong_encoding, too_large.
    """
    text, encoding = _text(data)
    if not text.strip():
        raise Unreadable("empty")
    first, newline, rest = text.partition("\n")
    named = _NAMED.fullmatch(first.rstrip("\r"))
    if named:
        # Excel names the delimiter in a line of its own; that line is row 1 of the file.
        delimiter, text, skipped = named.group(1), rest if newline else "", 1
    else:
        delimiter, skipped = _delimiter(text, fit), 0
    rows: list[Row] = []
    for number, cells in enumerate(_records(text, delimiter), start=1 + skipped):
        if number > MAX_ROWS + skipped + 1:
            raise Unreadable("too_large", f"Deze lijst heeft meer dan {MAX_ROWS} rijen.")
        rows.append(Row(number, tuple(clean_cell(cell) for cell in cells[:MAX_COLUMNS])))
    return Table(encoding, delimiter, tuple(rows))


def clean_cell(value: str) -> str:
    """Give a cell without invisible signs and blanks around it; line breaks become "\\n"."""
    return value[:MAX_CELL].replace("\r\n", "\n").translate(_CONTROL).replace("\xa0", " ").strip()


def _text(data: bytes) -> tuple[str, str]:
    """Strictly: half a file in another encoding must not become names with wrong letters."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(
            "wrong_encoding", "Dit bestand is UTF-16. Sla het op als CSV in UTF-8 of als .xlsx."
        )
    for encoding in ("utf-8-sig", "utf-8") if data.startswith(b"\xef\xbb\xbf") else ("utf-8",):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _no_binary(text), encoding
    try:
        return _no_binary(data.decode("cp1252")), "windows-1252"
    except UnicodeDecodeError as error:
        raise Unreadable("wrong_encoding") from error


def _no_binary(text: str) -> str:
    odd = sum(text.count(chr(code)) for code in range(32) if code not in (9, 10, 11, 12, 13, 26))
    if "\0" in text or odd * 50 > len(text):
        raise Unreadable("wrong_encoding")
    return text


def _delimiter(text: str, fit: Callable[[list[list[str]]], int]) -> str:
    """Tried on the first lines; a tie goes to the semicolon, which Dutch spreadsheets write."""
    sample = "\n".join(text[:_SAMPLE_CHARACTERS].splitlines()[:_SAMPLE_LINES])

    def score(sign: str) -> tuple[int, int]:
        records = _records(sample, sign)
        return fit(records), max((len(cells) for cells in records), default=0)

    return max(_DELIMITERS, key=score)


def _records(text: str, delimiter: str) -> list[list[str]]:
    """The cells of each record; a quote that is never closed counts as an ordinary sign."""
    try:
        # Strict, for otherwise a lost quote would swallow all groups after it without a word.
        return _all(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        plain = (line.split(delimiter) for line in text.splitlines())
        return _all([cell.strip().strip('"') for cell in cells] for cells in plain)


def _all(records: Iterable[list[str]]) -> list[list[str]]:
    return list(islice(records, MAX_ROWS + 3))
