"""operations.md names every figure, every word and option of the command line, every problem."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

from central.operations import keys, place
from central.operations.metrics import Metrics
from central.operations.words import parser
from contract.problems import ProblemCode
from tests.helpers.central_line import CentralLine

ROOT = Path(__file__).resolve().parents[3]
PAPER = (ROOT / "docs" / "operations.md").read_text("utf-8")


def words() -> dict[str, argparse.ArgumentParser]:
    """Return every word after ``central`` with its own reader."""
    for action in parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    raise AssertionError("no words")


def test_every_figure_is_explained_and_no_other(tmp_path: Path) -> None:
    with CentralLine(tmp_path / "central.db") as line:
        figures = Metrics(line.office).text().decode()
    there = set(re.findall(r"^# TYPE (\w+)", figures, re.MULTILINE))
    told = set(re.findall(r"buurtdesk_\w+", PAPER.split("## Watching central")[1]))
    assert told == there


@pytest.mark.parametrize("word", words())
def test_every_word_and_every_option_is_explained(word: str) -> None:
    table = PAPER.split("## Central on its own")[1].split("### The key")[0]
    assert f"`{word}" in table
    for action in words()[word]._actions:
        for option in action.option_strings:
            if option not in ("-h", "--help"):
                assert option in table, option


def test_every_variable_of_the_environment_is_explained() -> None:
    for name in (keys.KEY_VARIABLE, place.DATABASE_VARIABLE, place.HOME_VARIABLE):
        assert f"| `{name}` |" in PAPER


@pytest.mark.parametrize("code", ProblemCode)
def test_every_problem_has_a_line_on_what_to_look_at(code: ProblemCode) -> None:
    assert f"`{code}`" in PAPER.split("## When sync is stuck")[1]
