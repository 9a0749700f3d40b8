"""Every rule that can refuse has its Dutch sentence and its next step."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from console.domain import refusals
from contract import rules
from contract.vocabulary import ACCEPTED, OpStatus

FOLDER = Path(rules.__file__).parent


def rule_codes() -> set[str]:
    """Read every code that stands in the rules: second of ``refuse``, or ``code=``."""
    found: set[str] = set()
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            values = [word.value for word in node.keywords if word.arg == "code"]
            if isinstance(node.func, ast.Name) and node.func.id == "refuse":
                values += node.args[1:2]
            found |= {
                str(value.value)
                for value in values
                if isinstance(value, ast.Constant) and isinstance(value.value, str)
            }
    return found


def test_every_code_of_the_rules_has_a_sentence_and_none_is_left_over() -> None:
    assert rule_codes() == refusals.codes()


@pytest.mark.parametrize("code", sorted(refusals.codes()))
def test_a_sentence_is_plain_dutch_with_a_next_step(code: str) -> None:
    problem = refusals.problem(code)
    for words in (problem.sentence, problem.next_step):
        assert words.endswith(".")
        assert "!" not in words
        assert not {"succesvol", "helaas", "je", "jij"} & set(words.lower().split())


@pytest.mark.parametrize("status", sorted(set(OpStatus) - ACCEPTED - {OpStatus.RETRY}))
def test_a_refusal_without_a_code_is_told_by_its_status(status: str) -> None:
    assert refusals.problem("", status).sentence != refusals.problem("", "").sentence
    assert refusals.problem("never heard of", "never heard of").next_step


def test_the_fields_in_the_way_are_named_in_dutch() -> None:
    assert "Plaats, Gehoord om" in refusals.problem("fields", "", ["place", "heard_at"]).next_step
    assert refusals.field_word("unheard") == "unheard"
