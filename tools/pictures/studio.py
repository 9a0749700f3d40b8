"""Runs the real desk offscreen, brings it where a picture is wanted, and keeps what it shows."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop
from sqlalchemy import select

from console.app.damage import page_words
from console.app.demo_clock import StillClock
from console.app.options import Options
from console.app.program import Program
from console.domain.failures import Problem
from console.models.directory import area, group
from console.models.post import post
from console.models.report import report
from console.services.desk import new_id
from console.storage.damage import Left
from console.views.gates.damaged import DamagedPage
from console.views.gates.error import ErrorPage
from console.views.gates.first_run import FirstRunPage
from console.views.main_window import MainWindow
from console.views.theme.theme import Theme
from contract.op import Op
from main import make_central, make_demo_central
from tools.pictures import team
from tools.pictures.shots import LATER, SHOTS, UNSEEN
from tools.second_desk import CentralMaker, push_from_elsewhere

MOMENT = datetime(2026, 11, 12, 15, 41, tzinfo=UTC)
SIZES = ((1440, 900), (1280, 800))
MODES = ("light", "dark")
LARGEST = 150_000
STORY_S = 180.0
"""How far the story of the sources outside is: an action runs, every source answers."""

WITHIN = 30.0
COLOURS = 256
RESIDENT = frozenset({"clipboard"})
"""Tasks that live as long as the desk."""

_NAMED: dict[str, Any] = {"area": area, "group": group, "post": post, "report": report}
_TITLE = {"area": "name", "group": "name", "post": "title", "report": "title"}


class Studio:
    """``make`` takes every picture; ``made`` counts them, ``heavy`` names those over 150 kB."""

    def __init__(self, out: Path) -> None:
        self.made = 0
        self.heavy: list[tuple[str, int]] = []
        self._out = out
        self._app = QApplication.instance() or QApplication([])
        assert isinstance(self._app, QApplication)
        self._app.setQuitOnLastWindowClosed(False)
        self._theme = Theme(self._app)
        self._loop = QEventLoop(self._app)
        asyncio.set_event_loop(self._loop)
        self._central = CentralMaker()
        self._program: Any = None
        self._wanted: frozenset[str] = frozenset()

    def make(self, wanted: frozenset[str]) -> None:
        """Take the pictures whose names begin with one of these; none named: all."""
        self._wanted = wanted
        self._out.mkdir(parents=True, exist_ok=True)
        self._gates()
        self._team()
        self._start("demo")
        for mode in MODES:
            self._theme.set_mode("dark" if mode == "dark" else "light")
            for size in SIZES:
                self._program.window.resize(*size)
                for shot in SHOTS:
                    shot.go(self)
                    if shot.name not in UNSEEN:
                        self._keep(shot.name, mode, size)
                    self._close_popup()
        for shot in LATER:
            shot.go(self)
            self._in_both(shot.name)
            self._close_popup()
        self._trouble()
        self._locked()
        self._stop()
        self._training()
        self._loop.close()

    @property
    def kit(self) -> Any:
        """What the presenters work with."""
        return self._program.kit

    @property
    def window(self) -> MainWindow:
        """The window of the desk."""
        window = self._program.window
        assert isinstance(window, MainWindow)
        return window

    def settle(self) -> None:
        """Wait until nothing happens any more."""
        self._settle()

    def open(self, name: str, **params: Any) -> None:
        """Open a screen or popup and let it fill."""
        self._close_popup()
        self._program.shell.open(name, **params)
        self._settle()

    def command(self, name: str) -> None:
        """Do a command of the key table."""
        self._program.shell.do(name)
        self._settle()

    def type(self, text: str) -> None:
        """Type where the keyboard is."""
        QTest.keyClicks(QApplication.focusWidget() or self._program.window, text)
        self._settle()

    def id_of(self, value: str) -> str:
        """Return the id of "post:Title" and the like; other values as they are."""
        kind, _, title = value.partition(":")
        table = _NAMED.get(kind)
        if table is None or not title:
            return value
        column = table.c[_TITLE[kind]]
        statement = select(table.c.id).where(column == title).order_by(table.c.n)
        store = self._program.opened.store
        found = store.read(lambda conn: conn.execute(statement).scalars().first()).result(10)
        assert found, f"the demo has no {value}"
        return str(found)

    def _gates(self) -> None:
        for mode in MODES:
            self._theme.set_mode("dark" if mode == "dark" else "light")
            newer = Problem(
                "file-newer", "Dit bestand is van een nieuwere desk.", "Werk de desk hier ook bij."
            )
            for name, page in (
                ("eerste-start", FirstRunPage(has_keyring=False)),
                ("fout", ErrorPage(newer)),
                ("beschadigd", DamagedPage(page_words(Left(12, 2), elsewhere=True))),
            ):
                window = MainWindow()
                window.resize(*SIZES[0])
                window.show_gate(page)
                window.show()
                page.take_focus()
                self._settle()
                self._keep(name, mode, SIZES[0], window)
                window.let_close()
                window.deleteLater()

    def _team(self) -> None:
        for mode in MODES:
            self._theme.set_mode("dark" if mode == "dark" else "light")
            for size in SIZES:
                for name, window in team.pages(MOMENT):
                    window.resize(*size)
                    window.show()
                    self._turn(16)
                    self._keep(name, mode, size, window)
                    window.let_close()
                    window.close()
                    window.deleteLater()

    def _start(self, profile: str) -> None:
        assert isinstance(self._app, QApplication)
        story = profile == "demo"
        make = partial(make_demo_central, ahead_s=STORY_S) if story else make_central
        self._central = CentralMaker(make)
        self._program = Program(
            self._app,
            self._theme,
            Options(profile),
            self._central,
            StillClock(MOMENT),
            story=story,
        )
        self._program.tasks.failed.connect(_fail)
        self._program.show()
        self._main = self._loop.create_task(self._program.main())
        if story:
            self._until_open()
            self._hear()

    def _hear(self) -> None:
        """Have central look once at every source of the story, and the desk hear of it."""
        feeds = self._central.switch.central._app.state.office.feeds
        feeds.stop()
        # On a thread of its own: a second event loop would end the one of the screen.
        with ThreadPoolExecutor(1) as pool:
            pool.submit(feeds.look_now).result(30)
        self._exchange()
        self._program.window.notice.hide()

    def _until_open(self) -> None:
        program = self._program
        self._until(
            lambda: (
                program.window.gate is None
                and program.shell.here == "reports"
                and "connect" not in program.tasks.names()
            )
        )

    def _stop(self) -> None:
        self._program.window.close()
        self._until(self._main.done)
        self._app.removeEventFilter(self._program.router)
        self._app.removeEventFilter(self._program.beat)
        self._program.deleteLater()

    def _trouble(self) -> None:
        """Cut the line, let two people change one report, and join it again."""
        program = self._program
        services = program.kit.services
        self.open("reports")
        report_id = self.id_of("report:Hek van bouwplaats open")
        store = program.opened.store
        text = store.read(
            lambda conn: conn.execute(
                select(report.c.text).where(report.c.id == report_id)
            ).scalar_one()
        ).result(10)
        self._central.switch.down = True
        mine = "Het slot ligt ernaast. Er staan drie kranen binnen en een auto."
        services.reports.amend(report_id, text=mine).result(10)
        self._exchange()
        self._in_both("zonder-netwerk")
        ruben = store.read(_find_ruben).result(10)
        theirs = {"text": "Het slot ligt ernaast. De aannemer is gebeld en komt om 17:00."}
        team = program.opened.engine.gateway.session.team.id
        op = Op(new_id(), "update", "report", report_id, theirs, {"text": text})
        push_from_elsewhere(self._central.switch, team, ruben, [op])
        self._central.switch.down = False
        self._exchange()
        self.open("tray")
        self._in_both("beslissen")
        self._close_popup()

    def _locked(self) -> None:
        self.command("lock")
        self._until(lambda: self._program.window.gate is not None)
        self._settle()
        self._in_both("op-slot")

    def _training(self) -> None:
        self._start("training")
        self._until(lambda: isinstance(self._program.window.gate, FirstRunPage))
        page = self._program.window.gate
        page.name.set_text("Lotte Brakel")
        page.team.set_text("Basisteam Wielderland")
        page.passphrase.set_text("vier rode fietsen buiten")
        page.primary.click()
        self._until_open()
        self._settle()
        self._in_both("oefening")
        self._stop()

    def _in_both(self, name: str) -> None:
        for mode in MODES:
            self._theme.set_mode("dark" if mode == "dark" else "light")
            for size in SIZES:
                self._program.window.resize(*size)
                self._settle()
                self._keep(name, mode, size)

    def _exchange(self) -> None:
        opened = self._program.opened
        opened.thread.submit(opened.engine.step()).result(20)
        self._program.beat.ask()
        self._settle()
        self._settle()

    def _close_popup(self) -> None:
        layer = self._program.shell.top_layer()
        close = getattr(layer, "close_with", None)
        if close is not None:
            close(None)
            self._settle()
        elif layer is not None:
            layer.do("back")
            self._settle()

    def _settle(self) -> None:
        """Wait until no task runs and everything has been painted."""
        program = self._program

        def quiet() -> bool:
            return program is None or not set(program.tasks.names()) - RESIDENT

        for _ in range(3):
            self._until(quiet)
            self._turn(8)

    def _turn(self, times: int) -> None:
        async def wait() -> None:
            for _ in range(times):
                await asyncio.sleep(0.004)

        self._loop.run_until_complete(wait())

    def _until(self, condition: Callable[[], object]) -> None:
        end = time.monotonic() + WITHIN
        while not condition():
            self._turn(2)
            if time.monotonic() > end:
                busy = self._program.tasks.names() if self._program else []
                raise AssertionError(f"the desk did not come this far, busy with {busy}")

    def _keep(
        self, name: str, mode: str, size: tuple[int, int], window: MainWindow | None = None
    ) -> None:
        if self._wanted and not any(name.startswith(one) for one in self._wanted):
            return
        shown = window or self._program.window
        small = "" if size == SIZES[0] else f"-{size[0]}"
        image = shown.grab().toImage()
        data = _as_png(image)
        path = self._out / f"{name}{small}-{mode}.png"
        path.write_bytes(data)
        self.made += 1
        if len(data) > LARGEST:
            self.heavy.append((path.name, len(data)))


def _as_png(image: QImage) -> bytes:
    """Write an image in 256 colours of its own where that is smaller; the eye sees no difference."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    flag = Qt.ImageConversionFlag
    few = plain.convertToFormat(
        QImage.Format.Format_Indexed8, _table(plain), flag.AvoidDither | flag.ThresholdDither
    )
    return min((_encoded(few), _encoded(plain)), key=len)


