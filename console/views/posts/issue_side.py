"""The right column of Uitgeven: this group's text, the clock, the action, a wrong post."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.post import PlacementRow, PreviewSpan
from console.views.posts.preview import marks_of
from console.views.theme.theme import current
from console.views.widgets.bubble import ChatGround
from console.views.widgets.card import Pane
from console.views.widgets.divider import Divider
from console.views.widgets.finding_line import IconMark
from console.views.widgets.progress_line import ProgressLine
from console.views.widgets.scroll_area import ScrollArea
from console.views.widgets.text import Text

WRONG_POST = (
    "Kies de groep in de lijst en druk op X. U krijgt een tekst om te herstellen en u ziet "
    "hoe lang wissen nog kan."
)


class _Block(QWidget):
    """An icon, a title, a line under it."""

    def __init__(self, icon: str | None) -> None:
        super().__init__()
        px = current().px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(10), px(16), px(12))
        row.setSpacing(px(9))
        self.mark = IconMark(icon or "info", "text2", 16)
        if icon is None:
            self.mark.hide()
        self.column = QVBoxLayout()
        self.column.setSpacing(px(2))
        self.title = Text("", "body_strong" if icon is None else "body_medium", wrap=True)
        self.words = Text("", "small", "text2", wrap=True)
        self.column.addWidget(self.title)
        self.column.addWidget(self.words)
        row.addWidget(self.mark)
        row.addLayout(self.column, 1)

    def set_words(self, title: str, words: str, icon: str = "", color: str = "text2") -> None:
        """Show other words; an empty title hides the block."""
        self.title.set_text(title)
        self.words.set_text(words)
        if icon:
            self.mark.set_icon(icon, color)
        self.setVisible(bool(title))


class IssueSide(Pane):
    """Nothing in it can be selected or copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until it is filled."""
        super().__init__("surface", "l", parent)
        px = self.theme.px
        head = QWidget()
        head.setFixedHeight(px(40))
        row = QHBoxLayout(head)
        row.setContentsMargins(px(16), 0, px(16), 0)
        row.setSpacing(px(8))
        row.addWidget(IconMark("eye", "text2", 16))
        self._head = Text("", "body_strong", elide=True)
        row.addWidget(self._head, 1)
        self.ground = ChatGround()
        clock = QWidget()
        column = QVBoxLayout(clock)
        column.setContentsMargins(px(16), px(11), px(16), px(13))
        column.setSpacing(px(7))
        line = QHBoxLayout()
        line.setSpacing(px(8))
        self._clock_mark = IconMark("clock", "text2", 16)
        line.addWidget(self._clock_mark)
        line.addWidget(Text("Terugkoppeling", "body_strong"))
        line.addStretch(1)
        self._due = Text("", "body_strong")
        line.addWidget(self._due)
        self._line = ProgressLine("Terugkoppeling")
        self._left = Text("", "small", "text2", wrap=True)
        column.addLayout(line)
        column.addWidget(self._line)
        column.addWidget(self._left)
        self._clock = clock
        self._alert = _Block("antenna")
        self._decided = _Block("person")
        self._wrong = _Block(None)
        inner = QWidget()
        body = QVBoxLayout(inner)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self.ground)
        parts = (clock, self._alert, self._decided, self._wrong, QWidget())
        self._rules = [Divider() for _ in parts]
        for rule, part in zip(self._rules, parts, strict=True):
            body.addWidget(rule)
            body.addWidget(part)
        body.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(head)
        outer.addWidget(ScrollArea(inner), 1)
        # Only now: a part that shows before it has a parent is a window of its own for a moment.
        self._wrong.set_words("Verkeerd geplaatst?", WRONG_POST)

    def set_text(
        self, row: PlacementRow | None, time: str, spans: tuple[PreviewSpan, ...] = ()
    ) -> None:
        """Show the frozen text of one group."""
        self._head.set_text(f"Tekst voor {row.group_name}" if row else "Geen groep")
        self.ground.bubble.set_message(row.text if row else "", time, marks_of(spans))

    def set_clock(self, due: str, left: str, share: float, *, late: bool) -> None:
        """Show the feedback clock; an empty `left` hides it."""
        self._clock.setVisible(bool(left))
        self._rules[0].setVisible(bool(left))
        self._due.set_text(due)
        self._due.set_color("red" if late else "text")
        self._clock_mark.set_icon("clock", "redmark" if late else "text2")
        self._left.set_text(left)
        self._line.setVisible(share >= 0)
        self._line.set_token("redmark" if late else "accent")
        self._line.set_share(max(0.0, share))

    def set_alert(self, title: str, words: str, icon: str, color: str) -> None:
        """Show how the Burgernet action stands; an empty title hides it."""
        self._alert.set_words(title, words, icon, color)
        self._rules[1].setVisible(bool(title))

    def set_decided(self, lines: Sequence[tuple[str, str]], *, gap: bool) -> None:
        """Show who decided about this message; no lines hides it, a gap is amber (F38)."""
        said = "\n".join(f"{label}: {words}" for label, words in lines)
        icon, color = ("triangle-alert", "amberfill") if gap else ("person", "text2")
        self._decided.set_words("Wie besloot dit" if said else "", said, icon, color)
        self._rules[2].setVisible(bool(said))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(240), self.theme.px(200))
