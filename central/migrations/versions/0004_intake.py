"""Keys of outside report forms (F10)."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _text(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def upgrade() -> None:
    """Make room for the keys."""
    op.create_table(
        "intake_key",
        _text("id"),
        _text("team"),
        _text("name"),
        _text("key_hash"),
        _text("made_at"),
        _text("made_by"),
        _text("used_at", True),
        _text("revoked_at", True),
        _text("revoked_by", True),
        sa.PrimaryKeyConstraint("id", name="pk_intake_key"),
        sa.UniqueConstraint("key_hash", name="uq_intake_key_key_hash"),
    )
    op.create_index("ix_intake_key_team", "intake_key", ["team"])


def downgrade() -> None:
    """Forget the keys; every outside form then needs a new one."""
    op.drop_index("ix_intake_key_team", "intake_key")
    op.drop_table("intake_key")
