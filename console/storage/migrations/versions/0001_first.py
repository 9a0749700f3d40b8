"""The first tables, as plain statements, so later changes of the models cannot change this step."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    statements = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    for statement in statements.split("\n\n"):
        if statement.strip():
            op.get_bind().exec_driver_sql(statement)
