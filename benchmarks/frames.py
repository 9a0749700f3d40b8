"""How long the screen is held while 200 reports a second arrive and somebody types (qt.md).

The desk runs in a process of its own on a profile with 5,000 reports. A frame at 60 Hz lasts
16 ms; a loop that is held longer shows as a stutter.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import profiles
from benchmarks.measure import Figure, percentile

FRAME_MS = 16.0
SHARE_ALLOWED = 0.3
LONGEST_MS = 50.0
"""Two repaints in one turn come to 25-30 ms on a quiet machine (qt.md); more is a fault."""
FLOOR = "een beeld van 16 ms, 200 meldingen per seconde en iemand die typt"


def measure() -> list[Figure]:
    """Run the desk once and say how long its event loop was held."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        root = home / "desk"
        root.mkdir()
        store = profiles.open_store(root / "desk.db")
        try:
            profiles.fill_reports(store, 5_000)
        finally:
            store.close()
        held = _run(home)
    late = sum(one > FRAME_MS for one in held) / len(held) * 100
    return [
        _figure("frames_p99", percentile(held, 99), held, FRAME_MS, "ms"),
        _figure("frames_max", max(held), held, LONGEST_MS, "ms"),
        _figure("frames_late", late, held, SHARE_ALLOWED, "%"),
    ]


def _figure(name: str, value: float, held: list[float], target: float, unit: str) -> Figure:
    return Figure(
        name,
        round(value / target, 3),
        round(min(held), 3) if unit == "ms" else round(value, 3),
        round(value, 3),
        unit,
        FLOOR,
        target,
        value <= target,
        len(held),
    )


def _run(home: Path) -> list[float]:
    env = {**os.environ, "BUURTDESK_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.frames_desk"],
        stdout=subprocess.PIPE,
        text=True,
        env=env,
        cwd=Path(__file__).parent.parent,
        timeout=120,
        check=True,
    )
    held: list[float] = json.loads(done.stdout.strip().splitlines()[-1])
    return held
