"""Tables as CSV text that a spreadsheet opens without running anything (F17). Pure.

Semicolons, decimal commas, a mark that says UTF-8 and lines that end as on Windows: so Excel on a
Dutch machine opens the file as it is meant. A cell that somebody typed may begin with a sign that a
spreadsheet takes for a formula; such a cell gets an apostrophe before it.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TypeAlias

Cell: TypeAlias = str | int | Decimal | None

MARK = "\ufeff"
_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b\u2212")
"""What a spreadsheet takes for the begin of a formula: the wide and small forms of the signs too."""


def csv_text(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return the whole file as text. Numbers stand as digits, None as an empty cell."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, delimiter=";", lineterminator="\r\n")
    writer.writerow([safe(one) for one in head])
    for row in rows:
        writer.writerow([_cell(one) for one in row])
    return MARK + sheet.getvalue()


def safe(text: str) -> str:
    """Return typed text so that no spreadsheet reads it as a formula.

    Wide and small forms of the signs count too, and signs behind blanks and marks that show nothing.
    """
    plain = text.replace("\x00", "")
    return f"'{plain}" if _begins_a_formula(plain) else plain


def _begins_a_formula(text: str) -> bool:
    for one in text:
        wide = unicodedata.normalize("NFKC", one)
        if wide and wide[0] in _FORMULA:
            return True
        if not (one.isspace() or unicodedata.category(one) in ("Cc", "Cf")):
            return False
    return False


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    return str(value) if isinstance(value, int) else safe(value)
