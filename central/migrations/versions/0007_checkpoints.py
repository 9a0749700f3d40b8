"""Signed checkpoints of the audit rows, their keys, and where to look for a person or an act."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

APPEND_ONLY = ("update", "delete")


def _text(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def upgrade() -> None:
    """Make room for checkpoints, which are never altered either."""
    op.create_table(
        "audit_checkpoint",
        _text("team"),
        sa.Column("size", sa.BigInteger(), nullable=False),
        _text("at"),
        _text("link"),
        _text("note"),
        sa.PrimaryKeyConstraint("team", "size", name="pk_audit_checkpoint"),
    )
    op.create_table(
        "audit_key",
        _text("public"),
        _text("seed", True),
        _text("made_at"),
        _text("ended_at", True),
        sa.PrimaryKeyConstraint("public", name="pk_audit_key"),
    )
    op.create_table(
        "audit_part",
        _text("team"),
        _text("what"),
        _text("value"),
        sa.Column("part", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("team", "what", "value", "part", name="pk_audit_part"),
    )
    if op.get_bind().dialect.name == "sqlite":
        for word in APPEND_ONLY:
            op.execute(
                f"CREATE TRIGGER audit_checkpoint_no_{word} BEFORE {word.upper()} "
                "ON audit_checkpoint "
                "BEGIN SELECT RAISE(ABORT, 'checkpoints are never altered'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER audit_checkpoint_no_change BEFORE UPDATE OR DELETE ON audit_checkpoint "
        "FOR EACH ROW EXECUTE FUNCTION audit_is_never_altered()"
    )
    op.execute(
        "CREATE TRIGGER audit_checkpoint_no_truncate BEFORE TRUNCATE ON audit_checkpoint "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_is_never_altered()"
    )


def downgrade() -> None:
    """Forget checkpoints and keys: desks will say that the key is another one."""
    op.drop_table("audit_part")
    op.drop_table("audit_key")
    op.drop_table("audit_checkpoint")
