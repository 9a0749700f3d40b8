"""The administrators in a row of somebody else's list (F14, F64)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from console.intake import register_cells as cells
from console.intake.register_columns import AnyField, Field, name_part, number_of_header
from console.intake.register_model import MAX_NAME, MAX_PER_GROUP, Administrator, Guess
from console.intake.register_table import Row

_SPLIT_ADDRESSES = re.compile(r"[;,/|\s]+")


class PeopleReader:
    """Reads the people of each row; what it had to guess is added to the list it was given."""

    def __init__(
        self,
        headers: Sequence[str],
        columns: Mapping[AnyField, list[int]],
        guesses: list[Guess],
    ) -> None:
        """`columns` says in which places each field stands."""
        self._guesses = guesses
        named = columns.get(Field.ADMINISTRATOR_NAME, [])
        self._in_parts = any(name_part(headers[at]) is not None for at in named)
        self._names = self._by_person(headers, named)
        self._phones = self._by_person(headers, columns.get(Field.ADMINISTRATOR_PHONE, []))
        self._emails = self._by_person(headers, columns.get(Field.ADMINISTRATOR_EMAIL, []))

    def people(self, row: Row) -> Iterator[Administrator]:
        """Give the administrators of a row; columns with one number are about one person."""
        for person in sorted({*self._names, *self._phones, *self._emails}):
            names = self._read_names(_texts(row, self._names.get(person, [])))
            phones = self._read(
                row,
                Field.ADMINISTRATOR_PHONE,
                _texts(row, self._phones.get(person, [])),
                cells.split_phones,
                cells.read_phone,
            )
            emails = self._read(
                row,
                Field.ADMINISTRATOR_EMAIL,
                _texts(row, self._emails.get(person, [])),
                _addresses,
                cells.read_email,
            )
            count = max(len(names), 1 if phones or emails else 0)
            # A second number of one person has no place; it is shown as not taken over.
            for extra in phones[count:]:
                self._say(row, Field.ADMINISTRATOR_PHONE, extra, "")
            for extra in emails[count:]:
                self._say(row, Field.ADMINISTRATOR_EMAIL, extra, "")
            for turn in range(count):
                yield Administrator(
                    names[turn] if turn < len(names) else "",
                    phones[turn] if turn < len(phones) else None,
                    emails[turn] if turn < len(emails) else None,
                )

    def _by_person(self, headers: Sequence[str], columns: list[int]) -> dict[int, list[int]]:
        """Which columns are about which person: by the number in the header, else by turn."""
        numbers = [number_of_header(headers[at]) for at in columns]
        parts = any(name_part(headers[at]) is not None for at in columns)
        if not parts and len(set(numbers)) < len(numbers):
            numbers = list(range(1, len(columns) + 1))
        people: dict[int, list[int]] = {}
        for number, at in zip(numbers, columns, strict=True):
            people.setdefault(number, []).append(at)
        return people

    def _read_names(self, texts: list[str]) -> list[str]:
        if self._in_parts:
            whole = " ".join(" ".join(texts).split())
            return [whole[:MAX_NAME]] if whole else []
        return [name[:MAX_NAME] for text in texts for name in cells.split_people(text)]

    def _read(
        self,
        row: Row,
        one: AnyField,
        texts: list[str],
        split: Callable[[str], list[str]],
        read: Callable[[str], cells.Cell],
    ) -> list[str]:
        found: list[str] = []
        for text in (part for whole in texts for part in split(whole)):
            cell = read(text)
            if cell.guess is not None:
                self._say(row, one, text, cell.guess)
            if cell.value and cell.value not in found:
                found.append(cell.value)
        return found

    def _say(self, row: Row, one: AnyField, was: str, became: str) -> None:
        self._guesses.append(Guess(row.number, one.value, was, became))


def take_person(people: list[Administrator], new: Administrator) -> bool:
    """Add somebody, or fill up who is there: same number, address, or name without conflict.

    False where the group has too many people already, and then nobody is added.
    """
    if len(people) >= MAX_PER_GROUP:
        return False
    for at, old in enumerate(people):
        same_phone = old.phone is not None and old.phone == new.phone
        same_email = bool(old.email and new.email and old.email.lower() == new.email.lower())
        same_name = bool(old.name) and old.name.casefold() == new.name.casefold()
        conflict = bool(old.phone and new.phone and old.phone != new.phone)
        other_name = bool(old.name and new.name) and not same_name
        if ((same_phone or same_email) and not other_name) or (same_name and not conflict):
            people[at] = Administrator(
                old.name or new.name, old.phone or new.phone, old.email or new.email
            )
            return True
    people.append(new)
    return True


def _texts(row: Row, columns: list[int]) -> list[str]:
    texts = (row.cells[at] for at in columns if at < len(row.cells))
    return [text for text in texts if not cells.is_nothing(text)]


def _addresses(text: str) -> list[str]:
    return [part for part in _SPLIT_ADDRESSES.split(text) if part]
