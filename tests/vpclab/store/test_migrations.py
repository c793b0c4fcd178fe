"""Tables come about step by step, are those that the code knows, and can be made by several at once."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from tests.vpclab.store.records import NOW, answered
from vpclab.store.database import Database
from vpclab.store.progress import ProgressStore
from vpclab.store.tables import Base

ROOT = Path(__file__).resolve().parents[3]
MIGRATE = """
import sys
from vpclab.store.progress import ProgressStore
store = ProgressStore(sys.argv[1])
store.migrate()
store.close()
"""


def test_the_steps_come_to_the_tables_that_the_code_knows(url: str):
    with closing(Database(url)) as database, database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
        for table in Base.metadata.sorted_tables:
            found = inspect(connection).get_pk_constraint(table.name)["constrained_columns"]
            assert found == [column.name for column in table.primary_key]
            ends = [
                key["options"].get("ondelete") for key in inspect(connection).get_foreign_keys(table.name)
            ]
            assert ends == ["CASCADE"] * len(table.foreign_keys)


def test_migrating_again_changes_nothing(store: ProgressStore):
    store.keep("secret", [answered(1)], NOW)

    store.migrate()

    assert store.history("secret") == (answered(1),)


def test_threads_that_migrate_at_once_make_the_tables_once(empty_url: str):
    stores = [ProgressStore(empty_url) for _ in range(4)]

    with ThreadPoolExecutor(len(stores)) as pool:
        list(pool.map(ProgressStore.migrate, stores))

    stores[0].keep("secret", [answered(1)], NOW)
    assert stores[1].history("secret") == (answered(1),)
    for store in stores:
        store.close()


def test_processes_that_migrate_at_once_make_the_tables_once(empty_url: str):
    command = [sys.executable, "-W", "error", "-c", MIGRATE, empty_url]
    started = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(4)]

    told = [process.communicate()[1] for process in started]

    assert told == [""] * len(started)
    with closing(ProgressStore(empty_url)) as store:
        store.keep("secret", [answered(1)], NOW)
        assert store.history("secret") == (answered(1),)


def test_the_store_loads_alembic_only_to_migrate():
    loads = "import sys, vpclab.store.progress; assert 'alembic' not in sys.modules"

    subprocess.run([sys.executable, "-c", loads], cwd=ROOT, check=True)
