"""The pane beside the tree: a card, a form in its place, or what to do first."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.directory import AreaCard, GroupCard
from console.views.groups.card import AreaCardView, GroupCardView
from console.views.groups.card_stack import CardStack
from console.views.groups.editor import Editor
from console.views.groups.side import GroupSide, Now
from console.views.theme.theme import current
from console.views.widgets.card import Pane
from console.views.widgets.finding_line import IconMark
from console.views.widgets.scroll_area import ScrollArea
from console.views.widgets.text import Text

SIDE_WIDTH = 296
_CENTRE = Qt.AlignmentFlag.AlignHCenter


class GroupDetail(Pane):
    """Card and side; ``set_wide`` puts the last posts beside the card or under it."""

    def __init__(self, now: Now, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        px = self.theme.px
        self.group = GroupCardView()
        self.area = AreaCardView()
        self.side = GroupSide(now)
        self._wide: bool | None = None
        self._kind = ""
        self._hint = Text("", "body", "text2", wrap=True, align=_CENTRE)
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(px(24), px(20), px(24), px(20))
        self._column.setSpacing(px(6))
        self._column.addWidget(self.group)
        self._column.addWidget(self.area)
        self._column.addStretch(1)
        self.pane = ScrollArea(self._content)
        self._beside = Pane(edges="l")
        self._beside.setFixedWidth(px(SIDE_WIDTH))
        self._side_column = QVBoxLayout(self._beside)
        self._side_column.setContentsMargins(1, 0, 0, 0)
        self._side_holder = QWidget()
        holder = QVBoxLayout(self._side_holder)
        holder.setContentsMargins(0, 0, 0, 0)
        self._side_scroll = ScrollArea(self._side_holder)
        self._side_column.addWidget(self._side_scroll)
        cards = QWidget()
        row = QHBoxLayout(cards)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.pane, 1)
        row.addWidget(self._beside)
        self._cards = cards
        self._stack = CardStack(self._build_hint(), cards)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self.set_wide(True)

    def set_wide(self, wide: bool) -> None:
        """Put the last posts beside the card, or under it in a narrower window."""
        if wide == self._wide:
            return
        self._wide = wide
        if wide:
            layout = self._side_holder.layout()
            if layout is not None:
                layout.addWidget(self.side)
        else:
            self._column.insertWidget(2, self.side)
        self._show_side()

    def show_hint(self, words: str) -> None:
        """Show one sentence: nothing is chosen."""
        self._kind = ""
        self._hint.set_text(words)
        self._stack.show_hint()

    def show_group(self, card: GroupCard) -> None:
        """Show a group; another one starts at its top."""
        before = self.group.card()
        if self._kind != "group" or before is None or before.id != card.id:
            self.pane.verticalScrollBar().setValue(0)
        self._kind = "group"
        self.group.set_card(card)
        self.side.set_card(card)
        self._show_cards()

    def show_area(self, card: AreaCard) -> None:
        """Show an area."""
        if self._kind != "area":
            self.pane.verticalScrollBar().setValue(0)
        self._kind = "area"
        self.area.set_card(card)
        self._show_cards()

    def show_editor(self, editor: Editor) -> None:
        """Put a form in the place of the card."""
        self._stack.show_editor(editor)

    def close_editor(self) -> None:
        """Take the form away; the card shows again."""
        self._stack.close_editor()

    def editor(self) -> Editor | None:
        """The form on show."""
        return self._stack.editor()

    def shown(self) -> tuple[str, str]:
        """Kind and id of the card on show; two empty texts where there is none."""
        if self._kind == "group":
            group = self.group.card()
            return ("group", group.id) if group else ("", "")
        area = self.area.card() if self._kind == "area" else None
        return ("area", area.id) if area else ("", "")

    def _show_cards(self) -> None:
        self.group.setVisible(self._kind == "group")
        self.area.setVisible(self._kind == "area")
        self._show_side()
        self._stack.show_card()

    def _show_side(self) -> None:
        group = self._kind == "group"
        self.side.setVisible(group)
        self._beside.setVisible(bool(self._wide) and group)

    def _build_hint(self) -> QWidget:
        px = current().px
        page = Pane()
        column = QVBoxLayout(page)
        column.setContentsMargins(px(24), px(24), px(24), px(24))
        column.setSpacing(px(8))
        column.addStretch(2)
        column.addWidget(IconMark("person-group", "text3", 28), 0, _CENTRE)
        column.addWidget(self._hint)
        column.addStretch(5)
        return page
