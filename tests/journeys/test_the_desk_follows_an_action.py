"""A recorded feed plays start, update and closing of an action; the desk follows each step (F37)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt

from console.domain.clock import LOCAL
from console.domain.failures import Refused
from console.services.desk import Unit
from console.views.widgets.button import Button
from contract.vocabulary import AlertSource
from tests.helpers.clock import HandClock
from tests.helpers.feeds import World, action, actions, world
from tests.helpers.journey import MISSING
from tests.helpers.program import Running, Start

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

NEXT = MISSING.replace("bruine schoenen", "witte gympen")
CLOSED = "De actie is beëindigd. Dank voor het uitkijken."
ACTIONS = AlertSource.BURGERNET_ACTIONS


@dataclass
class Shift:
    """A desk with the outside of its central in the hand of the test."""

    run: Running
    outside: World
    clock: HandClock

    def look(self, **later: float) -> None:
        """Let time pass, central look at its feeds, and the desk hear of it."""
        self.clock.move(**(later or {"seconds": 70}))
        self.outside.feeds.look_now()
        self.run.exchanged()

    def row(self) -> Any:
        """Return the one alert of the list."""
        (found,) = self.run.settled(self.run.services.alerts.rows("all"))
        return found

    def lamp(self) -> Any:
        """Return the lamp of Burgernet as the bar would show it now."""
        from console.domain.status import Line

        line = Line(True, True, "", 0, "", 0, 0)
        return self.run.settled(self.run.services.lamps.status(line)).burgernet


@pytest.fixture
def shift(start_program: Start, hand_clock: HandClock) -> Iterator[Shift]:
    """A lone desk that switched Burgernet on; its central asks stand-ins."""
    run = start_program(clock=hand_clock)
    run.begin()
    office = run.central.switch.central._app.state.office
    office.feeds.stop()
    run.settled(run.services.team.set_feeds([ACTIONS]))
    run.exchanged()
    with world(office) as outside:
        yield Shift(run, outside, hand_clock)


def test_the_desk_follows_an_action_from_start_to_closing(shift: Shift) -> None:
    run, outside = shift.run, shift.outside
    began = shift.clock.now() - timedelta(minutes=5)
    assert shift.lamp().words == "nog niet gekeken"
    shift.look()
    assert (shift.lamp().state, run.settled(run.services.alerts.rows("all"))) == ("good", [])

    focus = run.app.focusWidget()
    outside.says(ACTIONS, actions(action(began, MISSING)))
    shift.look()
    assert (shift.row().section, shift.row().source) == ("running", "burgernet_actions")
    run.until(lambda: any("Nieuw van Burgernet" in one[1] for one in run.said), "the news")
    assert run.app.focusWidget() is focus

    services = run.services
    card = run.settled(services.alerts.card(shift.row().id))
    assert card.original == MISSING
    read = run.settled(services.alerts.read(card.original))
    post = run.settled(services.posts.from_alert(read, alert_id=shift.row().id))
    run.exchanged()
    run.program.shell.open("compose", post_id=post)
    screen: Any = run.program.shell.screen()
    run.until(lambda: not screen.strip.isVisible(), "a draft that may go on")

    outside.says(ACTIONS, actions(action(began, MISSING, NEXT)))
    shift.look()
    assert run.settled(services.alerts.card(shift.row().id)).original == NEXT
    assert shift.row().id == card.row.id

    over = action(began, MISSING, NEXT, CLOSED, active=False, ended=shift.clock.now())
    outside.says(ACTIONS, actions(over))
    at = shift.clock.now().astimezone(LOCAL)
    shift.look()
    last = run.settled(services.alerts.card(shift.row().id))
    assert (last.row.section, last.closing_text) == ("ended", CLOSED)
    run.until(screen.strip.isVisible, "the draft is stopped within one look")
    assert f"De actie is om {at:%H:%M} beëindigd" in spoken(screen.strip)
    with pytest.raises(Refused):
        run.settled(services.posts.release(post))
    assert "gevonden" not in spoken(screen.strip).replace("niet hetzelfde als gevonden", "")


def test_with_the_feed_down_the_status_is_unknown_since_and_a_reason_lets_one_go_on(
    shift: Shift,
) -> None:
    run, outside = shift.run, shift.outside
    outside.says(ACTIONS, actions(action(shift.clock.now(), MISSING)))
    shift.look()
    seen = shift.clock.now().astimezone(LOCAL)
    services = run.services
    card = run.settled(services.alerts.card(shift.row().id))
    read = run.settled(services.alerts.read(card.original))
    group = run.settled(services.desk.act(a_group))
    begun = services.posts.from_alert(read, alert_id=card.row.id, group_ids=[group])
    post = run.settled(begun)
    run.exchanged()
    run.program.shell.open("compose", post_id=post)
    screen: Any = run.program.shell.screen()

    outside.says(ACTIONS, "<html>Site Unavailable</html>", "text/html")
    shift.look()
    assert shift.lamp().state == "unknown"
    assert shift.row().section == "running"
    shift.look(minutes=3)
    assert shift.row().section == "unknown"
    run.until(screen.strip.isVisible, "the band")
    assert f"Status onbekend sinds {seen:%H:%M}" in spoken(screen.strip)
    lamp = shift.lamp()
    assert shift.row().state_at == lamp.at, "the list and the lamp tell of one moment"
    with pytest.raises(Refused) as stopped:
        run.settled(services.posts.release(post))
    assert stopped.value.problem.code == "guard-action_unknown"

    buttons = screen.strip.findChildren(Button)
    go_on = next(one for one in buttons if "met een reden" in one.accessibleName())
    go_on.setFocus()
    run.key(Qt.Key.Key_Space)
    run.until(run.popup, "the question for a reason")
    run.type("De meldkamer zegt dat er nog gezocht wordt.")
    run.ctrl(Qt.Key.Key_Return)
    run.until(lambda: "u gaat door" in spoken(screen.strip), "the reason stands in the band")
    assert "nog gezocht wordt" in spoken(screen.strip)
    run.settled(services.posts.release(post))

    outside.says(ACTIONS, actions(action(shift.clock.now(), MISSING)))
    shift.look(minutes=20)
    assert (shift.row().section, shift.lamp().state) == ("running", "good")


def a_group(unit: Unit) -> str:
    """Make a group of administrators."""
    return unit.create(
        "group", {"name": "Beheerders Lagebrug", "kind": "administrators", "state": "active"}
    )


def spoken(widget: Any) -> str:
    """Return every word that stands on a widget."""
    from PySide6.QtWidgets import QAbstractButton, QWidget

    words = [widget.accessibleName()]
    for one in widget.findChildren(QWidget):
        text = getattr(one, "text", None)
        if callable(text):
            words.append(str(text()))
        elif isinstance(one, QAbstractButton):
            words.append(one.text())
        words.append(one.accessibleName())
    return " ".join(words)