def _table(image: QImage) -> list[int]:
    """Return the commonest colours of a picture, and then those that lie furthest from them.

    Grounds and lines keep their exact colour that way, and a small green lamp is not lost among
    the greys of soft letters.
    """
    counted = Counter(memoryview(image.constBits()).cast("B").cast("I"))
    table = [colour for colour, _ in counted.most_common(COLOURS // 2)]
    # One colour stands for all that differ from it in the last three bits only.
    rest = {colour & 0xFFF8F8F8: colour for colour in reversed(counted)}
    far = {colour: min(_apart(colour, other) for other in table) for colour in rest.values()}
    while far and len(table) < COLOURS:
        furthest = max(far, key=far.__getitem__)
        table.append(furthest)
        del far[furthest]
        for colour, apart in far.items():
            far[colour] = min(apart, _apart(colour, furthest))
    return table


def _apart(one: int, other: int) -> int:
    """Return how far two colours lie apart, as the square of the distance."""
    return sum(((one >> shift & 255) - (other >> shift & 255)) ** 2 for shift in (0, 8, 16))


def _encoded(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # Quality 0 is the strongest compression of a PNG; nothing of the picture is lost.
    image.save(buffer, "PNG", 0)  # type: ignore[call-overload]  # stubs want bytes here
    return bytes(buffer.data().data())


def _find_ruben(conn: Any) -> str:
    from console.storage.persons import list_persons

    return next(one.id for one in list_persons(conn) if one.name.startswith("Ruben"))


def _fail(error: object) -> None:
    raise AssertionError(f"the desk failed: {error!r}")
