"""Grading: a question and what was answered, to a Grade.

An answer is a tuple of texts, whatever the question's type: the choices made (one, several, predict, point),
`true` or `false` and the reason (true-or-false), the choices in order (order), `choice=target` for each pair
(match), the number as it was typed (number).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from random import Random
from typing import Any

from vpclab.learning.fates import outcome_of, walked
from vpclab.learning.networks import hop_order, network_setup
from vpclab.learning.questions import (
    MatchQuestion,
    NumberQuestion,
    OrderQuestion,
    PointQuestion,
    PredictQuestion,
    Question,
    QuestionKind,
    TruthQuestion,
)

TRUE, FALSE = "true", "false"
PAIR = "="
"""What joins a choice to its target in an answer."""

LONGEST_NUMBER = 30
"""Letters of a number as it is typed, with its unit."""

MOST_DIGITS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """What an answer is worth: what would be right, what was hit, what was wrong, what is missing.

    `score` runs from 0 to 1; part of it can be earned where the type of the question allows that. `nearest`
    is the known figure that a typed number comes to, if it comes to one.
    """

    right: tuple[str, ...]
    hit: tuple[str, ...]
    wrong: tuple[str, ...]
    missed: tuple[str, ...]
    score: float
    nearest: str | None = None

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong and nothing is missing."""
        return not self.wrong and not self.missed


def answer_of(question: Question) -> tuple[str, ...]:
    """The right answer; what is to be predicted is what the walk says."""
    match question:
        case PredictQuestion():
            return (outcome_of(network_setup(question.stage), question.guess),)
        case PointQuestion() if question.guess is not None:
            return (outcome_of(network_setup(question.stage), question.guess),)
        case TruthQuestion():
            return (TRUE if question.holds else FALSE, *question.answer)
        case OrderQuestion():
            return order_of(question)
        case MatchQuestion():
            return tuple(f"{choice}{PAIR}{question.pairs[choice]}" for choice in question.choices)
        case NumberQuestion():
            return (f"{question.values[question.answer[0]].normalize():f}",)
        case _:
            return question.answer


def order_of(question: OrderQuestion) -> tuple[str, ...]:
    """The right order: that of the walk, or the one in which the author wrote the choices down."""
    if question.stage is None:
        return question.choices
    order = hop_order(walked(network_setup(question.stage)))
    return tuple(sorted(question.choices, key=order.index))


def grade(question: Question, made: Sequence[str]) -> Grade:
    """Compare an answer with the right one; what is no answer to this question counts for nothing."""
    return _GRADERS.get(question.kind, _grade_choices)(question, tuple(made))


def _grade_choices(question: Any, made: tuple[str, ...]) -> Grade:
    """Choices: right ones count, each wrong one takes one of them away."""
    answer = answer_of(question)
    right = tuple(choice for choice in question.choices if choice in answer)
    chosen = tuple(choice for choice in question.choices if choice in made)
    hit = tuple(choice for choice in chosen if choice in right)
    wrong = tuple(choice for choice in chosen if choice not in right)
    missed = tuple(choice for choice in right if choice not in chosen)
    score = max(0.0, (len(hit) - len(wrong)) / len(right)) if right else 0.0
    return Grade(right=right, hit=hit, wrong=wrong, missed=missed, score=score)


def _grade_truth(question: TruthQuestion, made: tuple[str, ...]) -> Grade:
    """Half for the statement; the reason counts only with it: a right reason for a wrong answer is none."""
    right = answer_of(question)
    said = made[0] if made and made[0] in (TRUE, FALSE) else ""
    reason = next((choice for choice in made[1:2] if choice in question.choices), "")
    given = tuple(part for part in (said, reason) if part)
    hit = tuple(part for part in given if part in right) if said == right[0] else ()
    wrong = tuple(part for part in given if part not in right)
    missed = tuple(part for part in right if part not in given)
    return Grade(right=right, hit=hit, wrong=wrong, missed=missed, score=len(hit) / 2)


def _grade_order(question: OrderQuestion, made: tuple[str, ...]) -> Grade:
    """The share of pairs that stand the right way round, above what chance gives."""
    right = order_of(question)
    given = tuple(dict.fromkeys(choice for choice in made if choice in right))
    pairs = list(combinations(right, 2))
    kept = sum(a in given and b in given and given.index(a) < given.index(b) for a, b in pairs)
    hit = tuple(choice for choice, there in zip(given, right, strict=False) if choice == there)
    return Grade(
        right=right,
        hit=hit,
        wrong=tuple(choice for choice in given if choice not in hit),
        missed=tuple(choice for choice in right if choice not in given),
        score=max(0.0, 2 * kept / len(pairs) - 1),
    )


