"""The parts of Groepen: models, words, the picker (screens.md §5.5, §8)."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from console.domain.clock import LOCAL
from console.domain.directory import AdministratorRow, DirectoryCounts, RecentPost, TreeNode
from console.views.groups import words
from console.views.groups.people import PeopleCard
from console.views.groups.picker import Option, Picker
from console.views.groups.tree import TreePane
from console.views.theme.theme import Theme

NOW = datetime(2026, 3, 10, 16, 41, tzinfo=LOCAL)


def node(
    name: str, *, kind: str = "group", level: str = "neighbourhood", **more: object
) -> TreeNode:
    """Return a line of the tree."""
    parts: dict[str, object] = {"depth": 0, "count": 3, "children": False, "open": False, **more}
    return TreeNode(f"/{kind}:{name}", kind, name, name, level=level, **parts)  # type: ignore[arg-type]


def person(**more: object) -> AdministratorRow:
    """Return an administrator of a card."""
    parts: dict[str, object] = {
        "id": "a", "link_id": "l", "name": "Anja Verzonnen", "group_id": "g",
        "group_name": "Lagebrug-Oost", "role": "administrator", "masked_phone": "06-•••• ••••",
        "has_phone": True, "on_burgernet": True, "confirmed_at": "", "days_since": 34,
        "active": True, "wish": "", "quiet_from": "", "quiet_until": "", "reach": "direct",
        **more,
    }  # fmt: skip
    return AdministratorRow(**parts)  # type: ignore[arg-type]


def test_the_tree_and_the_list_of_people_are_sound_models(
    theme: Theme, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    pane, people = TreePane(), PeopleCard()
    qtbot.addWidget(pane)
    qtbot.addWidget(people)
    pane.set_tree([node("A", level="municipality", kind="area"), node("B")], DirectoryCounts(1))
    people.set_people([person()], ["Vlierpad"])
    qtmodeltester.check(pane.view.model())  # type: ignore[no-untyped-call]
    qtmodeltester.check(people.view.model())  # type: ignore[no-untyped-call]


def test_a_line_reads_as_one_sentence() -> None:
    line = node("Beheerders Lagebrug", level="administrators", children=True, gap="2 gaten")
    assert words.spoken_node(line) == (
        "Beheerders Lagebrug, beheerdersgroep, 3 groepen, gat: 2 gaten, dicht."
    )
    twice = node("Waterkant", linked=True)
    assert words.spoken_node(twice) == "Waterkant, buurtgroep, 3 leden, staat ook ergens anders."


def test_a_person_reads_as_one_sentence_and_keeps_the_number_back() -> None:
    assert words.spoken_person(person()) == (
        "Anja Verzonnen, Lagebrug-Oost, beheerder. nummer verborgen. Burgernet: ja. "
        "Bevestigd: 34 dagen geleden."
    )
    assert "06-12345678" in words.spoken_person(person(), "+31612345678")


@pytest.mark.parametrize(
    ("code", "spoken"),
    [("WK019904", "wijk 0199-04"), ("GM0199", "gemeente 0199"), ("BU01990401", "buurt 0199-0401")],
)
def test_a_cbs_code_is_said_as_people_read_it(code: str, spoken: str) -> None:
    assert words.code_words(code) == spoken


@pytest.mark.parametrize(
    ("outcome", "due", "settled", "spoken"),
    [
        ("", "2026-03-10T16:32:00.000Z", "", "nog 51 min"),
        ("", "2026-03-10T14:09:00.000Z", "", "1 u 32 te laat"),
        ("arrested", "", "2026-03-10T14:41:00.000Z", "aangehouden, na 41 min"),
        ("waived", "", "2026-03-10T14:41:00.000Z", "geen, met reden"),
    ],
)
def test_what_became_of_the_feedback_is_said(
    outcome: str, due: str, settled: str, spoken: str
) -> None:
    post = RecentPost("p", "Scooter", "2026-03-10T14:00:00.000Z", "placed", outcome, due, settled)
    assert words.recent_state(post, NOW)[3] == spoken
    assert words.recent_when(post, NOW) == "vandaag 15:00"


def test_the_picker_completes_adds_and_takes_away(theme: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    window.resize(600, 400)
    options = [Option("area", "1", "Lagebrug"), Option("group", "2", "Regiegroep Lagebrug")]
    picker = Picker("Hangt onder", options, ["area:1", "area:weg"])
    picker.setParent(window)
    picker.resize(560, 200)
    qtbot.addWidget(window)
    window.show()
    picker.field.editor.setFocus()
    assert picker.keys() == ["area:1"]
    qtbot.waitUntil(picker.field.editor.hasFocus)
    QTest.keyClicks(picker.field.editor, "lag")
    QTest.keyClick(picker.field.editor, Qt.Key.Key_Tab)
    assert picker.pairs() == (("area", "1"), ("group", "2"))
    assert picker.field.text() == ""
    picker.remove("area:1")
    assert picker.pairs() == (("group", "2"),)
