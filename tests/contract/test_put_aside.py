"""Which files beside the records are copies of them, and how long each stays (F52)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from contract.put_aside import is_over, stays
from contract.retention import terms_of

TERMS = terms_of(None)


@pytest.mark.parametrize(
    ("name", "own", "days"),
    [
        ("desk-damaged-20260310-1.db", "desk", 90),
        ("desk-damaged-20260310-1.db-wal", "desk", 90),
        ("desk-before-018.db", "desk", 30),
        ("central-before-abcd1234.db-shm", "central", 30),
        ("central.db.before-0010", "central.db", 30),
        ("central.db.before-restore-20260310T120000", "central.db", 30),
        ("desk-look.db-wal", "desk", 1),
        ("desk-before-018.part", "desk", 1),
        ("desk.db", "desk", None),
        ("desk.db-wal", "desk", None),
        ("desk.damaged", "desk", None),
        ("desk.lock", "desk", None),
        ("keys.json", "desk", None),
        ("desks-before-018.db", "desk", None),
        ("central.db", "central", None),
        ("central.db", "central.db", None),
        ("central.db-wal", "central.db", None),
    ],
)
def test_only_copies_of_the_records_have_a_term(name: str, own: str, days: int | None) -> None:
    assert stays(name, own, TERMS) == (None if days is None else timedelta(days=days))


def test_a_term_of_the_team_counts_from_when_the_file_was_put_there() -> None:
    now = datetime(2026, 3, 10, tzinfo=UTC)
    stay = stays("desk-damaged-1-1.db", "desk", {**TERMS, "damaged_days": 7})
    assert stay == timedelta(days=7)
    put = (now - stay).timestamp()
    assert is_over(put, now, stay)
    assert not is_over(put + 1, now, stay)
    assert not is_over((now + timedelta(days=400)).timestamp(), now, stay)
