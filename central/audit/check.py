"""Pure: whether audit rows and their checkpoints fit each other, in one walk (security.md §6).

The same check runs on the live records and on an export, which needs neither service nor database.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from central.journal.chain import START, link
from contract.checkpoint import Checkpoint, Key, origin_of, read_note, signed_by


class Why(StrEnum):
    """What is wrong at a line."""

    LINE = "line"
    CUT = "cut"
    REWRITTEN = "rewritten"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Row:
    """An audit row as it stands in the table."""

    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed note, met where the row of its size has just been walked, or at the end."""

    note: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a walk found: rows, good checkpoints, up to which row they reach, the first fault.

    ``line``: the number of the first line that does not fit, with ``why``; None: all is well.
    """

    rows: int
    notes: int = 0
    signed_to: int = 0
    line: int | None = None
    why: Why | None = None
    last: str = START


def check(
    team: str,
    found: Iterable[Row | Signed],
    keys: Sequence[Key],
    *,
    count: int | None = None,
    seen: Iterable[str] = (),
) -> Checked:
    """Walk rows in their order, with notes between them; stops at the first fault.

    ``count``: how many rows there must be, where that is known from elsewhere. ``seen``: notes that
    somebody kept apart, at most some hundreds; they are held against the rows as well.
    """
    kept: dict[int, list[Checkpoint]] = {}
    for note in seen:
        checkpoint = read_signed(note, team, keys)
        if checkpoint is None:
            return Checked(0, line=_size(note), why=Why.SIGNATURE)
        kept.setdefault(checkpoint.size, []).append(checkpoint)
    rows = notes = signed_to = 0
    before = START

    def fault(line: int, why: Why) -> Checked:
        return Checked(rows, notes, signed_to, line, why, before)

    for one in found:
        if isinstance(one, Row):
            row = one.values
            if row.get("n") != rows + 1 or row.get("team") != team:
                return fault(rows + 1, Why.LINE)
            chain = link(before, row)
            if chain != row.get("chain"):
                return fault(rows + 1, Why.LINE)
            rows, before = rows + 1, chain
            for checkpoint in kept.pop(rows, ()):
                if checkpoint.link != before:
                    return fault(rows, Why.REWRITTEN)
                notes, signed_to = notes + 1, rows
            continue
        signed = read_signed(one.note, team, keys)
        if signed is None:
            return fault(_size(one.note), Why.SIGNATURE)
        if signed.size > rows:
            return fault(rows + 1, Why.CUT)
        if signed.size == rows and signed.link != before:
            return fault(rows, Why.REWRITTEN)
        if signed.size < rows:
            return fault(signed.size, Why.SIGNATURE)
        notes, signed_to = notes + 1, rows
    if kept or (count is not None and count != rows):
        return fault(rows + 1, Why.CUT)
    return Checked(rows, notes, signed_to, last=before)


def merged(
    rows: Iterable[Mapping[str, Any]], notes: Iterable[tuple[int, str]]
) -> Iterator[Row | Signed]:
    """Walk rows with each note right after the row of its size; notes come in order of size."""
    waiting = iter(notes)
    next_note = next(waiting, None)
    for row in rows:
        yield Row(row)
        while next_note is not None and next_note[0] <= int(row["n"]):
            yield Signed(next_note[1])
            next_note = next(waiting, None)
    while next_note is not None:
        yield Signed(next_note[1])
        next_note = next(waiting, None)


def read_signed(note: str, team: str, keys: Sequence[Key]) -> Checkpoint | None:
    """Return the checkpoint of a note of this team that one of these keys signed; None: it is none."""
    try:
        read = read_note(note)
    except ValueError:
        return None
    good = read.checkpoint.origin == origin_of(team) and any(signed_by(read, key) for key in keys)
    return read.checkpoint if good else None


def _size(note: str) -> int:
    try:
        return read_note(note).checkpoint.size
    except ValueError:
        return 0
