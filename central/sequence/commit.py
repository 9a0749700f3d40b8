"""``commit_changes``: the one function that writes records (sync.md §2).

The counter of the team is taken last and once: from there to the commit nothing is decided, so the
order of ``seq`` is the order of the commits. On PostgreSQL that is one statement.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from central.database.news import note_change
from central.journal.chain import Entry
from central.sequence import on_file, on_server
from central.sequence.rows import (
    Answer,
    Author,
    Staged,
    answer_rows,
    record_rows,
)

__all__ = ["Answer", "Author", "Committed", "Staged", "commit_changes"]


@dataclass(frozen=True, slots=True)
class Committed:
    """What the commit gave: the head of the team, the nonce that holds it, the answers as JSON."""

    seq: int
    nonce: str
    answers: tuple[str, ...]


def commit_changes(
    conn: Connection,
    author: Author,
    staged: Sequence[Staged],
    answers: Sequence[Answer] = (),
    entries: Sequence[Entry] = (),
) -> Committed:
    """Write the records, their numbers, the answers and the audit rows in the open transaction.

    Without records no number is taken; the answers are stored all the same. Raises
    ``IntegrityError`` where another writer was first: ``Database.write`` decides the batch again.
    Nothing may be read or written in this transaction afterwards but what is quick: other writers
    of the team wait until it commits.
    """
    places = {(one.record.kind, one.record.id): i for i, one in enumerate(staged, 1)}
    said = answer_rows(answers, places)
    kept = [one for one in said if one.kept]
    backend = on_server if conn.dialect.name == "postgresql" else on_file
    if not staged:
        if kept:
            backend.keep_answers(conn, author, kept)
        return Committed(0, "", tuple(one.answered(0) for one in said))
    note_change(conn, author.team)
    rows, nonce = record_rows(staged), secrets.token_urlsafe(9)
    head = backend.write(conn, author, nonce, rows, kept, entries)
    base = head - len(staged)
    return Committed(head, nonce, tuple(one.answered(base) for one in said))
