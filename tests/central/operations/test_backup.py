"""A dump shows one moment, opens for its key only, and is put back whole or not at all (I11)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DatabaseError

from central import migrations
from central.database import Database
from central.models.blob import blob_piece
from central.operations import backup, dump, repository
from central.operations.failures import Failed
from central.operations.verify import verify
from tests.helpers.central_line import KEY, CentralLine, command, op, report

Place = Path | str
Damage = Callable[[bytes], bytes]


def busy(line: CentralLine) -> list[dict[str, Any]]:
    """Do work of every sort: records, a change, a claim, a grave; returns the ops."""
    one, two, three = report(), report(place="Dorpsstraat"), report()
    ops = [
        one,
        two,
        three,
        op("update", "report", one["id"], set={"place": "Haven"}, was={"place": "Kerkplein"}),
        command("report", two["id"], "claim"),
        op("delete", "report", three["id"], base_ver=1),
    ]
    assert all(result["status"] == "applied" for result in line.push(*ops))
    return ops


def state(line: CentralLine) -> tuple[Any, Any]:
    """Return everything the feed and the digest say of the team."""
    digest = line.call("GET", f"/v1/teams/{line.team}/digest").json()
    return line.page(), digest


def place_back(place: Place, file: Path, *, replace: bool = True) -> backup.Made:
    """Put a dump back where no central is at work."""
    with closing(Database(place, KEY if isinstance(place, Path) else b"")) as database:
        return backup.restore(database, file, KEY, replace=replace)


def _run(conn: Any, statement: str) -> None:
    conn.exec_driver_sql(statement)


def again(line: CentralLine, place: Place) -> CentralLine:
    """Start central anew on the same records, for the same person."""
    line.close()
    other = CentralLine(place)
    other.watch, other.team = line.watch, line.team
    other.sign_in(line.person)
    return other


def test_what_was_there_at_the_dump_is_there_after_wipe_and_restore(
    line: CentralLine, place: Place, tmp_path: Path
) -> None:
    ops = busy(line)
    before = state(line)
    answers = line.push(*ops)
    made = backup.write(line.office.database, tmp_path / "copy", KEY)
    assert made.teams == 1
    lost = report()
    line.push(lost)
    line.close()
    assert place_back(place, tmp_path / "copy") == made
    with again(line, place) as restored:
        assert state(restored) == before
        # Central still knows what it answered, takes what was lost, and counts on from there.
        assert restored.push(*ops) == answers
        assert restored.push(lost)[0]["status"] == "applied"
        head = restored.page()[1]["head"]
        assert head == before[0][1]["head"] + 1
        assert [one.broken for one in restored.office.database.read_now(verify)] == [None]


def test_audit_rows_stay_append_only_after_a_restore(
    line: CentralLine, place: Place, tmp_path: Path
) -> None:
    busy(line)
    backup.write(line.office.database, tmp_path / "copy", KEY)
    line.close()
    place_back(place, tmp_path / "copy")
    with closing(Database(place, KEY if isinstance(place, Path) else b"")) as database:
        for statement in ("UPDATE audit SET person = 'x'", "DELETE FROM audit"):
            with pytest.raises(DatabaseError):
                database.write_now(partial(_run, statement=statement))


def test_a_token_of_before_the_dump_does_not_open_central_after_the_restore(
    line: CentralLine, place: Place, tmp_path: Path
) -> None:
    backup.write(line.office.database, tmp_path / "copy", KEY)
    line.close()
    place_back(place, tmp_path / "copy")
    with CentralLine(place) as restored:
        restored.watch, restored.team, restored.token = line.watch, line.team, line.token
        answer = restored.call("GET", f"/v1/teams/{line.team}/digest")
        assert answer.json()["type"] == "/problems/unauthenticated"


def test_a_dump_shows_one_moment_while_others_write(
    line: CentralLine, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy(line)
    before = state(line)
    tables = repository.tables

    def meanwhile(conn: Any, leave_out: frozenset[str]) -> Any:
        found = tables(conn, leave_out)
        line.push(report())
        return found

    monkeypatch.setattr(repository, "tables", meanwhile)
    backup.write(line.office.database, tmp_path / "copy", KEY)
    monkeypatch.undo()
    assert state(line) != before
    line.close()
    place_back(place, tmp_path / "copy")
    with again(line, place) as restored:
        assert state(restored) == before


def test_a_dump_of_a_file_can_be_put_on_a_server_and_back(
    postgres_url: str, tmp_path: Path
) -> None:
    with CentralLine(tmp_path / "central.db") as line:
        line.set_up()
        busy(line)
        before = state(line)
        photo = {"team": line.team, "sha256": "ab" * 32, "start": 0, "data": bytes(range(256))}
        line.office.database.write_now(partial(repository.put, table=blob_piece, rows=[photo]))
        backup.write(line.office.database, tmp_path / "one", KEY)
    place_back(postgres_url, tmp_path / "one", replace=False)
    with again(line, postgres_url) as server:
        assert state(server) == before
        backup.write(server.office.database, tmp_path / "two", KEY)
    place_back(tmp_path / "third.db", tmp_path / "two", replace=False)
    with again(server, tmp_path / "third.db") as file:
        assert state(file) == before
        pieces = file.office.database.read_now(lambda conn: list(repository.walk(conn, blob_piece)))
        assert [tuple(piece) for piece in pieces] == [tuple(photo.values())]


def test_records_that_are_there_are_replaced_only_when_asked(
    line: CentralLine, place: Place, tmp_path: Path
) -> None:
    backup.write(line.office.database, tmp_path / "copy", KEY)
    busy(line)
    before = state(line)
    line.close()
    with pytest.raises(Failed, match="--replace"):
        place_back(place, tmp_path / "copy", replace=False)
    with again(line, place) as same:
        assert state(same) == before


def test_a_dump_never_overwrites_a_file(line: CentralLine, tmp_path: Path) -> None:
    (tmp_path / "copy").write_bytes(b"somebody's")
    with pytest.raises(Failed, match="andere naam"):
        backup.write(line.office.database, tmp_path / "copy", KEY)
    assert (tmp_path / "copy").read_bytes() == b"somebody's"


DAMAGE: dict[str, Damage] = {
    "cut": lambda data: data[:-1],
    "cut in the salt": lambda data: data[:30],
    "half": lambda data: data[: len(data) // 2],
    "longer": lambda data: data + b"x",
    "one bit": lambda data: data[:60] + bytes([data[60] ^ 1]) + data[61:],
    "empty": lambda data: b"",
    "another file": lambda data: b"PK\x03\x04" + data,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_dump_changes_nothing(
    damage: Damage, line: CentralLine, place: Place, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    backup.write(line.office.database, copy, KEY)
    copy.write_bytes(damage(copy.read_bytes()))
    busy(line)
    before = state(line)
    line.close()
    with pytest.raises(Failed, match="Er is niets gewijzigd"):
        place_back(place, copy)
    with again(line, place) as same:
        assert state(same) == before


def test_another_key_opens_no_dump(line: CentralLine, tmp_path: Path) -> None:
    backup.write(line.office.database, tmp_path / "copy", KEY)
    with closing(Database(tmp_path / "new.db", KEY)) as database:
        with pytest.raises(Failed, match="sleutel past niet"):
            backup.restore(database, tmp_path / "copy", bytes(32))
        assert database.revision() is None


def test_names_and_texts_are_unreadable_in_a_dump(line: CentralLine, tmp_path: Path) -> None:
    line.push(report(text="Zeldzaamwoord bij de haven"))
    backup.write(line.office.database, tmp_path / "copy", KEY)
    data = (tmp_path / "copy").read_bytes()
    assert b"Zeldzaamwoord" not in data
    assert b"sync_record" not in data
    lines = b"".join(map(orjson.dumps, dump.read_lines(tmp_path / "copy", KEY)))
    assert b"Zeldzaamwoord" in lines
    assert b"access_hash" not in lines


@pytest.mark.parametrize(
    ("header", "end", "says"),
    [
        ({"buurtdesk": "dump", "format": 2, "revision": migrations.HEAD}, {}, "nieuwere versie"),
        ({"buurtdesk": "dump", "format": 1, "revision": "9999"}, {}, "nieuwere versie"),
        ({"something": "else"}, {}, "niet heel"),
        (
            {"buurtdesk": "dump", "format": 1, "revision": migrations.HEAD, "at": ""},
            {},
            "niet heel",
        ),
        (
            {"buurtdesk": "dump", "format": 1, "revision": migrations.HEAD, "at": ""},
            {"digests": {}, "rows": 5},
            "niet heel",
        ),
        (
            {"buurtdesk": "dump", "format": 1, "revision": migrations.HEAD, "at": ""},
            {"digests": {"t": 1}, "rows": 0},
            "telling",
        ),
    ],
)
def test_a_dump_that_is_whole_but_says_something_else_is_refused(
    header: Any, end: Any, says: str, tmp_path: Path
) -> None:
    dump.write_lines(tmp_path / "copy", KEY, [header, *([end] if end else [])])
    with closing(Database(tmp_path / "new.db", KEY)) as database:
        with pytest.raises(Failed, match=says):
            backup.restore(database, tmp_path / "copy", KEY)
        assert database.revision() is None


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(st.lists(st.text(max_size=40) | st.integers(-(2**53), 2**53) | st.none())),
    where=st.floats(0, 1, exclude_max=True),
)
def test_what_is_written_is_read_back_and_any_changed_byte_shows(
    lines: list[Any], where: float, tmp_path: Path
) -> None:
    path = tmp_path / "lines"
    path.unlink(missing_ok=True)
    dump.write_lines(path, KEY, lines)
    assert list(dump.read_lines(path, KEY)) == lines
    data = bytearray(path.read_bytes())
    data[int(where * len(data))] ^= 0x10
    path.write_bytes(data)
    with pytest.raises(Failed):
        list(dump.read_lines(path, KEY))


def test_chunks_that_were_left_out_or_moved_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dump, "CHUNK", 64)
    path = tmp_path / "lines"
    dump.write_lines(path, KEY, [[i, i * i * 7919] for i in range(400)])
    data = path.read_bytes()
    start, step = len(dump.MAGIC) + dump.SALT, 64 + dump.TAG
    front, rest = data[:start], data[start:]
    chunks = [rest[i : i + step] for i in range(0, len(rest), step)]
    assert len(chunks) > 4
    for wrong in (
        chunks[1:],
        chunks[:-1],
        [*chunks[:1], *chunks[2:]],
        [chunks[1], chunks[0], *chunks[2:]],
        [*chunks, chunks[-1]],
    ):
        path.write_bytes(front + b"".join(wrong))
        with pytest.raises(Failed):
            list(dump.read_lines(path, KEY))


def test_a_disk_that_refuses_leaves_no_half_dump(tmp_path: Path) -> None:
    def lines() -> Any:
        yield [1]
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        dump.write_lines(tmp_path / "copy", KEY, lines())
    assert list(tmp_path.glob("*copy*")) == []
