"""The fields of a group that a list may fill, laid beside what is known. Pure (F16)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from console.domain.register import FileLine, KnownGroup
from console.domain.register_people import Claim
from console.domain.register_places import Places
from console.domain.register_words import MASK, listed, masked_number
from contract.dutch import word
from contract.vocabulary import GroupKind

NOTE_MOST = 2000
SHORTEST = 20
"""A remark of which fewer characters would fit is left out whole."""


@dataclass(frozen=True, slots=True)
class GroupValue:
    """A field as a list fills it. ``said`` is what the list says, ``value`` what would be kept.

    ``same``: nothing changes. ``shown`` and ``shown_was`` are what a screen may show.
    """

    key: str
    label: str
    said: Any = field(repr=False)
    value: Any = field(repr=False)
    was: Any = field(default=None, repr=False)
    same: bool = False
    shown: str = ""
    shown_was: str = ""


IN_LIST = GroupValue("state", "Stand", "in the list", "active")
"""That a line is in the list at all."""


def group_values(
    line: FileLine, group: KnownGroup | None, places: Places, source: str
) -> list[GroupValue]:
    """Return what a line says, field by field; a field it says nothing of is not among them."""
    kind = group.kind if group else ""
    made = [_plain("name", "Naam", line.name, group.name if group else "")]
    if line.kind:
        said = kind_words(line.kind)
        made.append(_plain("kind", "Soort", line.kind, kind, said, kind_words(kind)))
    made.append(_list("streets", "Straten", line.streets, group.streets if group else ()))
    made.append(_list("postcodes", "Postcodes", line.postcodes, group.postcodes if group else ()))
    if line.area_id:
        made.append(_area(line, group, places))
    made.append(_plain("members", "Leden", line.members, group.members if group else 0))
    link = group.invite_link if group else ""
    hidden = f"chat.whatsapp.com/{MASK}"
    made.append(
        _plain("invite_link", "Uitnodigingslink", line.invite_link, link,
               hidden if line.invite_link else "", hidden if link else "")
    )  # fmt: skip
    if line.confirmed_at:
        made.append(_confirmed(line, group))
    if line.note:
        made.append(_note(line, group, source))
    return [one for one in made if one.said not in ("", 0, ())]


@cache
def kind_words(kind: str) -> str:
    """Return a kind of group in words, empty for none."""
    words = word(kind, GroupKind) if kind in set(GroupKind) else ""
    return words[:1].upper() + words[1:]


def shown_person(claim: Claim, group_name: str) -> str:
    """Return an administrator with the kind of number, no digit of it."""
    if claim.known is not None:
        return f"{claim.known.name}, staat al in de lijst van beheerders"
    body = claim.body(group_name)
    said = [body["name"], masked_number(body.get("phone", ""))]
    said.append("met e-mail" if body.get("email") else "")
    return ", ".join(one for one in said if one)


def _plain(
    name: str, label: str, said: Any, was: Any, shown: str = "", shown_was: str = ""
) -> GroupValue:
    return GroupValue(
        name, label, said, said, was, said == was, shown or _text(said), shown_was or _text(was)
    )


def _text(value: Any) -> str:
    return "" if value in ("", 0, None) else str(value)


def _list(name: str, label: str, said: Sequence[str], was: Sequence[str]) -> GroupValue:
    same = {one.casefold() for one in said} == {one.casefold() for one in was}
    return GroupValue(
        name, label, tuple(said), list(said), list(was), same, listed(said), listed(was)
    )


def _area(line: FileLine, group: KnownGroup | None, places: Places) -> GroupValue:
    here = group.area_id if group else ""
    # A list that only says the municipality knows less than a group that lies in a part of it.
    same = bool(here) and places.is_inside(here, line.area_id)
    own = group.own_area_id if group else ""
    return GroupValue(
        "area_id",
        "Gebied",
        line.area_id,
        line.area_id,
        own,
        same,
        places.short(line.area_id),
        places.short(here),
    )


def _confirmed(line: FileLine, group: KnownGroup | None) -> GroupValue:
    here = group.confirmed_at if group else ""
    return GroupValue(
        "confirmed_at",
        "Laatst bevestigd",
        line.confirmed_at,
        line.confirmed_at,
        here,
        bool(here) and here[:10] >= line.confirmed_at[:10],
        _day(line.confirmed_at),
        _day(here),
    )


def _day(stamp: str) -> str:
    return f"{stamp[8:10]}-{stamp[5:7]}-{stamp[:4]}" if len(stamp) >= 10 else ""


def _note(line: FileLine, group: KnownGroup | None, source: str) -> GroupValue:
    """A remark of a list is a paragraph of its own under what was noted here, which stays."""
    here = group.note if group else ""
    head = f"Uit {source}: "
    words = " ".join(line.note.split())
    parts = here.split("\n") if here else []
    own = [part for part in parts if not part.startswith(head)]
    room = NOTE_MOST - len("\n".join(own)) - len(head) - 1
    paragraph = f"{head}{words[: max(room, 0)]}".rstrip()
    whole = "\n".join([*own, paragraph]) if room >= SHORTEST else here
    shown = f"{here[:40]} … met daaronder: {words[:80]}" if own else words[:80]
    same = whole == here or paragraph in parts
    return GroupValue("note", "Notitie", words, whole, here, same, shown, here[:80])
