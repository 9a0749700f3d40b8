"""The key sheet holds every command of the table and can be searched."""

from __future__ import annotations

from console.views.keys.sheet import SCREENS, as_paper, key_groups
from console.views.keys.table import COMMANDS


def test_every_command_stands_on_the_sheet_or_in_a_run_of_digits() -> None:
    lines = [line for _, rows in key_groups() for line in rows]
    shown = {(line.scope, line.command) for line in lines}
    runs = [line for line in lines if "–" in line.key]
    for command in COMMANDS:
        in_run = any(
            line.scope == command.scope
            and command.keys[0].isdigit()
            and line.key[0] <= command.keys[0] <= line.key[-1]
            for line in runs
        )
        assert (command.scope, command.id) in shown or in_run, command


def test_the_same_question_on_digits_is_one_line() -> None:
    lines = {(line.scope, line.key): line.words for _, rows in key_groups() for line in rows}
    assert lines["reports", "1–3"] == "112 gebeld"
    assert lines["feedback", "1–7"] == "Afloop"
    assert lines["burgernet", "1"] == "Loopt nog"


def test_screens_stand_together() -> None:
    groups = dict(key_groups())
    assert [line.words for line in groups[SCREENS]][:2] == ["Meldingen", "Berichten"]


def test_searching_finds_words_keys_and_groups() -> None:
    assert [row.words for _, rows in key_groups("terugk wachten") for row in rows] == []
    assert any(row.key == "F8" for _, rows in key_groups("f8") for row in rows)
    assert any(row.command == "claim" for _, rows in key_groups("pak") for row in rows)
    assert key_groups("zzzz") == []


def test_the_sheet_on_paper_has_a_title_and_every_group() -> None:
    paper = as_paper()
    assert paper.startswith("# Alle toetsen van Buurtdesk\n")
    assert all(f"## {group}" in paper for group, _ in key_groups())
    assert "Ctrl+K: Zoek of doe" in paper
