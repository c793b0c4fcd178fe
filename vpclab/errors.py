"""What can be wrong with input from outside, as values that name the place and the rule.

A blocked request is not an error but a Walk; these are for files and choices that cannot be read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

NO_FACTS: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong, where it is, and what was expected.

    `path` names keys and list positions from the top of the file, `code` the rule, `facts` the values that
    it is about. Rules for files of people from outside have sentences in
    `content/words/<language>/problems.yaml`; those for content are read by its authors, as they are.
    `line` counts from 1 and is None where the source has no lines.
    """

    path: tuple[str | int, ...]
    code: str
    facts: Mapping[str, object] = field(default_factory=lambda: NO_FACTS)
    line: int | None = None


def _line(problem: Problem) -> str:
    facts = ", ".join(f"{name}: {value}" for name, value in problem.facts.items())
    return f"{'/'.join(map(str, problem.path))}: {problem.code}{f' ({facts})' if facts else ''}"


class VpcLabError(Exception):
    """Input that cannot be used; carries every problem found at once."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(_line, problems)))
        self.problems = problems


class ContentError(VpcLabError):
    """Content (words, presets, rules, talks) of the product itself that does not hold together."""


class DesignError(VpcLabError):
    """A change that a design cannot take."""


class ExchangeError(VpcLabError):
    """Data from outside that cannot be read."""


class StoreError(VpcLabError):
    """What learners did cannot be kept or read now; the same can be tried again later."""
