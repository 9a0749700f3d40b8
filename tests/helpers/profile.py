"""Fixtures: a real encrypted local file and a desk with somebody signed in.

Use them with ``from tests.helpers.profile import clock, desk, store  # noqa: F401``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.domain.person import Person
from console.services.desk import Desk
from console.storage.database import Store
from tests.helpers.clock import HandClock

KEY = bytes(range(32))
STATION = "balie-1"
PERSON = Person(
    "person-ruben", "Ruben Voorbeeld", ("operator", "account_holder"), area_id="area-noord"
)
OTHER = Person("person-samira", "Samira Voorbeeld", ("operator",))


@pytest.fixture
def clock() -> HandClock:
    """A clock that stands still until the test moves it."""
    return HandClock()


@pytest.fixture
def store(tmp_path: Path, clock: HandClock) -> Iterator[Store]:
    """A real store on an encrypted file of its own."""
    opened = Store.open(tmp_path / "desk.db", KEY, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def desk(store: Store, clock: HandClock) -> Desk:
    """A desk on that store with an operator signed in who is also account holder."""
    made = Desk(store, clock, station=STATION)
    made.person = PERSON
    return made
