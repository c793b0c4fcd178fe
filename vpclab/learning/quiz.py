"""Grading: a question and the choices made, to a Grade."""

from collections.abc import Collection
from dataclasses import dataclass

from vpclab.learning.models import Question, QuestionKind
from vpclab.learning.networks import network_setup, outcome
from vpclab.sandbox.setup import walk_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """What an answer is worth: the right choices, those made rightly and wrongly, those left out."""

    right: tuple[str, ...]
    hit: tuple[str, ...]
    wrong: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        """Whether all right choices were made, and no others."""
        return not self.wrong and not self.missed


def answer_of(question: Question) -> tuple[str, ...]:
    """The right choices; what is to be predicted is what the walk says."""
    if question.kind is not QuestionKind.PREDICT:
        return question.answer
    assert question.stage is not None
    assert question.guess is not None
    return (outcome(question.guess, walk_of(network_setup(question.stage))),)


def grade(question: Question, chosen: Collection[str]) -> Grade:
    """Compare the choices made with the right ones; what is no choice of the question counts for nothing."""
    right = answer_of(question)
    made = tuple(choice for choice in question.choices if choice in chosen)
    return Grade(
        right=tuple(choice for choice in question.choices if choice in right),
        hit=tuple(choice for choice in made if choice in right),
        wrong=tuple(choice for choice in made if choice not in right),
        missed=tuple(choice for choice in question.choices if choice in right and choice not in made),
    )
