"""Pure: the hash of a body and the link from one audit row to the next (security.md §6)."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

START = "0" * 64
"""What the first row of a team links to."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One change to write down. Ids and hashes only, never a value of the record."""

    op_id: str
    act: str
    kind: str
    record: str
    ver: int
    before_hash: str
    after_hash: str


def body_hash(body: Mapping[str, Any] | None) -> str:
    """Return the hash of a body; empty where there is none."""
    if body is None:
        return ""
    return hashlib.sha256(orjson.dumps(body, option=orjson.OPT_SORT_KEYS)).hexdigest()


def link(before: str, row: Mapping[str, Any]) -> str:
    """Return the link of a row: SHA-256 over 0x00, the previous link and the row itself."""
    text = orjson.dumps({k: v for k, v in row.items() if k != "chain"}, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(b"\x00" + bytes.fromhex(before) + text).hexdigest()


def halves(team: str, at: str, person: str, device: str, entry: Entry) -> tuple[str, str]:
    """Return what stands before and after the number of a row in the text that ``link`` hashes.

    So a database can link rows whose number only it knows yet.
    """
    front = {
        "act": entry.act,
        "after_hash": entry.after_hash,
        "at": at,
        "before_hash": entry.before_hash,
        "device": device,
        "kind": entry.kind,
    }
    back = {
        "op_id": entry.op_id,
        "person": person,
        "record": entry.record,
        "team": team,
        "ver": entry.ver,
    }
    return (
        orjson.dumps(front).decode()[:-1] + ',"n":',
        "," + orjson.dumps(back).decode()[1:],
    )


def first_broken(rows: Iterable[Mapping[str, Any]], before: str = START) -> int | None:
    """Return the number of the first row that does not fit what stands before it, or None."""
    number = None
    for row in rows:
        if number is not None and row["n"] != number + 1:
            return int(row["n"])
        if link(before, row) != row["chain"]:
            return int(row["n"])
        before, number = row["chain"], int(row["n"])
    return None
