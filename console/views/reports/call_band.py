"""The band over an acute report: was 112 called, and what to answer the administrator (F04)."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from console.domain.report import ReportRow
from console.views.keys.table import keys_of
from console.views.widgets.band import Band
from console.views.widgets.button import Button
from console.views.widgets.painted import Painted, hairline
from console.views.widgets.text import Text

_ANSWERS = (
    ("yes", "Ja", "answer_1"),
    ("no", "Nee", "answer_2"),
    ("unknown", "Weet ik niet", "answer_3"),
)
_WORDS = {
    "": ("Eerst de meldkamer. Is 112 gebeld?", "Sluiten kan pas als dit is beantwoord."),
    "unknown": (
        "Eerst de meldkamer. Is 112 gebeld?",
        "U weet het nog niet. Sluiten kan pas als dit is beantwoord.",
    ),
    "no": (
        "Eerst de meldkamer. 112 is niet gebeld.",
        "Geef het antwoord aan de beheerder. Bij sluiten vraagt de desk waarom er niet is gebeld.",
    ),
}


class _Rule(Painted):
    def sizeHint(self) -> QSize:
        return QSize(10, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        hairline(painter, 0, 0, self.width(), self.theme.color("redline"))
        painter.end()


class CallBand(Band):
    """Shown while an acute report has no "Ja". The ready answer is a fixed text of the region."""

    command_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "red", *_WORDS[""], "octagon-alert", large=True, indent=False, parent=parent
        )
        px = self.theme.px
        self._buttons_by_answer: dict[str, Button] = {}
        for answer, words, command in _ANSWERS:
            button = Button(words, keys_of(command, "reports"))
            button.clicked.connect(self._on_answer)
            self._buttons_by_answer[answer] = button
            self.add_button(button)
        rule = _Rule()
        rule.setFixedHeight(1)
        self.add_row(rule, 12)
        foot = QWidget()
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight, foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(12))
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Text("Antwoord voor de beheerder", "small_strong", "text2"))
        self._answer = Text("", "body", "text", wrap=True)
        column.addWidget(self._answer)
        row.addLayout(column, 1)
        self._copy = Button("Kopieer antwoord", keys_of("copy", "reports"), "copy")
        self._copy.clicked.connect(self._on_copy)
        row.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_row(foot, 9)
        self._foot = foot
        self._row = row

    def set_answer(self, text: str) -> None:
        """Show the fixed text that can be copied."""
        self._answer.set_text(f"“{text}”" if text else "")

    def show_report(self, row: ReportRow) -> None:
        """Show the question for this report, or hide where it asks nothing."""
        asks = row.acute and row.status != "closed" and row.called_112 != "yes"
        self.setVisible(asks)
        if not asks:
            return
        title, text = _WORDS.get(row.called_112, _WORDS[""])
        self.set_content("red", title, text, "octagon-alert")
        for answer, button in self._buttons_by_answer.items():
            button.set_kind("tinted" if answer == row.called_112 else "plain")

    def set_narrow(self, narrow: bool) -> None:
        """Shorten the button in a narrow pane, and put it under the answer."""
        across = QBoxLayout.Direction.LeftToRight
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else across)
        self._copy.set_label("Kopieer" if narrow else "Kopieer antwoord")
        self._copy.setAccessibleName("Kopieer antwoord voor de beheerder")

    def _on_answer(self) -> None:
        sender = self.sender()
        for answer, _, command in _ANSWERS:
            if self._buttons_by_answer[answer] is sender:
                self.command_requested.emit(command)

    def _on_copy(self) -> None:
        self.command_requested.emit("copy")
