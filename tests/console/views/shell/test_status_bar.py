"""The status bar: who else is at work, what waits, and that everything fits (F51, screens.md §3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from console.domain.clock import LOCAL, stamp
from console.domain.post import FeedbackClock
from console.domain.status import Colleague, Lamp, Status
from console.views.shell.status_bar import StatusBar, colleague_words
from console.views.theme.theme import Theme

NOW = datetime(2026, 11, 12, 16, 41, tzinfo=LOCAL)


def _ago(**span: float) -> str:
    return stamp(NOW - timedelta(**span))


RUBEN = Colleague("ruben", "Ruben Voorbeeld", "balie 2", _ago(minutes=39))
YARA = Colleague("yara", "Yara Voorbeeld", "balie 3", _ago(minutes=5))
GOOD = Status(
    Lamp("Centrale", "good", _ago(seconds=4)),
    Lamp("Burgernet", "good", _ago(seconds=38)),
    Lamp("WhatsApp Web", "good", _ago(hours=1), "nagekeken"),
)
FULL = replace(
    GOOD, tray=3, unconfirmed=2, queue=4, queue_oldest_at=_ago(minutes=9), colleagues=(RUBEN, YARA)
)


@pytest.fixture
def bar(qapp: Any, theme: Theme) -> Iterator[StatusBar]:
    """A bar of 1440 wide."""
    made = StatusBar()
    made.resize(1440, 34)
    made.show()
    made.set_feedback(FeedbackClock(1, stamp(NOW + timedelta(minutes=43))), NOW)
    yield made
    made.close()
    made.deleteLater()


def test_one_colleague_stands_with_name_and_place_more_as_a_count(bar: StatusBar) -> None:
    bar.set_status(GOOD, NOW)
    assert bar._colleagues.isHidden()
    bar.set_status(replace(GOOD, colleagues=(RUBEN,)), NOW)
    assert bar._colleagues._words == "Ruben Voorbeeld, balie 2"
    bar.set_status(replace(GOOD, colleagues=(RUBEN, YARA)), NOW)
    assert bar._colleagues._words == "2 collega’s"
    told = bar._colleagues.accessibleName()
    assert told == (
        "Nu ook aan het werk: Ruben Voorbeeld aan balie 2 sinds 16:02; "
        "Yara Voorbeeld aan balie 3 sinds 16:36."
    )
    bar.set_status(replace(GOOD, colleagues=(YARA, YARA)), NOW)
    assert bar._colleagues.accessibleName() != told


def test_somebody_without_a_name_here_is_a_colleague() -> None:
    assert colleague_words((Colleague("x", "", "", ""),), NOW) == (
        "Nu ook aan het werk: Een collega."
    )
    assert colleague_words((), NOW) == ""


def test_what_waits_for_another_person_shows_as_a_count_only(bar: StatusBar) -> None:
    bar.set_status(replace(GOOD, others_waiting=3), NOW)
    assert bar._queue._name == "3 van anderen"
    assert "als de maker zich aanmeldt" in bar._queue.accessibleName()


def test_a_queue_shows_with_its_age_when_the_line_is_away_or_stuck(bar: StatusBar) -> None:
    fresh = replace(GOOD, queue=2, queue_oldest_at=_ago(seconds=5))
    bar.set_status(fresh, NOW)
    assert bar._queue.isHidden()
    bar.set_status(replace(fresh, central=Lamp("Centrale", "off", _ago(seconds=9))), NOW)
    assert bar._queue._name == "2 wachten op verzending"
    bar.set_status(replace(fresh, queue_oldest_at=_ago(minutes=9)), NOW)
    assert "de oudste 9 min geleden" in bar._queue.accessibleName()


def test_a_decision_goes_before_the_queue_and_says_both(bar: StatusBar) -> None:
    bar.set_status(FULL, NOW)
    assert bar._queue._name == "3 om te beslissen"
    assert "4 wachten op verzending" in bar._queue.accessibleName()


@pytest.mark.parametrize("width", [1100, 1200, 1280, 1440, 1920])
def test_everything_fits_at_every_width(bar: StatusBar, width: int) -> None:
    bar.resize(width, 34)
    bar.set_status(FULL, NOW)
    assert bar._wanted() <= width
    for part in bar._parts:
        assert part.isHidden() or part.accessibleName()


def test_the_right_side_gives_way_before_the_lamps(bar: StatusBar) -> None:
    bar.resize(1920, 34)
    bar.set_status(FULL, NOW)
    assert bar._central._words == "4 s geleden"
    assert bar._unconfirmed._name == "2 plaatsingen niet bevestigd"
    bar.resize(1100, 34)
    bar.set_status(FULL, NOW)
    assert bar._central._words == "4 s"
    assert bar._unconfirmed._name == "2 niet bevestigd"
