"""Snapshots of a list of groups beside the directory: what it says and what would change (F16).

Numbers, addresses and invite links of people stand only in ``FileLine``, ``Known`` and ``Step``,
which print none of them; what a screen shows of them is masked (security.md §4).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from console.domain.directory_map import AreaFact


class Difference(StrEnum):
    """What a line of the list of differences is about."""

    NEW = "new"
    CHANGED = "changed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Source:
    """A list that was read before: how its columns were understood and what was chosen.

    ``headers`` is the mark of its header line. ``columns`` are fields by header, empty for a column
    that is left out. ``choices`` are answers by question.
    """

    id: str
    name: str
    headers: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)
    read_at: str = ""


@dataclass(frozen=True, slots=True)
class FilePerson:
    """An administrator as a list names them; ``phone`` in E.164."""

    name: str
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class FileLine:
    """One group of a list, read as far as it can be; empty where the list says nothing.

    ``number`` is its first row. ``refs`` are what tells it from others, the surest first.
    ``town_id`` is the municipality it lies in.
    """

    number: int
    name: str
    refs: tuple[str, ...]
    kind: str = ""
    area_id: str = ""
    town_id: str = ""
    streets: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()
    members: int = 0
    invite_link: str = field(default="", repr=False)
    confirmed_at: str = ""
    note: str = field(default="", repr=False)
    people: tuple[FilePerson, ...] = ()

    @property
    def ref(self) -> str:
        """The surest of what tells it from others."""
        return self.refs[0]


@dataclass(frozen=True, slots=True)
class KnownGroup:
    """A group of the directory. ``area_id`` is where it lies, ``own_area_id`` what was filled in."""

    id: str
    name: str
    kind: str = ""
    gone: bool = False
    area_id: str = ""
    own_area_id: str = ""
    streets: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()
    members: int = 0
    invite_link: str = field(default="", repr=False)
    confirmed_at: str = ""
    note: str = field(default="", repr=False)
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """An administrator of the directory."""

    id: str
    name: str
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    active: bool = True


@dataclass(frozen=True, slots=True)
class KnownLink:
    """That a group is a line of this list. ``said``: a mark of each value it said before."""

    id: str
    group_id: str
    ref: str
    said: Mapping[str, str] = field(default_factory=dict)
    missing_at: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """The directory as a list is laid beside it. ``elsewhere``: groups of another list."""

    groups: Mapping[str, KnownGroup] = field(default_factory=dict)
    people: Mapping[str, KnownPerson] = field(default_factory=dict)
    areas: Mapping[str, AreaFact] = field(default_factory=dict)
    links: tuple[KnownLink, ...] = ()
    elsewhere: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Question:
    """Something of a list that a person has to look at, with a proposal.

    ``options`` are (id, words). ``chosen`` is an id of them. ``sure``: the list says it plainly.
    """

    key: str
    title: str
    detail: str
    options: tuple[tuple[str, str], ...]
    chosen: str

    def words(self) -> str:
        """What is chosen, in words."""
        return next((words for key, words in self.options if key == self.chosen), "")


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know of a list, without a choice. ``number``: its row; 0 for the whole list."""

    number: int
    title: str
    detail: str
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that changes, in words a screen may show.

    ``hides`` is (record id, field) of what stands there masked, the field empty for a whole card.
    """

    label: str
    old: str
    new: str
    hides: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Step:
    """One record that is made or changed. ``was``: what has to stand there still."""

    kind: str
    id: str
    fields: Mapping[str, Any] = field(repr=False)
    was: Mapping[str, Any] | None = field(default=None, repr=False)

    @property
    def makes(self) -> bool:
        """Whether the record is new."""
        return self.was is None


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One difference, taken over whole or not at all.

    ``number`` is the row of the list, 0 for what is missing from it. ``how`` says by what the group
    was recognised where that is not plain.
    """

    difference: Difference
    group_id: str
    name: str
    number: int = 0
    ref: str = ""
    summary: str = ""
    how: str = ""
    changes: tuple[FieldChange, ...] = ()
    steps: tuple[Step, ...] = field(default=(), repr=False)

    @property
    def key(self) -> str:
        """What tells this line from every other."""
        return f"{self.difference}:{self.group_id}"

    def unmasked(self) -> tuple[FieldChange, ...]:
        """Return the changes with what was hidden; only after a log line was written."""
        steps = {one.id: one for one in self.steps}
        return tuple(_plain(one, steps.get(one.hides[0])) for one in self.changes)


def _plain(change: FieldChange, step: Step | None) -> FieldChange:
    if step is None:
        return change
    name = change.hides[1]
    if not name:
        said = (step.fields.get(one, "") for one in ("name", "phone", "email"))
        return replace(change, new=", ".join(str(one) for one in said if one))
    old = str((step.was or {}).get(name) or "")
    return replace(change, old=old, new=str(step.fields.get(name) or ""))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every difference, with what is written down about lines that are the same.

    ``kept`` counts groups that were changed here after the list said what it still says.
    """

    lines: tuple[RegisterLine, ...]
    notes: tuple[Step, ...] = field(default=(), repr=False)
    same: int = 0
    kept: int = 0
