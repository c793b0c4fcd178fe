"""Before the first visitor: the content is read and checked, and a broken file stops the start.

A store that cannot be reached does not stop it: the app teaches on, and says that progress is not kept.
"""

import logging
import sys

from ui.providers import store
from vpclab.course_commands import content_lines
from vpclab.errors import ContentError, StoreError
from vpclab.learning.library import load_library
from vpclab.learning.search import index_of
from vpclab.words import load_words


def load_content() -> None:
    """Read all content and build the search index; a course that does not hold together is never shown.

    Raises SystemExit after every problem was printed with its file and line.
    """
    try:
        index_of(load_library())
    except ContentError as error:
        t = load_words("en")
        print(*content_lines(error, t), t("content.not_started"), sep="\n", file=sys.stderr)  # noqa: T201 - there is no page yet
        sys.exit(1)


def open_store() -> None:
    """Bring the store's tables up to date, and let go of learners who were not seen for long."""
    try:
        store()
    except StoreError as error:
        logging.getLogger(__name__).warning("progress is not kept: %s", error)
