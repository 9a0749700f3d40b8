"""The one room that tables leave by: CSV or XLSX, whole or not at all, and never a formula.

Whoever takes out data of people writes why first (``note``); a file is written only afterwards.
"""

from __future__ import annotations

import errno
import io
import os
import re
import tempfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from console.domain.csv_text import Cell, csv_text
from console.domain.failures import Problem, Refused
from console.services.desk import Unit

LEAST_REASON = 10

NOT_WRITTEN = Problem(
    "not-written",
    "Het bestand is niet bewaard.",
    "Kies een andere map of een andere naam. De tabel staat er nog.",
)
NO_ROOM = Problem(
    "export-no-room",
    "De schijf is vol. Het bestand is niet bewaard.",
    "Maak ruimte vrij of kies een andere map. Wat u ziet, staat er nog.",
)
NO_REASON = Problem(
    "no-reason",
    "Er staat nog geen reden. Er is niets getoond of bewaard.",
    "Schrijf in een paar woorden waarvoor u het nodig hebt.",
)

_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
"""No room, no room for a file of this size, no room for this user."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_MOST_LETTERS = 32_767
"""The most letters of one cell of a worksheet."""


def note(unit: Unit, what: str, subject: str, reason: str) -> None:
    """Write who takes what out and why, before anything of it is read. ``subject``: an id.

    Raises Refused for a reason of a word.
    """
    words = " ".join(reason.split())
    if len(words) < LEAST_REASON:
        raise Refused(NO_REASON)
    unit.log("setting", subject, what, reason=words)


def write(path: str, head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Path:
    """Write a table to a file by the end of its name; CSV where it has none. Slow.

    Raises Refused where it cannot be written; what stood there before stands there still.
    """
    target = Path(path)
    if not target.suffix:
        target = target.with_suffix(".csv")
    if target.suffix.lower() == ".xlsx":
        return keep(target, workbook(head, rows))
    return keep(target, csv_text(head, rows).encode())


def keep(target: Path, content: bytes) -> Path:
    """Write bytes to a file, whole or not at all; raises Refused."""
    written = ""
    try:
        with tempfile.NamedTemporaryFile(
            "wb", dir=target.parent, suffix=".part", delete=False
        ) as sheet:
            written = sheet.name
            sheet.write(content)
        os.replace(written, target)
    except OSError as error:
        if written:
            Path(written).unlink(missing_ok=True)
        raise Refused(NO_ROOM if error.errno in _FULL else NOT_WRITTEN) from error
    return target


def workbook(head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """Return the table as a worksheet. Each cell is typed as text or number, none as a formula."""
    # The library is slow to import and few people export.
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for at, row in enumerate((head, *rows), start=1):
        for column, value in enumerate(row, start=1):
            if value is None:
                continue
            cell = sheet.cell(at, column)
            if isinstance(value, int | Decimal):
                cell.value = value
            else:
                cell.value = _CONTROL.sub("", value)[:_MOST_LETTERS]
                # A text that begins with a sign of a formula is a text: the library would guess.
                cell.data_type = "s"
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
