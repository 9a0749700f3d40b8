"""Werkproces: the panel of F1 beside the task, and the whole process as a page (F40)."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from console.bridge import settled
from console.domain.clock import LOCAL
from console.domain.failures import Problem
from console.domain.workbook import Step, Workbook
from console.presenters.kit import Kit, Presenter
from console.presenters.paper import ask_to_print, write_paper
from console.views.dialogs.directory import Confirm
from console.views.dialogs.work_step import StepDialog
from console.views.main_window import MainWindow
from console.views.process import words
from console.views.process.panel import ProcessPanel
from console.views.process.screen import ProcessScreen
from console.views.screen import Screen
from console.views.text import date_text

WATCHED = ("workbook", "step", "step_tick", "person")


def paper(kit: Kit, book: Workbook) -> str:
    """Return the whole process as it goes on paper."""
    desk, now = kit.services.desk, kit.clock.now().astimezone(LOCAL)
    state = "" if not words.is_draft(book) else f" ({words.DRAFT})"
    return write_paper(
        "process",
        book=book,
        team=desk.team or "Buurtdesk",
        version=f"{words.version_words(book)}{state}",
        scopes=[(words.scope_title(scope), steps) for scope, steps in words.grouped(book)],
        printed=f"{date_text(now)}, {now:%H:%M}",
        printed_by=desk.person.name if desk.person else "",
    )


def _print(presenter: Presenter, window: QWidget, book: Workbook | None) -> None:
    if book is None:
        presenter.kit.messages.info(words.NO_BOOK)
        return
    title = f"Werkproces versie {book.version}"
    ask_to_print(presenter.kit, window, title, paper(presenter.kit, book))


class PanelPresenter(Presenter):
    """Keeps the panel at the step of the screen under it, with the ticks of its event."""

    watches = WATCHED

    def __init__(self, kit: Kit, window: MainWindow, panel: ProcessPanel) -> None:
        super().__init__(kit, panel)
        self.panel = panel
        self._window = window
        self._service = kit.services.workbooks
        self._book: Workbook | None = None
        self._at: tuple[str, str, str] = ("", "", "")
        panel.tick_requested.connect(self._on_tick)
        panel.print_requested.connect(self._on_print)
        panel.whole_requested.connect(self._on_whole)
        # The screen does the command after this; only then it may be about something else.
        panel.under_touched.connect(self.follow, Qt.ConnectionType.QueuedConnection)

    def refresh(self) -> None:
        """Ask for the steps and ticks anew."""
        self._at = self._where()
        self.run(self._load(self._at))

    def tick(self) -> None:
        """Notice that the screen under the panel is about something else now."""
        self.follow()

    def follow(self) -> None:
        """Go along with the screen under the panel."""
        if not self.panel.is_open():
            return
        if isinstance(self._window.stack.currentWidget(), ProcessScreen):
            # The whole process stands there already.
            self.panel.close_with(None)
        elif self._where() != self._at:
            self.refresh()

    async def _load(self, at: tuple[str, str, str]) -> None:
        scope, kind, subject_id = at
        book = await settled(self._service.current(subject_id))
        if at == self._at:
            self._book = book
            self.panel.set_book(book, scope, kind)

    def _where(self) -> tuple[str, str, str]:
        """Return the part of the process and the event; without one the ticks are of today."""
        screen = self._window.stack.currentWidget()
        scope, kind, subject_id = "", "", ""
        if isinstance(screen, Screen):
            scope = screen.step
            kind, subject_id = screen.event_subject()
        if not subject_id:
            today = self.kit.clock.now().astimezone(LOCAL)
            kind, subject_id = "day", f"day-{today:%Y-%m-%d}"
        return scope, kind, subject_id

    def _on_tick(self, step_id: str) -> None:
        if self._where() != self._at:
            self.follow()
            return
        steps = self._book.steps if self._book else ()
        step = next((one for one in steps if one.id == step_id), None)
        if step is not None:
            self.run(self._tick(step))

    async def _tick(self, step: Step) -> None:
        at = self._at
        await settled(self._service.tick(step, at[1], at[2]))
        await self._load(at)
        if not step.ticked_at:
            self.panel.step_after_tick()

    def _on_print(self) -> None:
        _print(self, self._window, self._book)

    def _on_whole(self) -> None:
        self.panel.close_with(None)
        self.kit.navigator.open("process", step_id=self.panel.current())


class ProcessPresenter(Presenter):
    """The page: everybody reads, the account holder writes; each change is a new version."""

    watches = WATCHED

    def __init__(self, kit: Kit, screen: ProcessScreen) -> None:
        super().__init__(kit, screen)
        self.screen = screen
        self._service = kit.services.workbooks
        self._book: Workbook | None = None
        self._who: Problem | None = None
        self._wanted = ""
        self._dialog: StepDialog | None = None
        screen.act_requested.connect(self._on_act)
        screen.approve_requested.connect(self._on_approve)
        screen.print_requested.connect(self._on_print)

    def open(self, **params: Any) -> None:
        """Show the process; ``step_id`` chooses a step, ``scope`` the first step of a part."""
        self._wanted = str(params.get("step_id", "") or "")
        super().open(**params)

    def refresh(self) -> None:
        """Ask for the process anew."""
        self.run(self._load())

    def refused(self, problem: Problem) -> None:
        """Say it in the dialog that is open, else as a notice."""
        if self._dialog is not None:
            self._dialog.show_problem(f"{problem.sentence} {problem.next_step}".strip())
        else:
            super().refused(problem)

    async def _load(self) -> None:
        self._who = await settled(self._service.who_writes())
        self._book = await settled(self._service.current())
        who = f"{self._who.sentence} {self._who.next_step}" if self._who else ""
        self.screen.set_book(self._book, who)
        if self._wanted:
            self.screen.choose(self._wanted)
            self._wanted = ""

    def _step(self, step_id: str) -> Step | None:
        steps = self._book.steps if self._book else ()
        return next((one for one in steps if one.id == step_id), None)

    def _on_act(self, act: str, step_id: str) -> None:
        book, step = self._book, self._step(step_id)
        if self._who is not None:
            self.kit.messages.problem(self._who)
        elif book is None:
            self.kit.messages.info(words.NO_BOOK)
        elif act == "new":
            self._write(None, step.scope if step else next(iter(words.SCOPES)))
        elif step is None:
            return
        elif act == "edit":
            self._write(step, step.scope)
        elif act == "remove":
            self._ask_remove(book, step)
        else:
            self.then(self._service.move_step(book, step, -1 if act == "move_earlier" else 1))

    def _write(self, step: Step | None, scope: str) -> None:
        dialog = StepDialog(self.screen.window(), step, scope)
        dialog.given.connect(partial(self._on_given, step))
        dialog.finished.connect(self._on_finished)
        self._dialog = dialog
        self._show(dialog)

    def _on_given(self, step: Step | None, scope: str, title: str, text: str, way: str) -> None:
        if self._book is not None:
            writing = self._service.write_step(
                self._book, step, scope=scope, title=title, text=text, way_out=way
            )
            self.then(writing, self._on_written)

    def _on_written(self, _nothing: None) -> None:
        if self._dialog is not None:
            self._dialog.accept()
        self.kit.messages.good("Bewaard als nieuwe versie. Stel die vast als alles klopt.")

    def _on_finished(self, _result: object) -> None:
        self._dialog = None

    def _ask_remove(self, book: Workbook, step: Step) -> None:
        ask = Confirm(
            self.screen.window(),
            "Stap weghalen",
            f"“{step.title}” gaat uit het werkproces. Vinkjes die er al zijn, blijven bewaard.",
            "Haal weg",
        )
        ask.confirmed.connect(partial(self._on_remove, book, step))
        self._show(ask)

    def _on_remove(self, book: Workbook, step: Step) -> None:
        self.then(self._service.remove_step(book, step))

    def _on_approve(self) -> None:
        book, person = self._book, self.kit.services.desk.person
        if book is None or person is None or self._who is not None:
            return
        ask = Confirm(
            self.screen.window(),
            f"Versie {book.version} vaststellen",
            f"Uw naam komt eronder: vastgesteld door {person.name}. "
            "Iedereen van het team ziet dat bij elke stap.",
            "Stel vast",
        )
        ask.confirmed.connect(partial(self._on_approved, book))
        self._show(ask)

    def _on_approved(self, book: Workbook) -> None:
        self.then(self._service.approve(book))

    def _show(self, dialog: StepDialog | Confirm) -> None:
        dialog.open()
        self.kit.navigator.add_layer(dialog)

    def _on_print(self) -> None:
        _print(self, self.screen.window(), self._book)


def make(kit: Kit, window: QWidget) -> tuple[ProcessScreen, ProcessPresenter]:
    """Build the page and its presenter."""
    screen = ProcessScreen(window)
    return screen, ProcessPresenter(kit, screen)


def open_panel(kit: Kit, window: QWidget, **_params: Any) -> ProcessPanel | None:
    """Open the panel at the step of this screen; where it stands open already, close it."""
    if not isinstance(window, MainWindow):
        return None
    options = Qt.FindChildOption.FindDirectChildrenOnly
    for panel in window.findChildren(ProcessPanel, options=options):
        if panel.is_open():
            panel.close_with(None)
            return None
    panel = ProcessPanel(window)
    presenter = PanelPresenter(kit, window, panel)
    panel.open()
    presenter.open()
    return panel
