"""Cijfers through the dialog: a period of one's own, what is wrong in it, and what is kept (F45)."""

from __future__ import annotations

from tests.helpers.program import Running


def test_a_period_of_ones_own_is_counted_said_and_remembered(
    desk_program: Running,
) -> None:
    run = desk_program
    heard = run.services.desk.now()

    def plant(unit: object) -> None:
        for _ in range(6):
            body = {"text": "x", "place": "y", "heard_at": heard, "category": "vehicle"}
            unit.create("report", body)  # type: ignore[attr-defined]  # a unit of the desk

    run.settled(run.services.desk.act(plant))
    run.program.shell.open("figures")
    run.until(lambda: run.popup() and run.popup().list.isVisible(), "the counts")
    dialog = run.popup()
    assert not dialog.first.isVisible()
    dialog.period.select("own")
    assert dialog.first.isVisible()
    begun = (dialog.first.text(), dialog.last.text())
    assert all(begun), "the days of the period before"
    run.until(dialog.list.isVisible, "the same days counted")
    dialog.last.set_text("01-01-2020")
    run.until(lambda: "Wissel de twee dagen om" in dialog.said.text(), "what is wrong")
    assert not dialog.list.isVisible()
    assert not dialog._save.isEnabled()
    dialog.set_period("own", f"15{begun[0][2:]}", "")
    dialog.last.set_text(begun[1])
    run.until(dialog.list.isVisible, "part of a month")
    run.until(lambda: not dialog._save.isEnabled(), "no file of part of a month")
    dialog.first.set_text(begun[0])
    run.until(lambda: dialog._save.isEnabled() and dialog.list.isVisible(), "whole months")
    run.settled(run.services.desk.store.write(lambda _conn: None))
    dialog.do("back")
    run.program.shell.open("figures")
    run.until(lambda: run.popup() and run.popup().list.isVisible(), "the counts again")
    again = run.popup()
    assert again.period.selected() == "own"
    assert (again.first.text(), again.last.text()) == begun
