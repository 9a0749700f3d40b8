"""A desk joined to a real central."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.central_line import CentralLine
from tests.helpers.joined import Joined


@pytest.fixture
def central(tmp_path: Path) -> Iterator[CentralLine]:
    """Return a central that is set up, and a line of its own to look at it."""
    with CentralLine(tmp_path / "central.db") as made:
        made.set_up()
        yield made


@pytest.fixture
def joined(central: CentralLine, tmp_path: Path) -> Iterator[Joined]:
    """Return a desk with the first person signed in."""
    with Joined(central, tmp_path / "desk.db") as made:
        made.sign_in(central.person)
        yield made
