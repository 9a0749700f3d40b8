"""What every test gets: no screen, a folder of its own, and made-up input without a stopwatch."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A busy machine is no failure: Hypothesis counts examples here, never milliseconds.
settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a folder of its own for everything the desk keeps."""
    home = tmp_path / "buurtdesk-home"
    monkeypatch.setenv("BUURTDESK_HOME", str(home))
    return home
