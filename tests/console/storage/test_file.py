"""The encrypted file: keys, damage, newer and older files, a full disk, and nothing readable."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from console.domain.failures import StorageTrouble
from console.storage import projection, schema
from console.storage.connection import open_connection
from console.storage.database import Store, make_engine
from contract.op import Op, Record
from tests.helpers.clock import HandClock
from tests.helpers.profile import KEY
from tests.helpers.units import NOW, new_report, record

ROOT = Path(__file__).resolve().parents[3]
TERMS = [f"Zoekterm{number:03d}" for number in range(40)]


def open_store(path: Path, key: bytes = KEY, *, migrate: bool = True) -> Store:
    return Store.open(path, key, clock=HandClock(), migrate=migrate)


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    path = tmp_path / "desk.db"
    with open_store(path) as store:
        store.write(record(new_report("r1", text="Bewaar mij"))).result()
    return path


def trouble(path: Path, key: bytes = KEY, *, migrate: bool = True) -> str:
    with pytest.raises(StorageTrouble) as caught:
        open_store(path, key, migrate=migrate)
    assert caught.value.problem.sentence.endswith(".")
    assert caught.value.problem.next_step
    return caught.value.problem.code


def test_what_was_written_is_there_after_opening_again(filled: Path) -> None:
    with open_store(filled) as store:
        found = store.read(lambda conn: projection.shown(conn, "report", "r1")).result()
    assert found is not None
    assert found.body["text"] == "Bewaar mij"


def test_a_wrong_key_and_damage_give_one_answer_and_change_nothing(filled: Path) -> None:
    before = filled.read_bytes()
    assert trouble(filled, b"x" * 32) == "key-or-damaged"
    assert filled.read_bytes() == before
    filled.write_bytes(b"\0" * 100 + before[100:])
    assert trouble(filled) == "key-or-damaged"


def test_a_key_of_another_length_is_refused(filled: Path) -> None:
    assert trouble(filled, b"short") == "key-or-damaged"


def test_half_a_file_is_refused_in_words(filled: Path) -> None:
    filled.write_bytes(filled.read_bytes()[:5000])
    assert trouble(filled) == "key-or-damaged"


def test_a_file_without_encryption_is_refused(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "desk.db"
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE a (b)")
    plain.commit()
    plain.close()
    assert trouble(path) == "key-or-damaged"


def test_a_file_of_a_newer_program_is_refused_and_left_alone(filled: Path) -> None:
    connection = open_connection(filled, KEY)
    connection.execute(f"PRAGMA user_version={schema.HEAD + 1}")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()
    before = filled.read_bytes()
    assert trouble(filled) == "newer-than-program"
    assert filled.read_bytes() == before


MIGRATION = '''"""One more table."""
from alembic import op
revision = "{head:04d}"
down_revision = "{before:04d}"

def upgrade() -> None:
    op.execute("CREATE TABLE later (n INTEGER)")
    op.execute("{last}")
'''


@pytest.fixture
def next_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program one schema further than the file."""
    folder = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(schema, "MIGRATIONS", folder)
    monkeypatch.setattr(schema, "HEAD", schema.HEAD + 1)
    return folder / "versions" / "9999_later.py"


def write_migration(path: Path, last: str) -> None:
    path.write_text(MIGRATION.format(head=schema.HEAD, before=schema.HEAD - 1, last=last))


def test_an_older_file_is_copied_and_then_brought_up_to_date(
    filled: Path, next_schema: Path
) -> None:
    write_migration(next_schema, "INSERT INTO later VALUES (7)")
    with open_store(filled) as store:
        assert store.read(lambda c: c.execute(text("SELECT n FROM later")).scalar()).result() == 7
        kept = store.read(lambda conn: projection.shown(conn, "report", "r1")).result()
        assert kept is not None
    copy = filled.with_name(f"desk-before-{schema.HEAD:03d}.db")
    old = open_connection(copy, KEY)
    assert old.execute("PRAGMA user_version").fetchone()[0] == schema.HEAD - 1
    assert old.execute("SELECT count(*) FROM rec_report").fetchone()[0] == 1
    old.close()
    assert b"Bewaar mij" not in copy.read_bytes()


def test_a_failed_migration_leaves_the_old_file_whole(filled: Path, next_schema: Path) -> None:
    write_migration(next_schema, "INSERT INTO no_such_table VALUES (7)")
    assert trouble(filled) == "migration-failed"
    connection = open_connection(filled, KEY)
    assert connection.execute("PRAGMA user_version").fetchone()[0] == schema.HEAD - 1
    assert connection.execute("SELECT count(*) FROM rec_report").fetchone()[0] == 1
    names = connection.execute("SELECT count(*) FROM sqlite_master WHERE name='later'")
    assert names.fetchone()[0] == 0
    connection.close()


def test_an_older_file_is_not_touched_by_who_may_not_migrate(
    filled: Path, next_schema: Path
) -> None:
    assert trouble(filled, migrate=False) == "older-than-program"


