"""A learner's events as JSON text that they can keep, and back, with every problem and its place.

What is kept follows the same rules, so that whatever was kept can be brought in elsewhere.
"""

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from vpclab.errors import ExchangeError, Problem
from vpclab.exchange.plain_data import FORBIDDEN_CHARACTERS, REPLACEMENT, ProblemList, Unreadable, clean
from vpclab.exchange.reading import (
    INVALID,
    Budget,
    Notebook,
    Reader,
    any_text,
    boolean,
    integer,
    list_of,
    mapping,
    one_of,
    shown,
    word_of,
)
from vpclab.learning.schedule import Rating
from vpclab.store.events import NAMES, PLACES, Answered, Event, EventType, LabTried, Visited, values

FORMAT = 1
_TYPES = {name: kind for kind, name in NAMES.items()}

# Ten answers a day for more than ten years, each about two facts: bringing that in takes some ten seconds.
MAX_EVENTS = 50_000
MAX_REVIEWS = 100_000
MAX_BYTES = 30_000_000
MAX_COMMAS = 1_500_000
LONGEST_NAME, LONGEST_ANSWER, MOST_CHOICES, MOST_FACTS = 200, 500, 100, 20
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
CLOCKS_DIFFER = timedelta(days=1)
"""How far ahead of ours a clock may be that an event was made by."""

_ID = re.compile("[0-9a-f]{32}")
_HUGE = 10**300


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What bringing in a text came to: how many events were added, how many were there already."""

    added: int
    known: int


def write_export(events: Iterable[Event]) -> str:
    """The events as JSON; nothing in it tells whose they are."""
    lines = ",\n".join(json.dumps(_data(event), ensure_ascii=False) for event in events)
    return f'{{"format": {FORMAT}, "events": [\n{lines}\n]}}\n'


def read_export(text: str, now: datetime) -> tuple[Event, ...]:
    """The events of a text from anywhere. Raises ExchangeError with all that is wrong with it."""
    problems = ProblemList()
    notebook = Notebook((), problems, Budget())
    try:
        events = _export(notebook, _plain(text), now)
    except Unreadable as error:
        raise ExchangeError((*problems, error.problem)) from None
    if problems:
        raise ExchangeError(tuple(problems))
    return events


def checked(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events as they can be kept. Raises ExchangeError where a page made one that never can be.

    What a learner typed is no reason for that: it is cut, and characters that nobody can show are replaced.
    """
    problems: list[Problem] = []
    notebook = Notebook(("events",), problems, Budget())
    read = _event_reader(LATEST)
    found = [notebook.at(number, read, _data(_tidy(event))) for number, event in enumerate(events)]
    if problems:
        raise ExchangeError(tuple(problems))
    return tuple(found)


def _tidy(event: Event) -> Event:
    if not isinstance(event, Answered):
        return event
    made = (FORBIDDEN_CHARACTERS.sub(REPLACEMENT, text)[:LONGEST_ANSWER] for text in event.made)
    return replace(event, made=tuple(made))


def _data(event: Event) -> dict[str, Any]:
    data = {"event": NAMES[type(event)], **values(event), "at": event.at.isoformat()}
    if isinstance(event, Answered):
        data |= {"made": list(event.made), "facts": list(event.facts), "rating": str(event.rating)}
    return data


def _plain(text: str) -> Any:
    """The JSON as plain data, unless it is larger than any export."""
    # A character takes a byte or more: what is too long as text need not be encoded to find out.
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        megabytes = MAX_BYTES // 1_000_000
        raise Unreadable(Problem(path=(), code="export_too_large", facts={"limit": megabytes}))
    if text.count(",") > MAX_COMMAS:
        raise Unreadable(Problem(path=(), code="not_an_export"))
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        facts = {"detail": error.msg, "column": error.colno}
        raise Unreadable(Problem(path=(), code="not_json", facts=facts, line=error.lineno)) from None
    except (RecursionError, ValueError):  # nested deeper, or a number with more digits, than Python reads
        raise Unreadable(Problem(path=(), code="not_an_export")) from None


def _export(notebook: Notebook, data: Any, now: datetime) -> tuple[Event, ...]:
    if not isinstance(data, dict) or "events" not in data:
        raise Unreadable(Problem(path=(), code="not_an_export"))
    mapping(notebook, data, ("format", "events"))
    if data.get("format") != FORMAT:
        facts = {"value": shown(data.get("format")), "allowed": str(FORMAT)}
        raise Unreadable(Problem(path=("format",), code="not_one_of", facts=facts))
    given = data["events"]
    if isinstance(given, list) and len(given) > MAX_EVENTS:
        counted = {"count": len(given), "limit": MAX_EVENTS}
        raise Unreadable(Problem(path=("events",), code="too_many", facts=counted))
    found = notebook.at("events", list_of(_event_reader(now + CLOCKS_DIFFER)), given)
    if found is INVALID:
        return ()
    _check_reviews(found)
    return _distinct(notebook, found)


