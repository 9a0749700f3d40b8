"""A municipal list of groups: columns matched, values read, every guess shown (F16, F64)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from console.intake import register_cells as cells
from console.intake.files import Unreadable
from console.intake.register_columns import AnyField, Field, More, guess_mapping, unique_headers
from console.intake.register_model import (
    MAX_NAME,
    MAX_PER_GROUP,
    Group,
    Guess,
    RegisterReading,
    Rejected,
)
from console.intake.register_people import PeopleReader, take_person
from console.intake.register_table import MAX_REGISTER_BYTES, Row, Table, csv_table
from console.intake.register_workbook import workbook_tables

EVERY = 250
"""After how many rows it is told how far the reading is."""

_HEADER_WITHIN = 25  # a title and a date may stand above the header
_TOTAL = re.compile(r"(?:sub)?tota(?:al|len)\b.*", re.IGNORECASE)
_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class RegisterTable:
    """A list with its header found, ready for a mapping: the names of the columns, the rows."""

    encoding: str | None
    delimiter: str | None
    headers: tuple[str, ...]
    rows: tuple[Row, ...]

    def proposed(self) -> dict[str, AnyField | None]:
        """Give the mapping that the words of the header propose."""
        return dict(zip(self.headers, guess_mapping(self.headers), strict=True))


def read_register(data: bytes) -> RegisterReading:
    """Read a list of groups with the mapping its header proposes.

    Raises `Unreadable`: empty, too_large, damaged, wrong_encoding, and not_a_register where no
    column is the name of a group.
    """
    table = open_register(data)
    mapping = table.proposed()
    if Field.NAME not in mapping.values():
        raise Unreadable("not_a_register", "Geen kolom in dit bestand is de naam van een groep.")
    return apply_mapping(table, mapping)


def open_register(data: bytes) -> RegisterTable:
    """Find the header and the rows of a CSV file or workbook; raises as `read_register`."""
    if len(data) > MAX_REGISTER_BYTES:
        raise Unreadable("too_large", "Deze lijst is groter dan 10 MB.")
    if not data:
        raise Unreadable("empty")
    if data.startswith(_OLD_EXCEL):
        raise Unreadable(
            "not_a_register", "Dit is een oud Excel-bestand. Sla het op als .xlsx of .csv."
        )
    tables: Iterator[Table]
    tables = workbook_tables(data) if data.startswith(_ZIP) else iter([csv_table(data, _fit)])
    first: RegisterTable | None = None
    for table in tables:
        found = _with_header(table)
        if found is not None and Field.NAME in found.proposed().values():
            return found
        first = first or found
    if first is None:
        raise Unreadable("empty")
    return first


def apply_mapping(
    table: RegisterTable,
    mapping: Mapping[str, AnyField | None],
    going: Callable[[int, int], None] | None = None,
) -> RegisterReading:
    """Read the rows with a mapping of column names to our fields, proposed or chosen by a person.

    `going` is told now and then how many rows of how many are read; it may raise to break off.
    Raises `Unreadable` not_a_register where the mapping has no name. Columns not in it are left
    out.
    """
    fields = tuple(mapping.get(name) for name in table.headers)
    if Field.NAME not in fields:
        raise Unreadable("not_a_register", "Kies de kolom met de naam van de groep.")
    reader = _Reader(table.headers, fields)
    for place, row in enumerate(table.rows):
        if going is not None and place % EVERY == 0:
            going(place, len(table.rows))
        reader.read(row)
    columns = dict(zip(table.headers, fields, strict=True))
    return RegisterReading(
        table.encoding,
        table.delimiter,
        columns,
        tuple(reader.groups.values()),
        tuple(reader.guesses),
        tuple(reader.rejected),
    )


def _fit(records: list[list[str]]) -> int:
    """How many of our fields the best header line among the first ones names."""
    fields = (guess_mapping(record[:100]) for record in records[:_HEADER_WITHIN])
    return max((_worth(found) for found in fields), default=0)


def _worth(found: Sequence[AnyField | None]) -> int:
    kinds = {one for one in found if one is not None}
    return len(kinds) * 2 + (1 if Field.NAME in kinds else 0)


def _with_header(table: Table) -> RegisterTable | None:
    """The line that names most of our fields is the header; the first such line wins."""
    filled = [row for row in table.rows if not row.is_empty()]
    if not filled:
        return None
    header = max(filled[:_HEADER_WITHIN], key=lambda row: _worth(guess_mapping(row.cells)))
    names = list(header.cells)
    after = [row for row in filled if row.number > header.number]
    width = len(names)
    while (
        width > 1
        and not names[width - 1]
        and not any(len(row.cells) >= width and row.cells[width - 1] for row in after)
    ):
        width -= 1
    return RegisterTable(
        table.encoding, table.delimiter, unique_headers(names[:width]), tuple(after)
    )


class _Reader:
    """Gathers groups row by row."""

    def __init__(self, headers: Sequence[str], fields: Sequence[AnyField | None]) -> None:
        self.groups: dict[tuple[str, ...], Group] = {}
        self.guesses: list[Guess] = []
        self.rejected: list[Rejected] = []
        self._columns: dict[AnyField, list[int]] = {}
        for index, one in enumerate(fields):
            if one is not None:
                self._columns.setdefault(one, []).append(index)
        self._width = len(headers)
        self._staff = PeopleReader(headers, self._columns, self.guesses)

    def read(self, row: Row) -> None:
        """Take one row into its group, or say why not."""
        if row.is_empty():
            return
        reason = self._refusal(row)
        if reason:
            self.rejected.append(Rejected(row.number, reason))
            return
        name = " ".join(self._one(row, Field.NAME).split())
        place = " ".join(self._one(row, Field.MUNICIPALITY).split())
        place = "" if cells.is_nothing(place) else place
        own_id = " ".join(self._one(row, More.OWN_ID).split())
        area = " ".join(self._one(row, More.AREA_NAME).split())
        area = "" if cells.is_nothing(area) else area
        # The list's own number tells groups apart; else name and place do.
        key = (
            (own_id.casefold(),) if own_id else (name.casefold(), place.casefold(), area.casefold())
        )
        group = self.groups.get(key)
        if group is None:
            group = self.groups[key] = Group(name, municipality=place or None)
            group.own_id, group.area_name = own_id, area
        group.rows.append(row.number)
        kind_text = self._one(row, Field.KIND)
        kind = cells.read_kind(kind_text)
        group.kind = kind if group.kind == cells.UNKNOWN_KIND else group.kind
        group.kind_text = group.kind_text or " ".join(kind_text.split())
        self._take_more(row, group)
        self._take_area(row, group)
        self._take_members(row, group)
        self._take_invite(row, group)
        for text in self._all(row, Field.STREET):
            if not _extend(group.streets, cells.read_streets(text)):
                self._guess(row, Field.STREET, text, "")
        for text in self._all(row, Field.POSTCODE):
            codes, left = cells.read_postcodes(text)
            fits = _extend(group.postcodes, codes)
            if left or not fits:
                self._guess(row, Field.POSTCODE, text, " ".join(codes))
        for person in self._staff.people(row):
            if not take_person(group.administrators, person):
                self._guess(row, Field.ADMINISTRATOR_NAME, person.name, "")

    def _refusal(self, row: Row) -> str:
        name = self._one(row, Field.NAME)
        if any(row.cells[self._width :]):
            return "Deze rij heeft meer vakken dan de kopregel, dus de kolommen kloppen niet."
        if cells.is_nothing(name):
            return "Deze rij heeft geen naam van een groep."
        if len(name) > MAX_NAME:
            return f"De naam van de groep is langer dan {MAX_NAME} tekens."
        if _TOTAL.fullmatch(name):
            return "Deze rij is een telling en geen groep."
        return ""

    def _one(self, row: Row, one: AnyField) -> str:
        return next(iter(self._all(row, one)), "")

    def _all(self, row: Row, one: AnyField) -> list[str]:
        places = self._columns.get(one, [])
        return [row.cells[at] for at in places if at < len(row.cells) and row.cells[at]]

    def _guess(self, row: Row, one: AnyField, was: str, became: str) -> None:
        self.guesses.append(Guess(row.number, one.value, was, became))

    def _taken(self, row: Row, one: AnyField, text: str, cell: cells.Cell) -> str | None:
        if cell.guess is not None:
            self._guess(row, one, text, cell.guess)
        return cell.value

    def _take_area(self, row: Row, group: Group) -> None:
        """The smallest area a row names: a BU code lies in a WK code, and that in a GM code."""
        order = {"GM": 0, "WK": 1, "BU": 2}
        for text in self._all(row, Field.AREA_CODE):
            code = self._taken(row, Field.AREA_CODE, text, cells.read_area_code(text))
            smaller = group.area_code is None or (
                code is not None and order[code[:2]] > order[group.area_code[:2]]
            )
            if code and smaller:
                group.area_code = code

    def _take_members(self, row: Row, group: Group) -> None:
        text = self._one(row, Field.MEMBERS)
        value = self._taken(row, Field.MEMBERS, text, cells.read_members(text))
        if value is None:
            return
        if group.members is None:
            group.members = int(value)
        elif group.members != int(value):
            self._guess(row, Field.MEMBERS, text, str(group.members))

    def _take_more(self, row: Row, group: Group) -> None:
        text = self._one(row, More.CONFIRMED)
        day = self._taken(row, More.CONFIRMED, text, cells.read_date(text)) if text else None
        if day and day > (group.confirmed or ""):
            group.confirmed = day
        for text in self._all(row, More.NOTE):
            if not cells.is_nothing(text):
                _extend(group.notes, [text])

    def _take_invite(self, row: Row, group: Group) -> None:
        text = self._one(row, Field.INVITE_LINK)
        link = self._taken(row, Field.INVITE_LINK, text, cells.read_invite(text))
        group.invite_link = group.invite_link or link


def _extend(known: list[str], more: list[str]) -> bool:
    """Add what is new; False where the group is full, and then nothing is added."""
    if len(known) >= MAX_PER_GROUP:
        return not more
    seen = {one.casefold() for one in known}
    known.extend(one for one in more if one.casefold() not in seen)
    return True
