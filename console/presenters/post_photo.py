"""The photo of a post: beside its text on the screen before it can be copied (F27)."""

from __future__ import annotations

import ntpath
from concurrent.futures import Future
from typing import Any

from PySide6.QtWidgets import QWidget

from console.bridge import settled
from console.domain import photo as p
from console.domain.clock import LOCAL, local
from console.domain.failures import Problem, Refused
from console.domain.photo import Photo, Pixels
from console.domain.post import PlacementRow
from console.domain.post_photo import PostPhoto, Removal, Said
from console.presenters.clipboard import SECONDS, clipboard_of
from console.presenters.kit import Kit, Presenter
from console.presenters.photo_draw import open_draw
from console.presenters.photos import COMING, OPENING, UNREADABLE
from console.services.gate import PHOTO_OVER
from console.services.post_photos import NOT_HERE
from console.views.dialogs.post_photo import PostPhotoDialog, PostPhotoView, RemovalRow
from console.views.text import moment_text, plural
from console.views.widgets.facts import Fact
from console.views.widgets.picture import image_of
from contract.dutch import word
from contract.vocabulary import MessageKind, PlacementState

EMPTY = (
    "Bij dit bericht staat nog geen foto. Kies er een met Ctrl+Enter, of sleep een bestand "
    "hierheen: jpg, png of webp. Daarna dekt u af wat niemand mag zien."
)
NOT_FOR_THIS = (
    "Bij dit soort bericht hoort geen foto. Een foto mag bij een vermissing, een verward persoon, "
    "uitkijken en een getuigenoproep."
)
TOO_LATE = "Dit bericht ging zonder foto uit. Dat ligt vast: een foto kan er niet meer bij."
DONE = "Foto gekopieerd voor {}. Plak hem in WhatsApp; u hebt {} seconden."