def _grade_pairs(question: MatchQuestion, made: tuple[str, ...]) -> Grade:
    """The share of choices with their own target; a choice counts with its first target."""
    right = answer_of(question)
    given: dict[str, str] = {}
    for pair in made:
        choice, _, target = pair.partition(PAIR)
        if choice in question.choices and target in question.targets:
            given.setdefault(choice, pair)
    hit = tuple(pair for pair in right if pair in given.values())
    return Grade(
        right=right,
        hit=hit,
        wrong=tuple(
            given[choice] for choice in question.choices if choice in given and given[choice] not in right
        ),
        missed=tuple(pair for pair in right if pair.partition(PAIR)[0] not in given),
        score=len(hit) / len(right),
    )


def _grade_number(question: NumberQuestion, made: tuple[str, ...]) -> Grade:
    """Within the tolerance of the right figure; a figure of a known mistake is named."""
    right = answer_of(question)
    number = read_number(made[0]) if made else None
    if number is None:
        return Grade(right=right, hit=(), wrong=(), missed=right, score=0.0)
    nearest = min(question.values, key=lambda name: abs(question.values[name] - number))
    is_near = abs(question.values[nearest] - number) <= _allowed(question, nearest)
    answer = question.answer[0]
    is_right = abs(question.values[answer] - number) <= _allowed(question, answer)
    return Grade(
        right=right,
        hit=right if is_right else (),
        wrong=() if is_right else (made[0],),
        missed=(),
        score=float(is_right),
        nearest=answer if is_right else nearest if is_near else None,
    )


def _allowed(question: NumberQuestion, name: str) -> Decimal:
    return question.values[name] * question.tolerance


def is_answer(question: Question, made: Sequence[str]) -> bool:
    """Whether this is an answer to the question at all: whole, and made of nothing but its choices."""
    match question:
        case NumberQuestion():
            return len(made) == 1 and read_number(made[0]) is not None
        case TruthQuestion():
            return len(made) == 2 and made[0] in (TRUE, FALSE) and made[1] in question.choices
        case OrderQuestion():
            return sorted(made) == sorted(question.choices)
        case MatchQuestion():
            pairs = dict(pair.partition(PAIR)[::2] for pair in made)
            whole = len(made) == len(pairs) and pairs.keys() == set(question.choices)
            return whole and set(pairs.values()) <= set(question.targets)
        case _:
            known = bool(made) and set(made) <= set(question.choices) and len(set(made)) == len(made)
            return known and (question.kind is QuestionKind.SEVERAL or len(made) == 1)


def read_number(text: str) -> Decimal | None:
    """A number as people type it: half or full width, with commas, a currency or a unit; else None."""
    found = _NUMBER.fullmatch(text[: LONGEST_NUMBER + 1].translate(_PLAIN))
    if found is None or len(text) > LONGEST_NUMBER:
        return None
    number = Decimal(found[1])
    return number if abs(number.adjusted()) < MOST_DIGITS else None


_PLAIN = str.maketrans(
    {
        **{chr(ord("０") + digit): str(digit) for digit in range(10)},
        **dict.fromkeys(",，、 \u3000_"),
        "．": ".",
        "。": ".",
        "－": "-",
        "−": "-",
    }
)

_NUMBER = re.compile(r"[^0-9.+-]*([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+))[^0-9.]*")
"""One number; a currency or a unit may stand around it."""

_GRADERS: Mapping[QuestionKind, Callable[[Any, tuple[str, ...]], Grade]] = {
    QuestionKind.TRUTH: _grade_truth,
    QuestionKind.ORDER: _grade_order,
    QuestionKind.MATCH: _grade_pairs,
    QuestionKind.NUMBER: _grade_number,
}

_FIXED = (QuestionKind.PREDICT, QuestionKind.POINT, QuestionKind.NUMBER)
"""Types whose choices have an order of their own: outcomes as everywhere, components as in the picture."""


def shuffled(question: Question, seed: int) -> tuple[str, ...]:
    """The choices in an order that depends on the seed alone; what is to be ordered never starts right."""
    if question.kind in _FIXED:
        return question.choices
    mixed = _mix(question.choices, seed, question.id)
    if isinstance(question, OrderQuestion) and mixed == order_of(question):
        return (*mixed[1:], mixed[0])
    return mixed


def shuffled_targets(question: MatchQuestion, seed: int) -> tuple[str, ...]:
    """The targets in an order of their own, which tells nothing about the pairs."""
    return _mix(question.targets, seed, f"{question.id}/targets")


def _mix(names: tuple[str, ...], seed: int, salt: str) -> tuple[str, ...]:
    mixed = list(names)
    Random(f"{seed}/{salt}").shuffle(mixed)  # noqa: S311 - an order to read in, no secret
    return tuple(mixed)
