"""Fixtures: a real encrypted local file and a desk with somebody signed in.

Tests under ``tests/console`` have them by name; ``tests/console/conftest.py`` brings them in.
"""

from __future__ import annotations

from collections.abc import Iterator
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


@pytest.fixture
def clock() -> HandClock:
    """A clock that stands still until the test moves it."""
    return HandClock()


@pytest.fixture
def store(tmp_path: Path, clock: HandClock) -> Iterator[Store]:
    """A real store on an encrypted file of its own."""
    from console.storage.database import Store

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