def _check_reviews(events: tuple[Event, ...]) -> None:
    count = sum(len(event.facts) for event in events if isinstance(event, Answered))
    if count > MAX_REVIEWS:
        facts = {"count": count, "limit": MAX_REVIEWS}
        raise Unreadable(Problem(path=("events",), code="too_many", facts=facts))


def _distinct(notebook: Notebook, events: tuple[Event, ...]) -> tuple[Event, ...]:
    seen: set[tuple[EventType, str]] = set()
    for number, event in enumerate(events):
        key = (type(event), event.id)
        if key in seen:
            notebook.tell("duplicate_id", "events", number, "id", id=event.id, section="events")
        seen.add(key)
    return events


def _event_reader(latest: datetime) -> Reader:
    """Reader of an event that happened no later than `latest`."""
    readers: dict[EventType, dict[str, Reader]] = {
        kind: {"id": _id, "at": _time_until(latest), **own} for kind, own in _OWN.items()
    }

    def read(notebook: Notebook, value: Any) -> Any:
        if not isinstance(value, dict):
            return notebook.tell("expected_mapping", value=shown(value))
        name = notebook.at("event", one_of(*_TYPES), value.get("event"))
        if name is INVALID:
            return INVALID
        keys = readers[_TYPES[name]]
        mapping(notebook, value, ("event", *keys))
        values = {key: _value(notebook, key, reader, value) for key, reader in keys.items()}
        return INVALID if any(found is INVALID for found in values.values()) else _TYPES[name](**values)

    return read


def _value(notebook: Notebook, key: str, reader: Reader, given: Mapping[str, Any]) -> Any:
    if key not in given:
        return notebook.tell("missing_key", key, name=key)
    return notebook.at(key, reader, given[key])


def _id(notebook: Notebook, value: Any) -> Any:
    if isinstance(value, str) and _ID.fullmatch(value):
        return value
    return notebook.tell("not_an_event_id", value=shown(value))


def _time_until(latest: datetime) -> Reader:
    def read(notebook: Notebook, value: Any) -> Any:
        try:
            time = datetime.fromisoformat(value)
            # Years at the ends of the calendar have no time in another zone.
            is_in_range = time.tzinfo is not None and EARLIEST <= time <= latest
        except (TypeError, ValueError, OverflowError):
            return notebook.tell("not_a_time", value=shown(value))
        if time.tzinfo is None:
            return notebook.tell("not_a_time", value=shown(value))
        return time.astimezone(UTC) if is_in_range else notebook.tell("time_out_of_range", value=shown(value))

    return read


def _text(longest: int, *, may_be_empty: bool = False) -> Reader:
    def read(notebook: Notebook, value: Any) -> Any:
        found = any_text(notebook, value)
        if found is INVALID:
            return INVALID
        if len(found) > longest:
            return notebook.tell("text_too_long", limit=longest)
        if not (may_be_empty or found.strip()):
            return notebook.tell("empty_text")
        told = len(notebook.problems)
        clean(found, tuple(notebook.path), notebook.problems)
        return found if len(notebook.problems) == told else INVALID

    return read


def _number(least: float, most: float, kind: Callable[[Notebook, Any], Any]) -> Reader:
    def read(notebook: Notebook, value: Any) -> Any:
        found = kind(notebook, value)
        if found is INVALID or least <= found <= most:
            return found
        return notebook.tell("number_out_of_range", value=shown(value), least=least, most=most)

    return read


def _real(notebook: Notebook, value: Any) -> Any:
    """A number, whole or not; JSON as Python reads it has some that are none."""
    is_number = type(value) is int or (isinstance(value, float) and math.isfinite(value))
    if not is_number:
        return notebook.tell("expected_number", value=shown(value))
    # A whole number can be larger than any float; it is out of range in any case.
    return float(max(-_HUGE, min(_HUGE, value)))


def _optional(reader: Reader) -> Reader:
    return lambda notebook, value: None if value is None else reader(notebook, value)


_NAME = _text(LONGEST_NAME)
_OWN: Mapping[EventType, Mapping[str, Reader]] = {
    Answered: {
        "exercise": _NAME,
        "kind": _NAME,
        "place": one_of(*PLACES),
        "made": list_of(_text(LONGEST_ANSWER, may_be_empty=True), limit=MOST_CHOICES),
        "score": _number(0, 1, _real),
        "millis": _optional(_number(0, 10**12, integer)),
        "rating": word_of(Rating),
        "facts": list_of(_NAME, limit=MOST_FACTS),
    },
    LabTried: {
        "lab": _NAME,
        "solved": boolean,
        "moves": _number(0, 10**6, integer),
        "stars": _number(0, 3, integer),
        "month_usd": _optional(_number(0, 10**9, _real)),
    },
    Visited: {"page": _NAME, "where": _text(LONGEST_ANSWER, may_be_empty=True)},
}
