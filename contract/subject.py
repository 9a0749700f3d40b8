"""What a team holds of one person: how it is asked for, found and answered (F52, security.md §4).

The number and the name go in the body of a POST and are kept nowhere; central keeps a keyed mark of
them, so that a page can only be fetched for what was written down. The matching is pure.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import phonenumbers
from phonenumbers import NumberParseException
from pydantic import Field, StringConstraints

from contract import routes
from contract.messages import Identifier, Message, Word

REASON_LEAST = 10
"""The fewest characters of a reason: a word is no reason."""

PAGE = 500
"""How many records central looks through for one page."""

VALID_MINUTES = 60
"""How long after it was written down a question can be answered."""

_SEPARATOR = r"[\s().\-/·–]{0,3}"
_Reason = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=REASON_LEAST, max_length=400)
]
_Phone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]
_Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]


class SubjectTerms(Message):
    """Who it is about: a number, a name, or both. Neither is ever logged."""

    phone: _Phone = Field("", repr=False)
    name: _Name = Field("", repr=False)


class SubjectAsked(SubjectTerms):
    """The question with its reason, which is written down first."""

    reason: _Reason = Field(repr=False, examples=["Verzoek om inzage, brief van 3 maart"])


class SubjectNoted(Message):
    """That the question was written down; ``total``: how many records will be looked through."""

    id: Identifier
    total: int


class SubjectNext(SubjectTerms):
    """The next page of what was asked. ``after``: what the page before said, empty for the first."""

    after: Annotated[str, StringConstraints(max_length=200)] = ""


class SubjectHit(Message):
    """One record. ``sure``: it is about this person; else a person judges. ``where``: fields."""

    kind: Word
    id: Identifier
    at: str
    by: str = ""
    old: bool = False
    sure: bool
    where: tuple[str, ...]
    body: dict[str, Any] = Field(repr=False)


class SubjectPage(Message):
    """What one page held. ``after`` is empty at the end; ``seen``: records looked through."""

    hits: tuple[SubjectHit, ...] = ()
    seen: int
    after: str = ""


class SubjectGiven(Message):
    """How many records go in the bundle and how many a person left out."""

    given: Annotated[int, Field(ge=0, le=10_000_000)]
    left_out: Annotated[int, Field(ge=0, le=10_000_000)]


def path(team_id: str, *rest: str) -> str:
    """Return where a question about one person is written down, or what stands under it."""
    return routes.team(team_id, "subject-requests", *rest)


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

    def _numbered(self, text: str) -> bool:
        if self._pattern is None:
            return False
        plain = unicodedata.normalize("NFKC", text)
        for found in self._pattern.finditer(plain):
            before = re.search(rf"(?:\+?\d(?:{_SEPARATOR}))*$", plain[: found.start()])
            digits = re.sub(r"\D", "", before.group()) if before else ""
            if digits in self._before:
                return True
            if before and any(digits.endswith(one) for one in self._before if one):
                # Another number stands right before it: still this one, behind a gap.
                gap = re.search(r"\s(?:\+|0)[\d\s().\-/]*$", plain[: found.start()])
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
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"[^\W\d_]+", "".join(one for one in plain if not unicodedata.combining(one)))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
