"""The main job of the desk as one story, by keys only, in the real window with the real central.

Budgets are those of day.md: keys are counted without the free text that is typed.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from console.domain.decided import LABELS as DECIDED
from console.views.dialogs.close_report import CloseReportDialog
from console.views.dialogs.import_alert import ImportDialog
from console.views.dialogs.new_report import NewReportDialog
from console.views.dialogs.paste_chat import PasteDialog
from console.views.gates.sign_in import SignInPage
from contract.vocabulary import Role
from tests.helpers.clock import HandClock
from tests.helpers.journey import (
    CHAT,
    CTRL,
    EXPORT,
    KEY,
    MISSING,
    SECOND,
    SECOND_WORDS,
    SHIFT,
    Person,
    Seat,
    first_run,
    shown_in,
)
from tests.helpers.program import PASSPHRASE

pytestmark = [pytest.mark.journey, pytest.mark.timeout(180)]

SAMPLES = Path(__file__).resolve().parents[2] / ".." / "shared" / "samples" / "whatsapp"


def make_directory(person: Person) -> None:
    """Area, groups and shipped templates: the groups in bulk, one administrator by keyboard."""

    def work(unit: object) -> None:
        create = unit.create  # type: ignore[attr-defined]
        create("area", {"name": "Lagebrug", "level": "village"}, "area-lagebrug")
        for number, name in enumerate(("Regiegroep Elzenkade", "Winkeliers Havenkade"), start=2):
            body = {"name": name, "kind": "administrators", "area_id": "area-lagebrug"}
            create("group", {**body, "members": 40}, f"group-{number}")

    person.bulk(work)
    person.press(KEY.Key_G)
    person.until_here("groups")
    person.until(person.screen.tree.view.current_id, "a line of the tree")
    person.press(KEY.Key_N)
    person.until(lambda: person.screen.detail.editor() is not None, "the form")
    person.type("Beheerders Lagebrug")
    person.tab()
    for _ in range(3):
        person.press(KEY.Key_Down)
    person.look("10-group-form")
    while not person.screen.detail.editor().area.field.editor.hasFocus():
        person.tab()
        assert person.keys < 40
    person.type("Lageb")
    person.tab()
    person.confirm()
    person.until(lambda: person.screen.detail.shown()[0] == "group", "the card")
    person.look("11-group-card")


def write_a_report(person: Person) -> None:
    """Quick entry: eight fields at most (D03), then the claim with one key (D02)."""
    person.press(KEY.Key_1, CTRL)
    person.until_here("reports")
    person.press(KEY.Key_N)
    dialog = person.until_dialog(NewReportDialog)
    person.run.loop.turn(10)
    fields = 1
    person.press(KEY.Key_Right)
    for part in ("Twee mensen voelen aan autodeuren", "", "", "right", "lage", "", "Donkere jas"):
        person.tab()
        fields += 1
        if part == "right":
            person.press(KEY.Key_Right)
        elif part:
            person.type(part)
        if part == "lage":
            person.until(dialog.offers_shown, "places")
            person.tab()
    assert fields <= 8
    person.look("20-new-report")
    person.confirm()
    person.until(lambda: not dialog.is_open(), "the report is kept")
    person.until(lambda: person.ask(person.services.reports.counts).open == 1, "one open report")
    person.until(lambda: person.screen.detail.card() is not None, "the report in hand")
    person.look("21-report-in-list")


def give_back_and_claim(person: Person) -> None:
    """Shift+C gives free, C takes: one key, and the screen says so at once."""
    person.press(KEY.Key_C, SHIFT)
    counts = person.services.reports.counts
    person.until(lambda: person.ask(counts).mine == 0, "nobody's")
    person.count()
    person.press(KEY.Key_C)
    assert person.keys == 1
    person.until(lambda: person.ask(counts).mine == 1, "mine again")


def ticked_messages(person: Person, dialog: PasteDialog, wanted: int) -> None:
    """Tick the first messages that can be ticked, by keys, and make reports of them."""
    before = person.ask(person.services.reports.counts).open
    person.until(dialog.lines, "messages")
    left = wanted
    for line in dialog.lines():
        if left and line.can_tick and not line.ticked:
            assert dialog.list.current_id() == line.id
            person.press(KEY.Key_Space)
            left -= 1
        person.press(KEY.Key_J)
    person.look("30-paste")
    person.confirm()
    person.until(lambda: not dialog.is_open(), "reports made")
    counts = person.services.reports.counts
    person.until(lambda: person.ask(counts).open == before + wanted, "in the list")


def paste_messages(person: Person) -> None:
    """Lines from WhatsApp Web: only what is ticked stays."""
    person.on_board(CHAT)
    person.press(KEY.Key_P)
    ticked_messages(person, person.until_dialog(PasteDialog), 2)


def open_chat(person: Person, path: Path, wanted: int) -> None:
    """Open an exported chat with the keyboard: P, the second button, the path, Enter."""
    person.on_board("")
    person.press(KEY.Key_P)
    dialog = person.until_dialog(PasteDialog)
    person.press(KEY.Key_Return, CTRL | SHIFT)
    person.until(lambda: dialog.findChildren(QFileDialog), "the question which file")
    (chooser,) = dialog.findChildren(QFileDialog)
    person.until(chooser.isVisible, "the question shows")
    person.type(str(path))
    person.press(KEY.Key_Return)
    # Without a window manager nobody gives the keyboard back to the desk.
    person.run.window.activateWindow()
    ticked_messages(person, dialog, wanted)


def post_the_missing_man(person: Person) -> str:
    """I, Enter, Tab per field, Ctrl+Enter, Ctrl+Shift+C: ten keys at most (D04, D05)."""
    person.on_board(MISSING)
    person.count()
    person.press(KEY.Key_I)
    dialog = person.until_dialog(ImportDialog)
    person.until(lambda: dialog.go.hasFocus() and dialog.go.isEnabled(), "the text is read")
    person.press(KEY.Key_Return)
    screen = person.until_here("compose")
    person.until(screen.form.current, "the filled template, with the keyboard in it")
    assert person.keys <= 2
    asked = [name for name in screen.form.entries if name not in DECIDED]
    shown = [name for name in asked if screen.form.entries[name].isVisible()]
    for _ in shown[1:]:
        person.tab()
    person.until(screen.footer.issue.isEnabled, "nothing left open")
    person.look("42-compose-done")
    person.confirm()
    person.until_here("issue")
    person.until(lambda: person.screen.card.step() is not None, "the card")
    person.copy()
    person.until(lambda: person.board().startswith("*POLITIE"), "text on the clipboard")
    assert person.keys <= 10
    person.look("43-issue-copied")
    assert person.board().startswith("*POLITIE Voorbeeldland")
    return str(person.screen.event_subject()[1])


def states(person: Person, post_id: str) -> list[str]:
    """Return the states of a post's groups, in order."""
    ledger = person.ask(lambda: person.services.ledger.ledger(post_id))
    return [row.state for row in ledger.rows]


