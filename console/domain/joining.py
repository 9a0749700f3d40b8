"""Pure: how the records of a desk that worked alone become records of a team (sync.md §8a).

A person decides what is the same: this module only proposes. Areas pair by their CBS code, groups
by name and municipality, administrators by telephone number, people by name; everything that
shipped with the program has the same id everywhere.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from contract.op import Record
from contract.vocabulary import AreaLevel

Key = tuple[str, str]

NOT_SENT = frozenset({"setting", "seen"})
"""Kinds that stay the team's own."""

ORDER = (
    "person area area_shape area_neighbour area_role group group_parent administrator "
    "group_administrator register_source register_link sign_request task signup_count "
    "template workbook step alert report report_link post placement photo handover "
    "handover_line step_tick check log_entry"
).split()
"""Parents before what points at them, so that nobody sees a record without what it belongs to."""

_LINKS = frozenset({"area_neighbour", "group_parent", "group_administrator"})
_PAIRED = ("area", "group", "administrator", "person")
_TEXTS = frozenset({"template", "workbook", "step"})
_UP = 12
"""How far up an area is followed to its municipality; a circle ends there too."""


class Why(StrEnum):
    """Why two records may be the same."""

    ID = "id"
    CODE = "code"
    NAME = "name"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Pair:
    """One of our records beside the team's record that may be the same thing.

    ``differs`` names the fields that are not equal. ``certain``: the id is the same, so there is
    nothing to decide but what happens to a text that differs.
    """

    mine: Record
    theirs: Record
    why: Why
    differs: tuple[str, ...] = ()

    @property
    def certain(self) -> bool:
        """Whether no person has to decide that these are the same."""
        return self.why is Why.ID

    @property
    def key(self) -> Key:
        """The kind and id of our record."""
        return self.mine.kind, self.mine.id


@dataclass(frozen=True, slots=True)
class Preview:
    """What joining would do, before anything is sent. ``new`` counts records per kind."""

    pairs: tuple[Pair, ...]
    new: Mapping[str, int]
    already: int
    texts: tuple[Pair, ...]

    @property
    def to_decide(self) -> tuple[Pair, ...]:
        """The pairs a person has to say yes or no to."""
        return tuple(pair for pair in self.pairs if not pair.certain)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is sent, in order, and which of our ids become whose."""

    records: tuple[Record, ...]
    ids: Mapping[str, str]


def preview(mine: Iterable[Record], theirs: Iterable[Record]) -> Preview:
    """Propose what is the same. Graves and the team's own settings play no part."""
    ours = [one for one in mine if _sendable(one)]
    team = {(one.kind, one.id): one for one in theirs if not one.deleted}
    pairs: list[Pair] = []
    texts: list[Pair] = []
    new: dict[str, int] = {}
    already = 0
    known = _Index(team.values())
    own_places = _municipalities(ours)
    taken: set[Key] = set()
    for one in ours:
        there = team.get((one.kind, one.id))
        if there is not None:
            different = differing(one.body, there.body)
            pair = Pair(one, there, Why.ID, different)
            already += 1
            (texts if different and one.kind in _TEXTS else pairs).append(pair)
            continue
        found = known.like(one, own_places)
        if found is not None and (found[0].kind, found[0].id) not in taken:
            taken.add((found[0].kind, found[0].id))
            pairs.append(Pair(one, found[0], found[1], differing(one.body, found[0].body)))
            continue
        new[one.kind] = new.get(one.kind, 0) + 1
    pairs = [pair for pair in pairs if not pair.certain or pair.differs]
    return Preview(tuple(pairs), new, already, tuple(texts))


def plan(
    mine: Iterable[Record],
    theirs: Iterable[Record],
    same: Mapping[Key, str],
    copies: Mapping[Key, str],
) -> Plan:
    """Return what to send, with every id that points at a paired record pointing at the team's.

    ``same``: our record -> id of the team's record that a person called the same. ``copies``: our
    text that differs from the team's -> the new id under which it is sent as well. A record that
    went along before a break and was changed since is sent again; central says what comes of it.
    """
    team = {(one.kind, one.id): one for one in theirs if not one.deleted}
    links = {_link(one.kind, one.body) for one in team.values() if one.kind in _LINKS}
    ids = {key[1]: theirs_id for key, theirs_id in same.items() if key[1] != theirs_id}
    out: list[Record] = []
    for one in sorted((r for r in mine if _sendable(r)), key=_place):
        key = (one.kind, one.id)
        if key in same:
            continue
        record = replace(one, body=rewritten(one.body, ids))
        if key in team and key not in copies and not _changed(record, team[key]):
            continue
        if key in copies:
            record = replace(record, id=copies[key])
        if one.kind in _LINKS:
            link = _link(one.kind, record.body)
            if link in links:
                continue
            links.add(link)
        out.append(record)
    return Plan(tuple(out), ids)


