"""SQL stands where it is looked for: in repositories and in the rooms of the database."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture.source import modules, name, tree

# What may write SQL. Everything else may hold the open connection, and hand it down.
SQL_PLACES = (
    "console/models/",
    "console/storage/",
    "central/models/",
    "central/migrations/",
    "central/database/",
    "central/sequence/",
)
HANDLES = {"Connection", "Engine"}


def writes_sql(path: Path) -> list[str]:
    """List what a module takes from SQLAlchemy beyond the handles of an open database."""
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "sqlalchemy":
            found += [alias.name for alias in node.names if alias.name not in HANDLES]
        elif isinstance(node, ast.Import):
            found += [a.name for a in node.names if a.name.split(".")[0] == "sqlalchemy"]
    return found


def test_only_repositories_and_the_rooms_of_the_database_write_sql() -> None:
    strays = {
        name(path): words
        for path in modules("console", "central")
        if not name(path).startswith(SQL_PLACES) and path.name != "repository.py"
        if (words := writes_sql(path))
    }
    assert not strays, f"Move the SQL to storage or to the feature's repository: {strays}"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("from sqlalchemy import Connection", []),
        ("from sqlalchemy import Connection, insert", ["insert"]),
        ("from sqlalchemy.dialects.sqlite import insert as upsert", ["insert"]),
        ("import sqlalchemy as sa", ["sqlalchemy"]),
    ],
)
def test_the_rule_tells_a_handle_from_sql(line: str, words: list[str], tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(line, encoding="utf-8")
    assert writes_sql(module) == words
