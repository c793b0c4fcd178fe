"""Where the database is, and how its files are opened."""

import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest

from vpclab.errors import StoreError
from vpclab.store import database
from vpclab.store.database import database_url
from vpclab.store.progress import ProgressStore


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


def test_who_writes_is_not_kept_waiting_and_the_interval_is_given_back(tmp_path: Path):
    usual = sys.getswitchinterval()
    store = database.Database(f"sqlite:///{tmp_path / 'progress.sqlite3'}")

    with store.writing():
        meanwhile = sys.getswitchinterval()

    assert meanwhile < usual
    assert sys.getswitchinterval() == usual
    store.close()


def test_an_interval_that_is_set_during_a_write_stays(tmp_path: Path):
    usual = sys.getswitchinterval()
    store = database.Database(f"sqlite:///{tmp_path / 'progress.sqlite3'}")

    with store.writing():
        sys.setswitchinterval(2 * usual)
    kept = sys.getswitchinterval()
    sys.setswitchinterval(usual)

    assert kept == pytest.approx(2 * usual)
    store.close()


def test_those_who_write_take_turns_and_one_who_waits_too_long_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    store = database.Database(f"sqlite:///{tmp_path / 'progress.sqlite3'}")

    with store.writing(), pytest.raises(StoreError), store.writing():
        pass

    store.close()
