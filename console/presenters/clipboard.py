"""The clipboard, as short as possible: plain text or one picture, kept out of histories, emptied (threat 20).

Whoever copies on the desk copies here. ``clipboard_of`` gives the one there is.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from typing import Any

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal
from PySide6.QtGui import QClipboard, QGuiApplication, QImage

from console.bridge import settled
from console.domain.clock import Clock
from console.presenters.kit import Kit
from console.services.memory import Memory

SECONDS = 60
KEY, MARK = "clipboard-key", "clipboard-mark"

_WINDOWS = 'application/x-qt-windows-mime;value="{}"'
_NO = bytes(4)
HINTS: dict[str, bytes] = {
    _WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): b"\x01\x00\x00\x00",
    _WINDOWS.format("CanIncludeInClipboardHistory"): _NO,
    _WINDOWS.format("CanUploadToCloudClipboard"): _NO,
    "x-kde-passwordManagerHint": b"secret",
    "org.nspasteboard.ConcealedType": b"1",
}
"""What tells clipboard histories, monitors and clouds to look away, per system."""


MARK_FORMAT = "application/x-buurtdesk-mark"
"""Beside a picture, by which it is known again: it says nothing of what the picture shows."""


class Clipboard(QObject):
    """Holds at most one text or picture of ours, which is never written anywhere."""

    seconds_changed = Signal(int)
    """Seconds until it is emptied; 0 when nothing of ours is there."""

    emptied = Signal(str)
    """It is empty again: "confirmed", "time" or "end"."""

    taken = Signal()
    """Somebody put something else on the clipboard."""

    def __init__(
        self,
        clock: Clock,
        *,
        key: bytes,
        board: QClipboard | None = None,
        parent: QObject | None = None,
    ) -> None:
        """``key`` makes the mark by which a text is known again; ``clock`` gives the seconds."""
        super().__init__(parent)
        self._clock = clock
        self._key = key
        self._board = board or QGuiApplication.clipboard()
        self._text = self._picture = ""
        self._until = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.tick)
        self._board.dataChanged.connect(self._on_changed)

    def copy(self, text: str) -> str:
        """Put a text on the clipboard for a minute; returns its mark, to be remembered."""
        data = QMimeData()
        data.setText(text)
        self._text, self._picture = text, ""
        self._put(data)
        return self.mark(text)

    def copy_picture(self, image: QImage) -> str:
        """Put a picture on the clipboard for a minute, as a text; returns its mark."""
        data = QMimeData()
        data.setImageData(image)
        mark = self.mark(hashlib.sha256(image.constBits()).hexdigest())
        data.setData(MARK_FORMAT, mark.encode())
        self._text, self._picture = "", mark
        self._put(data)
        return mark

    def seconds_left(self) -> int:
        """Return how long what is ours stays; 0 where there is nothing."""
        if not self._text and not self._picture:
            return 0
        return max(0, round(self._until - self._clock.monotonic()))

    def holds(self, text: str = "") -> bool:
        """Say whether a text of ours (or this very one) is on the clipboard."""
        return text in ("", self._text) and self._is_ours()

    def holds_picture(self) -> bool:
        """Say whether a picture of ours is on the clipboard."""
        return bool(self._picture) and self._is_ours()

    def clear(self, why: str = "confirmed") -> None:
        """Empty it, where it still holds what is ours; what somebody else put there stays."""
        if not self._text and not self._picture:
            return
        ours = self._is_ours()
        self._forget()
        if ours:
            self._board.clear()
        self.emptied.emit(why)

    def clear_leftover(self, mark: str) -> bool:
        """Empty a text or picture that an earlier run left behind, known by its mark."""
        text = self._board.text()
        left = self._mark_there() or (self.mark(text) if text else "")
        if not mark or not left or not hmac.compare_digest(left, mark):
            return False
        self._board.clear()
        return True

    def mark(self, text: str) -> str:
        """Return the keyed hash by which a text is known again without being kept."""
        return hmac.new(self._key, text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()

    def tick(self) -> None:
        """A second went by."""
        left = self.seconds_left()
        self.seconds_changed.emit(left)
        if left <= 0:
            self.clear("time")

    def _put(self, data: QMimeData) -> None:
        for form, value in HINTS.items():
            data.setData(form, value)
        self._until = self._clock.monotonic() + SECONDS
        self._board.setMimeData(data)
        self._timer.start()
        self.seconds_changed.emit(SECONDS)

    def _is_ours(self) -> bool:
        if self._picture:
            return self._mark_there() == self._picture
        return bool(self._text) and self._board.text() == self._text

    def _mark_there(self) -> str:
        there = self._board.mimeData()
        if there is None or not there.hasFormat(MARK_FORMAT):
            return ""
        return bytes(there.data(MARK_FORMAT).data()).decode("ascii", "replace")

    def _forget(self) -> None:
        self._text = self._picture = ""
        self._timer.stop()
        self.seconds_changed.emit(0)

    def _on_changed(self) -> None:
        if (self._text or self._picture) and not self._is_ours():
            self._forget()
            self.taken.emit()


class DeskClipboard(QObject):
    """The clipboard of one open profile: its key and the mark of the last copy are remembered.

    Its signals are those of ``Clipboard``.
    """

    seconds_changed = Signal(int)
    emptied = Signal(str)
    taken = Signal()

    def __init__(self, kit: Kit, parent: QObject) -> None:
        super().__init__(parent)
        self._kit = kit
        self._memory = Memory(kit.services.desk)
        self._inner: Clipboard | None = None
        self._waiting: list[str | QImage] = []
        kit.tasks.start(self._live(), "clipboard")

    def copy(self, text: str) -> None:
        """Put a text on the clipboard for sixty seconds."""
        if self._inner is None:
            self._waiting = [text]
            return
        self._remember(self._inner.copy(text))

    def copy_picture(self, image: QImage) -> None:
        """Put a picture on the clipboard for sixty seconds, by the same rules."""
        if self._inner is None:
            self._waiting = [image]
            return
        self._remember(self._inner.copy_picture(image))

    def clear(self, why: str = "confirmed") -> None:
        """Empty it: the person confirmed, or leaves."""
        self._waiting = []
        if self._inner is not None:
            self._inner.clear(why)

    def end(self) -> None:
        """The desk closes, or somebody else takes over: nothing of ours stays behind."""
        self.clear("end")

    def seconds_left(self) -> int:
        """Return how long our text stays; 0 where there is none."""
        return self._inner.seconds_left() if self._inner is not None else 0

    def holds(self, text: str = "") -> bool:
        """Say whether a text of ours (or this very one) is on the clipboard."""
        return self._inner is not None and self._inner.holds(text)

    def holds_picture(self) -> bool:
        """Say whether a picture of ours is on the clipboard."""
        return self._inner is not None and self._inner.holds_picture()

    async def _live(self) -> None:
        """Stand by until the desk ends its tasks, then leave nothing of ours behind."""
        await self._start()
        try:
            await asyncio.get_event_loop().create_future()
        finally:
            self.end()

    async def _start(self) -> None:
        key = await settled(self._memory.secret(KEY))
        left: Any = await settled(self._memory.recall(MARK))
        inner = Clipboard(self._kit.clock, key=key, parent=self)
        inner.seconds_changed.connect(self.seconds_changed)
        inner.emptied.connect(self.emptied)
        inner.emptied.connect(self._on_gone)
        inner.taken.connect(self.taken)
        inner.taken.connect(self._on_gone)
        if isinstance(left, str):
            inner.clear_leftover(left)
            self._remember(None)
        self._inner = inner
        for one in self._waiting:
            if isinstance(one, str):
                self.copy(one)
            else:
                self.copy_picture(one)
        self._waiting = []

    def _remember(self, mark: str | None) -> None:
        self._memory.remember(MARK, mark)

    def _on_gone(self, _why: str = "") -> None:
        self._remember(None)


def clipboard_of(kit: Kit) -> DeskClipboard:
    """Return the clipboard of this profile; made at the first call."""
    found = kit.feed.findChild(DeskClipboard)
    if found is None or found._kit.services.desk is not kit.services.desk:
        found = DeskClipboard(kit, kit.feed)
    return found
