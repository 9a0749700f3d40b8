"""What left the desks by its term, and what was destroyed (F52, security.md §4)."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _key(table: str, *names: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*names, name=f"pk_{table}")


def upgrade() -> None:
    """Make room for the archive, the tombstones, the looks and the log of the rounds."""
    op.create_table(
        "archive",
        *map(_text, ("team", "kind", "id")),
        sa.Column("ver", sa.Integer(), nullable=False),
        *map(_text, "body at by since root_kind root_id number place day_at content".split()),
        _key("archive", "team", "kind", "id"),
    )
    op.create_index("ix_archive_root", "archive", ["team", "root_kind", "root_id"])
    op.create_index("ix_archive_number", "archive", ["team", "number"])
    op.create_index("ix_archive_place", "archive", ["team", "place", "day_at"])
    op.create_index("ix_archive_content", "archive", ["team", "content"])
    op.create_table(
        "tombstone",
        *map(_text, ("team", "kind", "id", "day")),
        _key("tombstone", "team", "kind", "id"),
    )
    op.create_table(
        "archive_look",
        *map(_text, "team id at person device use reason".split()),
        sa.Column("found", sa.Integer(), nullable=False),
        _key("archive_look", "team", "id"),
    )
    op.create_table(
        "purge_run",
        *map(_text, "team id at kind act".split()),
        sa.Column("count", sa.Integer(), nullable=False),
        _key("purge_run", "team", "id"),
    )
    op.create_index("ix_purge_run_at", "purge_run", ["team", "at"])
    op.create_table(
        "retention_state",
        *map(_text, "team seen_at ran_at paused_at".split()),
        _key("retention_state", "team"),
    )


def downgrade() -> None:
    """Forget it. What the archive holds is lost: make a backup first."""
    for table in ("retention_state", "purge_run", "archive_look", "tombstone", "archive"):
        op.drop_table(table)
