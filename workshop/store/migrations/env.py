"""Alembic's entry: runs on the connection it is given, inside its transaction."""

from alembic import context

from workshop.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
    transaction_per_migration=False,
)
context.run_migrations()
