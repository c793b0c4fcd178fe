"""Lines in YAML files: those of values, and those of an editor where libyaml counts more."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import Any

from vpclab.exchange.plain_data import Path

_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_ONLY_YAML_1_1 = re.compile("[\x85\u2028\u2029]")


class LineCounter:
    """Lines of events. libyaml follows YAML 1.1, for which three more characters end a line."""

    def __init__(self, text: str) -> None:
        self.surplus: list[int] = []
        if _ONLY_YAML_1_1.search(text) is not None:
            found = enumerate(_BREAK.finditer(text), start=1)
            self.surplus = [number for number, match in found if _ONLY_YAML_1_1.match(match.group())]

    def of(self, mark: Any) -> int:
        """The line of a mark, counted from 1."""
        number: int = mark.line
        return number + 1 - (bisect_right(self.surplus, number) if self.surplus else 0)


class YamlLines:
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
