"""Achteraf vastleggen (R): a post that was made from the phone (day.md, 18:10; F25)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.clock import stamp
from console.domain.directory import Candidate
from console.domain.post import Finding, RecordedPost
from console.views.dialogs.dialog import Dialog
from console.views.dialogs.place_field import PlaceField
from console.views.posts.pick import GroupPick
from console.views.tables.moves import move
from console.views.theme.theme import current
from console.views.widgets.band import Band
from console.views.widgets.button import Button
from console.views.widgets.card import Card
from console.views.widgets.choice import Choice
from console.views.widgets.field import Field, TimeField
from console.views.widgets.finding_line import FindingLine
from console.views.widgets.text import Text
from contract.dutch import word
from contract.vocabulary import MessageKind

KINDS = tuple(
    kind for kind in MessageKind if kind not in ("quick_answer", "feedback", "correction")
)
MOST = 8000


class RecordDialog(Dialog):
    """`record_requested` carries what was typed; afterwards the guard's report stands in it."""

    record_requested = Signal(object)
    follow_up_requested = Signal()

    scopes = ("lists",)

    def __init__(self, window: QWidget, now: datetime) -> None:
        """`now` is local time; a later time is taken as yesterday's."""
        super().__init__(window, "Geplaatst bericht vastleggen", width=860)
        px = current().px
        self._now = now
        self._ticks: dict[str, bool] = {}
        self._groups: tuple[Candidate, ...] = ()
        columns = QHBoxLayout()
        columns.setSpacing(px(20))
        left = QVBoxLayout()
        left.setSpacing(px(13))
        row = QHBoxLayout()
        row.setSpacing(px(10))
        kind = QVBoxLayout()
        kind.setSpacing(px(5))
        kind.addWidget(Text("Soort", "body_medium"))
        self.kind = Choice(
            [("", "Kies…"), *((one, word(one, MessageKind)) for one in KINDS)], "Soort"
        )
        kind.addWidget(self.kind)
        self.time = TimeField("Geplaatst om")
        self.time.setFixedWidth(px(110))
        self.time.set_time(now.time())
        row.addLayout(kind, 1)
        row.addWidget(self.time)
        left.addLayout(row)
        self.text = Field(
            "Tekst zoals die in de groep staat",
            "plakken mag",
            multi_line=True,
            lines=9,
            max_length=MOST,
        )
        left.addWidget(self.text, 1)
        right = QVBoxLayout()
        right.setSpacing(px(13))
        self.place = PlaceField("Gebied", "toont de groepen", self)
        right.addWidget(self.place)
        box = Card(margins=(1, 1, 1, 3))
        self.pick = GroupPick()
        self.pick.setMinimumHeight(px(250))
        box.column.addWidget(self.pick)
        right.addWidget(box, 1)
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        self.body.addLayout(columns)
        self._report = Band("amber", "", "", "triangle-alert", parent=self)
        self._report.hide()
        self.body.addWidget(self._report)
        self._problem = FindingLine("stop", "", parent=self)
        self._problem.hide()
        self.body.addWidget(self._problem)
        self._keep = Button("Leg vast", "Ctrl+Enter", kind="filled")
        self._follow = Button("Maak een aanvulling", "Ctrl+Shift+Enter")
        self._follow.hide()
        self.set_buttons(self._keep, self._follow)
        self._follow.hide()
        self.add_footer_left(
            Text("De controle meldt wat zij vindt en houdt niets tegen.", "small", "text2")
        )
        self.first_focus = self.text.editor
        self._done = False
        self._keep.clicked.connect(self._on_keep)
        self._follow.clicked.connect(self.follow_up_requested)
        self.pick.tick_requested.connect(self._on_tick)
        self.set_groups(())

    def set_groups(self, groups: Sequence[Candidate]) -> None:
        """Show the groups of the area; nothing is ticked beforehand."""
        known = {one.group_id for one in groups}
        kept = tuple(
            one for one in self._groups if one.group_id in self._ticks and one.group_id not in known
        )
        self._groups = (*groups, *kept)
        self._show_groups(self._ticks)

    def show_problem(self, sentence: str) -> None:
        """Say what is missing; what was typed stays."""
        self._problem.set_finding("stop", sentence)
        self._problem.setVisible(bool(sentence))
        self.refit()

    def show_report(self, findings: Sequence[Finding]) -> None:
        """It is kept: say what the guard would have stopped, and offer what mends it."""
        self._done = True
        for part in (self.text, self.time):
            part.set_read_only(True)
        self.kind.setEnabled(False)
        self.place.setEnabled(False)
        self.pick.set_locked(True)
        self._keep.set_label("Sluit")
        self._keep.set_reason("")
        if findings:
            titles = "\n".join(dict.fromkeys(one.title for one in findings))
            self._report.set_content(
                "amber", "Vastgelegd. De controle vond:", titles, "triangle-alert"
            )
        else:
            self._report.set_content(
                "green", "Vastgelegd. De controle vond niets.", "", "ring-check"
            )
        self._report.show()
        lacks = any(one.rule == "closing_line_missing" for one in findings)
        self._follow.setVisible(lacks)
        self.show_problem("")
        self._keep.setFocus()

    def do(self, command: str) -> bool:
        """Do a command of this dialog; False where it means nothing here."""
        rows = self.pick.list
        if rows.hasFocus() and move(rows, command):
            return True
        if rows.hasFocus() and command == "tick":
            self.pick.toggle()
        elif command == "second" and not self._follow.isVisibleTo(self):
            return True
        else:
            return super().do(command)
        return True

    def _show_groups(self, ticks: Mapping[str, bool]) -> None:
        empty = "Kies een gebied. Dan staan hier de groepen."
        self.pick.set_groups(self._groups, ticks, empty=empty)

    def _on_tick(self, group_id: str, on: bool) -> None:
        if on:
            self._ticks[group_id] = False
        else:
            self._ticks.pop(group_id, None)
        self._show_groups(self._ticks)

    def _on_keep(self) -> None:
        if self._done:
            self.close_with("recorded")
            return
        at = self.time.time()
        if not self.kind.selected():
            self.show_problem("Kies wat voor bericht het is.")
            self.kind.setFocus()
        elif not self.text.text().strip():
            self.show_problem("Plak eerst de tekst die in de groep staat.")
            self.text.editor.setFocus()
        elif at is None:
            self.show_problem("Schrijf de tijd als 16:40.")
            self.time.editor.setFocus()
        elif not self._ticks:
            self.show_problem("Kies in welke groepen de tekst staat.")
            self.pick.list.setFocus()
        else:
            when = self._now.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
            if when > self._now:
                when -= timedelta(days=1)
            self.record_requested.emit(
                RecordedPost(
                    self.kind.selected(),
                    "",
                    self.text.text(),
                    tuple(self._ticks),
                    stamp(when),
                    self.place.area_id(),
                )
            )
