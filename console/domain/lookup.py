"""What central heard outside about a plate or an address, as the desk shows it (F60). Pure.

Neither snapshot holds what was looked for: the answer and its time are all there is.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Protocol

from contract.guard.plates import find_plates
from contract.reading.plates import with_hyphens
from contract.region import RegionProfile

FOUND, NOT_FOUND, UNKNOWN = "found", "not_found", "unknown"


@dataclass(frozen=True, slots=True)
class Car:
    """A vehicle in the words of the register; empty where it has none."""

    kind: str = ""
    make: str = ""
    model: str = ""
    colour: str = ""
    second_colour: str = ""


@dataclass(frozen=True, slots=True)
class PlateSeen:
    """The answer about a plate. ``why``: in Dutch, what was the matter; ``at``: a UTC stamp."""

    state: str
    at: str
    source: str
    why: str = ""
    car: Car | None = None


@dataclass(frozen=True, slots=True)
class PlaceSeen:
    """A place an address may mean, in RD New. ``exact``: itself, not one that is alike."""

    label: str
    x: float
    y: float
    exact: bool
    district: str = ""
    neighbourhood: str = ""


@dataclass(frozen=True, slots=True)
class AddressSeen:
    """The answer about an address; ``why`` as in ``PlateSeen``."""

    state: str
    at: str
    source: str
    why: str = ""
    places: tuple[PlaceSeen, ...] = ()


@dataclass(frozen=True, slots=True)
class Address:
    """A street with what goes out beside it; nothing else of what was typed does."""

    street: str = field(repr=False)
    number: str = field(default="", repr=False)
    town: str = field(default="", repr=False)


class LookUp(Protocol):
    """Asks central; it asks the world outside. A cancelled task takes its question back.

    Raises ``Refused`` with a sentence where central was not reached or does not want to.
    """

    async def plate(self, plate: str) -> PlateSeen:
        """Ask about a plate of six letters and figures."""
        ...

    async def address(self, address: Address) -> AddressSeen:
        """Ask where an address lies."""
        ...


_TYPED = re.compile(
    r"(?P<street>(?:[0-9]{1,2}e )?[^\W\d_][\w .'’&/-]{1,78}?)"
    r"(?:\s+(?P<number>[1-9][0-9]{0,4}(?:\s?[A-Za-z]|\s?-\s?[A-Za-z0-9]{1,3})?))?"
    r"(?:(?:\s*,\s*|(?<=[0-9])\s+)"
    r"(?:[1-9][0-9]{3}\s?[A-Za-z]{2}\s+)?(?P<town>[^\W\d_][\w .'’&/-]{0,78}))?"
)
_PARTICLES = frozenset("a/d aan bij d' de den der en het in op over s' t 't ten ter van".split())
_LATIN = re.compile(r"[A-Za-zÀ-ɏ0-9 .'’&/-]*")


def plates_in(text: str, region: RegionProfile) -> tuple[str, ...]:
    """Return the Dutch plates in a text, with dashes, each once, in the order of the text."""
    found = (with_hyphens(text[start:end]) for start, end in find_plates(text, region))
    return tuple(dict.fromkeys(one for one in found if one is not None))


def one_plate(typed: str) -> str:
    """Return what was typed as a plate with dashes; empty where it cannot be a Dutch one."""
    return with_hyphens(typed) or ""


def address_in(typed: str) -> Address | None:
    """Read "Straat 12, Plaats"; None for anything else, so that no sentence ever goes out."""
    match = _TYPED.fullmatch(" ".join(typed.split()))
    if match is None or not _LATIN.fullmatch(match["street"] + (match["town"] or "")):
        return None
    if len(match["street"].split()) > 6 or not _is_town(match["town"] or ""):
        return None
    number = "".join((match["number"] or "").split())
    return Address(match["street"], number, match["town"] or "")


def _is_town(typed: str) -> bool:
    """Say whether words read as one name: "Alphen aan den Rijn", not "Alphen achter de kerk"."""
    words = typed.split()
    pairs = pairwise(words)
    return all(
        word[:1].isupper() or word.lower() in _PARTICLES or before.lower() in _PARTICLES
        for before, word in pairs
    )


def car_words(car: Car) -> str:
    """Return a vehicle in one line: "Personenauto, Opel Corsa, blauw"."""
    make = "" if car.model.startswith(f"{car.make} ") else car.make
    name = " ".join(titled(one) for one in (make, car.model) if one)
    return ", ".join(one for one in (car.kind, name, colour_words(car)) if one)


def colour_words(car: Car) -> str:
    """Return the colours in small letters; empty where the register has none."""
    return " met ".join(one.lower() for one in (car.colour, car.second_colour) if one)


def titled(word: str) -> str:
    """Write a name that stands in capitals as people do; short ones are letters ("BMW")."""
    parts = re.split("([ -])", word)
    return "".join(
        part if len(part) <= 3 or not part.isalpha() else part.capitalize() for part in parts
    )
