"""The neutral record: a question in one language, in plain words, with all that other programs can hold.

What an Item says does not depend on any format; the writers beside this file say as much of it as theirs can.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from random import Random

from vpclab.exchange.plain_data import FORBIDDEN_CHARACTERS
from vpclab.learning.questions import Guess, Network, QuestionKind
from vpclab.words import Words

FULL, HALF, NONE = Fraction(1), Fraction(1, 2), Fraction(0)
NO_NUMBER = Decimal(0)

READABLE = (
    QuestionKind.ONE,
    QuestionKind.SEVERAL,
    QuestionKind.TRUTH,
    QuestionKind.MATCH,
    QuestionKind.NUMBER,
    QuestionKind.ORDER,
)
"""The types that other programs can hold whole; the others need a network that can be walked."""

_LINE_ENDS = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemChoice:
    """One choice. `credit` is the share of the question's points that it brings or takes.

    `target` is the id of what it belongs to (match), `figure` what it stands for (number).
    """

    id: str
    text: str
    why: str = ""
    is_right: bool = False
    credit: Fraction = NONE
    target: str = ""
    figure: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What choices are matched with."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A question in one language.

    `id` is `chapter/question`. Choices to be put in order stand in the right order. `picture` describes the
    network in lines, `verdict` says what becomes of its request; both are empty for a question without one.
    Empty texts, `section` and `facts` are those that a file from outside did not tell.
    """

    id: str
    kind: QuestionKind
    language: str
    prompt: str
    choices: tuple[ItemChoice, ...]
    targets: tuple[Target, ...] = ()
    holds: bool | None = None
    unit: str = ""
    tolerance: Decimal = NO_NUMBER
    section: str = ""
    facts: tuple[str, ...] = ()
    misconception: str = ""
    network: Network | None = None
    guess: Guess | None = None
    picture: tuple[str, ...] = ()
    verdict: str = ""

    @property
    def chapter(self) -> str:
        """The chapter that teaches it."""
        return self.id.partition("/")[0]

    @property
    def name(self) -> str:
        """Its id inside the chapter."""
        return self.id.partition("/")[2]

    @property
    def right(self) -> tuple[ItemChoice, ...]:
        """The right choices; in an order or a match, all of them."""
        return tuple(choice for choice in self.choices if choice.is_right)


def credited(kind: QuestionKind, choices: Sequence[ItemChoice]) -> tuple[ItemChoice, ...]:
    """The choices with the credit that grading gives them (`vpclab/learning/quiz.py`)."""
    count = sum(choice.is_right for choice in choices)

    def worth(choice: ItemChoice) -> Fraction:
        if kind is QuestionKind.SEVERAL and count:
            return Fraction(1 if choice.is_right else -1, count)
        if kind in (QuestionKind.MATCH, QuestionKind.ORDER):
            return Fraction(1, len(choices))
        return FULL if choice.is_right else NONE

    return tuple(replace(choice, credit=worth(choice)) for choice in choices)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What can be answered to a statement: that it holds or not, for one of the reasons."""

    holds: bool
    reason: ItemChoice
    credit: Fraction


def verdicts(item: Item) -> tuple[Verdict, ...]:
    """Every answer to a statement; half of the points are for the statement, as everywhere."""
    return tuple(
        Verdict(holds=holds, reason=reason, credit=_worth(holds is item.holds, reason))
        for holds in (True, False)
        for reason in item.choices
    )


def _worth(is_right_side: bool, reason: ItemChoice) -> Fraction:
    if not is_right_side:
        return NONE
    return FULL if reason.is_right else HALF


def verdict_words(holds: bool, reason: str, t: Words) -> str:
    """A statement's answer with its reason, as one choice."""
    return t(f"bank.truth.{'yes' if holds else 'no'}", reason=reason)


def verdict_why(item: Item, verdict: Verdict, t: Words) -> str:
    """The feedback for a verdict; a wrong one is told so before anything is said of its reason.

    The right reason for a wrong verdict is none, and what is said of it would praise the answer.
    """
    if verdict.holds is item.holds:
        return verdict.reason.why
    said = t(f"bank.truth.{'holds' if item.holds else 'fails'}")
    return said if verdict.reason.is_right else f"{said} {verdict.reason.why}".strip()


def hint(item: Item, t: Words) -> str:
    """What other programs do not say by themselves about how to answer; empty where there is nothing."""
    if item.kind is QuestionKind.NUMBER:
        return t("bank.hint.number", unit=unit_words(item.unit, t))
    key = f"bank.hint.{item.kind}"
    return t(key) if t.has(key) else ""


def network_lines(item: Item, t: Words) -> tuple[str, ...]:
    """The network of the question under its heading; nothing for a question without one."""
    return (t("bank.network"), *(f"- {line}" for line in item.picture)) if item.picture else ()


def mixed(item: Item) -> tuple[ItemChoice, ...]:
    """The choices in an order that gives nothing away, always the same, for what cannot shuffle."""
    if item.kind is QuestionKind.NUMBER or item.guess is not None:
        return item.choices
    choices = list(item.choices)
    Random(item.id).shuffle(choices)  # noqa: S311 - an order to read in, no secret
    if item.kind is QuestionKind.ORDER and tuple(choices) == item.choices:
        return (*choices[1:], choices[0])
    return tuple(choices)


def neat(text: str) -> str:
    """A text as every format can hold it: one kind of line end, no control characters, nothing around it."""
    return FORBIDDEN_CHARACTERS.sub("", _LINE_ENDS.sub("\n", text)).strip()


def plain_number(number: Decimal) -> str:
    """A number without exponent and without zeros at its end."""
    return f"{number.normalize():f}"


def figure_words(figure: Decimal, unit: str, t: Words) -> str:
    """A figure with its unit; a unit that is not known stays as it is."""
    return f"{plain_number(figure)} {unit_words(unit, t)}".strip()


def unit_words(unit: str, t: Words) -> str:
    """What a unit is called."""
    key = f"practice.unit.{unit}"
    return t(key) if t.has(key) else unit
