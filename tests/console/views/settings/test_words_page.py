"""Woorden: proposals first, decided with the keys, and only by who may."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from console.domain.clock import stamp
from console.domain.terms import Term, Terms
from console.views.settings.words import WordsPage

NOW = datetime(2026, 3, 14, 13, 0, tzinfo=UTC)
WORDS = Terms(
    (Term("De Brink", "Lotte Voorbeeld", stamp(NOW)),),
    (Term("Havenfeest", "Joris Voorbeeld", stamp(NOW), "Zo heet het feest"),),
)

pytestmark = pytest.mark.usefixtures("theme")


@pytest.fixture
def page(qtbot: QtBot) -> WordsPage:
    made = WordsPage()
    qtbot.addWidget(made)
    made.resize(700, 700)
    made.show()
    return made


def test_a_proposal_is_allowed_or_not_and_what_stands_is_taken_back(
    page: WordsPage,
) -> None:
    said: list[tuple[str, str]] = []
    page.allow_requested.connect(lambda word: said.append(("allow", word)))
    page.refuse_requested.connect(lambda word: said.append(("refuse", word)))
    page.take_back_requested.connect(lambda word: said.append(("back", word)))
    page.set_terms(WORDS, NOW)
    assert page.list.current_id() == "proposed:Havenfeest"
    assert page.take_back.isHidden()
    page.list.setFocus()
    page.confirm()
    page.refuse.click()
    page.list.move_by(1)
    assert page.allow.isHidden()
    page.confirm()
    page.take_back.click()
    page.add.word.set_text("Oude Kaasmarkt")
    page.add.word.editor.setFocus()
    page.confirm()
    assert said == [
        ("allow", "Havenfeest"),
        ("refuse", "Havenfeest"),
        ("back", "De Brink"),
        ("allow", "Oude Kaasmarkt"),
    ]


def test_who_may_not_decide_reads_the_words_and_why(page: WordsPage) -> None:
    page.set_terms(WORDS, NOW, why_not="Alleen de accounthouder van uw team kan dit veranderen.")
    assert page.list.isVisible()
    for button in (page.allow, page.refuse, page.take_back):
        assert not button.isEnabled()
    assert not page.add.word.isEnabled()
    page.set_terms(Terms(), NOW)
    assert page.frame.isHidden()
    assert page.allow.isEnabled()
