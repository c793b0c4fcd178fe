"""From an address to a database: SQLite or PostgreSQL, and transactions that read or write."""

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import SQLAlchemyError

from vpclab.errors import Problem, StoreError
from vpclab.store.group_commit import GroupCommit

URL_NAME, FOLDER_NAME = "VPCLAB_DATABASE_URL", "VPCLAB_DATA"
FILE = "progress.sqlite3"

BUSY_SECONDS = 5
"""How long a write waits for the writes of its process, and then once more for those of others."""

CONNECT_SECONDS = 3
POSTGRES = {"connect_timeout": CONNECT_SECONDS, "tcp_user_timeout": 10_000}
# What was committed is on the disk (FULL), and readers wait for nobody (WAL).
PRAGMAS = (
    f"busy_timeout = {BUSY_SECONDS * 1000}",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
)
_WRITES = "vpclab_writes"

A = TypeVar("A")
T = TypeVar("T")


def database_url(environment: Mapping[str, str], folder: Path) -> str:
    """Where progress is kept: VPCLAB_DATABASE_URL, or a SQLite file in VPCLAB_DATA, else in `folder`/data."""
    given = environment.get(URL_NAME, "").strip()
    if given:
        return _with_driver(given)
    data = folder / (environment.get(FOLDER_NAME, "").strip() or "data")
    return URL.create("sqlite", database=str(data / FILE)).render_as_string()


def _with_driver(url: str) -> str:
    """An address as PostgreSQL's own tools write it names no driver; SQLAlchemy would take another one."""
    scheme, separator, rest = url.partition("://")
    return f"postgresql+psycopg{separator}{rest}" if scheme in ("postgresql", "postgres") else url


class Database:
    """A database that is connected to when somebody first needs it."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._lock = Lock()
        self._engine: Engine | None = None
        self._group: GroupCommit | None = None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state and changes nothing. Raises StoreError."""
        with _told_as_store_error(), self._connected().connect() as connection, connection.begin():
            yield connection

    def write(self, work: Callable[[Connection], T]) -> T:
        """What `work` gives in a transaction: on the disk by now, else without a trace. Raises StoreError.

        It has a transaction of its own, which another thread can carry out.
        """
        return self._write(lambda connection, _: work(connection), None)

    def write_together(self, work: Callable[[Connection, Sequence[A]], object], mine: A) -> None:
        """Do one thing for many callers: `work` gets what some of them bring at the same time, `mine` too.

        It can be done in another thread, and anew with `mine` alone when it fails. Raises StoreError.
        """
        self._write(work, mine)

    def _write(self, work: Callable[[Connection, Sequence[A]], T], mine: A) -> T:
        with _told_as_store_error():
            engine = self._connected()
            if self._group is not None:
                return self._group.write(work, mine, BUSY_SECONDS)
            with _transaction(engine) as connection:
                return work(connection, (mine,))

    def close(self) -> None:
        """Give the connections back; the next use connects again."""
        with self._lock:
            if self._engine is not None:
                self._engine.dispose()

    def _connected(self) -> Engine:
        with self._lock:
            if self._engine is None:
                self._engine = engine = _engine(self._url)
                if engine.dialect.name == "sqlite":
                    self._group = GroupCommit(lambda: _transaction(engine))
            return self._engine


@contextmanager
def _told_as_store_error() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, OSError, ImportError) as error:
        # The message of the error can name the address, which can hold a password; its type cannot.
        problem = Problem(path=(), code="store_unreachable", facts={"detail": type(error).__name__})
        raise StoreError((problem,)) from error


@contextmanager
def _transaction(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connected:
        connection = connected.execution_options(**{_WRITES: True})
        with connection.begin():
            yield connection


def _engine(url: str) -> Engine:
    address = make_url(_with_driver(url))
    if address.get_backend_name() == "sqlite":
        return _sqlite(address)
    # Without parameters, a message about a failed statement tells nothing of what a learner did.
    return create_engine(
        address, pool_pre_ping=True, pool_timeout=BUSY_SECONDS, hide_parameters=True, connect_args=POSTGRES
    )


def _sqlite(address: URL) -> Engine:
    if address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, pool_timeout=BUSY_SECONDS, hide_parameters=True)
    # Many rows are one statement, whether it returns something or not.
    engine.dialect.use_insertmanyvalues_wo_returning = True
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _: Any) -> None:
    # Python's own way of beginning transactions would begin them late; `_begin` does it instead.
    connection.isolation_level = None
    for pragma in PRAGMAS:
        _set(connection, pragma)


def _set(connection: sqlite3.Connection, pragma: str) -> None:
    """Set one, waiting for others: the change to WAL is the one thing that does not wait by itself."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute(f"PRAGMA {pragma}").close()
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _begin(connection: Connection) -> None:
    # One that reads first and asks for the right to write later is refused when somebody wrote between.
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
