"""Bringing a database up to date, from inside a transaction of ours."""

from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

FOLDER = Path(__file__).resolve().parent
CONNECTION = "connection"

LOCK = 0x76706C6162
"""A number that only this project locks: PostgreSQL's advisory locks have numbers for names."""

_ALONE = Lock()  # Alembic keeps what it works on in modules: two databases cannot have their turn at once


def config(connection: Connection) -> Config:
    """Alembic's settings; no file, since there is nothing that a deployment could choose."""
    made = Config()
    made.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    made.attributes[CONNECTION] = connection
    return made


def upgrade(connection: Connection) -> None:
    """Run the steps that are missing; others who try the same wait and then find nothing to do."""
    # In SQLite, the transaction itself is the lock: it was begun for writing.
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": LOCK})
    with _ALONE:
        command.upgrade(config(connection), "head")
