"""JSON to plain data, by the standard parser, with what that would drop: equal keys, and lines."""

import json
import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

from vpclab.errors import Problem
from vpclab.exchange.plain_data import (
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_NODES,
    Path,
    PlainData,
    Unreadable,
    clean,
    line_at,
)


class _Pairs(list[tuple[str, Any]]):
    """An object's members as written, equal keys included."""


class _Refused:
    """A number that is none: too long, or not finite."""

    def __init__(self, code: str, text: str) -> None:
        self.code = code
        self.text = text


def read_json(text: str, problems: list[Problem]) -> PlainData:
    """Read a JSON document, adding to `problems`. Raises Unreadable where nothing useful can be read."""
    # The standard parser builds everything before anyone can count; commas tell enough beforehand.
    if text.count(",") > 2 * MAX_NODES:
        raise Unreadable(Problem(path=(), code="too_many_values", facts={"limit": MAX_NODES}))
    try:
        pairs = json.loads(
            text, object_pairs_hook=_Pairs, parse_int=_integer, parse_float=_float, parse_constant=_constant
        )
    except RecursionError:
        raise Unreadable(Problem(path=(), code="nested_too_deep", facts={"limit": MAX_DEPTH})) from None
    except json.JSONDecodeError as error:
        # Not `lineno` and `colno` of the error: these know of no line that ends with a carriage return.
        column = error.pos - max(text.rfind("\n", 0, error.pos), text.rfind("\r", 0, error.pos))
        facts = {"detail": error.msg, "column": column}
        line = line_at(text, error.pos)
        raise Unreadable(Problem(path=(), code="not_json", facts=facts, line=line)) from None
    value = _Converter(problems).value(pairs, 0)
    return PlainData(value=value, problems=tuple(problems), locator=_JsonLines(text))


def _integer(text: str) -> Any:
    return int(text) if len(text) <= MAX_DIGITS else _Refused("number_too_long", text[:40])


def _float(text: str) -> Any:
    number = float(text)
    return number if math.isfinite(number) else _Refused("number_not_finite", text[:40])


def _constant(text: str) -> Any:
    return _Refused("number_not_finite", text)


class _Converter:
    """Members to mappings, with a problem for each thing that plain data cannot hold."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.path: list[str | int] = []
        self.nodes = 0

    def value(self, given: Any, depth: int) -> Any:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            facts = {"limit": MAX_NODES}
            raise Unreadable(Problem(path=tuple(self.path), code="too_many_values", facts=facts))
        if depth > MAX_DEPTH:
            raise Unreadable(Problem(path=(), code="nested_too_deep", facts={"limit": MAX_DEPTH}))
        if isinstance(given, str):
            return self.text(given)
        if isinstance(given, _Pairs):
            return self.mapping(given, depth)
        if isinstance(given, list):
            return self.sequence(given, depth)
        if isinstance(given, _Refused):
            self.tell(given.code, value=given.text)
            return None
        return given

    def text(self, given: str) -> str:
        return given if given.isprintable() else clean(given, tuple(self.path), self.problems)

    def sequence(self, given: list[Any], depth: int) -> list[Any]:
        self.path.append(0)
        for number, item in enumerate(given):
            self.path[-1] = number
            given[number] = self.value(item, depth + 1)
        self.path.pop()
        return given

    def mapping(self, given: _Pairs, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for raw, item in given:
            key = self.text(raw)
            self.nodes += 1
            self.path.append(key)
            if key in found:
                self.tell("duplicate_key_in_json", name=key[:60])
                self.value(item, depth + 1)
            else:
                found[key] = self.value(item, depth + 1)
            self.path.pop()
        return found

    def tell(self, code: str, **facts: object) -> None:
        self.problems.append(Problem(path=tuple(self.path), code=code, facts=facts))


_TOKEN = re.compile(r'\r\n|\r|\n|"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\],:]|[^\s{}\[\],:"]++')


class _JsonLines:
    """Lines of paths, found by one pass over the text when somebody asks: a sound file never does."""

    def __init__(self, text: str) -> None:
        self.text = text

    def lines(self, paths: Iterable[Path]) -> Mapping[Path, int]:
        wanted = set(paths)
        around = {path[:length] for path in wanted for length in range(len(path) + 1)}
        found = _lines_of(self.text, around)
        return {path: _nearest(path, found) for path in wanted}


def _nearest(path: Path, found: Mapping[Path, int]) -> int:
    return next((found[path[:length]] for length in range(len(path), -1, -1) if path[:length] in found), 1)


def _lines_of(text: str, wanted: set[Path]) -> dict[Path, int]:
    """The line on which each wanted path starts: at its key, or at the item itself."""
    found: dict[Path, int] = {(): 1}
    path: list[str | int] = []
    is_key = False
    line = 1
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token in ("\n", "\r\n", "\r"):
            line += 1
        elif token in "}]":
            path.pop()
            is_key = False
        elif token == ",":
            last = path[-1]
            is_key = isinstance(last, str)
            if not isinstance(last, str):
                path[-1] = last + 1
        elif token != ":":
            if is_key:
                path[-1] = str(json.loads(token))
            if is_key or (path and not isinstance(path[-1], str)):
                _note(found, path, wanted, line)
            is_key = token == "{"
            if token in "{[":
                path.append(0 if token == "[" else "")
    return found


def _note(found: dict[Path, int], path: list[str | int], wanted: set[Path], line: int) -> None:
    key = tuple(path)
    # A path that occurs twice is an equal key: the problem lies with the second.
    if key in wanted:
        found[key] = line
