"""Start-up: the first window, and the first rows in it, against a bare PySide6 window (D01).

Every run is a process of its own on a profile with 5,000 reports and 2,000 groups, without
network. ``first_window``: the window has been painted. ``first_rows``: reports stand in the list.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import profiles
from benchmarks.measure import Figure, against

RUNS = 9
FLOOR = "een kaal PySide6-venster, eigen proces"


def measure() -> list[Figure]:
    """Start processes in turns and read when each says that it is there."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        _fill(home / "desk")
        bare, window, rows = [], [], []
        for turn in range(RUNS + 1):
            one = _run("benchmarks.start_bare", home)["window"]
            ours = _run("benchmarks.start_desk", home)
            if turn:
                bare.append(one)
                window.append(ours["window"])
                rows.append(ours["rows"])
    return [
        against("first_window", window, bare, floor=FLOOR, target=1.3),
        against("first_rows", rows, bare, floor=FLOOR, target=2),
    ]


def _fill(root: Path) -> None:
    root.mkdir(parents=True)
    store = profiles.open_store(root / "desk.db")
    try:
        profiles.fill_reports(store, 5_000)
        profiles.fill_directory(store, 2_000)
    finally:
        store.close()


def _run(module: str, home: Path) -> dict[str, float]:
    """Run a module; returns, per word it printed, the milliseconds since the start."""
    env = {
        **os.environ,
        "BUURTDESK_HOME": str(home),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONUTF8": "1",
        # As on any desk that started before: nothing is compiled anew.
        "PYTHONPYCACHEPREFIX": str(home / "bytecode"),
    }
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", module],
        stdout=subprocess.PIPE,
        text=True,
        env=env,
        cwd=Path(__file__).parent.parent,
    )
    assert process.stdout is not None
    found = {}
    for line in process.stdout:
        found[line.strip()] = (time.perf_counter() - start) * 1000
    process.wait(60)
    return found
