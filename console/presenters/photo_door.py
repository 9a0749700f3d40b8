"""The way from a post to its photo: the button in the header, the key, the popup (F27)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from console.domain.post import PlacementRow
from console.domain.post_photo import PostPhoto
from console.presenters.kit import Presenter
from console.views.posts.header import FlowHeader

NO_POST = "Kies eerst het bericht waar de foto bij hoort."


def photo_words(found: PostPhoto | None, now: str) -> str:
    """Return what the button to the photo of a post says; empty where there is nothing to do."""
    if found is None:
        return ""
    if any(one.state == "open" and one.due_at <= now for one in found.removals):
        return "Foto weghalen"
    if found.id:
        return "Foto verlopen" if found.over else "Foto"
    return "Foto erbij" if found.editable else ""


class PhotoDoor(QObject):
    """Shows the button of one screen and opens the popup."""

    changed = Signal()
    """Whether there is a photo to go with the text became known."""

    def __init__(self, owner: Presenter, window: QWidget, header: FlowHeader, key: str) -> None:
        """``key`` is what the button says beside its word."""
        super().__init__(owner)
        self._owner = owner
        self._window = window
        self._header = header
        self._key = key
        self.stands = False
        """Whether the post has a photo that may still go out."""

    def show(self, post_id: str) -> None:
        """Show the button for this post, or hide it."""
        self._owner.then(self._owner.kit.services.post_photos.of_post(post_id), self._on_found)

    def open(self, post_id: str, row: PlacementRow | None = None, text: str = "") -> None:
        """Open the photo of a post; ``row``: for the group whose text is being placed."""
        open_photo_of(self._owner, self._window, post_id, row, text)

    def _on_found(self, found: PostPhoto | None) -> None:
        words = photo_words(found, self._owner.kit.services.desk.now())
        self._header.set_photo(words, self._key)
        stands = found is not None and bool(found.id) and not found.over
        if stands != self.stands:
            self.stands = stands
            self.changed.emit()


def open_photo_of(
    owner: Presenter,
    window: QWidget,
    post_id: str,
    row: PlacementRow | None = None,
    text: str = "",
) -> None:
    """Open the photo of a post over a screen; says so where no post is chosen."""
    from console.presenters.post_photo import open_post_photo

    if post_id:
        owner.kit.navigator.add_layer(open_post_photo(owner.kit, window, post_id, row, text))
    else:
        owner.kit.messages.info(NO_POST)
