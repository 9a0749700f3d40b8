"""A real central with a team and its first person signed in, on both kinds of database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.helpers.central_line import CentralLine
from tests.helpers.postgres import PostgresServer


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


@pytest.fixture
def copy_now(
    place: Path | str, tmp_path: Path, line: CentralLine, request: pytest.FixtureRequest
) -> Iterator[Callable[[], Path | str]]:
    """Return what makes a copy of the records as they are now, as a backup would."""
    made: list[str] = []

    def copy() -> Path | str:
        if isinstance(place, Path):
            there = tmp_path / "copy.db"
            line.office.database.copy_to(there)
            return there
        server: PostgresServer = request.getfixturevalue("postgres_server")
        # Connections at rest are opened again by themselves.
        line.office.database.let_go()
        made.append(server.copy(place))
        return made[-1]

    yield copy
    for url in made:
        request.getfixturevalue("postgres_server").drop(url)
