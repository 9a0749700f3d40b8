"""Signing in at the organisation's provider: which subject an account belongs to (F41)."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room for a hash of issuer and subject."""
    op.add_column("account", sa.Column("subject", sa.Text()))


def downgrade() -> None:
    """Forget it; who signs in through the provider next is bound anew."""
    op.drop_column("account", "subject")
