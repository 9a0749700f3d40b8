"""One desk, two people of a team, central elsewhere: each sends their own work (security.md §3)."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from console.app.elsewhere import Elsewhere
from console.domain.account import Account
from console.domain.failures import NotAllowed
from console.domain.offline import READ_ONLY, Standing
from console.views.gates.sign_in import SignInPage
from tests.helpers import hands
from tests.helpers.cable import Cable
from tests.helpers.central_process import CentralProcess
from tests.helpers.clock import HandClock
from tests.helpers.journey import Person
from tests.helpers.program import Start, start_program  # noqa: F401
from tests.helpers.windows import PASSWORD, RUBEN, SANNE, WORDS, Office, Seat, come_in

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

OWN_WORDS = "drie groene bomen binnen"


@dataclass
class Desk:
    """The desk with Sanne at work and Ruben let in, and the far end of its cable."""

    at: Person
    cable: Cable
    office: Office
    clock: HandClock

    def change_to(self, name: str, words: str) -> None:
        """Lock with Ctrl+L and sign in by passphrase alone."""
        run = self.at.run
        run.ctrl(Qt.Key.Key_L)
        page = run.gate(SignInPage)
        person = next(one for one in page._persons.values() if one.name == name)
        page.names.set_current(person.id)
        page.passphrase.set_text(words)
        page.primary.click()
        run.until_open()
        assert run.person.name == name

    def reports(self) -> dict[str, str]:
        """Return who made which report, as central has it."""
        held = self.office.records("report").values()
        return {one["text"]: one["created_by"] for one in held}


@pytest.fixture
def desk(
    tmp_path: Path,
    start_program: Start,  # noqa: F811
) -> Iterator[Desk]:
    """Open the desk at central and let the second person in."""
    clock = HandClock(datetime.now(UTC))
    with CentralProcess(tmp_path / "team.db") as central, Cable(central.url) as cable:
        office = Office(central)
        codes = {
            one: office.code_for(f"person-{one}", name, one)
            for one, name in (("sanne", SANNE), ("ruben", RUBEN))
        }
        at = Person(start_program(clock=clock))
        come_in(at, Seat(tmp_path, "balie 1", cable.url, "sanne", codes["sanne"]))
        account = Account("ruben", PASSWORD, one_time=codes["ruben"])
        let_in = Elsewhere(at.run.program).admit(account, OWN_WORDS)
        assert at.run.loop.run(let_in) == RUBEN
        hands.exchange(at)
        yield Desk(at, cable, office, clock)
        at.run.close()
        office.close()
        gc.collect()


def test_nobody_sends_for_another_and_who_comes_back_gives_only_their_passphrase(
    desk: Desk,
) -> None:
    at = desk.at
    desk.cable.pull()
    hands.until_lamp(at, off=True)
    hands.add_report(at, "Van Sanne, zonder contact")
    desk.change_to(RUBEN, OWN_WORDS)
    desk.cable.put_back()
    hands.exchange(at)
    hands.add_report(at, "Van Ruben")
    hands.until_sent(at)
    assert desk.reports() == {"Van Ruben": "person-ruben"}
    at.until(lambda: hands.status(at).others_waiting > 0, "the count of what waits for another")
    desk.change_to(SANNE, WORDS)
    hands.exchange(at)
    hands.until_sent(at)
    assert desk.reports() == {
        "Van Ruben": "person-ruben",
        "Van Sanne, zonder contact": "person-sanne",
    }
    at.until(lambda: hands.status(at).others_waiting == 0, "nothing waits")
    assert not any("aanmelden" in one or "Meld u aan" in one for one in hands.said(at))


def test_after_a_day_without_central_the_passphrase_is_asked_and_after_a_week_one_only_reads(
    desk: Desk,
) -> None:
    at, program = desk.at, desk.at.run.program
    desk.cable.pull()
    hands.until_lamp(at, off=True)
    desk.clock.move(hours=25)
    program.beat._on_beat()
    page = at.run.gate(SignInPage)
    assert "meer dan 24 uur geen contact" in page._lead.accessibleName()
    page.passphrase.set_text("een heel andere zin")
    page.primary.click()
    at.until(lambda: not page.passphrase.text(), "the refusal")
    page.passphrase.set_text(WORDS)
    page.primary.click()
    at.run.until_open()
    program.beat._on_beat()
    at.run.loop.turn(20)
    assert at.run.window.gate is None, "it is asked once"
    hands.add_report(at, "Na een dag nog gewoon gemaakt")
    desk.clock.move(days=7)
    assert program.beat.standing() is Standing.READ_ONLY
    program.beat.ask()
    at.until(lambda: hands.status(at).read_only, "the status")
    strip = at.run.window.strip
    at.until(lambda: "te lang geen contact" in strip.accessibleName(), "the strip")
    with pytest.raises(NotAllowed) as refused:
        hands.add_report(at, "Na een week niet meer")
    assert refused.value.problem == READ_ONLY
    desk.clock.move(days=-8)
    assert program.beat.standing() is Standing.READ_ONLY, "a clock put back gives no time away"
    desk.clock.move(days=8)
    desk.cable.put_back()
    hands.exchange(at)
    hands.until_sent(at)
    assert program.beat.standing() is Standing.OPEN
    hands.add_report(at, "Weer contact")
    hands.until_sent(at)
    assert set(desk.reports()) == {"Na een dag nog gewoon gemaakt", "Weer contact"}
