"""YAML to plain data, by the events of libyaml and the scalars of YAML 1.2.

PyYAML's own constructor would read `no`, dates and `10:30` as something else than text, keep the last of
two equal keys, and expand any alias; see https://yaml.org/spec/1.2.2/#103-core-schema for what is read here.
"""

import math
import re
from typing import Any, NamedTuple

import yaml
from yaml import events

from vpclab.errors import Problem
from vpclab.exchange.plain_data import MAX_DEPTH, MAX_DIGITS, MAX_NODES, PlainData, Unreadable, clean, line_at
from vpclab.exchange.yaml_lines import LineCounter, YamlLines

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
# What YAML 1.1 reads as a truth value or as a number of base 60: https://yaml.org/type/bool.html, int.html.
_AMBIGUOUS = re.compile(r"(?i:y|n|yes|no|on|off)|[-+]?[0-9]+(?::[0-5]?[0-9])+(?:\.[0-9]*)?")
_NUMBER_STARTS = frozenset("0123456789+-.")
_SKIP = object()
# What may stand in front of a directive: the end of the document before, comments and empty lines.
_BREAKS = "\r\n\x85\u2028\u2029"
_DIRECTIVE = re.compile(
    # Possessive throughout: a file of nothing but comments is gone through once, and nothing is kept.
    f"(?:\ufeff*+(?:\\.\\.\\.)?+[ \t]*+(?:#[^{_BREAKS}]*+)?+[{_BREAKS}])*+\ufeff*+%"
)


def read_yaml(text: str, problems: list[Problem], *, refuse_ambiguous: bool = False) -> PlainData:
    """Read one YAML document, adding to `problems`. Raises Unreadable where nothing useful can be read.

    `refuse_ambiguous` tells of each unquoted text that readers of YAML 1.1 take for a truth value or a time.
    """
    composer = _Composer(text, problems, refuse_ambiguous=refuse_ambiguous)
    try:
        value = composer.document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        detail = " ".join(part for part in (error.context, error.problem) if part)
        line = None if mark is None else composer.lines.of(mark)
        raise Unreadable(Problem(path=(), code="not_yaml", facts={"detail": detail}, line=line)) from None
    except yaml.YAMLError as error:
        raise Unreadable(Problem(path=(), code="not_yaml", facts={"detail": str(error)[:200]})) from None
    return PlainData(value=value, problems=tuple(problems), locator=YamlLines(value, composer.entry_lines))


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


class _Anchored(NamedTuple):
    """What an anchor marks: the value, its nodes when written out, the levels below, a scalar as written."""

    value: Any
    size: int
    height: int
    written: str | None


