"""The restore drill: dump, wipe, restore; desks notice it and offer again (I1, I2, I3, I11)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from central.database import Database
from central.operations import backup
from central.operations.verify import verify
from console.storage import outbox
from console.storage.projection import confirmed
from tests.helpers.central_line import KEY, CentralLine
from tests.helpers.joined import Joined

BODY = {
    "category": "vehicle",
    "text": "Busje rijdt rondjes",
    "place": "Havenweg",
    "heard_at": "2026-03-14T12:58:00.000Z",
}


@pytest.fixture
def desks(line: CentralLine, tmp_path: Path) -> Iterator[list[Joined]]:
    """Two desks of one team, each with somebody signed in."""
    second = line.add_person("operator")
    with (
        Joined(line, tmp_path / "a.db") as one,
        Joined(line, tmp_path / "b.db", device="desk-b") as two,
    ):
        one.sign_in(line.person)
        two.sign_in(second)
        yield [one, two]


def write(desk: Joined, **fields: Any) -> str:
    """Report something at a desk; returns the id."""
    made: str = desk.desk.act(lambda unit: unit.create("report", {**BODY, **fields})).result()
    return made


def change(desk: Joined, record_id: str, to: str) -> None:
    """Change the place of a report."""
    desk.desk.act(lambda unit: unit.update("report", record_id, place=to)).result()


def settle(*desks: Joined) -> None:
    """Let every desk exchange until nothing is left to tell."""
    for _ in range(4):
        for desk in desks:
            desk.step()


def feed(line: CentralLine) -> tuple[dict[str, Any], Any]:
    """Return every record and the digest of central."""
    return line.records(), line.call("GET", f"/v1/teams/{line.team}/digest").json()["kinds"]


def same(desk: Joined, line: CentralLine) -> None:
    """Check that the desk holds what central holds, version for version (I3)."""
    for row in line.records().values():
        kind, record_id = row["kind"], row["id"]
        here = desk.store.read(partial(confirmed, kind=kind, record_id=record_id)).result()
        assert here is not None, (kind, record_id)
        assert (here.ver, here.deleted) == (row["ver"], row["del"])


def waiting(desk: Joined) -> tuple[int, int]:
    """Return how many ops of the person at this desk wait, and how many stand in the tray."""
    person = desk.desk.person
    assert person is not None
    counts = desk.store.read(lambda conn: outbox.counts(conn, person.id)).result()
    return counts.queue, counts.tray


def applied(line: CentralLine) -> Counter[str]:
    """Count the audit rows per op."""
    from central.journal import repository as journal

    rows = line.office.database.read_now(lambda conn: journal.rows_of(conn, line.team))
    return Counter(str(row["op_id"]) for row in rows if row["op_id"])


@pytest.mark.parametrize("first", ["the desk that made it", "the desk that changed it"])
def test_after_dump_wipe_and_restore_nothing_is_lost_and_nothing_doubled(
    first: str, line: CentralLine, place: Path | str, desks: list[Joined], tmp_path: Path
) -> None:
    one, two = desks
    early = [write(one), write(two, place="Dorpsstraat")]
    settle(one, two)
    change(two, early[0], "Kade")
    settle(two, one)
    at_dump = feed(line)
    backup.write(line.office.database, tmp_path / "dump", KEY)

    late = [write(one, place="Kerkplein"), write(two, place="Markt")]
    settle(one, two)
    change(one, early[1], "Molenweg")
    change(two, late[0], "Kerkpad")
    settle(one, two)
    at_end = feed(line)[0]
    unsent = write(two, place="Station")

    if first == "the desk that changed it":
        desks.reverse()
    people = [desk.desk.person for desk in desks]
    for desk in desks:
        desk.shut()
    line.close()
    with closing(Database(place, KEY if isinstance(place, Path) else b"")) as database:
        backup.restore(database, tmp_path / "dump", KEY, replace=True)

    with CentralLine(place) as restored:
        restored.watch, restored.team = line.watch, line.team
        restored.sign_in(line.person)
        assert feed(restored) == at_dump
        for desk, person in zip(desks, people, strict=True):
            assert person is not None
            desk.central = restored
            desk.open()
            desk.sign_in(person.id)
        settle(*desks)

        now = restored.records()
        assert {*early, *late, unsent} == {
            row["id"] for row in now.values() if row["kind"] == "report"
        }
        places = {record_id: now[record_id]["body"]["place"] for record_id in (*early, *late)}
        missing = {key for key in places if places[key] != at_end[key]["body"]["place"]}
        # A change whose record was not there again yet stands in the tray of whoever made it.
        in_trays = sum(waiting(desk)[1] for desk in desks)
        assert in_trays == len(missing)
        assert missing <= {late[0]}
        assert not missing or first == "the desk that changed it"
        assert max(applied(restored).values()) == 1
        for desk in desks:
            assert waiting(desk)[0] == 0
            same(desk, restored)
        checked = restored.office.database.read_now(verify)
        assert [found.broken for found in checked] == [None]
        # Everything is as before the restore: one more act goes the usual way.
        last = write(one)
        settle(*desks)
        assert last in restored.records()
        same(two, restored)
