"""Item statistics: how the questions of the course fare, by classical test theory.

Answers come in, numbers about questions go out, and nothing about a learner. Only questions of the course
count: a generated exercise is hardly ever asked twice.

The facility of an item is the mean of its scores. Its discrimination is the corrected item-total correlation,
Pearson's between the score on the item and what the same learner has on the others; for scores of 0 and 1
that is the point-biserial correlation. Learners answer different numbers of items, so the total of the others
is their mean.

The limits are the usual ones. Facility from .30 to .90 and discrimination from .20, below which an item is
poor and needs a revision: R. L. Ebel and D. A. Frisbie, Essentials of Educational Measurement, 5th edition,
1991. Good learners are the upper 27 percent: T. L. Kelley, The selection of upper and lower groups for the
validation of test items, Journal of Educational Psychology 30, 1939. A distractor that nobody takes does no
work: T. M. Haladyna and S. M. Downing, How many options is enough for a multiple-choice test item?,
Educational and Psychological Measurement 53, 1993. Fewer than 30 learners are a small sample by a rule of
thumb. The other numbers below are our own choice.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from statistics import correlation

from vpclab.learning.exercise import exercises
from vpclab.learning.item_choices import OTHER, Option, options, taken
from vpclab.learning.models import Library
from vpclab.learning.questions import NumberQuestion, Question, QuestionKind

ItemAnswer = tuple[str, str, tuple[str, ...], float]
"""Learner, exercise, what was answered, and its score from 0 to 1."""

HARD_BELOW, EASY_ABOVE = 0.3, 0.9
LOW_BELOW = 0.2
UPPER_PERCENT = 27
SMALL_BELOW = 30

FEWEST_OTHERS = 5
"""How many other items a learner has answered who can be told to be good at them or not."""

FEWEST_COMPARED = 10
"""From how many such learners on a discrimination is told at all."""

FEWEST_SHOWN = 5
"""An item that fewer learners have answered is shown to nobody: its numbers would tell of each of them."""

MOST_ANSWERS = 200_000
"""How many answers are read; the store gives its learners in a random order, so these are a sample."""

# Scores are summed as whole numbers: these come to the same in every order, and equal is equal.
_POINTS = 1_000_000


class Flag(StrEnum):
    """What is conspicuous about an item, or about one of its distractors."""

    TOO_HARD = "too-hard"
    TOO_EASY = "too-easy"
    NEGATIVE = "negative-discrimination"
    LOW = "low-discrimination"
    UNUSED = "unused-distractor"
    PREFERRED = "preferred-distractor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """How many learners took an option; `flag` is what is conspicuous about it."""

    option: Option
    is_right: bool
    count: int
    flag: Flag | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemStatistics:
    """How one item fares. `discrimination` is None where it cannot be told."""

    exercise: str
    kind: QuestionKind
    learners: int
    facility: float
    discrimination: float | None
    chosen: tuple[Chosen, ...]
    flags: tuple[Flag, ...]

    @property
    def is_small(self) -> bool:
        """Whether there are so few learners that the numbers can be chance."""
        return self.learners < SMALL_BELOW


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """One learner's answer to an item, in points; `rest` is their mean on the others, where that is told."""

    made: tuple[str, ...]
    points: int
    rest: float | None


def course_questions(library: Library) -> Mapping[str, Question]:
    """The questions that statistics are made of, by the id of their exercise, in reading order."""
    return {exercise.id: exercise.question for exercise in exercises(library)}


def item_statistics(
    answers: Iterable[ItemAnswer], questions: Mapping[str, Question]
) -> tuple[ItemStatistics, ...]:
    """How each question fares that was answered, in the order of `questions`.

    The first answer of a learner to an exercise counts, up to MOST_ANSWERS in all. Answers to other exercises
    and scores that are no number are passed over.
    """
    given = _by_exercise(islice(answers, MOST_ANSWERS), questions)
    return tuple(
        _statistics(exercise, questions[exercise], given[exercise])
        for exercise in questions
        if exercise in given
    )


def shown(items: Iterable[ItemStatistics]) -> tuple[ItemStatistics, ...]:
    """The items that enough learners have answered for nobody to be told from them."""
    return tuple(item for item in items if item.learners >= FEWEST_SHOWN)


