"""security.md §2: a lost file or a first start that breaks off never locks people out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

import main
from console.app.opening import Opener
from console.domain.failures import Refused
from console.paths import Profile
from console.settings import Settings
from console.storage.key_slot import Cost
from console.storage.keys import KeyRing
from tests.helpers.clock import HandClock

WORDS = "vier losse woorden samen"


class Keyring:
    """A key ring that keeps texts in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.kept.pop((service, username), None)


def opener(profile: Profile, keyring: Keyring | None, make: Any = main.make_central) -> Opener:
    made = Opener(profile, Settings(station="balie-1"), HandClock(), make)
    profile.prepare()
    made._keyring = KeyRing(profile.keys, keyring, cost=Cost(64, 1, 1))
    made._has_keyring = keyring is not None
    return made


def run(work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    with asyncio.Runner() as runner:
        return runner.run(work())


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile(tmp_path / "desk")


def test_a_desk_file_that_was_lost_is_filled_again_from_central(profile: Profile) -> None:
    keyring = Keyring()

    async def first() -> str:
        one = opener(profile, keyring)
        opened, person = await one.begin("Lotte Voorbeeld", "Basisteam Test", WORDS)
        await one.close(opened)
        return person.id

    person_id = run(first)
    profile.database.unlink()

    async def again() -> None:
        one = opener(profile, keyring)
        opened = await one.unlock_with_keyring()
        try:
            persons = await one.persons(opened)
            assert [(someone.id, someone.slot) for someone in persons] == [(person_id, True)]
            assert await one.fits(opened, person_id, WORDS)
            found = await one.sign_in(opened, person_id)
            assert found.name == "Lotte Voorbeeld"
        finally:
            await one.close(opened)

    run(again)


def test_a_first_start_that_breaks_off_can_be_done_again(profile: Profile) -> None:
    class Broken:
        def open(self) -> None:
            return None

        def close(self) -> None:
            return None

        def __call__(self, scope: Any, receive: Any, send: Any) -> Awaitable[None]:
            raise RuntimeError("central fell over")

    def broken(path: Path, key: bytes, secret: str, tell: Any = None) -> Broken:
        return Broken()

    async def fails() -> None:
        one = opener(profile, None, broken)
        with pytest.raises(Refused) as refused:
            await one.begin("Lotte Voorbeeld", "Basisteam Test", WORDS)
        assert refused.value.problem.code == "central-unusable"

    run(fails)
    assert not profile.keys.exists()
    assert not profile.database.exists()

    async def works() -> None:
        one = opener(profile, None)
        opened, person = await one.begin("Lotte Voorbeeld", "Basisteam Test", WORDS)
        assert person.may("account_holder", "operator")
        await one.close(opened)

    run(works)
