"""Invented reports of about 570 bytes, as records that stand at central and as ops of a desk."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from uuid_utils import uuid7

from benchmarks.profiles import SENTENCES, STREETS
from benchmarks.someone import KEY, PERSON
from central.database import Database
from central.sequence import Author, Staged, commit_changes
from contract.op import Op, Record

AT = "2026-03-14T12:55:00.000Z"
CHUNK = 5_000
DEVICE = "bench-town"
AREAS = [str(uuid7()) for _ in range(20)]


def bodies(count: int, seed: int = 3) -> Iterator[dict[str, Any]]:
    """Make the bodies of reports: about 570 bytes each as a line of the feed."""
    rng = random.Random(seed)
    for number in range(count):
        minute = number % 60
        heard = (
            f"2026-03-{1 + number // 2_000 % 28:02d}T{number // 60 % 24:02d}:{minute:02d}:00.000Z"
        )
        yield {
            "category": rng.choice(("person", "persons", "vehicle", "surroundings")),
            "text": f"{rng.choice(SENTENCES)} {rng.choice(SENTENCES)} Nummer {number}.",
            "place": f"{rng.choice(STREETS)} {number % 300}",
            "heard_at": heard,
            "area_id": AREAS[number % len(AREAS)],
            "acute": number % 30 == 1,
            "source": "paste",
        }


def creates(count: int, seed: int = 4) -> list[Op]:
    """Make the ops of a desk that made this many reports."""
    return [
        Op(str(uuid7()), "create", "report", str(uuid7()), body, made_at=AT)
        for body in bodies(count, seed)
    ]


def fill(place: Path | str, team: str, count: int) -> None:
    """Put this many reports in a central that stands still or runs, as its own writer does."""
    with closing(Database(place, KEY if isinstance(place, Path) else b"")) as database:
        waiting = bodies(count)
        while chunk := [body for _, body in zip(range(CHUNK), waiting, strict=False)]:
            staged = [_staged(body) for body in chunk]

            def work(conn: Connection, staged: Sequence[Staged] = staged) -> None:
                commit_changes(conn, Author(team, PERSON, DEVICE, AT), staged)

            database.write_now(work)


def _staged(body: dict[str, Any]) -> Staged:
    known = {**body, "status": "open", "created_by": PERSON, "created_at": AT}
    return Staged(Record("report", str(uuid7()), 1, known), 0)