def at_group(person: Person, number: int) -> bool:
    """Say whether the card is at this group."""
    return f"groep {number}" in person.screen.card.step().now


def is_placed(person: Person, post_id: str, place: int) -> bool:
    """Say whether a group has got its text."""
    return states(person, post_id)[place] == "placed"


def place_the_rest(person: Person, post_id: str) -> None:
    """Confirm, then two keys for each further group (D06)."""
    person.confirm()
    person.until(lambda: states(person, post_id)[0] == "placed", "first group")
    person.until(lambda: not person.board(), "the clipboard is emptied at the confirmation")
    total = len(states(person, post_id))
    assert total == 3
    for number in range(1, total):
        person.count()
        person.until(partial(at_group, person, number + 1), "next")
        person.copy()
        person.until(person.board, "next text")
        person.confirm()
        person.until(partial(is_placed, person, post_id, number), "next group")
        person.until(lambda: not person.board(), "emptied again")
        assert person.keys == 2
    person.look("44-issue-done")


def correct_one(person: Person, post_id: str) -> None:
    """From a placed row to the correction on the clipboard: four keys at most (D15)."""
    rows = person.ask(lambda: person.services.ledger.ledger(post_id)).rows
    person.screen.ledger.list.set_current(rows[1].id)
    person.screen.ledger.list.setFocus()
    person.count()
    person.press(KEY.Key_X)
    screen = person.until_here("compose")
    person.until(screen.footer.issue.isEnabled, "the ready text")
    person.look("50-correction")
    person.confirm()
    person.until_here("issue")
    person.until(lambda: person.screen.card.step() is not None, "the card")
    person.copy()
    person.until(lambda: "vervalt" in person.board(), "the correction is on the clipboard")
    assert person.keys <= 4
    assert person.board().startswith("*POLITIE Voorbeeldland")
    place_all(person)


def answer_the_clock(person: Person, post_id: str) -> None:
    """The clock stands on every screen; F, 3, a sentence, Ctrl+Enter, Ctrl+Shift+C (D08, D09)."""
    bar = person.run.window.status_bar
    for key in (KEY.Key_1, KEY.Key_2, KEY.Key_4, KEY.Key_5, KEY.Key_6, KEY.Key_7):
        person.press(key, CTRL)
        person.until(
            lambda: any(words.startswith("Terugkoppeling: ") for words in shown_in(bar)), "clock"
        )
        assert "Terugkoppeling: niets te doen" not in shown_in(bar)
        person.press(KEY.Key_F8)
        screen = person.until_here("feedback")
        person.until(partial(getattr, screen.answer, "card"), "the most urgent one")
        assert screen.answer.card.row.post_id == post_id
    person.press(KEY.Key_1, CTRL)
    person.until_here("reports")
    person.count()
    person.press(KEY.Key_F)
    screen = person.until_here("feedback")
    person.until(lambda: screen.answer.card, "the outcomes")
    person.press(KEY.Key_3)
    person.until(screen.answer.form.current, "the sentence")
    person.type("Dank voor het meekijken.")
    person.until(screen.answer.footer.issue.isEnabled, "nothing left open")
    person.look("60-feedback")
    person.confirm()
    person.until_here("issue")
    person.copy()
    person.until(lambda: "Dank voor het meekijken." in person.board(), "on the clipboard")
    assert person.keys <= 4
    place_all(person)


