"""Every event that services write about a report has Dutch words in its history (F08)."""

from __future__ import annotations

import ast

from console.views.reports.words import EVENTS
from tests.architecture.source import calls, modules


def written_about_reports() -> set[str]:
    """Collect the words of history lines whose subject is, or may be, a report."""
    found: set[str] = set()
    for path in modules("console/services"):
        for _, call, word in calls(path):
            if word not in ("log", "_command") or len(call.args) < 3:
                continue
            subject = call.args[0]
            if word == "log" and isinstance(subject, ast.Constant) and subject.value != "report":
                continue
            found |= {
                str(part.value)
                for part in ast.walk(call.args[2])
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            }
    return found


def test_every_event_of_a_report_has_dutch_words() -> None:
    words = written_about_reports()
    assert {"claimed", "waiting", "handed_over"} <= words
    # These are written about groups and administrators by the same call.
    assert not words - set(EVENTS) - {"confirmed", "area_moved"}
