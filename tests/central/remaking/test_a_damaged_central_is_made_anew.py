"""A damaged file of central: what it still gives comes along, the rest is said (security.md §2)."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import Connection

from central.blobs import repository as blobs
from central.clock import stamp
from central.embedded import build_embedded
from central.operations.verify import verify
from central.retention import rounds
from contract import archive, routes
from contract.messages import record_from_wire
from contract.op import Record
from contract.remaking import Left
from tests.helpers.central_line import KEY, SECRET, CentralLine, new_id, op, report
from tests.helpers.pages import PAGE, pages

OLD = "Een melding van lang geleden die alleen nog bij de centrale staat"
NEW = "Een melding van vandaag"
TEAM = "Kennemer Kust"
PICTURE = b"drie woorden en een plaatje" * 400


class Before:
    """A central as it was: what its desk holds of it, and where its file lies."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with CentralLine(path) as line:
            line.set_up()
            old = [report(text=f"{OLD} {n}", place="Kerkplein 12") for n in range(40)]
            line.push(*old)
            self.number = str(line.records("report")[old[0]["id"]]["body"]["number"])
            line.watch.move(days=372)
            rounds.keep_all(line.office.database, line.watch(), at_once=True)
            line.sign_in(line.person)
            self.joris = line.add_person("operator")
            news = [report(text=f"{NEW} {n}") for n in range(30)]
            line.push(*news)
            self.gone = new_id()
            line.push(op("create", "area", self.gone, set={"name": "Oud", "level": "village"}))
            line.push(op("delete", "area", self.gone, base_ver=1))
            self.photo = sha256(PICTURE).hexdigest()
            line.office.database.write_now(lambda conn: self._put_photo(conn, line))
            rows, _ = line.page()
            self.records = [record_from_wire(row) for row in rows]
            self.live = {
                (one.kind, one.id): (one.ver, dict(one.body), one.at, one.by)
                for one in self.records
                if not one.deleted
            }
            self.team, self.person, self.at = line.team, line.person, line.watch.at
            self.rows = line.office.database.read_now(
                lambda conn: conn.exec_driver_sql("SELECT count(*) FROM audit").scalar_one()
            )

    def _put_photo(self, conn: Connection, line: CentralLine) -> None:
        at = stamp(line.watch())
        blobs.begin(conn, line.team, self.photo, size=len(PICTURE), person=line.person, at=at)
        blobs.add(conn, line.team, self.photo, 0, PICTURE, at)
        blobs.finish(conn, line.team, self.photo, "image/jpeg")

    def hurt(self, words: str, *, every: bool = False) -> None:
        """Damage a page on which these words stand; "" damages the first, "-" takes the file."""
        if words == "-":
            self.path.unlink()
            return
        content = bytearray(self.path.read_bytes())
        found = [0]
        if words:
            found = [n for n, page in enumerate(pages(self.path, KEY)) if words.encode() in page]
        for at in found if every else [found[len(found) // 2]]:
            content[at * PAGE + PAGE // 2] ^= 0xFF
        self.path.write_bytes(content)


def as_the_desk_has_them(records: list[Record]) -> list[Record]:
    """Return records as a desk knows them: without who changed them last and when."""
    return [Record(o.kind, o.id, o.ver, o.body, o.deleted) for o in records]


@pytest.mark.parametrize(
    ("words", "log_kept", "old"),
    [
        (NEW, True, 40),
        (OLD, True, -1),
        ("set_up", False, 40),
        ("", False, 0),
        ("-", False, 0),
    ],
)
def test_what_the_desk_holds_and_what_can_be_read_make_a_central_that_goes_on(
    tmp_path: Path, words: str, log_kept: bool, old: int
) -> None:
    before = Before(tmp_path / "central.db")
    before.hurt(words)
    left = build_embedded(before.path, KEY, SECRET).left(before.team)
    kept = before.path.read_bytes() if before.path.exists() else b""
    told: list[tuple[int, int]] = []
    new = tmp_path / "central-anew.db"
    made = build_embedded(new, KEY, SECRET, lambda: before.at).remake(
        before.path,
        (before.team, TEAM),
        as_the_desk_has_them(before.records),
        lambda done, of: told.append((done, of)),
    )
    assert told[-1] == (made.records, made.records)
    assert made.log_kept is log_kept
    assert (made.old == old) if old >= 0 else (0 < made.old < 40)
    if words in ("", "-"):
        assert left == Left()
    else:
        assert left.log_rows in (before.rows, None)
    assert made.photos == (frozenset({before.photo}) if old else frozenset())
    assert (before.path.read_bytes() if before.path.exists() else b"") == kept
    assert not list(tmp_path.glob("*-look*"))
    assert not new.with_name(f"{new.name}-wal").exists()

    with CentralLine(new) as line:
        line.watch.at, line.team = before.at, before.team
        line.sign_in(before.person)
        after = {
            key: (row["ver"], row["body"], row["at"], row["by"])
            for row in line.page()[0]
            if not row["del"]
            for key in [(row["kind"], row["id"])]
        }
        assert {key: one[:2] for key, one in after.items()} == {
            key: one[:2] for key, one in before.live.items()
        }
        if words == "set_up":
            assert after == before.live, "who changed what last, and when"
        assert [one.broken for one in line.office.database.read_now(verify)] == [None]
        # The numbers of the day go on, and a deleted id never comes back.
        today = report()
        line.push(today)
        assert str(line.records("report")[today["id"]]["body"]["number"]).endswith("-031")
        again = op("create", "area", before.gone, set={"name": "Nieuw", "level": "village"})
        assert line.push(again)[0]["status"] == "conflict"
        if old == 40:
            asked = {"use": "work", "reason": "Vraag van de officier", "number": before.number}
            found = line.call("POST", archive.search_path(line.team), asked).json()
            assert OLD in found["records"][0]["body"]["text"]
        line.sign_in(before.joris)
        assert line.call("GET", routes.snapshot(line.team)).status_code == 200


def test_a_page_met_in_the_middle_of_work_is_said_noted_and_found_at_the_next_start(
    tmp_path: Path,
) -> None:
    before = Before(tmp_path / "central.db")
    whole = before.path.read_bytes()
    before.hurt(NEW, every=True)
    embedded = build_embedded(before.path, KEY, SECRET)
    assert not embedded.damage(), "nobody looks through a whole file at every start"
    with CentralLine(before.path) as line:
        line.watch.at, line.team = before.at, before.team
        line.sign_in(before.person)
        answer = line.call("GET", routes.snapshot(line.team))
        assert answer.status_code == 503
        assert answer.json()["type"] == "/problems/storage-unusable"
        assert "niet leesbaar" in answer.json()["detail"]
    assert embedded.damage()
    before.path.write_bytes(whole)
    assert not embedded.damage()
    assert not list(tmp_path.glob("*.damaged"))
