"""What is asked next: what is due, in other words each time, then what is new; exams; the next best thing."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vpclab.learning.exam import GENERATED_AMONG_THEM, QUESTIONS, exam, results
from vpclab.learning.exercise import exercise_of, exercises
from vpclab.learning.generated import TRAPS
from vpclab.learning.library import load_library
from vpclab.learning.review import (
    due_cards,
    due_count,
    exercises_by_fact,
    new_facts,
    next_pick,
    pick_exercise,
)
from vpclab.learning.schedule import Card, Rating, review
from vpclab.learning.standing import (
    Deed,
    facts_by_chapter,
    facts_by_topic,
    next_thing,
    standings,
)

LIBRARY = load_library()
NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=400)
FACTS = tuple(exercises_by_fact(LIBRARY))


def cards(*facts: str, rating: Rating = Rating.GOOD, at: datetime = NOW) -> dict[str, Card]:
    return {fact: review(None, fact, rating, at) for fact in facts}


def test_a_newcomer_is_asked_the_first_question_of_the_first_chapter():
    pick = next_pick(LIBRARY, {}, {}, NOW, seed=1)

    assert pick.exercise == exercises(LIBRARY)[0].id
    assert pick.is_new


def test_what_is_due_comes_before_what_is_new_and_the_most_forgotten_first():
    strong = review(review(None, FACTS[0], Rating.EASY, NOW), FACTS[0], Rating.EASY, NOW + timedelta(days=9))
    known = {FACTS[0]: strong, **cards(FACTS[5])}

    pick = next_pick(LIBRARY, known, {}, LATER, seed=1)

    assert pick.fact == FACTS[5]
    assert not pick.is_new


def test_nothing_is_asked_twice_in_a_session_and_the_next_fact_follows():
    known = cards(*FACTS[:2])
    first = next_pick(LIBRARY, known, {}, LATER, seed=1)

    second = next_pick(LIBRARY, known, {first.exercise: LATER}, LATER, seed=1, asked=(first.exercise,))

    assert second.exercise != first.exercise


def test_a_session_ends_when_nothing_is_due_and_enough_is_new():
    assert next_pick(LIBRARY, cards(FACTS[0]), {}, NOW, seed=1, new_left=0) is None


def test_a_fact_comes_back_in_other_words():
    fact = next(fact for fact, asked in exercises_by_fact(LIBRARY).items() if len(asked) >= 3)
    card, answered = cards(fact)[fact], {}
    seen = []
    for day in range(3):
        name = pick_exercise(LIBRARY, fact, card, answered, seed=day)
        answered[name] = NOW + timedelta(days=day)
        seen.append(name)

    assert len(set(seen)) == 3


@settings(max_examples=60)
@given(st.integers(min_value=0, max_value=2**31), st.sampled_from(FACTS))
def test_whatever_is_picked_exists_and_asks_the_fact(seed, fact):
    known = cards(fact)
    answered = {exercise.id: NOW for exercise in exercises_by_fact(LIBRARY)[fact]}

    name = pick_exercise(LIBRARY, fact, known[fact], answered, seed)

    assert fact in exercise_of(LIBRARY, name).facts
    assert name == pick_exercise(LIBRARY, fact, known[fact], answered, seed)


@pytest.mark.parametrize("trap", TRAPS)
def test_every_fact_of_a_trap_can_come_back(trap):
    known = cards(*TRAPS[trap].facts)

    found = {card.fact for card in due_cards(LIBRARY, known, LATER)}

    assert found == set(TRAPS[trap].facts)
    for fact in TRAPS[trap].facts:
        assert exercise_of(LIBRARY, pick_exercise(LIBRARY, fact, known[fact], {}, seed=3)) is not None


def test_a_fact_that_nothing_asks_any_longer_is_not_due():
    assert due_cards(LIBRARY, cards("a-fact-that-was"), LATER) == ()


# --- exams -----------------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(st.integers(min_value=0, max_value=2**40))
def test_an_exam_has_twenty_different_questions_from_many_chapters_and_of_many_types(seed):
    names = exam(LIBRARY, seed)
    asked = [exercise_of(LIBRARY, name) for name in names]

    assert len(set(names)) == QUESTIONS
    assert sum(one.is_generated for one in asked) == GENERATED_AMONG_THEM
    assert len({one.chapter for one in asked if not one.is_generated}) >= 15
    assert len(Counter(one.question.kind for one in asked)) >= 6
    assert names == exam(LIBRARY, seed)


def test_the_result_of_an_exam_counts_every_question_once():
    names = exam(LIBRARY, 7)

    found = results(LIBRARY, dict.fromkeys(names, 0.5))

    assert sum(topic.count for topic in found) == QUESTIONS
    assert sum(topic.points for topic in found) == QUESTIONS / 2


# --- where a learner stands --------------------------------------------------------------------------------


@pytest.mark.parametrize("groups", [facts_by_chapter(LIBRARY), facts_by_topic(LIBRARY)])
def test_every_fact_of_a_group_is_counted_once(groups):
    for one, facts in zip(standings(groups, cards(*FACTS[:40]), NOW), groups.values(), strict=True):
        assert one.count == len(facts)
    assert {fact for facts in groups.values() for fact in facts} == set(FACTS)


def everything(rating: Rating = Rating.EASY) -> dict[str, Card]:
    return cards(*FACTS, rating=rating)


@pytest.mark.parametrize(
    ("known", "solved", "visited", "now", "deed"),
    [
        ({}, (), (), NOW, Deed.BEGIN),
        ({}, (), ("cost",), NOW, Deed.GO_ON),
        (cards(FACTS[0]), (), (), LATER, Deed.REVIEW),
        (everything(), (), (), NOW, Deed.LAB),
        (everything(), tuple(LIBRARY.labs), (), NOW, Deed.EXAM),
        (
            {fact: card for fact, card in everything().items() if fact != FACTS[-1]},
            tuple(LIBRARY.labs),
            (),
            NOW,
            Deed.LEARN,
        ),
    ],
)
def test_the_next_best_thing_follows_from_what_was_done(known, solved, visited, now, deed):
    assert next_thing(LIBRARY, known, solved, visited, now).deed is deed


def test_what_was_never_asked_is_new():
    assert new_facts(LIBRARY, cards(*FACTS[1:])) == (FACTS[0],)


@pytest.mark.parametrize("days", [0, 1, 3, 400])
def test_the_count_of_what_is_due_agrees_with_what_is_due(days):
    known = {**cards(*FACTS[:30]), **cards(*FACTS[30:40], rating=Rating.AGAIN), **cards("a-fact-that-was")}
    now = NOW + timedelta(days=days)

    assert due_count(LIBRARY, known, now) == len(due_cards(LIBRARY, known, now))
