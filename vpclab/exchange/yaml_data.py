"""YAML to plain data, by the events of libyaml and the scalars of YAML 1.2.

PyYAML's own constructor would read `no`, dates and `10:30` as something else than text, keep the last of
two equal keys, and expand any alias; see https://yaml.org/spec/1.2.2/#103-core-schema for what is read here.
"""

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

import yaml
from yaml import events

from vpclab.errors import Problem
from vpclab.exchange.plain_data import MAX_DEPTH, MAX_DIGITS, MAX_NODES, Path, PlainData, Unreadable, clean

_Parser: Any
try:
    from yaml import cyaml

    _Parser = cyaml.CSafeLoader
except ImportError:  # PyYAML built without libyaml: slower, and the same events
    _Parser = yaml.SafeLoader

_NULL = {"", "~", "null", "Null", "NULL"}
_BOOLEAN = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NUMBER = re.compile(
    r"(?P<integer>[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)"
    r"|(?P<float>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)"
    r"|(?P<none>[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))"
)
_NUMBER_STARTS = frozenset("0123456789+-.")
_SKIP = object()


def read_yaml(text: str, problems: list[Problem]) -> PlainData:
    """Read one YAML document, adding to `problems`. Raises Unreadable where nothing useful can be read."""
    composer = _Composer(text, problems)
    try:
        value = composer.document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        detail = " ".join(part for part in (error.context, error.problem) if part)
        line = None if mark is None else mark.line + 1
        raise Unreadable(Problem(path=(), code="not_yaml", facts={"detail": detail}, line=line)) from None
    except yaml.YAMLError as error:
        raise Unreadable(Problem(path=(), code="not_yaml", facts={"detail": str(error)[:200]})) from None
    return PlainData(value=value, problems=tuple(problems), locator=_YamlLines(value, composer.entry_lines))


def scalar(text: str) -> Any:
    """What an unquoted scalar means; a number too long to be one comes back as the exception ValueError."""
    if text in _NULL:
        return None
    if text in _BOOLEAN:
        return _BOOLEAN[text]
    if text[0] not in _NUMBER_STARTS:
        return text
    match = _NUMBER.fullmatch(text)
    if match is None:
        return text
    if match.lastgroup == "integer":
        if len(text) > MAX_DIGITS:
            raise ValueError("number_too_long")
        return int(text, 0) if text[:2] in ("0o", "0x") else int(text)
    number = float(text) if match.lastgroup == "float" else math.nan
    if not math.isfinite(number):
        raise ValueError("number_not_finite")
    return number


