"""Whether the words of all languages belong together: each says the same keys with the same placeholders."""

import string
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from vpclab.errors import ContentError, Problem
from vpclab.learning.content_files import ContentFile, Place
from vpclab.words import Words, languages, load_words

_UNIT = "practice.unit."


def words_problems(folder: Path) -> Iterator[Problem]:
    """What is wrong with the words under a folder: unreadable files, keys and placeholders that differ."""
    known: list[Words] = []
    for language in languages(folder):
        try:
            known.append(load_words(language, folder))
        except ContentError as error:
            yield from error.problems
    keys = set().union(*(words.texts for words in known))
    for words in known:
        yield from _own_problems(words, keys)
    for other in known[1:]:
        yield from _differing(known[0], other)


def _own_problems(words: Words, keys: Collection[str]) -> Iterator[Problem]:
    for key in sorted(keys):
        if not words.has(key):
            yield Problem(path=(_file(words, key),), code="missing_key", facts={"name": key})
        elif _placeholders(words.texts[key]) is None:
            yield Problem(path=(_file(words, key),), code="broken_placeholder", facts={"name": key})


def _differing(first: Words, other: Words) -> Iterator[Problem]:
    for key in sorted(first.texts.keys() & other.texts.keys()):
        if _placeholders(first.texts[key]) != _placeholders(other.texts[key]):
            yield Problem(path=(_file(other, key),), code="placeholders_differ", facts={"name": key})


def topic_problems(folder: Path, topics: Mapping[str, str]) -> Iterator[Problem]:
    """The topics of the FAQ, by the name of their file, that a language has no name for."""
    for language in languages(folder):
        try:
            words = load_words(language, folder)
        except ContentError:  # told by `words_problems`
            continue
        for file, topic in topics.items():
            if not words.has(f"faq.topic.{topic}"):
                yield Problem(path=(file,), code="unknown_topic", facts={"name": topic})


def unit_problems(folder: Path, units: Iterable[tuple[ContentFile, Place, str]]) -> Iterator[Problem]:
    """The units of number questions, each with the place of its question, that a language has no name for."""
    for language in languages(folder):
        try:
            words = load_words(language, folder)
        except ContentError:  # told by `words_problems`
            continue
        known = [key.removeprefix(_UNIT) for key in words.texts if key.startswith(_UNIT)]
        for file, place, unit in units:
            if unit not in known:
                yield file.problem((*place, "unit"), "unknown_unit", name=unit, known=", ".join(known))


def _file(words: Words, key: str) -> str:
    return f"words/{words.language}/{key.partition('.')[0]}.yaml"


def _placeholders(text: str) -> set[str] | None:
    """The names in braces; None where a brace is not closed or a name is none."""
    try:
        names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return None
    return names if all(name.isidentifier() for name in names) else None
