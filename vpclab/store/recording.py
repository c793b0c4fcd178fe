"""Adding events, each once, and moving the cards of the facts they are about, in one transaction.

The card of a fact is the fold of `schedule.review` over all answers about it in the order of time, whatever
the order they arrive in: a tab that could not write for a while sends older answers later.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Executable, and_, bindparam, insert, or_, select
from sqlalchemy.dialects import postgresql, sqlite

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


class Review(NamedTuple):
    """One answer about a fact. Times can be equal, the ids of a learner cannot: there is one order."""

    at: datetime
    answer_id: str
    rating: Rating


def columns(table: Any, value: type) -> list[Any]:
    """The columns of a table that make a value; they are named as its fields are."""
    return [getattr(table, field.name) for field in fields(value)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Statements:
    """What adds an answer: few statements, since each takes ten times as long in Python as in the database.

    Put together once for each kind of database, which takes longer still.
    """

    add: Mapping[EventType, Executable]
    note_latest: Executable
    move_cards: Executable


_INSERTS: Mapping[str, Callable[[Any], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}
_ADD_REVIEWS = insert(ReviewRow)
_CARDS = select(*columns(CardRow, Card)).where(
    CardRow.learner_id == bindparam("learner"), CardRow.fact.in_(bindparam("some", expanding=True))
)


@cache
def _statements(dialect: str) -> _Statements:
    into = _INSERTS[dialect]
    latest, cards = into(LatestRow), into(CardRow)
    is_later = or_(
        latest.excluded.at > LatestRow.at,
        and_(latest.excluded.at == LatestRow.at, latest.excluded.event_id > LatestRow.event_id),
    )
    return _Statements(
        add={
            kind: into(table).on_conflict_do_nothing().returning(table.id) for kind, table in TABLES.items()
        },
        note_latest=latest.on_conflict_do_update(
            index_elements=("learner_id", "kind", "name"),
            set_={"at": latest.excluded.at, "event_id": latest.excluded.event_id},
            where=is_later,
        ),
        move_cards=cards.on_conflict_do_update(
            index_elements=("learner_id", "fact"),
            set_={field.name: cards.excluded[field.name] for field in fields(Card) if field.name != "fact"},
        ),
    )


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
    if not given:
        return []
    rows = [{"learner_id": learner, **values(event)} for event in given.values()]
    new = set(connection.scalars(_statements(connection.dialect.name).add[kind], rows))
    return [event for event in given.values() if event.id in new]


def _note_latest(connection: Connection, learner: int, kind: EventType, new: Sequence[Event]) -> None:
    """Note which of some new events are now the latest of their exercise or page."""
    name_of = NAMED_BY[kind]
    latest = {name_of(event): event for event in sorted(new, key=_BY_TIME)}
    rows = [
        {"learner_id": learner, "kind": NAMES[kind], "name": name, "at": event.at, "event_id": event.id}
        for name, event in latest.items()
    ]
    if rows:
        connection.execute(_statements(connection.dialect.name).note_latest, rows)


def _move_cards(connection: Connection, learner: int, answers: Iterable[Event]) -> None:
    new = _reviews(answer for answer in answers if isinstance(answer, Answered))
    if not new:
        return
    rows = [
        {"learner_id": learner, "fact": fact, **one._asdict()} for fact, some in new.items() for one in some
    ]
    connection.execute(_ADD_REVIEWS, rows)
    move_cards = _statements(connection.dialect.name).move_cards
    for facts in _batches(list(new)):
        found = connection.execute(_CARDS, {"learner": learner, "some": facts})
        cards = {row.fact: Card(**row._asdict()) for row in found}
        moved = [_moved(connection, learner, cards.get(fact), fact, new[fact]) for fact in facts]
        connection.execute(move_cards, [{"learner_id": learner, **values(card)} for card in moved])


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
