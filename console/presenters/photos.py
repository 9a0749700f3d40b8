"""The photos of the report in hand: look, add, take away, put back."""

from __future__ import annotations

import ntpath
from concurrent.futures import Future
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from console.bridge import settled
from console.domain import photo as p
from console.domain.clock import LOCAL, local
from console.domain.failures import Problem, Refused
from console.domain.photo import Photo, Pixels
from console.domain.post_photo import Said
from console.presenters.kit import Kit, Presenter
from console.presenters.photo_draw import open_draw
from console.views.dialogs.photos import PhotoRow, PhotosDialog
from console.views.text import moment_text, plural
from console.views.widgets.picture import image_of

NO_MORE = "Deze foto is niet meer bij de centrale."
COMING = "De foto komt van de centrale. Even geduld."
OPENING = "De foto wordt geopend, los van de rest van het programma. Even geduld."
UNREADABLE = "Deze foto kan hier niet worden getoond."
REFUSED = "De centrale nam deze foto niet aan. Druk op Q om te beslissen."


class PhotosPresenter(Presenter):
    """One report. Content that is not here is asked for once, when its photo is chosen."""

    watches = ("photo",)

    def __init__(
        self, kit: Kit, dialog: PhotosDialog, window: QWidget, report_id: str, title: str
    ) -> None:
        super().__init__(kit, dialog)
        self._window = window
        self._title = title
        self._dialog = dialog
        self._report_id = report_id
        self._photos = kit.services.photos
        self._found: dict[str, Photo] = {}
        self._gone: Photo | None = None
        self._looking = ""
        self._asked: set[str] = set()
        self._shown = True
        dialog.chosen.connect(self._on_chosen)
        dialog.file_chosen.connect(self.add)
        dialog.remove_requested.connect(self._on_remove)
        dialog.put_back_requested.connect(self._on_put_back)
        self.refresh()

    def refresh(self) -> None:
        """Read the photos again."""
        self.then(self._photos.of_report(self._report_id), self._on_photos)

    def refused(self, problem: Problem) -> None:
        """Say it in the place of the photo, and as a message."""
        super().refused(problem)
        if self._dialog.is_open():
            self._dialog.viewer.say(f"{problem.sentence} {problem.next_step}".strip())
            self._looking = ""

    def add(self, path: str) -> None:
        """Add a photo from a file."""
        self.run(self._add(path))

    async def _add(self, path: str) -> None:
        self._looking = ""
        self._dialog.viewer.say(OPENING)
        data = await settled(self._photos.read(path))
        pixels, media_type = await settled(self._photos.open(data))
        if not self._dialog.is_open():
            return
        self.refresh()
        name = ntpath.basename(path)

        def keep(drawn: Pixels, said: Said) -> Future[str]:
            photos, report_id = self._photos, self._report_id
            return photos.add_drawn(report_id, name, drawn, media_type, said.reason)

        open_draw(
            self.kit, self._window, pixels, subject=self._title, keep=keep, done=self._on_added
        )

    def _on_added(self, photo_id: str) -> None:
        self.kit.messages.good("Foto toegevoegd. De melding wacht er niet op.")
        self.run(self._choose(photo_id))

    async def _choose(self, photo_id: str) -> None:
        found = await settled(self._photos.of_report(self._report_id))
        self._on_photos(found)
        if self._dialog.is_open():
            self._dialog.list.set_current(photo_id)

    def _on_photos(self, found: tuple[Photo, ...]) -> None:
        if not self._dialog.is_open():
            return
        self._found = {one.id: one for one in found}
        waiting = sum(1 for one in found if one.state == p.WAITING)
        said = ""
        if found:
            said = plural(waiting, "foto wacht", "foto's wachten") + " nog op verzending."
            said = said if waiting else "Alles is verzonden."
        self._dialog.set_photos([self._row(one) for one in found], said)
        self._on_chosen(self._dialog.current())

    def _row(self, one: Photo) -> PhotoRow:
        icon, tone, state = _STATES[one.state]
        if one.state == p.WAITING and one.sent:
            state = f"{100 * one.sent // max(one.size, 1)}% verzonden"
        at = local(one.made_at)
        when = moment_text(at, self.kit.clock.now().astimezone(LOCAL)) if at else ""
        who = " ".join(part for part in (one.made_by_name, when) if part)
        return PhotoRow(one.id, one.name, who, state, icon, tone, one.reason)

    def _on_chosen(self, photo_id: str) -> None:
        one = self._found.get(photo_id)
        if one is None or (self._looking == photo_id and one.content == p.HERE):
            return
        if one.state == p.REFUSED:
            self._looking = ""
            self._dialog.viewer.say(REFUSED)
        elif one.content == p.ABSENT and photo_id in self._asked:
            self._dialog.viewer.say(NO_MORE)
        else:
            if one.content != p.HERE:
                self._dialog.viewer.say(COMING)
            if one.content != p.COMING:
                self._asked.add(photo_id)
                self.then(self._photos.content(photo_id), partial(self._on_content, one))

    def _on_content(self, one: Photo, data: bytes | None) -> None:
        if data is not None and self._dialog.is_open() and self._dialog.current() == one.id:
            self.run(self._decode(one, data))

    async def _decode(self, one: Photo, data: bytes) -> None:
        try:
            pixels = await settled(self._photos.pixels(data, one.type))
        except Refused:
            pixels = None
        if not self._dialog.is_open() or self._dialog.current() != one.id:
            return
        if pixels is None:
            self._dialog.viewer.say(UNREADABLE)
        else:
            self._looking = one.id
            self._dialog.viewer.show_image(image_of(pixels), one.name)

    def _on_remove(self, photo_id: str) -> None:
        one = self._found.get(photo_id)
        if one is not None and one.state != p.REFUSED:
            self.run(self._remove(one))

    async def _remove(self, one: Photo) -> None:
        await settled(self._photos.remove(self._report_id, one.id))
        self._gone, self._looking = one, ""
        self._dialog.offer_put_back(True)
        self.refresh()

    def _on_put_back(self) -> None:
        gone, self._gone = self._gone, None
        if gone is not None:
            self._dialog.offer_put_back(False)
            self.then(self._photos.put_back(self._report_id, gone), self._on_back)

    def _on_back(self, _photo_id: str) -> None:
        self.refresh()


_STATES = {
    p.WAITING: ("clock", "amberfill", "wacht op verzending"),
    p.SENT: ("check", "text2", "verzonden"),
    p.REFUSED: ("triangle-alert", "amberfill", "niet aangenomen"),
}


def open_photos(
    kit: Kit, window: QWidget, report_id: str, title: str, path: str = "", **_: Any
) -> PhotosDialog:
    """Open the photos of a report; with ``path`` that file is added at once."""
    dialog = PhotosDialog(window, title)
    presenter = PhotosPresenter(kit, dialog, window, report_id, title)
    dialog.open()
    if path:
        presenter.add(path)
    return dialog
