"""What goes on paper: one line per thing, nothing typed becomes a line or a mark of its own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from PySide6.QtGui import QPdfWriter
from PySide6.QtPrintSupport import QPrinter

from console.domain.workbook import Step, Workbook
from console.presenters.paper import write_paper
from console.views.dialogs.paper import PrintQuestion, document, kind_of, print_on
from console.views.theme.theme import Theme


def process(*steps: Step) -> str:
    book = Workbook("w", "Werken met groepen", "1", "2026-11-21", "", "", "draft", tuple(steps))
    return write_paper(
        "process",
        book=book,
        team="Basisteam Voorbeeldland",
        version="Versie 1",
        scopes=[("Uitgeven", steps)] if steps else [],
        printed="vandaag",
        printed_by="Lotte Voorbeeld",
    )


def step(title: str, text: str = "", way_out: str = "") -> Step:
    return Step("s", "issue", 1, title, text, way_out, 1)


@given(st.text(st.sampled_from("a1 -#x[]<&\n\r\t\x0b\x1c\x85\u2028"), max_size=60))
def test_whatever_a_title_holds_it_stays_one_item(title: str) -> None:
    lines = process(step(title)).splitlines()
    items = [line for line in lines if line.startswith("- ")]
    assert len(items) == 1
    assert not any(line.startswith("#") for line in lines[3:] if "Uitgeven" not in line)


def test_a_hole_in_a_sheet_is_an_error_and_not_an_empty_place() -> None:
    with pytest.raises(UndefinedError):
        write_paper("process", book=None)


def test_an_empty_process_says_so() -> None:
    assert "Er is nog geen werkproces." in process()


def test_the_document_holds_the_words_of_every_line(theme: Theme) -> None:
    text = process(
        step("Lees de tekst", "Open de groep.\nPlak.", "Bel <b>de beheerder</b> & wacht")
    )
    shown = document(text).toPlainText().splitlines()
    assert shown == [kind_of(line)[1] for line in text.splitlines() if line.strip()]
    assert "Bel <b>de beheerder</b> & wacht" in shown


def test_a_long_sheet_becomes_a_pdf_of_several_pages(theme: Theme, tmp_path: Path) -> None:
    text = process(*(step(f"Stap {number}", "Doe dit. " * 12) for number in range(60)))
    target = tmp_path / "process.pdf"
    writer = QPdfWriter(str(target))
    print_on(document(text), writer)
    del writer
    content = target.read_bytes()
    assert content.startswith(b"%PDF")
    assert len(re.findall(rb"/Type /Page\b", content)) >= 3


def test_the_print_question_prints_when_it_is_answered(
    theme: Theme, qtbot: Any, tmp_path: Path
) -> None:
    from PySide6.QtWidgets import QWidget

    window = QWidget()
    qtbot.addWidget(window)
    target = tmp_path / "sheet.pdf"
    question = PrintQuestion(window, "Overdracht", process(step("Lees de tekst")))
    printer = question.printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    with qtbot.waitSignal(question.printed):
        question.dialog.accepted.emit(printer)
    assert target.read_bytes().startswith(b"%PDF")


def test_a_folder_that_is_not_there_is_said_and_nothing_breaks(
    theme: Theme,
    qtbot: Any,
    tmp_path: Path,
) -> None:
    from PySide6.QtWidgets import QWidget

    window = QWidget()
    qtbot.addWidget(window)
    question = PrintQuestion(window, "Overdracht", process(step("Lees de tekst")))
    printer = question.printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "weg" / "sheet.pdf"))
    with qtbot.waitSignal(question.failed):
        question.dialog.accepted.emit(printer)
