"""sync.md §8a: a desk that worked alone goes over to a team's central in another process."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pyotp
import pytest

import main
from console.app.joining import Joining, _put_aside
from console.app.opening import ACCOUNT_NEEDED, Opened, Opener
from console.domain.account import Account
from console.domain.clock import SystemClock
from console.domain.failures import Refused
from console.domain.person import Person
from console.paths import Profile
from console.services.desk import Desk, Unit
from console.settings import Settings
from console.storage.key_slot import Cost
from console.storage.keys import KeyRing
from tests.console.sync.test_engine import BODY
from tests.helpers.central_process import CentralProcess

WORDS = "vier losse woorden samen"
PASSWORD = "paarse fietsen bij het water"
TEAM = "Basisteam Voorbeeldland"


@pytest.fixture
def central(tmp_path: Path) -> Iterator[CentralProcess]:
    with CentralProcess(tmp_path / "team.db") as made:
        yield made


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile(tmp_path / "desk")


def test_a_desk_brings_its_records_and_works_on_with_the_team(
    central: CentralProcess, profile: Profile
) -> None:
    async def lone() -> str:
        desk = opener(profile)
        opened, person = await desk.begin("Lotte Voorbeeld", "Alleen", WORDS)
        report = act(opened, person, lambda unit: unit.create("report", BODY))
        await step(opened)
        joining = Joining(opened, desk.settings, profile.settings)
        first = Account(
            "lotte", PASSWORD, one_time=central.code, team=TEAM, person="Lotte Voorbeeld"
        )
        assert await joining.sign_in(central.url, first) is False, "a second factor comes first"
        offer = await asyncio.wrap_future(joining.requests().offer_second_factor())
        code = pyotp.TOTP(offer.secret).now()
        await asyncio.wrap_future(joining.requests().confirm_second_factor(code))
        look = await joining.look()
        assert [pair.mine.id for pair in look.preview.to_decide] == [person.id]
        told: list[tuple[int, int]] = []
        same = {pair.key: pair.theirs.id for pair in look.preview.to_decide}
        came = await joining.bring(same, (), lambda done, of: told.append((done, of)))
        assert (came.left, told[-1][0]) == ((), told[-1][1])
        mine = await joining.decide_to_go()
        await joining.close()
        # The desk dies here: the rest happens at its next start.
        await desk.close(opened)
        assert mine == same["person", person.id]
        return str(report)

    report = run(lone)

    async def in_the_team() -> None:
        desk = opener(profile)
        opened, person_id = await desk.unlock(WORDS)
        try:
            assert desk.settings.central_url == central.url
            assert json.loads(profile.settings.read_text())["central_url"] == central.url
            assert not profile.central_database.exists()
            assert list(profile.root.glob("central-before-*.db"))
            person = await desk.sign_in(opened, person_id)
            assert (person.name, opened.team) == ("Lotte Voorbeeld", TEAM)
            assert "account_holder" in person.roles
            act(opened, person, lambda unit: unit.update("report", report, title="Na het gaan"))
            await step(opened)
            found = await asyncio.wrap_future(
                opened.thread.submit(opened.engine.gateway.changes(opened_team(opened)))
            )
            (there,) = [one for one in found.records if one.kind == "report"]
            assert (there.id, there.body["title"]) == (report, "Na het gaan")
        finally:
            await desk.close(opened)

    run(in_the_team)


def test_what_changes_while_joining_goes_along_or_keeps_the_desk_where_it_is(
    central: CentralProcess, profile: Profile
) -> None:
    """Between two tries people work on; what they did must not stay behind unseen."""

    async def lone() -> None:
        desk = opener(profile)
        opened, person = await desk.begin("Lotte Voorbeeld", "Alleen", WORDS)
        try:
            report = act(opened, person, lambda unit: unit.create("report", BODY))
            await step(opened)
            joining = Joining(opened, desk.settings, profile.settings)
            same = await begin_joining(joining, central)
            with pytest.raises(Refused) as refused:
                await joining.bring({}, (), lambda done, of: None)
            assert refused.value.problem.code == "joining-person", "nobody could come in again"
            await joining.bring(same, (), lambda done, of: None)
            act(opened, person, lambda unit: unit.update("report", report, title="Intussen"))
            with pytest.raises(Refused) as refused:
                await joining.decide_to_go()
            assert refused.value.problem.code == "joining-changed"
            look = await joining.look()
            came = await joining.bring(look.same, look.copies, lambda done, of: None)
            assert (came.left, came.added) == ((), 1)
            await joining.decide_to_go()
            assert (await at_the_team(joining))[report].body["title"] == "Intussen"
            await joining.close()
        finally:
            await desk.close(opened)

    run(lone)


def test_what_central_left_in_its_log_is_put_aside_with_its_file(tmp_path: Path) -> None:
    own = tmp_path / "central.db"
    for end in ("", "-wal", "-shm"):
        own.with_name(own.name + end).write_text(f"part{end}")
    _put_aside(own, "central-before-1.db")
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "central-before-1.db",
        "central-before-1.db-shm",
        "central-before-1.db-wal",
    ]


def test_a_fresh_desk_comes_in_with_an_account_and_opens_again_without_a_line(
    central: CentralProcess, profile: Profile
) -> None:
    first = Account("lotte", PASSWORD, one_time=central.code, team=TEAM, person="Lotte Voorbeeld")

    async def fresh() -> str:
        desk = opener(profile)
        opened, person = await desk.join(central.url, first, WORDS)
        act(opened, person, lambda unit: unit.create("report", BODY))
        await desk.close(opened)
        return person.id

    person_id = run(fresh)
    central.close()

    async def without_a_line() -> None:
        desk = opener(profile)
        desk.settings = stored_settings(profile)
        opened, found = await desk.unlock(WORDS)
        try:
            assert found == person_id
            known = await desk.known_here(opened, found)
            assert known is not None
            assert (known.name, opened.team) == ("Lotte Voorbeeld", TEAM)
            person = await desk.sign_in(opened, found)
            assert person.id == person_id, "the session of last time goes on"
        finally:
            await desk.close(opened)

    run(without_a_line)


def test_a_wrong_password_leaves_no_half_made_desk(
    central: CentralProcess, profile: Profile
) -> None:
    async def work() -> str:
        desk = opener(profile)
        with pytest.raises(Refused) as refused:
            await desk.join(central.url, Account("lotte", PASSWORD), WORDS)
        assert not desk.elsewhere
        return refused.value.problem.code

    assert run(work) == "sign-in-refused"
    assert not profile.database.exists()
    assert not profile.keys.exists()


def test_an_address_where_nobody_answers_is_said_in_words(profile: Profile) -> None:
    async def work() -> str:
        desk = opener(profile)
        with pytest.raises(Refused) as refused:
            await desk.join("http://127.0.0.1:9", Account("lotte", PASSWORD), WORDS)
        return refused.value.problem.code

    assert run(work) == "central-unreachable"


def test_without_a_kept_session_the_account_is_asked(
    central: CentralProcess, profile: Profile
) -> None:
    first = Account("lotte", PASSWORD, one_time=central.code, team=TEAM, person="Lotte Voorbeeld")

    async def work() -> None:
        desk = opener(profile)
        opened, person = await desk.join(central.url, first, WORDS)
        try:
            await asyncio.wrap_future(opened.thread.submit(opened.engine.sign_out()))
            with pytest.raises(Refused) as refused:
                await desk.sign_in(opened, person.id)
            assert refused.value.problem == ACCOUNT_NEEDED
            again = await desk.sign_in_with(opened, Account("lotte", PASSWORD), person.id)
            assert again.id == person.id
            with pytest.raises(Refused) as refused:
                await desk.sign_in_with(opened, Account("lotte", PASSWORD), "somebody-else")
            assert refused.value.problem.code == "other-account"
        finally:
            await desk.close(opened)

    run(work)


async def begin_joining(joining: Joining, central: CentralProcess) -> dict[Any, str]:
    """Sign in as the first account, prove a second factor, look; returns what is the same."""
    first = Account("lotte", PASSWORD, one_time=central.code, team=TEAM, person="Lotte Voorbeeld")
    await joining.sign_in(central.url, first)
    offer = await asyncio.wrap_future(joining.requests().offer_second_factor())
    code = pyotp.TOTP(offer.secret).now()
    await asyncio.wrap_future(joining.requests().confirm_second_factor(code))
    look = await joining.look()
    return {pair.key: pair.theirs.id for pair in look.preview.to_decide}


async def at_the_team(joining: Joining) -> dict[str, Any]:
    """Return the records of the team's central by id."""
    await joining.look()
    return {one.id: one for one in joining._theirs}


def opener(profile: Profile) -> Opener:
    made = Opener(profile, Settings(station="balie-1"), SystemClock(), main.make_central)
    profile.prepare()
    made._keyring = KeyRing(profile.keys, None, cost=Cost(64, 1, 1))
    made._has_keyring = False
    return made


def stored_settings(profile: Profile) -> Settings:
    from console.settings import load

    return load(profile.settings, {})[0]


def act(opened: Opened, person: Person, work: Callable[[Unit], Any]) -> Any:
    desk = Desk(opened.store, SystemClock(), station="balie-1")
    desk.person = person
    return desk.act(work).result(30)


async def step(opened: Opened) -> None:
    await asyncio.wrap_future(opened.thread.submit(opened.engine.step()))


def opened_team(opened: Opened) -> str:
    return str(opened.engine.gateway.session.team.id)


def run(work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    with asyncio.Runner() as runner:
        return runner.run(work())
