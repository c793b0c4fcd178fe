"""The schedule: what an answer says, when a fact comes back, and what counts as known."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpclab.learning.schedule import (
    LONGEST_DAYS,
    Card,
    Knowledge,
    Rating,
    due,
    is_due,
    knowledge,
    rating_of,
    retrievability,
    review,
)

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
EXPECTED = 30_000


def answers(*ratings: Rating, every: timedelta = DAY, fact: str = "f") -> Card:
    """A card after some answers, the first of them now."""
    card = None
    for number, rating in enumerate(ratings):
        card = review(card, fact, rating, NOW + number * every)
    assert card is not None
    return card


@pytest.mark.parametrize(
    ("score", "millis", "rating"),
    [
        (0.0, 20_000, Rating.AGAIN),
        (0.0, 1_000, Rating.AGAIN),
        (float("nan"), 20_000, Rating.AGAIN),
        (0.6, 1_000, Rating.HARD),
        (0.5, 1_000, Rating.AGAIN),
        (0.99, 20_000, Rating.HARD),
        (1.0, 20_000, Rating.GOOD),
        (1.0, 15_000, Rating.GOOD),
        (1.0, 14_999, Rating.EASY),
        (1.0, 60_000, Rating.GOOD),
        (1.0, 60_001, Rating.HARD),
        (1.0, 600_000, Rating.HARD),
        (1.0, 600_001, Rating.GOOD),
        (1.0, -5, Rating.GOOD),
        (1.0, None, Rating.GOOD),
    ],
)
def test_a_rating_says_whether_and_how_easily_an_answer_was_right(
    score: float, millis: int | None, rating: Rating
):
    assert rating_of(score, millis, EXPECTED) is rating


def test_a_wrong_answer_comes_back_in_the_same_sitting_and_a_right_one_after_days():
    assert answers(Rating.AGAIN).due == NOW + timedelta(minutes=10)
    assert answers(Rating.HARD).due == NOW + DAY
    assert answers(Rating.GOOD).due == NOW + 2 * DAY
    assert answers(Rating.EASY).due == NOW + 8 * DAY


def test_who_always_answers_slowly_is_asked_after_days_all_the_same():
    card = answers(*[Rating.HARD] * 5, every=3 * DAY)

    assert card.state == "review"
    assert card.due - card.last_review > 2 * DAY


def test_a_right_answer_after_a_wrong_one_leaves_the_sitting():
    for wrong in ((Rating.AGAIN,), (Rating.GOOD, Rating.AGAIN)):
        card = answers(*wrong, Rating.GOOD)

        assert card.state == "review"
        assert card.step is None
        assert card.due >= card.last_review + DAY


def test_a_lapse_is_a_fact_that_was_right_before():
    assert answers(Rating.AGAIN, Rating.AGAIN).lapses == 0
    assert answers(Rating.AGAIN, Rating.GOOD, Rating.AGAIN, Rating.AGAIN).lapses == 1
    assert answers(Rating.GOOD, Rating.AGAIN, Rating.GOOD, Rating.AGAIN).lapses == 2
    assert answers(Rating.GOOD, Rating.AGAIN, Rating.GOOD).reviews == 3


def test_nothing_is_put_off_for_longer_than_a_year():
    card = answers(*[Rating.EASY] * 12, every=LONGEST_DAYS * DAY)

    assert card.due == card.last_review + LONGEST_DAYS * DAY


def test_the_chance_of_a_right_answer_falls_with_the_days():
    card = answers(Rating.GOOD)
    chances = [retrievability(card, NOW + number * DAY) for number in range(30)]

    assert chances[0] == 1
    assert all(later < earlier for earlier, later in pairwise(chances))


def test_the_most_forgotten_of_what_is_due_comes_first_and_equals_in_a_fixed_order():
    fresh, forgotten = answers(Rating.EASY, fact="fresh"), answers(Rating.AGAIN, fact="forgotten")
    same = [answers(Rating.GOOD, fact=fact) for fact in ("b", "c", "a")]
    today = NOW + 5 * DAY

    found = due([fresh, *same, forgotten], today)

    assert [card.fact for card in found] == ["forgotten", "a", "b", "c"]
    assert due(reversed([fresh, *same, forgotten]), today) == found


def test_a_card_is_due_from_its_time_on():
    card = answers(Rating.GOOD)

    assert not is_due(card, card.due - timedelta(microseconds=1))
    assert is_due(card, card.due)


@pytest.mark.parametrize(
    ("card", "after", "says"),
    [
        (None, 0 * DAY, Knowledge.UNKNOWN),
        (answers(Rating.AGAIN), 0 * DAY, Knowledge.UNKNOWN),
        (answers(Rating.GOOD, Rating.GOOD, Rating.AGAIN, every=9 * DAY), 18 * DAY, Knowledge.UNKNOWN),
        (answers(Rating.EASY), 0 * DAY, Knowledge.FADING),
        (answers(Rating.AGAIN, Rating.GOOD, every=timedelta(minutes=10)), 0 * DAY, Knowledge.FADING),
        (answers(Rating.GOOD, Rating.GOOD, every=timedelta(minutes=10)), 0 * DAY, Knowledge.FADING),
        (answers(Rating.GOOD, Rating.GOOD, every=2 * DAY), 2 * DAY, Knowledge.KNOWN),
        (answers(Rating.EASY, Rating.EASY, every=timedelta(minutes=10)), 1 * DAY, Knowledge.KNOWN),
        (answers(Rating.GOOD, Rating.GOOD, every=2 * DAY), 99 * DAY, Knowledge.FADING),
    ],
)
def test_known_is_what_was_right_after_a_gap_and_holds_for_a_week(
    card: Card | None, after: timedelta, says: Knowledge
):
    assert knowledge(card, NOW + after) is says


def test_the_zone_that_a_time_is_told_in_makes_no_difference():
    tokyo = timezone(timedelta(hours=9))

    assert review(None, "f", Rating.GOOD, NOW.astimezone(tokyo)) == review(None, "f", Rating.GOOD, NOW)


GAPS = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=900))


@given(st.lists(st.tuples(st.sampled_from(Rating), GAPS), min_size=1, max_size=60))
def test_whatever_is_answered_a_card_stays_sound_and_is_the_same_again(steps: list[tuple[Rating, timedelta]]):
    card, again, now = None, None, NOW
    for rating, gap in steps:
        now += gap
        card, again = review(card, "f", rating, now), review(again, "f", rating, now)

        assert card == again
        assert card.last_review == now
        assert now < card.due <= now + LONGEST_DAYS * DAY
        assert 0 < card.stability < float("inf")
        assert 1 <= card.difficulty <= 10
        assert 0 < retrievability(card, card.due) <= 1
        assert (card.state == "review") is (rating is not Rating.AGAIN)
    assert card is not None
    assert card.reviews == len(steps)
