"""Questions as content: seven types, each with the fields that it needs, and their words in a language.

`docs/course.md` tells the format. A question's answer is data, or follows from a walk or from prices.
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from vpclab.learning.texts import Content, Filled, Id


class Network(Content):
    """An example with choices on top, and what the walk of its request comes to."""

    start: str
    choices: Mapping[str, str] = {}
    shows: str


class Guess(StrEnum):
    """What a learner is asked to foresee of a request: what becomes of it, its way, what stops it."""

    OUTCOME = "outcome"
    WAY = "way"
    STOP = "stop"


class QuestionKind(StrEnum):
    """How a question is answered. What is to be predicted is answered by one choice; the walk decides."""

    ONE = "one"
    SEVERAL = "several"
    PREDICT = "predict"
    TRUTH = "true-or-false"
    ORDER = "order"
    MATCH = "match"
    NUMBER = "number"
    POINT = "point"


EXPECTED_SECONDS: Mapping[QuestionKind, int] = {
    QuestionKind.ONE: 25,
    QuestionKind.SEVERAL: 40,
    QuestionKind.PREDICT: 30,
    QuestionKind.TRUTH: 30,
    QuestionKind.ORDER: 45,
    QuestionKind.MATCH: 45,
    QuestionKind.NUMBER: 60,
    QuestionKind.POINT: 25,
}
"""How long somebody who knows the answer takes to read and answer, in seconds."""


def _as_list(data: object) -> object:
    """One id may stand without a list around it."""
    return (data,) if isinstance(data, str) else data


Answer = Annotated[tuple[Id, ...], BeforeValidator(_as_list)]
Choices = Annotated[tuple[Id, ...], Field(min_length=3, max_length=6)]


class _Question(Content):
    """What every question has. `misconception` is one of its chapter that it asks about."""

    id: Id
    section: Id
    facts: tuple[Id, ...] = Field(min_length=1)
    misconception: Id | None = None
    choices: Choices


class OneQuestion(_Question):
    """Exactly one choice is right."""

    kind: Literal[QuestionKind.ONE] = QuestionKind.ONE
    answer: Answer = Field(min_length=1, max_length=1)


class SeveralQuestion(_Question):
    """One or more choices are right."""

    kind: Literal[QuestionKind.SEVERAL] = QuestionKind.SEVERAL
    answer: Answer = Field(min_length=1)


class PredictQuestion(_Question):
    """What the walk of a network comes to; `choices` are guesses, and the walk says which is right."""

    kind: Literal[QuestionKind.PREDICT] = QuestionKind.PREDICT
    stage: Network
    guess: Literal[Guess.OUTCOME, Guess.WAY]


class TruthQuestion(_Question):
    """Whether a statement holds, and why: `choices` are reasons, of which one is the right one."""

    kind: Literal[QuestionKind.TRUTH] = QuestionKind.TRUTH
    holds: bool
    answer: Answer = Field(min_length=1, max_length=1)


class OrderQuestion(_Question):
    """In which order: `choices` stand in it, or are kinds of components that a walk puts in order."""

    kind: Literal[QuestionKind.ORDER] = QuestionKind.ORDER
    stage: Network | None = None


class MatchQuestion(_Question):
    """What belongs together: for each of `choices` one of `targets`; some targets may belong to none."""

    kind: Literal[QuestionKind.MATCH] = QuestionKind.MATCH
    targets: Choices
    pairs: Mapping[Id, Id]


Factor = Annotated[Decimal, Field(ge=0)] | Annotated[str, Field(pattern=r"^(price|fact):[a-z0-9._-]+$")]
"""A number, `price:REGION.FIGURE` or `fact:ID.VALUE`."""

Figure = Annotated[tuple[Annotated[tuple[Factor, ...], Field(min_length=1)], ...], Field(min_length=1)]
"""A sum of products: `[["price:ap-northeast-1.nat_gateway_hour", 730], ["price:…nat_gateway_gb", 100]]`."""


class NumberQuestion(_Question):
    """How much: `choices` are figures that people come to, the right one and those of known mistakes.

    `tolerance` is the share of the right figure that an answer may be away from it. `values`, the figures
    worked out, are filled in when the content is read.
    """

    kind: Literal[QuestionKind.NUMBER] = QuestionKind.NUMBER
    unit: Id
    figures: Mapping[Id, Figure]
    tolerance: Decimal = Field(ge=0, le=Decimal("0.2"))
    answer: Answer = Field(min_length=1, max_length=1)
    values: Mapping[str, Decimal] = {}


class PointQuestion(_Question):
    """Which component of a picture: `choices` are kinds; with `guess: stop` the walk says which one it is."""

    kind: Literal[QuestionKind.POINT] = QuestionKind.POINT
    stage: Network
    guess: Literal[Guess.STOP] | None = None
    answer: Answer = Field(default=(), max_length=1)


Question = Annotated[
    OneQuestion
    | SeveralQuestion
    | PredictQuestion
    | TruthQuestion
    | OrderQuestion
    | MatchQuestion
    | NumberQuestion
    | PointQuestion,
    Field(discriminator="kind"),
]
"""A question of any type."""


class QuestionText(Content):
    """The words of a question; `why` tells for each choice why it is right, or what is true instead."""

    ask: Filled
    choices: Mapping[str, Filled] = {}
    targets: Mapping[str, Filled] = {}
    why: Mapping[str, Filled]


def network_of(question: Question) -> Network | None:
    """The network that a question shows; None for one that shows none."""
    return getattr(question, "stage", None)


def is_computed(question: Question) -> bool:
    """Whether the engine makes the answer: a walk, or prices and figures of facts."""
    if isinstance(question, NumberQuestion):
        factors = [factor for product in question.figures[question.answer[0]] for factor in product]
        return any(isinstance(factor, str) for factor in factors)
    if isinstance(question, PointQuestion):
        return question.guess is not None
    return isinstance(question, PredictQuestion) or (
        isinstance(question, OrderQuestion) and question.stage is not None
    )


def own_choices(question: Question) -> tuple[str, ...]:
    """The choices whose words an author writes; guesses, components and figures have theirs already."""
    has_words = isinstance(question, OneQuestion | SeveralQuestion | TruthQuestion | MatchQuestion) or (
        isinstance(question, OrderQuestion) and question.stage is None
    )
    return question.choices if has_words else ()
