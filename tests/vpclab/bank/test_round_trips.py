"""What goes out comes back the same: every question of the course, and hostile ones."""

from dataclasses import replace
from itertools import groupby

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.vpclab.bank import samples
from tests.vpclab.bank.samples import CHAPTER, EN, JA
from vpclab.bank.csv_bank import write_csv
from vpclab.bank.csv_reader import read_csv
from vpclab.bank.drafts import question_of
from vpclab.bank.gift import BULLET, write_gift
from vpclab.bank.gift_reader import read_gift
from vpclab.bank.items import items_of
from vpclab.bank.records import READABLE
from vpclab.learning.library import load_library
from vpclab.learning.questions import QuestionKind

BOTH = pytest.mark.parametrize("t", [EN, JA], ids=["en", "ja"])
KINDS = pytest.mark.parametrize("kind", READABLE)
LOST_IN_PAIRS = ("->",)


def by_chapter(t):
    return [
        (name, list(items))
        for name, items in groupby(items_of(load_library(), t), key=lambda one: one.chapter)
    ]


def is_held_by_gift(item):
    return item.kind in READABLE and item.network is None


@BOTH
def test_every_question_that_gift_can_hold_comes_back_the_same(t):
    for chapter, items in by_chapter(t):
        brought = read_gift(write_gift(items, {}, t).encode(), chapter, t)

        assert brought.items == tuple(filter(is_held_by_gift, items))
        assert {problem.code for problem in brought.report} <= {"needs_network"}
        assert len(brought.report) == len(items) - len(brought.items)
        assert brought.waiting == ()


@BOTH
def test_every_question_of_any_type_comes_back_from_csv_the_same(t):
    for chapter, items in by_chapter(t):
        brought = read_csv(write_csv(items).encode(), chapter, t)

        assert brought.items == tuple(items)
        assert brought.report == ()
        assert brought.waiting == ()


@pytest.mark.parametrize("sample", samples.READ_BACK, ids=lambda one: one.kind)
def test_a_sample_of_each_type_comes_back_from_gift(sample):
    assert read_gift(write_gift([sample], {}, EN).encode(), CHAPTER, EN).items == (sample,)


@pytest.mark.parametrize("sample", samples.ALL, ids=lambda one: one.kind)
def test_a_sample_of_each_type_comes_back_from_csv(sample):
    assert read_csv(write_csv([sample]).encode(), CHAPTER, EN).items == (sample,)


@pytest.mark.parametrize("sample", [samples.PREDICT, samples.POINT, samples.WALKED], ids=lambda one: one.kind)
def test_gift_tells_that_it_cannot_hold_a_network(sample):
    brought = read_gift(write_gift([sample], {}, EN).encode(), CHAPTER, EN)

    assert brought.items == ()
    assert [problem.code for problem in brought.report] == ["needs_network"]


@KINDS
@settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.filter_too_much])
@given(data=st.data())
def test_hostile_texts_come_back_from_gift(kind, data):
    forbidden = LOST_IN_PAIRS if kind in (QuestionKind.MATCH, QuestionKind.ORDER) else ()
    item = data.draw(samples.hostile(kind, (*forbidden, BULLET.strip())))

    brought = read_gift(write_gift([item], {}, EN).encode(), CHAPTER, EN)

    assert brought.items == (item,)
    assert brought.report == ()


@KINDS
@settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.filter_too_much])
@given(data=st.data())
def test_hostile_texts_come_back_from_csv(kind, data):
    item = data.draw(samples.hostile(kind))

    brought = read_csv(write_csv([item]).encode(), CHAPTER, EN)

    assert brought.items == (item,)
    assert brought.report == ()


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.filter_too_much])
@given(data=st.data())
def test_what_comes_back_makes_the_same_question_of_the_course(data):
    item = data.draw(samples.hostile(data.draw(st.sampled_from(READABLE)), ("->", BULLET.strip())))

    question = question_of(item)

    assert question is not None
    for brought in (
        read_gift(write_gift([item], {}, EN).encode(), CHAPTER, EN),
        read_csv(write_csv([item]).encode(), CHAPTER, EN),
    ):
        assert brought.questions == (question,)
        assert brought.texts[question.id].ask == item.prompt


def test_many_questions_keep_their_order():
    items = [replace(samples.ONE, id=f"{CHAPTER}/question-{number}") for number in range(300)]

    assert read_gift(write_gift(items, {}, EN).encode(), CHAPTER, EN).items == tuple(items)
    assert read_csv(write_csv(items).encode(), CHAPTER, EN).items == tuple(items)
