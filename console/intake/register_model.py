"""What reading a municipal list of groups gives (F64, issue: read-register)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from console.intake.register_cells import UNKNOWN_KIND
from console.intake.register_columns import AnyField

MAX_NAME = 200
"""The most characters of the name of a group or an administrator."""

MAX_PER_GROUP = 500
"""The most streets, postcodes or administrators of one group; more is not a group."""


@dataclass(frozen=True, slots=True)
class Administrator:
    """Somebody who runs a group; `phone` in E.164."""

    name: str
    phone: str | None = None
    email: str | None = None


@dataclass(slots=True)
class Group:
    """One group of the list; rows with one name and municipality are gathered in it.

    What comes after the administrators only the desk reads: the rows it stands in, its kind as
    written, its number in that list, its area by name, an ISO date, remarks.
    """

    name: str
    kind: str = UNKNOWN_KIND
    municipality: str | None = None
    area_code: str | None = None
    streets: list[str] = field(default_factory=list)
    postcodes: list[str] = field(default_factory=list)
    members: int | None = None
    invite_link: str | None = None
    administrators: list[Administrator] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    kind_text: str = ""
    own_id: str = ""
    area_name: str = ""
    confirmed: str | None = None
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Guess:
    """One value that was not simply taken over; an empty `became` was left out."""

    row: int
    field: str
    was: str
    became: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """One row that gave no group, and why, in Dutch."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class RegisterReading:
    """Everything one list said."""

    encoding: str | None
    delimiter: str | None
    columns: Mapping[str, AnyField | None]
    groups: tuple[Group, ...]
    guesses: tuple[Guess, ...]
    rejected: tuple[Rejected, ...]

    def document(self) -> dict[str, Any]:
        """Give the reading in the shape that `read-register` prints."""
        return {
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "columns": {name: None if f is None else f.value for name, f in self.columns.items()},
            "groups": [_document(group) for group in self.groups],
            "guesses": [
                {"row": one.row, "field": one.field, "was": one.was, "became": one.became}
                for one in self.guesses
            ],
            "rejected": [{"row": one.row, "reason": one.reason} for one in self.rejected],
        }


def _document(group: Group) -> dict[str, Any]:
    return {
        "name": group.name,
        "kind": group.kind,
        "municipality": group.municipality,
        "area_code": group.area_code,
        "streets": group.streets,
        "postcodes": group.postcodes,
        "members": group.members,
        "invite_link": group.invite_link,
        "administrators": [
            {"name": one.name, "phone": one.phone, "email": one.email}
            for one in group.administrators
        ],
    }
