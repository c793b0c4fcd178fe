"""What pages share for the life of the process: the checked content, and the store of what learners did."""

import os
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from vpclab.learning.library import load_library
from vpclab.learning.models import Library
from vpclab.store.database import database_url
from vpclab.store.progress import ProgressStore

PROJECT_FOLDER = Path(__file__).resolve().parent.parent

KEPT = timedelta(days=400)
"""How long the data of learners who do not come back is kept."""


def library() -> Library:
    """The content, read and checked once per process."""
    return load_library()


@lru_cache(maxsize=1)
def store() -> ProgressStore:
    """The store that the environment names, opened. Raises StoreError while it cannot be reached.

    Opened means that its tables are up to date, and that learners who were not seen for long are let go.
    One that was away when the app started is opened when it is back: what raises is not remembered.
    """
    opened = _store()
    opened.migrate()
    opened.forget_unseen(datetime.now(UTC) - KEPT)
    return opened


@lru_cache(maxsize=1)
def _store() -> ProgressStore:
    return ProgressStore(database_url(os.environ, PROJECT_FOLDER))
