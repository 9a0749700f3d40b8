"""The guard's own list of cases, through the real services, on every path to a copyable text (D18)."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from console.domain.failures import Refused
from console.services.desk import Desk
from tests.console.services.test_gate import PATHS, ReportedError, imported
from tests.helpers import town

pytestmark = [pytest.mark.journey, pytest.mark.timeout(180)]

LIST = Path(__file__).resolve().parents[2] / "contract" / "guard" / "cases.toml"
OF_A_MISSING_PERSON = {"name", "licence_plate", "sensitive_trait"}
"""What a text about a missing person may hold (security.md §5); the desk asks consent instead."""


def cases() -> list[tuple[str, str]]:
    """Return of every rule its first and last text that must be found."""
    found = []
    for rule, part in tomllib.loads(LIST.read_text(encoding="utf-8")).items():
        if rule == "case":
            continue
        texts = [one[0] for one in part.get("found", ()) if "\n" not in one[0]]
        for place in sorted({0, len(texts) - 1}):
            if texts:
                found.append((rule, texts[place]))
    return found


def outcome(path: Callable[[Desk, str], object], desk: Desk, words: str) -> set[str]:
    """Return the rules a path names when it refuses a text; empty when it lets it through."""
    try:
        path(desk, words)
    except ReportedError as report:
        return set(report.rules)
    except Refused as refused:
        return {refused.problem.code.removeprefix("guard-")}
    return set()


@pytest.mark.parametrize("path", PATHS, ids=lambda one: one.__name__)
def test_what_the_list_finds_leaves_by_no_path(
    path: Callable[[Desk, str], object],
    desk: Desk,
) -> None:
    town.build(desk)
    through = []
    for rule, words in cases():
        if path is imported and rule in OF_A_MISSING_PERSON:
            continue
        if not outcome(path, desk, words.rstrip(".")):
            through.append((rule, words))
    assert through == []


def test_the_list_has_every_rule_about_words() -> None:
    assert len({rule for rule, _ in cases()}) >= 13
