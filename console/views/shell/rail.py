"""The rail at the left: the seven places, their counts, and who works here (screens.md §3)."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from console.views.theme.icons import draw_icon
from console.views.theme.theme import current
from console.views.widgets.badge import badge_width, paint_badge
from console.views.widgets.key_cap import caps_width, paint_caps
from console.views.widgets.painted import Painted, draw_text, hairline, rounded

ITEMS = (
    ("reports", "Meldingen", "inbox", "Ctrl+1"),
    ("posts", "Berichten", "message", "Ctrl+2"),
    ("feedback", "Terugkoppeling", "reply", "Ctrl+3"),
    ("groups", "Groepen", "people", "Ctrl+4"),
    ("burgernet", "Burgernet", "antenna", "Ctrl+5"),
    ("handover", "Overdracht", "swap", "Ctrl+6"),
    ("process", "Werkproces", "book", "Ctrl+7"),
)

WIDE = 208
NARROW = 54
OPEN = "Dit scherm staat open."
"""What is heard of the place where one is."""

LOW = 22
"""How low a part gets in a low window with large letters, in design pixels."""


class _Item(QAbstractButton):
    """One place of the rail, with its count; late work shows as a red badge."""

    def __init__(self, name: str, word: str, icon: str, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = name
        self.word = word
        self.count = 0
        self.late = 0
        self._icon = icon
        self.theme = current()
        self.theme.changed.connect(self.update)
        self.narrow = False
        self.here = False
        self.setToolTip(f"{word} ({key})")
        self.setAccessibleName(word)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_count(self, count: int, late: int = 0) -> None:
        """Show how much waits, and how much of it is late."""
        if (count, late) != (self.count, self.late):
            self.count, self.late = count, late
            told = f"{self.word}, {count}" if count else self.word
            self.setAccessibleName(f"{told}, {late} te laat" if late else told)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(NARROW if self.narrow else WIDE), self.theme.px(36))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint().boundedTo(QSize(self.theme.px(NARROW), self.theme.px(LOW)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Going somewhere settles nothing, so Enter may do it here.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        px, color = self.theme.px, self.theme.color
        box = QRectF(self.rect()).adjusted(px(10), 1, -px(10), -1)
        if self.here:
            rounded(painter, box, 6, color("surface"))
            bar = QRectF(box.left(), box.top() + px(9), px(3), box.height() - px(18))
            rounded(painter, bar, 1.5, color("accent"))
        elif self.underMouse():
            rounded(painter, box, 6, color("hover"))
        if self.hasFocus():
            rounded(painter, box, 6, None, color("accent"), 2)
        ink = color("accent" if self.here else "text2")
        middle = self.height() / 2
        side = px(18)
        left = (self.width() - side) / 2 if self.narrow else px(24)
        draw_icon(painter, left, middle - side / 2, self._icon, side, ink)
        if self.narrow:
            if self.late:
                dot = QRectF(left + side - px(3), middle - side / 2 - px(2), px(8), px(8))
                rounded(painter, dot, 4, color("redmark"))
            painter.end()
            return
        painter.setFont(self.theme.font("body_strong" if self.here else "body"))
        painter.setPen(color("text" if self.here else "text2"))
        draw_text(painter, px(50), 0, self.height(), self.word)
        right = self.width() - px(18)
        if self.late:
            width = badge_width(self.theme, str(self.late), "clock")
            top = round(middle - px(10))
            paint_badge(painter, right - width, top, str(self.late), "clock")
        elif self.count:
            painter.setFont(self.theme.font("second"))
            painter.setPen(color("text2"))
            text = str(self.count)
            width = painter.fontMetrics().horizontalAdvance(text)
            draw_text(painter, right - width, 0, self.height(), text)
        painter.end()


class _Mark(QAbstractButton):
    """The mark and the team at the top; opens the menu (F10)."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = current()
        self.theme.changed.connect(self.update)
        self.narrow = False
        self._team = ""
        self.setAccessibleName("Menu")
        self.setToolTip("Menu (F10)")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def set_team(self, team: str) -> None:
        """Show the name of the team."""
        self._team = team
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(NARROW if self.narrow else WIDE), self.theme.px(54))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint().boundedTo(QSize(self.theme.px(NARROW), self.theme.px(LOW)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        px, color = self.theme.px, self.theme.color
        side = px(26)
        left = (self.width() - side) / 2 if self.narrow else px(20)
        top = (self.height() - side) / 2
        rounded(painter, QRectF(left, top, side, side), 7, color("text"))
        inside = px(20)
        draw_icon(
            painter,
            left + (side - inside) / 2,
            top + (side - inside) / 2,
            "mark",
            inside,
            color("surface"),
        )
        if self.hasFocus():
            rounded(
                painter, QRectF(self.rect()).adjusted(4, 4, -4, -4), 6, None, color("accent"), 2
            )
        if not self.narrow:
            painter.setFont(self.theme.font("body_strong"))
            painter.setPen(color("text"))
            draw_text(painter, px(61), px(9), px(18), "Buurtdesk")
            painter.setFont(self.theme.font("small"))
            painter.setPen(color("text2"))
            room = self.width() - px(61) - px(8)
            text = painter.fontMetrics().elidedText(self._team, Qt.TextElideMode.ElideRight, room)
            draw_text(painter, px(61), px(26), px(17), text)
        painter.end()


class _Finder(QAbstractButton):
    """ "Zoek of doe…": opens the palette."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = current()
        self.theme.changed.connect(self.update)
        self.narrow = False
        self.setAccessibleName("Zoek of doe")
        self.setToolTip("Zoek of doe (Ctrl+K)")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(NARROW if self.narrow else WIDE), self.theme.px(40))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint().boundedTo(QSize(self.theme.px(NARROW), self.theme.px(LOW)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        px, color = self.theme.px, self.theme.color
        box = QRectF(self.rect()).adjusted(px(10), px(2), -px(10), -px(6))
        focus = self.hasFocus()
        rounded(
            painter,
            box,
            6,
            color("surface"),
            color("accent" if focus else "edge"),
            2 if focus else 1,
        )
        side = px(16)
        left = (self.width() - side) / 2 if self.narrow else px(20)
        draw_icon(painter, left, box.center().y() - side / 2, "search", side, color("text2"))
        if not self.narrow:
            painter.setFont(self.theme.font("body"))
            painter.setPen(color("text3"))
            draw_text(painter, px(42), box.top(), box.height(), "Zoek of doe…")
            width = caps_width(self.theme, "Ctrl+K")
            paint_caps(painter, box.right() - px(7) - width, box.center().y(), "Ctrl+K")
        painter.end()


class _Who(QAbstractButton):
    """Name and shift at the bottom; opens the change of person."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = current()
        self.theme.changed.connect(self.update)
        self.narrow = False
        self._name, self._initials, self._line = "", "", ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def set_person(self, name: str, initials: str, line: str) -> None:
        """Show who works here and until when."""
        self._name, self._initials, self._line = name, initials, line
        self.setAccessibleName(f"{name}, {line}" if name else "Niemand aangemeld")
        self.setToolTip(f"{name}. Wisselen of op slot (Ctrl+L)" if name else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(NARROW if self.narrow else WIDE), self.theme.px(52))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint().boundedTo(QSize(self.theme.px(NARROW), self.theme.px(LOW)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        px, color = self.theme.px, self.theme.color
        if self.hasFocus() or self.underMouse():
            box = QRectF(self.rect()).adjusted(px(10), 2, -px(10), -2)
            rounded(painter, box, 6, color("hover"))
            if self.hasFocus():
                rounded(painter, box, 6, None, color("accent"), 2)
        if self._name:
            side = px(28)
            left = (self.width() - side) / 2 if self.narrow else px(16)
            top = (self.height() - side) / 2
            rounded(painter, QRectF(left, top, side, side), side / 2, color("sel"))
            painter.setFont(self.theme.font("small_strong"))
            painter.setPen(color("accent"))
            width = painter.fontMetrics().horizontalAdvance(self._initials)
            draw_text(painter, left + (side - width) / 2, top, side, self._initials)
            if not self.narrow:
                painter.setFont(self.theme.font("body_medium"))
                painter.setPen(color("text"))
                room = self.width() - px(53) - px(12)
                fit = painter.fontMetrics().elidedText(
                    self._name, Qt.TextElideMode.ElideRight, room
                )
                draw_text(painter, px(53), px(8), px(18), fit)
                painter.setFont(self.theme.font("second"))
                painter.setPen(color("text2"))
                fit = painter.fontMetrics().elidedText(
                    self._line, Qt.TextElideMode.ElideRight, room
                )
                draw_text(painter, px(53), px(26), px(17), fit)
        painter.end()


class Rail(Painted):
    """The whole rail. Under 1200 wide it shows icons only, with tooltips (screens.md §3)."""

    spoken_role = "ToolBar"

    screen_requested = Signal(str)
    palette_requested = Signal()
    menu_requested = Signal()
    person_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self._narrow = False
        self._mark = _Mark(self)
        self._finder = _Finder(self)
        self._who = _Who(self)
        self._items = {name: _Item(name, word, icon, key, self) for name, word, icon, key in ITEMS}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._mark)
        layout.addWidget(self._finder)
        layout.addSpacing(4)
        for name, item in self._items.items():
            if name == "handover":
                layout.addSpacing(20)
            layout.addWidget(item)
            item.clicked.connect(self._on_item)
        layout.addStretch(1)
        layout.addWidget(self._who)
        layout.addSpacing(4)
        self._mark.clicked.connect(self.menu_requested)
        self._finder.clicked.connect(self.palette_requested)
        self._who.clicked.connect(self.person_requested)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._on_theme_changed()

    def set_team(self, team: str) -> None:
        """Show the name of the team."""
        self._mark.set_team(team)

    def set_person(self, name: str, initials: str, line: str) -> None:
        """Show who works here; empty when nobody is signed in."""
        self._who.set_person(name, initials, line)

    def set_here(self, name: str) -> None:
        """Mark the item the present screen belongs to."""
        for item_name, item in self._items.items():
            if item.here != (item_name == name):
                item.here = item_name == name
                item.setAccessibleDescription(OPEN if item.here else "")
                item.update()

    def set_count(self, name: str, count: int, late: int = 0) -> None:
        """Show a count at one item; ``late`` turns it into a red badge."""
        self._items[name].set_count(count, late)

    def set_narrow(self, narrow: bool) -> None:
        """Show icons only, or words again."""
        if narrow != self._narrow:
            self._narrow = narrow
            parts: list[_Mark | _Finder | _Who | _Item] = [self._mark, self._finder, self._who]
            for part in (*parts, *self._items.values()):
                part.narrow = narrow
                part.updateGeometry()
                part.update()
            self._on_theme_changed()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.color("rail"))
        line = self.theme.color("line")
        painter.fillRect(self.width() - 1, 0, 1, self.height(), line)
        top = self._items["handover"].y() - self.theme.px(10)
        hairline(painter, self.theme.px(10), top, self.width() - self.theme.px(10), line)
        painter.end()

    def _on_item(self) -> None:
        sender = self.sender()
        if isinstance(sender, _Item):
            self.screen_requested.emit(sender.name)

    def _on_theme_changed(self) -> None:
        self.setFixedWidth(self.theme.px(NARROW if self._narrow else WIDE))
        self.update()
