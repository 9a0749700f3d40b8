"""Lists: sections are stepped over, the choice is kept by id, the models keep Qt's rules."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from console.views.tables.list_view import ListView
from console.views.tables.paged_model import PagedModel
from console.views.tables.row_delegate import RowDelegate, RowState
from console.views.tables.row_model import RowModel
from console.views.tables.rows import ROW_ROLE, Section
from console.views.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class Line:
    """A made-up row."""

    id: str
    title: str = ""

    def __str__(self) -> str:
        return self.title or self.id


class Plain(RowDelegate):
    """Paints the title."""

    def paint_row(self, painter: QPainter, rect: QRect, row: Line, state: RowState) -> None:
        self.text(painter, rect.left() + 48, rect.top(), rect.height(), row.title, "body", "text")


def _list(qtbot: QtBot, *rows: Line | Section) -> tuple[ListView, RowModel]:
    model = RowModel()
    model.set_rows(rows)
    view = ListView(model, Plain(), "Voorbeeld")
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    return view, model


def test_the_short_model_keeps_the_rules_of_qt(theme: Theme, qtmodeltester: ModelTester) -> None:
    model = RowModel()
    model.set_rows([Section("Nog van niemand", 2), Line("1"), Line("2")])
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]
    model.set_rows([Line("1", "anders"), Line("2")])
    model.set_rows([Line("1", "nog anders"), Line("2")])


def test_the_paged_model_keeps_the_rules_of_qt(theme: Theme, qtmodeltester: ModelTester) -> None:
    model = PagedModel(page_size=10)
    model.set_first_page([Line(str(n)) for n in range(10)])
    model.set_sections([(0, Section("Eerst", 4)), (4, Section("Daarna", 6))])
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]
    model.set_ids([str(n) for n in range(250)])
    model.set_page(1, [Line(str(n)) for n in range(10, 20)])


def test_arrows_step_over_sections_and_stop_at_the_ends(theme: Theme, qtbot: QtBot) -> None:
    view, _ = _list(
        qtbot, Section("A"), Line("1"), Line("2"), Section("B"), Line("3"), Section("C", 0)
    )
    told: list[str] = []
    view.current_changed.connect(told.append)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Home)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(view, key)
    assert told == ["1", "2", "3", "2"]
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.current_id() == "3"


def test_enter_opens_and_space_ticks_the_chosen_row(theme: Theme, qtbot: QtBot) -> None:
    view, _ = _list(qtbot, Line("1"), Line("2"))
    opened: list[str] = []
    ticked: list[str] = []
    view.activated.connect(opened.append)
    view.ticked.connect(ticked.append)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert (opened, ticked) == ([], [])
    view.set_current("2")
    QTest.keyClick(view, Qt.Key.Key_Return)
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert (opened, ticked) == (["2"], ["2"])


def test_letters_do_nothing_in_a_list(theme: Theme, qtbot: QtBot) -> None:
    view, _ = _list(qtbot, Line("1", "Aap"), Line("2", "Beer"))
    view.set_current("1")
    for letter in "bcjkx19":
        QTest.keyClick(view, Qt.Key(ord(letter.upper())))
    assert view.current_id() == "1"


def test_the_choice_and_the_place_on_screen_survive_new_rows_above(
    theme: Theme, qtbot: QtBot
) -> None:
    rows = [Line(str(n), f"Rij {n}") for n in range(60)]
    view, model = _list(qtbot, *rows)
    view.set_current("30")
    before = view.rowViewportPosition(model.place_of("30"))
    told: list[str] = []
    view.current_changed.connect(told.append)
    model.set_rows([Line("nieuw"), Line("ook nieuw"), *rows])
    assert view.current_id() == "30"
    assert view.rowViewportPosition(model.place_of("30")) == before
    assert told == []


def test_a_row_that_is_gone_is_no_longer_chosen(theme: Theme, qtbot: QtBot) -> None:
    view, model = _list(qtbot, Line("1"), Line("2"))
    view.set_current("2")
    model.set_rows([Line("1")])
    assert view.current_id() == ""


def test_the_same_ids_only_repaint_what_changed(theme: Theme, qtbot: QtBot) -> None:
    _, model = _list(qtbot, Line("1", "a"), Line("2", "b"))
    resets: list[bool] = []
    changed: list[int] = []
    model.modelReset.connect(lambda: resets.append(True))
    model.dataChanged.connect(lambda top, _bottom: changed.append(top.row()))
    model.set_rows([Line("1", "a"), Line("2", "c")])
    assert (resets, changed) == ([], [1])


def test_section_rows_have_their_own_height(theme: Theme, qtbot: QtBot) -> None:
    view, model = _list(qtbot, Section("A"), Line("1"), Section("B"), Line("2"))
    assert [view.rowHeight(n) for n in range(4)] == [32, 58, 32, 58]
    model.set_rows([Line("1"), Line("2"), Section("B"), Line("3")])
    assert [view.rowHeight(n) for n in range(4)] == [58, 58, 32, 58]
    theme.set_scale(150)
    assert [view.rowHeight(n) for n in range(4)] == [87, 87, 48, 87]
    assert not view.grab().isNull()


def test_a_page_is_asked_once_and_a_stale_page_is_left_out(theme: Theme) -> None:
    model = PagedModel(page_size=10)
    asked: list[int] = []
    model.page_requested.connect(asked.append)
    model.set_ids([str(n) for n in range(100)])
    for _ in range(3):
        assert model.index(55, 0).data(ROW_ROLE) is None
    assert asked == [5]
    model.set_page(5, [Line("iets anders")])
    assert model.row_at(55) is None
    model.set_page(5, [Line(str(n)) for n in range(50, 60)])
    assert model.row_at(55) == Line("55")
    assert asked == [5, 5]
    model.update_row(Line("55", "nieuw"))
    assert model.row_at(55) == Line("55", "nieuw")


def test_sections_between_a_million_ids_keep_places_right(theme: Theme) -> None:
    model = PagedModel()
    ids = [str(n) for n in range(1_000_000)]
    model.set_ids(ids)
    model.set_sections([(0, Section("Een", 3)), (3, Section("Twee"))])
    assert model.rowCount() == 1_000_002
    assert model.section_places() == [0, 4]
    assert model.place_of("0") == 1
    assert model.place_of("3") == 5
    assert model.place_of("999999") == 1_000_001
    assert isinstance(model.row_at(4), Section)
    assert model.place_of("geen") == -1


def test_old_pages_make_room_for_new_ones(theme: Theme) -> None:
    model = PagedModel(page_size=10, keep=2)
    model.set_ids([str(n) for n in range(100)])
    for page in range(4):
        model.set_page(page, [Line(str(n)) for n in range(page * 10, page * 10 + 10)])
    assert model.row_at(35) == Line("35")
    assert model.row_at(5) is None
