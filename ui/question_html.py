"""A question as the browser needs it, and what is told of an answer: kept, since reruns show them again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from html import escape

from ui import question_card
from ui.course_html import taught_link, title_of
from ui.course_text import Notes, bare_html, facts_html, label
from ui.providers import library
from ui.question_card import Verdict
from ui.reading import packed
from vpclab.learning.exercise import Exercise, exercise_of
from vpclab.learning.questions import (
    Guess,
    MatchQuestion,
    NumberQuestion,
    OrderQuestion,
    PointQuestion,
    PredictQuestion,
    Question,
    TruthQuestion,
)
from vpclab.learning.quiz import FALSE, PAIR, TRUE, Grade, grade, order_of, shuffled, shuffled_targets
from vpclab.words import Words, load_words


def guess_words(guess: Guess, name: str, t: Words) -> str:
    """What one can guess, in words."""
    return t(f"walk.kind.{name}") if guess is Guess.STOP else t(f"course.{guess}.{name}")


def choice_text(exercise: Exercise, choice: str, t: Words) -> str:
    """The text of a choice, in the markup of course texts: the author's, or what the product calls it."""
    match exercise.question:
        case PredictQuestion() as question:
            return guess_words(question.guess, choice, t)
        case PointQuestion():
            return t(f"walk.kind.{choice}")
        case OrderQuestion(stage=stage) if stage is not None:
            return t(f"walk.kind.{choice}")
        case NumberQuestion() as question:
            facts = {"figure": figure_words(question.values[choice]), "unit": unit_words(question, t)}
            return t("practice.answered.figure_of", **facts)
        case _:
            return exercise.texts[t.language].choices[choice]


def figure_words(figure: Decimal) -> str:
    """A figure as people write it: commas between thousands, no zeros at the end."""
    return f"{figure.normalize():,f}"


def unit_words(question: NumberQuestion, t: Words) -> str:
    """What a figure counts."""
    return t(f"practice.unit.{question.unit}")


