"""One number or name to look for in whatever a team holds (F52, security.md §4). Pure.

A number is found in every notation that the guard finds (``contract.guard.numbers``) and, in a
field that holds nothing else, in looser ones too.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

import phonenumbers
from phonenumbers import NumberParseException

from contract.guard.numbers import numbers_in
from contract.guard.plain import plain

_NEAR = 80
"""How many signs before a number are looked at: what stands further is no part of it."""

_SEPARATOR = r"[\s().\-/·–]{0,3}"


class Sought:
    """One number or name to look for. ``empty``: nothing that could be looked for was given."""

    def __init__(self, phone: str = "", name: str = "") -> None:
        """The number in any notation; a number without country is Dutch."""
        self._digits, self._before = _number(phone)
        self._words = _words(name)
        self._pattern = (
            re.compile(_SEPARATOR.join(self._digits) + r"(?!\d)") if self._digits else None
        )

    def __repr__(self) -> str:
        return "Sought()"

    @property
    def empty(self) -> bool:
        """Whether there is too little to look for: no whole number, no name of two letters."""
        return not self._digits and sum(map(len, self._words)) < 2

    def mark(self) -> str:
        """Return what is sought in one fixed form, to make a keyed mark of."""
        return f"{self._digits}|{' '.join(self._words)}"

    def fields(self, body: Mapping[str, Any]) -> dict[str, bool]:
        """Return the fields that hold it, each with whether it is by the number."""
        found: dict[str, bool] = {}
        for name, value in body.items():
            for text in _texts(value):
                if self._numbered(text):
                    found[name] = True
                elif self._named(text):
                    found.setdefault(name, False)
        return found

    def is_name(self, text: object) -> bool:
        """Say whether a name field holds exactly this name."""
        return bool(self._words) and _words(str(text or "")) == self._words

    def is_number(self, digits: str) -> bool:
        """Say whether these digits are this number, with whatever may stand before it."""
        if not self._digits or not digits.endswith(self._digits):
            return False
        return digits.removesuffix(self._digits) in self._before

    def _numbered(self, text: str) -> bool:
        if self._pattern is None:
            return False
        # As loose as people type in a field of a number, and as sharp as the guard in a text.
        return self._loosely(text) or any(map(self.is_number, numbers_in(text)))

    def _loosely(self, text: str) -> bool:
        assert self._pattern is not None
        wide = unicodedata.normalize("NFKC", text)
        for found in self._pattern.finditer(wide):
            start = max(0, found.start() - _NEAR)
            before = re.search(rf"(?:\+?\d(?:{_SEPARATOR}))*$", wide[start : found.start()])
            digits = re.sub(r"\D", "", before.group()) if before else ""
            if digits in self._before:
                return True
            if before and any(digits.endswith(one) for one in self._before if one):
                # Another number stands right before it: still this one, behind a gap.
                gap = re.search(r"\s(?:\+|0)[\d\s().\-/]*$", wide[start : found.start()])
                if gap is not None:
                    return True
        return False

    def _named(self, text: str) -> bool:
        if not self._words:
            return False
        words = set(_words(text))
        return all(one in words for one in self._words)


def _number(typed: str) -> tuple[str, frozenset[str]]:
    """Return the national digits of a number, and what may stand before them."""
    if not typed.strip():
        return "", frozenset()
    try:
        number = phonenumbers.parse(unicodedata.normalize("NFKC", typed), "NL")
    except NumberParseException:
        return "", frozenset()
    digits, country = str(number.national_number), str(number.country_code)
    if len(digits) < 6:
        return "", frozenset()
    return digits, frozenset({"", "0", country, f"00{country}", f"{country}0", f"00{country}0"})


def _words(text: str) -> list[str]:
    bare = unicodedata.normalize("NFKD", plain(text).text.casefold())
    return re.findall(r"[^\W\d_]+", "".join(one for one in bare if not unicodedata.combining(one)))


def _texts(value: object) -> Iterator[str]:
    """Walk every text in a value, the names of its parts and whole numbers included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, int) and not isinstance(value, bool):
        yield str(value)
    elif isinstance(value, Mapping):
        for name, one in value.items():
            yield str(name)
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
