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

from sqlalchemy import Connection, Executable, and_, bindparam, insert, or_, select, tuple_
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
"""How many cards one statement asks for; databases limit that."""

NAMED_BY: Mapping[EventType, Callable[[Any], str]] = {
    Answered: attrgetter("exercise"),
    Visited: attrgetter("page"),
}
"""Of which events the latest is asked for, and the latest of what."""

_BY_TIME = attrgetter("at", "id")

_Key = tuple[int, str]
"""A learner, and the id of an event or a fact: both are a learner's own."""

_Owned = tuple[int, Event]
"""A learner and an event of theirs."""


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
# SQLite does not look up a list of pairs, it reads the table; it looks up two lists, and the pairs choose.
_CARDS = select(CardRow.learner_id, *columns(CardRow, Card)).where(
    CardRow.learner_id.in_(bindparam("learners", expanding=True)),
    CardRow.fact.in_(bindparam("facts", expanding=True)),
    tuple_(CardRow.learner_id, CardRow.fact).in_(bindparam("pairs", expanding=True)),
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
            kind: into(table).on_conflict_do_nothing().returning(table.learner_id, table.id)
            for kind, table in TABLES.items()
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


def append(connection: Connection, given: Mapping[int, Iterable[Event]]) -> int:
    """Add what is new of each learner's events, and say how much that was. The caller holds their rows."""
    by_kind: dict[EventType, dict[_Key, Event]] = {kind: {} for kind in EVENT_TYPES}
    for learner, events in given.items():
        for event in events:
            by_kind[type(event)].setdefault((learner, event.id), event)
    new = {kind: _add(connection, kind, some) for kind, some in by_kind.items()}
    for kind in NAMED_BY:
        _note_latest(connection, kind, new[kind])
    _move_cards(connection, new[Answered])
    return sum(map(len, new.values()))


def _add(connection: Connection, kind: EventType, given: Mapping[_Key, Event]) -> list[_Owned]:
    """Add the events of one kind that are not there yet, and give those."""
    if not given:
        return []
    rows = [{"learner_id": learner, **values(event)} for (learner, _), event in given.items()]
    found = connection.execute(_statements(connection.dialect.name).add[kind], rows)
    new = {(row.learner_id, row.id) for row in found}
    return [(key[0], event) for key, event in given.items() if key in new]


def _note_latest(connection: Connection, kind: EventType, new: Sequence[_Owned]) -> None:
    """Note which of some new events are now the latest of their exercise or page."""
    name_of = NAMED_BY[kind]
    in_order = sorted(new, key=lambda owned: _BY_TIME(owned[1]))
    latest = {(learner, name_of(event)): event for learner, event in in_order}
    rows = [
        {"learner_id": learner, "kind": NAMES[kind], "name": name, "at": event.at, "event_id": event.id}
        for (learner, name), event in latest.items()
    ]
    if rows:
        connection.execute(_statements(connection.dialect.name).note_latest, rows)


def _move_cards(connection: Connection, answers: Iterable[_Owned]) -> None:
    new = _reviews(answers)
    if not new:
        return
    rows = [
        {"learner_id": learner, "fact": fact, **one._asdict()}
        for (learner, fact), some in new.items()
        for one in some
    ]
    connection.execute(_ADD_REVIEWS, rows)
    move_cards = _statements(connection.dialect.name).move_cards
    for keys in _batches(list(new)):
        cards = _cards(connection, keys)
        moved = [
            {"learner_id": key[0], **values(_moved(connection, key, cards.get(key), new[key]))}
            for key in keys
        ]
        connection.execute(move_cards, moved)


def _cards(connection: Connection, keys: Sequence[_Key]) -> dict[_Key, Card]:
    """The cards that are there, of some learners' facts."""
    cards: dict[_Key, Card] = {}
    learners, facts = ({key[part] for key in keys} for part in (0, 1))
    for row in connection.execute(_CARDS, {"learners": learners, "facts": facts, "pairs": keys}):
        found = row._asdict()
        learner = found.pop("learner_id")
        cards[learner, row.fact] = Card(**found)
    return cards


def _reviews(answers: Iterable[_Owned]) -> dict[_Key, list[Review]]:
    """The reviews of each learner's facts in the order of time; a fact named twice is reviewed once."""
    found: dict[_Key, list[Review]] = {}
    for learner, answer in answers:
        if isinstance(answer, Answered):
            for fact in dict.fromkeys(answer.facts):
                found.setdefault((learner, fact), []).append(Review(answer.at, answer.id, answer.rating))
    for reviews in found.values():
        reviews.sort(key=attrgetter("at", "answer_id"))
    return found


def _moved(connection: Connection, key: _Key, card: Card | None, new: list[Review]) -> Card:
    """The card after some new reviews; worked out from the first when one of them is not the latest."""
    learner, fact = key
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


def _batches(values: Sequence[_Key]) -> Iterator[Sequence[_Key]]:
    for start in range(0, len(values), BATCH):
        yield values[start : start + BATCH]