class PostPhotoPresenter(Presenter):
    """One post. ``row``: the group whose text is being placed; None while writing."""

    watches = ("photo", "task", "post", "placement")

    def __init__(
        self, kit: Kit, dialog: PostPhotoDialog, window: QWidget, post_id: str,
        row: PlacementRow | None, text: str,
    ) -> None:  # fmt: skip
        super().__init__(kit, dialog)
        self._dialog = dialog
        self._window = window
        self._post_id = post_id
        self._row = row
        self._text = text
        self._service = kit.services.post_photos
        self._photos = kit.services.photos
        self._found: PostPhoto | None = None
        self._of_report: Photo | None = None
        self._shown_id = ""
        self._shown = True
        dialog.act_requested.connect(self._on_act)
        dialog.file_chosen.connect(self._on_file)
        dialog.ticked.connect(self._on_ticked)
        self.refresh()

    def refresh(self) -> None:
        """Read the post and its photo again."""
        self.run(self._load())

    def refused(self, problem: Problem) -> None:
        """Say it as a message, and show the photo as it is now."""
        super().refused(problem)
        if self._dialog.is_open():
            self.refresh()

    async def _load(self) -> None:
        found = await settled(self._service.of_post(self._post_id))
        if found is None or not self._dialog.is_open():
            return
        if self._row is not None:
            # Its text may have been copied since the popup was asked for.
            ledger = await settled(self.kit.services.ledger.ledger(self._post_id))
            rows = ledger.rows if ledger else ()
            self._row = next((one for one in rows if one.id == self._row.id), self._row)
        self._found = found
        if found.report_id and not found.id:
            photos = await settled(self._photos.of_report(found.report_id))
            self._of_report = next((one for one in photos if one.state != p.REFUSED), None)
        if not self._dialog.is_open():
            return
        self._dialog.set_view(self._view(found))
        await self._picture(found)

    async def _picture(self, found: PostPhoto) -> None:
        viewer = self._dialog.viewer
        if not found.id or found.over:
            self._shown_id = ""
            viewer.say(self._empty(found))
            return
        if self._shown_id == found.id:
            return
        data = await settled(self._photos.content(found.id))
        if data is None:
            viewer.say(COMING)
            return
        try:
            pixels = await settled(self._photos.pixels(data, found.type))
        except Refused:
            viewer.say(UNREADABLE)
            return
        if not self._dialog.is_open():
            return
        viewer.show_image(image_of(pixels), found.name)
        self._shown_id = found.id
        if not found.previewed:
            # On the screen, large, beside the text with the kind above it: only now may it go.
            await settled(self._service.previewed(self._post_id))
            await self._load()

    @staticmethod
    def _empty(found: PostPhoto) -> str:
        if found.over:
            return f"{PHOTO_OVER.sentence} {PHOTO_OVER.next_step}"
        if not found.allowed:
            return NOT_FOR_THIS
        return EMPTY if found.editable else TOO_LATE

    def _view(self, found: PostPhoto) -> PostPhotoView:
        kind = word(found.post_kind, MessageKind) if found.post_kind else ""
        main, second, reason = ("Sluit", "close"), ("", ""), ""
        if found.editable and not found.id:
            main = ("Kies een foto…", "choose")
            if self._of_report is not None:
                second = ("Neem de foto van de melding", "from_report")
        elif found.editable:
            main, second = ("Goed zo", "close"), ("Haal de foto weg", "remove")
        elif found.id and not found.over and self._row is not None:
            main = (f"Kopieer de foto voor {self._row.group_name}", "copy")
            reason = self._why_not(found, self._row)
        late = [one for one in found.removals if one.state == "open" and self._is_late(one)]
        band = None
        if late:
            said = plural(len(late), "groep", "groepen")
            title = f"Verlopen: haal de foto weg in {said}"
            how = "Verwijder hem in WhatsApp. Vink de groep daarna hier af met spatie."
            band = ("amber", title, how, "triangle-alert")
        return PostPhotoView(
            f"{kind}: {found.post_title}" if kind else found.post_title,
            self._row.text if self._row is not None else self._text,
            self._facts(found),
            main,
            second,
            reason,
            band,
            tuple(self._removal(one) for one in found.removals if one.state != "dropped"),
        )

    def _why_not(self, found: PostPhoto, row: PlacementRow) -> str:
        if row.state not in (PlacementState.COPIED, PlacementState.PLACED):
            return "Kopieer en plak eerst de tekst voor deze groep. Daarna de foto."
        return "" if found.previewed else "Bekijk de foto eerst naast de tekst."

    def _facts(self, found: PostPhoto) -> tuple[Fact, ...]:
        if not found.id:
            return ()
        said = found.said
        year, month, day = said.expires_on.split("-") if said.expires_on else ("", "", "")
        until = f"{int(day)}-{int(month)}-{year}" if day else ""
        over = ("triangle-alert", "amber", "amberfill") if found.over else ()
        return (
            Fact("Soort", word(found.post_kind, MessageKind)),
            Fact("Herkomst", said.source),
            Fact("Toestemming", f"{said.permission_by}, voor {said.permission_for}"),
            Fact("Reden", said.reason),
            Fact("Laatste dag", f"{until}, verlopen" if found.over else until, *over),
        )

    def _removal(self, one: Removal) -> RemovalRow:
        now = self.kit.clock.now().astimezone(LOCAL)
        if one.state == "done":
            at = local(one.done_at)
            when = moment_text(at, now) if at else ""
            said = " ".join(part for part in ("Weggehaald door", one.done_by_name, when) if part)
            return RemovalRow(one.id, one.title, said, True, False)
        due = local(one.due_at)
        when = f"{due.day}-{due.month}-{due.year}" if due else ""
        late = self._is_late(one)
        return RemovalRow(one.id, one.title, "Nu doen" if late else f"Vanaf {when}", False, late)

    def _is_late(self, one: Removal) -> bool:
        due = local(one.due_at)
        return due is not None and due <= self.kit.clock.now()

    def _on_act(self, act: str) -> None:
        if act == "choose":
            self._dialog.choose()
        elif act == "from_report":
            self.run(self._from_report())
        elif act == "remove":
            self.then(self._service.remove(self._post_id), self._on_done)
        elif act == "copy" and self._row is not None:
            self.run(self._copy(self._row))
        elif act == "close":
            self._dialog.close_with(None)

    def _on_file(self, path: str) -> None:
        self.run(self._from_file(path))

    async def _from_file(self, path: str) -> None:
        self._dialog.viewer.say(OPENING)
        data = await settled(self._photos.read(path))
        self._draw(ntpath.basename(path), *await settled(self._photos.open(data)))

    async def _from_report(self) -> None:
        one = self._of_report
        if one is None:
            return
        data = await settled(self._photos.content(one.id))
        if data is None:
            raise Refused(NOT_HERE)
        self._dialog.viewer.say(OPENING)
        self._draw(one.name, *await settled(self._photos.open(data)))

    def _draw(self, name: str, pixels: Pixels, media_type: str) -> None:
        found = self._found
        if found is None or not self._dialog.is_open():
            return

        def keep(drawn: Pixels, said: Said) -> Future[str]:
            return self._service.add(self._post_id, name, drawn, media_type, said)

        open_draw(
            self.kit,
            self._window,
            pixels,
            subject=f"{word(found.post_kind, MessageKind)}: {found.post_title}",
            keep=keep,
            done=self._on_kept,
            outward=True,
        ).finished.connect(self._on_done)

    def _on_kept(self, _photo_id: str) -> None:
        self.kit.messages.good("Foto bij het bericht gezet. Kijk of hij bij de tekst hoort.")

    def _on_done(self, _nothing: object = None) -> None:
        if self._dialog.is_open():
            self.refresh()

    async def _copy(self, row: PlacementRow) -> None:
        passed = await settled(self._service.copy(row.id))
        pixels = await settled(self._photos.pixels(passed.data, passed.type))
        clipboard_of(self.kit).copy_picture(image_of(pixels))
        self.kit.messages.good(DONE.format(passed.group_name or row.group_name, SECONDS))
        self._dialog.close_with(None)

    def _on_ticked(self, task_id: str) -> None:
        found = self._found
        one = next((one for one in found.removals if one.id == task_id), None) if found else None
        if one is not None:
            self.then(self._service.removed(task_id, done=one.state != "done"), self._on_done)


def open_post_photo(
    kit: Kit,
    window: QWidget,
    post_id: str,
    row: PlacementRow | None = None,
    text: str = "",
    **_: Any,
) -> PostPhotoDialog:
    """Open the photo of a post; ``row``: for the group whose text is being placed."""
    dialog = PostPhotoDialog(window)
    PostPhotoPresenter(kit, dialog, window, post_id, row, text)
    dialog.open()
    return dialog
