"""security.md §2: a lost file or a first start that breaks off never locks people out."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
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


_JOINING = """
import asyncio, sys
from pathlib import Path
from console.domain.account import Account
from console.paths import Profile
from tests.console.app.test_a_profile_always_has_a_way_in import WORDS, opener

async def join():
    one = opener(Profile(Path(sys.argv[1])), None)
    await one.join(sys.argv[2], Account("ruben", "paarse fietsen"), WORDS)

asyncio.run(join())
"""


def test_a_desk_killed_in_its_very_first_joining_can_begin_again(profile: Profile) -> None:
    """kill -9 between the key and the answer of central: no name is known by then."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(20)
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with subprocess.Popen([sys.executable, "-c", _JOINING, profile.root, address]) as desk:
            try:
                line, _ = silent.accept()  # central is asked, and says nothing
            finally:
                desk.kill()
        line.close()
    assert profile.keys.exists()
    assert profile.database.exists()

    async def again() -> None:
        one = opener(profile, None)
        assert await one.look() == (False, one._has_keyring), "the first page, not a locked door"
        assert not profile.keys.exists()
        one = opener(profile, None)
        opened, person = await one.begin("Lotte Voorbeeld", "Basisteam Test", WORDS)
        assert person.name == "Lotte Voorbeeld"
        await one.close(opened)
        # From here on there is work in it: nothing is ever dropped again.
        assert (await opener(profile, None).look())[0]
        assert profile.database.exists()

    run(again)
