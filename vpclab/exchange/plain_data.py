"""Bytes to plain data: mappings, lists, text, numbers, booleans and null, each with its place in the file.

First step of reading a file from outside. Whatever the bytes are, the outcome is a value: the data, and
what is wrong with it as problems. Hostile input (deep nests, alias bombs, endless files) costs no more
than the limits below allow.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any, Protocol

from vpclab.errors import Problem

Path = tuple[str | int, ...]

# A hub of 200 VPCs with 2,000 subnets and 200 endpoints takes two to four MB and 150,000 nodes.
# At these limits the worst file is still checked within two seconds and 300 MB.
MAX_BYTES = 5_000_000
MAX_NODES = 200_000
MAX_DEPTH = 64
MAX_DIGITS = 18
MAX_PROBLEMS = 1_000

# What neither YAML nor XML may carry: control characters but for tab and line ends, and half characters.
FORBIDDEN_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
REPLACEMENT = "\ufffd"
LINE_END = re.compile(r"\r\n|\r|\n")


class Locator(Protocol):
    """Finds lines in the file that some data came from."""

    def lines(self, paths: Iterable[Path]) -> Mapping[Path, int]:
        """The line of each path, or of the nearest thing around it that exists."""
        ...


class _NoLines:
    """Locator of data that came from nowhere with lines."""

    def lines(self, paths: Iterable[Path]) -> Mapping[Path, int]:
        return {}


NO_LINES = _NoLines()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainData:
    """What a file says. `value` is None when `readable` is False: then the problems tell why."""

    value: Any
    problems: tuple[Problem, ...] = ()
    readable: bool = True
    locator: Locator = NO_LINES


class Unreadable(Exception):
    """Inside this package only: the file cannot be read any further."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class ProblemList(list[Problem]):
    """Problems as they are found. Past MAX_PROBLEMS the file is given up: Unreadable."""

    def append(self, problem: Problem) -> None:
        if len(self) >= MAX_PROBLEMS:
            raise Unreadable(Problem(path=(), code="too_many_problems", facts={"limit": MAX_PROBLEMS}))
        super().append(problem)


def read_plain(data: bytes, name: str) -> PlainData:
    """Read a YAML or JSON file; `name` decides by its ending, else the content does.

    JSON is what is named `.json`, or starts with a bracket and parses as JSON.
    """
    # Imported here: a file needs one of the two, and neither module needs the other.
    from vpclab.exchange.json_data import read_json
    from vpclab.exchange.yaml_data import read_yaml

    problems = ProblemList()
    try:
        text = _decode(data)
        if PurePath(name).suffix.lower() == ".json":
            return read_json(text, problems)
        if text.lstrip().startswith(("{", "[")):
            try:
                return read_json(text, problems)
            except Unreadable as error:
                if error.problem.code != "not_json":
                    raise
        return read_yaml(text, problems)
    except Unreadable as error:
        return PlainData(value=None, problems=(*problems, error.problem), readable=False)


def _decode(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise Unreadable(Problem(path=(), code="file_too_large", facts={"limit": MAX_BYTES // 1_000_000}))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(Problem(path=(), code="not_utf8_but_utf16", line=1))
    body = data.removeprefix(BOM_UTF8)
    try:
        # A byte order mark is no character of the text; Windows editors write it.
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        line = line_at(body[: error.start].decode("utf-8"), error.start)
        facts = {"byte": len(data) - len(body) + error.start + 1}
        raise Unreadable(Problem(path=(), code="not_utf8", facts=facts, line=line)) from None
    found = FORBIDDEN_CHARACTERS.search(text)
    if found is not None:
        line = line_at(text, found.start())
        code: Mapping[str, object] = {"code": code_point(found)}
        raise Unreadable(Problem(path=(), code="control_character", facts=code, line=line))
    if not text.strip():
        raise Unreadable(Problem(path=(), code="empty_file"))
    return text


def line_at(text: str, position: int) -> int:
    """The line of a position. Lines end as editors see it; other separators of Unicode end none."""
    return sum(1 for _ in LINE_END.finditer(text, 0, position)) + 1


def code_point(found: re.Match[str]) -> str:
    """The character found, in the notation of Unicode: `U+001B`."""
    return f"U+{ord(found.group()):04X}"


def clean(text: str, path: Path, problems: list[Problem]) -> str:
    """The text without characters that nobody can show; a problem tells of the first of them."""
    found = FORBIDDEN_CHARACTERS.search(text)
    if found is None:
        return text
    problems.append(Problem(path=path, code="control_character_in_text", facts={"code": code_point(found)}))
    return FORBIDDEN_CHARACTERS.sub(REPLACEMENT, text)


def in_order(problems: Iterable[Problem], plain: PlainData) -> tuple[Problem, ...]:
    """The problems by their position in the file, each with its line."""
    known = tuple(problems)
    lines = plain.locator.lines({problem.path for problem in known if problem.line is None})
    order = _Order(plain.value)
    located = [replace(problem, line=problem.line or lines.get(problem.path)) for problem in known]
    return tuple(sorted(located, key=lambda problem: (problem.line or 0, order.of(problem.path))))


class _Order:
    """Positions of paths in the order of the file, for sorting."""

    def __init__(self, value: Any) -> None:
        self.value = value
        self.ranks: dict[int, dict[str, int]] = {}

    def of(self, path: Path) -> tuple[int, ...]:
        """One number per step; what is missing in its container (a key left out) comes before the rest."""
        position: list[int] = []
        here = self.value
        for step in path:
            if isinstance(here, dict) and isinstance(step, str):
                rank = self.ranks.setdefault(id(here), {}) or self._rank(here)
                if step not in rank:
                    return (*position, -1)
                position.append(rank[step])
                here = here[step]
            elif isinstance(here, list) and isinstance(step, int) and step < len(here):
                position.append(step)
                here = here[step]
            else:
                break
        return tuple(position)

    def _rank(self, mapping: dict[str, Any]) -> dict[str, int]:
        rank = self.ranks[id(mapping)]
        rank.update((key, number) for number, key in enumerate(mapping))
        return rank