class _Composer:
    """Builds the data from events; `entry_lines` holds a line per entry of each container, by its id()."""

    def __init__(self, text: str, problems: list[Problem], *, refuse_ambiguous: bool) -> None:
        self.text = text
        self.refuse_ambiguous = refuse_ambiguous
        self.lines = LineCounter(text)
        self.parser = _Parser(text)
        self.problems = problems
        self.entry_lines: dict[int, list[int]] = {}
        self.path: list[str | int] = []
        self.nodes = 0
        self.deepest = 0
        self.anchors: dict[str, _Anchored | None] = {}  # None while it is still being read

    def document(self) -> Any:
        self.refuse_directives(0)
        self.parser.get_event()  # start of the stream
        event = self.parser.get_event()
        if isinstance(event, events.StreamEndEvent):
            raise Unreadable(Problem(path=(), code="empty_file"))
        value = self.node(self.parser.get_event(), 0)
        self.refuse_directives(self.parser.get_event().end_mark.index)  # end of the document
        event = self.parser.get_event()
        if not isinstance(event, events.StreamEndEvent):
            line = self.lines.of(event.start_mark)
            raise Unreadable(Problem(path=(), code="several_documents", line=line))
        return value

    def refuse_directives(self, start: int) -> None:
        """Directives mean nothing to us, and libyaml takes quadratic time for many: it must not see them."""
        found = _DIRECTIVE.match(self.text, start)
        if found is not None:
            line = line_at(self.text, found.end())
            raise Unreadable(Problem(path=(), code="yaml_directive", line=line))

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
        written = event.value if kind is events.ScalarEvent else None
        self.anchors[event.anchor] = _Anchored(value, self.nodes - before, self.deepest - depth, written)
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
        if self.nodes <= MAX_NODES and depth <= MAX_DEPTH:
            return
        line = self.lines.of(event.start_mark)
        if self.nodes > MAX_NODES:
            facts = {"limit": MAX_NODES}
            raise Unreadable(Problem(path=tuple(self.path), code="too_many_values", facts=facts, line=line))
        raise Unreadable(Problem(path=(), code="nested_too_deep", facts={"limit": MAX_DEPTH}, line=line))

    def alias(self, event: Any, depth: int) -> Any:
        known = self.anchored(event)
        if known is None:
            return None
        self.count(known.size, depth + known.height, event)
        return known.value

    def anchored(self, event: Any) -> _Anchored | None:
        """What an alias stands for."""
        name = event.anchor
        known = self.anchors.get(name)
        if known is None:
            self.tell("alias_of_itself" if name in self.anchors else "alias_unknown", event, name=name[:60])
        return known

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
            if self.refuse_ambiguous and _AMBIGUOUS.fullmatch(text) is not None:
                self.tell("ambiguous_text", event, value=text)
        return self.shown(text)

    def shown(self, text: str) -> str:
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
            lines.append(self.lines.of(event.start_mark))
            found.append(self.node(event, depth + 1))
        self.path.pop()
        self.entry_lines[id(found)] = lines
        return found

    def mapping(self, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        lines: list[int] = []
        first_lines: dict[str, int] | None = None  # needed once a key is given twice
        self.path.append("")
        while True:
            event = self.parser.get_event()
            if type(event) is events.MappingEndEvent:
                break
            key = self.key(event, depth)
            if isinstance(key, str):
                self.path[-1] = key
                if key in found:
                    first_lines = first_lines or dict(zip(found, lines, strict=True))
                    self.tell("duplicate_key", event, name=key[:60], first_line=first_lines[key])
                    key = _SKIP
            value = self.node(self.parser.get_event(), depth + 1)
            if isinstance(key, str):
                found[key] = value
                lines.append(self.lines.of(event.start_mark))
                if first_lines is not None:
                    first_lines[key] = lines[-1]
        self.path.pop()
        self.entry_lines[id(found)] = lines
        return found

    def key(self, event: Any, depth: int) -> Any:
        """The key that starts with this event, as written: `Null`, `1` and dates are names here, not values.

        _SKIP where it cannot be one.
        """
        self.path[-1] = "?"
        kind = type(event)
        if kind is events.AliasEvent:
            self.count(1, depth + 1, event)
            known = self.anchored(event)
            if known is None:
                return _SKIP
            return self.refuse("key_not_text", event) if known.written is None else self.shown(known.written)
        if kind is not events.ScalarEvent:
            self.node(event, depth + 1)
            return self.refuse("key_not_text", event)
        if event.value == "<<" and event.implicit[0] and event.style in (None, ""):
            return self.refuse("merge_key", event)
        if event.tag is None and event.anchor is None:
            self.count(1, depth + 1, event)
        else:
            self.node(event, depth + 1)
        return event.value if event.value.isprintable() else self.shown(event.value)

    def refuse(self, code: str, event: Any, **facts: object) -> Any:
        self.path.pop()
        self.tell(code, event, **facts)
        self.path.append("?")
        return _SKIP

    def tell(self, code: str, event: Any, **facts: object) -> None:
        line = self.lines.of(event.start_mark)
        self.problems.append(Problem(path=tuple(self.path), code=code, facts=facts, line=line))
