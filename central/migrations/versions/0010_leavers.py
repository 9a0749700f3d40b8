"""The key that pseudonyms of people who left are made with (F52, security.md §4)."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room for one key per team."""
    op.create_table(
        "team_key",
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("team", name="pk_team_key"),
    )


def downgrade() -> None:
    """Forget the keys: a pseudonym that is there stays, the next ones differ from it."""
    op.drop_table("team_key")
