"""The migrations give the same tables as the models, and both are stamped."""

from __future__ import annotations

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from console.models import RECORDS, metadata
from console.storage import schema
from console.storage.database import make_engine
from contract.kinds import KINDS
from tests.helpers.profile import KEY
from tools.first_schema import TARGET, statements


def _objects(connection: object) -> dict[str, str]:
    rows = connection.execute(  # type: ignore[attr-defined]
        text(
            "SELECT name, sql FROM sqlite_master "
            "WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND name != 'alembic_version'"
        )
    )
    return {row.name: " ".join(row.sql.split()) for row in rows}


def test_a_migrated_file_equals_a_new_one_and_the_models(tmp_path: Path) -> None:
    migrated = make_engine(tmp_path / "migrated.db", KEY)
    new = make_engine(tmp_path / "new.db", KEY)
    with migrated.connect() as connection:
        schema.upgrade(connection)
        context = MigrationContext.configure(
            connection,
            opts={
                "include_name": lambda name, kind, parents: kind != "table" or "_fts" not in name,
                "compare_type": True,
            },
        )
        assert compare_metadata(context, metadata) == []
        migrated_objects = _objects(connection)
        stamped = connection.execute(text("PRAGMA user_version")).scalar_one()
    with new.connect() as connection:
        with connection.begin():
            schema.create(connection)
        assert _objects(connection) == migrated_objects
        assert (
            connection.execute(text("PRAGMA user_version")).scalar_one() == stamped == schema.HEAD
        )
        version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    assert version == f"{schema.HEAD:04d}"


def test_the_schema_number_is_that_of_the_last_migration() -> None:
    assert ScriptDirectory(str(schema.MIGRATIONS)).get_current_head() == f"{schema.HEAD:04d}"


def test_the_first_migration_holds_the_models_as_they_are() -> None:
    if schema.HEAD > 1:
        return
    written = TARGET.read_text(encoding="utf-8").strip().split("\n\n")
    assert written == statements(), "Run python -m tools.first_schema."


def test_every_kind_of_record_has_a_table_with_all_of_its_fields() -> None:
    assert set(RECORDS) == set(KINDS)
    for kind, table in RECORDS.items():
        assert set(KINDS[kind].fields) <= set(table.c.keys())