def test_opening_a_file_of_today_does_not_import_alembic(filled: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from console.storage.database import Store;"
        "from console.domain.clock import SystemClock;"
        "Store.open(Path(sys.argv[1]), bytes(range(32)), clock=SystemClock()).close();"
        "print('alembic' in sys.modules, 'sqlalchemy.orm' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(filled)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == ["False", "False"], done.stderr


def test_a_full_disk_is_said_in_words_and_what_was_saved_stays(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    with open_store(path) as store:
        store.write(record(new_report("r1"))).result()
        store.write(_no_more_pages).result()
        futures = [
            store.write(record(new_report(f"big{number}", text="woord " * 600)))
            for number in range(40)
        ]
        small = store.write(lambda conn: conn.execute(text("SELECT 1")).scalar())
        failed = [future.exception() for future in futures if future.exception() is not None]
        assert failed
        for error in failed:
            assert isinstance(error, StorageTrouble)
            assert error.problem.code == "disk-full"
        assert small.result() == 1
    with open_store(path) as store:
        assert store.read(lambda conn: projection.shown(conn, "report", "r1")).result()
        for number, future in enumerate(futures):
            there = store.read(partial(_shown, record_id=f"big{number}")).result()
            assert (there is not None) == (future.exception() is None)


def _shown(conn: Connection, *, record_id: str) -> Record | None:
    return projection.shown(conn, "report", record_id)


def _no_more_pages(conn: object) -> None:
    raw = conn.connection.dbapi_connection  # type: ignore[attr-defined]
    pages = raw.execute("PRAGMA page_count").fetchone()[0]
    raw.execute(f"PRAGMA max_page_count={pages + 3}").fetchone()


CHILD = """
import sys
from functools import partial
from pathlib import Path
from console.domain.clock import SystemClock
from console.storage import outbox
from console.storage.database import Store
from tests.helpers.units import NOW, new_report, record

store = Store.open(Path(sys.argv[1]), bytes(range(32)), clock=SystemClock())
store.write(record(new_report("sent", text="onderweg"))).result()
store.write(lambda conn: outbox.next_batch(conn, person="ik", now=NOW)).result()
number = 0
while True:
    futures = []
    for _ in range(7):
        word = f"Zoekterm{number % 40:03d}"
        futures.append((number, store.write(record(new_report(f"k{number}", text=word * 3)))))
        number += 1
    for n, future in futures:
        future.result()
        print(n, flush=True)
"""


WITHOUT_KEY = """
import sqlcipher3.dbapi2 as driver
connect = driver.connect
class Bare(driver.Connection):
    def execute(self, statement, *values):
        return super().execute("SELECT 1" if "PRAGMA key" in statement else statement, *values)
driver.connect = lambda *a, **k: connect(*a, factory=Bare, **k)
"""
"""Makes the same program one that sets no key: the search below must find everything then."""


def killed_profile(path: Path, before: str = "") -> int:
    """Write in a child until it has said forty times "saved", kill it; returns the last number."""
    code = before + CHILD
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    said = -1
    for line in child.stdout:
        said = int(line)
        if said >= 40:
            os.kill(child.pid, signal.SIGKILL)
            break
    # What the child still managed to say before it died counts as said.
    for line in child.stdout.read().splitlines():
        if line.strip().isdigit():
            said = int(line)
    child.wait()
    child.stdout.close()
    assert child.returncode == -signal.SIGKILL
    return said


@pytest.mark.skipif(sys.platform == "win32", reason="needs kill -9")
def test_kill_9_loses_nothing_that_was_said_to_be_saved_and_leaves_nothing_readable(
    tmp_path: Path,
) -> None:
    path = tmp_path / "desk.db"
    said = killed_profile(path)
    assert readable(tmp_path) == set()
    with open_store(path) as store:
        found = store.read(
            lambda conn: {
                row[0]: row[1]
                for row in conn.execute(text("SELECT id, state FROM outbox ORDER BY n"))
            }
        ).result()
        words = store.read(
            lambda conn: set(conn.execute(text("SELECT text FROM rec_report")).scalars())
        ).result()
    assert {f"k{number}" for number in range(said + 1)} <= set(found)
    # The op that was under way is pending again: central may or may not know it (K3, K4).
    assert set(found.values()) == {"pending"}
    assert any(TERMS[0] in word for word in words), "the search above would have found it"


@pytest.mark.skipif(sys.platform == "win32", reason="needs kill -9")
def test_the_same_search_finds_every_term_on_a_build_without_a_key(tmp_path: Path) -> None:
    killed_profile(tmp_path / "desk.db", WITHOUT_KEY)
    assert readable(tmp_path) == {*TERMS, "CREATE TABLE"}


def readable(folder: Path) -> set[str]:
    """Return which of the terms stand readable in any file."""
    files = [file.read_bytes() for file in folder.rglob("*") if file.is_file()]
    assert files
    wanted = [*TERMS, "CREATE TABLE"]
    return {term for term in wanted if any(term.encode() in content for content in files)}


def test_no_key_stands_in_what_is_printed_of_the_store(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    with open_store(path) as store:
        shown = repr(store) + repr(make_engine(path, KEY)) + repr(store.writer)
        with pytest.raises(Exception) as caught:
            store.write(
                lambda conn: conn.execute(text("SELECT :a FROM nowhere"), {"a": "geheim"})
            ).result()
    shown += str(caught.value)
    assert KEY.hex() not in shown
    assert repr(KEY) not in shown
    assert "geheim" not in shown


def test_an_op_for_a_report_is_on_disk_with_full_synchronisation(tmp_path: Path) -> None:
    with open_store(tmp_path / "desk.db") as store:
        pragmas = store.write(
            lambda conn: [
                conn.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("synchronous", "journal_mode", "foreign_keys", "temp_store")
            ]
        ).result()
    assert pragmas == [2, "wal", 1, 2]
    assert Op("o", "create", "report", "r", made_at=NOW)
