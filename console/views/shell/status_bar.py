"""The status bar: three lamps with ages, what waits, and the feedback clock (F51, D09)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from console.domain.clock import local
from console.domain.post import FeedbackClock
from console.domain.status import Colleague, Lamp, Status
from console.views.text import (
    ago_text,
    clock_text,
    due_text,
    duration_text,
    moment_text,
    plural,
    short_ago_text,
)
from console.views.theme.icons import draw_icon
from console.views.theme.theme import current
from console.views.widgets.access import announce
from console.views.widgets.breaking_row import BreakingRow
from console.views.widgets.key_cap import caps_width, paint_caps
from console.views.widgets.painted import Painted, draw_text, rounded

_LOOKS = {
    "good": ("ring-check", "greenfill", "text2"),
    "here": ("ring-check", "greenfill", "text2"),
    "old": ("triangle-alert", "amberfill", "amber"),
    "unknown": ("ring-question", "amberfill", "amber"),
    "off": ("ring-cross", "redmark", "red"),
    "busy": ("refresh", "amberfill", "amber"),
    "unset": ("ring", "edge", "text3"),
}

WHOLE, RIGHT_SHORT, LAMPS_SHORT = 0, 1, 2

STUCK_S = 60
"""What waits longer than this is shown, also while central answers."""


def colleague_words(colleagues: Sequence[Colleague], now: datetime) -> str:
    """Return who is at another desk, where and since when, as one sentence."""
    parts = []
    for one in colleagues:
        since = local(one.since)
        when = f" sinds {moment_text(since, now)}" if since is not None else ""
        where = f" aan {one.station}" if one.station else ""
        parts.append(f"{one.name or 'Een collega'}{where}{when}")
    return f"Nu ook aan het werk: {'; '.join(parts)}." if parts else ""


class _Part(QAbstractButton):
    """A piece of the bar that can be pressed and heard: icon, name, age."""

    def __init__(self, parent: QWidget, *, chip: str = "") -> None:
        super().__init__(parent)
        self.theme = current()
        self.theme.changed.connect(self.updateGeometry)
        self.stood = ""
        self._icon, self._ink, self._tone = "ring", "edge", "text2"
        self._name, self._words, self._key = "", "", ""
        self._chip = chip
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_words(
        self, name: str, words: str, told: str, look: tuple[str, str, str], key: str = ""
    ) -> None:
        """Show name and words with an icon; ``told`` is the whole sentence, for the tooltip."""
        new = (name, words, look, key, told)
        drawn = (self._icon, self._ink, self._tone)
        old = (self._name, self._words, drawn, self._key, self.toolTip())
        if new == old:
            return
        self._name, self._words, self._key = name, words, key
        self._icon, self._ink, self._tone = look
        self.setToolTip(told)
        self.setAccessibleName(told)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        px = self.theme.px
        width = px(18 if self._icon else 0) + px(6)
        metrics = self.theme.metrics("small_medium")
        if self._name:
            width += round(metrics.horizontalAdvance(self._name)) + px(6)
        if self._words:
            words = self.theme.metrics("small")
            width += round(words.horizontalAdvance(self._words)) + px(8)
        if self._chip:
            width += px(6)
        if self._key:
            width += caps_width(self.theme, self._key) + px(6)
        return QSize(width, px(34))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        px, color = self.theme.px, self.theme.color
        x = float(px(2))
        high = float(self.height())
        if self._chip:
            box = QRectF(0, (high - px(22)) / 2, self.width() - 1.0, px(22))
            if self._key:
                box.setWidth(box.width() - caps_width(self.theme, self._key) - px(6))
            rounded(painter, box, 5, color(f"{self._chip}tint"), color(f"{self._chip}line"))
            x += px(6)
        if self.hasFocus():
            box = QRectF(self.rect()).adjusted(0, 3, 0, -3)
            rounded(painter, box, 5, None, color("accent"), 2)
        if self._icon:
            draw_icon(painter, x, (high - px(14)) / 2, self._icon, px(14), color(self._ink))
            x += px(18)
        if self._name:
            painter.setFont(self.theme.font("small_medium"))
            painter.setPen(color(self._chip or "text"))
            draw_text(painter, x, 0, high, self._name)
            x += self.theme.metrics("small_medium").horizontalAdvance(self._name) + px(6)
        if self._words:
            painter.setFont(self.theme.font("small"))
            painter.setPen(color(self._tone))
            draw_text(painter, x, 0, high, self._words)
        if self._key:
            width = caps_width(self.theme, self._key)
            paint_caps(painter, self.width() - width, high / 2, self._key)
        painter.end()


class StatusBar(Painted):
    """Everything the person must see on every screen. Ages are brought up to date by ``tick``."""

    spoken_role = "StatusBar"

    central_requested = Signal()
    burgernet_requested = Signal()
    whatsapp_requested = Signal()
    unconfirmed_requested = Signal()
    tray_requested = Signal()
    colleagues_requested = Signal()
    feedback_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._status: Status | None = None
        self._level = WHOLE
        self._clock = FeedbackClock()
        self._now: datetime | None = None
        self._central, self._burgernet, self._whatsapp = _Part(self), _Part(self), _Part(self)
        self._colleagues = _Part(self)
        self._unconfirmed = _Part(self, chip="amber")
        self._queue = _Part(self, chip="amber")
        self._label = _Part(self)
        self._late = _Part(self, chip="red")
        self._next = _Part(self)
        layout = BreakingRow(self, height=34, gap=0)
        layout.setContentsMargins(14, 0, 14, 0)
        layout.setSpacing(12)
        left = (self._central, self._burgernet, self._whatsapp, self._colleagues)
        right = (self._queue, self._unconfirmed, self._label, self._late, self._next)
        self._parts = (*left, *right)
        for part in left:
            layout.addWidget(part)
        layout.addStretch(1)
        for part in right:
            layout.addWidget(part)
        self._central.clicked.connect(self.central_requested)
        self._burgernet.clicked.connect(self.burgernet_requested)
        self._whatsapp.clicked.connect(self.whatsapp_requested)
        self._unconfirmed.clicked.connect(self.unconfirmed_requested)
        self._queue.clicked.connect(self.tray_requested)
        self._colleagues.clicked.connect(self.colleagues_requested)
        for part in (self._label, self._late, self._next):
            part.clicked.connect(self.feedback_requested)
        self._on_theme_changed()

    def set_status(self, status: Status, now: datetime) -> None:
        """Show lamps, queue and unconfirmed placements; ``now`` is local time."""
        self._status, self._now = status, now
        self._fit()

    def set_feedback(self, clock: FeedbackClock, now: datetime) -> None:
        """Show how many feedbacks are late and when the next one is due."""
        self._clock, self._now = clock, now
        self._fit()

    def tick(self, now: datetime) -> None:
        """Bring the ages up to date."""
        self._now = now
        self._fit()

    def resizeEvent(self, event: object) -> None:
        """Shorten the lamps when the window grows narrow."""
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.color("rail"))
        painter.fillRect(0, 0, self.width(), 1, self.theme.color("line"))
        painter.end()

    def _fit(self) -> None:
        """Show whole words where they fit; else names and bare ages (screens.md §3).

        What stands at the right gives way first, then the lamps.
        """
        narrow = self.width() < self.theme.px(1200)
        for self._level in (LAMPS_SHORT,) if narrow else (WHOLE, RIGHT_SHORT, LAMPS_SHORT):
            self._paint_status()
            self._paint_clock()
            if self._wanted() <= self.width():
                break

    def _short(self, level: int = 1) -> bool:
        return self._level >= level

    def _wanted(self) -> int:
        """Return the width that everything on show asks for."""
        layout = self.layout()
        shown = [part for part in self._parts if not part.isHidden()]
        margins = layout.contentsMargins() if layout is not None else self.contentsMargins()
        gaps = layout.spacing() * (len(shown) + 1) if layout is not None else 0
        wide = sum(part.sizeHint().width() for part in shown)
        return wide + gaps + margins.left() + margins.right()

    def _paint_status(self) -> None:
        status, now = self._status, self._now
        if status is None or now is None:
            return
        for part, lamp in (
            (self._central, status.central),
            (self._burgernet, status.burgernet),
            (self._whatsapp, status.whatsapp),
        ):
            self._paint_lamp(part, lamp, now)
        if status.feeds:
            self._burgernet.setToolTip("\n".join(feed_words(one, now) for one in status.feeds))
        self._paint_colleagues(status.colleagues, now)
        self._paint_queue(status, now)
        self._unconfirmed.setVisible(status.unconfirmed > 0)
        if status.unconfirmed:
            count = plural(status.unconfirmed, "plaatsing", "plaatsingen")
            text = f"{count} niet bevestigd"
            short = f"{status.unconfirmed} niet bevestigd" if self._short() else text
            look = ("ring-question", "amberfill", "amber")
            self._unconfirmed.show_words(short, "", text, look)

    def _paint_colleagues(self, colleagues: tuple[Colleague, ...], now: datetime) -> None:
        """Say calmly who of the team is at another desk: one by name, more as a count."""
        self._colleagues.setVisible(bool(colleagues))
        if not colleagues:
            return
        first = colleagues[0]
        words = plural(len(colleagues), "collega", "collega’s")
        if len(colleagues) == 1 and first.name:
            words = first.name if self._short() else f"{first.name}, {first.station}".rstrip(", ")
        elif self._short():
            words = str(len(colleagues))
        told = colleague_words(colleagues, now)
        self._colleagues.show_words("", words, told, ("people", "text3", "text2"))

    def _paint_queue(self, status: Status, now: datetime) -> None:
        """Say what waits: for a decision, for the line, or for another person of this desk."""
        away = status.central.state == "off"
        waiting = status.queue > 0 and (away or self._is_stuck(status, now))
        others = status.others_waiting
        self._queue.setVisible(waiting or status.tray > 0 or others > 0)
        oldest = local(status.queue_oldest_at)
        since = f", de oudste {ago_text(oldest, now)}" if oldest is not None else ""
        things = plural(status.queue, "wacht", "wachten")
        if status.tray:
            text = f"{status.tray} om te beslissen"
            look = ("ring-question", "amberfill", "amber")
            more = f" {things} op verzending{since}." if waiting else ""
            self._queue.show_words(text, "", f"{text}.{more} Druk Q.", look)
        elif waiting:
            text = things if self._short() else f"{things} op verzending"
            look = ("ring-pause", "amberfill", "amber")
            self._queue.show_words(text, "", f"{things} op verzending{since}. Druk Q.", look)
        elif others:
            text = f"{others} van een ander" if others == 1 else f"{others} van anderen"
            told = f"{text}. Dat wordt verstuurd als de maker zich aanmeldt."
            self._queue.show_words(text, "", told, ("ring-pause", "amberfill", "amber"))

    @staticmethod
    def _is_stuck(status: Status, now: datetime) -> bool:
        """Say whether something waits longer than an exchange takes, though central answers."""
        oldest = local(status.queue_oldest_at)
        return oldest is not None and (now - oldest).total_seconds() > STUCK_S

    def _paint_lamp(self, part: _Part, lamp: Lamp, now: datetime) -> None:
        look = _LOOKS.get(lamp.state, _LOOKS["unset"])
        words, told = lamp.words, lamp.words
        at = local(lamp.at)
        if not words and at is not None:
            words = short_ago_text(at, now) if self._short(LAMPS_SHORT) else ago_text(at, now)
            told = ago_text(at, now)
        elif at is not None and lamp.state != "here":
            told = f"{words} {ago_text(at, now)}"
            words = short_ago_text(at, now) if self._short(LAMPS_SHORT) else told
        elif lamp.state == "here" and self._short(LAMPS_SHORT):
            words = "hier"
        elif lamp.state == "unset" and self._short(LAMPS_SHORT):
            words = ""
        part.show_words(lamp.name, words, f"{lamp.name}: {told}", look)
        if part.stood not in ("", lamp.state):
            announce(self, f"{lamp.name}: {told}", urgent=lamp.state == "off")
        part.stood = lamp.state

    def _paint_clock(self) -> None:
        clock, now = self._clock, self._now
        if now is None:
            return
        plain = ("", "text2", "text2")
        self._label.setVisible(not self._short())
        self._label.show_words("Terugkoppeling", "", "Terugkoppeling, F8", plain)
        self._late.setVisible(clock.late > 0)
        late = f"{clock.late} te laat"
        self._late.show_words(late, "", f"Terugkoppeling: {late}", ("clock", "redmark", "red"))
        due = local(clock.next_due_at)
        if due is None:
            words = "" if clock.late else "niets te doen"
        else:
            words = f"volgende {clock_text(due)}"
            if due > now and (due - now).total_seconds() < 86_400:
                words += f", over {duration_text(due - now)}"
            if self._short():
                words = clock_text(due)
        told = f"Terugkoppeling: {due_text(due, now)}" if due else f"Terugkoppeling: {words}"
        self._next.show_words("", words, told, plain, "F8")

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()


def feed_words(lamp: Lamp, now: datetime) -> str:
    """Return one feed with its age as a line of the tooltip."""
    at = local(lamp.at)
    age = ago_text(at, now) if at is not None else ""
    return f"{lamp.name}: {f'{lamp.words} {age}'.strip()}"
