"""Which rows Terugkoppeling shows: due, one's own district, done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from console.bridge import settled
from console.domain.district import District, NeighbourPost, own_groups_words
from console.domain.failures import Refused
from console.domain.post import FeedbackRow
from console.domain.post_photo import DuePhoto
from console.presenters.neighbour_card import card_of_neighbour
from console.presenters.photo_door import open_photo_of
from console.views.feedback.due_list import DueItem, Item, NeighbourItem, PhotoItem, ReportItem
from console.views.feedback.screen import FeedbackScreen
from console.views.feedback.words import (
    NO_DISTRICT,
    NOTHING,
    NOTHING_DONE,
    SECTIONS,
    beside_words,
    month_words,
    since_words,
)
from console.views.tables.rows import Section

if TYPE_CHECKING:
    from console.domain.neighbours import NeighbourTeams
    from console.presenters.feedback import FeedbackPresenter

ONLY_NEIGHBOURS = "Doorzetten kan bij een bericht van de buren, in “Mijn wijk”."
ONLY_NEIGHBOURS_SHARED = "“Al gedeeld” kan bij een bericht van de buren, in “Mijn wijk”."


class FeedbackList(QObject):
    """The left side. ``chosen`` is the broadcast the right side is about."""

    def __init__(self, owner: FeedbackPresenter, view: FeedbackScreen) -> None:
        """``owner`` shows the broadcast that is chosen here."""
        super().__init__(owner)
        self._owner = owner
        self._view = view
        self._services = owner.kit.services
        self._district: District | None = None
        self._urgent = False
        self._arriving = False
        self._segment = ""
        self.chosen = ""
        view.segment_chosen.connect(self._on_segment)
        view.report_requested.connect(self._on_report)
        view.photo_requested.connect(self._on_photo)
        view.pass_on_requested.connect(self._on_pass_on)
        view.tick_off_requested.connect(self._on_tick_off)

    def open(self, post_id: str, *, urgent: bool, segment: str) -> None:
        """Say what the screen was opened for; an officer starts in "Mijn wijk"."""
        if not self._segment:
            person = self._services.desk.person
            officer = person is not None and person.may("officer") and not person.may("operator")
            self._segment = "mine" if officer else "todo"
        if post_id or urgent:
            segment = "todo"
        self._segment = segment or self._segment
        self._ask_teams()
        self._urgent, self._arriving = urgent, True
        self.chosen = post_id or ("" if urgent else self.chosen)
        self._view.header.segments.select(self._segment)

    def choose(self, row_id: str) -> None:
        """The person chose a row; rows that are no broadcast leave the right side empty."""
        self.chosen = row_id if ":" not in row_id else ""
        post = self._neighbour(row_id)
        lines = tuple(self._services.desk.region.closing_lines)
        now = self._owner.kit.clock.now()
        self._view.set_neighbour(card_of_neighbour(post, lines, now) if post else None)

    async def load(self) -> None:
        """Read the rows of the segment, the counts and the month; then the chosen broadcast."""
        feedback, segment = self._services.feedback, self._segment
        due = await settled(feedback.due())
        self._view.due.set_month(month_words(await settled(feedback.figures())))
        if self._district is None or segment == "mine":
            self._district = await settled(self._services.districts.look())
        areas = self._district.area_ids
        mine = await settled(feedback.due(areas)) if areas else []
        done = await settled(feedback.done()) if segment == "done" else []
        photos = await settled(self._services.post_photos.due())
        self._view.header.segments.set_counts({"todo": len(due) + len(photos), "mine": len(mine)})
        if segment != self._segment:
            return
        if self._urgent:
            self._urgent = False
            self.chosen = due[0].post_id if due else ""
            if not due:
                self._view.stop_writing()
        rows, empty = {
            "todo": (_by_section(due) + _photos(photos), NOTHING),
            "mine": (self._mine(mine), NO_DISTRICT),
            "done": (_by_section(done), NOTHING_DONE),
        }[segment]
        self._show(rows, empty)
        if self._arriving:
            self._arriving = False
            self._view.rows_arrived()
        await self._owner.show(self.chosen)

    def _show(self, rows: Sequence[Item | Section], empty: str) -> None:
        kept, here = self.chosen, self._view.due.list.current_id()
        self._view.due.list.blockSignals(True)
        self._view.set_items(rows, empty)
        if kept:
            self._view.due.list.set_current(kept)
        elif not here or not self._view.due.list.set_current(here):
            self._view.due.list.choose_first()
        self._view.due.list.blockSignals(False)
        now_at = self._view.due.list.current_id()
        self.choose(kept or (now_at if rows else ""))

    def _mine(self, due: list[FeedbackRow]) -> list[Item | Section]:
        district = self._district
        if district is None or not district.area_ids:
            return []
        now = self._owner.kit.clock.now()
        title = "Terugkoppeling" if due else "Terugkoppeling: niets te doen"
        late = any(one.section == "late" for one in due)
        reports, beside = district.reports, district.neighbours
        rows: list[Item | Section] = [
            Section(title, len(due) or None, "red" if late else "text2"),
            *(DueItem(one) for one in due),
            Section(since_words(district.since, now), len(reports)),
            *(ReportItem(one) for one in reports),
            Section(beside_words(district.asked_at, now), len(beside)),
            *(NeighbourItem(one) for one in beside),
        ]
        return rows

    async def _pass_on(self, post_id: str) -> None:
        district = self._district or District()
        post = self._neighbour(f"beside:{post_id}")
        if post is None:
            return
        found = await settled(
            self._services.directory.candidates(list(district.area_ids), post.kind)
        )
        groups = tuple(
            one.group_id for one in found if one.ticked and one.name not in post.own_groups
        )
        new_id = await settled(self._services.followups.forward(post_id, groups))
        if post.own_groups:
            self._owner.kit.messages.info(own_groups_words(post.own_groups))
        self._owner.kit.navigator.open("compose", post_id=new_id)

    def _neighbour(self, row_id: str) -> NeighbourPost | None:
        if self._segment != "mine" or self._district is None:
            return None
        found = (one for one in self._district.neighbours if f"beside:{one.id}" == row_id)
        return next(found, None)

    def _on_tick_off(self, row_id: str) -> None:
        post = self._neighbour(row_id)
        if post is None:
            self._owner.kit.messages.info(ONLY_NEIGHBOURS_SHARED)
        else:
            self._owner.then(self._services.districts.tick_off(post.id, not post.shared_at))

    def _on_segment(self, segment: str) -> None:
        if segment == self._segment:
            return
        self._segment = segment
        self.chosen = ""
        self._view.due.list.clear_current()
        self._ask_teams()
        self._owner.refresh()

    def _ask_teams(self) -> None:
        """Ask what teams beside share, each time somebody goes to their district; never by clock."""
        if self._segment == "mine" and self._owner.kit.neighbour_teams is not None:
            self._owner.run(self._fetch(self._owner.kit.neighbour_teams))

    async def _fetch(self, teams: NeighbourTeams) -> None:
        try:
            found = await teams.fetch()
        except Refused:
            # The lamp of central says it, and the head of the list how old its rows are.
            return
        await settled(self._services.districts.keep_shared(found))
        self._arriving = self._arriving or self._view.due.is_empty()
        await self.load()

    def _on_report(self, report_id: str) -> None:
        self._owner.kit.navigator.open("reports", report_id=report_id)

    def _on_photo(self, post_id: str) -> None:
        open_photo_of(self._owner, self._view.window(), post_id)

    def _on_pass_on(self, row_id: str) -> None:
        if row_id.startswith("beside:"):
            self._owner.run(self._pass_on(row_id.removeprefix("beside:")))
        else:
            self._owner.kit.messages.info(ONLY_NEIGHBOURS)


def _by_section(rows: list[FeedbackRow]) -> list[Item | Section]:
    made: list[Item | Section] = []
    for name, title in SECTIONS.items():
        found = [one for one in rows if one.section == name]
        if found:
            made.append(Section(title, len(found), "red" if name == "late" else "text2"))
            made += [DueItem(one) for one in found]
    return made


def _photos(found: list[DuePhoto]) -> list[Item | Section]:
    if not found:
        return []
    return [Section("Foto weghalen", len(found), "red"), *(PhotoItem(one) for one in found)]
