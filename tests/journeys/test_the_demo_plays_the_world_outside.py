"""The demo plays the world outside: the list fills, an action runs and ends, a source is silent."""

from __future__ import annotations

from typing import Any

import pytest

from central.standins.story import Story
from console.domain.failures import Refused
from console.domain.lookup import Address
from console.paths import DEMO
from console.services.sources import Sources
from console.views.burgernet.words import kind_words
from contract.vocabulary import FEEDS
from tests.helpers.clock import HandClock
from tests.helpers.program import Running, Start

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]


class Play:
    """The demo with its story in the hand of the test. ``passed``: seconds of the story."""

    def __init__(self, run: Running, clock: HandClock) -> None:
        self.run = run
        self.passed = 0.0
        self._clock = clock
        self._feeds = run.central.switch.central._app.state.office.feeds
        self._feeds.stop()
        self._look()

    def to(self, seconds: float) -> None:
        """Let the story go on to so many seconds after its beginning."""
        self._clock.move(seconds=seconds - self.passed)
        self.passed = seconds
        self._look()

    def rows(self) -> dict[str, Any]:
        """Return the alerts of the feeds, by the number or name that they have there."""
        services = self.run.services
        found = self.run.settled(services.alerts.rows("all"))
        cards = [self.run.settled(services.alerts.card(one.id)) for one in found]
        return {one.reference: one for one in cards if one.row.source in FEEDS}

    def lamp(self, name: str) -> str:
        """Return how the lamp of a source stands."""
        from console.domain.status import Line

        line = Line(True, True, "", 0, "", 0, 0)
        status = self.run.settled(self.run.services.lamps.status(line))
        return str(next(one.state for one in status.feeds if one.name == name))

    def _look(self) -> None:
        self._feeds.look_now()
        self.run.exchanged()


@pytest.fixture
def play(start_program: Start, hand_clock: HandClock) -> Play:
    run = start_program(DEMO, clock=hand_clock, story=True)
    run.until_open()
    return Play(run, hand_clock)


def test_the_demo_plays_its_story_and_the_desk_follows(play: Play) -> None:
    run, services = play.run, play.run.services
    first = play.rows()
    assert {one.row.source for one in first.values()} == {
        "nl_alert",
        "police_news",
        "police_missing",
    }, "an action elsewhere is not ours"
    assert first["demo00000001"].row.test
    assert kind_words(first["demo00000001"].row) == "NL-Alert · proef"

    play.to(80)
    action = play.rows()["4101"]
    assert (action.row.section, action.row.source) == ("running", "burgernet_actions")
    run.until(lambda: any("Nieuw van Burgernet" in one[1] for one in run.said), "the news")
    read = run.settled(services.alerts.read(action.original))
    post = run.settled(services.posts.from_alert(read, alert_id=action.row.id))
    run.program.shell.open("compose", post_id=post)
    screen: Any = run.program.shell.screen()
    run.until(lambda: screen.form.entries and not screen.strip.isVisible(), "a draft that goes on")

    play.to(245)
    assert "zwarte pet" in play.rows()["4101"].original
    assert (play.lamp("NL-Alert"), play.lamp("Burgernet")) == ("unknown", "good")

    play.to(425)
    ended = play.rows()["4101"]
    assert (ended.row.section, ended.closing_text[:21]) == ("ended", "De actie in Lagebrug ")
    assert play.lamp("NL-Alert") == "good"
    run.until(screen.strip.isVisible, "the draft is stopped")
    with pytest.raises(Refused):
        run.settled(services.posts.release(post))

    play.to(800)
    assert play.rows()["5077"].row.section == "running"
    assert play.rows()["demo00000002"].row.section == "running"
    play.to(1_200)
    assert {play.rows()[one].row.section for one in ("5077", "demo00000002")} == {"ended"}


def test_plates_and_addresses_of_the_demo_are_answered_by_its_own_registers(play: Play) -> None:
    run = play.run
    look_up = run.kit.look_up
    car = run.loop.run(look_up.plate("12-AE-IO"))
    assert (car.state, car.car.make) == ("found", "OPEL")
    found = run.loop.run(look_up.address(Address("Stationsstraat", "4", "Veldermeer")))
    (area,) = run.settled(run.services.areas.areas_at(found.places))
    assert area.area_name == "Lagebrug"


def test_the_account_holder_moves_a_source_tries_it_and_goes_back(play: Play) -> None:
    run = play.run
    run.program.shell.open("settings", page="feeds")
    screen: Any = run.program.shell.screen()
    part = screen.feeds.places
    run.until(part.list.current_id, "the sources")
    part.list.set_current("nl_alert")
    run.until(lambda: "public-warning" in part.url.text(), "its address")
    shipped = part.url.text()
    part.try_now.click()
    run.until(lambda: "geeft antwoord" in part.said(), "what its lamp says")

    part.url.set_text("https://nieuw.voorbeeld.nl/alerts")
    part.keep.click()
    run.until(lambda: "staat niet op de lijst" in part.hosts.editor.accessibleName(), "refused")
    assert run.settled(Sources(run.services.desk).all())[2].url == shipped
    part.hosts.set_text(part.hosts.text() + "\nnieuw.voorbeeld.nl")
    part.keep.click()
    run.until(lambda: part.said().startswith("Bewaard"), "kept")
    run.exchanged()
    part.try_now.click()
    run.until(lambda: part.said().startswith("Onbekend sinds"), "nobody stands there")
    run.until(part.ship.isVisible, "the way back")
    part.ship.click()
    run.until(lambda: part.url.text() == shipped, "the shipped address")


def test_the_story_begins_with_every_feed_of_the_desk() -> None:
    from datetime import UTC, datetime

    from contract.reading.feed import read_feed

    story, began = Story.read(), datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
    for feed in FEEDS:
        for passed in (0.0, 100.0, 500.0, 5_000.0):
            text, kind = story.answer(feed, began, passed)
            if kind == "application/json":
                assert read_feed(feed, text).whole
