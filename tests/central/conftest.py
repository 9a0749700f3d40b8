"""A real central on its own encrypted file, with a team and its first person signed in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.central_line import CentralLine


@pytest.fixture
def line(tmp_path: Path) -> Iterator[CentralLine]:
    """Return a line to a central that is set up."""
    with CentralLine(tmp_path / "central.db") as made:
        made.set_up()
        yield made
