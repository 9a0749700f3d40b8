"""Feeds outside: when each was looked at, and what became of its alerts (F37, F63)."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def upgrade() -> None:
    """Make room for what is known of the feeds."""
    op.create_table(
        "feed_poll",
        _text("team"),
        _text("feed"),
        _text("next_at"),
        sa.Column("failures", sa.Integer(), nullable=False),
        _text("good_at"),
        _text("unknown_since"),
        _text("why"),
        sa.PrimaryKeyConstraint("team", "feed", name="pk_feed_poll"),
    )
    op.create_table(
        "feed_item",
        _text("team"),
        _text("feed"),
        _text("key"),
        _text("alert"),
        _text("mark"),
        _text("state"),
        _text("seen_at"),
        _text("told_at"),
        sa.PrimaryKeyConstraint("team", "feed", "key", name="pk_feed_item"),
    )


def downgrade() -> None:
    """Forget it; the feeds are looked at anew, and alerts that run are taken up by their key."""
    op.drop_table("feed_item")
    op.drop_table("feed_poll")
