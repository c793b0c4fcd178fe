"""Whether questions hold together: facts, choices, answers, and their words in a language.

One short function for each type; each yields problems with their place in the question's file.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from vpclab.errors import Problem
from vpclab.learning.content_files import ContentFile, Place
from vpclab.learning.figures import unknown_factors
from vpclab.learning.models import ChapterFile
from vpclab.learning.networks import GUESSES, hop_order, network_setup, outcome
from vpclab.learning.prices import PREFIX, Prices
from vpclab.learning.questions import (
    Guess,
    MatchQuestion,
    Network,
    NumberQuestion,
    OrderQuestion,
    PointQuestion,
    PredictQuestion,
    Question,
    QuestionKind,
    QuestionText,
    network_of,
    own_choices,
)
from vpclab.learning.references import Known, network_problems, repeated, same_keys, unknown
from vpclab.network.vocabulary import Kind
from vpclab.sandbox.setup import walk_of


def question_problems(
    file: ContentFile,
    questions: Sequence[Question],
    plan: ChapterFile,
    known: Known,
    prices: Prices | None,
) -> Iterator[Problem]:
    """The questions of one file: their facts, sections, misconceptions, choices and answers."""
    sections = [section.id for section in plan.sections]
    misconceptions = [one.id for one in plan.misconceptions]
    yield from repeated(file, (), [question.id for question in questions])
    for number, question in enumerate(questions):
        place: Place = (number,)
        yield from unknown(file, (*place, "facts"), question.facts, known.facts, "unknown_fact")
        yield from repeated(file, (*place, "choices"), question.choices)
        yield from _listed(file, (*place, "section"), question.section, sections, "unknown_section")
        if question.misconception is not None:
            where = (*place, "misconception")
            yield from _listed(file, where, question.misconception, misconceptions, "unknown_misconception")
        broken = tuple(_network_problems(file, place, question))
        yield from broken
        if not broken:  # what a walk says is asked only of a network that can be walked
            yield from _type_problems(file, place, question, known, prices)


def _network_problems(file: ContentFile, place: Place, question: Question) -> Iterator[Problem]:
    network = network_of(question)
    if network is not None:
        yield from network_problems(file, (*place, "stage"), network)


def _type_problems(
    file: ContentFile, place: Place, question: Question, known: Known, prices: Prices | None
) -> Iterator[Problem]:
    match question:
        case PredictQuestion():
            yield from _guess_problems(file, place, question.choices, question.guess, question.stage)
        case PointQuestion():
            yield from _point_problems(file, place, question)
        case OrderQuestion():
            yield from _order_problems(file, place, question)
        case MatchQuestion():
            yield from _match_problems(file, place, question)
        case NumberQuestion():
            yield from _answer_problems(file, place, question)
            yield from _figure_problems(file, place, question, known, prices)
        case _:
            yield from _answer_problems(file, place, question)


def _answer_problems(file: ContentFile, place: Place, question: Any) -> Iterator[Problem]:
    there = ", ".join(question.choices)
    if question.kind is QuestionKind.SEVERAL and len(set(question.answer)) == len(question.choices):
        yield file.problem((*place, "answer"), "every_choice_is_right", name=question.id)
    for name in question.answer:
        if name not in question.choices:
            yield file.problem((*place, "answer"), "answer_not_a_choice", name=name, known=there)


def _guess_problems(
    file: ContentFile, place: Place, choices: Sequence[str], guess: Guess, network: Network
) -> Iterator[Problem]:
    """Choices are what can be guessed, and what the walk says is one of them."""
    guesses = GUESSES[guess]
    for name in choices:
        if name not in guesses:
            yield file.problem((*place, "choices"), "not_a_guess", name=name, known=", ".join(guesses))
    came = outcome(guess, walk_of(network_setup(network)))
    if came not in choices:
        yield file.problem(
            (*place, "choices"), "answer_not_a_choice", name=came or "-", known=", ".join(choices)
        )


def _point_problems(file: ContentFile, place: Place, question: PointQuestion) -> Iterator[Problem]:
    if (question.guess is None) is (not question.answer):
        yield file.problem(place, "point_needs_one_answer", name=question.id)
    elif question.guess is not None:
        yield from _guess_problems(file, place, question.choices, question.guess, question.stage)
    else:
        yield from _kinds(file, place, question.choices, tuple(map(str, Kind)))
        yield from _answer_problems(file, place, question)


def _order_problems(file: ContentFile, place: Place, question: OrderQuestion) -> Iterator[Problem]:
    if question.stage is not None:
        yield from _kinds(file, place, question.choices, hop_order(walk_of(network_setup(question.stage))))


def _kinds(
    file: ContentFile, place: Place, choices: Sequence[str], there: Sequence[str]
) -> Iterator[Problem]:
    for name in choices:
        if name not in there:
            yield file.problem((*place, "choices"), "not_on_the_way", name=name, known=", ".join(there))


def _match_problems(file: ContentFile, place: Place, question: MatchQuestion) -> Iterator[Problem]:
    yield from repeated(file, (*place, "targets"), question.targets)
    yield from same_keys(file, (*place, "pairs"), question.pairs, question.choices)
    there = ", ".join(question.targets)
    for name, target in question.pairs.items():
        if target not in question.targets:
            yield file.problem((*place, "pairs", name), "answer_not_a_choice", name=target, known=there)


def _figure_problems(
    file: ContentFile, place: Place, question: NumberQuestion, known: Known, prices: Prices | None
) -> Iterator[Problem]:
    if question.values:
        yield file.problem((*place, "values"), "unknown_key", name="values")
    yield from same_keys(file, (*place, "figures"), question.figures, question.choices)
    for name, figure in question.figures.items():
        for factor in unknown_factors(figure, prices, known.facts):
            if prices is None and factor.startswith(PREFIX):  # told as a file that cannot be read
                continue
            yield file.problem((*place, "figures", name), "unknown_price", name=factor)


def question_words_problems(
    file: ContentFile, words: Mapping[str, QuestionText], questions: Iterable[Question]
) -> Iterator[Problem]:
    """The words of questions: each choice that needs a text has one, and every choice has its reason."""
    for question in questions:
        asked = words.get(question.id)
        if asked is None:
            continue
        place: Place = ("questions", question.id)
        targets = question.targets if isinstance(question, MatchQuestion) else ()
        yield from same_keys(file, (*place, "choices"), asked.choices, own_choices(question))
        yield from same_keys(file, (*place, "targets"), asked.targets, targets)
        yield from same_keys(file, (*place, "why"), asked.why, question.choices)


def _listed(
    file: ContentFile, place: Place, name: str, there: Collection[str], code: str
) -> Iterator[Problem]:
    if name not in there:
        yield file.problem(place, code, name=name, known=", ".join(there))
