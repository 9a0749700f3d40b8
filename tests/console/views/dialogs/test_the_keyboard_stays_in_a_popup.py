"""The keyboard stays in a popup: Tab walks round inside, and news underneath takes nothing."""

from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from shiboken6 import isValid

from console.views.dialogs.justify import JustifyDialog
from console.views.dialogs.menu import MenuDialog, MenuRow
from console.views.main_window import MainWindow
from console.views.theme.theme import Theme
from tests.helpers.walk import nameless


def test_a_list_in_a_popup_outlives_tab_and_the_collector(theme: Theme) -> None:
    window = MainWindow()
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    dialog = MenuDialog(window)
    dialog.set_rows([("Overal", [MenuRow("a", "Zoek", "Ctrl+K"), MenuRow("b", "Menu", "F10")])])
    dialog.open()
    seen = set()
    for _ in range(6):
        focus = QApplication.focusWidget()
        assert focus is not None
        assert dialog.isAncestorOf(focus)
        seen.add(focus.accessibleName())
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    gc.collect()
    assert isValid(dialog.list)
    assert {"Opdrachten", "Zoek een opdracht", "Sluit"} <= seen
    assert nameless(dialog) == []
    dialog.close_with(None)
    window.let_close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_news_for_the_screen_underneath_takes_no_keyboard_from_who_types(theme: Theme) -> None:
    window = MainWindow()
    under = QLineEdit(window)
    over = QLineEdit(window)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    under.show()
    under.setFocus()
    dialog = JustifyDialog(window, "Toch gebruiken", "Waarom mag dit?")
    dialog.open()
    typing = dialog.reason.editor
    QTest.keyClicks(typing, "de bewoner ")
    under.setFocus()
    focus = QApplication.focusWidget()
    assert focus is typing
    QTest.keyClicks(focus, "vroeg dit")
    assert (dialog.reason.text(), under.text()) == ("de bewoner vroeg dit", "")
    over.show()
    over.raise_()
    over.setFocus()
    assert QApplication.focusWidget() is over, "a lock over the popup may have it"
    dialog.take_focus()
    dialog.close_with(None)
    assert QApplication.focusWidget() is under
    over.setFocus()
    assert QApplication.focusWidget() is over, "a closed popup holds nothing"
    window.let_close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
