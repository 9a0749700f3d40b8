"""The protocol as a whole, under every fault of sync.md §12 T1: nothing lost, nothing doubled.

``BUURTDESK_MODEL_RUNS=20000`` runs that many other runs than the fixed ones of every day.
"""

from __future__ import annotations

import os

import pytest

from tests.model.hunt import run

RUNS = int(os.environ.get("BUURTDESK_MODEL_RUNS", "0"))
RUNS_OF_EVERY_DAY = 150

MUST_BE_MET = (
    "conflict",
    "gone",
    "merged",
    "replay",
    "resync-required",
    "timeline-changed",
    "offered again",
    "lost claim",
    "stale page",
    "sent ahead",
    "too-early",
    "desk died",
    "central died",
)
OFTEN = ("conflict", "gone", "resync-required", "replay")
"""What one run in twenty must meet; the others must be met at all."""


@pytest.mark.timeout(0)
def test_whatever_happens_nothing_is_lost_doubled_or_overwritten_unseen() -> None:
    totals = run(RUNS or RUNS_OF_EVERY_DAY, derandomize=not RUNS)
    assert totals.runs >= (RUNS or RUNS_OF_EVERY_DAY)
    shares = {name: totals.share(name) for name in MUST_BE_MET}
    rare = {
        name: share for name, share in shares.items() if share < (0.05 if name in OFTEN else 0.005)
    }
    assert not rare, f"seen too seldom to prove anything: {rare}"
