"""A real central with a team and its first person signed in, on both kinds of database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.central_line import CentralLine


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Return where central keeps its records: its own encrypted file, then PostgreSQL."""
    if request.param == "sqlite":
        return tmp_path / "central.db"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def line(place: Path | str) -> Iterator[CentralLine]:
    """Return a line to a central that is set up."""
    with CentralLine(place) as made:
        made.set_up()
        yield made
