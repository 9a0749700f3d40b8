"""Search as you type: over reports, newest first, and over the directory (F01, F18).

Full-text tables hold no text of their own; triggers keep them equal to the records, and
secure-delete leaves no erased word behind (security.md §4). Ranking is never by ``rank``: on an
encrypted file that costs a hundred times the order of the rows (security.md §2).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, text

from console.domain.directory import SearchHit
from console.models.directory import administrator, area, group
from console.models.local import directory_entry
from console.storage.typed_words import fts_query

CHUNK = 500

MANY = 500
"""From how many records on the full-text table is filled in one go."""

_OPTIONS = "prefix='1 2 3', columnsize=0, tokenize='unicode61 remove_diacritics 2'"
_ROWS_ONLY = "detail=none, "
"""Which rows hold a word, not where in them: a third less to write. It takes single words only."""


def _index_ddl(fts: str, table: str, columns: Sequence[str], detail: str = "") -> list[str]:
    names = ", ".join(columns)
    new = ", ".join(f"new.{name}" for name in columns)
    old = ", ".join(f"old.{name}" for name in columns)
    changed = " OR ".join(f"old.{name} IS NOT new.{name}" for name in columns)
    put = f"INSERT INTO {fts}(rowid, {names}) VALUES (new.n, {new});"  # nosec B608 # own names, bound values
    take = f"INSERT INTO {fts}({fts}, rowid, {names}) VALUES ('delete', old.n, {old});"  # nosec B608 # own names, bound values
    arguments = f"{names}, content='{table}', content_rowid='n', {detail}{_OPTIONS}"
    return [
        f"CREATE VIRTUAL TABLE {fts} USING fts5({arguments})",
        f"INSERT INTO {fts}({fts}, rank) VALUES ('secure-delete', 1)",  # nosec B608 # own names, bound values
        f"CREATE TRIGGER {fts}_put AFTER INSERT ON {table} BEGIN {put} END",
        f"CREATE TRIGGER {fts}_take AFTER DELETE ON {table} BEGIN {take} END",
        f"CREATE TRIGGER {fts}_change AFTER UPDATE ON {table} WHEN {changed} BEGIN {take} {put} END",
    ]


DDL: tuple[str, ...] = (
    *_index_ddl(
        "report_fts",
        "rec_report",
        ["title", "text", "place", "description", "number"],
        _ROWS_ONLY,
    ),
    *_index_ddl("directory_fts", "directory_entry", ["title", "detail", "kind"]),
)


# What the full-text table does with its pieces: as it comes, and while many rows are put in.
# Setting either writes what waits, so both take hold of nothing that was put before.
_AS_EVER = {"hashsize": 1_048_576, "automerge": 4}
_FILLING = {"hashsize": 16_777_216, "automerge": 0}
_SET = text("INSERT INTO report_fts(report_fts, rank) VALUES (:name, :value)")


@contextmanager
def filling(conn: Connection, count: int) -> Iterator[None]:
    """Let the block put this many reports; the index is written once and merged later.

    Merging after every few rows costs several times the rows themselves. All of it belongs to the
    transaction at hand.
    """
    if count < MANY:
        yield
        return
    _tune(conn, _FILLING)
    yield
    _tune(conn, _AS_EVER)


def _tune(conn: Connection, settings: dict[str, int]) -> None:
    for name, value in settings.items():
        conn.execute(_SET, {"name": name, "value": value})


_REPORTS = text(
    "SELECT r.id FROM report_fts f JOIN rec_report r ON r.n = f.rowid "
    "WHERE report_fts MATCH :words ORDER BY f.rowid DESC LIMIT :most"
)


def search_reports(conn: Connection, typed: str, limit: int = 200) -> list[str]:
    """Find reports holding words that begin like each typed word; ids, newest first."""
    words = fts_query(typed)
    if words is None:
        return []
    return list(conn.execute(_REPORTS, {"words": words, "most": limit}).scalars())


_KIND_ORDER = ("group", "area", "administrator", "street")

_DIRECTORY = text(
    "SELECT e.kind, e.ref, e.title, e.area_id, a.name AS area_name, g.name AS group_name "
    "FROM directory_fts f JOIN directory_entry e ON e.n = f.rowid "
    "LEFT JOIN rec_area a ON a.id = e.area_id "
    "LEFT JOIN rec_group g ON e.kind = 'street' AND g.id = e.ref "
    "WHERE directory_fts MATCH :words ORDER BY f.rowid DESC LIMIT :most"
)
_GROUPS_OF = text(
    "SELECT l.administrator_id, g.name FROM rec_group_administrator l "
    "JOIN rec_group g ON g.id = l.group_id WHERE l.administrator_id IN :ids ORDER BY g.name"
).bindparams(bindparam("ids", expanding=True))


def search_directory(conn: Connection, typed: str, limit: int = 20) -> list[SearchHit]:
    """Find groups, areas, administrators and streets whose words begin like each typed word.

    Titles that begin with the typed text come first, then by kind and name. A street's id is its
    group's. The detail says where it belongs; it holds no phone number or address.
    """
    words = fts_query(typed)
    if words is None:
        return []
    rows: list[Any] = []
    for kind in _KIND_ORDER:
        question = f'{{title detail}} : ({words}) AND kind : "{kind}"'
        rows += conn.execute(_DIRECTORY, {"words": question, "most": limit}).all()
    start = typed.strip().casefold()
    rows.sort(
        key=lambda row: (
            not row.title.casefold().startswith(start),
            _KIND_ORDER.index(row.kind),
            row.title.casefold(),
        )
    )
    rows = rows[:limit]
    people = [row.ref for row in rows if row.kind == "administrator"]
    groups: dict[str, list[str]] = {}
    if people:
        for person, name in conn.execute(_GROUPS_OF, {"ids": people}):
            groups.setdefault(person, []).append(name)
    return [SearchHit(row.kind, row.ref, row.title, _detail(row, groups)) for row in rows]


def _detail(row: Any, groups: dict[str, list[str]]) -> str:
    if row.kind == "street":
        return " · ".join(part for part in (row.group_name, row.area_name) if part)
    if row.kind == "administrator":
        return ", ".join(groups.get(row.ref, [])[:3])
    return row.area_name or ""


Entry = dict[str, Any]


def _group_entries(row: Any) -> Iterator[Entry]:
    place = row.area_id or ""
    codes = " ".join(str(code) for code in row.postcodes or ())
    yield _entry("group", row.id, row.name, codes, place)
    for street in dict.fromkeys(str(street).strip() for street in row.streets or ()):
        if street:
            yield _entry("street", row.id, street, "", place)


def _area_entries(row: Any) -> Iterator[Entry]:
    yield _entry("area", row.id, row.name, row.code or "", row.parent_id or "")


def _administrator_entries(row: Any) -> Iterator[Entry]:
    if row.active is None or row.active:
        yield _entry("administrator", row.id, row.name, "", "")


def _entry(kind: str, ref: str, title: str | None, detail: str, area_id: str) -> Entry:
    return {"kind": kind, "ref": ref, "title": title or "", "detail": detail, "area_id": area_id}


_INDEXED: dict[str, tuple[Any, Callable[[Any], Iterator[Entry]]]] = {
    "group": (
        select(group.c.id, group.c.name, group.c.area_id, group.c.streets, group.c.postcodes),
        _group_entries,
    ),
    "area": (select(area.c.id, area.c.name, area.c.code, area.c.parent_id), _area_entries),
    "administrator": (
        select(administrator.c.id, administrator.c.name, administrator.c.active),
        _administrator_entries,
    ),
}


def index(conn: Connection, kind: str, ids: Iterable[str]) -> None:
    """Bring the directory's search lines of these records up to date; other kinds: nothing."""
    known = _INDEXED.get(kind)
    if known is None:
        return
    rows_of, entries_of = known
    todo = list(ids)
    for start in range(0, len(todo), CHUNK):
        chunk = todo[start : start + CHUNK]
        conn.execute(delete(directory_entry).where(directory_entry.c.ref.in_(chunk)))
        column = rows_of.selected_columns[0]
        entries = [
            entry
            for row in conn.execute(rows_of.where(column.in_(chunk)))
            for entry in entries_of(row)
        ]
        if entries:
            conn.execute(insert(directory_entry), entries)
