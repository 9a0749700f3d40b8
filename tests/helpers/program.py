"""The real program, started offscreen on a folder of its own with the real central inside."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from console import settings as station
from console.app.options import Options
from console.app.program import Program
from console.domain.clock import Clock
from console.domain.person import Person
from console.paths import DEMO, DESK, profile
from console.storage import keys
from console.storage.key_slot import Cost
from console.views.theme.theme import Theme
from contract.op import Op, OpResult
from main import make_central, make_demo_central
from tests.helpers.loop import ACTIVE_MS, DeskLoop
from tools.second_desk import CentralMaker, push_from_elsewhere

T = TypeVar("T")

STARTED_WITHIN = 60.0
TEAM = "Basisteam Voorbeeldland"
NAME = "Sanne Voorbeeld"
PASSPHRASE = "vier rode fietsen buiten"
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)


class CheapKeyRing(keys.KeyRing):
    """The slots of a profile at a cost that only a test may ask."""

    def __init__(self, path: Path, keyring: keys.KeyringBackend | None = None) -> None:
        super().__init__(path, keyring, cost=CHEAP)


class Running:
    """One run of the program. ``close`` ends it the way the window does."""

    def __init__(
        self,
        app: QApplication,
        theme: Theme,
        options: Options,
        clock: Clock | None = None,
        *,
        story: bool = False,
    ) -> None:
        self.app = app
        app.setQuitOnLastWindowClosed(False)
        self.loop = DeskLoop(app)
        self.central = CentralMaker(make_demo_central if story else make_central)
        self.program = Program(app, theme, options, self.central, clock, story=story)
        self.failures: list[object] = []
        self.said: list[tuple[str, str, str]] = []
        self.program.tasks.failed.connect(self.failures.append)
        self.program.messages.said.connect(self._on_said)
        self._ended = False
        self.program.show()
        self.program.window.activateWindow()
        assert QTest.qWaitForWindowActive(self.program.window, ACTIVE_MS), (
            "the window got no keyboard"
        )
        self._main = self.loop.start(self.program.main())

    @property
    def window(self) -> Any:
        """The one window."""
        return self.program.window

    @property
    def kit(self) -> Any:
        """What the presenters work with."""
        return self.program.kit

    @property
    def person(self) -> Person:
        """Who is signed in."""
        person = self.program.person
        assert person is not None
        return person

    @property
    def services(self) -> Any:
        """The services of who is signed in."""
        return self.program.kit.services

    def gate(self, kind: type[QWidget]) -> Any:
        """Wait for a gate of this kind and return it."""
        self.until(lambda: isinstance(self.window.gate, kind), f"the page {kind.__name__}")
        return self.window.gate

    def until(
        self, condition: Callable[[], object], what: str = "", span: float = STARTED_WITHIN
    ) -> None:
        """Run until something has come about; nothing may have failed by then."""
        self.loop.until(lambda: self.failures or condition(), what, span)
        assert not self.failures, self.failures

    def until_open(self, screen: str = "reports") -> Any:
        """Wait until nobody stands at a gate and a screen is in front; return the screen."""
        shell = self.program.shell
        self.until(
            lambda: self.window.gate is None and shell.here == screen and self.program.kit,
            f"the screen {screen}",
        )
        tasks = self.program.tasks
        self.until(lambda: "connect" not in tasks.names(), "the line to central")
        return shell.screen()

    def settled(self, future: Any) -> Any:
        """Wait for an act or a look of a service."""
        return self.loop.run(_of(future))

    def ask(self, look: Callable[[], Any]) -> Any:
        """Look something up; a look that the screen's own newer one took the place of is redone."""
        for _ in range(20):
            with contextlib.suppress(asyncio.CancelledError):
                return self.settled(look())
        raise AssertionError("The screen went on asking the same thing.")

    def exchanged(self) -> None:
        """Send what waits and fetch what is new, once."""
        opened = self.program.opened
        assert opened is not None
        self.settled(opened.thread.submit(opened.engine.step()))

    def cut(self, down: bool = True) -> None:
        """Cut the line to central, or join it again; the desk notices at its next exchange."""
        self.central.switch.down = down
        self.exchanged()

    def elsewhere(self, person_id: str, *ops: Op) -> list[OpResult]:
        """Do something as somebody at another desk of the same team."""
        opened = self.program.opened
        assert opened is not None
        team = opened.engine.gateway.session.team.id
        return push_from_elsewhere(self.central.switch, team, person_id, ops)

    def popup(self) -> Any:
        """Return what lies over the screen, or None."""
        return self.program.shell.top_layer()

    def key(
        self,
        key: Qt.Key,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        times: int = 1,
    ) -> None:
        """Press a key where the keyboard is, and let what is ready happen."""
        for _ in range(times):
            with self.loop.pressing():
                QTest.keyClick(self.app.focusWidget() or self.window, key, modifiers)
            self.loop.turn()

    def ctrl(self, key: Qt.Key) -> None:
        """Press a key with Ctrl."""
        self.key(key, Qt.KeyboardModifier.ControlModifier)

    def type(self, text: str) -> None:
        """Type a text where the keyboard is."""
        with self.loop.pressing():
            QTest.keyClicks(self.app.focusWidget() or self.window, text)

    def begin(self, name: str = NAME, team: str = TEAM, passphrase: str = PASSPHRASE) -> Any:
        """Go through the first run and return the list of reports."""
        from console.views.gates.first_run import FirstRunPage

        page = self.gate(FirstRunPage)
        page.name.set_text(name)
        page.team.set_text(team)
        page.passphrase.set_text(passphrase)
        page.primary.click()
        return self.until_open()

    def close(self) -> None:
        """Close the window, wait for the end of the program, and take every part down."""
        if self._ended:
            return
        self._ended = True
        self.program.window.close()
        self.loop.until(self._main.done, "the end of the program", STARTED_WITHIN)
        code = self._main.result()
        self._take_down()
        assert code == 0, f"the program ended with {code}"

    def kill(self) -> None:
        """Stop as a power cut does: nothing is kept, nothing is told, the files are let go."""
        self._ended = True
        program = self.program
        program.beat.stop()
        self._main.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            self.loop.run(_of_task(self._main))
        self.loop.run(program.tasks.stop())
        if program.opened is not None:
            self.loop.run(program.opener.close(program.opened))
        program._lock.release()
        program.window.let_close()
        self._take_down()

    def _take_down(self) -> None:
        program = self.program
        self.app.removeEventFilter(program.router)
        self.app.removeEventFilter(program.beat)
        for part in (program.window, program.router, program):
            part.deleteLater()
        self.loop.turn()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.loop.close()

    def _on_said(self, level: str, sentence: str, undo: str) -> None:
        self.said.append((level, sentence, undo))


