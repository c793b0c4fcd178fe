"""The sentences people read, in one language: `content/words/<language>/*.yaml` by dotted key.

The model speaks in codes and facts; this file turns a code and its facts into a sentence. A key is the
file's stem followed by the nested mapping keys: `interface.yaml` holds `interface.navigation.home`.
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

import yaml

from vpclab.errors import ContentError, Problem

WORDS_FOLDER = Path(__file__).resolve().parent.parent / "content" / "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The texts of one language; call it with a key to get the sentence."""

    language: str
    texts: Mapping[str, str]

    def __call__(self, key: str, /, **facts: object) -> str:
        """Return the sentence under `key` with its {placeholders} filled from `facts`.

        An unknown key and a placeholder without a fact both raise KeyError: a missing sentence is a
        mistake in the content, and tests look for it in every language.
        """
        return self.texts[key].format_map(facts)

    def has(self, key: str) -> bool:
        """Say whether this language has a sentence under `key`."""
        return key in self.texts


class Speaker(Protocol):
    """Whatever says sentences by key; `Words` does."""

    def __call__(self, key: str, /, **facts: object) -> str:
        """Return the sentence under `key`."""
        ...

    def has(self, key: str) -> bool:
        """Say whether there is a sentence under `key`."""
        ...


def service_words(service: str, t: Speaker) -> str:
    """Return the name people know a service by; its short name where the words have none."""
    key = f"services.{service.replace('.', '_')}"
    return t(key) if t.has(key) else service


@lru_cache
def languages(folder: Path = WORDS_FOLDER) -> tuple[str, ...]:
    """Return the languages that have words, sorted: one folder each."""
    folders = (entry.name for entry in folder.iterdir() if entry.is_dir())
    return tuple(sorted(name for name in folders if name.isalpha()))


@lru_cache
def load_words(language: str, folder: Path = WORDS_FOLDER) -> Words:
    """Read all words of `language` once per process.

    Raises ContentError that lists every value that is not a text.
    """
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for file in sorted((folder / language).glob("*.yaml")):
        name = f"words/{language}/{file.name}"
        try:
            content = yaml.load(file.read_text(encoding="utf-8"), Loader=SingleKeyLoader)  # noqa: S506 - a SafeLoader
        except ContentError as error:
            problems += [replace(problem, path=(name, *problem.path)) for problem in error.problems]
            continue
        except (OSError, UnicodeDecodeError, RecursionError, yaml.YAMLError) as error:
            problems.append(_unreadable(name, error))
            continue
        for path, value in _leaves((file.stem,), content):
            if isinstance(value, str):
                texts[".".join(path)] = value
            else:
                facts = {"value": str(value)}
                problems.append(Problem(path=(name, *path[1:]), code="expected_text", facts=facts))
    if problems:
        raise ContentError(tuple(problems))
    return Words(language=language, texts=MappingProxyType(texts))


def _unreadable(name: str, error: Exception) -> Problem:
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    detail = error.problem if isinstance(error, yaml.MarkedYAMLError) else None
    line = None if mark is None else mark.line + 1
    facts = {"detail": detail or type(error).__name__}
    return Problem(path=(name,), code="not_yaml", facts=facts, line=line)


class SingleKeyLoader(yaml.SafeLoader):
    """SafeLoader that refuses a key written twice, where YAML would silently keep the last one."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:
        """Build a mapping; raise ContentError with the line of each repeated key."""
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        repeated = [
            Problem(
                path=(str(key),),
                code="duplicate_key",
                facts={"name": str(key), "first_line": node.value[keys.index(key)][0].start_mark.line + 1},
                line=key_node.start_mark.line + 1,
            )
            for position, (key, (key_node, _)) in enumerate(zip(keys, node.value, strict=True))
            if key in keys[:position]
        ]
        if repeated:
            raise ContentError(tuple(repeated))
        return super().construct_mapping(node, deep)


def _leaves(path: tuple[str, ...], value: object) -> Iterator[tuple[tuple[str, ...], object]]:
    """Yield each value that is not a mapping, with the keys that lead to it."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves((*path, str(key)), inner)
    else:
        yield path, value
