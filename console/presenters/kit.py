"""What every presenter is given, and how it does its work: own tasks, one feed, one door."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from console.bridge import Tasks, settled
from console.domain.changes import Changes
from console.domain.clock import Clock
from console.domain.failures import Problem, Refused, StorageTrouble
from console.domain.status import Status
from console.domain.whereabouts import CentralAnswer
from console.presenters.services import Services
from console.presenters.station import Station
from console.views.dialogs.dialog import Dialog
from console.views.screen import Screen

if TYPE_CHECKING:
    from console.domain.logbook import Logbook
    from console.domain.lookup import LookUp
    from console.domain.neighbours import NeighbourTeams
    from console.domain.retention import Keeping
    from console.domain.sources import LookNow
    from console.domain.subject import SubjectAccess

__all__ = ["Feed", "Kit", "Messages", "Navigator", "Presenter", "Services"]

T = TypeVar("T")


class Feed(QObject):
    """The one feed of what changed, on the screen thread; local and remote look alike."""

    changed = Signal(object)
    """``Changes`` after a commit."""

    ticked = Signal()
    """Every 5 seconds, for ages and leases; views repaint what shows a time."""

    claims_lost = Signal(object)
    """``LostClaim`` of every claim that somebody else won (F05)."""

    status_changed = Signal(object)
    """``Status``: lamps, queue, tray, unconfirmed placements."""


class Messages(QObject):
    """The one door to the person (house.md §3.7); a newer notice replaces its predecessor."""

    said = Signal(str, str, str)
    """Level (info, good, warn or stop), sentence, and the key that undoes it or an empty text."""

    def info(self, sentence: str, undo: str = "") -> None:
        """Say something that needs no answer."""
        self.said.emit("info", sentence, undo)

    def good(self, sentence: str) -> None:
        """Say that something is done and kept."""
        self.said.emit("good", sentence, "")

    def warn(self, sentence: str) -> None:
        """Say that something did not go as wished; nothing is lost."""
        self.said.emit("warn", sentence, "")

    def problem(self, problem: Problem) -> None:
        """Say an expected failure: what happened and what to do next."""
        words = f"{problem.sentence} {problem.next_step}".strip()
        self.said.emit("warn", words, "")


class Navigator(Protocol):
    """Opens screens and popups by id (``console.presenters.shell``)."""

    def open(self, screen: str, **params: Any) -> None:
        """Show a screen or popup."""
        ...

    def back(self) -> None:
        """Leave the present screen for the one before it."""
        ...

    def do(self, command: str) -> None:
        """Do a command of the key table, as if its key was pressed."""
        ...

    def screen(self) -> Screen | None:
        """Return the screen in front."""
        ...

    def add_layer(self, layer: Dialog) -> None:
        """Give the keys to a dialog that a presenter opened itself, until it closes."""
        ...


AskCentral = Callable[[str], "Future[CentralAnswer]"]
"""Asks central what it knows of an op; never fails."""


Introduced = Callable[[str], Awaitable[Problem | None]]
"""Why central could not tell that this colleague looked along; None where it can."""


@dataclass(frozen=True, slots=True)
class Kit:
    """What every presenter needs."""

    services: Services
    tasks: Tasks
    feed: Feed
    messages: Messages
    navigator: Navigator
    clock: Clock
    status: Callable[[], Status]
    station: Station | None = None
    ask_central: AskCentral | None = None
    look_up: LookUp | None = None
    look_now: LookNow | None = None
    neighbour_teams: NeighbourTeams | None = None
    keeping: Keeping | None = None
    logbook: Logbook | None = None
    subject: SubjectAccess | None = None
    introduced: Introduced | None = None


class Presenter(QObject):
    """Base of all presenters. ``watches``: the kinds whose changes call ``refresh``."""

    watches: tuple[str, ...] = ()

    def __init__(self, kit: Kit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kit = kit
        self._stale = False
        self._shown = False
        kit.feed.changed.connect(self._on_changed)
        kit.feed.ticked.connect(self.tick)

    def open(self, **params: Any) -> None:
        """The screen comes to the front with these parameters."""
        self._shown = True
        self._stale = False
        self.refresh()

    def leave(self) -> None:
        """The screen goes to the back; what was typed is kept by then."""
        self._shown = False

    def refresh(self) -> None:
        """Ask for fresh snapshots; overridden."""

    def tick(self) -> None:
        """Five seconds went by; overridden where ages or leases show."""

    def run(self, work: Coroutine[Any, Any, Any]) -> None:
        """Start a coroutine; expected failures become a sentence, others go to the crash door."""
        self.kit.tasks.start(self._guarded(work), type(self).__name__, work)

    def then(self, future: Future[T], done: Callable[[T], None] | None = None) -> None:
        """Wait for an act or a look, then hand the answer over on the screen thread."""
        self.run(self._then(future, done))

    def refused(self, problem: Problem) -> None:
        """An act was refused; says it. Overridden where a screen shows it at the place."""
        self.kit.messages.problem(problem)

    async def _then(self, future: Future[T], done: Callable[[T], None] | None) -> None:
        result = await settled(future)
        if done is not None:
            done(result)

    async def _guarded(self, work: Coroutine[Any, Any, Any]) -> None:
        try:
            await work
        except (Refused, StorageTrouble) as failure:
            if isValid(self):
                self.refused(failure.problem)
        except RuntimeError:
            # At a change of person screens are thrown away under what still waits for an answer.
            if isValid(self):
                raise

    def _on_changed(self, changes: Changes) -> None:
        if not changes.touches(*self.watches):
            return
        if self._shown:
            self.refresh()
        else:
            self._stale = True
