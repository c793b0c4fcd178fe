"""The learner's words: `t = words()`, then `t("interface.sandbox.title", **facts)`."""

from ui import session
from vpclab.words import Words, load_words

DEFAULT_LANGUAGE = "en"


def words() -> Words:
    """Return the words of the language that this session shows."""
    return load_words(session.language() or DEFAULT_LANGUAGE)
