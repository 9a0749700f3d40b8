"""The audit rows: 100,000 of them chained and verified, against bare SHA-256 of the same bytes."""

from __future__ import annotations

import hashlib
from typing import Any

from benchmarks.measure import Figure, against, in_turns
from central.audit.check import Checked, Row, check
from central.journal.chain import START, Entry, halves, links

ROWS = 100_000
BATCH = 500
RUNS = 5
TARGET = 8.0
TEAM, PERSON, DEVICE = "01a1f0c6-0000-7000-8000-000000000001", "person-1", "desk-1"
AT = "2026-03-14T13:00:00.000Z"


def _entries() -> list[Entry]:
    return [
        Entry(
            f"01a1f0c6-7c00-7000-8000-{i:012d}",
            "update",
            "report",
            f"01a1f0c6-7b00-7000-8000-{i % 5000:012d}",
            i % 40 + 1,
            "",
            hashlib.sha256(str(i).encode()).hexdigest(),
        )
        for i in range(ROWS)
    ]


def _chained(entries: list[Entry]) -> list[str]:
    """Link rows as a push does: a batch at a time."""
    found: list[str] = []
    before = START
    for first in range(0, len(entries), BATCH):
        some = entries[first : first + BATCH]
        found += links(before, first + 1, halves(TEAM, AT, PERSON, DEVICE, some))
        before = found[-1]
    return found


def _rows(entries: list[Entry], chain: list[str]) -> list[dict[str, Any]]:
    return [
        {
            "team": TEAM,
            "n": n,
            "at": AT,
            "person": PERSON,
            "device": DEVICE,
            "op_id": one.op_id,
            "act": one.act,
            "kind": one.kind,
            "record": one.record,
            "ver": one.ver,
            "before_hash": one.before_hash,
            "after_hash": one.after_hash,
            "chain": link,
        }
        for n, (one, link) in enumerate(zip(entries, chain, strict=True), 1)
    ]


def _bytes(entries: list[Entry], chain: list[str]) -> list[bytes]:
    """Return what is hashed for each row, ready made."""
    sides = halves(TEAM, AT, PERSON, DEVICE, entries)
    return [
        b"\x00" + bytes.fromhex(before) + f"{front}{n}{back}".encode()
        for n, (before, (front, back)) in enumerate(
            zip([START, *chain[:-1]], sides, strict=True), 1
        )
    ]


def measure() -> list[Figure]:
    """Measure linking and checking together; the floor hashes the same bytes as often."""
    entries = _entries()
    chain = _chained(entries)
    rows, texts = _rows(entries, chain), _bytes(entries, chain)

    def ours() -> Checked:
        if _chained(entries) != chain:
            raise ValueError("another chain")
        found = check(TEAM, map(Row, rows), ())
        if found.rows != ROWS or found.line is not None:
            raise ValueError("the chain does not hold")
        return found

    def bare() -> None:
        for _ in range(2):
            for one in texts:
                hashlib.sha256(one).digest()

    mine, floor = in_turns(ours, bare, RUNS)
    words = f"{ROWS} regels, kale SHA-256 over dezelfde bytes"
    return [against("audit_100k", mine, floor, floor=words, target=TARGET)]
