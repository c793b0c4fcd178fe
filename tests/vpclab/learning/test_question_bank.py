"""The question bank as a whole: enough of every type, every misconception, nothing that gives itself away."""

import re
from collections import Counter

import pytest

from diagrams import draw_points
from scripts.question_bots import scores
from vpclab.learning.exercise import exercises
from vpclab.learning.library import load_library
from vpclab.learning.questions import PointQuestion, QuestionKind, is_computed
from vpclab.network.vocabulary import Kind
from vpclab.sandbox.setup import design_of, walk_of
from vpclab.words import languages, load_words

LIBRARY = load_library()
EXERCISES = exercises(LIBRARY)
POINTS = [exercise for exercise in EXERCISES if isinstance(exercise.question, PointQuestion)]
EVERYTHING = re.compile(
    r"(all|none|both) of (the above|these|them)|上記のすべて|いずれも|すべて正しい|どれでもない", re.I
)

NEAR_CHANCE = 0.12
"""Two standard errors of a share of a quarter among some eighty questions are 0.1."""


def test_the_bank_is_large_and_two_in_five_answers_are_computed():
    computed = [exercise for exercise in EXERCISES if is_computed(exercise.question)]

    assert len(EXERCISES) >= 160
    assert len(computed) / len(EXERCISES) >= 0.4


def test_every_type_is_used_often():
    counted = Counter(exercise.question.kind for exercise in EXERCISES)

    assert set(counted) == set(QuestionKind)
    assert min(counted.values()) >= 8


@pytest.mark.parametrize("chapter", LIBRARY.order(), ids=lambda chapter: chapter.id)
def test_every_misconception_is_asked_about(chapter):
    asked = {question.misconception for question in chapter.all_questions()}

    assert {one.id for one in chapter.plan.misconceptions} <= asked


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_no_choice_stands_for_all_or_none_of_the_others(exercise):
    for words in exercise.texts.values():
        assert not [text for text in words.choices.values() if EVERYTHING.search(text)]


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_no_two_choices_say_the_same(exercise):
    for words in exercise.texts.values():
        assert len(set(words.choices.values())) == len(words.choices)
        assert len(set(words.targets.values())) == len(words.targets)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_every_choice_has_its_reason_in_every_language(exercise):
    for language in languages():
        assert set(exercise.texts[language].why) == set(exercise.question.choices)


def test_a_bot_that_knows_nothing_comes_near_chance():
    for score in scores(LIBRARY):
        assert abs(score.share - score.chance) < NEAR_CHANCE, score


@pytest.mark.parametrize("exercise", POINTS, ids=lambda exercise: exercise.id)
@pytest.mark.parametrize("language", languages())
def test_everything_to_point_at_has_its_letter_in_the_picture(exercise, language):
    design, _ = design_of(exercise.setup)
    kinds = tuple(map(Kind, exercise.question.choices))

    svg = draw_points(design, walk_of(exercise.setup), load_words(language), kinds).svg

    assert [kind for kind in kinds if f'id="point-{kind}"' not in svg] == []


def test_no_two_questions_ask_the_same_of_the_same_network():
    asked = Counter(
        (exercise.setup, exercise.question.guess)
        for exercise in EXERCISES
        if exercise.setup is not None and getattr(exercise.question, "guess", None) is not None
    )

    assert [count for count in asked.values() if count > 1] == []
