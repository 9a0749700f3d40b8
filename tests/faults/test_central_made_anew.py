"""kill -9 while the damaged central of a desk is made anew: on or over again, nothing doubled (§2)."""

from __future__ import annotations

import asyncio
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from console.app.opening import Opened, Opener
from console.app.remaking import CENTRAL_DAMAGED, look, lost_words, made_words, remake
from console.domain.failures import Refused, StorageTrouble
from console.paths import Profile
from console.services.desk import Desk, Unit
from console.services.people import People
from console.storage.remaking import NOT_WHOLE
from contract.vocabulary import Role
from tests.console.app.test_a_lone_desk_joins_a_team import WORDS, act, opener
from tests.console.sync.test_engine import BODY
from tests.faults.remake_worker import STEPS
from tests.helpers.pages import PAGE

REPORTS = 40
OTHERS = "vijf heel andere woorden hier"


def run(work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    with asyncio.Runner() as runner:
        return runner.run(work())


async def stepped(opened: Opened) -> None:
    await asyncio.wrap_future(opened.thread.submit(opened.engine.step()))


def reports(opened: Opened) -> dict[str, str]:
    """Return every report with its number, as the desk holds it."""
    query = "SELECT id, number FROM rec_report ORDER BY id"
    rows = opened.store.read(lambda conn: conn.exec_driver_sql(query).all()).result()
    return {str(row[0]): str(row[1] or "") for row in rows}


def prepare(profile: Profile) -> tuple[str, dict[str, str]]:
    """Work alone with two people, damage central's file, do one act more; its id, and the rest."""

    async def work() -> dict[str, str]:
        desk = opener(profile)
        opened, person = await desk.begin("Lotte Voorbeeld", "Alleen", WORDS)

        def heard(unit: Unit) -> None:
            for n in range(REPORTS):
                unit.create("report", {**BODY, "place": f"p{n}"})
            unit.create("area", {"name": "Weg", "level": "village"}, "a")

        act(opened, person, heard)
        await stepped(opened)
        act(opened, person, lambda unit: unit.delete("area", "a"))
        people = _people(desk, opened, person)
        await asyncio.wrap_future(people.add("Joris Voorbeeld", (Role.OPERATOR,), OTHERS))
        await stepped(opened)
        found = reports(opened)
        await desk.close(opened)
        return found

    found = run(work)
    content = bytearray(profile.central_database.read_bytes())
    content[len(content) // PAGE // 2 * PAGE + PAGE // 2] ^= 0xFF
    profile.central_database.write_bytes(content)
    profile.central_database.with_suffix(".damaged").touch()

    async def more() -> str:
        desk = opener(profile)
        opened, person_id = await desk.unlock(WORDS)
        person = await desk.known_here(opened, person_id)
        assert person is not None
        made = act(opened, person, lambda unit: unit.create("report", BODY))
        await desk.close(opened)
        return str(made)

    return str(run(more)), found


def _people(desk: Opener, opened: Opened, person: Any) -> People:
    made = Desk(opened.store, desk.clock, station="balie-1")
    made.person = person
    return People(made, opened.keyring, opened.key)


def goes_on(profile: Profile, unsent: str, before: dict[str, str]) -> None:
    """Open the desk, go on as its page does, and look at everything."""

    async def work() -> None:
        desk = opener(profile)
        opened, person_id = await desk.unlock(WORDS)
        try:
            problem = None
            try:
                await desk.sign_in(opened, person_id)
            except StorageTrouble as trouble:
                problem = trouble.problem
            if problem is not None:
                assert problem is CENTRAL_DAMAGED
                found = await look(desk, opened)
                made = await remake(desk, opened, opened.team or "Alleen", lambda done, of: None)
                assert lost_words(found)
                assert f"{made.records} gegevens" in made_words(found, made)
                await desk.sign_in(opened, person_id)
            await stepped(opened)
            now = reports(opened)
            assert {key: now[key] for key in before} == before
            assert now[unsent].endswith(f"-{REPORTS + 1:03d}"), "sent once, and the numbers go on"
            assert len(now) == REPORTS + 1
            assert await asyncio.wrap_future(opened.thread.submit(opened.engine.check())) == ()
            document = await asyncio.wrap_future(
                opened.thread.submit(opened.engine.service_document())
            )
            (team,) = document.teams
            assert sorted(one.name for one in team.persons) == [
                "Joris Voorbeeld",
                "Lotte Voorbeeld",
            ]
            assert opened.engine.status.now.tray == 0
        finally:
            await desk.close(opened)
        # The other one, with a passphrase of their own.
        opened, other = await desk.unlock(OTHERS)
        try:
            assert (await desk.sign_in(opened, other)).name == "Joris Voorbeeld"
        finally:
            await desk.close(opened)

    run(work)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, dict[str, str]]:
    """A desk whose central is damaged, made once and copied for each test."""
    root = tmp_path_factory.mktemp("remade") / "desk"
    return (root, *prepare(Profile(root)))


@pytest.fixture
def profile(prepared: tuple[Path, str, dict[str, str]], tmp_path: Path) -> Profile:
    shutil.copytree(prepared[0], tmp_path / "desk")
    return Profile(tmp_path / "desk")


@pytest.mark.parametrize("step", STEPS)
def test_kill_9_at_every_step_loses_nothing_and_doubles_nothing(
    prepared: tuple[Path, str, dict[str, str]], profile: Profile, step: str
) -> None:
    _, unsent, before = prepared
    damaged = profile.central_database.read_bytes()
    ended = subprocess.run(
        [sys.executable, "-m", "tests.faults.remake_worker", str(profile.root), step],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    goes_on(profile, unsent, before)
    (aside,) = profile.root.glob("central-damaged-*.db")
    assert aside.read_bytes() == damaged
    assert not list(profile.root.glob("central-anew*"))
    assert not list(profile.root.glob("*-look*"))
    assert not list(profile.root.glob("*.damaged"))


@pytest.mark.parametrize("how", ["gone", "empty", "first page"])
def test_a_file_that_is_gone_emptied_or_never_opens_is_made_anew_too(
    prepared: tuple[Path, str, dict[str, str]], profile: Profile, how: str
) -> None:
    _, unsent, before = prepared
    file = profile.central_database
    if how == "gone":
        file.unlink()
    else:
        file.write_bytes(b"" if how == "empty" else b"\xff" * PAGE + file.read_bytes()[PAGE:])
    goes_on(profile, unsent, before)
    assert len(list(profile.root.glob("central-damaged-*.db"))) == (how != "gone")


def test_where_the_desk_has_no_whole_copy_nothing_is_touched(profile: Profile) -> None:
    before = profile.central_database.read_bytes()
    for part in profile.root.glob("desk.db*"):
        part.unlink()

    async def work() -> None:
        desk = opener(profile)
        opened, person = await desk.unlock(WORDS)
        try:
            with pytest.raises(StorageTrouble) as trouble:
                await desk.sign_in(opened, person)
            assert trouble.value.problem is CENTRAL_DAMAGED
            assert (await look(desk, opened)).team == ""
            with pytest.raises(Refused) as refused:
                await remake(desk, opened, "Alleen", lambda done, of: None)
            assert refused.value.problem is NOT_WHOLE
        finally:
            await desk.close(opened)

    run(work)
    assert profile.central_database.read_bytes() == before
