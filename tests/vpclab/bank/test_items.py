"""The questions of the course as neutral records."""

import re

import pytest

from tests.vpclab.bank.samples import EN, JA
from vpclab.bank.drafts import question_data, words_data
from vpclab.bank.items import items_of
from vpclab.learning.exercise import exercises
from vpclab.learning.library import load_library
from vpclab.learning.questions import OrderQuestion, QuestionKind, own_choices
from vpclab.learning.quiz import grade, order_of

MARKUP = re.compile(r"\[\[|\[\^|\{[a-z0-9-]+\.|\*\*|\]\(|```")


@pytest.mark.parametrize("t", [EN, JA], ids=["en", "ja"])
def test_every_question_of_the_course_is_told_in_plain_words(t):
    items = items_of(load_library(), t)

    assert [item.id for item in items] == [exercise.id for exercise in exercises(load_library())]
    for item in items:
        texts = [item.prompt, *(choice.text for choice in item.choices), *(one.why for one in item.choices)]
        texts += [target.text for target in item.targets]
        assert all(texts), item.id
        assert not [text for text in texts if MARKUP.search(text)], item.id


@pytest.mark.parametrize("t", [EN, JA], ids=["en", "ja"])
def test_a_network_is_described_and_what_becomes_of_its_request_is_told(t):
    items = items_of(load_library(), t)

    assert any(item.network is not None for item in items)
    for item in items:
        assert bool(item.picture) is bool(item.verdict) is (item.network is not None), item.id


def test_the_right_choices_are_those_that_grading_takes():
    by_id = {exercise.id: exercise for exercise in exercises(load_library())}
    plain = (QuestionKind.ONE, QuestionKind.SEVERAL, QuestionKind.PREDICT, QuestionKind.POINT)
    for item in items_of(load_library(), EN):
        question = by_id[item.id].question
        if item.kind in plain:
            assert grade(question, [choice.id for choice in item.right]).is_right, item.id
            for choice in item.choices:
                assert grade(question, [choice.id]).score == max(0, float(choice.credit)), item.id
        if isinstance(question, OrderQuestion):
            assert tuple(choice.id for choice in item.choices) == order_of(question)


def test_a_record_says_what_the_file_of_the_course_says():
    by_id = {exercise.id: exercise for exercise in exercises(load_library())}
    for item in items_of(load_library(), EN):
        question, data = by_id[item.id].question, question_data(item)
        theirs = question.model_dump(exclude_defaults=True, mode="json")
        for name in ("id", "section", "misconception", "holds", "pairs", "unit", "guess"):
            assert data.get(name) == theirs.get(name), (item.id, name)
        assert set(data["choices"]) == set(question.choices)
        assert set(words_data(item).get("choices", ())) == set(own_choices(question))
