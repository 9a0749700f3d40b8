"""The middle of Terugkoppeling: the broadcast, how it ended, one sentence, the same groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.post import FeedbackCard, Finding, TemplateField
from console.views.feedback.parts import GroupLines, Labelled, OriginalLine
from console.views.feedback.sentence import FIELD, SentenceEntry
from console.views.feedback.words import (
    NO_MORE_TIME,
    OUTCOMES,
    countdown,
    ended_words,
    is_late,
    result_words,
    subject_line,
)
from console.views.posts.entries import Entry, TextEntry
from console.views.posts.words import at_of
from console.views.theme.theme import current
from console.views.widgets.band import Band
from console.views.widgets.chip import Chip
from console.views.widgets.finding_line import FindingLine
from console.views.widgets.radio_grid import RadioGrid
from console.views.widgets.scroll_area import ScrollArea
from console.views.widgets.text import Text
from console.views.widgets.tick import Tick
from contract.rules.post import EXTENSIONS
from contract.vocabulary import AlertState, Outcome

SUBJECT = "onderwerp"
LATE = "laat"
LATE_WORDS = "U hoort dit later dan u van ons mag verwachten."
"""What the template says when feedback comes later than it should (day.md §2, 20:42)."""


class FeedbackForm(ScrollArea):
    """Shows one broadcast and takes the answer. It asks for nothing itself."""

    outcome_chosen = Signal(str)
    edited = Signal(str, str)
    left = Signal(str)
    remedy_chosen = Signal(object, int)
    original_toggled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `set_card`."""
        self._inner = QWidget()
        super().__init__(self._inner, "surface", parent)
        px = current().px
        self._subject = Text("", "subject", wrap=True)
        self._chip = Chip("", "outline", "clock", strong=True)
        self._about = Text("", "body", "text2", wrap=True)
        self.original = OriginalLine()
        self._ended = Band("flat", "", "", "ring-check")
        self._result = Band("plain", "", "", "ring-check")
        self.outcomes = RadioGrid(OUTCOMES, "Hoe is het afgelopen?")
        self._no_time = FindingLine("plain", NO_MORE_TIME, strong=False)
        self.subject_entry = TextEntry(TemplateField(SUBJECT, "Onderwerp", "staat klaar"), most=160)
        self.sentence = SentenceEntry()
        self.late = Tick("Zeg erbij dat dit later komt dan zij mogen verwachten")
        self.groups = GroupLines()
        self._questions = Labelled("Hoe is het afgelopen?", self.outcomes)
        self._with_groups = Labelled("Dezelfde groepen als het bericht", self.groups)
        self._asks: tuple[QWidget, ...] = (
            self._questions,
            self._no_time,
            self.sentence,
            self.late,
        )
        head = QHBoxLayout()
        head.setSpacing(px(12))
        head.addWidget(self._subject, 1)
        head.addWidget(self._chip)
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(px(24), px(18), px(20), px(20))
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(px(3))
        column.addWidget(self._about)
        column.addSpacing(px(9))
        for part, gap in (
            (self.original, 12),
            (self._ended, 12),
            (self._result, 12),
            (self._questions, 7),
            (self._no_time, 10),
            (self.subject_entry, 12),
            (self.sentence, 10),
            (self.late, 12),
            (self._with_groups, 0),
        ):
            box = QWidget()
            inside = QVBoxLayout(box)
            inside.setContentsMargins(0, 0, 0, px(gap))
            inside.addWidget(part)
            column.addWidget(box)
            part.setProperty("box", box)
        column.addStretch(1)
        self._entries: tuple[Entry, ...] = (self.subject_entry, self.sentence)
        self._locked = False
        self._done = False
        self._subject_open = False
        self._subject_word: tuple[str, str] = ("", "")
        self.set_done(False)
        self._wire()

    def _wire(self) -> None:
        self.outcomes.chosen.connect(self.outcome_chosen)
        self.original.toggle_requested.connect(self._on_toggle)
        self.late.clicked.connect(self._on_late)
        for entry in self._entries:
            entry.edited.connect(self.edited)
            entry.left.connect(self.left)
            entry.entered.connect(self._on_entered)
            entry.remedy_chosen.connect(self.remedy_chosen)

    def set_card(self, card: FeedbackCard, now: datetime) -> None:
        """Show another broadcast, or the same one anew."""
        row = card.row
        if row.post_id != self._subject_word[1]:
            self.original.set_text(card.text)
            self.verticalScrollBar().setValue(0)
            self._subject_open = False
        self._subject_word = (row.title, row.post_id)
        self._subject.set_text(row.title)
        self._about.set_text(subject_line(card, now))
        self.groups.set_groups(card.groups)
        ended = row.alert_state == AlertState.ENDED and row.section != "done"
        words = f"Afloopbericht: “{' '.join(card.closing_text.split())}”"
        self._ended.set_content(
            "flat", ended_words(""), words if card.closing_text else "", "ring-check"
        )
        self._show(self._ended, ended)
        used = row.extensions >= EXTENSIONS
        self.outcomes.set_reason(Outcome.STILL_RUNNING, NO_MORE_TIME if used else "")
        self.set_done(row.section == "done")
        self._show(self._no_time, used and not self._done)
        self._show(self.late, is_late(row, now) and not self._done)
        if self._done:
            tone, icon = ("plain", "ring-cross") if row.waiver_reason else ("green", "ring-check")
            when = f"Vastgelegd {at_of(row.settled_at, now)}." if row.settled_at else ""
            self._result.set_content(tone, result_words(row), when, icon)
        self.tick(card, now)

    def set_done(self, done: bool) -> None:
        """Show what became of it instead of the questions."""
        self._done = done
        for part in self._asks:
            self._show(part, not done)
        self._show(self._result, done)
        self._show(self.subject_entry, self._subject_open and not done)

    def tick(self, card: FeedbackCard, now: datetime) -> None:
        """Bring the countdown up to date."""
        words = countdown(card.row, now)
        if card.row.section == "done":
            self._chip.set_state(f"afgerond {words}".strip(), "outline", "check")
        elif is_late(card.row, now):
            self._chip.set_state(words, "red", "clock")
        else:
            self._chip.set_state(words, "outline", "clock")

    def set_answer(self, outcome: str, values: Mapping[str, str], *, but: str = "") -> None:
        """Show the chosen outcome and the fields; the field called `but` is left alone."""
        self.outcomes.select(outcome, silent=True)
        for entry in self._entries:
            if entry.name != but:
                entry.set_text(values.get(entry.name, ""))
        self.late.setChecked(bool(values.get(LATE)))

    def set_findings(self, findings: Sequence[Finding]) -> None:
        """Show each finding in its field; the subject shows itself only when it needs work."""
        for entry in self._entries:
            entry.set_findings([one for one in findings if one.field_name == entry.name])
        if any(one.field_name == SUBJECT and not one.answered for one in findings):
            self._subject_open = True
        self._show(self.subject_entry, self._subject_open and not self._done)

    def set_locked(self, locked: bool) -> None:
        """Lock the answer: a colleague writes it."""
        self._locked = locked
        self.outcomes.setEnabled(not locked)
        self.late.setEnabled(not locked)
        for entry in self._entries:
            entry.set_read_only(locked)

    def current(self) -> str:
        """Return the name of the field that has the keyboard, or an empty text."""
        return next((one.name for one in self._entries if one.keyboard().hasFocus()), "")

    def entry(self, name: str) -> Entry | None:
        """Return a field by its name in the template."""
        return next((one for one in self._entries if one.name == name), None)

    def focus_outcomes(self) -> None:
        """Put the keyboard on the outcomes: a digit answers."""
        proxy = self.outcomes.focusProxy()
        (proxy or self.outcomes).setFocus()

    def focus_sentence(self) -> None:
        """Put the keyboard in the sentence."""
        self.sentence.keyboard().setFocus()

    def go_to(self, finding: Finding) -> bool:
        """Put the keyboard on a finding; False when it is in no field of this form."""
        entry = self.entry(finding.field_name)
        if entry is None:
            return False
        entry.keyboard().setFocus()
        entry.choose_finding(finding)
        if finding.field_end > finding.field_start:
            entry.select(finding.field_start, finding.field_end)
        self.ensureWidgetVisible(entry, 0, current().px(24))
        return True

    def _show(self, part: QWidget, shown: bool) -> None:
        part.setVisible(shown)
        box = part.property("box")
        if isinstance(box, QWidget):
            box.setVisible(shown)

    def _on_entered(self, name: str) -> None:
        entry = self.entry(name)
        if entry is not None:
            self.ensureWidgetVisible(entry, 0, current().px(24))

    def _on_late(self) -> None:
        self.edited.emit(LATE, LATE_WORDS if self.late.isChecked() else "")
        self.left.emit(LATE)

    def _on_toggle(self) -> None:
        self.original.toggle()
        self.original_toggled.emit()


__all__ = ["FIELD", "LATE", "SUBJECT", "FeedbackForm"]
