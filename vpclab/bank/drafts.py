"""Questions that were read, as the course keeps them: models, their words, and YAML to fill in.

What a file did not say is `texts.DOTS` in the YAML, as in the skeletons of `content new`, and `content check`
names each place that waits. A question becomes a model once nothing of it waits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from pydantic import TypeAdapter, ValidationError

from vpclab.bank.records import Item
from vpclab.bank.yaml_text import to_yaml
from vpclab.errors import Problem
from vpclab.learning.questions import Guess, Question, QuestionKind, QuestionText
from vpclab.learning.texts import DOTS

_QUESTION: TypeAdapter[Question] = TypeAdapter(Question)


@dataclass(frozen=True, kw_only=True)
class Brought:
    """What came in: the questions as neutral records, and every problem with its line."""

    chapter: str
    language: str
    items: tuple[Item, ...]
    report: tuple[Problem, ...]

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Those in which nothing waits to be filled in."""
        return tuple(question for question in map(question_of, self.items) if question is not None)

    @cached_property
    def texts(self) -> Mapping[str, QuestionText]:
        """The words of `questions` by id."""
        whole = {question.id for question in self.questions}
        return {item.name: QuestionText(**words_data(item)) for item in self.items if item.name in whole}

    @property
    def waiting(self) -> tuple[str, ...]:
        """The ids of those in which something has to be filled in."""
        whole = {question.id for question in self.questions}
        return tuple(item.name for item in self.items if item.name not in whole)


def question_of(item: Item) -> Question | None:
    """The model of a question; None where something waits to be filled in."""
    if DOTS in _texts(words_data(item)):
        return None
    try:
        return _QUESTION.validate_python(question_data(item))
    except ValidationError:
        return None


def question_data(item: Item) -> dict[str, Any]:
    """What of a question has no language, as `questions.yaml` has it."""
    data: dict[str, Any] = {
        "id": item.name,
        "section": item.section or DOTS,
        "facts": list(item.facts) or [DOTS],
        "kind": str(item.kind),
    }
    if item.misconception:
        data["misconception"] = item.misconception
    if item.network is not None:
        data["stage"] = item.network.model_dump(exclude_defaults=True)
    return {**data, **_fields(item), "choices": [choice.id for choice in item.choices]}


def _fields(item: Item) -> dict[str, Any]:
    """The fields that a type has of its own."""
    right = [choice.id for choice in item.right]
    match item.kind:
        case QuestionKind.SEVERAL:
            return {"answer": right}
        case QuestionKind.PREDICT:
            return {"guess": str(item.guess)}
        case QuestionKind.POINT:
            return {"guess": str(item.guess)} if item.guess is Guess.STOP else {"answer": right[0]}
        case QuestionKind.TRUTH:
            return {"holds": item.holds, "answer": right[0]}
        case QuestionKind.ORDER:
            return {}
        case QuestionKind.MATCH:
            return {
                "targets": [target.id for target in item.targets],
                "pairs": {choice.id: choice.target for choice in item.choices},
            }
        case QuestionKind.NUMBER:
            return {
                "unit": item.unit or DOTS,
                "figures": {choice.id: [[_figure(choice.figure)]] for choice in item.choices},
                "tolerance": item.tolerance,
                "answer": right[0],
            }
        case _:
            return {"answer": right[0]}


def _figure(figure: Decimal | None) -> Decimal | str:
    return DOTS if figure is None else figure


def words_data(item: Item) -> dict[str, Any]:
    """The words of a question, as the file of its language has them."""
    data: dict[str, Any] = {"ask": item.prompt or DOTS}
    if has_own_words(item):
        data["choices"] = {choice.id: choice.text or DOTS for choice in item.choices}
    if item.targets:
        data["targets"] = {target.id: target.text or DOTS for target in item.targets}
    data["why"] = {choice.id: choice.why or DOTS for choice in item.choices}
    return data


def has_own_words(item: Item) -> bool:
    """Whether the author writes the choices; guesses, components and figures have their words already."""
    return item.network is None and item.kind is not QuestionKind.NUMBER


def _texts(data: Mapping[str, Any]) -> set[str]:
    found: set[str] = set()
    for value in data.values():
        found |= {value} if isinstance(value, str) else set(value.values())
    return found


def yaml_of(items: Sequence[Item], chapter: str, language: str) -> str:
    """Two documents: what to add to the chapter's questions, and to its words in this language."""
    if not items:
        return ""
    folder = f"content/chapters/{chapter}"
    questions = to_yaml([question_data(item) for item in items])
    words = to_yaml({"questions": {item.name: words_data(item) for item in items}})
    return (
        f"# Add to {folder}/practice.yaml (asked in the review) or questions.yaml (asked in the chapter):\n"
        f"{questions}---\n"
        f"# Add to {folder}/{language}.yaml, under its questions:\n"
        f"{words}"
    )
