"""The list of cases of the guard, which a team can extend (`cases.toml`, F26, D18).

The same list is run over every path that ends in a text for a group. A list of the team's own has
the same form; the manual says how to write one.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from contract.guard.check import check
from contract.guard.report import DESK_ONLY, KINDS, RULES
from contract.region import NETHERLANDS

DEFAULT_KIND: Final = "warning"

MOST_CASES: Final = 20_000
"""More cases in one list are refused."""


class BadCases(ValueError):
    """A list of cases that cannot be used; the sentence is Dutch and names the place."""


@dataclass(frozen=True, slots=True)
class Case:
    """One text and everything the guard must find in it, closing line apart.

    `expected` holds pairs of rule and exact text, in order of position; `line` is where the text
    stands in its file, 0 where that is not known.
    """

    text: str
    kind: str
    expected: tuple[tuple[str, str], ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Miss:
    """What differs between a case and the guard: not found, or found where it should not be."""

    case: Case
    missing: tuple[tuple[str, str], ...]
    extra: tuple[tuple[str, str], ...]

    def words(self) -> str:
        """Say in one Dutch line what differs."""
        parts = [f"niet gevonden: {part!r} ({rule})" for rule, part in self.missing]
        parts += [f"wel gevonden: {part!r} ({rule})" for rule, part in self.extra]
        return f"{self.case.text!r}: " + "; ".join(parts)


def misses(case: Case, *, today: dt.date | None = None) -> Miss | None:
    """Run the guard on one case; None where it finds exactly what the case says."""
    text = case.text
    if case.kind != "quick_answer":
        text = f"{text}\n{NETHERLANDS.closing_general}"
    found = [(one.rule, one.text) for one in check(text, case.kind, today=today).findings]
    missing, extra = list(case.expected), []
    for pair in found:
        if pair in missing:
            missing.remove(pair)
        else:
            extra.append(pair)
    return Miss(case, tuple(missing), tuple(extra)) if missing or extra else None


@cache
def load_cases() -> tuple[Case, ...]:
    """All cases of the shipped list; BadCases where the list is wrong."""
    source = resources.files("contract.guard").joinpath("cases.toml").read_text(encoding="utf-8")
    return read_cases(source)


def read_cases(source: str) -> tuple[Case, ...]:
    """Read a list of cases in the form of `cases.toml`.

    Raises:
        BadCases: no TOML, an unknown rule or kind, a case of another shape, or a part that does
            not stand in its text; the sentence names the line.
    """
    try:
        data = tomllib.loads(source)
    except tomllib.TOMLDecodeError as problem:
        raise BadCases(f"De lijst is niet te lezen: {problem}.") from problem
    except RecursionError as problem:
        raise BadCases("De lijst is niet te lezen: er staan te veel haken in elkaar.") from problem
    places = _Places(source)
    cases: list[Case] = []
    for name, table in data.items():
        read = _loose(table, places) if name == "case" else _of_rule(name, table, places)
        for case in read:
            cases.append(case)
            if len(cases) > MOST_CASES:
                raise BadCases(f"Een lijst heeft hoogstens {MOST_CASES} gevallen.")
    if not cases:
        raise BadCases("Er staat geen enkel geval in de lijst.")
    return tuple(cases)


def _of_rule(rule: str, table: Any, places: _Places) -> Iterator[Case]:
    _known(rule, places.line_of(f"[{rule}]"))
    if not isinstance(table, Mapping):
        raise BadCases(f"{places.at(rule)}schrijf [{rule}] op een eigen regel.")
    for name in table:
        if name not in {"kind", "found", "fine"}:
            raise BadCases(
                f"{places.at(str(name))}“{name}” kent de lijst niet. Kies found of fine."
            )
    kind = _kind(table.get("kind", DEFAULT_KIND), places)
    for entry in _items(table.get("found", []), rule, places):
        if not isinstance(entry, list) or len(entry) < 2 or not _all_text(entry):
            raise BadCases(
                f"{places.at(_first(entry))}een geval onder found is een rij van een tekst en "
                "daarna elke plek die gevonden moet worden."
            )
        text, *parts = entry
        yield _case(text, kind, [(rule, part) for part in parts], places)
    for text in _items(table.get("fine", []), rule, places):
        if not isinstance(text, str):
            raise BadCases(f"{places.at(_first(text))}een geval onder fine is alleen een tekst.")
        yield _case(text, kind, [], places)


def _loose(entries: Any, places: _Places) -> Iterator[Case]:
    for entry in _items(entries, "case", places):
        text = entry.get("text") if isinstance(entry, Mapping) else None
        rules = entry.get("rules") if isinstance(entry, Mapping) else None
        if not isinstance(text, str) or not isinstance(rules, list):
            raise BadCases(
                f"{places.at('[[case]]')}een [[case]] heeft een text en een lijst rules."
            )
        kind = _kind(entry.get("kind", DEFAULT_KIND), places)
        pairs: list[tuple[str, str]] = []
        for pair in rules:
            if not isinstance(pair, list) or len(pair) != 2 or not _all_text(pair):
                raise BadCases(f"{places.at(text)}in rules staan paren: een regel en een plek.")
            _known(pair[0], places.line_of(text))
            pairs.append((pair[0], pair[1]))
        yield _case(text, kind, pairs, places)


def _case(text: str, kind: str, expected: list[tuple[str, str]], places: _Places) -> Case:
    line = places.next_line_of(text)
    for _, part in expected:
        if not part or part not in text:
            raise BadCases(f"Regel {line}: {part!r} staat niet in de tekst {text!r}.")
    return Case(text, kind, tuple(expected), line)


def _items(value: Any, name: str, places: _Places) -> list[Any]:
    if not isinstance(value, list):
        raise BadCases(f"{places.at(name)}bij {name} hoort een lijst tussen [ en ].")
    return value


def _all_text(values: list[Any]) -> bool:
    return all(isinstance(one, str) for one in values)


def _first(entry: Any) -> str:
    value = entry[0] if isinstance(entry, list) and entry else entry
    return value if isinstance(value, str) else ""


def _kind(value: Any, places: _Places) -> str:
    if value not in KINDS:
        raise BadCases(
            f"{places.at(str(value))}dit soort bericht is er niet: {value!r}. Kies uit: "
            + ", ".join(KINDS)
            + "."
        )
    return str(value)


def _known(rule: str, line: int) -> str:
    if rule not in RULES or rule in DESK_ONLY:
        known = ", ".join(name for name in RULES if name not in DESK_ONLY)
        where = f"Regel {line}: " if line else ""
        raise BadCases(f"{where}deze regel is er niet: {rule!r}. Kies uit: {known}.")
    return rule


_PLAIN: Final = re.compile(r"[ !#-\[\]-~]{0,200}")
"""The opening of a text up to the first sign that a list may write in another way."""


class _Places:
    """Where a text of the list stands in its file; TOML readers do not tell."""

    def __init__(self, source: str) -> None:
        self._lines = source.splitlines()
        self._from = 0

    def line_of(self, text: str, start: int = 0) -> int:
        """The first line from `start` on that holds a text; 0 where it is written otherwise."""
        written = _PLAIN.match(text)
        if written is None or not written.group():
            return 0
        for at in range(start, len(self._lines)):
            if written.group() in self._lines[at]:
                return at + 1
        return 0

    def next_line_of(self, text: str) -> int:
        """The same, from the case before on: the list is read from top to bottom."""
        line = self.line_of(text, self._from) or self.line_of(text)
        self._from = max(line - 1, 0)
        return line

    def at(self, text: str) -> str:
        """The words in front of an error: "Regel 12: ", empty where the line is not known."""
        line = self.line_of(text)
        return f"Regel {line}: " if line else ""
