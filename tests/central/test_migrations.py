"""Central's tables, step by step up and down, on both kinds of database, with records in them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, select, text

from central import migrations
from central.database import Database
from central.models import metadata
from central.models.sync import day_number, sync_commit, sync_op, sync_record, team, team_head
from tests.helpers.central_line import KEY, CentralLine, report

KEPT = (team, team_head, sync_record, sync_commit, sync_op, day_number)


@pytest.fixture
def bare_place(request: pytest.FixtureRequest, tmp_path: Path, place: Path | str) -> Path | str:
    """Return a place of the same kind without any table."""
    if isinstance(place, Path):
        return tmp_path / "bare.db"
    url: str = request.getfixturevalue("bare_postgres_url")
    return url


def opened(place: Path | str) -> Database:
    return Database.open(place, KEY if isinstance(place, Path) else b"")


def differences(conn: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(conn), metadata))


def contents(conn: Connection) -> dict[str, list[Any]]:
    return {
        table.name: sorted(map(tuple, conn.execute(select(table)).all()), key=str) for table in KEPT
    }


def tables(conn: Connection) -> set[str]:
    return set(inspect(conn).get_table_names())


def test_the_steps_make_exactly_the_tables_of_the_models(bare_place: Path | str) -> None:
    database = opened(bare_place)
    try:
        assert database.write_now(differences) == []
    finally:
        database.close()


def test_up_down_and_up_again_leaves_the_same_tables(bare_place: Path | str) -> None:
    database = opened(bare_place)
    try:
        full = database.write_now(tables)
        for step in reversed(migrations.KNOWN[:-1]):
            database.go_back(step)
            assert database.revision() == step
        database.go_back("base")
        assert database.write_now(tables) == {"alembic_version"}
        database.migrate()
        assert database.write_now(tables) == full
        assert database.write_now(differences) == []
    finally:
        database.close()


@pytest.mark.parametrize("step", migrations.KNOWN[:-1])
def test_a_step_down_and_up_keeps_every_record(line: CentralLine, step: str) -> None:
    made = [report() for _ in range(3)]
    line.push(*made)
    database = line.office.database
    before = database.read_now(contents)
    database.go_back(step)
    database.migrate()
    assert database.read_now(contents) == before
    assert database.write_now(differences) == []
    # The line still works: what was there is there, and something new fits on it.
    again = CentralLine(database.place)
    try:
        again.team = line.team
        again.sign_in(line.person)
        again.push(report())
        assert {one["id"] for one in made} <= set(again.records("report"))
        assert len(again.records("report")) == len(made) + 1
    finally:
        again.close()


def test_a_file_is_copied_before_a_step_down(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "c.db", KEY)
    database.go_back("base")
    database.close()
    assert (tmp_path / f"c.db.before-{migrations.HEAD}").exists()


@pytest.mark.parametrize(
    "word",
    ["UPDATE audit SET act = 'x'", "DELETE FROM audit", "TRUNCATE audit"],
)
def test_audit_rows_are_never_altered_on_either_database(
    line: CentralLine, word: str, undone: Callable[[str], None]
) -> None:
    line.push(report())
    if line.settings.database or not word.startswith("TRUNCATE"):
        undone(word)
    rows = line.office.database.read_now(
        lambda conn: conn.execute(text("SELECT count(*) FROM audit WHERE act = 'create'")).scalar()
    )
    assert rows


@pytest.fixture
def undone(line: CentralLine) -> Callable[[str], None]:
    """Return what tries a statement that must be refused."""

    def attempt(statement: str) -> None:
        with pytest.raises(Exception, match="audit rows are never altered"):
            line.office.database.write_now(lambda conn: conn.execute(text(statement)))

    return attempt
