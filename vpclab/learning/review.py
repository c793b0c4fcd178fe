"""What to ask next: the facts that are due, each in other words than last time; then facts never asked.

A fact is the card; an exercise is one way to ask it. Time and seed arrive as arguments.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from random import Random

from vpclab.learning.exercise import GENERATED, Exercise, exercise_of, exercises
from vpclab.learning.generated import traps_of_fact
from vpclab.learning.models import Library
from vpclab.learning.schedule import Card, due

NEW_IN_A_SESSION = 10
"""How many facts that were never asked a session brings, after those that are due."""

_NEVER = datetime.min.replace(tzinfo=UTC)
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


def next_pick(
    library: Library,
    cards: Mapping[str, Card],
    answered: Mapping[str, datetime],
    now: datetime,
    *,
    seed: int,
    new_left: int = NEW_IN_A_SESSION,
) -> Pick | None:
    """The next question of a session; None when nothing is due and no new fact is left.

    `answered` says when each exercise was answered last. Of the due facts the most forgotten comes first.
    """
    known = exercises_by_fact(library)
    for card in due(cards.values(), now):
        if card.fact in known:
            exercise = pick_exercise(library, card.fact, card, answered, seed)
            return Pick(exercise=exercise, fact=card.fact, is_new=False)
    if new_left <= 0:
        return None
    for fact in known:
        if fact not in cards:
            exercise = pick_exercise(library, fact, None, answered, seed)
            return Pick(exercise=exercise, fact=fact, is_new=True)
    return None


def pick_exercise(
    library: Library, fact: str, card: Card | None, answered: Mapping[str, datetime], seed: int
) -> str:
    """Other words each time: what was never asked, else a generated one, else what was asked longest ago."""
    mine = exercises_by_fact(library)[fact]
    fresh = [exercise.id for exercise in mine if exercise.id not in answered]
    if card is None and fresh:  # the question of the chapter that teaches it comes first
        return fresh[0]
    random = Random(f"{seed}/{fact}/{0 if card is None else card.reviews}")  # noqa: S311 - variety, no secret
    if fresh:
        return random.choice(fresh)
    traps = traps_of_fact(fact)
    if traps and (len(mine) == 1 or random.random() < 1 / 2):
        made = f"{GENERATED}/{random.choice(traps)}/{random.randrange(_SEEDS)}"
        if exercise_of(library, made) is not None:
            return made
    return min((exercise.id for exercise in mine), key=lambda name: answered.get(name, _NEVER))
