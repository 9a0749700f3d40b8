"""Where central keeps its records: its own encrypted file, then PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Return an empty place for central's records."""
    if request.param == "sqlite":
        return tmp_path / "central.db"
    url: str = request.getfixturevalue("postgres_url")
    return url
