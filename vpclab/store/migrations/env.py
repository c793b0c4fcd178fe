"""Run by Alembic for every command, on the connection that `upgrade` hands over."""

from alembic import context

from vpclab.store.migrations.upgrade import CONNECTION
from vpclab.store.tables import Base

context.configure(
    connection=context.config.attributes[CONNECTION],
    target_metadata=Base.metadata,
    # SQLite can undo changes of tables as well as of rows; Alembic does not expect that of it.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
