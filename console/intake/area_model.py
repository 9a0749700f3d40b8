"""What reading a file of areas gives (F36): municipalities to choose from, then their areas."""

from __future__ import annotations

from dataclasses import dataclass

from contract.outline import Outline
from contract.vocabulary import AreaLevel

MAX_FEATURES = 60_000
"""The most lines of one file that are looked at; the whole country has some 18,000."""

MAX_AREAS = 20_000
"""The most areas that one reading keeps."""

NAME_MOST = 120
"""The most characters of a name, as in the record kind."""


@dataclass(frozen=True, slots=True)
class Municipality:
    """One municipality that a file speaks of."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class AreaFile:
    """What a file is about, before anything of it is kept. ``year`` 0: the file does not say.

    ``more``: this is one page of several.
    """

    year: int
    municipalities: tuple[Municipality, ...]
    levels: frozenset[AreaLevel]
    more: bool = False


@dataclass(frozen=True, slots=True)
class ReadArea:
    """One area of a file; its outline in RD New. ``parent`` is a code, empty for none."""

    code: str
    level: AreaLevel
    name: str
    municipality: str
    parent: str
    outline: Outline
    inhabitants: int | None = None


@dataclass(frozen=True, slots=True)
class AreaReading:
    """The areas of the chosen municipalities, the larger first; ``left_out`` could not be read."""

    year: int
    areas: tuple[ReadArea, ...]
    left_out: int = 0
    more: bool = False
