"""The steps of a chapter, by name: the guess, its sections, the misconceptions, each question."""

from functools import lru_cache

from vpclab.learning.models import MISCONCEPTIONS, OPENING, Chapter, check_step, question_number
from vpclab.words import Words


@lru_cache(maxsize=64)
def steps(chapter: Chapter) -> tuple[str, ...]:
    """The steps of a chapter in order."""
    sections = (section.id for section in chapter.plan.sections)
    questions = map(check_step, range(1, len(chapter.questions) + 1))
    return (OPENING, *sections, MISCONCEPTIONS, *questions)


def step_title(chapter: Chapter, step: str, t: Words) -> str:
    """What a step is called."""
    if step == OPENING:
        return t("course.chapter.opening")
    if step == MISCONCEPTIONS:
        return t("course.chapter.misconceptions")
    number = question_number(step)
    if number:
        return t("course.chapter.question", number=number) if number > 1 else t("course.chapter.check")
    return chapter.texts[t.language].sections[step].title
