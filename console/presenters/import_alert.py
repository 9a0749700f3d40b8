"""Ophalen: from a pasted Burgernet text or an opened answer to filled fields (F35, D04)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from console.bridge import settled
from console.domain.alert import AlertRow, ReadAlert
from console.domain.clock import LOCAL
from console.domain.failures import Problem, Refused
from console.presenters.import_reading import (
    Opened,
    open_bytes,
    open_file,
    reading_of,
    worth_reading,
)
from console.presenters.kit import Kit, Presenter
from console.presenters.outlines import outlines
from console.services.posts import NOT_BURGERNET, TEST_ALERT
from console.views.dialogs.dialog import Dialog
from console.views.dialogs.import_alert import ImportDialog, ImportView
from console.views.text import clock_text, plural
from contract.vocabulary import AlertState, PostType

if TYPE_CHECKING:
    from console.domain.reach_by_place import Proposal

BREAKS = str.maketrans({"\r": "\n", "\u2028": "\n", "\u2029": "\n", "\u00a0": " "})


def as_shown(text: str) -> str:
    """Return a text as an editor gives it back; used to know the bytes it came from."""
    return text.replace("\r\n", "\n").translate(BREAKS)


class ImportPresenter(Presenter):
    """Reads at each change of the box; keeps nothing before the filled button."""

    def __init__(self, kit: Kit, view: ImportDialog) -> None:
        """Tie the box to the readers."""
        super().__init__(kit, view)
        self._view = view
        self._opened: Opened | None = None
        self._read: ReadAlert | None = None
        self._number = 0
        self._area_id = ""
        self._groups: tuple[str, ...] = ()
        self._running: list[AlertRow] = []
        self._turn = 0
        self._busy = False
        view.text_changed.connect(self._on_text)
        view.file_opened.connect(self._on_file)
        view.area_chosen.connect(self._on_area)
        view.alert_chosen.connect(self._on_chosen)
        view.go_requested.connect(self._on_go)

    def begin(self, text: str | None) -> None:
        """Read what was handed over, else the clipboard where it looks like Burgernet."""
        pasted = QGuiApplication.clipboard().text() if text is None else text
        if not pasted or (text is None and not worth_reading(pasted)):
            return
        now = self.kit.clock.now().astimezone(LOCAL)
        source = f"Van het klembord gelezen, {clock_text(now)}" if text is None else ""
        self._view.set_text(as_shown(pasted), source)
        self._read_bytes(pasted.encode("utf-8", "surrogatepass"), focus=True)

    def refused(self, problem: Problem) -> None:
        """Say it in the dialog; the text stays in the box."""
        if not self._view.is_open():
            super().refused(problem)
            return
        self._read = None
        sentence = f"{problem.sentence} {problem.next_step}".strip()
        self._view.show_reading(ImportView(None, problem=sentence, button=""))

    def _read_bytes(self, data: bytes, *, focus: bool = False) -> None:
        self._turn += 1
        try:
            opened = open_bytes(data, self.kit.clock.now())
        except Refused as refused:
            self.refused(refused.problem)
            return
        self._take(opened, focus=focus)

    def _take(self, opened: Opened, *, focus: bool) -> None:
        self._opened, self._number, self._area_id = opened, 0, ""
        if len(opened.alerts) > 1:
            self._view.set_alerts(opened.titles())
            self._view.show_reading(
                ImportView(None, problem="Kies eerst welke melding het is.", button="")
            )
            return
        self._view.set_alerts(())
        self.run(self._look(self._turn, focus=focus))

    async def _look(self, turn: int, *, focus: bool = False) -> None:
        opened = self._opened
        if opened is None:
            return
        read = await reading_of(self.kit, opened, self._number)
        if turn != self._turn or not self._view.is_open():
            return
        self._read = read
        area_id = self._area_id or (read.area_ids[0] if read.area_ids else "")
        view = await self._view_of(read, area_id)
        if turn == self._turn and self._view.is_open():
            self._view.show_reading(view)
            if focus and view.button and not view.problem:
                self._view.focus_go()

    async def _view_of(self, read: ReadAlert, area_id: str) -> ImportView:
        if not read.recognised:
            return ImportView(read, problem=NOT_BURGERNET.sentence, button="")
        if read.test and not self.kit.services.desk.training:
            return ImportView(read, problem=TEST_ALERT.sentence, button="")
        if read.state == AlertState.ENDED and not read.known_alert_id:
            return await self._view_of_closing(read)
        templates = await settled(
            self.kit.services.templates.active(PostType.BROADCAST, read.template_kind)
        )
        template = f"{templates[0].name}, versie {templates[0].version}" if templates else ""
        groups = "kies eerst het gebied" if read.area_choices else "geen gebied gevonden"
        self._groups = ()
        of_class = templates[0].message_class if templates else ""
        placed = await self._placed(read, of_class)
        if placed is not None and not self._area_id:
            # The circle says where: a name that fits more places needs no choice any more.
            self._groups = tuple(one.group_id for one in placed.candidates if one.ticked)
            inside = sum(1 for one in placed.candidates if one.section == "here")
            where = "in het gebied" if read.polygons else "in de cirkel"
            groups = f"{inside} {where}, {len(placed.candidates) - inside} ernaast"
            read = replace(read, area_choices=())
            smallest = placed.areas[0].area_id if len(placed.areas) == 1 else ""
            area_id = area_id or smallest
        elif area_id:
            found = await settled(
                self.kit.services.directory.candidates([area_id], read.template_kind, of_class)
            )
            self._groups = tuple(one.group_id for one in found if one.ticked)
            inside = sum(1 for one in found if one.section == "here")
            groups = f"{inside} in het gebied, {len(found) - inside} ernaast"
        if read.known_alert_id:
            return ImportView(read, groups, template, area_id, button="Open wat er al is")
        return ImportView(read, groups, template, area_id)

    async def _placed(self, read: ReadAlert, of_class: str) -> Proposal | None:
        """Return what lies under the circle or outline of a feed; None without one."""
        if not read.circle and not read.polygons:
            return None
        areas = await outlines(self.kit.services)
        asked = areas.reach_of_reading(read, read.template_kind, of_class)
        if asked is None:
            return None
        found = await settled(asked)
        return found if found.areas else None

    async def _view_of_closing(self, read: ReadAlert) -> ImportView:
        rows = await settled(self.kit.services.alerts.rows("now"))
        self._running = [row for row in rows if row.section != "ended"]
        if not self._running:
            return ImportView(
                read,
                template="Deze actie staat niet in de lijst. Er is niets terug te koppelen.",
                button="Bewaar als beëindigd",
            )
        self._number = -1
        if len(self._running) > 1:
            names = [f"{row.title}, {row.place}".strip(", ") for row in self._running]
            self._view.set_alerts(names)
            return ImportView(read, problem="Kies bij welke actie dit einde hoort.", button="")
        one = self._running[0]
        return ImportView(read, template=f"Het einde van: {one.title}", button="Dit is het einde")

    def _on_text(self, text: str) -> None:
        self._turn += 1
        self._opened = self._read = None
        if not text.strip():
            self._view.show_reading(ImportView(None))
            return
        board = QGuiApplication.clipboard().text()
        original = board if as_shown(board) == text else text
        self._read_bytes(original.encode("utf-8", "surrogatepass"), focus=original == board)

    def _on_file(self, path: str) -> None:
        self._turn += 1
        try:
            opened = open_file(path, self.kit.clock.now())
        except Refused as refused:
            self.refused(refused.problem)
            return
        text = opened.alerts[0].text if len(opened.alerts) == 1 else ""
        self._view.set_text(as_shown(text), "Uit een bestand gelezen")
        self._take(opened, focus=True)

    def _on_area(self, area_id: str) -> None:
        self._area_id = area_id
        self._turn += 1
        self.run(self._look(self._turn))

    def _on_chosen(self, number: int) -> None:
        if self._running and self._read is not None:
            self._running = [self._running[number]]
            title = self._running[0].title
            self._view.show_reading(
                ImportView(
                    self._read, template=f"Het einde van: {title}", button="Dit is het einde"
                )
            )
            self._view.focus_go()
            return
        self._number = number
        self._turn += 1
        if self._opened is not None:
            self._view.set_text(as_shown(self._opened.alerts[number].text), "")
        self.run(self._look(self._turn, focus=True))

    def _on_go(self) -> None:
        if self._read is not None and not self._busy:
            self._busy = True
            self.run(self._go(self._read))

    async def _go(self, read: ReadAlert) -> None:
        try:
            screen, params = await self._where(read)
        finally:
            self._busy = False
        self._view.close_with(screen)
        if screen:
            self.kit.navigator.open(screen, **params)

    async def _where(self, read: ReadAlert) -> tuple[str, dict[str, Any]]:
        services = self.kit.services
        if read.known_alert_id:
            card = await settled(services.alerts.card(read.known_alert_id))
            if card is not None and card.row.draft_id:
                return "compose", {"post_id": card.row.draft_id}
            if card is not None and (card.row.post_id or card.row.section == "ended"):
                return "burgernet", {"alert_id": read.known_alert_id}
        if read.state == AlertState.ENDED:
            return await self._close(read)
        area_id = self._area_id or (read.area_ids[0] if read.area_ids else "")
        kept = replace(read, area_ids=(area_id,) if area_id else read.area_ids)
        post_id = await settled(
            services.posts.from_alert(kept, group_ids=self._groups, area_id=area_id)
        )
        return "compose", {"post_id": post_id}

    async def _close(self, read: ReadAlert) -> tuple[str, dict[str, Any]]:
        services = self.kit.services
        if not self._running:
            alert_id = await settled(services.alerts.keep(read))
            return "burgernet", {"alert_id": alert_id}
        alert_id = self._running[0].id
        waiting = await settled(services.alerts.close_with(alert_id, read))
        if waiting:
            many = plural(len(waiting), "bericht wacht", "berichten wachten")
            self.kit.messages.info(f"Het einde is bewaard. {many} op een afloop.")
            return "feedback", {"post_id": waiting[0]}
        self.kit.messages.info("Het einde is bewaard. Er is nergens iets geplaatst.")
        return "burgernet", {"alert_id": alert_id}


def open_import(kit: Kit, window: QWidget, text: str | None = None) -> Dialog:
    """Open the box; without ``text`` the clipboard is read where it looks like Burgernet."""
    dialog = ImportDialog(window)
    presenter = ImportPresenter(kit, dialog)
    dialog.open()
    presenter.begin(text)
    return dialog
