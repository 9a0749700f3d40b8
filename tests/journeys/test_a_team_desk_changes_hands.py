"""One desk, two people of a team, central elsewhere: each sends their own work (security.md §3)."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from console.app.elsewhere import Elsewhere
from console.app.looking import NOT_INTRODUCED
from console.domain.account import Account
from console.domain.failures import NotAllowed
from console.domain.offline import READ_ONLY, Standing
from console.domain.second import Eye
from console.views.gates.sign_in import SignInPage
from contract.looking import holds
from tests.helpers import hands, looking_along
from tests.helpers.cable import Cable
from tests.helpers.central_process import CentralProcess
from tests.helpers.clock import HandClock
from tests.helpers.journey import Person
from tests.helpers.program import PASSPHRASE, Start, start_program  # noqa: F401
from tests.helpers.windows import PASSWORD, RUBEN, SANNE, WORDS, Office, Seat, come_in

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

OWN_WORDS = "drie groene bomen binnen"
NEW_WORDS = "weer andere woorden samen"


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


def test_a_colleague_who_looked_along_is_believed_by_central_and_nobody_else_is(
    desk: Desk,
) -> None:
    at, opened = desk.at, desk.at.run.program.opened
    assert opened is not None
    desk.office.push(*looking_along.GROUND)
    hands.exchange(at)
    good = looking_along.write(at)
    looking_along.look_along(at, "person-ruben", OWN_WORDS)
    looking_along.bring_out(at)
    hands.until_sent(at)
    held = desk.office.records("post")[good]
    assert (held["status"], held["decisions"][0]["second"]) == ("released", "person-ruben")

    # A desk that was altered: it names Ruben, who typed nothing.
    forged = looking_along.write(at)
    finding = next(one for one in at.screen._findings if one.rule == "bsn")
    screen: Any = at.run.program.shell.presenter("compose")
    nobody = Eye("person-ruben", screen.text, bytes(32))
    at.settled(at.services.posts.decide(forged, finding, "Ik vind het goed", nobody))
    at.until(lambda: not looking_along.open_rules(at), "this desk believes it")
    looking_along.bring_out(at)
    at.until(lambda: hands.tray(at), "what central refused")
    assert desk.office.records("post")[forged]["status"] == "draft"
    item = next(one for one in at.settled(at.services.tray.items()) if one.record_id == forged)
    assert "niet dat de collega" in item.why
    hands.leave_screens(at)

    # Ruben took another passphrase: central hears of his key from him alone.
    opened.keyring.add_slot(opened.key, "person-ruben", NEW_WORDS)
    later = looking_along.write(at)
    said = looking_along.look_along(at, "person-ruben", NEW_WORDS).said()
    assert said == f"{NOT_INTRODUCED.sentence} {NOT_INTRODUCED.next_step}"
    assert looking_along.open_rules(at) == ["bsn"]
    hands.leave_screens(at)
    desk.change_to(RUBEN, NEW_WORDS)
    hands.exchange(at)
    desk.change_to(SANNE, WORDS)
    looking_along.show(at, later)
    looking_along.look_along(at, "person-ruben", NEW_WORDS)
    looking_along.bring_out(at)
    at.until(lambda: desk.office.records("post")[later]["status"] == "released", "it is out")


def test_on_a_desk_alone_a_new_colleague_looks_along_before_ever_signing_in(
    start_program: Start,  # noqa: F811
) -> None:
    at = Person(start_program())
    at.run.begin()
    ruben = at.settled(at.services.people.add(RUBEN, ("operator",), OWN_WORDS))
    at.settled(
        at.services.desk.act(
            lambda unit: unit.create(
                "group", {**looking_along.GROUND[0]["set"]}, looking_along.GROUP
            )
        )
    )
    hands.exchange(at)
    post_id = looking_along.write(at)
    looking_along.look_along(at, ruben, OWN_WORDS)
    looking_along.bring_out(at)
    hands.until_sent(at)
    hands.exchange(at)
    assert hands.tray(at) == []
    opened = at.run.program.opened
    assert opened is not None
    taken = (hands.body(at, "post", post_id) or {})["decisions"][0]
    public = opened.keyring.looks_with(opened.key, ruben)
    team = opened.engine.gateway.session.team.id
    assert holds(taken, public, team=team, post=post_id)
    assert (hands.body(at, "post", post_id) or {})["status"] == "released"
