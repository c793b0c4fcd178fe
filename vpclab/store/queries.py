"""What is asked of the store: the present state of a learner, what happened when, answers for statistics."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, select

from vpclab.learning.schedule import Card
from vpclab.store.events import EVENT_TYPES, GENERATED, NAMES, Answered, Event, EventType, LabTried, Visited
from vpclab.store.recording import TABLES, columns
from vpclab.store.tables import AnswerRow, CardRow, LabRow, LatestRow

LATEST_GENERATED = 100
"""Of exercises that the app makes up without end, the latest ones say enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a learner stands.

    `answers` has the latest answer to each exercise of the course and to the LATEST_GENERATED last ones that
    the app made up, in the order of time; `labs` all tries; `cards` by fact; `places` the latest by page.
    """

    answers: tuple[Answered, ...]
    cards: Mapping[str, Card]
    labs: tuple[LabTried, ...]
    places: Mapping[str, Visited]


NOTHING = Progress(answers=(), cards={}, labs=(), places={})
"""Where everybody begins."""


def progress(connection: Connection, learner: int) -> Progress:
    """The present state; how long it takes grows with the course, hardly with the years."""
    cards = connection.execute(select(*columns(CardRow, Card)).where(CardRow.learner_id == learner))
    tries = _all(LabRow, LabTried, learner).order_by(LabRow.at, LabRow.id)
    visits = connection.execute(_latest(Visited, learner))
    return Progress(
        answers=_latest_answers(connection, learner),
        cards={row.fact: Card(**row._asdict()) for row in cards},
        labs=tuple(LabTried(**row._asdict()) for row in connection.execute(tries)),
        places={row.page: Visited(**row._asdict()) for row in visits},
    )


def _all(table: Any, value: type, learner: int) -> Select[Any]:
    return select(*columns(table, value)).where(table.learner_id == learner)


def _latest(kind: EventType, learner: int) -> Select[Any]:
    """The latest events of a kind, each of its own exercise or page."""
    table = TABLES[kind]
    is_latest = and_(LatestRow.learner_id == table.learner_id, LatestRow.event_id == table.id)
    return _all(table, kind, learner).join(LatestRow, is_latest).where(LatestRow.kind == NAMES[kind])


def _latest_answers(connection: Connection, learner: int) -> tuple[Answered, ...]:
    latest, is_generated = _latest(Answered, learner), LatestRow.name.startswith(GENERATED)
    newest = latest.where(is_generated).order_by(LatestRow.at.desc(), LatestRow.event_id.desc())
    rows = (
        *connection.execute(latest.where(~is_generated)),
        *connection.execute(newest.limit(LATEST_GENERATED)),
    )
    found = [Answered(**row._asdict()) for row in rows]
    return tuple(sorted(found, key=lambda answer: (answer.at, answer.id)))


# Put together once: the review reads its answers again before it keeps another one.
_ANSWERS = (
    select(*columns(AnswerRow, Answered))
    .where(AnswerRow.learner_id == bindparam("learner"))
    .order_by(AnswerRow.at, AnswerRow.id)
)
_SINCE = _ANSWERS.where(AnswerRow.at >= bindparam("since", type_=AnswerRow.at.type))


def history(connection: Connection, learner: int, since: datetime | None) -> tuple[Answered, ...]:
    """All answers from a time on, in the order of time."""
    rows = connection.execute(_ANSWERS if since is None else _SINCE, {"learner": learner, "since": since})
    return tuple(Answered(**row._asdict()) for row in rows)


def days(connection: Connection, learner: int, zone: tzinfo, since: datetime | None) -> Mapping[date, int]:
    """How many answers on each day, by the calendar of a zone; days without any are left out."""
    asked = select(AnswerRow.at).where(AnswerRow.learner_id == learner).order_by(AnswerRow.at)
    if since is not None:
        asked = asked.where(AnswerRow.at >= since)
    return Counter(at.astimezone(zone).date() for at in connection.scalars(asked))


def events(connection: Connection, learner: int) -> tuple[Event, ...]:
    """Everything that is kept of what a learner did, in the order of time."""
    found: list[Event] = []
    for kind in EVENT_TYPES:
        rows = connection.execute(_all(TABLES[kind], kind, learner))
        found.extend(kind(**row._asdict()) for row in rows)
    return tuple(sorted(found, key=lambda event: (event.at, event.id)))


def first_answers(connection: Connection, learner: int) -> tuple[Answered, ...]:
    """The first answer to each exercise: later ones were made by somebody who had seen the solution."""
    first: dict[str, Answered] = {}
    for answer in history(connection, learner, None):
        first.setdefault(answer.exercise, answer)
    return tuple(first.values())
