"""The reader's notebook and its simplest readers: text, booleans, numbers, lists.

A reader takes the notebook and a plain value and returns the model's value, or INVALID after noting
why. Nothing here raises for what a file says.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any

from vpclab.errors import Problem
from vpclab.exchange.plain_data import Path

Reader = Callable[["Notebook", Any], Any]

# The longest thing AWS names is an ARN.
MAX_TEXT = 2_048
# Values of designs times calls, in one file: each takes up to three microseconds and 150 bytes to walk.
MAX_WORK = 500_000
_SHOWN = 60


class _Invalid:
    """Stands for a value that could not be read."""


INVALID = _Invalid()


class Budget:
    """What one file may still cost. A hostile file asks for millions of comparisons of long words."""

    def __init__(self) -> None:
        # Comparing two words costs the product of their lengths; this much takes half a second.
        self.letter_pairs = 5_000_000
        self.policy_characters = 1_000_000
        self.work = MAX_WORK


class Notebook:
    """Where the reader is, what it found wrong, and which ids the design has, by section."""

    def __init__(self, path: Path, problems: list[Problem], budget: Budget) -> None:
        self.path: list[str | int] = list(path)
        self.problems = problems
        self.budget = budget
        self.ids: dict[str, dict[Any, None]] = {}

    def tell(self, code: str, *further: str | int, **facts: object) -> _Invalid:
        """Note a problem here, or `further` down; returns INVALID for the caller to return."""
        self.problems.append(Problem(path=(*self.path, *further), code=code, facts=facts))
        return INVALID

    def at(self, step: str | int, reader: Reader, value: Any) -> Any:
        """What `reader` makes of the value under one key or position of the present place."""
        self.path.append(step)
        result = reader(self, value)
        self.path.pop()
        return result

    def similar(self, word: str, known: Iterable[str]) -> str | None:
        """The known word that was probably meant."""
        if self.budget.letter_pairs < 0 or len(word) > _SHOWN:
            return None
        candidates = list(known)
        self.budget.letter_pairs -= (len(word) + 1) * sum(len(candidate) + 1 for candidate in candidates)
        if self.budget.letter_pairs < 0:
            return None
        from difflib import get_close_matches  # imported late: only mistakes need it

        return next(iter(get_close_matches(word, candidates, n=1, cutoff=0.6)), None)


def is_absent(value: Any) -> bool:
    """A key left out, null and [] mean the same."""
    return value is None or value == []


def shown(value: Any) -> str:
    """A value as a sentence quotes it: short, in the notation of the file."""
    if isinstance(value, dict):
        return "{…}" if value else "{}"
    if isinstance(value, list):
        return "[…]" if value else "[]"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = "null" if value is None else str(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def text(notebook: Notebook, value: Any) -> Any:
    """Text that says something."""
    found = any_text(notebook, value)
    return found if found is INVALID or found.strip() else notebook.tell("empty_text")


def any_text(notebook: Notebook, value: Any) -> Any:
    """Text, possibly empty. A number is not taken for text: `012` would lose its zero."""
    if isinstance(value, str):
        return value if len(value) <= MAX_TEXT else notebook.tell("text_too_long", limit=MAX_TEXT)
    code = "text_needs_quotes" if isinstance(value, bool | int | float) else "expected_text"
    return notebook.tell(code, value=shown(value))


def boolean(notebook: Notebook, value: Any) -> Any:
    """`true` or `false`, never a word for it."""
    return value if isinstance(value, bool) else notebook.tell("expected_boolean", value=shown(value))


def integer(notebook: Notebook, value: Any) -> Any:
    """A whole number."""
    return value if type(value) is int else notebook.tell("expected_integer", value=shown(value))


def port(notebook: Notebook, value: Any) -> Any:
    """A port number."""
    if type(value) is not int:
        return notebook.tell("expected_integer", value=shown(value))
    return value if 0 <= value <= 65535 else notebook.tell("port_out_of_range", value=shown(value))


def choice(notebook: Notebook, value: Any, allowed: Iterable[str]) -> Any:
    """One of a few words."""
    words = tuple(allowed)
    if isinstance(value, str) and value in words:
        return value
    return notebook.tell("not_one_of", value=shown(value), allowed=", ".join(words))


def one_of(*allowed: str) -> Reader:
    """Reader of one of a few words."""
    return lambda notebook, value: choice(notebook, value, allowed)


def word_of(words: type[StrEnum]) -> Reader:
    """Reader of a member of an enumeration by its value."""

    def read(notebook: Notebook, value: Any) -> Any:
        found = choice(notebook, value, map(str, words))
        return INVALID if found is INVALID else words(found)

    return read


def list_of(reader: Reader, *, limit: int | None = None) -> Reader:
    """A list of no more than `limit` items, every item by `reader`; as a tuple."""

    def read(notebook: Notebook, value: Any) -> Any:
        if not isinstance(value, list):
            return notebook.tell("expected_list", value=shown(value))
        is_too_long = limit is not None and len(value) > limit
        if is_too_long:
            notebook.tell("too_many", count=len(value), limit=limit)
        found = []
        notebook.path.append(0)
        for number, item in enumerate(value):
            notebook.path[-1] = number
            found.append(reader(notebook, item))
        notebook.path.pop()
        # Not `INVALID in found`: that would ask every network whether it equals INVALID, at length.
        return INVALID if is_too_long or any(item is INVALID for item in found) else tuple(found)

    return read


def distinct(reader: Reader) -> Reader:
    """A list by `reader` in which nothing stands twice."""

    def read(notebook: Notebook, value: Any) -> Any:
        found = reader(notebook, value)
        known: set[str] = set()
        for number, item in enumerate(value if isinstance(value, list) else ()):
            if isinstance(item, str) and item in known:
                found = notebook.tell("listed_twice", number, id=shown(item))
            known.add(str(item))
        return found

    return read


def reference_to(section: str) -> Reader:
    """An id that must exist in a section of the design."""

    def read(notebook: Notebook, value: Any) -> Any:
        given = text(notebook, value)
        known = notebook.ids.get(section, {})
        if given is INVALID or given in known:
            return given
        similar = notebook.similar(given, known)
        if similar is None:
            return notebook.tell("unknown_id", id=shown(given), section=section)
        facts = {"id": shown(given), "section": section, "similar": shown(similar)}
        return notebook.tell("unknown_id_but_similar", **facts)

    return read


def mapping(notebook: Notebook, value: Any, known: Iterable[str]) -> dict[str, Any] | None:
    """The mapping, after noting the keys that nobody knows; None when it is none."""
    if not isinstance(value, dict):
        notebook.tell("expected_mapping", value=shown(value))
        return None
    for key in value:
        if key not in known:
            unknown_key(notebook, key, known)
    return value


def unknown_key(notebook: Notebook, key: str, known: Iterable[str]) -> None:
    """Note a key that nobody knows, with the one that was probably meant."""
    similar = notebook.similar(key, known)
    if similar is None:
        notebook.tell("unknown_key", key, name=shown(key))
    else:
        notebook.tell("unknown_key_but_similar", key, name=shown(key), similar=similar)


def missing(notebook: Notebook, given: Mapping[str, Any], *keys: str) -> bool:
    """Whether a required key is absent; each is noted."""
    absent = [key for key in keys if is_absent(given.get(key))]
    for key in absent:
        notebook.tell("missing_key", key, name=key)
    return bool(absent)
