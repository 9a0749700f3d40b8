"""A list of groups made ready to lay beside the directory; every guess becomes a remark (F64).

Nothing here touches the desk's file, so any thread may do it. It is slow: thousands of lines.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from console.domain.failures import Problem, Refused
from console.domain.register import FileLine, FilePerson, Known, Question, Remark, Source
from console.domain.register_match import Matching, match
from console.domain.register_people import People
from console.domain.register_places import Places
from console.domain.register_words import key_of, masked_cell, masked_number, refs_of
from console.intake import register as intake
from console.intake import register_cells
from console.intake.files import Unreadable, read_bounded
from console.intake.register_cells import UNKNOWN_KIND
from console.intake.register_columns import (
    AnyField,
    Field,
    More,
    guess_more,
    header_key,
    header_mark,
)
from console.intake.register_model import Group, Guess, RegisterReading
from console.intake.register_table import MAX_REGISTER_BYTES
from contract.dutch import word
from contract.vocabulary import GroupKind

NAME_MOST = 120
EMAIL_MOST = 200
CHOICES_MOST = 180
"""The most answers that are kept with a list."""

NO_NAME = Problem(
    "no-name-column",
    "Er is geen kolom met de naam van de groep.",
    "Kies bij een kolom: Naam van de groep.",
)
UNCHANGED = "Er is niets veranderd. Kies een ander bestand."

_HIDDEN = frozenset({Field.ADMINISTRATOR_PHONE, Field.ADMINISTRATOR_EMAIL, Field.INVITE_LINK})
_FIELDS: Mapping[str, AnyField] = {str(one): one for one in (*Field, *More)}
_WORDS: Mapping[str, str] = {
    Field.KIND: "soort",
    Field.MUNICIPALITY: "gemeente",
    Field.AREA_CODE: "code van het gebied",
    Field.STREET: "straten",
    Field.POSTCODE: "postcodes",
    Field.MEMBERS: "leden",
    Field.INVITE_LINK: "uitnodigingslink",
    Field.ADMINISTRATOR_NAME: "beheerder",
    Field.ADMINISTRATOR_PHONE: "telefoon",
    Field.ADMINISTRATOR_EMAIL: "e-mail",
    More.CONFIRMED: "laatst bevestigd",
    More.NOTE: "opmerking",
}


class Cancelled(Exception):
    """A person broke off; nothing was kept."""


Going = Callable[[int, int], None]
"""Told how much of how much is done; raises ``Cancelled`` to break off."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: some of its cells, what it is taken for, and why: guess or saved."""

    name: str
    examples: tuple[str, ...]
    meaning: str
    saved: bool = False


@dataclass(frozen=True, slots=True)
class OpenedList:
    """A file with its columns found; ``mark`` tells its header from others."""

    name: str
    mark: str
    columns: tuple[Column, ...]
    rows: int
    table: intake.RegisterTable = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReadyList:
    """A list read with a mapping and laid beside the directory, ready for the differences."""

    lines: tuple[FileLine, ...]
    matching: Matching
    people: People
    places: Places
    questions: tuple[Question, ...]
    remarks: tuple[Remark, ...]
    rows: int
    rejected: int


def open_list(path: str | os.PathLike[str]) -> OpenedList:
    """Open a CSV file or workbook and propose what its columns mean.

    Raises:
        Refused: no list, damaged, too large, or of an encoding that cannot be read.
    """
    try:
        data = _in_utf8(read_bounded(path, max_bytes=MAX_REGISTER_BYTES))
        table = intake.open_register(data)
    except Unreadable as unreadable:
        raise Refused(Problem(unreadable.code, unreadable.message_nl, UNCHANGED)) from unreadable
    guessed = guess_more(table.headers)
    columns = []
    for at, (header, meaning) in enumerate(zip(table.headers, guessed, strict=True)):
        columns.append(Column(header, _examples(table, at), str(meaning or "")))
    name = " ".join(Path(path).stem.replace("_", " ").replace("-", " ").split())
    return OpenedList(name, header_mark(table.headers), tuple(columns), len(table.rows), table)


