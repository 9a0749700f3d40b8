"""Encrypted files full of invented records, made once per run for the benchmarks."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert
from uuid_utils import uuid7

from benchmarks.someone import KEY, PERSON
from console.domain.clock import SystemClock, stamp
from console.models.directory import administrator, area, group, group_administrator, group_parent
from console.models.report import report
from console.models.workbook import person
from console.storage import search
from console.storage.database import Store

BATCH = 10_000
LIVE = 60
STREETS = ("Vlierpad", "Havenkade", "Molenweg", "Dijkstraat", "Stationspad", "Elzenkade", "Brink")
SENTENCES = (
    "Man voelt aan deuren van auto's en loopt weg richting het water.",
    "Witte bus rijdt al drie kwartier stapvoets langs de huizen.",
    "Zes jongeren met vuurwerk bij de kantine van de sportclub.",
    "Iemand zegt van het waterbedrijf te zijn en heeft geen pas bij zich.",
    "Scooter zonder licht rijdt steeds over de stoep bij de basisschool.",
)


def open_store(path: Path) -> Store:
    """Open an encrypted file for the benchmarks."""
    return Store.open(path, KEY, clock=SystemClock())


def fill_reports(store: Store, count: int) -> None:
    """Put in this many reports: ``LIVE`` that somebody still works on, the rest long closed."""
    places: list[dict[str, str]] = [
        {"id": str(uuid7()), "name": f"Wijk {n}", "level": "district"} for n in range(20)
    ]
    _put(store, area, places)
    print(f"  {count} meldingen klaarzetten …", file=sys.stderr, flush=True)
    rows = _reports(count, [place["id"] for place in places])
    while chunk := [row for _, row in zip(range(BATCH), rows, strict=False)]:
        _put(store, report, chunk)
    store.write(
        lambda conn: conn.execute(
            insert(person), [{"id": PERSON, "name": "Lotte Brakel", "roles": ["operator"]}]
        )
    ).result()
    store.write(lambda conn: conn.exec_driver_sql("ANALYZE")).result()


def fill_directory(store: Store, groups: int = 2_000) -> None:
    """Put in areas, administrators' groups with groups under them, and administrators."""
    rng = random.Random(2)
    areas: list[dict[str, Any]] = [
        {"id": str(uuid7()), "name": f"Gebied {n}", "level": "district"} for n in range(60)
    ]
    over: list[dict[str, Any]] = []
    under: list[dict[str, Any]] = []
    parents: list[dict[str, Any]] = []
    people: list[dict[str, Any]] = []
    links: list[dict[str, Any]] = []
    for number in range(groups):
        place = areas[number % len(areas)]["id"]
        row = {
            "id": str(uuid7()),
            "name": f"Groep {rng.choice(STREETS)} {number}",
            "area_id": place,
            "streets": [f"{street}{number % 97}" for street in rng.sample(STREETS, 3)],
            "members": rng.randint(4, 250),
            "state": "active",
            "kind": "administrators" if number % 8 == 0 else "neighbourhood",
        }
        (over if number % 8 == 0 else under).append(row)
    for number, row in enumerate(under):
        parent = over[number % len(over)]["id"]
        parents.append(
            {
                "id": str(uuid7()),
                "group_id": row["id"],
                "parent_kind": "group",
                "parent_id": parent,
            }
        )
        someone = str(uuid7())
        people.append({"id": someone, "name": f"Beheerder Voorbeeld{number}", "active": 1})
        links.append(
            {
                "id": str(uuid7()),
                "group_id": row["id"],
                "administrator_id": someone,
                "role": "administrator",
            }
        )

    def work(conn: Any) -> None:
        for table, found in (
            (area, areas),
            (group, [*over, *under]),
            (group_parent, parents),
            (administrator, people),
            (group_administrator, links),
        ):
            conn.execute(insert(table), found)
        search.index(conn, "area", [str(one["id"]) for one in areas])
        search.index(conn, "group", [one["id"] for one in (*over, *under)])
        search.index(conn, "administrator", [one["id"] for one in people])

    store.write(work).result()


def _put(store: Store, table: Table, found: list[dict[str, Any]]) -> None:
    def work(conn: Connection) -> None:
        conn.execute(insert(table), found)

    store.write(work).result()


def _reports(count: int, places: Sequence[str]) -> Iterator[dict[str, Any]]:
    rng = random.Random(1)
    now = datetime.now(UTC)
    for number in range(count):
        at = now - timedelta(minutes=3 * (count - number))
        live = number >= count - LIVE
        held = live and number % 5 == 0
        yield {
            "id": str(uuid7()),
            "category": rng.choice(("person", "persons", "vehicle", "surroundings")),
            "text": f"{SENTENCES[number % len(SENTENCES)]} Nummer {number}.",
            "place": f"{STREETS[number % len(STREETS)]} {number % 300}",
            "heard_at": stamp(at),
            "area_id": rng.choice(places),
            "status": ("claimed" if held else "open") if live else "closed",
            "holder": PERSON if held else None,
            "lease_until": stamp(now + timedelta(hours=1)) if held else None,
            "acute": int(live and number % 30 == 1),
            "closed_at": None if live else stamp(at + timedelta(minutes=40)),
            "close_reason": None if live else "handled",
            "ver": 1,
            "seq": number + 1,
            "pending": 0,
        }
