"""From the course to neutral records: every question of every chapter, in a language."""

from collections.abc import Mapping
from decimal import Decimal

from vpclab.bank.records import Item, ItemChoice, Target, credited, figure_words, neat
from vpclab.learning.exercise import Exercise, exercises
from vpclab.learning.models import Library
from vpclab.learning.questions import (
    MatchQuestion,
    NumberQuestion,
    OrderQuestion,
    PointQuestion,
    PredictQuestion,
    Question,
    QuestionText,
    TruthQuestion,
    network_of,
)
from vpclab.learning.quiz import answer_of, order_of
from vpclab.learning.telling import as_words
from vpclab.narrate import headline
from vpclab.sandbox.given import given
from vpclab.sandbox.setup import Setup, walk_of
from vpclab.words import Words


def items_of(library: Library, t: Words) -> tuple[Item, ...]:
    """Every question of the course in reading order, in the language of `t`."""
    return tuple(item_of(library, exercise, t) for exercise in exercises(library))


def item_of(library: Library, exercise: Exercise, t: Words) -> Item:
    """One exercise as a neutral record. Its id has to be `chapter/question`."""
    question, words = exercise.question, exercise.texts[t.language]
    picture, verdict = _shown(exercise.setup, t)
    return Item(
        id=exercise.id,
        kind=question.kind,
        language=t.language,
        prompt=neat(as_words(library, words.ask, t)),
        choices=_choices(library, question, words, t),
        targets=_targets(library, question, words, t),
        holds=question.holds if isinstance(question, TruthQuestion) else None,
        unit=question.unit if isinstance(question, NumberQuestion) else "",
        tolerance=question.tolerance if isinstance(question, NumberQuestion) else Decimal(0),
        section=question.section,
        facts=question.facts,
        misconception=question.misconception or "",
        network=network_of(question),
        guess=question.guess if isinstance(question, PredictQuestion | PointQuestion) else None,
        picture=picture,
        verdict=verdict,
    )


def _shown(setup: Setup | None, t: Words) -> tuple[tuple[str, ...], str]:
    """The network in lines, and what becomes of its request."""
    if setup is None:
        return (), ""
    return tuple(map(neat, given(setup, t))), neat(headline(walk_of(setup), t))


def _choices(library: Library, question: Question, words: QuestionText, t: Words) -> tuple[ItemChoice, ...]:
    right = _right(question)
    names = order_of(question) if isinstance(question, OrderQuestion) else question.choices
    values: Mapping[str, Decimal] = question.values if isinstance(question, NumberQuestion) else {}
    pairs: Mapping[str, str] = question.pairs if isinstance(question, MatchQuestion) else {}
    return credited(
        question.kind,
        [
            ItemChoice(
                id=name,
                text=neat(_words_of_choice(library, question, words, name, t)),
                why=neat(as_words(library, words.why[name], t)),
                is_right=name in right,
                target=pairs.get(name, ""),
                figure=values.get(name),
            )
            for name in names
        ],
    )


def _right(question: Question) -> tuple[str, ...]:
    """The choices that are right; in an order and in a match each has its right place."""
    match question:
        case OrderQuestion() | MatchQuestion():
            return question.choices
        case NumberQuestion() | TruthQuestion():
            return question.answer
        case _:
            return answer_of(question)


def _words_of_choice(library: Library, question: Question, words: QuestionText, name: str, t: Words) -> str:
    """The author's words, or what the product calls a guess, a component or a figure."""
    match question:
        case PredictQuestion():
            return t(f"course.{question.guess}.{name}")
        case PointQuestion():
            return t(f"walk.kind.{name}")
        case OrderQuestion(stage=stage) if stage is not None:
            return t(f"walk.kind.{name}")
        case NumberQuestion():
            return figure_words(question.values[name], question.unit, t)
        case _:
            return as_words(library, words.choices[name], t)


def _targets(library: Library, question: Question, words: QuestionText, t: Words) -> tuple[Target, ...]:
    names = question.targets if isinstance(question, MatchQuestion) else ()
    return tuple(Target(id=name, text=neat(as_words(library, words.targets[name], t))) for name in names)


def chapter_titles(library: Library, language: str) -> dict[str, str]:
    """What the chapters are called, by id."""
    return {chapter.id: chapter.texts[language].title for chapter in library.order()}
