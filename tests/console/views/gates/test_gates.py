"""The pages before the desk: what they ask, what they say, and that the keyboard stays inside."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from console.app.damage import both_words, page_words
from console.domain.failures import Problem
from console.domain.person import Person
from console.storage.damage import Left
from console.views.gates.damaged import DamagedPage
from console.views.gates.error import ErrorPage
from console.views.gates.first_run import FirstRunPage
from console.views.gates.gate import Gate
from console.views.gates.sign_in import SignInPage
from console.views.gates.wait import WaitPage
from console.views.main_window import MainWindow
from console.views.theme.theme import Theme
from tests.helpers.fits import lost
from tests.helpers.walk import nameless, wider_than

PERSONS = (
    Person("a", "Anna Voorbeeld", ("operator", "account_holder")),
    Person("b", "Bas Voorbeeld", ("operator",)),
    Person("c", "Cees Voorbeeld", ("officer",), slot=False),
)
WORDS = "vier rode fietsen buiten"
WRONG = Problem("wrong-passphrase", "Deze zin klopt niet.")

PAGES: dict[str, Callable[[], Gate]] = {
    "first run without key ring": lambda: FirstRunPage(has_keyring=False),
    "first run with key ring": lambda: FirstRunPage(has_keyring=True),
    "first run of training": lambda: FirstRunPage(has_keyring=True, training=True),
    "locked file": lambda: SignInPage([]),
    "locked desk": lambda: SignInPage(PERSONS, current="b", waiting=3),
    "names": lambda: SignInPage(PERSONS),
    "error": lambda: ErrorPage(Problem("file-newer", "Dit bestand is nieuwer.", "Werk bij.")),
    "damaged": lambda: DamagedPage(page_words(Left(2), elsewhere=True)),
    "both damaged": lambda: DamagedPage(both_words()),
    "wait": lambda: WaitPage("Even wachten", "De stad wordt klaargezet."),
}

Show = Callable[[Gate], Gate]


def _focus() -> QWidget:
    """Return what has the keyboard."""
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus


@pytest.fixture
def window(theme: Theme) -> Iterator[MainWindow]:
    """The window of the desk at its smallest."""
    made = MainWindow()
    made.resize(1100, 700)
    made.show()
    made.activateWindow()
    QTest.qWaitForWindowActive(made)
    yield made
    made.let_close()
    made.deleteLater()
    # Gone for good, so that no page of this test hears of the theme of the next one.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def show(window: MainWindow) -> Show:
    """Put a page before the desk and give it the keyboard."""

    def put(page: Gate) -> Gate:
        window.show_gate(page)
        page.take_focus()
        QApplication.sendPostedEvents()
        return page

    return put


@pytest.mark.parametrize("name", PAGES)
def test_every_part_of_a_page_can_be_heard(name: str, show: Show) -> None:
    page = show(PAGES[name]())
    assert page.accessibleName()
    assert nameless(page) == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scale", [100, 150, 200])
def test_no_page_asks_for_more_than_the_window(
    name: str, scale: int, theme: Theme, show: Show
) -> None:
    theme.set_scale(scale)
    page = show(PAGES[name]())
    assert wider_than(page) == []
    QApplication.processEvents()
    assert lost(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_tab_never_leaves_a_page(name: str, show: Show) -> None:
    page = show(PAGES[name]())
    for _ in range(12):
        focus = QApplication.focusWidget()
        if focus is not None:
            QTest.keyClick(focus, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is None or page.isAncestorOf(focus)
    gc.collect()
    assert isValid(page.card)


def test_a_first_run_asks_name_team_and_passphrase_in_that_order(show: Show) -> None:
    page: Any = show(PAGES["first run without key ring"]())
    assert _focus() is page.name.editor
    asked: list[tuple[str, str, str]] = []
    page.begin_requested.connect(lambda *words: asked.append(words))
    for typed in ("Anna Voorbeeld", "Basisteam Voorbeeldland", WORDS):
        QTest.keyClicks(_focus(), typed)
        QTest.keyClick(_focus(), Qt.Key.Key_Tab)
    page.do("confirm")
    assert asked == [("Anna Voorbeeld", "Basisteam Voorbeeldland", WORDS)]


@pytest.mark.parametrize(
    ("fields", "missing"),
    [(("", "Team", WORDS), "name"), (("Anna", " ", WORDS), "team"), (("Anna", "T", ""), "pass")],
)
def test_a_first_run_says_which_field_is_missing_and_keeps_the_rest(
    fields: tuple[str, str, str], missing: str, show: Show
) -> None:
    page: Any = show(PAGES["first run without key ring"]())
    asked: list[object] = []
    page.begin_requested.connect(asked.append)
    for field, words in zip((page.name, page.team, page.passphrase), fields, strict=True):
        field.set_text(words)
    page.do("confirm")
    assert asked == []
    wrong = {"name": page.name, "team": page.team, "pass": page.passphrase}[missing]
    assert _focus() is wrong.editor
    assert "," in wrong.editor.accessibleName()
    assert page.team.text() == fields[1]


def test_with_a_key_ring_the_passphrase_may_stay_empty_but_not_be_short(show: Show) -> None:
    page: Any = show(PAGES["first run with key ring"]())
    asked: list[tuple[str, ...]] = []
    page.begin_requested.connect(lambda *words: asked.append(words))
    page.name.set_text("Anna")
    page.team.set_text("Team")
    page.passphrase.set_text("kort")
    page.do("confirm")
    assert asked == []
    page.passphrase.set_text("")
    page.do("confirm")
    assert asked == [("Anna", "Team", "")]


def test_a_busy_page_takes_no_second_press_and_a_problem_lets_go(show: Show) -> None:
    page: Any = show(PAGES["first run with key ring"]())
    page.set_busy("De desk wordt klaargezet")
    assert not page.primary.isEnabled()
    assert page.primary.reason()
    page.set_problem(Problem("disk-full", "De schijf is vol.", "Maak ruimte."))
    assert page.primary.isEnabled()


def test_signing_in_starts_at_the_passphrase_of_who_was_here(show: Show) -> None:
    page: Any = show(PAGES["locked desk"]())
    assert page.names.current_id() == "b"
    assert _focus() is page.passphrase.editor
    asked: list[tuple[str, str]] = []
    page.sign_in_requested.connect(lambda *words: asked.append(words))
    QTest.keyClicks(page.passphrase.editor, WORDS)
    QTest.keyClick(page.passphrase.editor, Qt.Key.Key_Return)
    assert asked == []
    page.do("confirm")
    assert asked == [("b", WORDS)]


def test_somebody_without_a_passphrase_cannot_slip_in_where_others_have_one(show: Show) -> None:
    page: Any = show(PAGES["names"]())
    page.names.set_current("c")
    assert not page.primary.isEnabled()
    assert "nog geen wachtwoordzin" in page.primary.reason()
    page.names.set_current("a")
    assert page.primary.isEnabled()


def test_where_nobody_has_a_passphrase_none_is_asked(show: Show) -> None:
    alone = Person("a", "Anna Voorbeeld", ("operator",), slot=False)
    page: Any = show(SignInPage([alone], current="a"))
    asked: list[tuple[str, str]] = []
    page.sign_in_requested.connect(lambda *words: asked.append(words))
    assert not page.passphrase.isVisible()
    page.do("confirm")
    assert asked == [("a", "")]


def test_a_locked_file_shows_no_names_and_counts_the_tries(show: Show) -> None:
    page: Any = show(PAGES["locked file"]())
    assert not page.names.isVisible()
    page.passphrase.set_text("dit klopt niet helemaal")
    page.set_problem(WRONG)
    assert page.passphrase.text() == ""
    assert "Let op hoofdletters" in page.passphrase.editor.accessibleName()
    page.set_problem(WRONG)
    assert page._title.text() == "Uw gegevens gaan niet open"


def test_an_error_gives_its_code_and_one_way_on(show: Show) -> None:
    page: Any = show(PAGES["error"]())
    closed: list[bool] = []
    page.close_requested.connect(lambda: closed.append(True))
    page.copy.click()
    assert QGuiApplication.clipboard().text() == "file-newer"
    page.do("confirm")
    assert closed == [True]
    assert "Traceback" not in page.accessibleName()


def test_popups_are_out_of_sight_and_reach_behind_a_gate(window: MainWindow) -> None:
    from console.views.dialogs.ask_words import AskWordsDialog

    dialog = AskWordsDialog(window, "Vraag", "Waarom")
    dialog.open()
    window.show_gate(SignInPage(PERSONS, current="a"))
    assert not dialog.isVisible()
    window.close_gate()
    assert dialog.isVisible()
    dialog.close_with(None)
