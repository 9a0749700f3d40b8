"""Completes what is typed as a place, a relay or the name of an area (F02, F03, F18)."""

import difflib
import re
import unicodedata
from collections.abc import Iterable

from sqlalchemy import Connection, text

from console.domain.area_history import successor
from console.domain.directory import Place, SearchHit
from console.domain.directory_map import DirectoryMap
from console.storage.typed_words import fts_query
from contract.dutch import word
from contract.vocabulary import AreaLevel, AreaRole

NEAR = 0.6
CANDIDATES = 400

HITS = text(
    "SELECT e.kind, e.ref, e.title FROM directory_fts f JOIN directory_entry e ON e.n = f.rowid "
    "WHERE directory_fts MATCH :words ORDER BY f.rowid DESC LIMIT :most"
)

_NUMBER = re.compile(r"[^\W_]*\d[^\W_]*", re.UNICODE)
_LEADING = re.compile(r"^(?:de\s+)?(?:gemeente|wijk|buurt|dorp|kern|stad)\s+", re.IGNORECASE)


def places(conn: Connection, shape: DirectoryMap, typed: str, limit: int) -> list[Place]:
    """Return places whose words begin as typed: streets, then groups, then areas.

    A house number is left out of the question: "Havenkade 12" finds the Havenkade. The same street
    in two areas comes back twice, so that a person chooses (F18).
    """
    hits = _hits(conn, typed, ("street", "area", "group"))
    if not hits and _NUMBER.search(typed):
        hits = _hits(conn, _NUMBER.sub(" ", typed), ("street", "area", "group"))
    made: dict[tuple[str, str, str], Place] = {}
    for kind, ref, title in hits:
        place = _place(shape, kind, ref, title)
        if place is not None:
            made.setdefault((place.kind, place.text.casefold(), place.area_id), place)
    order = {"street": 0, "area": 1, "group": 2}
    start = typed.strip().casefold()
    return sorted(
        made.values(),
        key=lambda one: (
            not one.text.casefold().startswith(start),
            order[one.kind],
            one.text.casefold(),
            one.area_name.casefold(),
        ),
    )[:limit]


def relays(conn: Connection, shape: DirectoryMap, typed: str, limit: int) -> list[SearchHit]:
    """Return administrators and groups who may have passed a report on (F03).

    An administrator comes with the names of their groups, never with a number.
    """
    made = []
    for kind, ref, title in _hits(conn, typed, ("administrator", "group")):
        if kind == "group":
            fact = shape.groups.get(ref)
            if fact is not None and not fact.gone:
                made.append(SearchHit(kind, ref, title, _area_name(shape, shape.area_of(ref))))
        elif ref in shape.people and shape.people[ref].active:
            made.append(SearchHit(kind, ref, title, ", ".join(shape.groups_of(ref)[:3])))
    start = typed.strip().casefold()
    made.sort(
        key=lambda hit: (
            not hit.title.casefold().startswith(start),
            hit.kind != "administrator",
            hit.title.casefold(),
        )
    )
    return made[:limit]


def areas_named(shape: DirectoryMap, name: str) -> list[Place]:
    """Return every area of this name, without regard to capitals or "gemeente" before it.

    More than one: the name is ambiguous and a person chooses. None: unknown, nothing is guessed.
    """
    wanted = _plain(name)
    if not wanted:
        return []
    exact = [one for one in shape.areas.values() if one.name.casefold() == wanted[0]]
    found = exact or [one for one in shape.areas.values() if _plain(one.name)[1:] == wanted[1:]]
    level = _level_of(name)
    if level and any(one.level == level for one in found):
        found = [one for one in found if one.level == level]
    made: dict[str, Place] = {}
    # One that exists goes before one of that name which went up in it.
    for one in sorted(found, key=lambda one: one.ended_year):
        place = _area_place(shape, one.id, one.name)
        made.setdefault(place.area_id, place)
    return sorted(made.values(), key=lambda one: (one.area_name.casefold(), one.area_id))