async def _of(future: Any) -> Any:
    return await asyncio.wrap_future(future)


async def _of_task(task: asyncio.Task[T]) -> T:
    return await task


Start = Callable[..., Running]


@pytest.fixture
def start_program(
    qapp: QApplication, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Start]:
    """Start the program as often as the test asks, one run after the other.

    Arguments: profile (desk, demo or training), ``clock``, ``story`` (the demo plays the world
    outside), and settings of the station by name.
    """
    import keyring
    from keyring.backends import fail

    # A test may not write in the keyring of whoever runs it.
    kept = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]  # it has no types
    # A passphrase costs its full work in programs of their own process (windows.py, child.py).
    monkeypatch.setattr(keys, "KeyRing", CheapKeyRing)
    runs: list[Running] = []

    def start(
        name: str = DESK, clock: Clock | None = None, *, story: bool = False, **settings: Any
    ) -> Running:
        if settings:
            station.save(profile(name).settings, station.Settings(**settings))
        run = Running(qapp, theme, Options(name), clock, story=story)
        runs.append(run)
        return run

    yield start
    for run in reversed(runs):
        run.close()
    keyring.set_keyring(kept)


@pytest.fixture
def desk_program(start_program: Start) -> Running:
    """The desk with its first person signed in and an empty list in front."""
    run = start_program()
    run.begin()
    return run


@pytest.fixture
def demo_program(start_program: Start) -> Running:
    """The desk on the invented town, open at the list."""
    run = start_program(DEMO)
    run.until_open()
    return run


def at(year: int, month: int, day: int, hour: int, minute: int) -> datetime:
    """Return a Dutch moment for a clock that stands still."""
    from console.domain.clock import LOCAL

    return datetime(year, month, day, hour, minute, tzinfo=LOCAL)
