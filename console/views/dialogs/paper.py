"""Printing: a plain document from lines of text, and the system's print dialog, never nested.

The document is built from plain text only, block by block; nothing in it is read as HTML.
"""

from __future__ import annotations

from PySide6.QtCore import QDir, QFileInfo, QMarginsF, QObject, QStandardPaths, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from console.views.theme.fonts import FAMILY

MARGIN = 18.0
"""Margins of the page in millimetres."""

TITLE, SECTION, ITEM, DETAIL, PLAIN = "# ", "## ", "- ", "  ", ""
_POINTS = {TITLE: 16.0, SECTION: 11.5, ITEM: 10.0, DETAIL: 9.5, PLAIN: 9.5}
_ABOVE = {TITLE: 0.0, SECTION: 14.0, ITEM: 6.0, DETAIL: 1.0, PLAIN: 2.0}


def kind_of(line: str) -> tuple[str, str]:
    """Return what a line is, and its words without the mark of that."""
    for mark in (SECTION, TITLE, ITEM, DETAIL):
        if line.startswith(mark):
            return mark, line[len(mark) :].strip()
    return PLAIN, line.strip()


def document(text: str, parent: QObject | None = None) -> QTextDocument:
    """Lay out a text of ``console.presenters.paper`` in black on A4; empty lines become space."""
    made = QTextDocument(parent)
    made.setUndoRedoEnabled(False)
    cursor = QTextCursor(made)
    first = True
    for line in text.splitlines():
        kind, words = kind_of(line)
        if not words:
            continue
        block = QTextBlockFormat()
        block.setTopMargin(0.0 if first else _ABOVE[kind])
        block.setLeftMargin(14.0 if kind == DETAIL else 0.0)
        block.setNonBreakableLines(False)
        letters = QTextCharFormat()
        letters.setFontFamilies([FAMILY, "Sans Serif"])
        letters.setFontPointSize(_POINTS[kind])
        heavy = kind in (TITLE, SECTION, ITEM)
        letters.setFontWeight(QFont.Weight.DemiBold if heavy else QFont.Weight.Normal)
        letters.setForeground(Qt.GlobalColor.black)
        if first:
            cursor.setBlockFormat(block)
            first = False
        else:
            cursor.insertBlock(block)
        cursor.insertText(words, letters)
    return made


def print_on(made: QTextDocument, device: QPagedPaintDevice) -> None:
    """Put a document on paper or in a PDF; Qt breaks the pages and numbers them."""
    size = QPageSize(QPageSize.PageSizeId.A4)
    margins = QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN)
    device.setPageLayout(
        QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)
    )
    made.print_(device)


class PrintQuestion(QObject):
    """Asks where to print, and prints; it goes away with its dialog."""

    printed = Signal()
    failed = Signal()

    def __init__(self, window: QWidget, title: str, text: str) -> None:
        """`title` is the name of the job; it holds no names of people."""
        super().__init__(window)
        self.setObjectName("print")
        self._document = document(text, self)
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._printer.setDocName(title)
        self._printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        if not QPrinterInfo.availablePrinterNames():
            # Without a printer the dialog offers a file, and needs a name for it to begin with.
            folder = QStandardPaths.writableLocation(
                QStandardPaths.StandardLocation.DocumentsLocation
            )
            if not QFileInfo(folder).isDir():
                folder = QDir.homePath()
            self._printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            self._printer.setOutputFileName(f"{folder}/{title}.pdf")
        self.dialog = QPrintDialog(self._printer, window)
        self.dialog.setWindowTitle(f"Druk af: {title}")
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.accepted.connect(self._on_accepted)
        self.dialog.finished.connect(self._on_finished)

    def ask(self) -> None:
        """Show the dialog beside everything else; nothing waits for it."""
        QDialog.open(self.dialog)

    def printer(self) -> QPrinter:
        """Return the printer that the dialog sets up."""
        return self._printer

    def _on_accepted(self) -> None:
        if not _can_print(self._printer):
            self.failed.emit()
            return
        print_on(self._document, self._printer)
        self.printed.emit()

    def _on_finished(self, _result: int) -> None:
        self.deleteLater()


def _can_print(printer: QPrinter) -> bool:
    """Say whether the printer is there, or the folder of the file can be written in."""
    target = printer.outputFileName()
    if not target:
        return printer.isValid()
    folder = QFileInfo(target).absoluteDir().absolutePath()
    return QFileInfo(folder).isWritable() and not QFileInfo(target).isDir()
