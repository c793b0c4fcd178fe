"""Events for tests: numbered, so that each says which one it is."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from vpclab.learning.schedule import Card, Rating, review
from vpclab.store.events import Answered, LabTried, Visited

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
FACT, OTHER_FACT = "endpoint-has-no-ip", "gateway-is-free"


def event_id(number: int) -> str:
    """An id as pages make them."""
    return f"{number:032x}"


def answered(
    number: int,
    *,
    at: datetime | None = None,
    exercise: str = "gateway-endpoints/back-through-nat",
    made: tuple[str, ...] = ("dropped",),
    score: float = 1.0,
    millis: int | None = 12_000,
    rating: Rating = Rating.GOOD,
    facts: tuple[str, ...] = (FACT,),
) -> Answered:
    """The answer of this number, a minute after the one before."""
    return Answered(
        id=event_id(number),
        at=at or NOW + timedelta(minutes=number),
        exercise=exercise,
        kind="one",
        place="chapter",
        made=made,
        score=score,
        millis=millis,
        rating=rating,
        facts=facts,
    )


def lab_tried(number: int, *, lab: str = "no-way-home", stars: int = 2) -> LabTried:
    """The try of this number."""
    at = NOW + timedelta(minutes=number)
    return LabTried(id=event_id(number), at=at, lab=lab, solved=True, moves=3, stars=stars, month_usd=32.4)


def visited(number: int, *, page: str = "gateway-endpoints", where: str = "routes") -> Visited:
    """The visit of this number."""
    return Visited(id=event_id(number), at=NOW + timedelta(minutes=number), page=page, where=where)


def cards_of(answers: Iterable[Answered]) -> Mapping[str, Card]:
    """What the schedule makes of answers, from the first to the last: what a store has to come to."""
    cards: dict[str, Card] = {}
    for answer in sorted(answers, key=lambda answer: (answer.at, answer.id)):
        for fact in dict.fromkeys(answer.facts):
            cards[fact] = review(cards.get(fact), fact, answer.rating, answer.at)
    return cards
