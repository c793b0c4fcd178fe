"""Problems and other text from files as lines for people: where, and what, safe to print on a terminal."""

import unicodedata
from collections.abc import Callable

from vpclab.errors import Problem
from vpclab.exchange.plain_data import Path

_LONGEST_KEY = 60


def printable(text: str) -> str:
    """The text with everything that would steer a terminal written out, so that nothing hides."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(character if _is_harmless(character) else _written_out(character) for character in text)


def _is_harmless(character: str) -> bool:
    # Not only control characters: invisible ones can turn the direction of a line round.
    return character.isprintable() or unicodedata.category(character) == "Zs"


def _written_out(character: str) -> str:
    number = ord(character)
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"


def bracketed(path: Path) -> str:
    """A path for people: `cases[3].design.subnets[0].CidrBlock`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{_short(step)}" for step in path)
    return printable(text.removeprefix("."))


def dotted(path: Path) -> str:
    """A path for programs: `design.subnets.0.CidrBlock`."""
    return ".".join(str(step) if isinstance(step, int) else _short(step) for step in path)


def sentence(problem: Problem, t: Callable[..., str]) -> str:
    """What is wrong, in the language of `t`."""
    return t(f"problems.{problem.code}", **problem.facts)


def line_of(problem: Problem, file: str, t: Callable[..., str]) -> str:
    """One line that says where and what: `net.yaml:12: design.vpcs[0].CidrBlock: ...`."""
    place = file if problem.line is None else f"{file}:{problem.line}"
    parts = [place, bracketed(problem.path), sentence(problem, t)]
    return printable(": ".join(part for part in parts if part))


def _short(key: str) -> str:
    return key if len(key) <= _LONGEST_KEY else key[: _LONGEST_KEY - 1] + "…"
