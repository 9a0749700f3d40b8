"""Write the first migration's statements from the models: ``python -m tools.first_schema``.

Only while no file of that schema exists outside this checkout; afterwards every change of the
models is a migration of its own (CONTRIBUTING.md).
"""

from pathlib import Path

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from console.models import metadata
from console.storage import search

TARGET = Path(__file__).resolve().parents[1] / "console/storage/migrations/versions/0001_first.sql"


def statements() -> list[str]:
    """Return every statement of the present schema, in an order that can be run."""
    dialect = sqlite.dialect()
    found = []
    for table in metadata.sorted_tables:
        found.append(str(CreateTable(table).compile(dialect=dialect)))
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        found += [str(CreateIndex(index).compile(dialect=dialect)) for index in indexes]
    return [_tidy(statement) for statement in (*found, *search.DDL)]


def _tidy(statement: str) -> str:
    return "\n".join(line.rstrip() for line in statement.strip().splitlines() if line.strip())


if __name__ == "__main__":
    TARGET.write_text("\n\n".join(statements()) + "\n", encoding="utf-8")
    print(TARGET.name)
