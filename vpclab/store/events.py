"""What a learner did, as values. Events are only ever added; the present state follows from them.

`id` is made by the page (32 hexadecimal digits, as `uuid4().hex`), so that what is sent twice is kept once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from vpclab.learning.schedule import Rating

PLACES = ("chapter", "review", "exam", "stage")
"""Where a question can be answered."""

GENERATED = "generated/"
"""How the names of exercises begin that the app makes up; there is no end of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An answer to a question.

    `exercise` is chapter and question (`gateway-endpoints/back-through-nat`), or generator and seed
    (`generated/way/8421`). `rating` is what the schedule makes of it, see `schedule.rating_of`.
    """

    id: str
    at: datetime
    exercise: str
    kind: str
    place: str
    made: tuple[str, ...]
    score: float
    millis: int | None
    rating: Rating
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabTried:
    """A try at a lab; `month_usd` is what the network came to costs in a month, where that is known."""

    id: str
    at: datetime
    lab: str
    solved: bool
    moves: int
    stars: int
    month_usd: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited:
    """A place in the course: `where` on which page. The latest of each page is where a learner is."""

    id: str
    at: datetime
    page: str
    where: str


Event = Answered | LabTried | Visited
EventType = type[Answered] | type[LabTried] | type[Visited]
EVENT_TYPES: tuple[EventType, ...] = (Answered, LabTried, Visited)
NAMES: Mapping[EventType, str] = {Answered: "answered", LabTried: "lab-tried", Visited: "visited"}
"""What the kinds of events are called where they are kept and in exports, for ever."""


def values(value: Any) -> dict[str, Any]:
    """The fields of a value by name; `asdict` would copy what is in them."""
    return {field.name: getattr(value, field.name) for field in fields(value)}
