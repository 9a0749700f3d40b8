"""A file of typed words holds no formula, whatever was typed (security.md §7, threat 9)."""

from __future__ import annotations

import csv
import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.csv_text import MARK, csv_text

SIGNS = "=+-@\t\r\n"
WIDE = "＝＋－＠﹦﹢﹣﹫"
BLANKS = ("", " ", "\u00a0", "\u3000", "\u200b", "\ufeff", "\u202e", " \u200e ", "\x0b", "\x00")
CELLS = st.text(st.sampled_from(f"{SIGNS}{WIDE}{''.join(BLANKS)}a1\";,'"), max_size=12)


def cells(text: str) -> list[list[str]]:
    """Read the file back as a spreadsheet does."""
    return list(csv.reader(io.StringIO(text.removeprefix(MARK), newline=""), delimiter=";"))


def is_formula(cell: str) -> bool:
    """Say whether a spreadsheet that drops blanks and takes wide signs for plain ones works it out."""
    seen = unicodedata.normalize("NFKC", cell)
    seen = "".join(one for one in seen if unicodedata.category(one) != "Cf")
    bare = seen.lstrip("\x00\x0b\x0c\x1c\x1d\x1e\x1f\x85 \u2028\u2029")
    return bare[:1] != "" and bare[0] in SIGNS


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize("sign", [*SIGNS, *WIDE])
def test_a_cell_that_begins_like_a_formula_is_read_back_as_text(sign: str, blank: str) -> None:
    typed = f"{blank}{sign}cmd|' /C calc'!A0"
    assert is_formula(typed)
    (_, (cell,)) = cells(csv_text(("Naam",), [(typed,)]))
    assert cell == f"'{typed}".replace("\x00", "")
    assert not is_formula(cell)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=6))
def test_no_cell_of_any_file_is_a_formula_and_no_word_is_lost(rows: list[list[str]]) -> None:
    read = cells(csv_text(("a", "b"), rows))[1:]
    assert len(read) == len(rows)
    for kept, typed in zip(read, rows, strict=True):
        assert not any(map(is_formula, kept))
        assert [one.removeprefix("'") for one in kept] == [
            one.replace("\x00", "").removeprefix("'") for one in typed
        ]
