"""What to ask next: the facts that are due, each in other words than last time; then facts never asked.

A fact is the card; an exercise is one way to ask it. Time and seed arrive as arguments.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from random import Random

from vpclab.learning.exercise import GENERATED, Exercise, exercise_of, exercises
from vpclab.learning.generated import traps_of_fact
from vpclab.learning.models import Library
from vpclab.learning.schedule import Card, due, is_due

NEW_IN_A_SESSION = 10
"""How many questions about facts that were never asked a session brings, after those that are due."""

_SEEDS = 2**31


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """What to ask next: an exercise, the fact that it is asked for, and whether that was never asked."""

    exercise: str
    fact: str
    is_new: bool


@lru_cache(maxsize=4)
def exercises_by_fact(library: Library) -> Mapping[str, tuple[Exercise, ...]]:
    """The authored exercises of each fact that has any, facts and exercises in reading order."""
    found: dict[str, tuple[Exercise, ...]] = {}
    for exercise in exercises(library):
        for fact in exercise.facts:
            found[fact] = (*found.get(fact, ()), exercise)
    return found


def due_cards(library: Library, cards: Mapping[str, Card], now: datetime) -> tuple[Card, ...]:
    """The cards that are due and that something can be asked about, the most forgotten first.

    A fact that lost its questions stays with the learner, and comes back with a new one.
    """
    return due((card for card in cards.values() if _can_be_asked(library, card.fact)), now)


def due_count(library: Library, cards: Mapping[str, Card], now: datetime) -> int:
    """How many cards `due_cards` has; what is most forgotten takes time to tell, and does not matter here."""
    return sum(is_due(card, now) and _can_be_asked(library, card.fact) for card in cards.values())


def _can_be_asked(library: Library, fact: str) -> bool:
    return fact in exercises_by_fact(library) or bool(traps_of_fact(fact))


def new_facts(library: Library, cards: Mapping[str, Card]) -> tuple[str, ...]:
    """The facts that were never asked, in reading order."""
    return tuple(fact for fact in exercises_by_fact(library) if fact not in cards)


def next_pick(
    library: Library,
    cards: Mapping[str, Card],
    answered: Mapping[str, datetime],
    now: datetime,
    *,
    seed: int,
    new_left: int = NEW_IN_A_SESSION,
    asked: Collection[str] = (),
) -> Pick | None:
    """The next question of a session; None when nothing is due and no new fact is left.

    `answered` says when each exercise was answered last, `asked` which ones the session has asked already:
    none is asked twice in a session. Of the due facts the most forgotten comes first.
    """
    for card in due_cards(library, cards, now):
        exercise = pick_exercise(library, card.fact, card, answered, seed)
        if exercise not in asked:
            return Pick(exercise=exercise, fact=card.fact, is_new=False)
    for fact in new_facts(library, cards) if new_left > 0 else ():
        exercise = pick_exercise(library, fact, None, answered, seed)
        if exercise not in asked:
            return Pick(exercise=exercise, fact=fact, is_new=True)
    return None


def pick_exercise(
    library: Library, fact: str, card: Card | None, answered: Mapping[str, datetime], seed: int
) -> str:
    """Other words each time: what was never asked, else a generated one, else what was asked longest ago.

    The fact has an exercise or a trap.
    """
    mine = exercises_by_fact(library).get(fact, ())
    fresh = [exercise.id for exercise in mine if exercise.id not in answered]
    if card is None and fresh:  # the question of the chapter that teaches it comes first
        return fresh[0]
    random = Random(f"{seed}/{fact}/{0 if card is None else card.reviews}")  # noqa: S311 - variety, no secret
    if fresh:
        return random.choice(fresh)
    traps = traps_of_fact(fact)
    if traps and (len(mine) < 2 or random.random() < 1 / 2):
        made = f"{GENERATED}/{random.choice(traps)}/{random.randrange(_SEEDS)}"
        if exercise_of(library, made) is not None:
            return made
    return min((exercise.id for exercise in mine), key=lambda name: answered[name])
