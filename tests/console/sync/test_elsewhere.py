"""A desk of a central elsewhere: kept sessions, pauses, self-check, versions (sync.md §7, §9)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import orjson
import pytest
from sqlalchemy import text

from console.domain.failures import NotAllowed, Refused
from console.domain.offline import READ_ONLY, Standing
from console.domain.person import Person
from console.storage import digest, outbox, sessions
from console.sync.failures import Answered, LineDown
from console.sync.gateway import Gateway
from console.sync.status import SyncState
from contract import routes
from contract.messages import Session
from contract.problems import ProblemCode, type_of
from tests.console.sync.test_engine import BODY, queue, same_everywhere, write_report
from tests.helpers.accounts_line import KEEPER, PASSWORD, AccountsLine
from tests.helpers.away import Away


@pytest.fixture
def away(tmp_path: Path) -> Iterator[Away]:
    with AccountsLine(tmp_path / "central.db") as central:
        central.begin()
        with Away(central, tmp_path / "desk.db") as made:
            enter(made)
            yield made


def enter(away: Away) -> None:
    assert isinstance(away.central, AccountsLine)
    code = away.central.digits()
    session = away.run(away.engine.sign_in_with(KEEPER, PASSWORD, code))
    away.desk.person = Person(session.person.id, session.person.name, session.person.roles)
    away.central.person = session.person.id


def again(away: Away) -> None:
    """Restart the desk and go on with the kept session."""
    person = away.desk.person
    assert person is not None
    away.shut()
    away.open()
    assert away.run(away.engine.resume(person.id)) is not None
    away.desk.person = person


def problem(status: int, code: ProblemCode) -> httpx.Response:
    return httpx.Response(status, content=orjson.dumps({"type": type_of(code)}))


def test_a_session_goes_on_after_a_restart_without_a_password(away: Away) -> None:
    made = write_report(away)
    again(away)
    assert away.engine.status.now.state is SyncState.LIVE
    assert made in away.central.records("report")
    again(away)
    same_everywhere(away)


def test_a_desk_that_starts_without_a_line_works_on_and_sends_later(away: Away) -> None:
    person = away.desk.person
    assert person is not None
    away.shut()
    away.open()
    away.line.down = True
    assert away.run(away.engine.resume(person.id)) is not None
    away.desk.person = person
    made = write_report(away)
    away.step()
    assert away.engine.status.now.state is SyncState.OFFLINE
    away.line.down = False
    away.step()
    assert made in away.central.records("report")


def test_new_tokens_are_on_disk_before_they_are_used(away: Away) -> None:
    person = away.central.person
    away.move(minutes=20)
    away.step()
    kept = away.store.read(lambda conn: sessions.kept(conn, person)).result()
    assert kept is not None
    session = away.gateway.session
    assert session is not None
    assert kept["refresh_token"] == session.refresh_token
    assert "access_token" not in kept


def test_a_session_that_central_takes_no_longer_is_forgotten_and_the_outbox_stays(
    away: Away,
) -> None:
    person = away.central.person
    away.move(hours=30)
    write_report(away)
    away.step()
    status = away.engine.status.now
    assert (status.state, status.queue) == (SyncState.SIGNED_OUT, 1)
    assert away.store.write(lambda conn: sessions.kept(conn, person)).result() is None
    assert away.run(away.engine.resume(person)) is None
    assert queue(away) == 1


def test_signing_out_forgets_the_kept_session(away: Away) -> None:
    person = away.central.person
    away.run(away.engine.sign_out())
    assert away.run(away.engine.resume(person)) is None


def test_who_steps_aside_sends_nothing_and_comes_back_without_a_password(away: Away) -> None:
    person = away.central.person
    made = write_report(away)
    away.run(away.engine.step_aside())
    away.step()
    status = away.engine.status.now
    assert (status.state, status.queue) == (SyncState.SIGNED_OUT, 0)
    assert made not in away.central.records("report")
    assert away.run(away.engine.resume(person)) is not None
    assert away.engine.status.now.state is SyncState.LIVE
    assert made in away.central.records("report")


def test_tokens_that_come_for_who_stepped_aside_are_kept_and_not_used(away: Away) -> None:
    person, kept = away.central.person, away.gateway.keep

    async def keep_late(session: Session) -> None:
        await kept(session)
        # In the middle of the renewal somebody else sits down.
        away.gateway.step_aside()

    away.gateway.keep = keep_late
    with pytest.raises(LineDown):
        away.run(away.gateway.renew_ahead())
    assert away.gateway.session is None
    away.gateway.keep = kept
    assert away.run(away.engine.resume(person)) is not None
    assert away.engine.status.now.state is SyncState.LIVE


def test_a_wrong_password_lets_nobody_in(away: Away) -> None:
    with pytest.raises(Answered) as refused:
        away.run(away.engine.sign_in_with(KEEPER, "geen goede woorden", ""))
    assert refused.value.status in (401, 429)


def test_the_desks_of_a_central_elsewhere_spread_after_an_outage(away: Away) -> None:
    away.line.down = True
    assert [away.step() for _ in range(4)] == [10.0, 2.0, 4.0, 8.0]


def test_no_address_over_the_network_without_a_certificate() -> None:
    with pytest.raises(Refused):
        Gateway("http://centrale.voorbeeld.nl", device="d")


def test_a_desk_that_is_too_old_still_reads_and_keeps_its_outbox(away: Away) -> None:
    from tests.helpers.central_line import report

    theirs = report()
    away.central.push(theirs)
    write_report(away)
    away.line.answers["ops"] = problem(426, ProblemCode.CLIENT_TOO_OLD)
    away.step()
    status = away.engine.status.now
    assert (status.state, status.queue) == (SyncState.UPGRADE_NEEDED, 1)
    there = away.store.read(
        lambda c: c.execute(text("SELECT id FROM rec_report")).scalars().all()
    ).result()
    assert theirs["id"] in there


def test_a_desk_newer_than_central_holds_back_what_needs_more(
    away: Away, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "SCHEMA", 2)
    write_report(away)
    monkeypatch.undo()
    away.step()
    assert queue(away) == 1
    assert away.engine.status.now.state is SyncState.LIVE
    ops = away.store.write(
        lambda conn: outbox.next_batch(
            conn, person=away.central.person, now=away.desk.now(), serves=2
        )
    ).result()
    assert len(ops) == 1


def test_the_digest_of_the_desk_is_centrals_and_a_difference_is_fetched_again(
    away: Away,
) -> None:
    made = [write_report(away) for _ in range(3)]
    away.step()
    assert away.run(away.engine.check()) == ()
    away.store.write(
        lambda c: c.execute(text("DELETE FROM rec_report WHERE id = :id"), {"id": made[0]})
    ).result()
    away.clock.move(hours=2)
    away.step()
    assert away.engine.status.now.suspect == ("report",)
    same_everywhere(away)
    assert away.run(away.engine.check()) == ()
    assert not away.engine.status.now.suspect


def test_a_digest_with_waiting_ops_counts_what_central_confirmed(away: Away) -> None:
    made = write_report(away)
    away.step()
    before = away.store.read(digest.sums).result()
    away.desk.act(lambda unit: unit.update("report", made, title="anders")).result()
    away.desk.act(lambda unit: unit.create("report", BODY)).result()
    assert away.store.read(digest.sums).result() == before
    away.desk.act(lambda unit: unit.delete("report", made)).result()
    assert away.store.read(digest.sums).result() == before


def test_ages_come_from_the_clock_that_nobody_sets(away: Away) -> None:
    write_report(away)
    away.clock.move(seconds=30)
    away.clock._now = away.clock.now().replace(year=2020)
    ops = away.run(away.engine._local.next_batch(away.central.person, 10, 1))
    assert [op.age_ms for op in ops] == [30_000]
    away.engine._local.put_back(ops)


def test_after_too_long_without_central_the_desk_only_reads(away: Away) -> None:
    away.desk.standing = lambda: Standing.READ_ONLY
    with pytest.raises(NotAllowed) as refused:
        away.desk.act(lambda unit: unit.create("report", BODY)).result()
    assert refused.value.problem == READ_ONLY
    assert queue(away) == 0
