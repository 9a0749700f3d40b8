"""Instellingen, Mensen: what is typed for a new person stays while news comes in."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from console.domain.person import Person
from console.views.settings.people import PeoplePage
from console.views.theme.theme import Theme
from contract.vocabulary import Role


def test_news_of_the_team_leaves_the_form_of_a_new_person_alone(qtbot: QtBot, theme: Theme) -> None:
    first = Person("p1", "Lotte Verzonnen", (Role.ACCOUNT_HOLDER,))
    page = PeoplePage()
    qtbot.addWidget(page)
    page.set_people([first], team=True)
    assert page.name.text() == first.name
    page.begin_new()
    page.name.set_text("Sanne Verzonnen")
    page.set_people([first], team=True)
    assert page.name.text() == "Sanne Verzonnen"
    page.kept("Sanne Verzonnen staat in het team.", "p2")
    page.set_people([first], team=True)
    assert page.said() == "Sanne Verzonnen staat in het team."
    page.set_people([first, Person("p2", "Sanne Verzonnen", (Role.OPERATOR,))], team=True)
    assert (page.name.text(), page.said()) == (
        "Sanne Verzonnen",
        "Sanne Verzonnen staat in het team.",
    )
