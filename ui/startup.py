"""Before the first visitor: the content is read and checked, and a broken file stops the start."""

import sys

from vpclab.course_commands import content_lines
from vpclab.errors import ContentError
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
