r"""Texts in GIFT: escapes, format markers and weights.

The rules are those of Moodle's own reader (question/format/gift/format.php) and of its documentation,
https://docs.moodle.org/en/GIFT_format: a backslash takes the meaning from `~ = # { } :` and from itself, and
`\n` is a line end, since a real empty line ends a question.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

ARROW = "->"
GENERAL = "####"
"""What stands before the feedback for the whole question."""

_RESERVED = str.maketrans(
    {"\\": "\\\\", "\n": "\\n", **{mark: f"\\{mark}" for mark in "~=#{}:"}},
)
_ESCAPED = re.compile(r"\\([\\~=#{}:n])")
_MARKED = re.compile(r"\s*\[(html|markdown|plain|moodle)\]")
_WEIGHT = re.compile(r"\s*%([^%\n]*)%")
_ARROW_IN_TEXT = "→"
_DIGITS = 5
"""How many digits of a weight Moodle compares with its list of weights: 33.33333."""


def escaped(text: str) -> str:
    """A text of the question or its title as GIFT writes it."""
    return text.translate(_RESERVED)


def part(text: str) -> str:
    """A choice or a feedback: one that starts like a format marker or a weight says that it is plain."""
    return ("[plain]" if text[:1] in ("[", "%") else "") + escaped(text)


def pair_part(text: str) -> str:
    """One side of a pair. GIFT has no escape for the arrow between them, so one inside a text becomes `→`."""
    return escaped(text.replace(ARROW, _ARROW_IN_TEXT))


def weight(credit: Fraction) -> str:
    """A share of the points in percent, as Moodle writes it: 50, 33.33333, -25."""
    return f"{float(credit * 100):.{_DIGITS}f}".rstrip("0").rstrip(".")


def unescaped(text: str) -> str:
    """The text that is meant. A backslash before anything else is a backslash."""
    return _ESCAPED.sub(lambda match: "\n" if match[1] == "n" else match[1], text).strip()


def unmarked(text: str) -> tuple[str, str]:
    """The name of a format marker, empty where there is none, and what follows it."""
    found = _MARKED.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


def weighed(text: str) -> tuple[str | None, str]:
    """The weight as it is written, None where there is none, and what follows it."""
    found = _WEIGHT.match(text)
    return (found[1].strip(), text[found.end() :]) if found else (None, text)


def marks(text: str, *wanted: str) -> Iterator[int]:
    """Where one of some marks stands unescaped."""
    pattern = re.compile(r"\\[\\~=#{}:n]|" + "|".join(map(re.escape, wanted)))
    return (match.start() for match in pattern.finditer(text) if not match[0].startswith("\\"))


def first(text: str, *wanted: str) -> int:
    """Where the first unescaped mark stands; -1 where there is none."""
    return next(marks(text, *wanted), -1)


def split(text: str, *wanted: str) -> tuple[str, tuple[str, ...]]:
    """What stands before the first mark, and each part with its mark."""
    places = [*marks(text, *wanted), len(text)]
    return text[: places[0]], tuple(text[here:there] for here, there in pairwise(places))
