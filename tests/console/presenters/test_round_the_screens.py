"""Key sheet, menu, tray, WhatsApp Web and settings through the real program."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from console.domain.report import NewReport
from console.domain.status import Colleague
from console.services.desk import new_id
from console.services.reports import Reports
from console.storage.persons import list_persons
from console.storage.projection import shown
from console.views.dialogs.key_sheet import KeySheetDialog
from console.views.dialogs.menu import MenuDialog
from console.views.dialogs.tray import TrayDialog
from console.views.dialogs.whatsapp import WhatsAppDialog
from console.views.gates.sign_in import SignInPage
from console.views.settings.screen import PAGES, SettingsScreen
from contract.op import Op
from tests.helpers.program import PASSPHRASE, Running
from tests.helpers.walk import nameless, wider_than

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def _report(run: Running, text: str = "Rode fiets zonder slot.") -> str:
    reports: Reports = run.services.reports
    new = NewReport("surroundings", text, "Dorpsstraat", run.services.desk.now())
    return str(run.settled(reports.add(new)))


def _text_of(run: Running, report_id: str) -> str:
    record = run.settled(
        run.services.desk.look(lambda conn: shown(conn, "report", report_id), "test.text")
    )
    return str(record.body["text"])


def _clash(run: Running) -> str:
    """Have two desks change one text; returns the report."""
    report_id = _report(run)
    run.exchanged()
    run.cut()
    run.settled(run.services.reports.amend(report_id, text="Rode fiets met kapot slot."))
    theirs = Op(
        new_id(),
        "update",
        "report",
        report_id,
        {"text": "Blauwe fiets zonder slot."},
        {"text": "Rode fiets zonder slot."},
    )
    run.elsewhere(run.person.id, theirs)
    run.cut(down=False)
    return report_id


def _open_tray(run: Running) -> TrayDialog:
    run.key(KEY.Key_Q)
    dialog = run.popup()
    assert isinstance(dialog, TrayDialog)
    run.until(lambda: dialog._count.text() or "niets" in str(_words(dialog)), "the tray")
    return dialog


def _words(dialog: TrayDialog) -> list[str]:
    return [part.accessibleName() for part in dialog._page.findChildren(type(dialog._count))]


def test_the_key_sheet_opens_searches_and_closes(desk_program: Running) -> None:
    run = desk_program
    run.type("?")
    dialog = run.popup()
    assert isinstance(dialog, KeySheetDialog)
    assert "Zoek of doe Ctrl+K" in dialog._columns.accessibleName()
    run.type("slot")
    assert "Op slot Ctrl+L" in dialog._columns.accessibleName()
    assert "Burgernet" not in dialog._columns.accessibleName()
    assert nameless(dialog) == []
    assert wider_than(dialog) == []
    run.key(KEY.Key_Escape, times=2)
    assert run.popup() is None


def test_the_menu_does_what_is_chosen_and_greys_what_is_elsewhere(
    desk_program: Running,
) -> None:
    run = desk_program
    run.key(KEY.Key_F10)
    dialog = run.popup()
    assert isinstance(dialog, MenuDialog)
    assert nameless(dialog) == []
    assert dialog._rows["groups:edit"].why_not == "bij Groepen"
    assert dialog._rows["reports:claim"].why_not == ""
    dialog.list.set_current("everywhere:screen_groups")
    run.key(KEY.Key_Return)
    run.until_open("groups")


def test_settings_open_from_the_menu(desk_program: Running) -> None:
    run = desk_program
    run.key(KEY.Key_F10)
    dialog = run.popup()
    dialog.search.set_text("instell")
    dialog.list.setFocus()
    run.key(KEY.Key_Return)
    assert isinstance(run.until_open("settings"), SettingsScreen)


def test_an_empty_tray_says_that_everything_is_sent(desk_program: Running) -> None:
    run = desk_program
    run.exchanged()
    dialog = _open_tray(run)
    assert "Er is niets om te beslissen." in _words(dialog)
    assert nameless(dialog) == []
    dialog.close_with(None)


@pytest.mark.parametrize(
    ("key", "kept"),
    [(KEY.Key_1, "Rode fiets met kapot slot."), (KEY.Key_2, "Blauwe fiets zonder slot.")],
)
def test_two_texts_for_one_report_are_settled_by_a_person(
    key: Qt.Key,
    kept: str,
    desk_program: Running,
) -> None:
    run = desk_program
    report_id = _clash(run)
    assert _text_of(run, report_id) == "Blauwe fiets zonder slot."
    dialog = _open_tray(run)
    assert nameless(dialog) == []
    assert dialog._count.text() == "1 van 1"
    run.key(key)
    run.until(lambda: "Er is niets om te beslissen." in _words(dialog), "the end of the tray")
    run.exchanged()
    assert _text_of(run, report_id) == kept
    dialog.close_with(None)


def test_whatsapp_linked_is_one_key_and_logged_out_shows_the_steps(
    desk_program: Running,
) -> None:
    run = desk_program
    run.key(KEY.Key_W, CTRL | SHIFT)
    dialog: Any = run.popup()
    assert isinstance(dialog, WhatsAppDialog)
    assert nameless(dialog) == []
    run.key(KEY.Key_Return, CTRL | SHIFT)
    run.until(dialog._steps.isVisible, "the steps")
    run.until(lambda: run.program.beat.status.whatsapp.state == "off", "the red lamp")
    run.key(KEY.Key_Return, CTRL)
    run.until(lambda: run.program.beat.status.whatsapp.state == "good", "the green lamp")
    assert run.popup() is None


@pytest.mark.parametrize("page", [row.id for row in PAGES])
@pytest.mark.parametrize("size", [(1440, 900), (1100, 700)])
def test_every_page_of_the_settings_can_be_heard_and_fits(
    page: str,
    size: tuple[int, int],
    desk_program: Running,
) -> None:
    run = desk_program
    run.window.resize(*size)
    run.program.shell.open("settings", page=page)
    run.loop.turn(10)
    screen = run.until_open("settings")
    assert screen.page() == page
    assert nameless(screen) == []
    assert wider_than(screen) == []


def test_the_account_holder_adds_somebody_who_can_then_sign_in(
    desk_program: Running,
) -> None:
    run = desk_program
    run.program.shell.open("settings", page="people")
    screen = run.until_open("settings")
    run.until(lambda: screen.people._people, "the people")
    run.key(KEY.Key_N)
    assert QApplication.focusWidget() is screen.people.name.editor
    screen.people.name.set_text("Ruben Voorbeeld")
    screen.people.passphrase.set_text("te kort")
    run.ctrl(KEY.Key_Return)
    run.until(lambda: not screen.people._said.isHidden(), "the refusal")
    assert screen.people.name.text() == "Ruben Voorbeeld"
    screen.people.passphrase.set_text("drie groene bomen binnen")
    run.ctrl(KEY.Key_Return)
    run.until(lambda: len(screen.people._people) == 2, "the new person")
    people = run.settled(run.services.desk.look(list_persons))
    assert sorted(one.name for one in people)[0] == "Ruben Voorbeeld"
    run.ctrl(KEY.Key_L)
    page = run.gate(SignInPage)
    assert len(page._persons) == 2


def test_the_last_account_holder_stays_one(desk_program: Running) -> None:
    run = desk_program
    run.program.shell.open("settings", page="people")
    screen = run.until_open("settings")
    run.until(lambda: screen.people._people, "the people")
    for tick in screen.people.ticks.values():
        tick.setChecked(False)
    run.ctrl(KEY.Key_Return)
    run.until(lambda: not screen.people._said.isHidden(), "the refusal")
    assert run.person.may("account_holder")


def test_belgium_brings_its_own_closing_line(desk_program: Running) -> None:
    run = desk_program
    run.program.shell.open("settings", page="region")
    screen = run.until_open("settings")
    run.until(lambda: screen.region.choice.selected() == "NL", "the region")
    screen.region.choice.select("BE")
    run.ctrl(KEY.Key_Return)
    run.until(lambda: run.services.desk.region.code == "BE", "Belgium")
    line = run.services.desk.region.closing_line(urgent=False)
    assert line == "Ziet u iets? Bel 101. Reageer niet via WhatsApp."


def test_a_new_passphrase_opens_the_lock(desk_program: Running) -> None:
    run = desk_program
    run.program.shell.open("settings", page="own")
    screen = run.until_open("settings")
    run.until(screen.own.old.isVisible, "the old sentence is asked")
    screen.own.old.set_text(PASSPHRASE)
    screen.own.new.set_text("acht blauwe vissen buiten")
    screen.own.again.set_text("iets anders dan de eerste")
    run.ctrl(KEY.Key_Return)
    assert "anders" in screen.own.again.editor.accessibleName()
    screen.own.again.set_text("acht blauwe vissen buiten")
    run.ctrl(KEY.Key_Return)
    run.until(lambda: screen.own.new.text() == "", "it is kept")
    run.ctrl(KEY.Key_L)
    page = run.gate(SignInPage)
    page.passphrase.set_text("acht blauwe vissen buiten")
    page.primary.click()
    run.until(lambda: run.window.gate is None, "the desk")


def test_the_station_keeps_its_name_and_lock_minutes(desk_program: Running) -> None:
    run = desk_program
    run.program.shell.open("settings", page="station")
    screen = run.until_open("settings")
    run.until(lambda: screen.station.lock.text() == "5", "the minutes")
    screen.station.lock.set_text("90")
    run.ctrl(KEY.Key_Return)
    assert "1 tot en met 60" in screen.station.lock.editor.accessibleName()
    screen.station.lock.set_text("9")
    screen.station.name.set_text("balie 3")
    run.ctrl(KEY.Key_Return)
    run.until(lambda: run.program.settings.lock_minutes == 9, "the setting")
    assert run.services.desk.station == "balie 3"


def test_a_coordinator_reads_whom_to_ask_instead_of_changing_people(
    desk_program: Running,
) -> None:
    run = desk_program
    desk = run.services.desk
    desk.person = replace(desk.person, roles=("operator",))
    run.program.shell.open("settings", page="people")
    screen = run.until_open("settings")
    run.until(lambda: screen.people._why_not, "the reason")
    assert screen.people._why_not.startswith("Dit mag alleen de accounthouder. Vraag ")
    assert not screen.people.new.isEnabled()


def test_without_contact_the_strip_leads_to_the_queue(desk_program: Running) -> None:
    run = desk_program
    run.cut()
    _report(run)
    run.exchanged()
    run.program.beat.ask()
    run.until(run.window.strip.isVisible, "the strip")
    assert "Geen contact met de centrale sinds" in run.window.strip.accessibleName()
    run.window.strip._button.click()
    run.until(lambda: isinstance(run.popup(), TrayDialog), "the tray")
    run.popup().close_with(None)
    run.cut(down=False)
    run.program.beat.ask()
    run.until(lambda: not run.window.strip.isVisible(), "contact again")
    assert any(words.startswith("Weer contact.") for _, words, _ in run.said)


def test_who_is_signed_out_at_central_is_led_to_the_page_to_sign_in(
    desk_program: Running,
) -> None:
    run = desk_program
    status = replace(run.program.beat.status, line="signed_out", trouble="unauthenticated")
    run.program.beat.status = status
    run.program.feed.status_changed.emit(status)
    strip = run.window.strip
    assert strip.isVisible()
    assert "niet meer aangemeld bij de centrale" in strip.accessibleName()
    assert strip._button is not None
    assert strip._button.label() == "Meld opnieuw aan"
    strip._button.click()
    screen = run.until_open("settings")
    assert screen.page() == "central"


def test_a_condition_without_a_way_out_has_no_button_and_the_next_one_has_it_again(
    desk_program: Running,
) -> None:
    run = desk_program
    run.program.beat.status = replace(run.program.beat.status, skew_s=190)
    run.program.feed.status_changed.emit(run.program.beat.status)
    strip = run.window.strip
    assert "loopt 3 min achter" in strip.accessibleName()
    assert strip._button is not None
    assert not strip._button.isVisible()
    old = replace(run.program.beat.status, line="upgrade_needed")
    run.program.beat.status = old
    run.program.feed.status_changed.emit(old)
    assert "te oud voor de centrale" in strip.accessibleName()
    assert strip._button.isVisible()
    assert nameless(strip) == []


def test_colleagues_are_told_when_their_count_is_pressed(
    desk_program: Running,
) -> None:
    run = desk_program
    ruben = Colleague("ruben", "Ruben Voorbeeld", "balie 2", run.services.desk.now())
    run.program.beat.status = replace(run.program.beat.status, colleagues=(ruben,))
    bar = run.window.status_bar
    bar.set_status(run.program.beat.status, run.program.clock.now())
    bar._colleagues.click()
    assert run.said[-1][1].startswith("Nu ook aan het werk: Ruben Voorbeeld aan balie 2 sinds")
