"""Central falls silent during a shift: lamps and queue say so, work goes on, all goes once."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from console.domain.report import NewReport, ReportFilter
from tests.helpers.clock import HandClock
from tests.helpers.journey import KEY, SHIFT, Person, Seat
from tests.helpers.waits import waits_of_the_screen

pytestmark = [pytest.mark.journey, pytest.mark.timeout(120)]


def add(person: Person, words: str) -> str:
    """Put a report in the file."""
    new = NewReport("persons", words, "Havenkade", person.services.desk.now())
    return str(person.settled(person.services.reports.add(new)))


def rows(person: Person) -> list[Any]:
    """Return every open report."""
    listing = person.ask(lambda: person.services.reports.listing(ReportFilter()))
    numbers = [n for section in listing.sections for n in section.numbers]
    return list(person.ask(lambda: person.services.reports.page(numbers)))


def test_work_goes_on_without_central_and_is_sent_once_when_it_is_back(
    seat: Seat, hand_clock: HandClock
) -> None:
    person = seat(begin=True)
    with waits_of_the_screen() as waits:
        work_without_central(person, hand_clock)
    # Five minutes without central, then all of it at once: the screen waited for nobody (threat 23).
    assert waits == []


def work_without_central(person: Person, hand_clock: HandClock) -> None:
    """Lose central, go on, and get it back."""
    first = add(person, "Man kijkt in auto's")
    person.run.exchanged()
    person.run.cut()

    def status() -> Any:
        return person.run.program.beat.status

    def in_hand(report_id: str) -> bool:
        card = person.screen.detail.card()
        return card is not None and card.row.id == report_id

    person.until(lambda: status().central.state == "off", "the lamp goes out")
    second = add(person, "Bus staat stil bij de brug")
    for made in (first, second):
        person.run.program.shell.open("reports", report_id=made)
        person.until(partial(in_hand, made), "in hand")
        person.press(KEY.Key_C, SHIFT)
        person.press(KEY.Key_C)
    person.until(lambda: status().queue > 0, "the queue is said")
    person.until(lambda: all(row.claim == "provisional" for row in rows(person)), "provisional")
    assert person.run.window.strip.isVisible()
    person.look("95-offline")
    hand_clock.move(minutes=5)
    person.run.cut(down=False)
    person.run.exchanged()
    person.until(lambda: status().queue == 0, "everything is sent")
    person.until(lambda: status().central.state != "off", "the lamp is on again")
    assert all(row.claim == "mine" for row in rows(person))
    assert len(rows(person)) == 2
    look = person.services.desk.look
    doubled = person.ask(
        lambda: look(
            lambda conn: conn.exec_driver_sql(
                "SELECT count(*) - count(DISTINCT op_id) FROM journal"
            ).scalar_one()
        )
    )
    assert doubled == 0
    person.look("96-online-again")


def test_a_screen_that_waits_for_another_thread_is_seen() -> None:
    place = str(Path(__file__).resolve().parents[2] / "console" / "somewhere.py")
    code = compile("asked.result(0)", place, "exec")
    asked: Future[str] = Future()
    with waits_of_the_screen() as waits:
        with pytest.raises(TimeoutError):
            exec(code, {"asked": asked})
        assert waits[0] == "result at somewhere.py:1"
        waits.clear()
        asked.set_result("er")
        exec(code, {"asked": asked})
        assert waits == []
