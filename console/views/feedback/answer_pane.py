"""The right of Terugkoppeling: the form, the preview and the footer of one broadcast."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.findings import open_findings, summary
from console.domain.post import FeedbackCard, Finding, Preview
from console.views.feedback.bars import FeedbackFooter
from console.views.feedback.form import FeedbackForm
from console.views.feedback.side import FeedbackSide
from console.views.feedback.words import CHOOSE_FIRST
from console.views.posts.notice_strip import DraftNotice, DraftStrip
from console.views.widgets.side_by_side import SideBySide


class AnswerPane(QWidget):
    """Everything about the chosen broadcast; wishes go out through its parts' own signals."""

    issue_requested = Signal()
    ready_requested = Signal()
    remedy_requested = Signal(object, int)
    preview_requested = Signal(int)
    act_requested = Signal(str)
    finding_elsewhere = Signal(object)

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        """Empty until `set_card`."""
        super().__init__(parent)
        self._now = now
        self.card: FeedbackCard | None = None
        self.locked = False
        self._findings: tuple[Finding, ...] = ()
        self._walked: tuple[str, str, int] = ("", "", -1)
        self.strip = DraftStrip()
        self.form = FeedbackForm()
        self.side = FeedbackSide()
        self.footer = FeedbackFooter()
        self._body = SideBySide(((self.form, 360), (self.side, 380)), least=700)
        self._body.stretch(self.form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self._body, 1)
        column.addWidget(self.footer)
        self.form.remedy_chosen.connect(self.remedy_requested)
        self.side.step_requested.connect(self.preview_requested)
        self.footer.issue_requested.connect(self.issue_requested)
        self.footer.ready_requested.connect(self.ready_requested)
        self.footer.finding_requested.connect(self._on_next_finding)
        self.strip.act_requested.connect(self.act_requested)

    def fit(self, width: int, side: int) -> None:
        """Put the preview beside the form in so many pixels, or under it."""
        self._body.fit(width)
        self._body.set_width(self.side, side)

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        if self.footer.isHidden():
            return least
        # The footer may need a second line in the width there is.
        more = self.footer.heightForWidth(self.width()) - self.footer.minimumSizeHint().height()
        return QSize(least.width(), least.height() + max(0, more))

    def set_card(self, card: FeedbackCard | None) -> None:
        """Show a broadcast; None shows nothing at all."""
        self.card = card
        self._body.setVisible(card is not None)
        self.footer.setVisible(card is not None and not self.is_done())
        self.side.setVisible(not self.is_done())
        if card is None:
            self.strip.set_notice(None)
        else:
            self.form.set_card(card, self._now())

    def set_answer(self, outcome: str, values: Mapping[str, str], *, but: str = "") -> None:
        """Show what was answered so far; the field called `but` is being typed in."""
        self.form.set_answer(outcome, values, but=but)

    def set_notice(self, notice: DraftNotice | None) -> None:
        """Say who writes this, or nothing; a notice may lock the answer."""
        self.strip.set_notice(notice)
        self.locked = notice is not None and notice.locks
        self.form.set_locked(self.locked)
        self.side.waive.setEnabled(not self.locked)
        if self.locked and notice is not None:
            self.footer.set_waiting(notice.title)

    def set_preview(self, preview: Preview | None, number: int, total: int) -> None:
        """Show one group's text and what the guard found; None: no outcome was chosen."""
        self._findings = preview.findings if preview else ()
        self.side.set_preview(preview, number, total)
        self.form.set_findings(self._findings)
        if self.locked:
            return
        if preview is None or not self.form.outcomes.selected():
            self.footer.set_waiting(CHOOSE_FIRST)
            return
        left = open_findings(self._findings)
        stops = sum(1 for one in left if one.outcome == "stop")
        self.footer.set_result(stops, len(left) - stops, summary(left), total)

    def tick(self) -> None:
        """Bring the countdown up to date."""
        if self.card is not None:
            self.form.tick(self.card, self._now())

    def is_done(self) -> bool:
        """Whether there is nothing left to answer."""
        return self.card is None or self.card.row.section == "done"

    def answers(self) -> bool:
        """Whether an answer can be given here now."""
        return not self.locked and not self.is_done() and not self.isHidden()

    def take_keyboard(self) -> None:
        """Put the keyboard on the outcomes, or on the way past a colleague's draft."""
        if self.locked:
            self.strip.buttons[0].setFocus()
        elif self.is_done():
            self.form.original.button.setFocus()
        else:
            self.form.focus_outcomes()

    def choose_number(self, number: int) -> bool:
        """Choose an outcome by its digit; the keyboard goes on to the sentence."""
        if not self.answers() or not self.form.outcomes.select_number(number):
            return False
        self.form.focus_sentence()
        return True

    def confirm(self) -> None:
        """Press the filled button, or go to what keeps it from being pressed."""
        if self.isHidden() or self.is_done():
            return
        if self.locked:
            acts = self.strip.act_ids()
            if acts:
                self.act_requested.emit(acts[0])
        elif self.footer.issue.isEnabled():
            self.issue_requested.emit()
        elif not self.form.outcomes.selected():
            self.form.focus_outcomes()
        else:
            self._walk(1)

    def do(self, command: str) -> bool:
        """Do a command of writing; False where it is about something else."""
        if command in ("next_finding", "previous_finding"):
            self._walk(1 if command == "next_finding" else -1)
        elif command.startswith("remedy_"):
            self._remedy(int(command.removeprefix("remedy_")) - 1)
        elif command in ("next_preview", "previous_preview"):
            self.preview_requested.emit(1 if command == "next_preview" else -1)
        elif command == "fold_original":
            self.form.original.toggle()
        else:
            return False
        return True

    def go_to(self, finding: Finding) -> None:
        """Put the keyboard where a finding can be mended."""
        if not self.form.go_to(finding):
            self.finding_elsewhere.emit(finding)

    def _walk(self, step: int) -> None:
        left = open_findings(self._findings)
        if not left:
            return
        keys = [(one.rule, one.field_name, one.start) for one in left]
        place = keys.index(self._walked) + step if self._walked in keys else min(0, step)
        found = left[place % len(left)]
        self._walked = (found.rule, found.field_name, found.start)
        self.go_to(found)

    def _remedy(self, number: int) -> None:
        entry = self.form.entry(self.form.current())
        finding = entry.finding() if entry is not None else None
        if finding is None:
            left = open_findings(self._findings)
            finding = left[0] if left else None
        if finding is not None and number < len(finding.remedies):
            self.remedy_requested.emit(finding, number)

    def _on_next_finding(self) -> None:
        self._walk(1)
