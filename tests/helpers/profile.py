"""Fixtures: a real encrypted local file and a desk with somebody signed in.

Tests under ``tests/console`` have them by name; ``tests/console/conftest.py`` brings them in.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from console.domain.person import Person
from tests.helpers.clock import HandClock

if TYPE_CHECKING:
    from console.services.desk import Desk
    from console.storage.database import Store

KEY = bytes(range(32))
STATION = "balie-1"
PERSON = Person(
    "person-ruben", "Ruben Voorbeeld", ("operator", "account_holder"), area_id="area-noord"
)
OTHER = Person("person-samira", "Samira Voorbeeld", ("operator",))


@cache
def _empty() -> bytes:
    """Return an empty file of the desk under ``KEY``, as the program makes it."""
    from console.storage.database import Store

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk.db"
        Store.open(path, KEY, clock=HandClock()).close()
        return path.read_bytes()


def lay_empty(path: Path) -> None:
    """Put an empty file of the desk where none is yet: made once a run, laid down many times."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(_empty())


@pytest.fixture
def clock() -> HandClock:
    """A clock that stands still until the test moves it."""
    return HandClock()


@pytest.fixture
def store(tmp_path: Path, clock: HandClock) -> Iterator[Store]:
    """A real store on an encrypted file of its own."""
    from console.storage.database import Store

    lay_empty(tmp_path / "desk.db")
    opened = Store.open(tmp_path / "desk.db", KEY, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def desk(store: Store, clock: HandClock) -> Desk:
    """A desk on that store with an operator signed in who is also account holder."""
    from console.services.desk import Desk

    made = Desk(store, clock, station=STATION)
    made.person = PERSON
    return made