def _by_exercise(answers: Iterable[ItemAnswer], questions: Collection[str]) -> dict[str, list[_Given]]:
    first: dict[tuple[str, str], tuple[tuple[str, ...], int]] = {}
    for learner, exercise, made, score in answers:
        if exercise in questions and math.isfinite(score):
            points = round(_POINTS * min(max(score, 0.0), 1.0))
            first.setdefault((learner, exercise), (made, points))
    totals, counts = Counter[str](), Counter[str]()
    for (learner, _), (_, points) in first.items():
        totals[learner] += points
        counts[learner] += 1
    found: dict[str, list[_Given]] = {}
    for (learner, exercise), (made, points) in first.items():
        others = counts[learner] - 1
        rest = (totals[learner] - points) / others if others >= FEWEST_OTHERS else None
        found.setdefault(exercise, []).append(_Given(made=made, points=points, rest=rest))
    return found


def _statistics(exercise: str, question: Question, given: list[_Given]) -> ItemStatistics:
    facility = sum(one.points for one in given) / (len(given) * _POINTS)
    compared = [(one.rest, one) for one in given if one.rest is not None]
    discrimination = _discrimination([(one.points, rest) for rest, one in compared])
    chosen = _chosen(question, given, _upper(compared))
    found = {one.flag for one in chosen}
    flags = (*_flags(facility, discrimination), *(flag for flag in Flag if flag in found))
    return ItemStatistics(
        exercise=exercise,
        kind=question.kind,
        learners=len(given),
        facility=facility,
        discrimination=discrimination,
        chosen=chosen,
        flags=flags,
    )


def _discrimination(pairs: list[tuple[int, float]]) -> float | None:
    """The correlation; None for too few learners, and where all have the same score or do equally well."""
    ordered = sorted(pairs)  # the order of rounding must not depend on the order of learners
    scores, rests = [float(points) for points, _ in ordered], [rest for _, rest in ordered]
    if len(ordered) < FEWEST_COMPARED or len(set(scores)) < 2 or len(set(rests)) < 2:
        return None
    return min(max(correlation(scores, rests), -1.0), 1.0)


def _upper(compared: list[tuple[float, _Given]]) -> list[_Given]:
    """The learners who do best on the other items, with all who do as well as the last of them.

    Nobody, where there are too few to compare, or where the last of them does as badly as the worst.
    """
    if len(compared) < FEWEST_COMPARED:
        return []
    rests = sorted((rest for rest, _ in compared), reverse=True)
    last = rests[-(-UPPER_PERCENT * len(rests) // 100) - 1]
    return [one for rest, one in compared if rest >= last] if last > rests[-1] else []


def _flags(facility: float, discrimination: float | None) -> Iterator[Flag]:
    """Judged in hundredths, as people read the numbers."""
    mean = round(facility, 2)
    if mean < HARD_BELOW:
        yield Flag.TOO_HARD
    if mean > EASY_ABOVE:
        yield Flag.TOO_EASY
    index = None if discrimination is None else round(discrimination, 2)
    if index is not None and index < LOW_BELOW:
        yield Flag.NEGATIVE if index < 0 else Flag.LOW


def _chosen(question: Question, given: list[_Given], upper: list[_Given]) -> tuple[Chosen, ...]:
    """Every option with its number; answers that take none of them follow where there are any."""
    offered = options(question)
    counts, by_upper = _taken(question, given), _taken(question, upper)
    flags = {
        **dict.fromkeys(_preferred(offered, by_upper), Flag.PREFERRED),
        **dict.fromkeys(_unused(question, offered, counts), Flag.UNUSED),
    }
    about = dict.fromkeys(option.about for option in offered)
    others = {Option(about=name, choice=OTHER): False for name in about}
    rows = {**offered, **{option: False for option in others if counts[option]}}
    return tuple(
        Chosen(option=option, is_right=is_right, count=counts[option], flag=flags.get(option))
        for option, is_right in rows.items()
    )


def _taken(question: Question, given: list[_Given]) -> Counter[Option]:
    """How many learners took each option; most answers are among a few, and each is read once."""
    found = Counter[Option]()
    for made, count in Counter(one.made for one in given).items():
        for option in taken(question, made):
            found[option] += count
    return found


def _unused(question: Question, offered: Mapping[Option, bool], counts: Counter[Option]) -> Iterator[Option]:
    """Options that are right nowhere and were taken by nobody; known figures are not offered to anybody."""
    if isinstance(question, NumberQuestion):
        return
    useful = {option.choice for option, is_right in offered.items() if is_right or counts[option]}
    yield from (option for option in offered if option.choice not in useful)


def _preferred(offered: Mapping[Option, bool], by_upper: Counter[Option]) -> Iterator[Option]:
    """Wrong options that more good learners took than a right one."""
    fewest: dict[str, int] = {}
    for option, is_right in offered.items():
        if is_right:
            fewest[option.about] = min(by_upper[option], fewest.get(option.about, by_upper[option]))
    for option, is_right in offered.items():
        if not is_right and by_upper[option] > fewest.get(option.about, by_upper[option]):
            yield option
