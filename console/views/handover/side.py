"""Who gives over to whom, how far it is, what moves, and the one button (screens.md §5.8)."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.handover import Sheet
from console.views.handover import words
from console.views.text import plural
from console.views.widgets.avatar import Avatar
from console.views.widgets.band import Band
from console.views.widgets.button import Button
from console.views.widgets.card import Pane
from console.views.widgets.divider import Divider
from console.views.widgets.field import Field
from console.views.widgets.finding_line import FindingLine, IconMark
from console.views.widgets.progress_line import ProgressLine
from console.views.widgets.scroll_area import ScrollArea
from console.views.widgets.text import Text
from console.views.widgets.tick import Tick

REASON_LONGEST = 400
WORDS_FROM = 330


class _Person(QWidget):
    """A name with two letters before it and what the person does below it."""

    def __init__(self, *, mine: bool) -> None:
        super().__init__()
        self._mine = mine
        self._avatar = Avatar("", mine=mine, size=36)
        self._name = Text("", "body_strong", elide=True)
        self._does = Text("", "second", "text2", elide=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(11)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self._name)
        column.addWidget(self._does)
        row.addWidget(self._avatar)
        row.addLayout(column, 1)

    def show_person(self, name: str, does: str) -> None:
        """Show a person; an empty name is nobody yet."""
        self._avatar.set_name(name, mine=self._mine and bool(name))
        self._name.set_text(name or words.NOBODY_YET)
        self._name.set_color("text" if name else "text2")
        self._does.set_text(does)


class HandoverSide(Pane):
    """``role`` of the person who looks: taker, giver or reader."""

    accept_requested = Signal(bool, str)
    make_requested = Signal()
    turn_requested = Signal()
    print_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing to take over yet."""
        super().__init__("surface", "l", parent)
        px = self.theme.px
        self._sheet: Sheet | None = None
        self._role = "reader"
        self._title = Text("Overnemen", "screen", elide=True)
        self._giver = _Person(mine=False)
        self._taker = _Person(mine=True)
        self._progress = Text("", "body_strong", elide=True)
        self._asked = Text("", "second", "amber")
        self._line = ProgressLine("Regels beantwoord")
        self._goes = QWidget()
        self._moves_title = Text("", "body_strong", wrap=True)
        self._moves = QVBoxLayout()
        self._moves.setSpacing(px(5))
        self._questions = Text("", "second", "text2", wrap=True)
        self.talked = Tick("We hebben elkaar gesproken")
        self.talked.setChecked(True)
        self.why = Field(
            "Waarom niet?",
            "wordt vastgelegd",
            multi_line=True,
            lines=2,
            max_length=REASON_LONGEST,
        )
        self.primary = Button("Neem over", "Ctrl+Enter", kind="filled", size="l", stretch=True)
        self._reason = Text("", "second", "text2", wrap=True)
        self.turn = Button("", "Ctrl+Shift+Enter", kind="quiet")
        self._ready = Band("accent", words.READY, words.READY_MORE, "ring-check")
        self._sealed = Band("green", "Overgenomen", "", "ring-check")
        self._code = Text("", "body_strong", "text2", code=True)
        self._sealed.add_row(Text("Zegel van dit blad", "small", "text2"), 8)
        self._sealed.add_row(self._code, 2)
        self._pending = FindingLine("warn", words.NOT_YET_CENTRAL)
        self._print = Button("Druk af", "Ctrl+P", "printer")
        self._build()
        self.talked.toggled.connect(self._on_talked)
        self.why.text_changed.connect(self._on_changed)
        self.primary.clicked.connect(self.press)
        self.turn.clicked.connect(self.turn_requested)
        self._print.clicked.connect(self.print_requested)

    def _build(self) -> None:
        px = self.theme.px
        goes = QVBoxLayout(self._goes)
        goes.setContentsMargins(0, 0, 0, px(16))
        goes.setSpacing(0)
        goes.addWidget(Divider())
        goes.addSpacing(px(15))
        goes.addWidget(self._moves_title)
        goes.addSpacing(px(6))
        goes.addLayout(self._moves)
        goes.addSpacing(px(9))
        goes.addWidget(self._questions)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(px(24), px(20), px(24), px(16))
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addSpacing(px(12))
        column.addWidget(self._giver)
        between = QHBoxLayout()
        between.setContentsMargins(px(11), px(5), 0, px(5))
        between.addWidget(IconMark("chevron-down", "text3", 16))
        between.addStretch(1)
        column.addLayout(between)
        column.addWidget(self._taker)
        column.addSpacing(px(20))
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self._progress, 1)
        head.addWidget(self._asked)
        column.addLayout(head)
        column.addSpacing(px(6))
        column.addWidget(self._line)
        column.addSpacing(px(18))
        column.addWidget(self._goes)
        column.addWidget(Divider())
        column.addSpacing(px(15))
        for widget in (self.talked, self.why, self._ready, self._sealed, self._pending):
            column.addWidget(_Below(widget, px(12)))
        column.addWidget(self.primary)
        column.addSpacing(px(7))
        column.addWidget(self._reason)
        column.addSpacing(px(4))
        column.addWidget(self.turn, 0, Qt.AlignmentFlag.AlignLeft)
        self.turn.hide()
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(24), px(10), px(24), px(20))
        foot.addWidget(self._print)
        foot.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.setSpacing(0)
        self._scroll = ScrollArea(page)
        outer.addWidget(self._scroll, 1)
        outer.addLayout(foot)

    def set_sheet(self, sheet: Sheet, role: str, now: datetime, *, turn: str = "") -> None:
        """Show a sheet to the taker, the giver or a reader; `turn` offers the other part."""
        if self._sheet is not None and self._sheet.id and self._sheet.id != sheet.id:
            self.talked.setChecked(True)
            self.why.set_text("")
        self._sheet, self._role = sheet, role
        accepted = sheet.status == "accepted"
        made = bool(sheet.id)
        title = {"taker": "Overnemen", "giver": "Overdragen"}.get(role, "Overgedragen")
        self._title.set_text(title)
        self._giver.show_person(sheet.from_name, words.giver_words(sheet, now))
        self._taker.show_person(sheet.to_name, words.taker_words(sheet))
        self._show_progress()
        asked = sheet.questions
        self._asked.set_text(f"{plural(asked, 'vraag', 'vragen')} open" if asked else "")
        self._line.set_share(sheet.answered / len(sheet.lines) if sheet.lines else 1.0)
        self._line.setVisible(bool(sheet.lines))
        self._set_moves(sheet, accepted=accepted)
        self._questions.set_text(words.questions(sheet.lines))
        self._questions.setVisible(asked > 0)
        self.talked.setVisible(role == "taker")
        self._ready.setVisible(role == "giver" and made)
        self._sealed.setVisible(accepted)
        self._pending.setVisible(accepted and not sheet.confirmed)
        if accepted:
            told = "Zij hebben elkaar gesproken." if sheet.talked else f"“{sheet.no_talk_note}”"
            at = words.taker_words(sheet).removeprefix("nam over ")
            title = f"Overgenomen {at}"
            self._sealed.set_content("green", title, told, "ring-check")
            self._code.set_text(words.seal_code(sheet.seal))
        self.primary.setVisible(role == "taker" or (role == "giver" and not made))
        self.primary.set_label("Neem over" if role == "taker" else "Maak overdracht")
        self.turn.setVisible(bool(turn))
        self.turn.set_label(turn)
        self._on_changed()

    def _set_moves(self, sheet: Sheet, *, accepted: bool) -> None:
        while (item := self._moves.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        rows = [] if accepted else words.moving(sheet.moves)
        self._moves_title.set_text(
            words.moving_title(sheet) if rows else "Er is niets dat van houder wisselt"
        )
        self._moves_title.setVisible(not accepted)
        self._goes.setVisible(not accepted or sheet.questions > 0)
        for icon, text in rows:
            self._moves.addWidget(_Moved(icon, text))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_progress()

    def _show_progress(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        wide = self.width() >= self.theme.px(WORDS_FROM)
        self._progress.set_text(words.progress(sheet, short=not wide))

    def press(self) -> None:
        """Press the filled button, where it can be pressed."""
        if self.primary.isHidden() or not self.primary.isEnabled():
            return
        if self._role == "taker":
            self.accept_requested.emit(self.talked.isChecked(), self.why.text().strip())
        else:
            self.make_requested.emit()

    def focus_start(self) -> None:
        """Put the keyboard on the first thing that takes it here."""
        for widget in (self.talked, self.primary, self._print):
            if widget.isVisible() and widget.isEnabled():
                widget.setFocus()
                return

    def _on_talked(self, talked: bool) -> None:
        self._on_changed()
        if not talked:
            # In a low window the button would go out of sight under the new field.
            QTimer.singleShot(0, self._show_button)

    def _show_button(self) -> None:
        self._scroll.ensureWidgetVisible(self._reason, 0, self.theme.px(8))

    def _on_changed(self) -> None:
        if self._sheet is None:
            return
        taker = self._role == "taker"
        self.why.setVisible(taker and not self.talked.isChecked())
        reason = ""
        if taker:
            reason = words.why_not(
                self._sheet, talked=self.talked.isChecked(), note=self.why.text()
            )
        self.primary.set_reason(reason)
        self._reason.set_text(reason)
        self._reason.setVisible(bool(reason))


class _Below(QWidget):
    """A widget with room under it that goes away together with it."""

    def __init__(self, widget: QWidget, room: int) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, room)
        column.setSpacing(0)
        column.addWidget(widget)
        self._widget = widget
        self._column = column
        self._room = room
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the widget when it is hidden or shown."""
        if watched is self._widget and event.type() in (
            QEvent.Type.ShowToParent,
            QEvent.Type.HideToParent,
        ):
            hidden = self._widget.isHidden()
            self._column.setContentsMargins(0, 0, 0, 0 if hidden else self._room)
        return super().eventFilter(watched, event)


class _Moved(QWidget):
    """One kind of thing that moves."""

    def __init__(self, icon: str, text: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(IconMark(icon, "text2", 16))
        row.addWidget(Text(text, "body", elide=True), 1)
