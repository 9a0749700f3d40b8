"""A real window with real services on a real encrypted file, driven by keys; no screen needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from console.bridge import Tasks, ThreadRelay
from console.domain.status import Lamp, Status
from console.presenters.kit import Feed, Kit, Messages, Presenter
from console.presenters.services import Services
from console.presenters.shell import Shell
from console.services.desk import Desk
from console.views.keys.router import KeyRouter
from console.views.main_window import MainWindow
from console.views.screen import Screen
from tests.helpers.loop import ACTIVE_MS, DeskLoop

Make = Callable[[Kit, QWidget], tuple[Screen, Presenter]]
Open = Callable[..., Any]


class DeskWindow:
    """Window, shell, router and kit of one test; ``close`` takes everything down again."""

    def __init__(self, desk: Desk, clock: Any, loop: DeskLoop, size: tuple[int, int]) -> None:
        self.loop = loop
        self.failures: list[BaseException] = []
        self.said: list[tuple[str, str, str]] = []
        self.status = Status(
            Lamp("central", "here"), Lamp("burgernet", "unset"), Lamp("whatsapp", "unknown")
        )
        self.window = MainWindow()
        self.window.resize(*size)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._app = app
        self.router = KeyRouter(app)
        self.shell = Shell(self.window, self.router)
        self.shell.set_locked(False)
        self.tasks = Tasks(self.window)
        self.tasks.failed.connect(self.failures.append)
        self.feed = Feed(self.window)
        self.messages = Messages(self.window)
        self.messages.said.connect(self._on_said)
        self._relay = ThreadRelay(self.window)
        self._relay.arrived.connect(self.feed.changed)
        desk.store.subscribe(self._relay.send)
        self.kit = Kit(
            services=Services(desk),
            tasks=self.tasks,
            feed=self.feed,
            messages=self.messages,
            navigator=self.shell,
            clock=clock,
            status=self._status,
        )
        self.window.show()
        self.window.activateWindow()
        assert QTest.qWaitForWindowActive(self.window, ACTIVE_MS), "the window got no keyboard"

    def screen(self, name: str, make: Make) -> tuple[Any, Any]:
        """Register a screen and bring it to the front."""

        def build() -> tuple[Screen, Presenter]:
            return make(self.kit, self.window)

        self.shell.register(name, build)
        self.shell.open(name)
        return self.shell.screen(), self.shell.presenter(name)

    def popup(self, name: str, opener: Open) -> None:
        """Register a popup."""

        def build(**params: Any) -> Any:
            return opener(self.kit, self.window, **params)

        self.shell.register_popup(name, build)

    def key(
        self,
        key: Qt.Key,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        times: int = 1,
    ) -> None:
        """Press a key where the keyboard is."""
        for _ in range(times):
            with self.loop.pressing():
                QTest.keyClick(self._app.focusWidget() or self.window, key, modifiers)

    def type(self, text: str) -> None:
        """Type a text where the keyboard is."""
        with self.loop.pressing():
            QTest.keyClicks(self._app.focusWidget() or self.window, text)

    def until(self, condition: Callable[[], object], what: str = "") -> None:
        """Wait for something; nothing may have failed by then."""
        self.loop.until(condition, what)
        assert not self.failures, self.failures

    def popup_open(self) -> Any:
        """Return the dialog on top, or None."""
        return self.shell.top_layer()

    def close(self) -> None:
        """Take the window down and let every task end."""
        self._app.removeEventFilter(self.router)
        self.loop.turn()
        self._finish()
        self.window.let_close()
        self.window.deleteLater()
        self.router.deleteLater()
        self.loop.turn()

    def _finish(self) -> None:
        ended: list[bool] = []

        async def stop() -> None:
            await self.tasks.stop()
            ended.append(True)

        self.loop.run(stop())

    def _status(self) -> Status:
        return self.status

    def _on_said(self, level: str, sentence: str, undo: str) -> None:
        self.said.append((level, sentence, undo))
