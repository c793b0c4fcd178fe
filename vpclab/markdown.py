"""Text in Markdown: made to stay the text that it is."""

_MARKS = frozenset("\\`*_{}[]()#+-.!|<>~:$&")


def as_text(text: str) -> str:
    """A text in which Markdown sees nothing but text; line breaks become spaces."""
    one_line = " ".join(text.split())
    return "".join(f"\\{letter}" if letter in _MARKS else letter for letter in one_line)
