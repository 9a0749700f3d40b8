"""The running desk: the window, who is signed in, and the order of start and end."""

from __future__ import annotations

import asyncio
import logging
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QProcess, Qt
from PySide6.QtWidgets import QApplication

from console import crash, logs, paths
from console import settings as station
from console.app.beat import Beat
from console.app.gates import Gates
from console.app.look import Look
from console.app.opening import ACCOUNT_NEEDED, Opened, Opener
from console.app.options import MakeCentral, Options
from console.app.organisation import Organisation
from console.bridge import Tasks, settled
from console.collector import Collector, calm
from console.domain.clock import Clock, SystemClock
from console.domain.failures import Problem, Refused, StorageTrouble
from console.domain.person import Person
from console.presenters.kit import Feed, Messages
from console.presenters.shell import Shell
from console.views.keys.router import KeyRouter
from console.views.main_window import MainWindow
from console.views.theme.theme import Theme
from console.views.widgets import access
from contract.dutch import word
from contract.vocabulary import Role

if TYPE_CHECKING:
    from console.presenters.standing import StandingPresenter

log = logging.getLogger(__name__)

IN_USE = Problem(
    "profile-in-use",
    "Buurtdesk is hier al open.",
    "Ga naar het venster dat al open staat.",
)


COLLECT_AFTER_S = 3.0
"""The collector is off while starting (``console.app.run``) and looks again from then on."""

BEHIND_THE_ROWS_S = 0.25
"""Central and its libraries are heavy to import; the first rows come first (qt.md)."""


AGAIN_S = 5.0
"""How long the desk waits before it asks a central that was away again."""