class _Composer:
    """Builds the data from events; `entry_lines` holds a line per entry of each container, by its id()."""

    def __init__(self, text: str, problems: list[Problem]) -> None:
        self.parser = _Parser(text)
        self.problems = problems
        self.entry_lines: dict[int, list[int]] = {}
        self.path: list[str | int] = []
        self.nodes = 0
        self.deepest = 0
        # Anchor -> value, nodes when written out, levels below; None while it is still being read.
        self.anchors: dict[str, tuple[Any, int, int] | None] = {}

    def document(self) -> Any:
        self.parser.get_event()  # start of the stream
        event = self.parser.get_event()
        if isinstance(event, events.StreamEndEvent):
            raise Unreadable(Problem(path=(), code="empty_file"))
        value = self.node(self.parser.get_event(), 0)
        self.parser.get_event()  # end of the document
        event = self.parser.get_event()
        if not isinstance(event, events.StreamEndEvent):
            line = event.start_mark.line + 1
            raise Unreadable(Problem(path=(), code="several_documents", line=line))
        return value

    def node(self, event: Any, depth: int) -> Any:
        """The value that starts with this event. Recursion ends at MAX_DEPTH."""
        self.count(1, depth, event)
        kind = type(event)
        if kind is events.AliasEvent:
            return self.alias(event, depth)
        if event.tag is not None:
            self.tell("yaml_tag", event, tag=event.tag[:60])
        if event.anchor is None:
            return self.content(event, kind, depth)
        before, deepest = self.nodes, self.deepest
        self.anchors[event.anchor] = None
        self.deepest = depth
        value = self.content(event, kind, depth)
        self.anchors[event.anchor] = (value, self.nodes - before, self.deepest - depth)
        self.deepest = max(deepest, self.deepest)
        return value

    def content(self, event: Any, kind: type, depth: int) -> Any:
        if kind is events.ScalarEvent:
            return self.scalar(event)
        if kind is events.SequenceStartEvent:
            return self.sequence(depth)
        return self.mapping(depth)

    def count(self, nodes: int, depth: int, event: Any) -> None:
        self.nodes += nodes
        self.deepest = max(self.deepest, depth)
        line = event.start_mark.line + 1
        if self.nodes > MAX_NODES:
            facts = {"limit": MAX_NODES}
            raise Unreadable(Problem(path=tuple(self.path), code="too_many_values", facts=facts, line=line))
        if depth > MAX_DEPTH:
            raise Unreadable(Problem(path=(), code="nested_too_deep", facts={"limit": MAX_DEPTH}, line=line))

    def alias(self, event: Any, depth: int) -> Any:
        name = event.anchor
        if name not in self.anchors:
            self.tell("alias_unknown", event, name=name[:60])
            return None
        known = self.anchors[name]
        if known is None:
            self.tell("alias_of_itself", event, name=name[:60])
            return None
        value, size, height = known
        self.count(size, depth + height, event)
        return value

    def scalar(self, event: Any) -> Any:
        text: str = event.value
        if event.implicit[0] and event.style in (None, ""):
            try:
                value = scalar(text)
            except ValueError as error:
                self.tell(str(error), event, value=text[:40])
                return None
            if not isinstance(value, str):
                return value
        return clean(text, tuple(self.path), self.problems) if not text.isprintable() else text

    def sequence(self, depth: int) -> list[Any]:
        found: list[Any] = []
        lines: list[int] = []
        self.path.append(0)
        while True:
            event = self.parser.get_event()
            if type(event) is events.SequenceEndEvent:
                break
            self.path[-1] = len(found)
            lines.append(event.start_mark.line + 1)
            found.append(self.node(event, depth + 1))
        self.path.pop()
        self.entry_lines[id(found)] = lines
        return found

    def mapping(self, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        lines: list[int] = []
        self.path.append("")
        while True:
            event = self.parser.get_event()
            if type(event) is events.MappingEndEvent:
                break
            key = self.key(event, depth)
            if isinstance(key, str):
                self.path[-1] = key
                if key in found:
                    first = lines[list(found).index(key)]
                    self.tell("duplicate_key", event, name=key[:60], first_line=first)
                    key = _SKIP
            value = self.node(self.parser.get_event(), depth + 1)
            if isinstance(key, str):
                found[key] = value
                lines.append(event.start_mark.line + 1)
        self.path.pop()
        self.entry_lines[id(found)] = lines
        return found

    def key(self, event: Any, depth: int) -> Any:
        """The key that starts with this event, or _SKIP where it cannot be one."""
        self.path[-1] = "?"
        kind = type(event)
        if kind is not events.ScalarEvent:
            self.node(event, depth + 1)
            return self.refuse("key_not_text", event, name="*" if kind is events.AliasEvent else "[…]")
        plain = event.implicit[0] and event.style in (None, "")
        if plain and event.value == "<<":
            return self.refuse("merge_key", event)
        key = self.node(event, depth + 1)
        if not isinstance(key, str):
            return self.refuse("key_not_text", event, name=event.value[:60])
        return key

    def refuse(self, code: str, event: Any, **facts: object) -> Any:
        self.path.pop()
        self.tell(code, event, **facts)
        self.path.append("?")
        return _SKIP

    def tell(self, code: str, event: Any, **facts: object) -> None:
        line = event.start_mark.line + 1
        self.problems.append(Problem(path=tuple(self.path), code=code, facts=facts, line=line))


class _YamlLines:
    """Lines of the values that a composer built."""

    def __init__(self, value: Any, entry_lines: dict[int, list[int]]) -> None:
        self.value = value
        self.entry_lines = entry_lines
        self.by_key: dict[int, dict[str, int]] = {}

    def lines(self, paths: Iterable[Path]) -> Mapping[Path, int]:
        return {path: self.line(path) for path in paths}

    def line(self, path: Path) -> int:
        line, here = 1, self.value
        for step in path:
            lines = self.entry_lines.get(id(here))
            if lines is None:
                break
            if isinstance(here, dict) and step in here:
                known = self.by_key.get(id(here))
                if known is None:
                    known = self.by_key[id(here)] = dict(zip(here, lines, strict=True))
                line = known[str(step)]
            elif isinstance(here, list) and isinstance(step, int) and step < len(here):
                line = lines[step]
            else:
                break
            here = here[step]
        return line
