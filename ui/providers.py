"""What pages share for the life of the process: the checked content, and the store of what learners did."""

import os
from functools import lru_cache
from pathlib import Path

from vpclab.learning.library import load_library
from vpclab.learning.models import Library
from vpclab.store.database import database_url
from vpclab.store.progress import ProgressStore

PROJECT_FOLDER = Path(__file__).resolve().parent.parent


def library() -> Library:
    """The content, read and checked once per process."""
    return load_library()


@lru_cache(maxsize=1)
def store() -> ProgressStore:
    """The store that the environment names; nothing is read or written until it is asked."""
    return ProgressStore(database_url(os.environ, PROJECT_FOLDER))
