"""First shape: records, commits, stored results, sessions, the audit rows."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = ("update", "delete")


def _text(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "team",
        _text("id"),
        _text("name"),
        _text("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_team"),
    )
    op.create_table(
        "team_head",
        _text("team"),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("floor_seq", sa.BigInteger(), nullable=False),
        sa.Column("audit_n", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("team", name="pk_team_head"),
    )
    op.create_table(
        "sync_record",
        _text("team"),
        _text("kind"),
        _text("id"),
        sa.Column("ver", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        _text("body"),
        sa.Column("schema_v", sa.Integer(), nullable=False),
        _text("at"),
        _text("by"),
        _text("parent", True),
        _text("holder", True),
        sa.PrimaryKeyConstraint("team", "kind", "id", name="pk_sync_record"),
        sa.UniqueConstraint("team", "seq", name="uq_sync_record_team_seq"),
    )
    for name in ("parent", "holder"):
        where = sa.text(f"{name} IS NOT NULL")
        columns = ["team", "kind", "parent"] if name == "parent" else ["team", "holder"]
        op.create_index(
            f"ix_sync_record_{name}",
            "sync_record",
            columns,
            sqlite_where=where,
            postgresql_where=where,
        )
    op.create_table(
        "sync_commit",
        _text("team"),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        _text("nonce"),
        _text("at"),
        _text("device"),
        _text("person"),
        sa.PrimaryKeyConstraint("team", "last_seq", name="pk_sync_commit"),
    )
    op.create_table(
        "sync_op",
        _text("team"),
        _text("op_id"),
        _text("fingerprint"),
        _text("result"),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        _text("at"),
        _text("person"),
        sa.PrimaryKeyConstraint("team", "op_id", name="pk_sync_op"),
    )
    op.create_index("ix_sync_op_at", "sync_op", ["at"])
    op.create_table(
        "day_number",
        _text("team"),
        _text("day"),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("team", "day", name="pk_day_number"),
    )
    op.create_table(
        "device",
        _text("team"),
        _text("id"),
        _text("name"),
        _text("created_at"),
        _text("seen_at"),
        sa.PrimaryKeyConstraint("team", "id", name="pk_device"),
    )
    op.create_table(
        "session",
        _text("access_hash"),
        _text("refresh_hash"),
        _text("family"),
        _text("team"),
        _text("person"),
        _text("device"),
        _text("created_at"),
        _text("access_until"),
        _text("refresh_until"),
        _text("refreshed_at", True),
        _text("revoked_at", True),
        sa.PrimaryKeyConstraint("access_hash", name="pk_session"),
        sa.UniqueConstraint("refresh_hash", name="uq_session_refresh_hash"),
    )
    op.create_index("ix_session_family", "session", ["family"])
    op.create_index("ix_session_refresh_until", "session", ["refresh_until"])
    op.create_table(
        "audit",
        _text("team"),
        sa.Column("n", sa.BigInteger(), nullable=False),
        _text("at"),
        _text("person"),
        _text("device"),
        _text("op_id"),
        _text("act"),
        _text("kind"),
        _text("record"),
        sa.Column("ver", sa.Integer(), nullable=False),
        _text("before_hash"),
        _text("after_hash"),
        _text("chain"),
        sa.PrimaryKeyConstraint("team", "n", name="pk_audit"),
    )
    op.create_index("ix_audit_record", "audit", ["team", "kind", "record"])
    if op.get_bind().dialect.name == "sqlite":
        for word in APPEND_ONLY:
            op.execute(
                f"CREATE TRIGGER audit_no_{word} BEFORE {word.upper()} ON audit "
                "BEGIN SELECT RAISE(ABORT, 'audit rows are never altered'); END"
            )


def downgrade() -> None:
    for table in (
        "audit",
        "session",
        "device",
        "day_number",
        "sync_op",
        "sync_commit",
        "sync_record",
        "team_head",
        "team",
    ):
        op.drop_table(table)
