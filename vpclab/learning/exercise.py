"""Exercises: everything that can be asked, authored or generated, with its words and its network.

An id is all that has to be kept of an exercise: `chapter/question`, or `generated/trap/seed`, from which a
generated one is made again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from vpclab.learning.models import Chapter, Library
from vpclab.learning.networks import network_setup
from vpclab.learning.questions import Question, QuestionText, network_of
from vpclab.sandbox.setup import Setup

GENERATED = "generated"
"""The first part of the id of a generated exercise, where others name their chapter."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Exercise:
    """One question, ready to be asked.

    `texts` has its words in every language. `setup` is the network that it shows, if it shows one. `chapter`
    and `section` are where the course teaches it. A generated one has a `trap`, and a
    `difficulty` from 1 to 3.
    """

    id: str
    question: Question
    texts: Mapping[str, QuestionText]
    setup: Setup | None
    chapter: str | None
    section: str | None
    trap: str | None = None
    difficulty: int | None = None

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that one has to know for it."""
        return self.question.facts

    @property
    def is_generated(self) -> bool:
        """Whether it was made from a seed."""
        return self.trap is not None


def exercise_of(library: Library, name: str) -> Exercise | None:
    """The exercise with this id; None where there is none, or none any longer."""
    if name.startswith(f"{GENERATED}/"):
        from vpclab.learning.generated import generated_exercise  # it makes exercises, which stand here

        return generated_exercise(name)
    return _by_id(library).get(name)


def exercises(library: Library) -> tuple[Exercise, ...]:
    """Every question of every chapter, in reading order."""
    return tuple(_by_id(library).values())


@lru_cache(maxsize=4)
def _by_id(library: Library) -> Mapping[str, Exercise]:
    return {exercise.id: exercise for chapter in library.order() for exercise in _of_chapter(chapter)}


def _of_chapter(chapter: Chapter) -> Iterator[Exercise]:
    for question in chapter.all_questions():
        network = network_of(question)
        yield Exercise(
            id=f"{chapter.id}/{question.id}",
            question=question,
            texts={language: words.questions[question.id] for language, words in chapter.texts.items()},
            setup=network_setup(network) if network is not None else None,
            chapter=chapter.id,
            section=question.section,
        )
