"""Berichten: the list, the card, and the two dialogs that begin or record a post (F22, F25, F28)."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from console.bridge import settled
from console.domain.clock import LOCAL
from console.domain.failures import Problem
from console.domain.post import PostRow
from console.presenters.kit import Kit, Presenter
from console.presenters.photo_door import open_photo_of
from console.presenters.post_cards import card_of_draft, card_of_ledger, with_photo
from console.presenters.post_dialogs import open_new_post, open_record
from console.services.memory import Memory
from console.views.posts.posts import PostsScreen
from console.views.screen import Screen

__all__ = ["PostsPresenter", "make", "open_new_post", "open_record"]

REMEMBERED = "screen:posts"


class PostsPresenter(Presenter):
    """Shows posts by section; the chosen one beside them."""

    watches = ("post", "placement", "alert", "photo", "task")

    def __init__(self, kit: Kit, view: PostsScreen, window: QWidget) -> None:
        """Tie the list to the services."""
        super().__init__(kit, view)
        self._view = view
        self._window = window
        self._memory = Memory(kit.services.desk)
        self._widths: dict[str, int] = {}
        self._rows: list[PostRow] = []
        self._segment = "all"
        self._chosen = self._text = ""
        view.chosen.connect(self._on_chosen)
        view.act_requested.connect(self.act)
        view.segment_changed.connect(self._on_segment)
        view.splitter.width_chosen.connect(self._on_width)
        self.then(self._memory.recall(REMEMBERED), self._on_recalled)

    def open(self, post_id: str = "", **_params: Any) -> None:
        """Show the list, with a post chosen where one is named."""
        self._shown, self._stale = True, False
        if post_id:
            self._chosen = post_id
        self.refresh()

    def refresh(self) -> None:
        """Read the list again; the chosen post stays chosen."""
        self.then(self.kit.services.posts.rows(), self._show)

    def tick(self) -> None:
        """Clocks go on."""
        if self._shown:
            self._view.list.viewport().update()

    def act(self, act: str) -> None:
        """Do what a key or a button of the card stands for."""
        row = self._row()
        if act == "new":
            self.kit.navigator.open("new_post")
        elif act == "record":
            self.kit.navigator.open("record")
        elif act == "templates":
            self.kit.navigator.open("templates")
        elif act == "photo":
            open_photo_of(self, self._window, row.id if row else "", text=self._text)
        elif row is None:
            return
        elif act == "open":
            screen = "compose" if row.section in ("busy", "ready") else "issue"
            self.kit.navigator.open(screen, post_id=row.id)
        elif act == "feedback":
            self.kit.navigator.open("feedback", post_id=row.id)
        elif act == "forward" and row.section in ("unconfirmed", "placed"):
            self.then(self.kit.services.followups.forward(row.id), self._on_begun)
        elif act == "drop" and row.section in ("busy", "ready"):
            self.then(self.kit.services.posts.drop(row.id), self._on_dropped)

    def refused(self, problem: Problem) -> None:
        """Say it, and show the list as it is now."""
        super().refused(problem)
        self.refresh()

    def _show(self, rows: list[PostRow]) -> None:
        self._rows = rows
        parts = {
            "all": rows,
            "mine": [row for row in rows if row.mine],
            "open": [row for row in rows if row.section != "placed"],
        }
        shown = parts[self._segment]
        self._view.set_rows(shown, filtered=bool(rows) and not shown)
        self._view.segments.set_counts({name: len(part) for name, part in parts.items()})
        if self._chosen:
            self._view.list.set_current(self._chosen)
        self._chosen = self._view.list.current_id() if shown else ""
        self._load_card()

    def _row(self) -> PostRow | None:
        return next((row for row in self._rows if row.id == self._chosen), None)

    def _on_chosen(self, post_id: str) -> None:
        self._chosen = post_id
        self._load_card()

    def _load_card(self) -> None:
        row = self._row()
        if row is None:
            self._view.set_card(None)
        else:
            self.run(self._fill_card(row))

    async def _fill_card(self, row: PostRow) -> None:
        services = self.kit.services
        if row.section in ("busy", "ready"):
            writing = await settled(services.posts.writing(row.id))
            group_id = writing.targets[0].group_id if writing and writing.targets else ""
            preview = services.posts.look(writing, group_id) if writing else None
            draft = await settled(services.posts.draft(row.id))
            decided = draft.decided if draft else None
            card = card_of_draft(row, writing, preview, self._now(), decided)
        else:
            ledger = await settled(services.ledger.ledger(row.id))
            minutes = await settled(services.ledger.delete_minutes())
            lines = services.desk.region.closing_lines
            card = card_of_ledger(row, ledger, minutes, lines, self._now())
        photo = await settled(services.post_photos.of_post(row.id))
        if row.id == self._chosen:
            self._text = card.text
            self._view.set_card(with_photo(card, photo, services.desk.now()))

    def _on_segment(self, segment: str) -> None:
        self._segment = segment
        self._show(self._rows)

    def _on_begun(self, post_id: str) -> None:
        self.kit.navigator.open("compose", post_id=post_id)

    def _on_dropped(self, _done: None) -> None:
        self.kit.messages.info("Het concept is weggelegd. Het staat nog in het logboek.")

    def _on_width(self, window: int, width: int) -> None:
        self._widths[str(window)] = width
        self.then(self._memory.remember(REMEMBERED, dict(self._widths)))

    def _on_recalled(self, kept: Any) -> None:
        if isinstance(kept, dict):
            for window, width in kept.items():
                if str(window).isdigit() and isinstance(width, int):
                    self._widths[str(window)] = width
                    self._view.splitter.set_width(int(window), width)

    def _now(self) -> datetime:
        return _local_now(self.kit)


def _local_now(kit: Kit) -> datetime:
    return kit.clock.now().astimezone(LOCAL)


def make(kit: Kit, window: QWidget) -> tuple[Screen, Presenter]:
    """Build the screen; may be opened with ``post_id``."""
    view = PostsScreen(partial(_local_now, kit), window)
    return view, PostsPresenter(kit, view, window)
