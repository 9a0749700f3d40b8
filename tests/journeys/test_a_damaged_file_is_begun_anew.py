"""security.md §2: the local file is damaged; the person reads what is lost and has the rest again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from console import settings as station
from console.app.anew import begin_anew, lacks_account
from console.app.damage import words
from console.domain.account import Account
from console.domain.failures import StorageTrouble
from console.domain.report import NewReport
from console.paths import Profile
from console.storage.damage import Left
from console.storage.outbox import counts
from console.views.gates.damaged import DamagedPage
from console.views.gates.join_team import JoinTeamPage
from console.views.gates.sign_in import SignInPage
from tests.console.app.test_a_lone_desk_joins_a_team import act, opener
from tests.console.sync.test_engine import BODY
from tests.helpers.central_process import CentralProcess
from tests.helpers.program import PASSPHRASE, Running, Start

PASSWORD = "paarse fietsen bij het water"
TEAM = "Basisteam Voorbeeldland"


def _reports(run: Running) -> list[str]:
    look = run.services.desk.look(
        lambda conn: [row[0] for row in conn.execute(text("SELECT text FROM rec_report"))]
    )
    return sorted(look.result(10))


def _add(run: Running, words: str) -> None:
    now = run.kit.services.desk.now()
    run.settled(run.services.reports.add(NewReport("person", words, "Dorpsstraat", now)))


def test_a_lone_desk_reads_what_is_lost_and_has_the_rest_again(start_program: Start) -> None:
    run = start_program()
    run.begin()
    _add(run, "Verstuurd en dus bij de centrale")
    run.exchanged()
    run.cut()
    _add(run, "Nooit verstuurd")
    unsent = run.settled(run.services.desk.look(lambda conn: counts(conn, "").others))
    assert unsent > 1
    path = run.program.profile.database
    run.close()
    _flip(path, run.program.opener)

    again = start_program()
    page = again.gate(SignInPage)
    page.passphrase.set_text(PASSPHRASE)
    page.primary.click()
    damaged = again.gate(DamagedPage)
    assert (
        damaged.lost.text()
        == f"{unsent} wijzigingen waren nog niet verstuurd. Dat moet u opnieuw doen."
    )
    before = path.read_bytes()
    damaged.primary.click()
    page = again.gate(SignInPage)
    page.passphrase.set_text(PASSPHRASE)
    page.primary.click()
    again.until_open()
    again.until(lambda: _reports(again) == ["Verstuurd en dus bij de centrale"], "the report")
    (aside,) = path.parent.glob("desk-damaged-*.db")
    assert aside.read_bytes() == before
    again.close()


def _flip(path: Path, opener: Any) -> None:
    """Damage a page in the middle and have it met, as a reading of the list would."""
    from console.storage import damage

    content = bytearray(path.read_bytes())
    content[-2048] ^= 0xFF
    path.write_bytes(content)
    damage.note(path)


@pytest.fixture
def central(tmp_path: Path) -> Iterator[CentralProcess]:
    with CentralProcess(tmp_path / "team.db") as made:
        yield made


def _run(work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    with asyncio.Runner() as runner:
        return runner.run(work())


@pytest.mark.parametrize("size", [0, 40_000])
def test_a_team_desk_signs_in_with_the_account_and_fetches_everything(
    central: CentralProcess, tmp_path: Path, size: int
) -> None:
    profile = Profile(tmp_path / "desk")
    first = Account("lotte", PASSWORD, one_time=central.code, team=TEAM, person="Lotte Voorbeeld")

    async def join() -> None:
        desk = opener(profile)
        opened, person = await desk.join(central.url, first, PASSPHRASE)
        act(opened, person, lambda unit: unit.create("report", BODY))
        await asyncio.wrap_future(opened.thread.submit(opened.engine.step()))
        await desk.close(opened)

    _run(join)
    profile.database.write_bytes(profile.database.read_bytes()[:size])

    async def again() -> None:
        desk = opener(profile)
        desk.settings = station.load(profile.settings)[0]
        with pytest.raises(StorageTrouble):
            await desk.unlock(PASSPHRASE)
        assert desk.damaged is not None
        assert desk.damaged.left == Left()
        assert "niet meer te tellen" in words(desk.damaged.left)
        opened = await begin_anew(desk)
        try:
            assert await lacks_account(desk, opened)
            person = await desk.sign_in_with(opened, Account("lotte", PASSWORD))
            assert person.name == "Lotte Voorbeeld"
            found = opened.store.read(
                lambda conn: conn.execute(text("SELECT count(*) FROM rec_report")).scalar()
            ).result()
            assert found == 1
            assert not await lacks_account(desk, opened)
        finally:
            await desk.close(opened)

    _run(again)
    assert len(list(profile.root.glob("desk-damaged-*.db"))) == 1


def test_the_window_asks_the_account_where_a_team_desk_has_an_empty_file(
    central: CentralProcess, start_program: Start
) -> None:
    """Also without a damaged file: one that is gone must not lock anybody out."""
    from console.paths import DESK
    from console.paths import profile as profile_of

    profile = profile_of(DESK)
    first = Account("lotte", PASSWORD, one_time=central.code, team=TEAM, person="Lotte Voorbeeld")

    async def join() -> None:
        desk = opener(profile)
        opened, _ = await desk.join(central.url, first, PASSPHRASE)
        await desk.close(opened)

    _run(join)
    profile.database.unlink()
    run = start_program()
    page = run.gate(SignInPage)
    page.passphrase.set_text(PASSPHRASE)
    page.primary.click()
    asked = run.gate(JoinTeamPage)
    assert asked.accessibleName() == "Meld u aan bij uw team"
    assert not asked.passphrase.isVisibleTo(asked)
    asked.fields.name.set_text("lotte")
    asked.fields.password.set_text(PASSWORD)
    asked.primary.click()
    run.until_open()
    assert run.person.name == "Lotte Voorbeeld"
