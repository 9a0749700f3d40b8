"""The parts of Instellingen at a team: what they ask, what they show once, what they never keep."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from console.domain.access import FormKey, OneTimeCode, TeamAccount, TeamDesk
from console.domain.clock import stamp
from console.domain.person import Person
from console.presenters.access import squares_of
from console.views.settings.desks import DesksPart
from console.views.settings.form_keys import FormKeysPart
from console.views.settings.password import PasswordPart
from console.views.settings.person_account import PersonAccountPart, short_state
from console.views.theme.theme import Theme
from console.views.widgets.square_code import MARGIN, SquareCode

NOW = datetime(2026, 3, 14, 13, 0, tzinfo=UTC)
JORIS = Person("person-2", "Joris Voorbeeld", ("operator",))
LONG = "twaalf dikke boeken in de kast"

pytestmark = pytest.mark.usefixtures("theme")


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("scale", [100, 150])
def test_a_square_code_is_painted_square_by_square_dark_on_white(
    qtbot: QtBot, theme: Theme, mode: Literal["light", "dark"], scale: int
) -> None:
    theme.set_mode(mode)
    theme.set_scale(scale)
    squares = squares_of("otpauth://totp/Buurtdesk:sanne?secret=VOORVOORVOORVOOR")
    code = SquareCode("Vierkante code")
    qtbot.addWidget(code)
    code.set_squares(squares)
    code.resize(code.sizeHint())
    image: QImage = code.grab().toImage()
    unit = code.width() // (len(squares) + 2 * MARGIN)
    edge = MARGIN * unit
    for y, row in enumerate(squares):
        for x, dark in enumerate(row):
            seen = image.pixelColor(edge + x * unit + unit // 2, edge + y * unit + unit // 2)
            assert seen.lightness() == (0 if dark else 255)
    quiet = [image.pixelColor(edge - unit, at).lightness() for at in range(edge, 2 * edge)]
    assert set(quiet) == {255}


def test_an_account_is_proposed_given_and_its_code_gone_when_somebody_else_is_chosen(
    qtbot: QtBot,
) -> None:
    part = PersonAccountPart()
    qtbot.addWidget(part)
    part.set_accounts({}, "person-1")
    part.choose(JORIS)
    assert part.name.text() == "joris.voorbeeld"
    with qtbot.waitSignal(part.give_requested) as asked:
        part._give.click()
    assert asked.args == ["person-2", "joris.voorbeeld"]
    part.show_code(OneTimeCode("VOOR7-BEELD", stamp(NOW + timedelta(days=1))), NOW)
    assert "Geldig tot morgen 14:00" in part.once.accessibleName()
    part.choose(Person("person-3", "Mo Voorbeeld", ("operator",)))
    assert (part.once.isHidden(), part.once.code.text()) == (True, "")
    assert part.name.text() == "mo.voorbeeld"


def test_nobody_starts_their_own_account_anew(qtbot: QtBot) -> None:
    part = PersonAccountPart()
    qtbot.addWidget(part)
    part.set_accounts({JORIS.id: TeamAccount(JORIS.id, "joris", True, True)}, JORIS.id)
    part.choose(JORIS)
    assert "andere accounthouder" in part._give.reason()
    assert part.name.isHidden()


@pytest.mark.parametrize(
    ("account", "words"),
    [
        (None, "geen account"),
        (TeamAccount("p", "joris", False, False), "joris, code gegeven"),
        (TeamAccount("p", "joris", True, False), "joris"),
        (TeamAccount("p", "joris", True, True), "joris, app met codes"),
    ],
)
def test_a_row_says_how_an_account_stands(account: TeamAccount | None, words: str) -> None:
    assert short_state(account) == words


def test_a_desk_can_be_ended_or_let_in_but_not_the_one_in_use(qtbot: QtBot) -> None:
    part = DesksPart()
    qtbot.addWidget(part)
    desks = (
        TeamDesk("a", "balie 1", stamp(NOW), "", "person-1"),
        TeamDesk("b", "balie 2", stamp(NOW - timedelta(minutes=12)), "", JORIS.id),
        TeamDesk("c", "laptop", stamp(NOW), stamp(NOW), ""),
    )
    part.set_desks(desks, {JORIS.id: JORIS.name}, "a", NOW)
    assert _state(part, "a") == (False, True, False)
    assert _state(part, "b") == (False, True, True)
    assert _state(part, "c") == (True, False, True)
    aloud = part.list.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert aloud == "balie 2. Joris Voorbeeld · laatst gezien 12 min geleden."


def test_a_form_without_a_name_gets_no_key(qtbot: QtBot) -> None:
    part = FormKeysPart()
    qtbot.addWidget(part)
    with qtbot.assertNotEmitted(part.make_requested):
        part._make.click()
    part.set_keys((FormKey("k", "Formulier Lagebrug", stamp(NOW), "", stamp(NOW)),), NOW)
    assert part._end.isHidden(), "an ended key does not come back"
    part.show_key("Formulier Noord", "bdi_voorbeeld")
    part.once.done.click()
    assert part.once.code.text() == ""


@pytest.mark.parametrize(
    ("old", "new", "again", "marked"),
    [("", LONG, LONG, "old"), ("oud", "kort", "kort", "new"), ("oud", LONG, "anders", "again")],
)
def test_a_password_is_not_sent_before_it_fits(
    qtbot: QtBot, old: str, new: str, again: str, marked: str
) -> None:
    part = PasswordPart()
    qtbot.addWidget(part)
    for field, words in ((part.old, old), (part.new, new), (part.again, again)):
        field.set_text(words)
    with qtbot.assertNotEmitted(part.password_requested):
        part._do.click()
    wrong: Any = getattr(part, marked)
    assert "," in wrong.editor.accessibleName(), "what is wrong is said at the field"


def _state(part: DesksPart, desk: str) -> tuple[bool, bool, bool]:
    part.list.set_current(desk)
    return part._revoke.isHidden(), part._restore.isHidden(), not part._revoke.reason()
