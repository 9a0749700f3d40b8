"""Unique words in every text field of every kind that goes by its term, to look for afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg

from central.operations import backup, dump
from central.sequence import Author, Staged, commit_changes
from contract.kinds import KINDS
from contract.kinds.field import Field
from contract.op import Record
from contract.retention import RULES, Ending
from tests.helpers.central_line import KEY, CentralLine, new_id
from tests.helpers.pages import holding

SHORTEST = 10
"""A field that takes fewer characters holds no word that could be known again."""

GOES = frozenset(
    kind
    for kind, rule in RULES.items()
    if rule.ending in (Ending.STAGES, Ending.FOLLOWS, Ending.AT_ONCE)
)
"""The kinds of which nothing may be left in the end."""

OVER: Mapping[str, dict[str, Any]] = {
    "task": {"state": "done"},
    "sign_request": {"state": "removed"},
    "signup_count": {"month": "2026-03"},
}


ABOUT = {"parent_kind": "report", "subject_kind": "report"}
"""What belongs to something belongs to the report that was planted."""


class Planted:
    """Words by the mark of the planting; ``later``: those that stay longer than a year."""

    def __init__(self, mark: str) -> None:
        self.mark = mark
        self.words: list[str] = []
        self.report = new_id()
        self.later: list[str] = []

    def word(self, limit: int = 40) -> str:
        """Make a word that stands nowhere else."""
        made = f"zq{self.mark}{len(self.words):04d}x"
        assert len(made) <= limit
        self.words.append(made)
        return made

    def plant(self, line: CentralLine) -> None:
        """Write one record of every kind that goes, as central would have them at this moment."""
        parents = {"report": self.report, "post": new_id(), "handover": new_id()}
        now = line.office.now()
        made = []
        for kind in KINDS:
            if kind not in GOES:
                continue
            fixed = {**ABOUT, "parent_id": self.report, "subject_id": self.report}
            fixed = {name: fixed[name] for name in fixed if name in KINDS[kind].fields}
            fixed.update(OVER.get(kind, {}))
            body = {
                name: self._value(name, field, parents, now)
                for name, field in KINDS[kind].fields.items()
                if name not in fixed
            }
            body.update(fixed)
            if RULES[kind].ending is Ending.AT_ONCE:
                text = str(body)
                self.later += [word for word in self.words if word in text]
            made.append(Staged(Record(kind, parents.get(kind, new_id()), 1, body), 0))
        author = Author(line.team, line.person, "desk-1", now)
        line.office.database.write_now(lambda conn: commit_changes(conn, author, made))

    def _value(self, name: str, field: Field, parents: dict[str, str], now: str) -> Any:
        if field.type == "text":
            return self.word(field.limit) if field.limit >= SHORTEST else "x"
        if field.type == "id":
            kind = name.removesuffix("_id").replace("other", "report")
            return parents.get(kind, new_id())
        if field.type == "time":
            return now
        if field.type == "choice":
            return sorted(field.choices)[0]
        if field.type == "items":
            return [self.word()]
        if field.type == "object":
            return {"a": self.word()}
        return {"flag": True, "number": 1}[field.type]


def in_file(folder: Path, *words: str) -> set[str]:
    """Return which words stand in any file under a folder, read page by page."""
    return set(holding(folder, KEY, *words))


def on_server(url: str, *words: str) -> set[str]:
    """Return which words stand in the files of the tables of a database, dead rows included."""
    found: set[str] = set()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        paths = connection.execute(
            "SELECT pg_relation_filepath(c.oid) FROM pg_class c "
            "WHERE c.relkind IN ('r', 'i', 't') AND c.relnamespace IN "
            "('public'::regnamespace, 'pg_toast'::regnamespace) "
            "AND pg_relation_size(c.oid) > 0"
        ).fetchall()
        for (path,) in paths:
            row = connection.execute("SELECT pg_read_binary_file(%s)", [path]).fetchone()
            content = bytes(row[0]) if row else b""
            found.update(word for word in words if word.encode() in content)
    return found


def in_dump(line: CentralLine, path: Path, *words: str) -> set[str]:
    """Return which words stand in a fresh dump of all records."""
    backup.write(line.office.database, path, KEY)
    text = "\n".join(str(one) for one in dump.read_lines(path, KEY))
    path.unlink()
    return {word for word in words if word in text}