def with_saved(opened: OpenedList, source: Source) -> OpenedList:
    """Return a list with the columns as they were understood when it was read before."""
    columns = []
    for one in opened.columns:
        saved = source.columns.get(header_key(one.name)[:NAME_MOST])
        known = saved is not None and (saved == "" or saved in _FIELDS)
        columns.append(
            replace(one, meaning=saved, saved=True) if known and saved is not None else one
        )
    return replace(opened, columns=tuple(columns))


def saved_columns(meanings: Mapping[str, str]) -> dict[str, str]:
    """Return a mapping as it is kept: by header without signs, so a small change is no other."""
    return {header_key(name)[:NAME_MOST]: meaning for name, meaning in meanings.items()}


def read_list(
    opened: OpenedList, meanings: Mapping[str, str], going: Going | None = None
) -> RegisterReading:
    """Read every row. ``meanings`` are fields by the name of a column, empty to leave one out.

    Raises:
        Refused: no column is the name of a group.
        Cancelled: by ``going``.
    """
    mapping = {name: _FIELDS.get(meaning) for name, meaning in meanings.items()}
    if Field.NAME not in mapping.values():
        raise Refused(NO_NAME)
    return intake.apply_mapping(opened.table, mapping, going)


def make_ready(
    reading: RegisterReading,
    known: Known,
    choices: Mapping[str, str],
    today: str,
    new_id: Callable[[], str],
) -> ReadyList:
    """Find areas, groups and people for every line. ``choices`` are answers; ``today`` a day."""
    places = Places(known.areas.values(), choices)
    kinds = _kinds(reading.groups, choices)
    lines: list[FileLine] = []
    remarks = [_rejected(one.row, one.reason) for one in reading.rejected]
    lost: dict[str, list[int]] = {}
    seen: dict[str, int] = {}
    for group in reading.groups:
        found = places.find(group.area_code or "", group.municipality or "", group.area_name)
        if found.lost:
            lost.setdefault(found.lost, []).append(group.rows[0])
        line = _line(group, found.area_id, found.town_id, kinds, today)
        count = seen[line.ref] = seen.get(line.ref, 0) + 1
        if count > 1:
            line = replace(line, refs=tuple(f"{one}#{count}" for one in line.refs))
        lines.append(line)
        if len(group.name) > NAME_MOST:
            remarks.append(
                Remark(line.number, f"Rij {line.number}, naam", "Ingekort tot 120 tekens.")
            )
    matching = match(known, lines, places, choices)
    people = People(known, lines, matching.groups, new_id)
    remarks += people.remarks()
    remarks += [_lost(name, rows) for name, rows in lost.items()]
    remarks += [_guess(one) for one in reading.guesses]
    return ReadyList(
        tuple(lines),
        matching,
        people,
        places,
        (*_kind_questions(reading.groups, kinds), *_counted(places), *matching.questions),
        tuple(remarks),
        len({row for group in reading.groups for row in group.rows}),
        len(reading.rejected),
    )


def kept_choices(choices: Mapping[str, str]) -> dict[str, str]:
    """Return the answers that hold for a next file too; which group a line is, is kept apart."""
    found = {key: one for key, one in choices.items() if not key.startswith("group:")}
    return dict(list(found.items())[:CHOICES_MOST])


