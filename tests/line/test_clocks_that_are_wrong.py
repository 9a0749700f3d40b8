"""T8: clocks a day off, a clock put back in the middle of a session, days without central."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from console.domain.clock import moment, stamp
from console.domain.failures import NotAllowed
from console.domain.offline import OfflineRule, Standing
from console.models.local import outbox
from console.services.reports import Reports
from console.sync.status import SyncState
from tests.helpers.away import Away
from tests.line.test_eight_hours_without_central import add, person_of
from tests.line.two_desks import TwoDesks, enter, trays, two_desks, waiting


@pytest.fixture
def team(tmp_path: Path) -> Iterator[TwoDesks]:
    with two_desks(tmp_path, tmp_path / "central.db") as made:
        yield made


def set_clock(desk: Away, **span: float) -> None:
    """Set the clock of one computer; what nobody sets runs on."""
    desk.clock._now += timedelta(**span)


@pytest.mark.parametrize("hours", [24, -24])
def test_a_clock_that_is_a_day_off_changes_no_order_and_no_age(
    team: TwoDesks, hours: float
) -> None:
    lotte, yara = team.both
    set_clock(lotte, hours=hours)
    shared = add(lotte, "Van een balie met een verkeerde klok")
    kept = set(waiting(lotte))
    Reports(lotte.desk).claim(shared).result()
    for _ in range(6):
        team.exchange()
    assert not trays(lotte)
    assert abs(lotte.engine.status.now.skew_s + hours * 3600) <= 2
    assert yara.engine.status.now.skew_s == 0
    record = team.records("report")[shared]
    said, heard = moment(record["at"]), moment(record["body"]["heard_at"])
    assert said is not None
    assert heard is not None
    assert abs((said - team.central.watch.at).total_seconds()) <= 120
    assert (heard > said) is (hours > 0)
    # A claim of this very minute is no old claim, whatever the clock of its desk says.
    assert record["body"]["holder"] == person_of(lotte)
    team.each_once(kept)
    team.same_everywhere()


def test_a_claim_that_lay_for_hours_is_old_on_a_clock_that_was_put_back_meanwhile(
    team: TwoDesks,
) -> None:
    lotte, yara = team.both
    shared = add(lotte, "Man kijkt in auto's")
    team.exchange()
    team.central_off()
    Reports(lotte.desk).claim(shared).result()
    team.pass_time(hours=3)
    set_clock(lotte, hours=-3)
    team.central_off(False)
    team.exchange()
    assert [item.kind for item in trays(lotte)] == ["report"]
    assert not team.records("report")[shared]["body"].get("holder")
    Reports(yara.desk).claim(shared).result()
    team.exchange()
    assert team.records("report")[shared]["body"]["holder"] == person_of(yara)


def test_a_clock_put_back_a_day_in_a_session_stops_nothing(team: TwoDesks) -> None:
    lotte, _ = team.both
    first = add(lotte, "Voor de sprong")
    # Central asked to come back with this one in half a minute; then the clock was put back.
    later = stamp(lotte.clock.now() + timedelta(seconds=30))
    lotte.store.write(lambda conn: conn.execute(update(outbox).values(next_at=later))).result()
    lotte.step()
    assert len(waiting(lotte)) == len(set(waiting(lotte))) > 0
    set_clock(lotte, hours=-24)
    second = add(lotte, "Na de sprong")
    team.exchange()
    assert not waiting(lotte)
    assert {first, second} <= set(team.records("report"))
    for _ in range(3):
        team.pass_time(minutes=20)
        set_clock(lotte, minutes=-20)
        add(lotte, "Weer later")
        team.exchange()
    assert lotte.engine.status.now.state is SyncState.LIVE
    assert not waiting(lotte)
    team.same_everywhere()


def test_after_a_day_the_passphrase_is_asked_and_after_a_week_the_desk_only_reads(
    team: TwoDesks,
) -> None:
    lotte, yara = team.both
    rule = OfflineRule()
    confirmed = [""]

    def standing() -> Standing:
        return rule.standing(lotte.engine.contact, lotte.desk.now(), confirmed[0])

    lotte.desk.standing = standing
    yara.line.down = lotte.line.down = True
    kept: set[str] = set()
    seen = []
    for _ in range(9 * 4):
        team.pass_time(hours=6)
        seen.append(standing())
        if seen[-1] is Standing.ASK:
            confirmed[0] = lotte.desk.now()
        if standing() is Standing.READ_ONLY:
            with pytest.raises(NotAllowed):
                add(lotte, "Te laat")
            continue
        add(lotte, "Nog op tijd")
        kept |= set(waiting(lotte))
    assert seen[:4] == [Standing.OPEN] * 4
    assert seen[4] is Standing.ASK
    assert seen.count(Standing.ASK) == 5
    assert seen[28:] == [Standing.READ_ONLY] * 8
    assert len(kept) >= 28
    # The session ran out meanwhile; what was kept waits until somebody signs in.
    lotte.line.down = yara.line.down = False
    lotte.step()
    assert lotte.engine.status.now.state is SyncState.SIGNED_OUT
    assert set(waiting(lotte)) == kept
    for desk in team.both:
        enter(desk, desk.device)
    team.exchange()
    assert standing() is Standing.OPEN
    assert not waiting(lotte)
    assert not trays(lotte)
    team.each_once(kept)
    team.same_everywhere()
