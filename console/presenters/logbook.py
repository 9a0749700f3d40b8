"""Logboek: fills the page from central's audit rows, and takes them along as a file (F54)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths

from console.bridge import settled
from console.domain.clock import LOCAL
from console.domain.failures import Problem, Refused
from console.domain.logbook import Asked
from console.presenters.kit import Kit, Presenter
from console.services.logbook import LogWords
from console.views.settings.logbook import LogbookPage, taken_words
from contract.vocabulary import Role

READERS = (Role.ACCOUNT_HOLDER, Role.AUDITOR)
NOT_YOU = "Het logboek is voor de accounthouder en de auditor."
NO_ROAD = Problem("logbook-none", "Hier is nu geen centrale om het logboek van te vragen.", "")


class LogbookPresenter(Presenter):
    """Asks central when somebody presses the button; nothing is asked by itself."""

    def __init__(self, kit: Kit, page: LogbookPage, parent: Presenter) -> None:
        super().__init__(kit, parent)
        self._page = page
        self._words = LogWords(kit.services.desk)
        self._asked = Asked()
        self._before = 0
        page.asked.connect(self._on_asked)
        page.more.connect(self._on_more)
        page.export_requested.connect(self._on_export)

    def refresh(self) -> None:
        """Offer the people of the team, and say who may look."""
        person = self.kit.services.desk.person
        may = person is not None and person.may(*READERS)
        self._page.set_reason("" if may else NOT_YOU)
        self.run(self._people())

    def forget(self) -> None:
        """The page goes: what was looked up does not stay on it."""
        self._page.set_rows((), more=False, asked=False)
        self._page.show_record("")
        self._page.say("")
        self._before = 0

    def refused(self, problem: Problem) -> None:
        """Say it on the page; what was chosen stays."""
        self._page.say(f"{problem.sentence} {problem.next_step}".strip(), "stop")

    async def _people(self) -> None:
        people = await settled(self.kit.services.people.all())
        named = sorted(((one.id, one.name) for one in people), key=lambda one: one[1].casefold())
        self._page.set_people(named)

    def _on_asked(self, asked: Asked, about: str) -> None:
        self.run(self._find(asked, about))

    async def _find(self, asked: Asked, about: str) -> None:
        if self.kit.logbook is None:
            raise Refused(NO_ROAD)
        self._page.say("")
        if about:
            hits = await settled(self.kit.services.lookup.find(about))
            hit = next((one for one in hits if one.kind != "street"), None)
            if hit is None:
                self._page.not_found()
                return
            self._page.show_record(hit.title)
            asked = Asked(asked.person, asked.group, hit.kind, hit.id, asked.days)
        self._asked = asked
        entries, self._before = await self.kit.logbook.find(asked, 0)
        rows = await settled(self._words.rows(entries))
        self._page.set_rows(rows, more=bool(self._before))

    def _on_more(self) -> None:
        self.run(self._more())

    async def _more(self) -> None:
        if self.kit.logbook is None or not self._before:
            return
        entries, self._before = await self.kit.logbook.find(self._asked, self._before)
        rows = await settled(self._words.rows(entries))
        self._page.add_rows(rows, more=bool(self._before))

    def _on_export(self) -> None:
        self.run(self._export())

    async def _export(self) -> None:
        if self.kit.logbook is None:
            raise Refused(NO_ROAD)
        now = self.kit.clock.now()
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        path = Path(folder) / f"logboek-{now.astimezone(LOCAL):%Y%m%d-%H%M%S}.ndjson"
        self._page.say("Het logboek wordt opgehaald", "plain")
        lines = await self.kit.logbook.take_along(path)
        self._page.say(taken_words(lines, str(path), now))