def place_all(person: Person) -> None:
    """Confirm what is on the clipboard, then copy and confirm each group that still waits."""
    issue = person.screen
    person.until(issue.card.step, "the card")
    for _ in range(20):
        step = issue.card.step()
        if not step.now.startswith("Nu"):
            return
        if person.board():
            person.confirm()
            person.until(lambda: not person.board(), "placed")
        else:
            person.copy()
            person.until(person.board, "copied")
        person.run.loop.turn(10)
    raise AssertionError(f"still at {issue.card.step().now}")


def close_the_report(person: Person) -> None:
    """S, a reason, whether the group helped, Ctrl+Enter (F07, F44)."""
    person.press(KEY.Key_1, CTRL)
    screen = person.until_here("reports")
    person.press(KEY.Key_Home)
    person.until(lambda: screen.list.view.current_id() or screen.list.acute.current(), "a row")
    before = person.ask(person.services.reports.counts)
    person.press(KEY.Key_S)
    dialog = person.until_dialog(CloseReportDialog)
    person.press(KEY.Key_1)
    person.press(KEY.Key_1)
    person.look("70-close")
    person.confirm()
    person.until(lambda: not dialog.is_open(), "closed")
    person.until(
        lambda: person.ask(person.services.reports.counts).open == before.open - 1, "one less"
    )


def add_the_second(person: Person) -> None:
    """The account holder adds a colleague, who can sign in from then on."""
    roles = (Role.OPERATOR,)
    person.settled(person.services.people.add(SECOND, roles, SECOND_WORDS))


def change_person(person: Person, down: int, words: str) -> None:
    """Ctrl+L, choose a name, the passphrase, Ctrl+Enter."""
    person.press(KEY.Key_L, CTRL)
    page = person.run.gate(SignInPage)
    person.look(f"80-lock-{down}")
    if down:
        page.names.setFocus()
        for _ in range(down):
            person.press(KEY.Key_Down)
        person.press(KEY.Key_Return)
    person.until(page.passphrase.editor.hasFocus, "the passphrase")
    person.type(words)
    person.confirm()
    person.run.until_open()


def take_over(person: Person) -> None:
    """The second one reads, one key per line, and accepts with two keys (D11)."""
    person.count()
    person.press(KEY.Key_H)
    screen = person.until_here("handover")
    person.until(lambda: screen.card.sheet is not None, "the sheet")
    person.run.loop.turn(30)
    lines = screen.card.sheet.lines
    assert lines
    person.look("81-handover")
    for _ in lines:
        person.press(KEY.Key_1)
        person.run.loop.turn(5)
    person.look("82-handover-answered")
    person.confirm()
    person.until(lambda: screen.card.sheet.status == "accepted", "accepted by name")
    assert person.keys == 2 + len(lines)
    assert screen.card.sheet.to_name == SECOND
    person.look("83-handover-accepted")


def everything(person: Person) -> dict[str, object]:
    """Return what may not be different after a new start."""
    services = person.services
    tree = person.ask(services.directory.tree)
    posts = person.ask(services.posts.rows)
    counts = person.ask(services.reports.counts)
    return {
        "reports": (counts.open, counts.waiting),
        "groups": sorted(line.name for line in tree.lines),
        "posts": sorted((row.title, row.section) for row in posts),
        "ledgers": [states(person, row.id) for row in sorted(posts, key=lambda row: row.id)],
        "handovers": [row.to_name for row in person.ask(services.handovers.earlier)],
    }


def test_a_shift_from_the_first_start_to_the_next_one(
    seat: Seat,
    hand_clock: HandClock,
    tmp_path: Path,
) -> None:
    person = seat()
    first_run(person)
    assert person.ask(person.services.reports.counts).open == 0
    make_directory(person)
    write_a_report(person)
    give_back_and_claim(person)
    paste_messages(person)
    export = tmp_path / "WhatsApp-chat met Lagebrug.txt"
    export.write_text(EXPORT, encoding="utf-8")
    open_chat(person, export, 1)
    sample = SAMPLES / "dutch_ios_2016.txt"
    if sample.exists():
        open_chat(person, sample.resolve(), 1)
    post_id = post_the_missing_man(person)
    place_the_rest(person, post_id)
    correct_one(person, post_id)
    answer_the_clock(person, post_id)
    close_the_report(person)
    add_the_second(person)
    change_person(person, 1, SECOND_WORDS)
    take_over(person)
    before = everything(person)
    person.run.close()
    again = seat()
    page = again.run.gate(SignInPage)
    again.until(page.passphrase.editor.hasFocus, "the passphrase")
    again.look("90-start-again")
    again.type(PASSPHRASE)
    again.confirm()
    again.run.until_open()
    again.look("91-everything")
    assert everything(again) == before
