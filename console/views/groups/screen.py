"""Groepen: the tree, the card, the forms (screens.md §5.5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from console.domain.directory import DirectoryCounts, TreeNode
from console.views.groups.detail import GroupDetail
from console.views.groups.header import GroupsHeader
from console.views.groups.tree import TreePane
from console.views.keys.router import in_text_field
from console.views.screen import Screen
from console.views.tables.list_view import ListView
from console.views.tables.moves import move
from console.views.theme.theme import current
from console.views.widgets.side_splitter import SideSplitter

WIDTHS = {1400: 392, 1200: 392, 0: 360}
WIDE = 1400
_ACTS = frozenset(
    "new edit show_numbers confirm_card agreement new_post import_list signup signs".split()
)


class GroupsScreen(Screen):
    """The screen. Keys and buttons both end in ``act_requested`` with a command id."""

    name = "groups"
    rail = "groups"
    step = "groups"
    scopes = ("groups", "lists", "outside")

    act_requested = Signal(str)
    record_chosen = Signal(str, str)
    toggle_requested = Signal(str)
    width_chosen = Signal(int, int)

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        """``now`` returns local time."""
        super().__init__(parent)
        self.header = GroupsHeader(self)
        self.tree = TreePane(self)
        self.detail = GroupDetail(now, self)
        self.splitter = SideSplitter(
            self.tree, self.detail, widths=WIDTHS, low=360, high=680, parent=self
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.splitter, 1)
        self._connect()

    def set_tree(
        self, nodes: Sequence[TreeNode], counts: DirectoryCounts, first_found: str = ""
    ) -> None:
        """Show the lines of the tree and the counts of the segments."""
        self.header.set_counts(counts)
        self.tree.set_tree(nodes, counts, first_found)

    def do(self, command: str) -> bool:
        """Do a command: move, open, search, or ask the presenter."""
        editor = self.detail.editor()
        if editor is not None and command in ("confirm", "back"):
            (editor.save if command == "confirm" else editor.cancel).click()
        elif command in ("next_segment", "previous_segment"):
            self.header.segments.select_next(1 if command == "next_segment" else -1)
        elif command in ("search", "search_here"):
            self.header.search.setFocus()
            self.header.search.editor.selectAll()
        elif command in ("open_node", "close_node"):
            self.tree.step(command == "open_node")
        elif move(self._list(), command):
            return True
        elif command == "to_detail":
            self._to_detail()
        elif command == "back":
            return self._back()
        elif command == "coverage":
            self._on_coverage()
        elif command in _ACTS:
            self.act_requested.emit(command)
        else:
            return False
        return True

    def panes(self) -> Sequence[QWidget]:
        """Segments, tree, card."""
        return (self.header.segments, self.tree.view, self.detail)

    def take_focus(self) -> None:
        """The form that is open, else the tree."""
        editor = self.detail.editor()
        if editor is not None:
            editor.take_focus()
            return
        self.tree.view.setFocus()
        if not self.tree.view.current_id():
            self.tree.view.choose_first()

    def event_subject(self) -> tuple[str, str]:
        """The card on show."""
        return self.detail.shown()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.detail.set_wide(self.window().width() >= current().px(WIDE))

    def _list(self) -> ListView:
        people, recent = self.detail.group.people.view, self.detail.side.recent
        for view in (people, recent):
            if view.hasFocus():
                return view
        return self.tree.view

    def _to_detail(self) -> None:
        view = self._list()
        if view is not self.tree.view:
            view.activated.emit(view.current_id())
            return
        people = self.detail.group.people.view
        kind, _ = self.detail.shown()
        if kind == "group" and people.isVisible():
            people.setFocus()
            if not people.current_id():
                people.choose_first()
        elif kind == "group":
            self.detail.group.head.edit.setFocus()
        elif kind == "area":
            self.detail.area.head.edit.setFocus()

    def _back(self) -> bool:
        focus = QApplication.focusWidget()
        if in_text_field(focus):
            if focus is self.header.search.editor and self.header.search.text():
                self.header.search.editor.clear()
            else:
                self.take_focus()
            return True
        if focus is not None and self.detail.isAncestorOf(focus):
            self.tree.view.setFocus()
            return True
        if self.header.search.text():
            self.header.search.editor.clear()
            return True
        return False

    def _connect(self) -> None:
        self.header.search_left.connect(self.take_focus)
        self.header.handed_over.connect(self._on_handed_over)
        self.header.new_requested.connect(self._on_new)
        self.header.areas_requested.connect(self._on_areas)
        self.header.list_requested.connect(self._on_list)
        self.header.coverage_requested.connect(self._on_coverage)
        self.header.act_requested.connect(self.act_requested)
        self.tree.chosen.connect(self.record_chosen)
        self.tree.toggle_requested.connect(self.toggle_requested)
        self.tree.to_card_requested.connect(self._to_detail)
        self.tree.suggestion_taken.connect(self.header.search.set_text)
        self.tree.clear_requested.connect(self._on_clear)
        self.tree.new_requested.connect(self._on_new)
        self.splitter.width_chosen.connect(self.width_chosen)
        for card in (self.detail.group, self.detail.area):
            card.edit_requested.connect(self._on_edit)
            card.post_requested.connect(self._on_post)
        self.detail.group.people.numbers_requested.connect(self._on_numbers)
        self.detail.group.people.new_requested.connect(self._on_new_person)
        self.detail.group.people.opened.connect(self._on_person)
        self.detail.side.agreement_requested.connect(self._on_agreement)
        self.detail.side.post_opened.connect(self._on_open_post)

    def _on_handed_over(self) -> None:
        self.tree.choose_found()
        self.take_focus()

    def _on_new(self) -> None:
        self.act_requested.emit("new")

    def _on_coverage(self) -> None:
        self.open_requested.emit("coverage", {})

    def _on_areas(self) -> None:
        self.act_requested.emit("import_areas")

    def _on_list(self) -> None:
        self.act_requested.emit("import_list")

    def _on_new_person(self) -> None:
        self.act_requested.emit("new_person")

    def _on_edit(self) -> None:
        self.act_requested.emit("edit_card")

    def _on_person(self, _administrator_id: str) -> None:
        self.act_requested.emit("edit")

    def _on_post(self) -> None:
        self.act_requested.emit("new_post")

    def _on_numbers(self) -> None:
        self.act_requested.emit("show_numbers")

    def _on_agreement(self) -> None:
        self.act_requested.emit("agreement")

    def _on_clear(self) -> None:
        self.header.search.set_text("")
        self.header.segments.select("all")

    def _on_open_post(self, post_id: str) -> None:
        self.open_requested.emit("issue", {"post_id": post_id})
