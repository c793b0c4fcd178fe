"""What reading a file comes to besides its questions: each problem with its line, within limits."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from vpclab.errors import Problem
from vpclab.exchange.plain_data import FORBIDDEN_CHARACTERS, MAX_BYTES

MOST_QUESTIONS = 2_000
MOST_PROBLEMS = 1_000
LONGEST_TEXT = 10_000
"""How many characters one text of a question may have."""

_SHOWN = 60
_OURS = ("known", "expected")
"""Facts that say what we take, and are not quoted from the file."""


@dataclass(slots=True)
class Report:
    """Problems as they are found. Past MOST_PROBLEMS it is `full`, and reading ends."""

    problems: list[Problem] = field(default_factory=list)

    def tell(self, line: int, code: str, **facts: object) -> None:
        """Add one problem. Long values are cut, since they are quoted from the file."""
        if len(self.problems) < MOST_PROBLEMS:
            shown = {
                name: short(value) if isinstance(value, str) and name not in _OURS else value
                for name, value in facts.items()
            }
            self.problems.append(Problem(path=(), code=code, facts=shown, line=line))
        elif not self.is_full:
            facts = {"limit": MOST_PROBLEMS}
            self.problems.append(Problem(path=(), code="too_many_problems", facts=facts, line=line))

    @property
    def is_full(self) -> bool:
        """Whether more was found than is told."""
        return len(self.problems) > MOST_PROBLEMS

    def in_order(self) -> tuple[Problem, ...]:
        """All problems in the order of their lines."""
        return tuple(sorted(self.problems, key=lambda problem: problem.line or 0))


class LeftOut(Exception):
    """Inside this package only: a question cannot be kept. The report says why."""


def short(text: str) -> str:
    """The start of a text."""
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def text_of(data: bytes, report: Report) -> str | None:
    """The text of a file, without a byte order mark; None where there is none to read."""
    if len(data) > MAX_BYTES:
        report.tell(1, "file_too_large", limit=MAX_BYTES)
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        report.tell(data.count(b"\n", 0, error.start) + 1, "not_utf8", byte=error.start + 1)
        return None


def without_control_characters(text: str, line: int, report: Report) -> str:
    """The text without characters that no format may carry; the first of them is told."""
    found = FORBIDDEN_CHARACTERS.search(text)
    if found is None:
        return text
    here = line + text.count("\n", 0, found.start())
    report.tell(here, "forbidden_character", character=f"U+{ord(found[0]):04X}")
    return FORBIDDEN_CHARACTERS.sub("", text)


def check_lengths(texts: Sequence[str], line: int, report: Report) -> None:
    """Leave out a question with a text that is longer than anybody reads."""
    longest = max(map(len, texts), default=0)
    if longest > LONGEST_TEXT:
        report.tell(line, "text_too_long", length=longest, limit=LONGEST_TEXT)
        raise LeftOut
