"""Opens the popup in which a photo is covered and described, and keeps what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from console.bridge import settled
from console.domain.clock import LOCAL
from console.domain.failures import Problem
from console.domain.photo import Pixels
from console.domain.post_photo import USUAL_DAYS, Said
from console.presenters.kit import Kit, Presenter
from console.views.dialogs.photo_draw import PhotoDrawDialog

Keep = Callable[[Pixels, Said], "Future[str]"]


class PhotoDrawPresenter(Presenter):
    """One picture, in memory only until it is kept."""

    def __init__(
        self, kit: Kit, dialog: PhotoDrawDialog, keep: Keep, done: Callable[[str], None]
    ) -> None:
        """``keep`` keeps the pixels; ``done`` hears the id of the photo."""
        super().__init__(kit, dialog)
        self._dialog = dialog
        self._keep = keep
        self._done = done
        self._busy = False
        dialog.keep_requested.connect(self._on_keep)

    def refused(self, problem: Problem) -> None:
        """Say it in the popup: blocks and words stay."""
        if self._dialog.is_open():
            self._dialog.show_problem(problem)
        else:
            super().refused(problem)

    def _on_keep(self) -> None:
        if not self._busy:
            self._busy = True
            self.run(self._write())

    async def _write(self) -> None:
        dialog = self._dialog
        dialog.set_busy(True)
        try:
            photo_id = await settled(self._keep(dialog.pixels(), dialog.said()))
        finally:
            self._busy = False
        dialog.close_with(photo_id)
        self._done(photo_id)


def open_draw(
    kit: Kit,
    window: QWidget,
    pixels: Pixels,
    *,
    subject: str,
    keep: Keep,
    done: Callable[[str], None],
    outward: bool = False,
) -> PhotoDrawDialog:
    """Open the popup over a picture; ``outward``: it will go with a post."""
    last = kit.clock.now().astimezone(LOCAL).date() + timedelta(days=USUAL_DAYS)
    day = f"{last.day}-{last.month}-{last.year}"
    dialog = PhotoDrawDialog(window, pixels, outward=outward, subject=subject, last_day=day)
    PhotoDrawPresenter(kit, dialog, keep, done)
    dialog.open()
    kit.navigator.add_layer(dialog)
    return dialog
