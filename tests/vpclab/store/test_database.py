"""Where the database is, and how its files are opened."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from sqlalchemy import Connection, event

from tests.vpclab.store.records import FACT, NOW, OTHER_FACT, answered, lab_tried, visited
from vpclab.errors import StoreError
from vpclab.store import database
from vpclab.store.database import database_url
from vpclab.store.progress import ProgressStore
from vpclab.store.tables import Base

TABLES = tuple(Base.metadata.tables)


class Busy:
    """A connection to a file that others hold for a while."""

    def __init__(self, refusals: int) -> None:
        self.refusals = refusals
        self.done: list[str] = []

    def execute(self, statement: str) -> Any:
        if self.refusals:
            self.refusals -= 1
            raise sqlite3.OperationalError("database is locked")
        self.done.append(statement)
        return self

    def close(self) -> None:
        """There is nothing to close."""


def test_a_file_that_others_hold_for_a_moment_is_tried_again():
    busy = Busy(refusals=2)

    database._set(busy, "journal_mode = WAL")

    assert busy.done == ["PRAGMA journal_mode = WAL"]


def test_a_file_that_others_hold_for_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0)

    with pytest.raises(sqlite3.OperationalError):
        database._set(Busy(refusals=10**9), "journal_mode = WAL")


def test_answers_are_flushed_to_the_disk_and_readers_wait_for_nobody(tmp_path: Path):
    store = ProgressStore(f"sqlite:///{tmp_path / 'progress.sqlite3'}")
    store.migrate()

    with store._database.reading() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }

    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}
    store.close()


def test_the_environment_names_the_database(tmp_path: Path):
    assert database_url({}, tmp_path) == f"sqlite:///{tmp_path}/data/progress.sqlite3"
    assert database_url({"VPCLAB_DATA": "elsewhere"}, tmp_path).endswith("/elsewhere/progress.sqlite3")
    assert (
        database_url({"VPCLAB_DATA": "/var/lib/lab"}, tmp_path) == "sqlite:////var/lib/lab/progress.sqlite3"
    )
    given = {"VPCLAB_DATABASE_URL": "postgresql://lab:pw@db/lab", "VPCLAB_DATA": "elsewhere"}
    assert database_url(given, tmp_path) == "postgresql+psycopg://lab:pw@db/lab"


def test_the_folder_of_the_file_is_made_when_it_is_needed(tmp_path: Path):
    store = ProgressStore(database_url({}, tmp_path))
    assert not (tmp_path / "data").exists()

    store.migrate()

    assert (tmp_path / "data" / "progress.sqlite3").is_file()
    store.close()


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[database.Database]:
    """A file of SQLite of this test's own."""
    with closing(database.Database(f"sqlite:///{tmp_path / 'progress.sqlite3'}")) as made:
        yield made


def test_one_who_waits_too_long_for_the_writes_of_others_is_told(
    opened: database.Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    is_writing, may_end = Event(), Event()

    def hold(_: Connection) -> bool:
        is_writing.set()
        return may_end.wait(60)

    with ThreadPoolExecutor(1) as pool:
        holding = pool.submit(opened.write, hold)
        assert is_writing.wait(60)
        with pytest.raises(StoreError):
            opened.write(lambda _: None)
        may_end.set()
        assert holding.result(60)


def test_no_answer_reads_a_whole_table(tmp_path: Path):
    with closing(ProgressStore(f"sqlite:///{tmp_path / 'progress.sqlite3'}")) as store:
        store.migrate()
        sent: list[tuple[str, Any]] = []
        engine = store._database._connected()
        event.listen(engine, "before_cursor_execute", lambda *given: sent.append(given[2:4]))

        for number in range(3):
            store.keep("me", [answered(number, facts=(FACT, OTHER_FACT)), visited(number)], NOW)
            store.keep("other", [answered(number), lab_tried(number)], NOW)

        with store._database.reading() as connection:
            plans = {
                line
                for statement, parameters in tuple(sent)
                if statement.split()[0] in {"SELECT", "INSERT", "UPDATE", "DELETE"}
                for *_, line in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            }

    assert any(line.startswith("SEARCH cards") for line in plans)
    assert not [line for line in plans if line.startswith(tuple(f"SCAN {name}" for name in TABLES))]


def test_a_database_that_was_closed_is_opened_again_by_the_next_write(opened: database.Database):
    opened.write(lambda connection: connection.exec_driver_sql("CREATE TABLE kept (line TEXT)"))
    opened.close()

    opened.write(lambda connection: connection.exec_driver_sql("INSERT INTO kept VALUES ('again')"))

    with opened.reading() as connection:
        assert connection.exec_driver_sql("SELECT line FROM kept").scalar() == "again"
