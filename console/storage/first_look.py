"""The first rows of the list, read before anything heavier than the driver is imported (D01).

The same queries as later (``console.storage.reports``), on a connection of its own that only
reads and is closed at once. Where anything is not as expected there is no first look: the desk
then opens the ordinary way, which has the sentences for every trouble.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from console.domain.failures import StorageTrouble
from console.domain.report import FirstPage, ReportFilter
from console.domain.report_list import REMEMBERED, filter_of
from console.storage import plain, reports
from console.storage.connection import SCHEMA, open_keyed


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What stands on the screen before the desk is open."""

    wanted: ReportFilter
    page: FirstPage


def first_look(path: Path, key: bytes, *, now: str) -> FirstLook | None:
    """Return the first page of the one person who works here; None where there are more.

    Nobody has to say who they are at a desk with one person and no passphrase (security.md §3).
    """
    if not path.exists():
        return None
    try:
        connection = open_keyed(path, key)
    except StorageTrouble:
        return None
    try:
        connection.execute("PRAGMA query_only=ON")
        return _look(connection, now)
    except driver.Error:
        return None
    finally:
        connection.close()


def _look(connection: Any, now: str) -> FirstLook | None:
    version = plain.first(connection, "PRAGMA user_version")
    if version != (SCHEMA,):
        return None
    people = plain.rows(
        connection, "SELECT id FROM rec_person WHERE active IS NULL OR active = 1 LIMIT 2"
    )
    if len(people) != 1:
        return None
    wanted = _kept_filter(connection)
    if wanted is None:
        return None
    page = reports.first_page(connection, wanted, me=people[0][0], now=now)
    return FirstLook(wanted, page)


def _kept_filter(connection: Any) -> ReportFilter | None:
    """Return what the list was narrowed to; None for the short list, which looks otherwise."""
    kept = plain.first(
        connection, "SELECT value FROM memory WHERE name = :name", {"name": REMEMBERED}
    )
    was = json.loads(kept[0]) if kept and kept[0] else {}
    if not isinstance(was, dict):
        was = {}
    if was.get("compact"):
        return None
    return filter_of(was)