class Program(QObject):
    """Builds every object once. ``main`` runs from the first window to the last line of log.

    ``story``: the world outside of this demo is a story, so the invented team listens to it.
    """

    def __init__(
        self,
        app: QApplication,
        theme: Theme,
        options: Options,
        make_central: MakeCentral,
        clock: Clock | None = None,
        *,
        window: MainWindow | None = None,
        look: Look | None = None,
        story: bool = False,
    ) -> None:
        super().__init__(app)
        self.options = options
        self.story = story
        self.profile = paths.profile(options.profile)
        self.settings, self._slips = station.load(self.profile.settings)
        self.clock: Clock = clock or SystemClock()
        if options.demo:
            self.clock = _demo_clock(self.clock)
            self.settings = replace(self.settings, station=self.settings.station or "balie 1")
        self.look = look or Look(theme, self.profile, self.settings.theme)
        self.window = window or MainWindow(training=options.training)
        self.router = KeyRouter(app)
        self.shell = Shell(self.window, self.router)
        self.tasks = Tasks(self)
        self.feed = Feed(self)
        self.messages = Messages(self)
        self.gates = Gates(self)
        self.beat = Beat(self)
        self.collector = Collector(self.beat.quiet, self)
        self.opener = Opener(self.profile, self.settings, self.clock, make_central)
        self.opener.early = self._show_early
        self.organisation = Organisation(self)
        self.opener.prove = self.organisation.prove
        self.opened: Opened | None = None
        self.person: Person | None = None
        self.kit: Any = None
        self._standing: StandingPresenter | None = None
        self._ended = asyncio.Event()
        self._lock = paths.ProfileLock(self.profile.lock)
        self._bell: QObject | None = None
        self._log: logging.Handler | None = None
        self.tasks.failed.connect(self._on_failed)
        self.messages.said.connect(self._on_said)
        self.window.close_requested.connect(self.end)
        self.shell.command_missed.connect(self._on_command)

    def show(self) -> None:
        """Show the window, before anything else is imported or opened."""
        self.look.restore(self.window)
        access.install()
        self.window.show()

    def end(self) -> None:
        """Close the desk: everything typed is kept, then the line, central and the file close."""
        self._ended.set()

    async def main(self) -> int:
        """Open the profile, work until the window closes, close in order."""
        self.profile.prepare()
        if not self._lock.take():
            return await self._already_open()
        self._log = logs.set_up(self.profile.log)
        crash.watch(self.profile.log.parent, self._on_crash)
        self._bell = self._listen()
        self.tasks.start(self.gates.first(), "opening")
        asyncio.get_running_loop().call_later(COLLECT_AFTER_S, self.collector.start)
        await self._ended.wait()
        return await self._close()

    def _show_early(self, path: Path, key: bytes) -> None:
        """Show the rows before the libraries behind them are imported."""
        from console.app.early import show_early

        if self.person is None:
            show_early(self.window, path, key, self.clock)

    async def _already_open(self) -> int:
        """Bring the first window forward and end; say so where it does not answer."""
        from console.app.second import raise_first

        if raise_first(self.profile.root):
            self.window.let_close()
            return 0
        self.gates.error(IN_USE)
        await self._ended.wait()
        self.window.let_close()
        return 3

    def _listen(self) -> QObject:
        """Come forward when somebody starts the desk a second time."""
        from console.app.second import Doorbell

        bell = Doorbell(self.profile.root, self)
        bell.rung.connect(self._come_forward)
        return bell

    def _come_forward(self) -> None:
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.raise_()
        self.window.activateWindow()

    async def enter(self, opened: Opened, person: Person) -> None:
        """Somebody is signed in: build the services and screens for them and open the list."""
        from console.app.wiring import build_kit, wire
        from console.presenters.standing import StandingPresenter

        self.opened, self.person = opened, person
        # A desk that went over to a team has other settings than it started with.
        self.settings = replace(self.settings, central_url=self.opener.settings.central_url)
        self.kit = build_kit(self, opened, person)
        wire(self, self.kit)
        self._standing = StandingPresenter(self.kit, self.window)
        self._show_who(opened, person)
        self.unlock()
        self.shell.open("reports")
        self.beat.start(self.kit, opened)
        self.tasks.start(self.open_line(opened, person), "connect")

    async def open_line(self, opened: Opened, person: Person) -> None:
        """Open the line behind the first rows; roles are what central says they are now."""
        await asyncio.sleep(BEHIND_THE_ROWS_S)
        kit = self.kit
        if kit is None:
            return
        # What was copied when the desk fell over is unknown until a person looks (F28).
        await settled(kit.services.team.learn_region())
        lost = await settled(kit.services.ledger.recover())
        if self._standing is not None:
            self._standing.recovered(lost)
        # Central may be away for long: the screen must not stutter until it answers.
        calm()
        try:
            present = await self._signed_in(opened, person)
        except StorageTrouble as trouble:
            if not await self.gates.central.offered(opened, trouble):
                raise
            return
        if present is not None and self.person is not None and self.person.id == person.id:
            self.arrived(present)

    def arrived(self, present: Person) -> None:
        """Central let the person at work in: their roles are what it says now."""
        kit, opened = self.kit, self.opened
        if kit is None or opened is None:
            return
        self.person = present
        kit.services.desk.person = present
        self._show_who(opened, present)
        self.beat.start(kit, opened)
        calm()

    async def _signed_in(self, opened: Opened, person: Person) -> Person | None:
        """Sign in at central, again and again while it is away: the desk works meanwhile.

        None: at a central elsewhere somebody has to type their account first.
        """
        while self.kit is not None:
            try:
                return await self.opener.sign_in(opened, person.id)
            except Refused as refused:
                if refused.problem == ACCOUNT_NEEDED:
                    self.beat.start(self.kit, opened)
                    self.messages.problem(refused.problem)
                    return None
                log.info("central is not there yet")
                await asyncio.sleep(AGAIN_S)
        return None

    def unlock(self) -> None:
        """Take the gate away; what was open is open again."""
        from console.views.gates.gate import Gate

        for layer in self.shell.layers():
            if isinstance(layer, Gate):
                self.shell.drop_layer(layer)
        self.window.close_gate()
        self.shell.set_locked(False)
        self.shell.take_focus()
        if self.kit is not None and self.opened is not None:
            self.beat.start(self.kit, self.opened)

    def start_training(self) -> None:
        """Start the training desk beside this one: a process and a database of its own (F57)."""
        arguments = [arg for arg in sys.argv if arg not in ("--demo", "--training")]
        QProcess.startDetached(sys.executable, [*arguments, "--training"])
        if self.opened is None:
            self.end()

    async def leave(self) -> None:
        """Nobody is signed in any more: unsaved input, searches and the clipboard are cleared.

        At a team's central their session is kept: who comes back gives only their passphrase.
        """
        self.beat.stop()
        self.shell.set_locked(True)
        kit, person = self.kit, self.person
        if kit is not None:
            from console.presenters.clipboard import clipboard_of

            clipboard_of(kit).end()
        if self._standing is not None:
            self._standing.end()
            self._standing = None
        # Screens go first, so that nothing they still hold is kept after it was forgotten.
        self.shell.reset()
        self.window.notice.hide()
        self.person = None
        self.kit = None
        if kit is not None and person is not None:
            await settled(kit.services.people.forget_typing(person.id))
        if self.opened is not None and self.opened.thread is not None:
            await asyncio.wrap_future(self.opened.thread.submit(self.opened.engine.step_aside()))

    def _show_who(self, opened: Opened, person: Person) -> None:
        self.window.set_title(opened.team)
        self.window.rail.set_team(opened.team)
        line = f"Dienst tot {person.shift_until}" if person.shift_until else _roles(person)
        self.window.rail.set_person(person.name, person.initials, line)

    async def _close(self) -> int:
        self.look.keep(self.window)
        self.beat.stop()
        self.collector.stop()
        self.shell.leave_all()
        await self.tasks.stop()
        if self.opened is not None:
            await self.opener.close(self.opened)
        self._lock.release()
        crash.forget()
        if self._log is not None:
            logs.take_down(self._log)
        self.window.let_close()
        return 0

    def _on_failed(self, error: object) -> None:
        if isinstance(error, Refused | StorageTrouble):
            self.messages.problem(error.problem)
        elif isinstance(error, BaseException):
            self._on_crash(crash.report(error))

    def _on_crash(self, code: str) -> None:
        self.gates.unforeseen(code)

    def _on_said(self, level: str, sentence: str, undo: str) -> None:
        looks = {"info": "plain", "good": "good", "warn": "warn", "stop": "stop"}
        self.window.notice.show_notice(sentence, looks.get(level, "plain"), undo=bool(undo))

    def _on_command(self, command: str) -> None:
        if self.look.do(command, self.window):
            return
        if command == "lock" and self.person is not None:
            self.tasks.start(self.gates.lock(), "lock")
        elif command == "look_now" and self.opened is not None and self.opened.thread:
            self.opened.thread.urge()


def _demo_clock(base: Clock) -> Clock:
    """Return a clock that can act out the invented day before it tells the time."""
    from console.app.demo_clock import DemoClock

    return DemoClock(base)


def _roles(person: Person) -> str:
    """Return the first role that says what somebody does at this desk."""
    for role in (Role.OPERATOR, Role.OFFICER, Role.ACCOUNT_HOLDER, Role.AUDITOR, Role.READER):
        if role in person.roles:
            return word(role, Role).capitalize()
    return ""
