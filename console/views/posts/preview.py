"""Zo ziet de groep het: what one group will see, with a walk over all groups (screens.md §5.2)."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.post import Preview, PreviewSpan
from console.views.theme.theme import current
from console.views.widgets.bubble import ChatGround
from console.views.widgets.button import IconButton
from console.views.widgets.card import Pane
from console.views.widgets.editors import Mark, MarkKind
from console.views.widgets.finding_line import IconMark
from console.views.widgets.scroll_area import ScrollArea
from console.views.widgets.text import Text

_KINDS: dict[str, MarkKind] = {
    "stop": "stop",
    "warn": "warn",
    "closing": "closing",
    "field": "source",
}


def marks_of(spans: tuple[PreviewSpan, ...]) -> list[Mark]:
    """Return the stretches of a preview as the bubble paints them."""
    return [Mark(one.start, one.end, _KINDS.get(one.kind, "source")) for one in spans]


class PreviewPane(QWidget):
    """Head with the group's name and two arrows, the bubble below."""

    step_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `set_preview`."""
        super().__init__(parent)
        px = current().px
        head = Pane("surface", "")
        head.setFixedHeight(px(46))
        row = QHBoxLayout(head)
        row.setContentsMargins(px(16), 0, px(10), 0)
        row.setSpacing(px(6))
        row.addWidget(IconMark("eye", "text2", 16))
        row.addWidget(Text("Zo ziet de groep het", "body_strong"))
        row.addStretch(1)
        self._which = Text("", "small", "text2", elide=True)
        self._before = IconButton("chevron-left", "Vorige groep", size="s")
        self._after = IconButton("chevron-right", "Volgende groep", size="s")
        row.addWidget(self._which)
        row.addSpacing(px(4))
        row.addWidget(self._before)
        row.addWidget(self._after)
        self.ground = ChatGround()
        self.ground.show_note(True)
        self._area = ScrollArea(self.ground, "chatbg")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._area, 1)
        self._before.clicked.connect(self._on_before)
        self._after.clicked.connect(self._on_after)

    def set_preview(self, preview: Preview | None, number: int, total: int) -> None:
        """Show one group's text; `number` counts from 1 of `total` groups."""
        if preview is None:
            self.ground.bubble.set_message("", "")
            self._which.set_text("")
            return
        which = f"{preview.group_name}, {number} van {total}" if total else "nog geen groep"
        self._which.set_text(which)
        self._before.setEnabled(total > 1)
        self._after.setEnabled(total > 1)
        self.ground.bubble.set_message(preview.text, "nu", marks_of(preview.spans))

    def wanted_height(self, width: int) -> int:
        """Return the height that shows the whole text at a width."""
        # A new text reaches the layouts one event later; say it now.
        for part in (self.ground.bubble, self.ground):
            layout = part.layout()
            if layout is not None:
                layout.invalidate()
                layout.activate()
        inside = layout.totalHeightForWidth(width) if layout is not None else 0
        return current().px(46) + inside

    def minimumSizeHint(self) -> QSize:
        return QSize(current().px(240), current().px(46 + 120))

    def _on_before(self) -> None:
        self.step_requested.emit(-1)

    def _on_after(self) -> None:
        self.step_requested.emit(1)