def streets(conn: Connection, shape: DirectoryMap, street: str, town: str) -> list[Place]:
    """Return the streets of exactly this name that groups speak for, in every area they lie in.

    With a ``town`` only where that lies around the area: the same street elsewhere is another one.
    """
    hits = _hits(conn, street, ("street",))
    wanted = folded(street)
    made: dict[str, Place] = {}
    for kind, ref, title in hits:
        place = _place(shape, kind, ref, title) if folded(title) == wanted else None
        if place is None or not place.area_id:
            continue
        around = {folded(one.name) for one in shape.chain(place.area_id)}
        if not town or folded(town) in around:
            made.setdefault(place.area_id, place)
    return sorted(made.values(), key=lambda one: (one.area_name.casefold(), one.area_id))


def at(shape: DirectoryMap, area_ids: Iterable[str], text_of_place: str) -> list[Place]:
    """Return a place in each of these areas, as it was said elsewhere."""
    return [
        Place(text_of_place, "address", key, _area_name(shape, key), "", officer_line(shape, key))
        for key in area_ids
    ]


def folded(name: str) -> str:
    """Return a name as names are compared: small letters and figures, without accents."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(one for one in plain if one.isalnum())


def suggestion(conn: Connection, typed: str) -> str:
    """Return a name that looks like what was typed and found nothing; empty: none does."""
    words = " ".join(typed.split())
    for length in (3, 2, 1):
        start = fts_query(words[:length])
        if start is None:
            return ""
        rows = conn.execute(HITS, {"words": f"title : ({start})", "most": CANDIDATES})
        titles = {str(row.title) for row in rows if row.kind != "administrator"}
        by_fold = {title.casefold(): title for title in sorted(titles)}
        near = difflib.get_close_matches(words.casefold(), by_fold, n=1, cutoff=NEAR)
        if near:
            return by_fold[near[0]]
    return ""


def _hits(conn: Connection, typed: str, kinds: Iterable[str]) -> list[tuple[str, str, str]]:
    words = fts_query(typed)
    if words is None:
        return []
    found = []
    for kind in kinds:
        question = f'title : ({words}) AND kind : "{kind}"'
        rows = conn.execute(HITS, {"words": question, "most": CANDIDATES})
        found += [(row.kind, row.ref, row.title) for row in rows]
    return found


def _place(shape: DirectoryMap, kind: str, ref: str, title: str) -> Place | None:
    if kind == "area":
        return _area_place(shape, ref, title) if ref in shape.areas else None
    fact = shape.groups.get(ref)
    if fact is None or fact.gone:
        return None
    area_id = shape.area_of(ref)
    return Place(
        title, kind, area_id, _area_name(shape, area_id), ref, officer_line(shape, area_id)
    )


def _area_place(shape: DirectoryMap, area_id: str, title: str) -> Place:
    now = successor(shape, area_id)
    if now != area_id:
        # Found by its old name; what is asked of it today, the area it went up in answers (C9).
        around = f"nu {shape.areas[now].name}"
        return Place(title, "area", now, around, "", officer_line(shape, now))
    fact = shape.areas[area_id]
    around = _area_name(shape, fact.parent_id) or word(fact.level, AreaLevel).lower()
    return Place(title, "area", area_id, around, "", officer_line(shape, area_id))


def officer_line(shape: DirectoryMap, area_id: str) -> str:
    """Return who is the officer of an area, with the note beside the name; empty: nobody."""
    officer = shape.who(area_id, AreaRole.OFFICER)
    if officer is None:
        return ""
    return f"{officer.name}, {officer.note}" if officer.note else officer.name


def _area_name(shape: DirectoryMap, area_id: str) -> str:
    return shape.areas[area_id].name if area_id in shape.areas else ""


def _plain(name: str) -> tuple[str, ...]:
    folded = " ".join(name.split()).casefold()
    return (folded, _LEADING.sub("", folded)) if folded else ()


def _level_of(name: str) -> str:
    first = name.strip().split(" ", 1)[0].casefold()
    levels = {
        "gemeente": AreaLevel.MUNICIPALITY,
        "dorp": AreaLevel.VILLAGE,
        "wijk": AreaLevel.DISTRICT,
        "buurt": AreaLevel.NEIGHBOURHOOD,
    }
    return str(levels.get(first, ""))
