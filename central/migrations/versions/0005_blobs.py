"""Content of photos, in pieces (sync.md §8)."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _text(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def upgrade() -> None:
    """Make room for content and its pieces."""
    op.create_table(
        "blob",
        _text("team"),
        _text("sha256"),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("held", sa.BigInteger(), nullable=False),
        _text("type"),
        sa.Column("complete", sa.Boolean(), nullable=False),
        _text("person"),
        _text("touched_at"),
        _text("orphan_at", True),
        sa.PrimaryKeyConstraint("team", "sha256", name="pk_blob"),
    )
    op.create_index("ix_blob_orphan_at", "blob", ["orphan_at"])
    op.create_table(
        "blob_piece",
        _text("team"),
        _text("sha256"),
        sa.Column("start", sa.BigInteger(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("team", "sha256", "start", name="pk_blob_piece"),
    )


def downgrade() -> None:
    """Throw the content of every photo away."""
    op.drop_table("blob_piece")
    op.drop_index("ix_blob_orphan_at", "blob")
    op.drop_table("blob")