def _in_utf8(data: bytes) -> bytes:
    """Spreadsheets save "Unicode text" as UTF-16 with a mark."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16").encode("utf-8")
        except UnicodeDecodeError as error:
            raise Unreadable("wrong_encoding") from error
    return data


def _examples(table: intake.RegisterTable, at: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for row in table.rows[:200]:
        if at < len(row.cells) and row.cells[at]:
            found.setdefault(masked_cell(row.cells[at]))
            if len(found) == 3:
                break
    return tuple(found)


def _line(
    group: Group, area_id: str, town_id: str, kinds: Mapping[str, str], today: str
) -> FileLine:
    people = tuple(
        FilePerson(
            one.name[:NAME_MOST],
            one.phone or "",
            one.email if one.email and len(one.email) <= EMAIL_MOST else "",
        )
        for one in group.administrators
        if one.name or one.phone or one.email
    )
    confirmed = group.confirmed if group.confirmed and group.confirmed <= today else ""
    return FileLine(
        number=group.rows[0],
        name=group.name[:NAME_MOST].rstrip(),
        refs=refs_of(group.own_id, group.name, group.municipality or "", group.area_name),
        kind=kinds.get(key_of(group.kind_text), ""),
        area_id=area_id,
        town_id=town_id,
        streets=tuple(one[:NAME_MOST] for one in group.streets),
        postcodes=tuple(group.postcodes),
        members=group.members or 0,
        invite_link=group.invite_link or "",
        confirmed_at=f"{confirmed}T12:00:00.000Z" if confirmed else "",
        note=" / ".join(group.notes),
        people=people,
    )


def _kinds(groups: Sequence[Group], choices: Mapping[str, str]) -> dict[str, str]:
    """Which kind each word of the list is: as chosen before, else as its words say."""
    found: dict[str, str] = {}
    for group in groups:
        key = key_of(group.kind_text)
        if key and key not in found:
            chosen = choices.get(f"kind:{key}"[:NAME_MOST], "")
            read = register_cells.read_kind(group.kind_text)
            guess = "" if read == UNKNOWN_KIND else read
            found[key] = chosen if chosen in set(GroupKind) else guess or GroupKind.NEIGHBOURHOOD
    return {key: str(kind) for key, kind in found.items()}


def _kind_questions(groups: Sequence[Group], kinds: Mapping[str, str]) -> list[Question]:
    counts: dict[str, int] = {}
    words: dict[str, str] = {}
    for group in groups:
        key = key_of(group.kind_text)
        if key:
            counts[key] = counts.get(key, 0) + 1
            words.setdefault(key, group.kind_text[:60])
    options = tuple((str(one), word(one, GroupKind)) for one in GroupKind)
    return [
        Question(
            f"kind:{key}"[:NAME_MOST],
            f"Wat is soort “{words[key]}”?",
            _times(counts[key]),
            options,
            kinds[key],
        )
        for key in counts
        if kinds[key] != key
    ]


def _counted(places: Places) -> list[Question]:
    return [
        replace(one, detail=_times(places.lines_of.get(key, 0)))
        for key, one in places.questions.items()
    ]


def _times(count: int) -> str:
    return "1 regel" if count == 1 else f"{count} regels"


def _rejected(row: int, reason: str) -> Remark:
    return Remark(row, f"Rij {row}", reason, left_out=True)


def _lost(name: str, rows: Sequence[int]) -> Remark:
    where = f"Rij {rows[0]}" if len(rows) == 1 else f"Rij {rows[0]} en {len(rows) - 1} meer"
    return Remark(
        rows[0],
        f"{where}, gebied",
        f"“{name}” staat niet bij de gebieden. De groep komt bij de gemeente of zonder gebied.",
    )


def _guess(one: Guess) -> Remark:
    label = _WORDS.get(one.field, one.field)
    title = f"Rij {one.row}, {label}"
    if one.field in _HIDDEN:
        became = masked_number(one.became) if one.field == Field.ADMINISTRATOR_PHONE else ""
        said = f"Hersteld naar {became}: er ontbrak een 0 of + vooraan." if became else (
            "Niet te lezen of geen plaats voor. Niet overgenomen."
        )  # fmt: skip
        return Remark(one.row, title, said, left_out=not one.became)
    was = masked_cell(one.was)
    if not one.became:
        return Remark(one.row, title, f"“{was}” is niet overgenomen.", left_out=True)
    return Remark(one.row, title, f"“{was}” is gelezen als {masked_cell(one.became)}.")
