"""Burgernet: what runs, what a person saw, and the way to the outcome (F35-F37)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from console.bridge import settled
from console.domain.alert import AlertCard, AlertRow, ReadAlert
from console.domain.alert_state import state_now
from console.domain.failures import Refused
from console.domain.status import Lamp
from console.presenters.alert_area import Choices, area_of
from console.presenters.kit import Kit, Presenter
from console.services.memory import Memory
from console.services.posts import NOT_BURGERNET, TEST_ALERT
from console.views.burgernet.screen import BurgernetScreen
from console.views.burgernet.words import CANNOT_LOOK, empty_words
from console.views.dialogs.choose_area import ChooseAreaDialog
from console.views.screen import Screen
from contract.dutch import WORDS
from contract.vocabulary import AlertSource, AlertState

WIDTH = "burgernet.width"
STATES = (AlertState.ACTIVE, AlertState.ENDED, AlertState.UNKNOWN)
"""What the keys 1 to 3 say."""

SAID = {
    AlertState.ACTIVE: "Vastgelegd: de actie loopt nog.",
    AlertState.ENDED: "Vastgelegd: beëindigd. Beëindigd is niet hetzelfde als gevonden.",
    AlertState.UNKNOWN: "Vastgelegd: niet te zien. De status blijft onbekend.",
}


class BurgernetPresenter(Presenter):
    """One list, one alert. States grow old by the clock alone, so every tick looks again."""

    watches = ("alert", "post", "placement", "log_entry")

    def __init__(self, kit: Kit, view: BurgernetScreen) -> None:
        """Tie the wishes of the view to the services."""
        super().__init__(kit, view)
        self._view = view
        self._memory = Memory(kit.services.desk)
        self._segment = "today"
        self._chosen = ""
        self._card: AlertCard | None = None
        self._rows: list[AlertRow] = []
        self._arriving = False
        self._acts: dict[str, Callable[[AlertRow], None]] = {
            "outcome": self._write_outcome,
            "open": self._open_ours,
            "new": self._write_new,
        }
        view.header.segments.select(self._segment)
        view.segment_chosen.connect(self._on_segment)
        view.row_chosen.connect(self._on_row)
        view.act_requested.connect(self._on_act)
        view.width_chosen.connect(self._on_width)
        kit.feed.status_changed.connect(self._on_status)
        self.then(self._memory.recall(WIDTH), self._on_remembered)

    def open(self, alert_id: str = "", **params: Any) -> None:
        """Show the list; with an id, that alert."""
        self._shown, self._stale, self._arriving = True, False, True
        if alert_id:
            self._chosen = alert_id
        self.refresh()

    def refresh(self) -> None:
        """Read again."""
        self.run(self._load())

    def tick(self) -> None:
        """Ages go on, and what was seen too long ago becomes unknown (F37)."""
        if not self._shown:
            return
        self._view.tick()
        now = self.kit.clock.now()
        if any(_grew_old(row, now) for row in self._rows):
            self.refresh()

    async def _load(self) -> None:
        alerts, segment = self.kit.services.alerts, self._segment
        today = await settled(alerts.rows("today"))
        rows = today
        if segment == "now":
            rows = [row for row in today if row.section != "ended"]
        elif segment == "all":
            known = {row.id for row in today}
            rows = [row for row in await settled(alerts.rows("all")) if row.id not in known]
        running = sum(1 for row in today if row.section != "ended")
        self._view.set_counts({"now": running, "today": len(today)})
        if segment != self._segment:
            return
        self._rows = rows
        lamps = self._lamps()
        now = self.kit.clock.now()
        self._view.set_sources(lamps)
        empty = empty_words(lamps, now, segment=segment)
        self._view.set_rows(rows, empty, today=segment == "today")
        self._choose()
        if self._arriving:
            self._arriving = False
            self._view.rows_arrived()
        card = await settled(alerts.card(self._chosen)) if self._chosen else None
        if card is None or card.row.id == self._chosen:
            self._card = card
            self._view.set_card(card, watched=card is not None and _watched(card, lamps))

    def _choose(self) -> None:
        view = self._view.pane.list
        view.blockSignals(True)
        if not (self._chosen and view.set_current(self._chosen)):
            if not self._chosen or not self._arriving:
                view.choose_first()
                self._chosen = view.current_id() if self._rows else ""
            else:
                view.clear_current()
        view.blockSignals(False)

    def _on_segment(self, segment: str) -> None:
        if segment != self._segment:
            self._segment, self._chosen = segment, ""
            self.refresh()

    def _on_row(self, alert_id: str) -> None:
        self._chosen = alert_id
        self.refresh()

    def _on_act(self, act: str) -> None:
        if act == "look":
            self._look()
        elif self._card is None:
            return
        elif act.startswith("answer_"):
            self._say(self._card.row, STATES[int(act.removeprefix("answer_")) - 1])
        else:
            self._acts[act](self._card.row)

    def _say(self, row: AlertRow, state: AlertState) -> None:
        self.run(self._say_and_tell(row.id, state))

    async def _say_and_tell(self, alert_id: str, state: AlertState) -> None:
        await settled(self.kit.services.alerts.say_state(alert_id, state))
        self.kit.messages.info(SAID[state])

    def _write_outcome(self, row: AlertRow) -> None:
        self.run(self._outcome(row.id))

    async def _outcome(self, alert_id: str) -> None:
        waiting = await settled(self.kit.services.alerts.waiting_for_outcome(alert_id))
        if waiting:
            self.kit.navigator.open("feedback", post_id=waiting[0])

    def _open_ours(self, row: AlertRow) -> None:
        if row.draft_id:
            self.kit.navigator.open("compose", post_id=row.draft_id)
        elif row.post_id:
            self.kit.navigator.open("issue", post_id=row.post_id)

    def _write_new(self, row: AlertRow) -> None:
        if self._card is not None:
            self.run(self._new(self._card))

    async def _new(self, card: AlertCard) -> None:
        """Open the fitting template filled in from the kept text, or the choice of templates."""
        services = self.kit.services
        if card.row.test and not services.desk.training:
            self.kit.messages.problem(TEST_ALERT)
            return
        read = await settled(services.alerts.read(card.original))
        area_id = ""
        choices: Choices = ()
        if read.recognised and not card.row.draft_id:
            area_id, choices = await area_of(self.kit, card, read)
        if choices:
            self._ask_area(card, read, choices)
            return
        await self._write(card, read, area_id)

    def _ask_area(self, card: AlertCard, read: ReadAlert, choices: Choices) -> None:
        """More areas have this name: a person chooses, the desk never does (F36)."""
        dialog = ChooseAreaDialog(self._view.window(), card.row.title, choices)
        dialog.finished.connect(partial(self._on_area, card, read))
        dialog.open()
        self.kit.navigator.add_layer(dialog)

    def _on_area(self, card: AlertCard, read: ReadAlert, area_id: object) -> None:
        if isinstance(area_id, str) and area_id:
            self.run(self._write(card, read, area_id))

    async def _write(self, card: AlertCard, read: ReadAlert, area_id: str) -> None:
        posts = self.kit.services.posts
        try:
            made = posts.from_alert(read, alert_id=card.row.id, area_id=area_id)
            post_id = await settled(made)
        except Refused as refused:
            if refused.problem.code != NOT_BURGERNET.code:
                raise
            self.kit.navigator.open("new_post", alert_id=card.row.id)
            return
        self.kit.navigator.open("compose", post_id=post_id)

    def _look(self) -> None:
        if self.kit.status().burgernet.state == "unset":
            self.kit.messages.info(CANNOT_LOOK)
        self.refresh()

    def _lamps(self) -> tuple[Lamp, ...]:
        """One lamp per feed that is on; where none is, the one that says so."""
        status = self.kit.status()
        return status.feeds or (status.burgernet,)

    def _on_status(self, _status: object) -> None:
        if self._shown:
            self._view.set_sources(self._lamps())

    def _on_width(self, window: int, width: int) -> None:
        self.then(self._memory.remember(WIDTH, [window, width]))

    def _on_remembered(self, kept: object) -> None:
        if isinstance(kept, list) and len(kept) == 2 and all(isinstance(one, int) for one in kept):
            self._view.splitter.set_width(kept[0], kept[1])


def _watched(card: AlertCard, lamps: tuple[Lamp, ...]) -> bool:
    """Say whether a feed that is on looks at this alert by itself."""
    name = WORDS[AlertSource].get(card.row.source, "")
    return any(one.name == name and one.state != "unset" for one in lamps)


def _grew_old(row: AlertRow, now: datetime) -> bool:
    """Say whether a running alert was last seen too long ago since the list was read."""
    return row.section == "running" and state_now(row.state, row.state_at, now) != row.state


def make(kit: Kit, window: QWidget) -> tuple[Screen, Presenter]:
    """Build the screen; opened with ``alert_id`` it shows that alert."""
    view = BurgernetScreen(kit.clock.now, window)
    return view, BurgernetPresenter(kit, view)
