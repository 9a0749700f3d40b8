"""Groepen: the tree and its cards from the directory, and what a person does with them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from console.domain.clock import LOCAL
from console.domain.directory import AreaCard, GroupCard
from console.domain.failures import Problem
from console.presenters.group_acts import GroupActs
from console.presenters.group_forms import GroupForms
from console.presenters.kit import Kit, Presenter
from console.services.directory import TreeView
from console.services.memory import Memory
from console.views.groups.screen import GroupsScreen
from console.views.screen import Screen

WAIT_MS = 150
REMEMBERED = "groups-screen"
MOST_TOGGLED = 500
NOTHING_CHOSEN = "Kies een groep of gebied in de boom."


class GroupsPresenter(Presenter):
    """Fills the Groepen screen and does what it asks."""

    watches = (
        "area",
        "area_neighbour",
        "area_role",
        "area_shape",
        "group",
        "group_parent",
        "administrator",
        "group_administrator",
        "placement",
        "post",
        "log_entry",
        "setting",
    )

    def __init__(self, kit: Kit, screen: GroupsScreen, window: QWidget) -> None:
        super().__init__(kit, screen)
        self._screen = screen
        self._directory = kit.services.directory
        self._toggled: frozenset[str] = frozenset()
        self._narrowed: frozenset[str] = frozenset()
        self._segment = "all"
        self._wanted: tuple[str, str] = ("", "")
        self.forms = GroupForms(kit, screen, self)
        self.acts = GroupActs(self, screen, window)
        self._memory = Memory(kit.services.desk)
        self._remembered: dict[str, Any] | None = None
        # Not at every letter: the question goes out when the typing pauses.
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(WAIT_MS)
        self._pause.timeout.connect(self._load_tree)
        screen.header.segment_chosen.connect(self._on_segment)
        screen.header.search_changed.connect(self._on_search)
        screen.record_chosen.connect(self._on_chosen)
        screen.toggle_requested.connect(self._on_toggle)
        screen.act_requested.connect(self.acts.do)
        screen.width_chosen.connect(self._on_width)
        screen.detail.show_hint(NOTHING_CHOSEN)

    def open(self, group_id: str = "", area_id: str = "", **params: object) -> None:
        """Show the directory, at a group or area where one is named."""
        if group_id or area_id:
            self._wanted = ("group", group_id) if group_id else ("area", area_id)
            self._segment = "all"
            self._screen.header.segments.select("all")
            self._screen.header.search.set_text("")
        super().open(**params)
        if self._remembered is None:
            self._remembered = {}
            self.then(self._memory.recall(REMEMBERED), self._put_back)

    def leave(self) -> None:
        """Hide numbers again: whoever comes back says why once more."""
        super().leave()
        self.forms.flush()
        self._screen.detail.group.hide_numbers()

    def show_record(self, kind: str, record_id: str) -> None:
        """Choose a record in the tree and show its card."""
        if kind:
            self._wanted = (kind, record_id)
        self.refresh()

    def refresh(self) -> None:
        """Ask for the tree and the card on show."""
        self._load_tree()
        kind, record_id = self._screen.detail.shown()
        if self._wanted[0]:
            kind, record_id = self._wanted
        if kind:
            self._load_card(kind, record_id)

    def refused(self, problem: Problem) -> None:
        """Show a refusal where it belongs: in the question, in the form, or as a notice."""
        if not self.acts.refused(problem) and not self.forms.refused(problem):
            super().refused(problem)

    def _load_tree(self) -> None:
        typed = self._screen.header.search.text()
        toggled = self._narrowed if self._narrow() else self._toggled
        self.then(self._directory.tree(self._segment, typed, toggled), self._show_tree)

    def _narrow(self) -> bool:
        """Whether the tree shows a part only; what is opened there is not remembered."""
        return bool(self._screen.header.search.text().strip()) or self._segment == "gaps"

    def _show_tree(self, view: TreeView) -> None:
        screen = self._screen
        screen.set_tree(view.lines, view.counts, view.first_found)
        typed = screen.header.search.text().strip()
        if not view.lines:
            self._say_empty(typed, view)
        if self._wanted[0]:
            if not screen.tree.choose(*self._wanted) and not typed:
                self.then(self._directory.path_to(*self._wanted), self._open_way)
            return
        shown = screen.detail.shown()
        if shown[0] and not screen.tree.view.current_id():
            screen.tree.choose(*shown)
        elif not screen.tree.view.current_id() and view.lines:
            screen.tree.view.choose_first()

    def _open_way(self, keys: list[str]) -> None:
        """Open every line on the way to what is wanted: areas stand open, groups do not."""
        if not keys:
            self._wanted = ("", "")
            return
        above = frozenset(keys[:-1])
        groups = {key for key in above if key.rpartition("/")[2].startswith("group:")}
        wanted = (self._toggled - above) | groups
        if wanted != self._toggled:
            self._toggled = frozenset(wanted)
            self._load_tree()

    def _say_empty(self, typed: str, view: TreeView) -> None:
        tree = self._screen.tree
        if typed:
            hint = f"Bedoelt u {view.suggestion}?" if view.suggestion else ""
            button = f"Zoek {view.suggestion}" if view.suggestion else "Wis het zoeken"
            tree.show_empty(f"Geen groep met “{typed}”.", hint, button, view.suggestion)
        elif self._segment == "gaps":
            tree.show_empty("Er zijn geen gaten.", "Alles is ingevuld en bevestigd.", "Toon alle")
        elif self._segment == "mine":
            tree.show_empty(
                "U hebt nog geen wijk.",
                "De accounthouder kan bij uw naam een gebied invullen.",
                "Toon alle",
            )
        else:
            tree.show_empty(
                "Er zijn nog geen groepen.",
                "Begin met een gebied of een groep. Een tussenlaag is niet nodig.",
                "Nieuwe groep",
            )

    def _load_card(self, kind: str, record_id: str) -> None:
        if kind == "group":
            self.then(self._directory.group(record_id), self._show_group)
        elif kind == "area":
            self.then(self._directory.area(record_id), self._show_area)

    def _show_group(self, card: GroupCard | None) -> None:
        if card is None:
            self._screen.detail.show_hint(NOTHING_CHOSEN)
            return
        self._screen.detail.show_group(card)
        self._screen.tree.choose("group", card.id)

    def _show_area(self, card: AreaCard | None) -> None:
        if card is None:
            self._screen.detail.show_hint(NOTHING_CHOSEN)
            return
        self._screen.detail.show_area(card)

    def _on_segment(self, segment: str) -> None:
        self._segment = segment
        self._narrowed = frozenset()
        self._load_tree()

    def _on_search(self, _typed: str) -> None:
        self._wanted = ("", "")
        self._narrowed = frozenset()
        self._pause.start()

    def _on_chosen(self, kind: str, record_id: str) -> None:
        if self._wanted != (kind, record_id):
            self._wanted = ("", "")
        if self._screen.detail.shown() != (kind, record_id):
            self.forms.put_aside()
            self._load_card(kind, record_id)

    def _put_back(self, kept: object) -> None:
        self._remembered = dict(kept) if isinstance(kept, dict) else {}
        for window, width in dict(self._remembered.get("widths") or {}).items():
            self._screen.splitter.set_width(int(window), int(width))
        closed = self._remembered.get("toggled")
        if isinstance(closed, list) and not self._toggled:
            self._toggled = frozenset(str(key) for key in closed)
            self._load_tree()

    def _remember(self, **values: object) -> None:
        self._remembered = {**(self._remembered or {}), **values}
        self.then(self._memory.remember(REMEMBERED, self._remembered))

    def _on_width(self, window: int, width: int) -> None:
        widths = dict((self._remembered or {}).get("widths") or {})
        self._remember(widths={**widths, str(window): width})

    def _on_toggle(self, key: str) -> None:
        if self._narrow():
            self._narrowed = self._narrowed ^ {key}
        else:
            self._toggled = self._toggled ^ {key}
            self._remember(toggled=sorted(self._toggled)[:MOST_TOGGLED])
        self._load_tree()


def make(kit: Kit, window: QWidget) -> tuple[Screen, Presenter]:
    """Make the screen and its presenter."""

    def now() -> datetime:
        return kit.clock.now().astimezone(LOCAL)

    screen = GroupsScreen(now)
    return screen, GroupsPresenter(kit, screen, window)