@lru_cache(maxsize=1024)
def card(name: str, language: str, seed: int) -> str:
    """The question with its choices in the order that belongs to the seed, for the component."""
    t = load_words(language)
    exercise = _exercise(name)
    question, words = exercise.question, exercise.texts[language]
    targets = shuffled_targets(question, seed) if isinstance(question, MatchQuestion) else ()
    is_number = isinstance(question, NumberQuestion)
    choices = () if is_number else shuffled(question, seed)
    return question_card.packed(
        kind=str(question.kind),
        ask=bare_html(library(), words.ask, t),
        choices=[(choice, bare_html(library(), choice_text(exercise, choice, t), t)) for choice in choices],
        targets=[(target, bare_html(library(), words.targets[target], t)) for target in targets],
        unit=unit_words(question, t) if isinstance(question, NumberQuestion) else "",
        letters=isinstance(question, PointQuestion),
        apart=exercise.setup is not None,
        t=t,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What is told whatever the answer: each choice with its reason, in the order in which they are told.

    All texts are HTML; `notes` has what they mark.
    """

    choices: Mapping[str, str]
    reasons: Mapping[str, str]
    targets: Mapping[str, str]
    ending: str
    notes: Mapping[str, str]


@lru_cache(maxsize=1024)
def prepared(name: str, language: str, seed: int) -> Prepared:
    """What can be told of a question before it is answered: it is made while the learner thinks."""
    t = load_words(language)
    exercise = _exercise(name)
    question, words, notes = exercise.question, exercise.texts[language], Notes(library(), t)
    choices: dict[str, str] = {}
    reasons: dict[str, str] = {}
    targets: dict[str, str] = {}
    for choice in _told_order(question, seed):
        text = choice_text(exercise, choice, t)
        choices[choice] = escape(text) if isinstance(question, NumberQuestion) else notes.inline(text)
        if isinstance(question, MatchQuestion):
            target = question.pairs[choice]
            targets[target] = notes.inline(words.targets[target])
        reasons[choice] = notes.inline(words.why[choice])
    for target, text in words.targets.items():
        if target not in targets:  # belongs to no choice, but can be chosen
            targets[target] = notes.inline(text)
    facts = facts_html((library().facts[fact] for fact in exercise.facts), t)
    ending = facts + taught_html(exercise, t)
    return Prepared(choices=choices, reasons=reasons, targets=targets, ending=ending, notes=notes.found)


def _told_order(question: Question, seed: int) -> tuple[str, ...]:
    match question:
        case OrderQuestion():
            return order_of(question)
        case MatchQuestion() | NumberQuestion():
            return tuple(question.choices)
        case _:
            return shuffled(question, seed)


@lru_cache(maxsize=512)
def told(name: str, language: str, made: tuple[str, ...], seed: int) -> str:
    """What an answer was worth, and for every choice why it is right or what is true instead."""
    t = load_words(language)
    exercise, parts = _exercise(name), prepared(name, language, seed)
    rows = _rows(exercise.question, grade(exercise.question, made), made, parts, t)
    return packed("".join([*rows, parts.ending]), dict(parts.notes), t)


def verdict(score: float, t: Words) -> Verdict:
    """What an answer was worth: the sentence above everything else."""
    key = "right" if score == 1 else "partly" if score > 0 else "wrong"
    return Verdict(key, t(f"practice.answered.{key}", percent=round(100 * score)))


def _exercise(name: str) -> Exercise:
    found = exercise_of(library(), name)
    if found is None:
        raise KeyError(name)
    return found


def taught_html(exercise: Exercise, t: Words) -> str:
    """The way to where the course teaches it."""
    if exercise.chapter is None:
        return ""
    target = f"{exercise.chapter}/{exercise.section}" if exercise.section else exercise.chapter
    words = t("course.chapter.more", title=title_of(target, t.language))
    return f"<p>{taught_link(target, escape(words), t)}</p>"


def _rows(
    question: Question, result: Grade, made: tuple[str, ...], parts: Prepared, t: Words
) -> Iterator[str]:
    if isinstance(question, OrderQuestion):
        yield f"<p>{escape(t('practice.answered.order'))}</p>"
        yield _list(_order_rows(result, made, parts, t), tag="ol")
    elif isinstance(question, MatchQuestion):
        yield f"<p>{escape(t('practice.answered.pairs'))}</p>"
        yield _list(_pair_rows(question, result, parts, t))
    elif isinstance(question, NumberQuestion):
        yield from _number_rows(question, result, made, parts, t)
    else:
        if isinstance(question, TruthQuestion):
            yield f"<p>{_truth(result, made, t)}</p>"
        yield _list(_choice_rows(result, made, parts, t))


def _truth(result: Grade, made: tuple[str, ...], t: Words) -> str:
    """Whether the statement holds, and what was said of it."""
    key = "statement_holds" if result.right[0] == TRUE else "statement_fails"
    told = escape(t(f"practice.answered.{key}"))
    if not made or made[0] not in (TRUE, FALSE):
        return told
    said = t("practice.answered.yours", answer=t(f"practice.card.{made[0]}"))
    return f'{told} <span class="tag">{escape(said)}</span>'


def _list(rows: Iterator[str], tag: str = "ul") -> str:
    return f'<{tag} class="choices">{"".join(rows)}</{tag}>'


def _row(is_right: bool, head: str, marks: list[str], why: str) -> str:
    """A choice with its reason; all parts are HTML."""
    tags = "".join(f' <span class="tag">{mark}</span>' for mark in marks)
    sign = "✓" if is_right else "✕"
    return (
        f'<li class="{"won" if is_right else "lost"}"><span class="sign" aria-hidden="true">{sign}</span>'
        f"<div><b>{head}</b>{tags}<p>{why}</p></div></li>"
    )


def _choice_rows(result: Grade, made: tuple[str, ...], parts: Prepared, t: Words) -> Iterator[str]:
    for choice, text in parts.choices.items():
        is_right = choice in result.right
        marks = [t("course.chapter.right_answer")] if is_right else []
        marks += [t("course.chapter.chosen")] if choice in made else []
        yield _row(is_right, text, marks, parts.reasons[choice])


def _order_rows(result: Grade, made: tuple[str, ...], parts: Prepared, t: Words) -> Iterator[str]:
    for place, choice in enumerate(result.right, start=1):
        yours = made.index(choice) + 1 if choice in made else None
        number = t("practice.answered.place", number=place)
        head = f"{escape(number)} {parts.choices[choice]}"
        marks = [] if yours in (None, place) else [t("practice.answered.yours", answer=yours)]
        yield _row(yours == place, head, marks, parts.reasons[choice])


def _pair_rows(question: MatchQuestion, result: Grade, parts: Prepared, t: Words) -> Iterator[str]:
    for choice, text in parts.choices.items():
        target = question.pairs[choice]
        head = t("practice.answered.pair", choice=text, target=parts.targets[target])
        wrong = next((one for one in result.wrong if one.startswith(f"{choice}{PAIR}")), "")
        marks = []
        if wrong:
            answer = parts.targets[wrong.partition(PAIR)[2]]
            marks = [t("practice.answered.yours", answer=answer)]
        yield _row(f"{choice}{PAIR}{target}" in result.hit, head, marks, parts.reasons[choice])


def _number_rows(
    question: NumberQuestion, result: Grade, made: tuple[str, ...], parts: Prepared, t: Words
) -> Iterator[str]:
    answer = question.answer[0]
    facts = {"figure": figure_words(question.values[answer]), "unit": unit_words(question, t)}
    yield f"<p>{escape(t('practice.answered.figure', **facts))}</p>"
    if made and not result.is_right:
        yield f"<p>{escape(t('practice.answered.yours', answer=made[0]))}</p>"
    rows = (
        _row(
            choice == answer,
            text,
            [t("course.chapter.chosen")] if choice == result.nearest else [],
            parts.reasons[choice],
        )
        for choice, text in parts.choices.items()
    )
    yield _list(rows)


def question_text(exercise: Exercise, t: Words) -> str:
    """What is asked, as HTML of one line."""
    return bare_html(library(), exercise.texts[t.language].ask, t)


def question_title(exercise: Exercise, t: Words) -> str:
    """What is asked, for the label of a widget."""
    return label(library(), exercise.texts[t.language].ask, t)
