"""Writers that work at once, in processes of their own, and a follower that must see every row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import Connection
from uuid_utils import uuid7

from central.auth import service as auth
from central.clock import stamp
from central.database import Database
from central.problems import Refusal
from central.sync import service
from contract.messages import PushRequest
from contract.problems import ProblemCode

if TYPE_CHECKING:
    # The web server of central is not needed in a process that only writes, and takes a second.
    from tests.helpers.central_line import CentralLine

TRIES = 200


@dataclass(frozen=True, slots=True)
class Job:
    """Where a writer writes and as whom; it can be sent to another process."""

    place: Path | str
    key: bytes
    team: str
    token: str
    moment: datetime
    commits: int
    reports: int = 1


def job_of(line: CentralLine, place: Path | str, commits: int, reports: int = 1) -> Job:
    """Return a job in the name of the person signed in."""
    key = line.settings.key
    return Job(place, key, line.team, line.token, line.office.moment(), commits, reports)


@contextmanager
def opened(place: Path | str, key: bytes = b"") -> Iterator[Database]:
    """Open records that are up to date already, as one more program does."""
    database = Database(place, key, writers=1, readers=1)
    try:
        yield database
    finally:
        database.close()


def write(job: Job) -> list[str]:
    """Push until the commits are done; returns the ids of the reports. A busy central is tried
    again with the same ops, as a desk does."""
    made: list[str] = []
    with opened(job.place, job.key) as database:
        for _ in range(job.commits):
            new = [_report() for _ in range(job.reports)]
            request = PushRequest.model_validate({"ops": new})
            push_until_answered(database, job, request)
            made += [one["id"] for one in new]
    return made


def _report() -> dict[str, Any]:
    body = {
        "category": "person",
        "text": "Man kijkt in auto's",
        "place": "Kerkplein",
        "heard_at": "2026-03-14T12:55:00.000Z",
    }
    return {
        "op_id": str(uuid7()),
        "verb": "create",
        "kind": "report",
        "id": str(uuid7()),
        "set": body,
    }


def push_until_answered(database: Database, job: Job, request: PushRequest) -> None:
    """Push one batch; a busy central is asked again. Raises what is no matter of being busy."""
    for _ in range(TRIES):
        try:
            database.write_now(partial(_push, job, request))
            return
        except Refusal as refused:
            if refused.code is not ProblemCode.OVERLOADED:
                raise
    raise AssertionError("central stayed busy")


def _push(job: Job, request: PushRequest, conn: Connection) -> bytes:
    caller = auth.of_team(conn, job.token, job.team, job.moment)
    return service.push(conn, caller, request, "", stamp(job.moment))


@dataclass
class Follower:
    """Polls the changes feed. ``gaps``: numbers that were not there when a later one was."""

    database: Database
    team: str
    cursor: str = ""
    last: int = 0
    seen: list[str] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)

    def catch_up(self) -> None:
        """Read every page there is; what comes later starts where this one ended."""
        while self._page():
            continue

    def _page(self) -> bool:
        page, _ = self.database.read_now(
            lambda conn: service.changes(conn, self.team, self.cursor, 200, self.cursor)
        )
        *rows, end = map(orjson.loads, page.splitlines())
        for row in rows:
            if self.last and row["seq"] != self.last + 1:
                self.gaps.append(row["seq"])
            self.last = row["seq"]
            self.seen.append(row["id"])
        self.cursor = end["cursor"]
        return bool(end["more"])

    def follow(self, running: Callable[[], bool]) -> None:
        """Poll for as long as somebody writes, and once more."""
        while running():
            self.catch_up()
        self.catch_up()
