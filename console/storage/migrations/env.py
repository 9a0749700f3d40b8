"""Runs the migrations on the connection that ``console.storage.schema`` opened."""

from alembic import context

from console.models import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=False,  # one transaction around all of them is the caller's
)
context.run_migrations()
