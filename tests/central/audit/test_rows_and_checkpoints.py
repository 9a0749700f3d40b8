"""Altered, cut, rewritten, signed by another: what the check of audit rows names (F54)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from central.__main__ import main
from central.app import sign_rows
from central.audit import checkpoints
from central.database import Database
from central.journal.chain import START, link
from central.operations.keys import KEY_VARIABLE
from central.operations.rounds import Rounds
from central.operations.verify import verify
from contract.checkpoint import Checkpoint, key_of, origin_of, read_key, read_note, sign, signed_by
from tests.helpers.central_line import KEY, CentralLine, report


@pytest.fixture(autouse=True)
def key_about(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the key where the command line looks for it."""
    monkeypatch.setenv(KEY_VARIABLE, KEY.hex())


def at(place: Path | str) -> list[str]:
    """Return the words that name these records."""
    return ["--file" if isinstance(place, Path) else "--database", str(place)]


def do(database: Database, *statements: str) -> None:
    """Run statements as somebody who has all rights."""

    def work(conn: Connection) -> None:
        for one in statements:
            conn.execute(text(one))

    database.write_now(work)


def unlocked(database: Database, statement: str) -> None:
    """Alter audit rows as somebody would who may take the triggers away."""
    if isinstance(database.place, Path):
        triggers = ("audit_no_update", "audit_no_delete")
        do(database, *(f"DROP TRIGGER IF EXISTS {one}" for one in triggers), statement)
    else:
        do(database, "SET LOCAL session_replication_role = replica", statement)


def signed(line: CentralLine) -> None:
    """Make a checkpoint now."""
    broken = checkpoints.make(line.office.database, b"", line.office.moment())
    assert broken == {}


def rows(line: CentralLine) -> list[dict[str, Any]]:
    """Return the audit rows as they stand."""
    from central.journal import repository

    return line.office.database.read_now(lambda conn: repository.rows_of(conn, line.team))


def found(line: CentralLine) -> str:
    """Say what the check finds."""
    (one,) = line.office.database.read_now(verify)
    return one.words


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET person = 'somebody' WHERE n = 3",
        "DELETE FROM audit WHERE n = 3",
        "UPDATE audit_checkpoint SET size = 1",
        "DELETE FROM audit_checkpoint",
    ],
)
def test_a_statement_that_alters_what_is_only_added_is_refused(
    line: CentralLine, statement: str
) -> None:
    signed(line)
    with pytest.raises(DBAPIError, match="never altered"):
        do(line.office.database, statement)


def test_a_row_put_in_the_place_of_another_is_refused_too(tmp_path: Path) -> None:
    with CentralLine(tmp_path / "central.db") as line:
        line.set_up()
        with pytest.raises(DBAPIError, match="never altered"):
            do(
                line.office.database,
                "INSERT OR REPLACE INTO audit SELECT team, n, at, 'somebody', device, op_id, act,"
                " kind, record, ver, before_hash, after_hash, chain FROM audit WHERE n = 3",
            )


