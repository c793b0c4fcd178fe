"""When a fact comes back: each answer to a question about it moves its card, by the FSRS algorithm.

Nothing here is random, so the same answers in the same order give the same cards.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import fsrs

PAUSE_MILLIS = 10 * 60 * 1000
"""Somebody who took longer than this was away; how long tells nothing about what they know."""

SLOW, QUICK = 2.0, 0.5
"""Times of the expected time beyond which a right answer was hard, and below which it was easy."""

HALF = 0.5
"""A share of the points that luck gives: the right word on a statement without the reason."""

RETENTION = 0.9
"""A card comes back when the chance of a right answer has fallen to this."""

KNOWN_DAYS = 7.0
"""How long a fact must hold to count as known, in days until the chance has fallen to RETENTION."""

KNOWN_REVIEWS = 2
"""With three or four choices, one right answer is too often luck."""

LONGEST_DAYS = 365
"""AWS changes; nobody should trust for longer than a year what they once learned."""

SAME_SITTING = timedelta(minutes=10)
"""A wrong answer comes back after this long."""


class Rating(StrEnum):
    """How well an answer went, in FSRS's words."""

    AGAIN = "again"
    HARD = "hard"
    GOOD = "good"
    EASY = "easy"


class Knowledge(StrEnum):
    """What a card says about a learner: never right or wrong last time; not safe yet, or no longer; safe."""

    UNKNOWN = "unknown"
    FADING = "fading"
    KNOWN = "known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What the answers about one fact have come to.

    `stability` is the number of days until the chance of a right answer falls to 0.9, `difficulty` runs from
    1 to 10. `state` is `review`, or after a wrong answer `learning` (it never was right before) or
    `relearning`; `lapses` counts how often it was forgotten after it had been right.
    """

    fact: str
    due: datetime
    stability: float
    difficulty: float
    state: str
    step: int | None
    last_review: datetime
    reviews: int
    lapses: int


REVIEW = "review"
_STATES: Mapping[str, fsrs.State] = {
    "learning": fsrs.State.Learning,
    REVIEW: fsrs.State.Review,
    "relearning": fsrs.State.Relearning,
}
_NAMES: Mapping[fsrs.State, str] = {state: name for name, state in _STATES.items()}
_RATINGS: Mapping[Rating, fsrs.Rating] = {
    Rating.AGAIN: fsrs.Rating.Again,
    Rating.HARD: fsrs.Rating.Hard,
    Rating.GOOD: fsrs.Rating.Good,
    Rating.EASY: fsrs.Rating.Easy,
}


def _scheduler(*steps: timedelta) -> fsrs.Scheduler:
    return fsrs.Scheduler(
        desired_retention=RETENTION,
        learning_steps=steps,
        relearning_steps=steps,
        maximum_interval=LONGEST_DAYS,
        enable_fuzzing=False,
    )


# Only a wrong answer is asked again in the same sitting. With steps for all ratings, FSRS keeps a card on its
# step for as long as it is answered hard: who always reads slowly would be asked every few minutes for ever.
_WRONG = _scheduler(SAME_SITTING)
_RIGHT = _scheduler()


def rating_of(score: float, millis: int | None, expected_millis: int) -> Rating:
    """What correctness and time say together; a time that is not known, or absurd, says nothing."""
    if not score > HALF:
        return Rating.AGAIN
    if score < 1:
        return Rating.HARD
    if millis is None or not 0 <= millis <= PAUSE_MILLIS:
        return Rating.GOOD
    if millis > SLOW * expected_millis:
        return Rating.HARD
    return Rating.EASY if millis < QUICK * expected_millis else Rating.GOOD


def review(card: Card | None, fact: str, rating: Rating, now: datetime) -> Card:
    """The card after one more answer about its fact; None for a fact that was never asked."""
    scheduler = _WRONG if rating is Rating.AGAIN else _RIGHT
    # A card of FSRS's own making would wait for a new number and read the clock.
    before = fsrs.Card(card_id=0, due=now) if card is None else _as_fsrs(card)
    after, _ = scheduler.review_card(before, _RATINGS[rating], now.astimezone(UTC))
    assert after.stability is not None
    assert after.difficulty is not None
    assert after.last_review is not None
    is_lapse = card is not None and card.state == REVIEW and rating is Rating.AGAIN
    return Card(
        fact=fact,
        due=after.due,
        stability=after.stability,
        difficulty=after.difficulty,
        state=_NAMES[after.state],
        step=after.step,
        last_review=after.last_review,
        reviews=(card.reviews if card else 0) + 1,
        lapses=(card.lapses if card else 0) + is_lapse,
    )


def _as_fsrs(card: Card) -> fsrs.Card:
    return fsrs.Card(
        card_id=0,
        state=_STATES[card.state],
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        due=card.due,
        last_review=card.last_review,
    )


def retrievability(card: Card, now: datetime) -> float:
    """The chance of a right answer now; FSRS counts whole days, so it is 1 on the first."""
    return _RIGHT.get_card_retrievability(_as_fsrs(card), now.astimezone(UTC))


def is_due(card: Card, now: datetime) -> bool:
    """Whether the time has come to ask again."""
    return card.due <= now


def due(cards: Iterable[Card], now: datetime) -> tuple[Card, ...]:
    """The cards that are due, the most forgotten first; equal ones in the order of their time and name."""
    found = [card for card in cards if is_due(card, now)]
    return tuple(sorted(found, key=lambda card: (retrievability(card, now), card.due, card.fact)))


def knowledge(card: Card | None, now: datetime) -> Knowledge:
    """What a learner knows of a fact.

    Known: the last answer was not wrong, the chance of a right one is still 0.9, and would be after a week.
    Right answers on one day hardly add to FSRS's stability; what lifts it over a week is a right answer after
    a gap, or answers without hesitation.
    """
    if card is None or card.state != REVIEW:
        return Knowledge.UNKNOWN
    holds = card.stability >= KNOWN_DAYS and card.reviews >= KNOWN_REVIEWS
    return Knowledge.KNOWN if holds and retrievability(card, now) >= RETENTION else Knowledge.FADING