def differing(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields of ours that say something else; an empty field of ours says nothing."""
    return tuple(
        sorted(
            name
            for name, value in mine.items()
            if value not in (None, "", [], {}) and value != theirs.get(name)
        )
    )


def _changed(mine: Record, theirs: Record) -> bool:
    """Say whether a record that is at the team already may hold news; texts are asked about."""
    if mine.kind in _TEXTS:
        return False
    # The number of a report is the team's own.
    return any(name != "number" for name in differing(mine.body, theirs.body)) or any(
        name in mine.body and mine.body[name] in (None, "", [], {}) and value
        for name, value in theirs.body.items()
    )


def rewritten(value: Any, ids: Mapping[str, str]) -> Any:
    """Return a body with every text that is exactly a known id replaced.

    Ids are random and long, so a text that equals one is that id and nothing else.
    """
    if isinstance(value, str):
        return ids.get(value, value)
    if isinstance(value, Mapping):
        return {name: rewritten(part, ids) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [rewritten(part, ids) for part in value]
    return value


def pieces(
    records: Sequence[Record], most: int, weight: Callable[[Record], int], most_bytes: int
) -> list[tuple[Record, ...]]:
    """Cut what is sent into requests of at most this many records and bytes, order kept.

    ``weight`` gives the bytes of one record; one that is too heavy by itself goes alone.
    """
    cut: list[list[Record]] = []
    held = 0
    for record in records:
        heavy = weight(record)
        if not cut or len(cut[-1]) == most or held + heavy > most_bytes:
            cut.append([])
            held = 0
        cut[-1].append(record)
        held += heavy
    return [tuple(piece) for piece in cut]


def word(text: object) -> str:
    """Return a name as it is compared: case, spaces and dashes play no part."""
    plain = "".join(char if char.isalnum() else " " for char in str(text or "").casefold())
    return " ".join(plain.split())


class _Index:
    """Finds the team's record that one of ours may be; two that fit equally well fit not at all."""

    def __init__(self, team: Collection[Record]) -> None:
        self._found: dict[tuple[str, Why, str], list[Record]] = {}
        places = _municipalities(team)
        for one in team:
            for why, text in _marks(one, places):
                self._found.setdefault((one.kind, why, text), []).append(one)

    def like(self, one: Record, places: Mapping[str, str]) -> tuple[Record, Why] | None:
        """Return the one record with the same mark, the surest mark first."""
        for why, text in _marks(one, places):
            found = self._found.get((one.kind, why, text), [])
            if len(found) == 1:
                return found[0], why
        return None


def _marks(one: Record, places: Mapping[str, str]) -> list[tuple[Why, str]]:
    body = one.body
    if one.kind == "area" and word(body.get("code")):
        return [(Why.CODE, word(body.get("code")))]
    if one.kind == "group" and word(body.get("name")):
        place = places.get(str(body.get("area_id") or ""), "")
        return [(Why.NAME, f"{word(body.get('name'))}/{place}")]
    if one.kind == "administrator":
        phone = "".join(filter(str.isdigit, str(body.get("phone") or "")))
        if len(phone) >= 9:
            # The last nine digits are the same with 06, +31 6 and 0031 6 in front.
            return [(Why.PHONE, phone[-9:])]
    if one.kind == "person" and word(body.get("name")):
        return [(Why.NAME, word(body.get("name")))]
    return []


def _municipalities(records: Iterable[Record]) -> dict[str, str]:
    """Return for each area the name of the municipality it lies in; empty where there is none."""
    areas = {one.id: one.body for one in records if one.kind == "area" and not one.deleted}
    out = {}
    for area_id in areas:
        at, name = area_id, ""
        for _ in range(_UP):
            body = areas.get(at)
            if body is None:
                break
            if body.get("level") == AreaLevel.MUNICIPALITY:
                name = word(body.get("name")).removeprefix("gemeente ")
                break
            at = str(body.get("parent_id") or "")
        out[area_id] = name
    return out


def _link(kind: str, body: Mapping[str, Any]) -> tuple[str, ...]:
    return (kind, *(f"{name}={value}" for name, value in sorted(body.items()) if value))


def _sendable(one: Record) -> bool:
    return not one.deleted and one.kind not in NOT_SENT


def _place(one: Record) -> tuple[int, int, str]:
    known = ORDER.index(one.kind) if one.kind in ORDER else len(ORDER)
    return known, one.seq, one.id
