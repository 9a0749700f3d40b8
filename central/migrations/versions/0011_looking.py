"""The keys people sign with when they look along (F26, security.md §3)."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room for a key per person and desk; keys that ended stay listed."""
    op.create_table(
        "looking_key",
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("public", sa.Text(), nullable=False),
        sa.Column("registered_at", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text()),
        sa.PrimaryKeyConstraint("team", "person", "device", "public", name="pk_looking_key"),
    )


def downgrade() -> None:
    """Forget the keys: desks register theirs again at the next step up."""
    op.drop_table("looking_key")
