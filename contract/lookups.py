"""The wire form of look-ups: a licence plate at RDW, an address at PDOK (F60, docs/api.md §5).

Both are asked by POST: what is looked for stands in a body and never in the address of central.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from contract import routes
from contract.messages import Message


class LookupState(StrEnum):
    """What a look-up came to. ``unknown`` says nothing about what was looked for."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    UNKNOWN = "unknown"


CHOICE = "lookups"
"""The setting in which the account holder says which look-ups are on."""

PLACES_MOST = 10
"""Most places in one answer about an address."""

WAIT_S = 10.0
"""The longest a source outside may take."""

_WORDS = r"[A-Za-zÀ-ɏ0-9 .,'’&/-]"
"""What stands in names of streets and towns; no sign that a search engine reads as a command."""

_LETTER = r"[A-Za-zÀ-ɏ]"

Plate = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9 .-]{6,12}$")]
PlaceName = Annotated[
    str, StringConstraints(pattern=rf"^{_WORDS}{{0,40}}{_LETTER}{_WORDS}{{0,39}}$")
]
PlaceNameOrNone = Annotated[
    str, StringConstraints(pattern=rf"^({_WORDS}{{0,40}}{_LETTER}{_WORDS}{{0,39}})?$")
]
HouseNumber = Annotated[
    str, StringConstraints(pattern=r"^([1-9][0-9]{0,4}( ?-?[A-Za-z0-9]{1,4})?)?$")
]


class PlateAsked(Message):
    """Which plate; with or without dashes. What cannot be a Dutch plate is refused."""

    plate: Plate = Field(repr=False, examples=["12-AE-IO"])


class Vehicle(Message):
    """What the register has of a vehicle; words of the register, empty where it has none."""

    kind: str = ""
    make: str = ""
    model: str = ""
    colour: str = ""
    second_colour: str = ""


class PlateAnswer(Message):
    """The answer about a plate, without the plate. ``why``: what was the matter, where unknown.

    Not found is not false: a plate that is too new or taken out of the register is not there either.
    """

    state: LookupState
    why: str = ""
    at: str
    source: str = "RDW"
    vehicle: Vehicle | None = None


class AddressAsked(Message):
    """Which address; ``number`` and ``town`` may be empty."""

    street: PlaceName = Field(repr=False, examples=["Voorbeeldstraat"])
    number: HouseNumber = Field("", repr=False, examples=["12"])
    town: PlaceNameOrNone = Field("", repr=False, examples=["Veldermeer"])


class AddressPlace(Message):
    """A place on the map, in RD New (metres). ``exact``: it is what was asked for, not alike."""

    label: str
    municipality: str = ""
    district: str = ""
    neighbourhood: str = ""
    x: float
    y: float
    exact: bool


class AddressAnswer(Message):
    """The answer about an address: every place it may mean."""

    state: LookupState
    why: str = ""
    at: str
    source: str = "PDOK"
    places: tuple[AddressPlace, ...] = ()


def path(team_id: str, name: str) -> str:
    """Return where central is asked; ``name`` is one of ``LOOKUPS``."""
    return routes.team(team_id, "lookups", name, "_search")
