"""Row numbers as ids, and the words of a report on screen (screens.md §5.1, §8)."""

from __future__ import annotations

import sys
from array import array
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.modeltest import ModelTester

from console.domain.clock import LOCAL
from console.domain.report import HistoryLine, ReportRow
from console.views.reports.delegate import ListedReport
from console.views.reports.numbers import RowNumbers
from console.views.reports.words import event_words, holder_words, minutes_left, spoken
from console.views.tables.paged_model import PagedModel
from console.views.tables.rows import Section
from console.views.theme.theme import Theme

NOW = datetime(2026, 3, 10, 15, 0, tzinfo=LOCAL)
ROW = ReportRow(
    id="r1",
    n=7,
    number="0310-001",
    category="vehicle",
    title="Verdachte bestelbus",
    preview="Witte bus",
    place="Havenkade",
    area_name="Veldermeer",
    section="open",
    status="open",
    acute=False,
    called_112="",
    claim="none",
    holder_id="",
    holder_name="",
    lease_until="",
    waiting_on="",
    waiting_since="",
    heard_at="2026-03-10T13:57:00.000Z",
    closed_at="",
    seen=False,
)


@given(st.lists(st.integers(1, 2**40), unique=True), st.integers(-5, 50), st.integers(-5, 50))
def test_row_numbers_behave_like_a_list_of_texts(numbers: list[int], start: int, stop: int) -> None:
    ids, plain = RowNumbers(numbers), [str(n) for n in numbers]
    assert len(ids) == len(plain)
    assert list(ids[start:stop]) == plain[start:stop]
    assert list(ids) == plain
    assert ids == RowNumbers(array("q", numbers))
    for at, text in enumerate(plain):
        assert (ids[at], ids.index(text)) == (text, at)
    with pytest.raises(ValueError):
        ids.index("0")


def test_a_million_row_numbers_cost_little_memory() -> None:
    ids = RowNumbers(range(1_000_000))
    assert sys.getsizeof(ids._numbers) < 10_000_000


def test_a_new_order_keeps_the_rules_of_qt_and_the_rows_that_were_there(
    theme: Theme, qtmodeltester: ModelTester
) -> None:
    model = PagedModel(page_size=10)
    rows = [ListedReport(ROW._replace(n=n, id=str(n))) for n in range(1, 31)]
    asked: list[int] = []
    model.page_requested.connect(asked.append)
    model.set_order(RowNumbers(range(1, 31)), [])
    for page in range(3):
        model.set_page(page, rows[page * 10 : page * 10 + 10])
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]
    model.set_order(RowNumbers([99, *range(1, 31)]), [(1, Section("Daarna", 30))])
    assert model.row_at(0) is None
    assert model.row_at(1) == Section("Daarna", 30)
    assert model.row_at(2) == rows[0]
    assert 0 in asked
    asked.clear()
    model.set_order(RowNumbers([99, *range(1, 31)]), [(1, Section("Daarna", 30))])
    assert model.row_at(2) == rows[0]
    assert asked == [0]


def test_a_row_reads_as_one_sentence() -> None:
    words = "Van niemand, ongezien. Verdachte bestelbus, Havenkade Veldermeer. 3 minuten."
    assert spoken(ROW, NOW) == words
    mine = ROW._replace(
        claim="mine",
        status="claimed",
        seen=True,
        lease_until="2026-03-10T14:08:30.000Z",
        holder_name="Lotte Brakel",
    )
    assert spoken(mine, NOW).endswith("3 minuten. Nog 8 minuten.")
    assert minutes_left(mine, NOW) == 8
    assert holder_words(mine) == "Ik"
    assert holder_words(mine._replace(claim="other")) == "L. Brakel"
    assert holder_words(mine._replace(claim="provisional")) == "Ik, voorlopig"


def test_history_says_in_dutch_what_happened_and_what_was_not_sent() -> None:
    line = HistoryLine("1", "closed", "duplicate", "Lotte Brakel", "balie 1", "", "", True)
    assert event_words(line) == (
        "check",
        "Gesloten: dubbel",
        "Lotte Brakel · balie 1 · nog niet verstuurd",
    )
