"""Stores for tests: every test of one runs on SQLite and on PostgreSQL."""

import os
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import make_url

from tests.vpclab.store import postgres
from vpclab.store.progress import ProgressStore

BACKENDS = ("sqlite", "postgresql")
_numbers = count()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Give the address of a PostgreSQL server, if need be of one started here.

    Without one skip on a developer's machine and fail in CI.
    """
    given = os.environ.get(postgres.VARIABLE)
    if given:
        yield given
        return
    folder = postgres.binaries()
    if folder is None:
        reason = f"needs PostgreSQL: {postgres.VARIABLE} or its programs (Debian: apt-get install postgresql)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with postgres.running(folder) as url:
        yield url


@pytest.fixture(params=BACKENDS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of a database of this test's own, without tables."""
    yield from _database(request, tmp_path)


@pytest.fixture
def url(empty_url: str) -> str:
    """Give the address of a database of this test's own."""
    with closing(ProgressStore(empty_url)) as made:
        made.migrate()
    return empty_url


@pytest.fixture
def store(url: str) -> Iterator[ProgressStore]:
    """Open a store of this test's own."""
    with closing(ProgressStore(url)) as opened:
        yield opened


@pytest.fixture(scope="module", params=BACKENDS)
def shared_store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ProgressStore]:
    """Open a store for all tests of a file; each takes learners of its own."""
    for address in _database(request, tmp_path_factory.mktemp("shared")):
        with closing(ProgressStore(address)) as opened:
            opened.migrate()
            yield opened


def _database(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{folder / 'progress.sqlite3'}"
        return
    server = request.getfixturevalue("postgres_url")
    name = f"vpclab_test_{os.getpid()}_{next(_numbers)}"
    _run(server, sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    _run(server, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _run(server: str, statement: sql.Composed) -> None:
    with psycopg.connect(**conninfo_to_dict(server), autocommit=True) as connection:
        connection.execute(statement)
