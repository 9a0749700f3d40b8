"""Accounts, devices, sessions, one-time codes, failed tries, keys (sync.md §9, security.md §3).

Tokens, codes and passwords stand here as hashes only. What a failed try was aimed at stands as a
hash too: people type passwords where a name belongs.
"""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, Text, false

from central.models.base import metadata

account = Table(
    "account",
    metadata,
    Column("name", Text, primary_key=True),
    Column("team", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("password_hash", Text),
    Column("password_at", Text),
    Column("second_secret", Text),
    Column("second_offer", Text),
    Column("second_step", BigInteger),
    Column("subject", Text),
    Column("created_at", Text, nullable=False),
)
Index("ix_account_person", account.c.team, account.c.person, unique=True)

one_time_code = Table(
    "one_time_code",
    metadata,
    Column("code_hash", Text, primary_key=True),
    Column("purpose", Text, nullable=False),
    Column("team_name", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("until", Text, nullable=False),
)

sign_in_try = Table(
    "sign_in_try",
    metadata,
    Column("aim", Text, primary_key=True),
    Column("fails", Integer, nullable=False),
    Column("at", Text, nullable=False),
)
Index("ix_sign_in_try_at", sign_in_try.c.at)

device = Table(
    "device",
    metadata,
    Column("team", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
    Column("revoked_at", Text),
)

session = Table(
    "session",
    metadata,
    Column("access_hash", Text, primary_key=True),
    Column("refresh_hash", Text, nullable=False, unique=True),
    Column("family", Text, nullable=False),
    Column("team", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("access_until", Text, nullable=False),
    Column("refresh_until", Text, nullable=False),
    Column("refreshed_at", Text),
    Column("revoked_at", Text),
    Column("via", Text, nullable=False, server_default="embedded"),
    Column("second_factor", Boolean, nullable=False, server_default=false()),
)
Index("ix_session_family", session.c.family)
Index("ix_session_refresh_until", session.c.refresh_until)
Index("ix_session_person", session.c.team, session.c.person)

looking_key = Table(
    "looking_key",
    metadata,
    Column("team", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("device", Text, primary_key=True),
    Column("public", Text, primary_key=True),
    Column("registered_at", Text, nullable=False),
    Column("ended_at", Text),
)
