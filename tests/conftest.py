"""What every test gets: no screen, a folder of its own, and made-up input without a stopwatch."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from console.views.theme.theme import Theme
    from tests.helpers.postgres import PostgresServer

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A busy machine is no failure: Hypothesis counts examples here, never milliseconds.
settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("house")


LONG = (
    "tests/model/test_", "tests/faults/test_kill_9", "tests/line/test_eight_hours",
    "tests/line/test_a_shift_over", "tests/journeys/test_every_screen",
    "tests/journeys/test_the_demo", "tests/journeys/test_two_windows",
)  # fmt: skip
"""Files with tests of ten seconds and more: whoever begins one last keeps all others waiting."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the long tests in front of the part that each process begins with, in turn."""
    workers = getattr(config, "workerinput", {}).get("workercount", 1)
    if workers < 2:
        return
    long = [item for item in items if item.nodeid.startswith(LONG)]
    others = [item for item in items if not item.nodeid.startswith(LONG)]
    files = list(dict.fromkeys(item.nodeid.partition("::")[0] for item in long))
    parts: list[list[pytest.Item]] = []
    for number in range(workers):
        mine = files[number::workers]
        parts.append([item for item in long if item.nodeid.partition("::")[0] in mine])
    # Each process begins with an equal part of the whole.
    left = workers
    for part in parts:
        share = (len(others) + sum(map(len, parts[-left:]))) // left - len(part)
        part += others[: max(share, 0)]
        others = others[max(share, 0) :]
        left -= 1
    items[:] = [item for part in parts for item in part] + others


def pytest_collection_finish() -> None:
    """Set what was collected aside: the collector of garbage need not walk it again and again."""
    gc.collect()
    gc.freeze()


YOUNG, SOME = 20_000, 8
"""After tests with a screen: new objects between two looks, and looks between two thorough ones."""


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Keep Python's looks for garbage off other threads while there may be parts of a screen.

    As the desk itself does (``console.collector``): a widget that ends on another thread takes
    the whole run with it.
    """
    screen = "qapp" in getattr(item, "fixturenames", ())
    if screen:
        gc.disable()
    elif not gc.isenabled():
        gc.collect()
        gc.enable()


def pytest_runtest_logfinish() -> None:
    """Look here once enough was made, where Python's own looks are off."""
    young, _, old = gc.get_count()
    if not gc.isenabled() and young > YOUNG:
        gc.collect(2 if old > SOME else 1)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a folder of its own for everything the desk keeps."""
    home = tmp_path / "buurtdesk-home"
    monkeypatch.setenv("BUURTDESK_HOME", str(home))
    return home


@pytest.fixture(scope="session")
def look(qapp: QApplication) -> Theme:
    """One theme for the whole run, as one application has one."""
    from console.views.theme.theme import Theme

    return Theme(qapp)


@pytest.fixture
def theme(look: Theme) -> Iterator[Theme]:
    """Look of the desk in light mode at 100 %; put back afterwards."""
    yield look
    look.set_mode("light")
    look.set_scale(100)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One PostgreSQL server for the whole run of this worker; stopped at the end."""
    from tests.helpers.postgres import running_server

    with running_server() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """Return the address of a database with central's tables and no row; emptied afterwards."""
    url = postgres_server.lend()
    yield url
    postgres_server.take_back(url)


@pytest.fixture
def bare_postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """Return the address of a fresh database without any table; thrown away afterwards."""
    url = postgres_server.make(migrated=False)
    yield url
    postgres_server.drop(url)
