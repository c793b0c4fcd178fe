"""What pages share for the life of the process: the checked content."""

from vpclab.learning.library import load_library
from vpclab.learning.models import Library


def library() -> Library:
    """The content, read and checked once per process."""
    return load_library()
