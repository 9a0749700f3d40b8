"""The lamp of each feed: never green by default, always with an age (F51, F63)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.domain.clock import stamp
from console.domain.failures import NotAllowed
from console.domain.status import Lamp, Line
from console.services.desk import Desk, Unit
from console.services.lamps import Lamps
from console.services.team import Team
from contract.vocabulary import AlertSource
from tests.helpers.clock import HandClock
from tests.helpers.profile import clock, desk, store

__all__ = ["clock", "desk", "store"]

LINE = Line(embedded=True, live=True, at="", queue=0, oldest_at="", tray=0, others=0)
ON = (AlertSource.BURGERNET_ACTIONS, AlertSource.NL_ALERT)


def say(desk: Desk, **feeds: dict[str, str]) -> None:
    """Keep what central says of the feeds."""

    def work(unit: Unit) -> None:
        unit.create("setting", {"value": feeds}, "feeds_seen")

    desk.act(work).result()


def shown(desk: Desk) -> tuple[Lamp, tuple[Lamp, ...]]:
    """Return the lamp of the bar and those of the feeds."""
    status = Lamps(desk).status(LINE).result()
    return status.burgernet, status.feeds


def test_without_a_feed_the_lamp_says_that_none_is_set(desk: Desk) -> None:
    bar, feeds = shown(desk)
    assert (bar.state, bar.words, feeds) == ("unset", "niet ingesteld", ())


def test_a_feed_that_was_just_switched_on_is_not_green(desk: Desk) -> None:
    Team(desk).set_feeds(ON).result()
    assert Team(desk).feeds().result() == frozenset(ON)
    bar, feeds = shown(desk)
    assert {(one.state, one.words) for one in (bar, *feeds)} == {("unknown", "nog niet gekeken")}


def test_the_bar_shows_the_worst_feed_and_each_has_its_own_age(
    desk: Desk, clock: HandClock
) -> None:
    Team(desk).set_feeds(ON).result()
    now, since = stamp(clock.now()), stamp(clock.now() - timedelta(minutes=9))
    say(
        desk,
        burgernet_actions={"good_at": now, "unknown_since": "", "why": ""},
        nl_alert={"good_at": since, "unknown_since": since, "why": "slow"},
    )
    bar, feeds = shown(desk)
    assert [(one.name, one.state, one.at) for one in feeds] == [
        ("Burgernet", "good", now),
        ("NL-Alert", "unknown", since),
    ]
    assert (bar.name, bar.state, bar.at) == ("Burgernet", "unknown", since)
    assert "antwoordt te laat" in bar.words


def test_a_good_answer_is_not_believed_for_ever(desk: Desk, clock: HandClock) -> None:
    Team(desk).set_feeds(ON[:1]).result()
    say(desk, burgernet_actions={"good_at": stamp(clock.now()), "unknown_since": "", "why": ""})
    clock.move(minutes=19)
    assert shown(desk)[0].state == "good"
    clock.move(minutes=2)
    assert shown(desk)[0].state == "old"


def test_only_the_account_holder_switches_feeds(desk: Desk) -> None:
    from dataclasses import replace

    assert desk.person is not None
    desk.person = replace(desk.person, roles=("operator",))
    with pytest.raises(NotAllowed):
        Team(desk).set_feeds(ON).result()
    assert Team(desk).feeds().result() == frozenset()
