"""Where the desk keeps things, and one process per profile."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from console import paths
from console.paths import ProfileLock, profile

ROOT = Path(__file__).resolve().parents[2]

HOLD = """
import sys
from pathlib import Path
from console.paths import ProfileLock
lock = ProfileLock(Path(sys.argv[1]))
print(lock.take(), flush=True)
sys.stdin.read()
"""


def test_the_home_variable_decides_where_everything_is(own_home: Path) -> None:
    assert profile().root == own_home / "desk"
    assert profile(paths.TRAINING).database == own_home / "training" / "desk.db"
    files = profile(paths.DEMO)
    every = (files.database, files.central_database, files.keys, files.settings, files.log)
    assert all(path.is_relative_to(own_home / "demo") for path in (*every, files.crash, files.lock))


def test_without_the_variable_the_system_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(paths.HOME_VARIABLE)
    assert paths.home().name == "buurtdesk"
    assert paths.home().is_absolute()


@pytest.mark.skipif(sys.platform == "win32", reason="rights are kept otherwise there")
def test_the_folder_is_for_this_user_only(own_home: Path) -> None:
    profile().prepare()
    profile().prepare()
    assert stat.S_IMODE(profile().root.stat().st_mode) == 0o700


def test_a_second_process_does_not_get_the_profile_until_the_first_dies(own_home: Path) -> None:
    place = profile().lock
    first = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(place)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert first.stdout is not None
    assert first.stdin is not None
    assert first.stdout.readline().strip() == "True"
    lock = ProfileLock(place)
    assert not lock.take()
    first.kill()
    first.wait()
    first.stdin.close()
    first.stdout.close()
    assert lock.take()
    assert lock.take()
    lock.release()
    with ProfileLock(place) as again:
        assert again.take()
