"""Opstellen: the original, the fields, the preview and the groups on one screen (screens.md §5.2).

Three columns because the check is a comparison: what came in, what is written, what is seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from console.domain.decided import TOLD, given
from console.domain.directory import Candidate
from console.domain.findings import open_findings, summary
from console.domain.post import Draft, Finding, Preview
from console.views.posts.footer import ComposeFooter
from console.views.posts.form import ComposeForm
from console.views.posts.header import FlowHeader
from console.views.posts.notice_strip import DraftNotice, DraftStrip
from console.views.posts.original import OriginalPane, OriginalTab
from console.views.posts.pick import GroupPick
from console.views.posts.preview import PreviewPane
from console.views.screen import Screen
from console.views.tables.moves import move
from console.views.theme.theme import current
from console.views.widgets.card import Pane
from console.views.widgets.side_by_side import SideBySide

WIDE, MIDDLE = 1400, 1200
ROWS_KEPT = 6
OPENING = "Het bericht wordt geopend."


class ComposeScreen(Screen):
    """Shows one draft; every wish goes out as a signal."""

    edited = Signal(str, str)
    left = Signal(str)
    remedy_requested = Signal(object, int)
    template_chosen = Signal(str)
    tick_requested = Signal(str, bool)
    preview_requested = Signal(int)
    issue_requested = Signal()
    leave_requested = Signal()
    act_requested = Signal(str)
    photo_requested = Signal()
    finding_elsewhere = Signal(object)

    name = "compose"
    rail = "posts"
    step = "write"
    scopes = ("writing", "lists", "outside")

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `set_draft`."""
        super().__init__(parent)
        self.header = FlowHeader(1)
        self.strip = DraftStrip()
        self.original = OriginalPane()
        self.tab = OriginalTab()
        self.form = ComposeForm()
        self.preview = PreviewPane()
        self.pick = GroupPick()
        self.footer = ComposeFooter()
        self._right = Pane("surface", "l")
        right = QVBoxLayout(self._right)
        right.setContentsMargins(1, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.preview)
        right.addWidget(self.pick, 1)
        panes = ((self.tab, 0), (self.original, 220), (self.form, 320), (self._right, 420))
        self._body = SideBySide(panes, least=820)
        self._body.stretch(self.form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.strip)
        column.addWidget(self._body, 1)
        column.addWidget(self.footer)
        self._findings: tuple[Finding, ...] = ()
        self._walked: tuple[str, str, int] = ("", "", -1)
        self._subject = ("", "")
        self._has_original = False
        self._folded: bool | None = None
        self._groups = 0
        self._wire()

    def _wire(self) -> None:
        self.header.back_requested.connect(self.leave_requested)
        self.header.process_requested.connect(self._on_process)
        self.header.photo_requested.connect(self.photo_requested)
        self.tab.open_requested.connect(self.fold_original)
        self.form.edited.connect(self.edited)
        self.form.left.connect(self.left)
        self.form.remedy_chosen.connect(self.remedy_requested)
        self.form.template_chosen.connect(self.template_chosen)
        self.preview.step_requested.connect(self.preview_requested)
        self.pick.tick_requested.connect(self.tick_requested)
        self.footer.finding_requested.connect(self._on_next_finding)
        self.footer.leave_requested.connect(self.leave_requested)
        self.footer.issue_requested.connect(self.issue_requested)
        self.strip.act_requested.connect(self.act_requested)

    def set_opening(self) -> None:
        """Another draft is being read: nothing of the one before may be changed or issued."""
        self.form.set_read_only(True)
        self.pick.set_locked(True)
        self.footer.set_locked(OPENING)

    def set_draft(self, draft: Draft, *, acute: bool, fresh: bool = False) -> None:
        """Show a draft: subject, original and fields. What is being typed is left alone.

        ``fresh``: another draft than the one before, so no field keeps what stands in it.
        """
        self._subject = ("post", draft.id)
        self.header.set_subject(draft.title, acute=acute)
        self._has_original = bool(draft.original)
        if self._has_original:
            self.original.set_original(draft.original, draft.original_spans, draft.original_facts)
        self.form.set_template(draft.template, draft.kind)
        decided = draft.decided
        self.form.set_values(
            {
                TOLD: decided.control_room,
                "incident_ref": decided.incident_ref,
                "asked_by": decided.asked_by,
                **draft.values,
                "consent": draft.consent,
                "consent_ground": draft.consent_ground,
            },
            but="" if fresh else self.form.current(),
        )
        self.form.set_given("consent", given(decided.consent_by, decided.consent_at))
        self.form.set_given(TOLD, given(decided.control_room_by, decided.control_room_at))
        self._fold()

    def set_templates(self, offers: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer the templates that fit, as (id, words)."""
        self.form.set_templates(offers, chosen)

    def set_notice(self, notice: DraftNotice | None) -> None:
        """Show the most serious thing about this draft; some of them lock the fields."""
        self.strip.set_notice(notice)
        locked = notice is not None and notice.locks
        self.form.set_read_only(locked)
        self.pick.set_locked(locked)
        if locked and notice is not None:
            self.footer.set_locked(notice.title)

    def set_saved(self, words: str) -> None:
        """Say when the last words were kept."""
        self.header.set_saved(words)

    def set_groups(
        self, groups: Sequence[Candidate], ticks: Mapping[str, bool], *, empty: str = ""
    ) -> None:
        """Show who could get this, and who does."""
        self._groups = len(ticks)
        self.pick.set_groups(groups, ticks, empty=empty)

    def set_preview(self, preview: Preview | None, number: int, total: int) -> None:
        """Show one group's text with what the guard found, in field and preview at once."""
        self._findings = preview.findings if preview else ()
        self.preview.set_preview(preview, number, total)
        self.form.set_findings(self._findings)
        left = open_findings(self._findings)
        stops = sum(1 for one in left if one.outcome == "stop")
        self.footer.set_result(stops, len(left) - stops, summary(left), self._groups)
        self._fit_preview()

    def set_good(self, name: str, words: str) -> None:
        """Say something good at a field."""
        self.form.set_good(name, words)

    def do(self, command: str) -> bool:
        """Do a command of this screen; False where it means nothing here."""
        if command == "confirm":
            if self.footer.issue.isEnabled():
                self.issue_requested.emit()
            else:
                self._on_next_finding()
        elif command == "back":
            self.leave_requested.emit()
        elif command in ("next_finding", "previous_finding"):
            self._walk(1 if command == "next_finding" else -1)
        elif command.startswith("remedy_"):
            self._remedy(int(command.removeprefix("remedy_")) - 1)
        elif command == "to_groups":
            self.pick.list.setFocus()
        elif command in ("next_preview", "previous_preview"):
            self.preview_requested.emit(1 if command == "next_preview" else -1)
        elif command == "fold_original":
            self.fold_original()
        elif command == "open_source":
            self.act_requested.emit("source")
        elif command == "check_plate":
            self.act_requested.emit("plate")
        elif command == "photo":
            self.photo_requested.emit()
        else:
            return self._in_list(command)
        return True

    def _in_list(self, command: str) -> bool:
        lists = self.pick.list
        if self.original.hasFocus() and command in ("page_down", "page_up", "down", "up"):
            self.original.scroll_by(1 if command in ("page_down", "down") else -1)
            return True
        if not lists.hasFocus():
            return False
        if command == "tick":
            self.pick.toggle()
            return True
        return move(lists, command)

    def panes(self) -> Sequence[QWidget]:
        """Return what F6 walks through here, in order."""
        fields = list(self.form.entries.values())
        first = fields[0].keyboard() if fields else self.form.template
        # The form is one pane: F6 comes back to its first field.
        return (self.header, self.original, first, self.pick.list, self.footer)

    def take_focus(self) -> None:
        """Put the keyboard where work starts on this screen."""
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus) and focus.isVisible():
            return
        if not self.form.focus_first():
            self.form.template.setFocus()

    def event_subject(self) -> tuple[str, str]:
        """Return what the work process is ticked for on this screen."""
        return self._subject

    def fold_original(self) -> None:
        """Fold the original away, or open it (Alt+O)."""
        self._folded = not self._is_folded()
        self._fold()
        if not self._folded:
            self.original.setFocus()
        elif not self.form.current():
            self.form.focus_first()

    def go_to(self, finding: Finding) -> None:
        """Put the keyboard where a finding can be mended."""
        self._walked = (finding.rule, finding.field_name, finding.start)
        if self.form.go_to(finding):
            return
        if finding.rule == "no_groups":
            self.pick.list.setFocus()
        else:
            self.finding_elsewhere.emit(finding)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _walk(self, step: int) -> None:
        left = open_findings(self._findings)
        if not left:
            return
        keys = [(one.rule, one.field_name, one.start) for one in left]
        if self._walked in keys:
            place = (keys.index(self._walked) + step) % len(keys)
        else:
            place = 0 if step > 0 else len(keys) - 1
        self.go_to(left[place])

    def _remedy(self, number: int) -> None:
        entry = self.form.entries.get(self.form.current())
        finding = entry.finding() if entry is not None else None
        if finding is None:
            left = open_findings(self._findings)
            finding = left[0] if left else None
        if finding is not None and number < len(finding.remedies):
            self.remedy_requested.emit(finding, number)

    def _on_next_finding(self) -> None:
        self._walk(1)

    def _on_process(self) -> None:
        self.open_requested.emit("process_panel", {})

    def _is_folded(self) -> bool:
        if self._folded is not None:
            return self._folded
        return self.window().width() < current().px(MIDDLE)

    def _fold(self) -> None:
        px, width = current().px, self.window().width()
        folded = self._is_folded()
        self.original.setVisible(self._has_original and not folded)
        self.tab.setVisible(self._has_original and folded)
        narrow = width < px(MIDDLE)
        wide = width >= px(WIDE)
        self.tab.set_across(self._body.fit(self.width()))
        self._body.set_width(self.original, px(284 if wide else 236))
        self._body.set_width(self._right, px(500 if wide else 440 if narrow else 462))
        self._fit_preview()

    def _fit_preview(self) -> None:
        """Give the bubble what it needs, but keep some groups in sight below it."""
        px = current().px
        upright = self._body.upright
        room = px(420) if upright else self.height() - px(54 + 56)
        if not (upright or self.strip.isHidden()):
            room -= self.strip.height()
        most = max(px(166), room - px(34) - ROWS_KEPT * px(44))
        self.preview.setFixedHeight(min(most, self.preview.wanted_height(self._right.width() - 1)))
