"""Accounts with passwords and second factors, one-time codes, failed tries, revoked devices."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _text(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def upgrade() -> None:
    """Make room for accounts."""
    op.create_table(
        "account",
        _text("name"),
        _text("team"),
        _text("person"),
        _text("password_hash", True),
        _text("password_at", True),
        _text("second_secret", True),
        _text("second_offer", True),
        sa.Column("second_step", sa.BigInteger(), nullable=True),
        _text("created_at"),
        sa.PrimaryKeyConstraint("name", name="pk_account"),
    )
    op.create_index("ix_account_person", "account", ["team", "person"], unique=True)
    op.create_table(
        "one_time_code",
        _text("code_hash"),
        _text("purpose"),
        _text("team_name"),
        _text("account"),
        _text("created_at"),
        _text("until"),
        sa.PrimaryKeyConstraint("code_hash", name="pk_one_time_code"),
    )
    op.create_table(
        "sign_in_try",
        _text("aim"),
        sa.Column("fails", sa.Integer(), nullable=False),
        _text("at"),
        sa.PrimaryKeyConstraint("aim", name="pk_sign_in_try"),
    )
    op.create_index("ix_sign_in_try_at", "sign_in_try", ["at"])
    op.add_column("device", _text("revoked_at", True))
    op.add_column("session", sa.Column("via", sa.Text(), nullable=False, server_default="embedded"))
    op.add_column(
        "session",
        sa.Column("second_factor", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_index("ix_session_person", "session", ["team", "person"])


def downgrade() -> None:
    """Take accounts away again; sessions and devices stay."""
    op.drop_index("ix_session_person", "session")
    op.drop_column("session", "second_factor")
    op.drop_column("session", "via")
    op.drop_column("device", "revoked_at")
    op.drop_table("sign_in_try")
    op.drop_table("one_time_code")
    op.drop_table("account")
