"""Central's file: encrypted, migrated with a copy, refused when it is newer (security.md §2)."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from central import migrations
from central.database import Database, open_connection
from central.database.news import note_change
from central.embedded import build_embedded
from central.models import metadata
from central.problems import Unusable
from tests.helpers.central_line import KEY, CentralLine, report


def test_the_steps_make_exactly_the_tables_of_the_models(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "c.db", KEY)

    def differences(conn: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(conn), metadata))

    try:
        assert database.write_now(differences) == []
    finally:
        database.close()


def test_the_known_steps_are_the_ones_on_disk() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    script = ScriptDirectory.from_config(config)
    steps = [step.revision for step in script.walk_revisions()]
    assert script.get_current_head() == migrations.HEAD
    assert tuple(reversed(steps)) == migrations.KNOWN


def test_who_hangs_up_while_a_piece_is_read_takes_no_connection_from_under_it(
    place: Path | str,
) -> None:
    database = Database.open(place, KEY if isinstance(place, Path) else b"")
    begun, go_on = threading.Event(), threading.Event()
    read: list[object] = []

    def pieces(conn: Connection) -> Iterator[bytes]:
        begun.set()
        assert go_on.wait(10)
        read.append(conn.execute(text("SELECT 1")).scalar())
        yield b"piece"

    async def first_piece() -> bytes:
        return await anext(database.stream(pieces))

    async def hang_up() -> None:
        async with asyncio.TaskGroup() as group:
            reading = group.create_task(first_piece())
            await asyncio.to_thread(begun.wait, 10)
            reading.cancel()
        go_on.set()

    try:
        with asyncio.Runner() as runner:
            runner.run(hang_up())
    finally:
        # Finishes what runs.
        database.close()
    assert (read, database._streams) == ([1], 0)


def test_what_is_committed_is_not_refused_because_nobody_could_be_told(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "c.db", KEY)

    def cannot_tell(team: str) -> None:
        raise OSError("too many open files")

    database.on_commit = cannot_tell
    try:
        assert database.write_now(_kept) == "kept"
    finally:
        database.close()


def test_a_newer_file_is_refused_with_a_sentence_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    database = Database.open(path, KEY)
    database.write_now(
        lambda conn: conn.execute(text("UPDATE alembic_version SET version_num='9999'"))
    )
    database.close()
    before = path.read_bytes()
    with pytest.raises(Unusable) as refused:
        Database.open(path, KEY)
    assert refused.value.code == "newer-file"
    assert "nieuwere versie" in refused.value.sentence
    assert path.read_bytes() == before


def test_a_copy_is_made_before_an_older_file_is_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "c.db"
    Database.open(path, KEY).close()
    now = migrations.HEAD
    monkeypatch.setattr(migrations, "HEAD", "one more")
    monkeypatch.setattr("central.database.upgrade.upgrade", lambda connection: None)
    Database.open(path, KEY).close()
    copy = tmp_path / f"c.db.before-{now}"
    assert open_connection(copy, KEY).execute("SELECT count(*) FROM team").fetchone() == (0,)


def test_a_wrong_key_and_a_damaged_file_are_told_alike(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    Database.open(path, KEY).close()
    with pytest.raises(Unusable) as wrong:
        Database.open(path, os.urandom(32))
    path.write_bytes(os.urandom(8192))
    with pytest.raises(Unusable) as damaged:
        Database.open(path, KEY)
    assert wrong.value.code == damaged.value.code == "wrong-key-or-damaged"


def test_nothing_readable_is_on_disk(tmp_path: Path) -> None:
    with CentralLine(tmp_path / "c.db") as line:
        line.set_up()
        line.push(report(text="Zwavelzuurfiets"))
        for path in tmp_path.iterdir():
            assert b"Zwavelzuurfiets" not in path.read_bytes()
            assert path.stat().st_mode & 0o077 == 0


def test_work_that_fails_leaves_nothing(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "c.db", KEY)

    def fail(conn: Connection) -> None:
        conn.execute(text("INSERT INTO team VALUES ('1', 'a', 'b')"))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        database.write_now(fail)
    count = database.read_now(lambda conn: conn.execute(text("SELECT count(*) FROM team")).scalar())
    assert count == 0
    database.close()


def test_what_was_committed_survives_without_a_clean_end(tmp_path: Path) -> None:
    with CentralLine(tmp_path / "c.db") as line:
        line.set_up()
        made = report()
        line.push(made)
        left = tmp_path / "left.db"
        for suffix in ("", "-wal"):
            source = tmp_path / f"c.db{suffix}"
            Path(f"{left}{suffix}").write_bytes(source.read_bytes())
        with CentralLine(left) as again:
            again.team = line.team
            again.sign_in(line.person)
            assert made["id"] in again.records("report")


def test_the_embedded_central_opens_late_and_says_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    embedded = build_embedded(path, KEY, "s")
    assert not path.exists()
    embedded.open()
    assert path.exists()
    embedded.close()
    path.write_bytes(os.urandom(8192))
    with pytest.raises(Unusable):
        build_embedded(path, KEY, "s").open()


def _kept(conn: Connection) -> str:
    note_change(conn, "a")
    return "kept"
