"""Adding events, each once, and moving the cards of the facts they are about, in one transaction.

The card of a fact is the fold of `schedule.review` over all answers about it in the order of time, whatever
the order they arrive in: a tab that could not write for a while sends older answers later.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, Insert, Select, bindparam, delete, insert, select

from vpclab.learning.schedule import Card, Rating, review
from vpclab.store.events import EVENT_TYPES, NAMES, Answered, Event, EventType, LabTried, Visited, values
from vpclab.store.tables import AnswerRow, CardRow, LabRow, LatestRow, ReviewRow, VisitRow

TABLES: Mapping[EventType, type[AnswerRow] | type[LabRow] | type[VisitRow]] = {
    Answered: AnswerRow,
    LabTried: LabRow,
    Visited: VisitRow,
}
BATCH = 500
"""How many values one statement asks for; databases limit that."""

NAMED_BY: Mapping[EventType, Callable[[Any], str]] = {
    Answered: attrgetter("exercise"),
    Visited: attrgetter("page"),
}
"""Of which events the latest is asked for, and the latest of what."""

_BY_TIME = attrgetter("at", "id")

# Statements are put together once: that takes longer than to carry one out, and an answer needs a dozen.
_SOME: BindParameter[Any] = bindparam("some", expanding=True)
_INSERT: Mapping[Any, Insert] = {
    table: insert(table) for table in (*TABLES.values(), LatestRow, ReviewRow, CardRow)
}
_KNOWN: Mapping[EventType, Select[Any]] = {
    kind: select(table.id).where(table.learner_id == bindparam("learner"), table.id.in_(_SOME))
    for kind, table in TABLES.items()
}
_LATEST_OF = (
    LatestRow.learner_id == bindparam("learner"),
    LatestRow.kind == bindparam("of_kind"),
    LatestRow.name.in_(_SOME),
)
_LATEST = select(LatestRow.name, LatestRow.at, LatestRow.event_id).where(*_LATEST_OF)
_DROP_LATEST = delete(LatestRow).where(*_LATEST_OF)


class Review(NamedTuple):
    """One answer about a fact. Times can be equal, the ids of a learner cannot: there is one order."""

    at: datetime
    answer_id: str
    rating: Rating


def columns(table: Any, value: type) -> list[Any]:
    """The columns of a table that make a value; they are named as its fields are."""
    return [getattr(table, field.name) for field in fields(value)]


_CARDS_OF = (CardRow.learner_id == bindparam("learner"), CardRow.fact.in_(_SOME))
_CARDS = select(*columns(CardRow, Card)).where(*_CARDS_OF)
_DROP_CARDS = delete(CardRow).where(*_CARDS_OF)


def append(connection: Connection, learner: int, events: Iterable[Event]) -> int:
    """Add what is new of some events, and say how much that was. The caller holds the learner's row."""
    given: dict[EventType, dict[str, Event]] = {kind: {} for kind in EVENT_TYPES}
    for event in events:
        given[type(event)].setdefault(event.id, event)
    new = {kind: _add(connection, learner, kind, given[kind]) for kind in EVENT_TYPES}
    for kind in NAMED_BY:
        _note_latest(connection, learner, kind, new[kind])
    _move_cards(connection, learner, new[Answered])
    return sum(map(len, new.values()))


def _add(connection: Connection, learner: int, kind: EventType, given: Mapping[str, Event]) -> list[Event]:
    """Add the events of one kind that are not there yet, and give those."""
    known = _known_ids(connection, learner, kind, list(given))
    new = [event for event in given.values() if event.id not in known]
    if new:
        rows = [{"learner_id": learner, **values(event)} for event in new]
        connection.execute(_INSERT[TABLES[kind]], rows)
    return new


def _known_ids(connection: Connection, learner: int, kind: EventType, ids: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for some in _batches(ids):
        found.update(connection.scalars(_KNOWN[kind], {"learner": learner, "some": some}))
    return found


def _note_latest(connection: Connection, learner: int, kind: EventType, new: Sequence[Event]) -> None:
    """Note which of some new events are now the latest of their exercise or page."""
    name_of = NAMED_BY[kind]
    latest = {name_of(event): event for event in sorted(new, key=_BY_TIME)}
    for names in _batches(list(latest)):
        asked = {"learner": learner, "of_kind": NAMES[kind], "some": names}
        found = connection.execute(_LATEST, asked)
        before = {name: (at, event_id) for name, at, event_id in found}
        later = [name for name in names if name not in before or before[name] < _BY_TIME(latest[name])]
        if not later:
            continue
        if before:
            connection.execute(_DROP_LATEST, asked | {"some": later})
        rows = [{"name": name, "at": latest[name].at, "event_id": latest[name].id} for name in later]
        of_these = {"learner_id": learner, "kind": NAMES[kind]}
        connection.execute(_INSERT[LatestRow], [of_these | row for row in rows])


def _move_cards(connection: Connection, learner: int, answers: Iterable[Event]) -> None:
    new = _reviews(answer for answer in answers if isinstance(answer, Answered))
    if not new:
        return
    rows = [
        {"learner_id": learner, "fact": fact, **one._asdict()} for fact, some in new.items() for one in some
    ]
    connection.execute(_INSERT[ReviewRow], rows)
    for facts in _batches(list(new)):
        of_these = {"learner": learner, "some": facts}
        found = connection.execute(_CARDS, of_these)
        cards = {row.fact: Card(**row._asdict()) for row in found}
        moved = [_moved(connection, learner, cards.get(fact), fact, new[fact]) for fact in facts]
        if cards:
            connection.execute(_DROP_CARDS, of_these)
        connection.execute(_INSERT[CardRow], [{"learner_id": learner, **values(card)} for card in moved])


def _reviews(answers: Iterable[Answered]) -> dict[str, list[Review]]:
    """The reviews of each fact in the order of time; an answer that names a fact twice reviews it once."""
    found: dict[str, list[Review]] = {}
    for answer in answers:
        for fact in dict.fromkeys(answer.facts):
            found.setdefault(fact, []).append(Review(answer.at, answer.id, answer.rating))
    for reviews in found.values():
        reviews.sort(key=attrgetter("at", "answer_id"))
    return found


def _moved(connection: Connection, learner: int, card: Card | None, fact: str, new: list[Review]) -> Card:
    """The card after some new reviews; worked out from the first when one of them is not the latest."""
    if card is not None and new[0].at <= card.last_review:
        asked = (
            select(ReviewRow.at, ReviewRow.answer_id, ReviewRow.rating)
            .where(ReviewRow.learner_id == learner, ReviewRow.fact == fact)
            .order_by(ReviewRow.at, ReviewRow.answer_id)
        )
        new = [Review(*row) for row in connection.execute(asked)]
        card = None
    return fold(fact, new, card)


def fold(fact: str, reviews: Iterable[Review], card: Card | None = None) -> Card:
    """The card that reviews in the order of time come to."""
    for one in reviews:
        card = review(card, fact, one.rating, one.at)
    assert card is not None
    return card


def _batches(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), BATCH):
        yield values[start : start + BATCH]
