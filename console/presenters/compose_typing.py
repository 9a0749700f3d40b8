"""Every word of a draft is kept: in the buffer within half a second, as a field a little later."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from console.bridge import settled
from console.domain.failures import StorageTrouble
from console.presenters.kit import Presenter

TYPING_MS = 500
IDLE_MS = 5000


class FieldKeeper(QObject):
    """What was typed and is not a field of the draft yet (house.md §0.3, D12).

    An op is made on leaving a field, after five seconds without a key, on Esc and on Ctrl+Enter.
    """

    kept = Signal()

    def __init__(self, owner: Presenter) -> None:
        super().__init__(owner)
        self._owner = owner
        self._post_id = ""
        self._typed: dict[str, str] = {}
        self.unsaved: dict[str, str] = {}
        self._late: dict[str, dict[str, str]] = {}
        self._typing = self._timer(TYPING_MS, self.keep_typing)
        self._idle = self._timer(IDLE_MS, self.keep_fields)
        self._again = self._timer(IDLE_MS, self._keep_late)

    def begin(self, post_id: str) -> None:
        """Another draft comes to the front; the words of the last one were kept by then."""
        self._post_id = post_id
        self._typed, self.unsaved = {}, {}
        self._typing.stop()
        self._idle.stop()

    def typed(self, name: str, text: str) -> None:
        """A field changed under the hand."""
        self.unsaved[name] = text
        self._typed[name] = text
        if not self._typing.isActive():
            self._typing.start(TYPING_MS)
        self._idle.start()

    def left(self, name: str) -> None:
        """The keyboard left a field."""
        if name in self.unsaved:
            self.keep_fields()

    def keep_typing(self) -> None:
        """Put what was typed into the buffer of this desk."""
        self._typing.stop()
        typed, self._typed = self._typed, {}
        if typed:
            self._owner.run(self._put_typing(self._post_id, typed))

    def keep_fields(self) -> None:
        """Make an op of every field that is not kept yet."""
        if self.unsaved and self._post_id:
            self._owner.run(self.keep_now())

    def take(self) -> dict[str, str]:
        """Hand over what is not kept yet; nobody keeps it from here on."""
        self._typing.stop()
        self._idle.stop()
        unsaved, self.unsaved, self._typed = self.unsaved, {}, {}
        return unsaved

    async def keep_now(self) -> None:
        """Keep every field and wait until it is on disk."""
        self._typing.stop()
        self._idle.stop()
        unsaved, self.unsaved, self._typed = self.unsaved, {}, {}
        await self._put(self._post_id, unsaved)
        if unsaved:
            self.kept.emit()

    def _keep_late(self) -> None:
        self._owner.run(self._put_late())

    async def _put_late(self) -> None:
        """Keep what could not be kept of drafts that were left meanwhile."""
        while self._late:
            await self._put(*self._late.popitem())

    async def _put(self, post_id: str, fields: Mapping[str, str]) -> None:
        """Keep fields; where the disk refuses, the rest waits and is tried again.

        Words of the draft in front stay its unsaved words: they are laid over what is read.
        """
        rest = dict(fields)
        try:
            for name, text in fields.items():
                await settled(self._owner.kit.services.posts.keep_field(post_id, name, text))
                del rest[name]
        except StorageTrouble:
            if post_id == self._post_id:
                self.unsaved = {**rest, **self.unsaved}
                self._idle.start()
            else:
                self._late[post_id] = {**rest, **self._late.get(post_id, {})}
                self._again.start()
            raise

    async def _put_typing(self, post_id: str, typed: Mapping[str, str]) -> None:
        try:
            for name, text in typed.items():
                posts = self._owner.kit.services.posts
                await settled(posts.keep_typing(post_id, name, text))
        except StorageTrouble:
            if post_id == self._post_id and self.unsaved:
                self._typed = {**typed, **self._typed}
                self._typing.start(IDLE_MS)
            raise

    def _timer(self, milliseconds: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(slot)
        return timer
