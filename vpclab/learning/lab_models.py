"""Labs as content: a network to mend, what has to hold of it, and the moves that may be made.

`docs/labs.md` tells the format. `LabPlan` is what any lab has, `LabFile` what a lab of the course must have;
`Lab` is either of them read to the end, with its edits and moves as values.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Discriminator, Field, StrictBool, Tag
from pydantic_core import PydanticCustomError

from vpclab.cost.month import PriceList
from vpclab.learning.texts import Content, Filled, Id
from vpclab.network.edits import Edit

MAIN = "main"
"""The request that the choices of the network describe."""

HALF = "half"
"""A bound on the cost of a month: half of what the start costs."""

MAKE, TAKE_BACK = "make", "take_back"
"""How a file writes the two ways of a named move."""

MOST_MOVES = 4
"""In how many moves every lab of the course can be solved."""

HINTS = 3


class Way(StrEnum):
    """Through what a request can reach its service."""

    GATEWAY_ENDPOINT = "gateway-endpoint"
    INTERFACE_ENDPOINT = "interface-endpoint"
    NAT_GATEWAY = "nat-gateway"
    INTERNET_GATEWAY = "internet-gateway"
    INSIDE = "inside"


class Component(StrEnum):
    """What can be in a network or not."""

    NAT_GATEWAY = "nat-gateway"
    INTERNET_GATEWAY = "internet-gateway"
    GATEWAY_ENDPOINT = "gateway-endpoint"
    INTERFACE_ENDPOINT = "interface-endpoint"
    PUBLIC_ADDRESS = "public-address"
    PEERING_CONNECTION = "peering-connection"
    TRANSIT_GATEWAY = "transit-gateway"
    VIRTUAL_PRIVATE_GATEWAY = "virtual-private-gateway"
    DIRECT_CONNECT = "direct-connect"
    HOSTED_ZONE = "hosted-zone"
    RESOLVER_ENDPOINT = "resolver-endpoint"


def _read_bound(data: object) -> Decimal | str:
    """USD a month, or half of what the start costs."""
    if data == HALF:
        return HALF
    try:
        # By way of text, so that 12.3 stays 12.3.
        amount = Decimal(str(data)) if isinstance(data, int | float | str | Decimal) else None
    except InvalidOperation:
        amount = None
    if amount is None or isinstance(data, bool) or not 0 < amount < 1_000_000:
        raise PydanticCustomError("not_a_bound", "{value}", {"value": str(data)[:60]})
    return amount


class RequestGoal(Content):
    """What has to become of a request; all that is given holds at once."""

    request: Id
    reaches: StrictBool | None = None
    through: Way | None = None
    stopped_by: str | None = None
    public_address: StrictBool | None = None


class PresentGoal(Content):
    """A component that has to be in the network."""

    present: Component


class AbsentGoal(Content):
    """A component that must not be in the network."""

    absent: Component


class MonthGoal(Content):
    """What a month has to stay below, in USD."""

    month_below: Annotated[Decimal | str, BeforeValidator(_read_bound)]


class ChoiceFact(Content):
    """How choices stand, as text."""

    choice: Mapping[str, str] = Field(min_length=1)


# Tags that are no keys of the format, so that the place of a problem is one that the file has.
_TAGS = {"present": "<present>", "absent": "<absent>", "month_below": "<month>", "choice": "<choice>"}
_REQUEST = "<request>"


def _tag_of(data: Any) -> str:
    keys = data if isinstance(data, Mapping) else type(data).model_fields if isinstance(data, Content) else ()
    return next((tag for key, tag in _TAGS.items() if key in keys), _REQUEST)


Goal = Annotated[
    Annotated[RequestGoal, Tag(_REQUEST)]
    | Annotated[PresentGoal, Tag("<present>")]
    | Annotated[AbsentGoal, Tag("<absent>")]
    | Annotated[MonthGoal, Tag("<month>")],
    Discriminator(lambda data: tag if (tag := _tag_of(data)) != "<choice>" else _REQUEST),
]
"""One thing that has to hold."""

Condition = Annotated[
    Annotated[RequestGoal, Tag(_REQUEST)]
    | Annotated[PresentGoal, Tag("<present>")]
    | Annotated[AbsentGoal, Tag("<absent>")]
    | Annotated[MonthGoal, Tag("<month>")]
    | Annotated[ChoiceFact, Tag("<choice>")],
    Discriminator(_tag_of),
]
"""A goal, or how choices stand: what a hint names."""

WrittenMove = Annotated[Mapping[str, str], Field(min_length=1, max_length=1)]
"""A move as a file writes it: `{way_out: none}`, `{make: NAME}`, `{take_back: NAME}`."""


class Par(Content):
    """What a good solution needs: moves, and USD a month where cost is a matter."""

    moves: int = Field(ge=1, le=20)
    month: Decimal | None = Field(default=None, ge=0, lt=1_000_000)


class LabPlan(Content):
    """What of a lab has no language. What is optional here may be missing from a lab that a learner makes."""

    level: int = Field(default=1, ge=1, le=5)
    chapter: str = ""
    facts: tuple[Id, ...] = ()
    start: str
    choices: Mapping[str, str] = {}
    edits: tuple[Any, ...] = Field(default=(), max_length=100)
    traffic_gb: Decimal | None = Field(default=None, gt=0, le=10_000_000)
    requests: Mapping[Id, Mapping[str, str]] = Field(default={}, max_length=6)
    goal: tuple[Goal, ...] = Field(min_length=1, max_length=10)
    moves: tuple[str, ...] = ()
    only: Mapping[str, tuple[str, ...]] = {}
    named_moves: Mapping[Id, tuple[Any, ...]] = Field(default={}, max_length=12)
    solution: tuple[WrittenMove, ...] = Field(default=(), max_length=20)
    single: tuple[WrittenMove, ...] = ()
    hints: tuple[Id, ...] = Field(default=(), max_length=HINTS)
    hint_facts: Mapping[Id, Condition] = {}
    par: Par | None = None


class LabFile(LabPlan):
    """The plan of a lab of the course: nothing may be missing."""

    level: int = Field(ge=1, le=5)
    chapter: str
    facts: tuple[Id, ...] = Field(min_length=1)
    solution: tuple[WrittenMove, ...] = Field(min_length=1, max_length=MOST_MOVES)
    single: tuple[WrittenMove, ...]
    hints: tuple[Id, ...] = Field(min_length=HINTS, max_length=HINTS)
    par: Par


class LabText(Content):
    """The words of a lab in one language; `goals` has a sentence for each goal, in their order."""

    title: Filled
    story: Filled
    task: Filled
    goals: tuple[Filled, ...]
    hints: Mapping[str, Filled] = {}
    explain: Filled
    requests: Mapping[str, Filled] = {}
    named_moves: Mapping[str, Filled] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceMove:
    """A choice that gets another value, told as text: all members of a choice of several."""

    choice: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedMove:
    """Edits under a name that are made, or taken back."""

    name: str
    made: bool


Move = ChoiceMove | NamedMove


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lab:
    """A lab that can be tried: its edits and moves are read, its prices at hand.

    `texts` has the words by language: every language for a lab of the course, at least one for any other.
    A lab that somebody made has the id "", and its texts are a stranger's: nothing in them is markup.
    """

    id: str = ""
    plan: LabPlan
    texts: Mapping[str, LabText]
    edits: tuple[Edit, ...] = ()
    named_moves: Mapping[str, tuple[Edit, ...]]
    solution: tuple[Move, ...] = ()
    single: tuple[Move, ...] = ()
    prices: PriceList = field(repr=False)

    def text(self, language: str) -> LabText:
        """The words in a language, else in the first that there is."""
        return self.texts[language] if language in self.texts else next(iter(self.texts.values()))
