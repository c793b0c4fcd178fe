"""Exercises: everything that can be asked, by its id."""

import pytest

from vpclab.learning.exercise import exercise_of, exercises
from vpclab.learning.library import load_library
from vpclab.learning.networks import network_setup
from vpclab.learning.questions import network_of
from vpclab.words import languages


def test_every_question_of_every_chapter_is_an_exercise_in_reading_order():
    library = load_library()

    asked = [exercise.id for exercise in exercises(library)]

    assert asked == [
        f"{chapter.id}/{question.id}" for chapter in library.order() for question in chapter.all_questions()
    ]
    assert len(set(asked)) == len(asked)


def test_an_exercise_has_its_words_in_every_language_and_the_place_where_it_is_taught():
    library = load_library()

    for exercise in exercises(library):
        chapter = library.chapters[exercise.chapter]
        assert set(exercise.texts) == set(languages())
        assert all(set(words.why) == set(exercise.question.choices) for words in exercise.texts.values())
        assert exercise.section in {section.id for section in chapter.plan.sections}
        assert exercise.facts == exercise.question.facts
        assert not exercise.is_generated


def test_an_exercise_shows_the_network_of_its_question():
    for exercise in exercises(load_library()):
        network = network_of(exercise.question)
        assert exercise.setup == (None if network is None else network_setup(network))


def test_an_id_leads_to_its_exercise():
    library = load_library()

    for exercise in exercises(library):
        assert exercise_of(library, exercise.id) is exercise


@pytest.mark.parametrize(
    "name",
    [
        "",
        "gateway-endpoints",
        "gateway-endpoints/no-such-question",
        "generated",
        "generated/",
        "generated/no-such-trap/1",
        "generated/private-dns-off",
        "generated/private-dns-off/",
        "generated/private-dns-off/01",
        "generated/private-dns-off/-1",
        "generated/private-dns-off/1/2",
        "generated/private-dns-off/1\n",
        "generated/private-dns-off/4294967296",
        "generated/private-dns-off/99999999999999999999",
        "generated/private-dns-off/１",
    ],
)
def test_an_id_of_nothing_leads_nowhere(name):
    assert exercise_of(load_library(), name) is None
