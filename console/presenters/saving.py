"""Asks where a file goes; the file itself is written by whoever asked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFileDialog, QWidget

TABLE = "Werkblad (*.xlsx);;Tabel (*.csv)"
BUNDLE = "Bundel (*.zip)"


def ask_where(
    window: QWidget, title: str, kinds: str, name: str, chosen: Callable[[str], None]
) -> None:
    """Let a person choose a place; ``chosen`` is told the path, nobody where they think better."""
    chooser = QFileDialog(window, title)
    chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    chooser.setNameFilter(kinds)
    chooser.setDefaultSuffix(name.rsplit(".", 1)[-1])
    chooser.selectFile(name)
    chooser.fileSelected.connect(chosen)
    chooser.finished.connect(chooser.deleteLater)
    chooser.open()
