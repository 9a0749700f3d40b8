"""The invented town opens to its list, in this process and in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from console.paths import DEMO
from console.storage.outbox import counts as outbox_counts
from tests.helpers.program import Running, Start

ROOT = Path(__file__).resolve().parents[2]


def test_the_demo_opens_at_the_list_of_its_day_and_central_has_its_whole_town(
    demo_program: Running,
) -> None:
    """One start for all that is only looked at: the town is made anew every time."""
    run = demo_program
    counts = run.ask(run.services.reports.counts)
    assert (counts.open, counts.acute_open) == (16, 1)
    assert (counts.mine, counts.waiting) == (3, 3)
    assert run.window.windowTitle() == "Buurtdesk, Basisteam Wielderland"
    assert not run.said
    _the_whole_town(run)
    run.exchanged()
    waiting = run.settled(run.services.desk.look(lambda conn: outbox_counts(conn, run.person.id)))
    assert (waiting.queue, waiting.tray, waiting.others) == (0, 0, 0)


def _the_whole_town(run: Running) -> None:
    tree = run.ask(run.services.directory.tree)
    assert (tree.counts.groups, tree.counts.administrator_groups) == (42, 7)
    clock = run.ask(run.services.feedback.clock)
    assert clock.late == 1
    states = [row.state for row in run.ask(lambda: run.services.alerts.rows("now"))]
    assert states == ["active"]
    sections = {row.section for row in run.ask(run.services.posts.rows)}
    assert {"busy", "placed"} <= sections


def test_the_demo_begins_anew_every_time(start_program: Start) -> None:
    first = start_program(DEMO)
    first.until_open()
    first.settled(first.services.lamps.checked(False))
    first.close()
    second = start_program(DEMO)
    second.until_open()
    status = second.program.beat.status
    second.until(lambda: second.program.beat.status is not status, "the lamps")
    assert second.program.beat.status.whatsapp.state == "good"


@pytest.mark.timeout(180)
def test_the_demo_runs_in_a_process_of_its_own(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.helpers.child", "--demo"],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "BUURTDESK_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "Buurtdesk, Basisteam Wielderland"
    assert "Traceback" not in done.stderr
    assert "QThread" not in done.stderr
