"""The progress of a learner after some more events, without asking the store: what a page shows at once.

It is what the store comes to by itself for events that are the latest; the store is the one to believe.
"""

from collections.abc import Iterable
from dataclasses import replace

from vpclab.learning.schedule import review
from vpclab.store.events import Answered, Event, LabTried, Visited
from vpclab.store.queries import Progress


def advance(progress: Progress, events: Iterable[Event]) -> Progress:
    """Progress with these events on top, in their order."""
    for event in events:
        match event:
            case Answered():
                progress = _after_answer(progress, event)
            case LabTried():
                progress = replace(progress, labs=(*progress.labs, event))
            case Visited():
                progress = replace(progress, places={**progress.places, event.page: event})
    return progress


def _after_answer(progress: Progress, event: Answered) -> Progress:
    cards = dict(progress.cards)
    for fact in dict.fromkeys(event.facts):
        cards[fact] = review(cards.get(fact), fact, event.rating, event.at)
    others = tuple(answer for answer in progress.answers if answer.exercise != event.exercise)
    return replace(progress, cards=cards, answers=(*others, event))
