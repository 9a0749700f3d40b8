"""The tray by its keys: one text out of two, letting go and having it back, two answers (09e)."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from console.domain.report import NewReport
from console.services.desk import new_id
from console.storage.projection import shown
from console.storage.report_card import card as read_card
from console.views.dialogs.tray import TrayDialog
from console.views.dialogs.whereabouts import WhereaboutsDialog
from contract.op import Op
from tests.helpers.program import Running
from tests.helpers.walk import nameless, wider_than

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier

WAS = "Rode fiets zonder slot bij de kerk."
MINE = "Rode fiets met kapot slot bij de kerk."
THEIRS = "Blauwe fiets zonder slot bij de kerk."


def _report(run: Running, text: str = WAS) -> str:
    new = NewReport("surroundings", text, "Dorpsstraat", run.services.desk.now())
    return str(run.settled(run.services.reports.add(new)))


def _body(run: Running, report_id: str) -> dict[str, Any]:
    record = run.settled(
        run.services.desk.look(lambda conn: shown(conn, "report", report_id), "test.body")
    )
    return dict(record.body)


def _history(run: Running, report_id: str) -> list[tuple[str, str]]:
    me, now = run.person.id, run.services.desk.now()
    found = run.settled(
        run.services.desk.look(
            lambda conn: read_card(conn, report_id, me=me, now=now), "test.history"
        )
    )
    return [(line.what, line.text) for line in found.history]


def _clash(run: Running, mine: str = MINE, theirs: str = THEIRS) -> str:
    """Have two desks change one text; returns the report."""
    report_id = _report(run)
    run.exchanged()
    run.cut()
    run.settled(run.services.reports.amend(report_id, text=mine))
    op = Op(new_id(), "update", "report", report_id, {"text": theirs}, {"text": WAS})
    run.elsewhere(run.person.id, op)
    run.cut(down=False)
    return report_id


def _open(run: Running) -> TrayDialog:
    run.key(KEY.Key_Q)
    dialog = run.popup()
    assert isinstance(dialog, TrayDialog)
    run.until(dialog._count.text, "the tray")
    return dialog


def _in_hand(run: Running) -> str:
    screen = run.program.shell.screen()
    return screen.event_subject()[1] if screen is not None else ""


def _words(dialog: Any) -> list[str]:
    return [part.accessibleName() for part in dialog._page.findChildren(type(dialog._count))]


def test_one_text_is_made_of_two_and_says_where_they_clash(
    desk_program: Running,
) -> None:
    run = desk_program
    report_id = _clash(run)
    dialog = _open(run)
    names = [part.accessibleName() for part in dialog._page.findChildren(QWidget)]
    for title, text in (("Zo begon het", WAS), ("Van u", MINE)):
        assert f"{title}: {text}" in names
    assert any(name.endswith(THEIRS) for name in names)
    run.key(KEY.Key_3)
    field = dialog._fields["text"]
    assert field.text() == "Blauwe fiets met kapot slot bij de kerk."
    assert QApplication.focusWidget() is field.editor
    assert nameless(dialog) == []
    assert wider_than(dialog) == []
    run.type("Let op. ")
    run.ctrl(KEY.Key_Return)
    run.until(lambda: "Er is niets om te beslissen." in _words(dialog), "the end of the tray")
    run.exchanged()
    assert _body(run, report_id)["text"] == "Let op. Blauwe fiets met kapot slot bij de kerk."
    dialog.close_with(None)


def test_a_merge_without_words_is_refused_and_escape_goes_back_to_the_choice(
    desk_program: Running,
) -> None:
    run = desk_program
    _clash(run)
    dialog = _open(run)
    run.key(KEY.Key_3)
    dialog._fields["text"].set_text("  ")
    run.ctrl(KEY.Key_Return)
    run.until(lambda: any("Er staat nog geen tekst." in one for one in _words(dialog)), "refusal")
    run.key(KEY.Key_Escape)
    assert dialog.is_open()
    assert [button.key() for button in dialog._buttons] == ["1", "2", "3"]
    dialog.close_with(None)


def test_what_was_let_go_comes_back_with_ctrl_z_and_both_stand_in_the_history(
    desk_program: Running,
) -> None:
    run = desk_program
    report_id = _clash(run)
    dialog = _open(run)
    run.key(KEY.Key_2)
    run.until(lambda: "Er is niets om te beslissen." in _words(dialog), "the end of the tray")
    run.key(KEY.Key_Z, CTRL)
    run.until(lambda: dialog._count.text() == "1 van 1", "the item again")
    dialog.close_with(None)
    lines = _history(run, report_id)
    assert ("let_go", f"Tekst: {MINE}") in lines
    assert [what for what, _ in lines][-1] == "let_go_undone"
    assert _body(run, report_id)["text"] == THEIRS


def test_what_happened_to_a_report_is_told_per_act(desk_program: Running) -> None:
    run = desk_program
    report_id = _clash(run)
    run.program.shell.open("reports", report_id=report_id)
    run.until(lambda: _in_hand(run) == report_id, "the report")
    run.key(KEY.Key_Q, SHIFT)
    dialog = run.popup()
    assert isinstance(dialog, WhereaboutsDialog)
    run.until(lambda: dialog._rows, "the acts")
    states = {row.what: row.state for row in dialog._rows.values()}
    assert states["Melding gemaakt"] == "Verwerkt"
    assert states["Melding veranderd"].startswith("Niet aangenomen")
    facts = dict(dialog.shown_facts())
    assert run.person.name in facts["Gedaan"]
    assert "Nummer" in facts
    assert nameless(dialog) == []
    assert wider_than(dialog) == []
    first = dialog.list.current_id()
    run.key(KEY.Key_J)
    assert dialog.list.current_id() != first
    run.key(KEY.Key_Escape)
    assert run.popup() is None


def test_central_is_asked_about_an_act_that_waits(desk_program: Running) -> None:
    run = desk_program
    run.exchanged()
    run.cut()
    report_id = _report(run)
    run.program.shell.open("reports", report_id=report_id)
    run.until(lambda: _in_hand(run) == report_id, "the report")
    run.key(KEY.Key_Q, SHIFT)
    dialog = run.popup()

    def asked() -> str:
        return str(dict(dialog.shown_facts()).get("Nagevraagd", ""))

    run.until(lambda: dialog._rows, "the acts")
    run.until(asked, "central was asked")
    assert asked() == "De centrale is nu niet te bereiken."
    assert dict(dialog.shown_facts())["Stand"].startswith("Wacht op verzending")
    dialog.close_with(None)
    run.cut(down=False)


def test_without_a_record_in_hand_the_popup_says_what_to_do(
    desk_program: Running,
) -> None:
    run = desk_program
    run.key(KEY.Key_Q, SHIFT)
    dialog = run.popup()
    assert dialog._about.text() == "Kies eerst een melding, bericht of groep."
    dialog.close_with(None)