def test_one_altered_row_is_named_here_and_in_an_export(
    line: CentralLine, place: Path | str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line.push(report(), report())
    signed(line)
    assert "de keten klopt" in found(line)
    number = len(rows(line)) - 1
    unlocked(line.office.database, f"UPDATE audit SET person = 'somebody' WHERE n = {number}")
    assert found(line).endswith(f"de keten breekt bij regel {number}.")
    # Over rows that do not fit nothing is signed any more.
    line.push(report())
    assert checkpoints.make(line.office.database, b"", line.office.moment()) == {}
    assert main(["verify", *at(place)]) == 2
    out = tmp_path / "rows.ndjson"
    assert main(["export-audit", str(out), *at(place)]) in (0, 2)
    capsys.readouterr()
    assert main(["verify", str(out)]) == 2
    assert f"breekt bij regel {number}." in capsys.readouterr().out


def test_rows_that_were_chained_anew_are_found_by_what_was_signed(line: CentralLine) -> None:
    line.push(report())
    signed(line)
    line.push(report())
    before = START
    for row in rows(line):
        row["device"] = "another"
        chain = link(before, row)
        unlocked(
            line.office.database,
            f"UPDATE audit SET device = 'another', chain = '{chain}' WHERE n = {row['n']}",
        )
        before = chain
    said = found(line)
    assert "herschreven" in said
    # And the next checkpoint is refused: the row of the newest one has another link now.
    assert line.team in checkpoints.make(line.office.database, b"", line.office.moment())


def test_rows_cut_off_at_the_end_are_missed_even_where_the_counter_was_set_back(
    line: CentralLine,
) -> None:
    line.push(report(), report())
    signed(line)
    last = len(rows(line))
    unlocked(line.office.database, f"DELETE FROM audit WHERE n > {last - 1}")
    do(line.office.database, f"UPDATE team_head SET audit_n = {last - 1}")
    assert f"vanaf regel {last} ontbreken regels" in found(line)


def test_a_checkpoint_signed_by_somebody_else_is_no_checkpoint(line: CentralLine) -> None:
    signed(line)
    last = rows(line)[-1]
    line.push(report())
    fresh = rows(line)[-1]
    stranger = sign(
        Checkpoint(origin_of(line.team), fresh["n"], fresh["chain"]), line.team, [b"s" * 32]
    )
    line.office.database.write_now(
        lambda conn: conn.execute(
            text("INSERT INTO audit_checkpoint VALUES (:team, :size, '', :link, :note)"),
            {"team": line.team, "size": fresh["n"], "link": fresh["chain"], "note": stranger},
        )
    )
    assert f"de handtekening van het controlepunt bij regel {fresh['n']} klopt niet" in found(line)
    assert last["n"] < fresh["n"]


def exported(line: CentralLine, path: Path) -> list[bytes]:
    """Fetch the export as an account holder does, and return its lines."""
    answer = line.call("GET", f"/v1/teams/{line.team}/audit-export")
    assert answer.status_code == 200
    path.write_bytes(answer.content)
    return answer.content.splitlines(keepends=True)


@pytest.fixture
def export(line: CentralLine, tmp_path: Path) -> tuple[Path, list[bytes]]:
    """Return an export of some rows with two checkpoints in it; central is gone by then."""
    line.push(report(), report())
    signed(line)
    line.push(report())
    path = tmp_path / "export.ndjson"
    lines = exported(line, path)
    line.close()
    return path, lines


def altered(lines: list[bytes]) -> list[bytes]:
    out = list(lines)
    out[5] = out[5].replace(b'"ver":1', b'"ver":2')
    return out


def shortened(lines: list[bytes]) -> list[bytes]:
    """Leave rows out before the last checkpoint, and say that this is all there was."""
    first = next(i for i, one in enumerate(lines) if b'"checkpoint"' in one)
    return [*lines[: first - 1], lines[first], b'{"end":%d}\n' % (first - 2)]


def unsigned(lines: list[bytes]) -> list[bytes]:
    out = list(lines)
    at = next(i for i, one in enumerate(out) if b'"checkpoint"' in one)
    note = json.loads(out[at])["checkpoint"]
    head, _, mark = note.rstrip("\n").rpartition(" ")
    swapped = "A" if mark[10] != "A" else "B"
    out[at] = json.dumps({"checkpoint": f"{head} {mark[:10]}{swapped}{mark[11:]}\n"}).encode()
    out[at] += b"\n"
    return out


def endless(lines: list[bytes]) -> list[bytes]:
    return lines[:-3]


def unreadable(lines: list[bytes]) -> list[bytes]:
    return [*lines[:4], b"\xff\xfe not json\n", *lines[5:]]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (altered, "breekt bij regel 5."),
        (shortened, "ontbreken regels"),
        (unsigned, "de handtekening"),
        (endless, "ontbreken regels"),
        (unreadable, "breekt bij regel 4."),
    ],
)
def test_an_export_is_checked_without_service_or_database(
    export: tuple[Path, list[bytes]],
    change: Callable[[list[bytes]], list[bytes]],
    says: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv(KEY_VARIABLE)
    path, lines = export
    assert main(["verify", str(path)]) == 0
    good = capsys.readouterr().out
    assert "2 controlepunten" in good
    assert "de keten klopt" in good
    path.write_bytes(b"".join(change(lines)))
    assert main(["verify", str(path)]) == 2
    assert says in capsys.readouterr().out


def test_what_a_desk_kept_finds_an_export_that_was_rewritten_and_signed_anew(
    export: tuple[Path, list[bytes]], capsys: pytest.CaptureFixture[str]
) -> None:
    path, lines = export
    head = json.loads(lines[0])
    team, key = head["team"], read_key(head["keys"][0])
    notes = [json.loads(one)["checkpoint"] for one in lines if b'"checkpoint"' in one]
    assert all(signed_by(read_note(one), key) for one in notes)
    seen = [json.dumps({"seen": one}).encode() + b"\n" for one in notes]
    path.write_bytes(b"".join([lines[0], *seen, *lines[1:]]))
    assert main(["verify", str(path)]) == 0
    # Somebody who has every key writes other rows, chains and signs them.
    seed, before, out = b"f" * 32, START, []
    for one in lines[1:-1]:
        row = json.loads(one)
        if "checkpoint" in row:
            size = read_note(row["checkpoint"]).checkpoint.size
            point = Checkpoint(origin_of(team), size, before)
            out.append(json.dumps({"checkpoint": sign(point, team, [seed])}).encode() + b"\n")
            continue
        row["device"] = "another"
        row["chain"] = before = link(before, row)
        out.append(json.dumps(row).encode() + b"\n")
    forged = {**head, "keys": [key_of(team, seed).text()]}
    first = json.dumps(forged).encode() + b"\n"
    path.write_bytes(b"".join([first, *out, lines[-1]]))
    assert main(["verify", str(path)]) == 0
    assert main(["verify", str(path), "--trust", head["keys"][0]]) == 2
    forged["keys"] = [key_of(team, seed).text(), head["keys"][0]]
    path.write_bytes(b"".join([json.dumps(forged).encode() + b"\n", *seen, *out, lines[-1]]))
    capsys.readouterr()
    assert main(["verify", str(path)]) == 2
    assert "herschreven" in capsys.readouterr().out


def test_another_key_signs_beside_the_old_one_for_a_while(line: CentralLine) -> None:
    from central.audit import signing

    database = line.office.database
    signed(line)
    (old,) = database.read_now(partial(signing.keys, team=line.team))
    line.watch.move(hours=1)
    database.write_now(lambda conn: signing.new(conn, line.office.moment()))
    line.sign_in(line.person)
    line.push(report())
    signed(line)
    new, second = database.read_now(partial(signing.keys, team=line.team))
    assert second == old
    (note,) = line.office.database.read_now(
        lambda conn: conn.execute(
            text("SELECT note FROM audit_checkpoint ORDER BY size DESC LIMIT 1")
        ).scalars()
    )
    assert signed_by(read_note(note), old)
    assert signed_by(read_note(note), new)
    assert "de keten klopt" in found(line)
    line.watch.move(days=signing.BOTH_DAYS + 1)
    line.sign_in(line.person)
    line.push(report())
    signed(line)
    (note,) = line.office.database.read_now(
        lambda conn: conn.execute(
            text("SELECT note FROM audit_checkpoint ORDER BY size DESC LIMIT 1")
        ).scalars()
    )
    assert not signed_by(read_note(note), old)
    assert signed_by(read_note(note), new)


def checkpoints_of(line: CentralLine) -> list[int]:
    """Return the sizes of the checkpoints that were made."""
    found = text("SELECT size FROM audit_checkpoint ORDER BY size")
    return line.office.database.read_now(lambda conn: list(conn.execute(found).scalars()))


def test_each_round_and_a_graceful_stop_sign_how_far_the_rows_reach(line: CentralLine) -> None:
    with asyncio.Runner() as runner:
        runner.run(Rounds(line.office, ()).once())
        first = checkpoints_of(line)
        runner.run(Rounds(line.office, ()).once())
    # Without new rows there is nothing new to sign.
    assert checkpoints_of(line) == first == [len(rows(line))]
    line.push(report())
    sign_rows(line.app)
    assert checkpoints_of(line) == [*first, len(rows(line))]


def test_the_central_inside_a_desk_signs_with_the_tokens_once_an_hour(line: CentralLine) -> None:
    line.sign_in(line.person)
    assert checkpoints_of(line) == []
    line.watch.move(minutes=61)
    answer = line.sign_in(line.person)
    assert checkpoints_of(line) == [len(rows(line))]
    assert read_note(answer["audit"]["checkpoint"]).checkpoint.size == len(rows(line))
    line.push(report())
    line.sign_in(line.person)
    assert len(checkpoints_of(line)) == 1


def test_a_key_of_the_environment_signs_and_is_not_kept_in_the_records(line: CentralLine) -> None:
    seed = bytes(range(32))
    assert checkpoints.make(line.office.database, seed, line.office.moment()) == {}
    assert seed.hex() not in line.office.database.read_now(
        lambda conn: str(conn.execute(text("SELECT * FROM audit_key")).all())
    )
    assert "de keten klopt" in found(line)
