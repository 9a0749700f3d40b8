"""PostgreSQL: a role for the service that may add audit rows and never alter them (operations.md).

The owner of the tables takes the steps; central itself works as this role. Where the role is not there,
the owner does everything and the triggers are what holds.
"""

from sqlalchemy import Connection, text

SERVICE_ROLE = "buurtdesk_service"

ADDED_ONLY = ("audit", "audit_checkpoint")
"""Tables whose rows nobody changes or takes away."""

_ABOUT = (
    "SELECT quote_ident(current_schema()) FROM pg_roles WHERE rolname = :role "
    "AND rolname <> current_user"
)


def grant(conn: Connection) -> bool:
    """Give the role what central needs, for tables to come too; False where there is no such role."""
    if conn.dialect.name != "postgresql":
        return False
    schema = conn.execute(text(_ABOUT), {"role": SERVICE_ROLE}).scalar()
    if schema is None:
        return False
    rights = "SELECT, INSERT, UPDATE, DELETE"
    for statement in (
        f"GRANT USAGE ON SCHEMA {schema} TO {SERVICE_ROLE}",
        f"GRANT {rights} ON ALL TABLES IN SCHEMA {schema} TO {SERVICE_ROLE}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT {rights} ON TABLES TO {SERVICE_ROLE}",
        f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {SERVICE_ROLE}",
        *(f"REVOKE UPDATE, DELETE, TRUNCATE ON {one} FROM {SERVICE_ROLE}" for one in ADDED_ONLY),
    ):
        conn.execute(text(statement))
    return True
