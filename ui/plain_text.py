"""Texts that somebody has written, for places where Streamlit reads Markdown: shown letter for letter.

A backslash takes the meaning of one letter away. What Streamlit looks for in the finished text, such as
addresses and arrows, is told apart by an invisible letter that joins words.
"""

import re

_JOINER = "\N{WORD JOINER}"
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
# Links (`https:`, `www.`, `@`), icons and emoji (`:name:`), arrows, dashes and signs such as `>=`.
_READ_LATER = re.compile(r"(https?|www|@|:|<-|-|<|>)(?=[:./\w>=-])", re.IGNORECASE)


def plain(text: str) -> str:
    """A text as one line of Markdown without markup: for titles and the labels of widgets."""
    line = _READ_LATER.sub(rf"\1{_JOINER}", " ".join(text.split()))
    return _PUNCTUATION.sub(r"\\\1", line)


def on_lines(*sentences: str) -> str:
    """Sentences as Markdown, each on a line of its own: Japanese has no space between them."""
    return "  \n".join(filter(None, sentences))
