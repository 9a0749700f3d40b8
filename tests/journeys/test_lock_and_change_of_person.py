"""The desk locks, opens again, and changes hands without mixing up two people (security.md §3)."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from console.domain.report import NewReport
from console.services.memory import Memory
from console.storage.outbox import counts
from console.views.dialogs.new_report import NewReportDialog
from console.views.gates.sign_in import SignInPage
from tests.helpers.program import NAME, PASSPHRASE, Running, Start

COLLEAGUE = "Ruben Voorbeeld"
WORDS = "drie groene bomen binnen"


def _unlock(run: Running, passphrase: str, name: str = "") -> None:
    page = run.gate(SignInPage)
    if name:
        person = next(one for one in page._persons.values() if one.name == name)
        page.names.set_current(person.id)
    page.passphrase.set_text(passphrase)
    page.primary.click()


def _report(run: Running, text: str) -> str:
    now = run.kit.services.desk.now()
    new = NewReport("person", text, "Dorpsstraat", now)
    return str(run.settled(run.services.reports.add(new)))


def _now(future: Any) -> Any:
    """Wait for a look of another thread; the screen is not needed for it."""
    return future.result(10)


def _outbox(run: Running) -> Any:
    me = run.person.id
    return run.settled(run.services.desk.look(lambda conn: counts(conn, me)))


def test_ctrl_l_locks_and_only_the_passphrase_opens(desk_program: Running) -> None:
    run = desk_program
    run.ctrl(Qt.Key.Key_L)
    page = run.gate(SignInPage)
    assert not run.window.rail.isVisible()
    run.key(Qt.Key.Key_N)
    assert isinstance(run.popup(), SignInPage)
    _unlock(run, "een zin die niet klopt")
    run.until(lambda: "Let op hoofdletters" in page.passphrase.editor.accessibleName(), "the word")
    assert page.passphrase.text() == ""
    page.passphrase.set_text(PASSPHRASE)
    run.ctrl(Qt.Key.Key_Return)
    run.until_open()
    assert run.window.rail.isVisible()


def test_what_was_typed_is_still_there_behind_the_lock(desk_program: Running) -> None:
    run = desk_program
    run.key(Qt.Key.Key_N)
    dialog = run.popup()
    assert isinstance(dialog, NewReportDialog)
    dialog.place.set_text("Dorpsstraat")
    run.ctrl(Qt.Key.Key_L)
    run.gate(SignInPage)
    assert not dialog.isVisible()
    _unlock(run, PASSPHRASE)
    run.until_open()
    assert dialog.isVisible()
    assert dialog.place.text() == "Dorpsstraat"
    focus = run.app.focusWidget()
    assert focus is not None
    assert dialog.isAncestorOf(focus)


def test_the_desk_locks_after_idle_minutes(
    start_program: Start,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = start_program(lock_minutes=1)
    run.begin()
    late = SimpleNamespace(monotonic=lambda: time.monotonic() + 61)
    run.program.beat._on_beat()
    run.loop.turn()
    assert run.window.gate is None
    monkeypatch.setattr("console.app.beat.time", late)
    run.program.beat._on_beat()
    run.gate(SignInPage)


def test_a_change_of_person_keeps_two_people_apart(desk_program: Running) -> None:
    run = desk_program
    run.settled(run.services.people.add(COLLEAGUE, ("operator",), WORDS))
    run.exchanged()
    run.cut()
    _report(run, "Dit is van de eerste.")
    run.key(Qt.Key.Key_N)
    first = run.popup()
    first.place.set_text("Halve zin van de eerste")
    QGuiApplication.clipboard().setText("van buiten")
    run.ctrl(Qt.Key.Key_L)
    page = run.gate(SignInPage)
    assert {one.name for one in page._persons.values()} == {NAME, COLLEAGUE}
    run.central.switch.down = False
    _unlock(run, WORDS, COLLEAGUE)
    run.until_open()
    assert run.person.name == COLLEAGUE
    run.key(Qt.Key.Key_N)
    second = run.popup()
    assert second is not first
    assert second.place.text() == ""
    assert _outbox(run).queue == 0


def test_unsaved_input_is_gone_when_somebody_else_was_here(
    desk_program: Running,
) -> None:
    run = desk_program
    run.settled(run.services.people.add(COLLEAGUE, ("operator",), WORDS))
    run.key(Qt.Key.Key_N)
    run.popup().place.set_text("Halve zin van de eerste")
    memory = Memory(run.services.desk)
    run.until(lambda: _now(memory.typed("new-report")), "the half sentence is kept")
    run.ctrl(Qt.Key.Key_L)
    _unlock(run, WORDS, COLLEAGUE)
    run.until_open()
    run.ctrl(Qt.Key.Key_L)
    _unlock(run, PASSPHRASE, NAME)
    run.until_open()
    assert run.settled(Memory(run.services.desk).typed("new-report")) == {}
    run.key(Qt.Key.Key_N)
    run.loop.turn(20)
    assert run.popup().place.text() == ""


def test_nobody_sends_what_another_made(desk_program: Running) -> None:
    run = desk_program
    run.settled(run.services.people.add(COLLEAGUE, ("operator",), WORDS))
    run.exchanged()
    run.cut()
    _report(run, "Dit is van de eerste en wacht nog.")
    assert _outbox(run).queue == 2
    run.ctrl(Qt.Key.Key_L)
    run.gate(SignInPage)
    _unlock(run, WORDS, COLLEAGUE)
    # Until the other is in, the first one's own session may still send what the first one made.
    run.until(lambda: run.program.person and run.person.name == COLLEAGUE, "the colleague")
    run.central.switch.down = False
    run.until_open()
    run.exchanged()
    waiting = _outbox(run)
    assert (waiting.queue, waiting.others) == (0, 2)
    run.ctrl(Qt.Key.Key_L)
    run.gate(SignInPage)
    _unlock(run, PASSPHRASE, NAME)
    run.until_open()
    run.exchanged()
    waiting = _outbox(run)
    assert (waiting.queue, waiting.others) == (0, 0)


def test_a_second_start_asks_the_passphrase_and_shows_no_names(
    start_program: Start,
) -> None:
    first = start_program()
    first.begin()
    first.close()
    second = start_program()
    page = second.gate(SignInPage)
    assert page._persons == {}
    assert NAME not in page.accessibleName()
    page.passphrase.set_text("dit is de verkeerde zin")
    page.primary.click()
    second.until(lambda: "hoofdletters" in page.passphrase.editor.accessibleName(), "the words")
    page.passphrase.set_text(PASSPHRASE)
    page.primary.click()
    second.until_open()
    assert second.person.name == NAME


def test_the_training_desk_has_its_own_file_and_name(start_program: Start) -> None:
    real = start_program()
    real.begin()
    _report(real, "Een echte melding.")
    real.close()
    training = start_program("training")
    training.begin(team="Basisteam Voorbeeldland")
    assert training.window.windowTitle().startswith("OEFENING ")
    assert training.program.profile.database != real.program.profile.database
    assert training.ask(training.services.reports.counts).open == 0
    assert training.services.desk.training
