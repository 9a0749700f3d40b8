"""Who may ask for what is old, that it is written down first, and when a round waits (F52)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, func, select, text

from central.clock import stamp
from central.models.blob import blob
from central.models.retention import archive_look
from central.operations import commands
from central.retention import repository, rounds
from contract import archive
from tests.helpers.central_line import KEY, CentralLine, op, report

WHY = "Vraag van de officier over deze zaak"


def old_report(line: CentralLine, days: int) -> str:
    """Make a report, let days pass and do the round; returns its number."""
    made = report(text="Iets van lang geleden", place="Kerkplein  12")
    line.push(made)
    number = str(line.records("report")[made["id"]]["body"]["number"])
    pass_days(line, days)
    return number


def pass_days(line: CentralLine, days: int) -> int:
    """Let days pass with somebody there who knows the date; returns how many records went."""
    line.watch.move(days=days)
    gone = rounds.keep_all(line.office.database, line.watch(), at_once=True)
    line.sign_in(line.person)
    return gone


def ask(line: CentralLine, **asked: Any) -> Any:
    """Ask for an old record."""
    said = {"use": "work", "reason": WHY, **asked}
    return line.call("POST", archive.search_path(line.team), said)


def looks(line: CentralLine) -> int:
    """Return how many questions were written down."""
    query = select(func.count()).select_from(archive_look)
    return int(line.office.database.read_now(lambda c: c.execute(query).scalar_one()))


@pytest.mark.parametrize(
    ("days", "roles", "use", "found", "closed"),
    [
        (372, ("operator",), "work", 1, 0),
        (372, ("officer",), "work", 1, 0),
        (372, ("reader",), "work", -1, 0),
        (372, ("auditor",), "work", -1, 0),
        (372, ("auditor",), "accountability", 1, 0),
        (1834, ("operator",), "complaint", 0, 1),
        (1834, ("account_holder",), "work", 0, 1),
        (1834, ("account_holder",), "complaint", 1, 0),
        (1834, ("auditor",), "accountability", 1, 0),
    ],
)
def test_who_may_ask_what_of_the_archive(
    tmp_path: Path, days: int, roles: tuple[str, ...], use: str, found: int, closed: int
) -> None:
    with CentralLine(tmp_path / "central.db") as line:
        line.set_up()
        number = old_report(line, 372)
        if days > 372:
            line.watch.move(days=days - 372)
            line.sign_in(line.person)
        line.sign_in(line.add_person(*roles))
        answer = ask(line, number=number, use=use)
        if found < 0:
            assert (answer.status_code, looks(line)) == (403, 0)
            return
        said = answer.json()
        assert (len(said["records"]), said["closed"]) == (found, closed)
        assert looks(line) == 1


def test_a_question_is_exact_or_it_is_refused(line: CentralLine) -> None:
    number = old_report(line, 372)
    day = {"since": "2026-03-13T23:00:00.000Z", "until": "2026-03-14T23:00:00.000Z"}
    assert len(ask(line, place="kerkplein 12", **day).json()["records"]) == 1
    assert ask(line, place="Kerkplein", **day).json()["records"] == []
    assert ask(line, number=number[:-1]).json()["records"] == []
    wide = {"since": "2026-01-01T00:00:00Z", "until": "2026-12-31T00:00:00Z"}
    asked = looks(line)
    for wrong in ({"place": "Kerkplein 12", **wide}, {"place": "Kerkplein 12"}, {}):
        assert ask(line, **wrong).status_code == 400
    assert ask(line, number=number, reason="zomaar").status_code == 400
    assert looks(line) == asked


def test_without_a_line_nothing_is_shown(tmp_path: Path) -> None:
    with CentralLine(tmp_path / "central.db") as line:
        line.set_up()
        number = old_report(line, 372)

        def break_the_log(conn: Connection) -> None:
            conn.execute(
                text(
                    "CREATE TRIGGER no_looks BEFORE INSERT ON archive_look "
                    "BEGIN SELECT RAISE(ABORT, 'no'); END"
                )
            )

        line.office.database.write_now(break_the_log)
        answer = ask(line, number=number)
        assert answer.status_code >= 400
        assert "lang geleden" not in answer.text


def test_changed_terms_wait_a_day_and_a_change_taken_back_takes_nothing(line: CentralLine) -> None:
    line.push(report())
    pass_days(line, 100)
    database = line.office.database
    shorter = {"value": {"terms": {"free_days": 60}}}
    line.push(op("create", "setting", "retention", set=shorter))
    seen = line.call("POST", archive.forecast_path(line.team), {}).json()["counts"]
    assert {"kind": "report", "act": "archived", "count": 1} in seen
    line.watch.move(hours=23)
    assert rounds.keep_all(database, line.watch()) == 0
    line.sign_in(line.person)
    line.push(op("update", "setting", "retention", set={"value": {}}, was=shorter))
    line.watch.move(hours=25)
    assert rounds.keep_all(database, line.watch()) == 0
    line.sign_in(line.person)
    line.push(op("update", "setting", "retention", set=shorter, was={"value": {}}))
    line.watch.move(hours=25)
    assert rounds.keep_all(database, line.watch()) == 1


def test_a_clock_that_goes_back_takes_nothing_and_forgets_no_jump(line: CentralLine) -> None:
    line.push(report())
    database = line.office.database
    rounds.keep_all(database, line.watch())
    line.watch.move(days=4000)
    assert rounds.keep_all(database, line.watch()) == 0
    line.watch.move(days=-3999)
    assert rounds.keep_all(database, line.watch()) == 0
    seen = database.read_now(lambda conn: repository.state(conn, line.team))
    assert seen.paused_at == ""
    line.watch.move(days=-30)
    assert rounds.keep_all(database, line.watch()) == 0


def test_content_of_a_photo_stays_as_long_as_its_archive_and_not_longer(tmp_path: Path) -> None:
    with CentralLine(tmp_path / "central.db") as line:
        line.set_up()
        made = report()
        line.push(made)
        team, at = line.team, stamp(line.watch())

        def photo(conn: Connection) -> None:
            from central.blobs import repository as blobs
            from central.sequence import Author, Staged, commit_changes
            from contract.op import Record

            sha256 = "ab" * 32
            blobs.begin(conn, team, sha256, size=3, person=line.person, at=at)
            blobs.add(conn, team, sha256, 0, b"abc", at)
            blobs.finish(conn, team, sha256, "image/jpeg")
            about = {"parent_kind": "report", "parent_id": made["id"], "sha256": sha256}
            body = {**about, "name": "spoor.jpg", "size": 3, "type": "image/jpeg"}
            author = Author(team, line.person, "desk-1", at)
            commit_changes(conn, author, [Staged(Record("photo", "p1", 1, body), 0)])

        database = line.office.database
        database.write_now(photo)
        from central.blobs import service as blob_service

        def kept() -> int:
            database.write_now(lambda conn: blob_service.sweep(conn, line.watch()))
            query = select(func.count()).select_from(blob)
            return int(database.read_now(lambda c: c.execute(query).scalar_one()))

        assert pass_days(line, 372) == 2
        line.watch.move(days=300)
        assert (kept(), kept()) == (1, 1)
        rounds.keep_all(database, line.watch() + timedelta(days=3000), at_once=True)
        assert kept() == 0


def test_a_copy_that_is_put_back_is_purged_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place, dump = tmp_path / "central.db", tmp_path / "copy"
    monkeypatch.setenv("BUURTDESK_CENTRAL_KEY", KEY.hex())
    with CentralLine(place) as line:
        line.watch.at = line.watch.at.replace(year=2010)
        line.set_up()
        line.push(report(text="zqoudx"))
    told = ["--file", str(place)]
    assert commands.run(["backup", *told, str(dump)]) == 0
    assert commands.run(["restore", *told, str(dump), "--replace"]) == 0
    assert "1 records uit de kopie" in capsys.readouterr().out
    with CentralLine(place) as line:
        query = text("SELECT count(*) FROM sync_record WHERE kind = 'report' AND deleted = 0")
        left = line.office.database.read_now(lambda conn: conn.execute(query).scalar_one())
        assert left == 0
