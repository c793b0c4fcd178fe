"""Exams: twenty mixed questions that depend on a seed alone, and their result by chapter."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from vpclab.learning.exercise import Exercise, exercise_of
from vpclab.learning.generated import generate
from vpclab.learning.models import Library

QUESTIONS, GENERATED_AMONG_THEM = 20, 4
MINUTES = 25
"""How long a timed exam lasts."""

_SEEDS = 2**31


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicResult:
    """What was reached in one chapter: points of so many questions."""

    chapter: str
    points: float
    count: int


def exam(library: Library, seed: int) -> tuple[str, ...]:
    """The ids of an exam's questions: chapters take turns, each with the type that came least so far."""
    random = Random(seed)  # noqa: S311 - which questions are asked is no secret
    chapters = [chapter for chapter in library.order() if chapter.all_questions()]
    random.shuffle(chapters)
    left = {
        chapter.id: random.sample(chapter.all_questions(), len(chapter.all_questions()))
        for chapter in chapters
    }
    wanted = min(QUESTIONS - GENERATED_AMONG_THEM, sum(map(len, left.values())))
    asked: list[str] = []
    kinds: dict[str, int] = {}
    while len(asked) < wanted:
        for chapter in chapters:
            if not left[chapter.id] or len(asked) == wanted:
                continue
            question = min(left[chapter.id], key=lambda one: kinds.get(one.kind, 0))
            left[chapter.id].remove(question)
            kinds[question.kind] = kinds.get(question.kind, 0) + 1
            asked.append(f"{chapter.id}/{question.id}")
    asked += _generated(random)
    random.shuffle(asked)
    return tuple(asked)


def _generated(random: Random) -> list[str]:
    """Generated questions, each of another trap."""
    found: dict[str | None, str] = {}
    while len(found) < GENERATED_AMONG_THEM:
        exercise = generate(random.randrange(_SEEDS))
        found.setdefault(exercise.trap, exercise.id)
    return list(found.values())


def results(library: Library, scores: Mapping[str, float]) -> tuple[TopicResult, ...]:
    """The result by chapter, in reading order; `scores` has what each question of the exam was worth."""
    points: dict[str, list[float]] = {}
    for name, score in scores.items():
        exercise: Exercise | None = exercise_of(library, name)
        if exercise is not None and exercise.chapter is not None:
            points.setdefault(exercise.chapter, []).append(score)
    return tuple(
        TopicResult(chapter=chapter.id, points=sum(points[chapter.id]), count=len(points[chapter.id]))
        for chapter in library.order()
        if chapter.id in points
    )
