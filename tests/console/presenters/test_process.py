"""The written work process: one key away, ticked per event, changed by one (F40)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from central import shipped
from console.domain.person import Person
from console.presenters import process as process_presenter
from console.presenters.kit import Presenter
from console.services.desk import Desk
from console.services.workbooks import Workbooks
from console.views.dialogs.work_step import StepDialog
from console.views.process.panel import ProcessPanel
from console.views.process.screen import ProcessScreen
from console.views.process.words import SCOPES
from console.views.screen import Screen
from console.views.theme.theme import Theme
from console.views.widgets.button import Button
from tests.helpers.clock import HandClock
from tests.helpers.desk_window import DeskWindow
from tests.helpers.loop import DeskLoop
from tests.helpers.profile import OTHER, PERSON

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Task(Screen):
    """A screen about one post, with a button that has the keyboard."""

    name = "issue"
    step = "issue"
    scopes = ("issuing", "lists", "outside")

    def __init__(self, parent: Any) -> None:
        super().__init__(parent)
        self.button = Button("Doe iets", parent=self)
        self.post = "post-1"
        self.covered = 0
        self.did: list[str] = []

    def do(self, command: str) -> bool:
        self.did.append(command)
        return command == "down"

    def take_focus(self) -> None:
        self.button.setFocus()

    def event_subject(self) -> tuple[str, str]:
        return "post", self.post

    def set_covered(self, width: int) -> None:
        self.covered = width


@pytest.fixture
def task(
    theme: Theme,
    desk: Desk,
    clock: HandClock,
    loop: DeskLoop,
) -> Iterator[DeskWindow]:
    """A window on a task, with the shipped process in the file and no line to central."""

    def load(unit: Any) -> None:
        for person in (PERSON, OTHER):
            unit.create("person", {"name": person.name, "roles": list(person.roles)}, person.id)
        for record in shipped.workbook():
            unit.create(record.kind, dict(record.body), record.id)

    desk.act(load).result()
    made = DeskWindow(desk, clock, loop, (1440, 900))

    def build() -> tuple[Screen, Presenter]:
        screen = Task(made.window)
        return screen, Presenter(made.kit, screen)

    def page() -> tuple[Screen, Presenter]:
        return process_presenter.make(made.kit, made.window)

    made.shell.register("issue", build)
    made.shell.register("process", page)
    made.popup("process_panel", process_presenter.open_panel)
    made.shell.open("issue")
    yield made
    made.close()


def opened(task: DeskWindow) -> ProcessPanel:
    task.key(KEY.Key_F1)
    panel = task.popup_open()
    assert isinstance(panel, ProcessPanel)
    task.until(panel.current, "the steps")
    return panel


def under(task: DeskWindow) -> Task:
    """Return the screen of the task."""
    screen = task.shell.screen()
    assert isinstance(screen, Task)
    return screen


def page(task: DeskWindow) -> Any:
    task.key(KEY.Key_F1, SHIFT)
    screen = task.shell.screen()
    assert isinstance(screen, ProcessScreen)
    task.until(screen.list.current_id, "the steps")
    return screen


def test_f1_opens_the_steps_of_this_screen_and_f1_closes_them(task: DeskWindow) -> None:
    panel = opened(task)
    scopes = {row.step.scope for row in panel._rows}
    assert scopes == {"issue"}
    assert panel.width() == 420
    assert panel.geometry().right() == task.window.screen_area().right()
    assert under(task).covered == 420
    task.key(KEY.Key_F1)
    assert task.popup_open() is None
    assert under(task).covered == 0


def test_a_draft_says_so_and_names_nobody(task: DeskWindow) -> None:
    panel = opened(task)
    assert panel._draft.isVisible()
    assert panel._draft.text() == "concept, nog niet vastgesteld"
    assert "vastgesteld door" not in panel._version.text()


def test_space_ticks_the_step_for_this_event_and_goes_on(task: DeskWindow, desk: Desk) -> None:
    panel = opened(task)
    first = panel.current()
    task.key(KEY.Key_Space)
    task.until(lambda: panel.current() != first, "the next step")
    ticked = Workbooks(desk).current("post-1").result()
    other = Workbooks(desk).current("post-2").result()
    assert ticked is not None
    assert other is not None
    step = next(one for one in ticked.steps if one.id == first)
    assert (step.ticked_by, bool(step.ticked_at)) == (PERSON.name, True)
    assert not any(one.ticked_at for one in other.steps)
    row = next(row for row in panel._rows if row.step.id == first)
    assert row.accessibleName().startswith("Stap 1 van ")
    assert f"door {PERSON.name}" in row.accessibleName()


def test_esc_gives_the_keyboard_back_to_where_it_was(task: DeskWindow) -> None:
    button = under(task).button
    assert QApplication.focusWidget() is button
    opened(task)
    assert QApplication.focusWidget() is not button
    task.key(KEY.Key_Escape)
    assert QApplication.focusWidget() is button


def test_the_task_stays_usable_beside_the_panel(task: DeskWindow) -> None:
    panel = opened(task)
    screen = under(task)
    before = panel.current()
    screen.button.setFocus()
    task.key(KEY.Key_J)
    assert screen.did[-1] == "down"
    assert panel.current() == before
    panel.take_focus()
    task.key(KEY.Key_J)
    assert panel.current() != before


def test_the_panel_goes_along_when_the_screen_is_about_something_else(task: DeskWindow) -> None:
    panel = opened(task)
    task.key(KEY.Key_Space)
    task.until(lambda: any(row.step.ticked_at for row in panel._rows), "ticked")
    screen = under(task)
    screen.post = "post-2"
    screen.button.setFocus()
    task.key(KEY.Key_J)
    task.until(lambda: not any(row.step.ticked_at for row in panel._rows), "the other post")
    assert panel._progress.text().startswith("0 van ")


def test_a_screen_without_an_event_ticks_for_today(task: DeskWindow, desk: Desk) -> None:
    under(task).post = ""
    panel = opened(task)
    task.key(KEY.Key_Space)
    task.until(lambda: any(row.step.ticked_at for row in panel._rows), "ticked")
    book = Workbooks(desk).current("day-2026-03-10").result()
    assert book is not None
    assert any(step.ticked_at for step in book.steps)


def test_the_whole_process_opens_as_a_page_grouped_by_screen(task: DeskWindow) -> None:
    screen = page(task)
    assert task.shell.here == "process"
    spoken = [card.accessibleName() for card in screen.page._cards]
    assert len(spoken) == len(shipped.workbook()) - 1
    assert all(name.startswith("Stap ") for name in spoken)


def test_the_panel_makes_way_for_the_whole_process(task: DeskWindow) -> None:
    panel = opened(task)
    task.key(KEY.Key_F1, SHIFT)
    assert task.shell.here == "process"
    assert task.popup_open() is None
    assert not panel.is_open()


def test_the_account_holder_writes_moves_removes_and_approves(
    task: DeskWindow,
    desk: Desk,
) -> None:
    screen = page(task)
    task.key(KEY.Key_E)
    dialog = task.popup_open()
    assert isinstance(dialog, StepDialog)
    dialog.title_field.set_text("Vraag altijd eerst naar 112")
    task.key(KEY.Key_Return, CTRL)
    task.until(lambda: task.popup_open() is None, "kept")
    task.until(lambda: "Versie 2" in screen.header._version.text(), "a new version")
    task.key(KEY.Key_Down, ALT)
    task.until(lambda: "Versie 3" in screen.header._version.text(), "moved")
    names = [card.accessibleName() for card in screen.page._cards]
    assert "Vraag altijd eerst naar 112" in names[1]
    task.key(KEY.Key_N)
    task.popup_open().title_field.set_text("Noem uw naam")
    task.key(KEY.Key_Return, CTRL)
    task.until(lambda: "Versie 4" in screen.header._version.text(), "added")
    task.until(lambda: task.popup_open() is None, "kept")
    task.key(KEY.Key_Delete)
    task.key(KEY.Key_Return, CTRL)
    task.until(lambda: "Versie 5" in screen.header._version.text(), "removed")
    assert not any("112" in card.accessibleName()[:60] for card in screen.page._cards)
    task.key(KEY.Key_Return, CTRL)
    task.key(KEY.Key_Return, CTRL)
    task.until(lambda: f"vastgesteld door {PERSON.name}" in screen.header._version.text())
    assert not screen.header._draft.isVisible()


def test_a_step_without_a_title_is_not_kept_and_nothing_typed_is_lost(task: DeskWindow) -> None:
    page(task)
    task.key(KEY.Key_N)
    dialog = task.popup_open()
    dialog.text.set_text("Eerst dit, dan dat.")
    task.key(KEY.Key_Return, CTRL)
    assert dialog.is_open()
    assert dialog._problem.isVisible()
    assert dialog.text.text() == "Eerst dit, dan dat."
    task.key(KEY.Key_Escape)


@pytest.mark.parametrize("key", [KEY.Key_E, KEY.Key_N, KEY.Key_Delete])
def test_others_are_told_whom_to_ask(task: DeskWindow, desk: Desk, key: Qt.Key) -> None:
    desk.person = Person(OTHER.id, OTHER.name, OTHER.roles)
    screen = page(task)
    task.key(key)
    assert task.popup_open() is None
    sentence = f"Dit mag alleen de accounthouder. Vraag {PERSON.name}."
    assert task.said[-1][1] == sentence
    assert screen.footer._who.text() == sentence
    assert not screen.header.approve.isVisible()


def test_every_shipped_step_belongs_to_a_part_with_a_dutch_name() -> None:
    used = {dict(record.body)["scope"] for record in shipped.workbook() if record.kind == "step"}
    assert used <= set(SCOPES)


def test_every_screen_opens_at_a_part_that_the_shipped_process_has() -> None:
    from console.views.burgernet.screen import BurgernetScreen
    from console.views.feedback.screen import FeedbackScreen
    from console.views.groups.screen import GroupsScreen
    from console.views.handover.screen import HandoverScreen
    from console.views.posts.compose import ComposeScreen
    from console.views.posts.issue import IssueScreen
    from console.views.reports.screen import ReportsScreen

    used = {dict(record.body)["scope"] for record in shipped.workbook() if record.kind == "step"}
    screens = (
        BurgernetScreen, ComposeScreen, FeedbackScreen, GroupsScreen, HandoverScreen, IssueScreen,
        ReportsScreen,
    )  # fmt: skip
    assert {screen.step for screen in screens} <= used
