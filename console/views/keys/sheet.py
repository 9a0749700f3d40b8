"""The key table as people read it: groups in order, runs of digits as one line (09i)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from console.views.keys.table import COMMANDS, Command, shown

SCREENS = "Schermen"

GOOD_TO_KNOW = (
    "Letters doen niets als u typt.",
    "Enter alleen bevestigt nooit.",
    "De desk plaatst zelf nooit iets.",
)


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One line of the sheet: the words, the key as printed, and what it stands for."""

    words: str
    key: str
    command: str
    scope: str


def key_groups(typed: str = "") -> list[tuple[str, list[KeyLine]]]:
    """Return the groups with the lines that hold every typed word, in words or key."""
    wanted = typed.casefold().split()
    made: dict[str, list[KeyLine]] = {}
    for line, group in _lines():
        text = f"{line.words} {line.key} {group}".casefold()
        if all(word in text for word in wanted):
            made.setdefault(group, []).append(line)
    return list(made.items())


def as_paper() -> str:
    """Return the whole sheet as the lines of a printed page."""
    lines = ["# Alle toetsen van Buurtdesk"]
    for group, rows in key_groups():
        lines.append(f"## {group}")
        lines += [f"{row.key}: {row.words}" for row in rows]
    lines.append("## Goed om te weten")
    lines += GOOD_TO_KNOW
    return "\n".join(lines) + "\n"


def _lines() -> list[tuple[KeyLine, str]]:
    made: list[tuple[KeyLine, str]] = []
    run: list[Command] = []
    for command in COMMANDS:
        if run and not _goes_on(run[-1], command):
            made.append(_line(run))
            run = []
        run.append(command)
    made.append(_line(run))
    return made


def _goes_on(one: Command, other: Command) -> bool:
    """Say whether two commands are the same question with the next digit as its answer."""
    words = (_without_digit(one.words), _without_digit(other.words))
    digits = one.keys[0].isdigit() and other.keys[0].isdigit()
    return digits and words[0] == words[1] and one.scope == other.scope


def _without_digit(words: str) -> str:
    """Return the question of an answer: "Afloop 3" is "Afloop", "112 gebeld: ja" "112 gebeld"."""
    return re.sub(r":.*$|\s*\d+$", "", words)


def _line(run: list[Command]) -> tuple[KeyLine, str]:
    first = run[0]
    if len(run) > 1:
        key = f"{first.keys[0]}–{run[-1].keys[0]}"
        words = _without_digit(first.words)
    else:
        key, words = shown(first.keys[0]), first.words
        more = [_arrow(other) for other in first.keys[1:] if other in ("Down", "Up")]
        if more:
            words = f"{words}, ook {more[0]}"
    group = SCREENS if first.id.startswith("screen_") else first.group
    return KeyLine(words, key, first.id, first.scope), group


def _arrow(key: str) -> str:
    return {"Down": "↓", "Up": "↑"}[key]
