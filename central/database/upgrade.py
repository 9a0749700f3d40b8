"""Brings the tables from one shape to another with alembic, inside the transaction given."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from central import migrations


def revision(connection: Connection) -> str | None:
    """Return the step the tables stand at; None where there are none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def upgrade(connection: Connection, to: str = "head") -> None:
    """Take every step the tables still lack, up to ``to``."""
    _config_and("upgrade", connection, to)


def downgrade(connection: Connection, to: str) -> None:
    """Go back to an older step, or to ``base``: no tables at all."""
    _config_and("downgrade", connection, to)


def _config_and(verb: str, connection: Connection, to: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.attributes["connection"] = connection
    getattr(command, verb)(config, to)
