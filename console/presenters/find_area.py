"""The field "Waar": places while somebody types, and the area of an address by one key (F02, F60).

The desk looks itself first. What several areas answer to is a choice, and what is only alike is
offered, never taken. An answer that comes after somebody typed on is dropped.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from typing import Any

from console.bridge import settled
from console.domain.clock import LOCAL, local
from console.domain.directory import Place
from console.domain.failures import Problem, Refused
from console.domain.lookup import FOUND, NOT_FOUND, Address, AddressSeen, address_in
from console.presenters.kit import Kit, Presenter
from console.presenters.outlines import outlines
from console.views.dialogs.dialog import Dialog
from console.views.dialogs.report_place import ReportPlace
from console.views.text import moment_text

NO_ADDRESS = "Schrijf straat, nummer en plaats, zoals Voorbeeldlaan 12, Veldermeer."
NOT_THERE = "PDOK kent dit adres niet. Kijk de schrijfwijze na. Het gebied blijft leeg."
OUTSIDE = "Dit adres ligt in geen gebied dat de desk kent. Het gebied blijft leeg."
UNKNOWN = "Onbekend. PDOK gaf geen goed antwoord: {why}. Het gebied blijft leeg."
CHOOSE = "Dit kan op meer plaatsen zijn. Kies er een."
ALIKE = "Dit adres is er niet, dit lijkt erop. Kies of typ verder."


class AreaFinder(Presenter):
    """One question at a time, about what stands in the form now."""

    def __init__(self, kit: Kit, dialog: Dialog, where: ReportPlace, parent: Presenter) -> None:
        super().__init__(kit, parent)
        self._dialog = dialog
        self._where = where
        self._turn = 0
        self._task: asyncio.Task[Any] | None = None
        self._where.typed.connect(self._on_place)
        self._where.find_requested.connect(self._on_find)
        self._where.field.text_changed.connect(self._on_typed)
        dialog.finished.connect(self._on_finished)

    def refused(self, problem: Problem) -> None:
        """Say it under the field; nothing else changes."""
        if self._dialog.is_open():
            self._where.say(f"{problem.sentence} {problem.next_step}".strip())

    def _on_place(self, text: str) -> None:
        self.then(self.kit.services.directory.places(text), partial(self._on_places, text))

    def _on_places(self, text: str, places: list[Place]) -> None:
        where = self._where
        if self._dialog.is_open() and where.text().strip() == text and not where.is_taken():
            where.offer(places)

    def _on_find(self, typed: str) -> None:
        self._take_back()
        address = address_in(typed)
        if address is None:
            self._where.say(NO_ADDRESS)
            return
        self.run(self._find(typed, address, self._turn))

    async def _find(self, typed: str, address: Address, turn: int) -> None:
        known = await settled(self.kit.services.streets.known(address))
        if not self._still(turn):
            return
        if known.places:
            self._settle(list(known.places), sure=True)
            return
        town = address.town or known.town
        if not town:
            # Without a town the whole country answers, and without a number it is no address.
            self._where.say(NO_ADDRESS)
            return
        if self.kit.look_up is None:
            self._where.say(OUTSIDE)
            return
        self._where.set_waiting()
        self._task = asyncio.current_task()
        try:
            seen = await self.kit.look_up.address(replace(address, town=town))
        except Refused:
            if self._still(turn):
                raise
            return
        if self._still(turn):
            self._task = None
            await self._show(seen, turn)

    async def _show(self, seen: AddressSeen, turn: int) -> None:
        if seen.state == NOT_FOUND:
            self._where.say(NOT_THERE)
        elif seen.state != FOUND:
            self._where.say(UNKNOWN.format(why=seen.why or "onbekend waarom"))
        else:
            services = await outlines(self.kit.services)
            found = await settled(services.areas_at(seen.places))
            if self._still(turn):
                self._settle(found, sure=all(one.exact for one in seen.places), seen=seen)

    def _settle(self, found: list[Place], *, sure: bool, seen: AddressSeen | None = None) -> None:
        """Take the one area there can be; offer what is left to a person."""
        if not found:
            self._where.say(OUTSIDE)
        elif sure and len({one.area_id for one in found}) == 1:
            self._where.take(found[0], self._source(seen))
        else:
            self._where.let_choose(found, CHOOSE if sure else ALIKE)

    def _source(self, seen: AddressSeen | None) -> str:
        at = local(seen.at) if seen is not None else None
        if seen is None or at is None:
            return ""
        return f"{seen.source} {moment_text(at, self.kit.clock.now().astimezone(LOCAL))}"

    def _still(self, turn: int) -> bool:
        return turn == self._turn and self._dialog.is_open()

    def _take_back(self) -> None:
        self._turn += 1
        task, self._task = self._task, None
        if task is not None and not task.done():
            task.cancel()

    def _on_typed(self, _text: str) -> None:
        self._take_back()

    def _on_finished(self, _result: object) -> None:
        self._take_back()
