"""The list of cases of the guard, which a team can extend (`cases.toml`, F26, D18).

The same list is run over every path that ends in a text for a group.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from contract.guard.report import RULES

DEFAULT_KIND: Final = "warning"


@dataclass(frozen=True, slots=True)
class Case:
    """One text and everything the guard must find in it, closing line apart.

    `expected` holds pairs of rule and exact text, in order of position.
    """

    text: str
    kind: str
    expected: tuple[tuple[str, str], ...]


@cache
def load_cases() -> tuple[Case, ...]:
    """All cases of the shipped list; ValueError where the list names an unknown rule."""
    source = resources.files("contract.guard").joinpath("cases.toml").read_text(encoding="utf-8")
    data = tomllib.loads(source)
    cases: list[Case] = []
    for rule, table in data.items():
        if rule == "case":
            continue
        _known(rule)
        kind = table.get("kind", DEFAULT_KIND)
        for text, *found in table.get("found", []):
            cases.append(Case(text, kind, tuple((rule, part) for part in found)))
        cases += [Case(text, kind, ()) for text in table.get("fine", [])]
    for entry in data.get("case", []):
        expected = tuple((_known(rule), part) for rule, part in entry["rules"])
        cases.append(Case(entry["text"], entry.get("kind", DEFAULT_KIND), expected))
    return tuple(cases)


def _known(rule: str) -> str:
    if rule not in RULES:
        raise ValueError(f"unknown rule in the list of cases: {rule!r}")
    return rule
