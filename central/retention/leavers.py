"""Contact data of administrators who left: erased by their term, a pseudonym stays (F52)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from central.clock import stamp
from central.journal.chain import Entry, canonical, text_hash
from central.retention import repository
from central.sequence import Author, Staged, commit_changes
from central.sync import repository as records
from contract.leavers import erased
from contract.op import Record

DEVICE = "central"
ERASED = "contact_erased"
"""The act in the audit; the row holds ids and hashes, as every other."""


def erase(conn: Connection, team: str, found: Sequence[Record], moment: datetime) -> int:
    """Erase the contact data of these administrators, where nobody changed them meanwhile."""
    seen = records.lock(conn, team, [(one.kind, one.id) for one in found])
    there = [
        one
        for one in found
        if (now := seen.get((one.kind, one.id))) and not now.deleted and now.ver == one.ver
    ]
    if not there:
        return 0
    key, at = repository.key_of(conn, team), stamp(moment)
    repository.blank_answers(conn, team, {(one.kind, one.id) for one in there})
    staged, entries = [], []
    for one in there:
        body = erased(one.body, key)
        before, after = text_hash(canonical(one.body)), text_hash(canonical(body))
        staged.append(Staged(Record(one.kind, one.id, one.ver + 1, body, at=at), one.ver))
        entries.append(Entry("", ERASED, one.kind, one.id, one.ver + 1, before, after))
    commit_changes(conn, Author(team, "", DEVICE, at), staged, (), entries)
    return len(there)
