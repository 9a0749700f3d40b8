"""Tab walks round inside a popup and takes nothing apart."""

from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

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
