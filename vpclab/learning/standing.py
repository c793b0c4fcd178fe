"""Where a learner stands: what is known, fading and unknown by chapter, and the next best thing to do."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache

from vpclab.learning.exercise import exercises
from vpclab.learning.models import Library
from vpclab.learning.review import due_count, exercises_by_fact, new_facts
from vpclab.learning.schedule import Card, Knowledge, knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How many facts of a group are known, fading and unknown. `name` is a chapter, or a topic of facts."""

    name: str
    known: int
    fading: int
    unknown: int

    @property
    def count(self) -> int:
        """All facts of the group that can be asked."""
        return self.known + self.fading + self.unknown


class Deed(StrEnum):
    """What a learner can do next."""

    REVIEW = "review"
    GO_ON = "go-on"
    LAB = "lab"
    BEGIN = "begin"
    LEARN = "learn"
    EXAM = "exam"


@dataclass(frozen=True, slots=True, kw_only=True)
class NextThing:
    """The next best thing: what to do, with which chapter or lab, or with how many facts."""

    deed: Deed
    target: str = ""
    count: int = 0


@lru_cache(maxsize=4)
def facts_by_chapter(library: Library) -> Mapping[str, tuple[str, ...]]:
    """The facts that each chapter asks; a fact can stand in more than one."""
    found: dict[str, dict[str, None]] = {}
    for exercise in exercises(library):
        assert exercise.chapter is not None
        found.setdefault(exercise.chapter, {}).update(dict.fromkeys(exercise.facts))
    return {chapter: tuple(facts) for chapter, facts in found.items()}


@lru_cache(maxsize=4)
def facts_by_topic(library: Library) -> Mapping[str, tuple[str, ...]]:
    """The facts that can be asked by what they are about."""
    found: dict[str, list[str]] = {}
    for fact in exercises_by_fact(library):
        found.setdefault(library.facts[fact].topic, []).append(fact)
    return {topic: tuple(found[topic]) for topic in sorted(found)}


def standings(
    groups: Mapping[str, Collection[str]], cards: Mapping[str, Card], now: datetime
) -> tuple[Standing, ...]:
    """How each group of facts stands."""
    return tuple(_standing(name, facts, cards, now) for name, facts in groups.items())


def _standing(name: str, facts: Collection[str], cards: Mapping[str, Card], now: datetime) -> Standing:
    counted = Counter(knowledge(cards.get(fact), now) for fact in facts)
    return Standing(
        name=name,
        known=counted[Knowledge.KNOWN],
        fading=counted[Knowledge.FADING],
        unknown=counted[Knowledge.UNKNOWN],
    )


def next_thing(
    library: Library,
    cards: Mapping[str, Card],
    solved: Collection[str],
    visited: Collection[str],
    now: datetime,
) -> NextThing:
    """What helps most now: what is about to fade, what was begun, a lab on what is known, a new chapter.

    `solved` are labs, `visited` chapters. When all was asked and solved an exam is left.
    """
    waiting = due_count(library, cards, now)
    if waiting:
        return NextThing(deed=Deed.REVIEW, count=waiting)
    asked = {
        chapter: sum(fact in cards for fact in facts) / len(facts)
        for chapter, facts in facts_by_chapter(library).items()
    }
    for chapter, share in asked.items():
        if (chapter in visited or share > 0) and share < 1 / 2:
            return NextThing(deed=Deed.GO_ON, target=chapter)
    for lab in library.labs.values():
        chapter = lab.plan.chapter.partition("/")[0]
        if lab.id not in solved and asked.get(chapter, 0) >= 1 / 2:
            return NextThing(deed=Deed.LAB, target=lab.id)
    for chapter, share in asked.items():
        if share < 1 / 2:
            return NextThing(deed=Deed.BEGIN, target=chapter)
    left = next((lab for lab in library.labs if lab not in solved), None)
    if left is not None:
        return NextThing(deed=Deed.LAB, target=left)
    new = len(new_facts(library, cards))
    return NextThing(deed=Deed.LEARN, count=new) if new else NextThing(deed=Deed.EXAM)
