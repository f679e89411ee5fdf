"""Alembic's entry: works on the connection it is given (glossator.embedded.migrations), never on a URL."""

from alembic import context

from glossator.tables import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, compare_type=True
)
with context.begin_transaction():
    context.run_migrations()
