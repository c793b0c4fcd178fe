"""Labs at work: a network, one move after the other, and whether it meets the goal by now.

Where a learner stands is a Setup. Every network that meets the goal is a solution, since the walk decides.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate
from types import MappingProxyType
from typing import Any

from vpclab.cost.month import Month, month
from vpclab.learning.lab_goals import State, holds
from vpclab.learning.lab_models import MAIN, ChoiceMove, Lab, Move, NamedMove
from vpclab.network import Walk, walk
from vpclab.network.edits import Edit
from vpclab.sandbox.choice_texts import CHOICES, from_texts, is_several, options, text_of, to_texts
from vpclab.sandbox.offers import effective
from vpclab.sandbox.setup import Setup, choose, design_of, request_of
from vpclab.sandbox.shown import setup_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What a network comes to in a lab: `met` says of each goal whether it holds, in their order."""

    met: tuple[bool, ...]
    walks: Mapping[str, Walk]
    month: Month

    @property
    def solved(self) -> bool:
        """Whether every goal is met."""
        return all(self.met)


# --- what a network comes to ---------------------------------------------------------------------------


def start_of(lab: Lab) -> Setup:
    """The network that is handed over."""
    setup = setup_of(lab.plan.start, lab.plan.choices)
    assert setup is not None  # the reader of labs has looked for the example
    return replace(setup, edits=lab.edits)


def requests_of(lab: Lab, setup: Setup) -> dict[str, Setup]:
    """A setup for each request by name: `main`, and the further ones, which change who asks whom."""
    own = replace(setup, request=None)
    further = {
        name: replace(own, choices=from_texts(texts, own.choices))
        for name, texts in lab.plan.requests.items()
    }
    return {MAIN: own, **further}


def attempt(lab: Lab, setup: Setup) -> Attempt:
    """Walk every request of the lab and judge every goal."""
    walks = _walks(lab, setup)
    costs = _month(lab, setup, walks[MAIN])
    state = _state(lab, setup, walks, costs)
    return Attempt(met=tuple(holds(goal, state) for goal in lab.plan.goal), walks=walks, month=costs)


def state_of(lab: Lab, setup: Setup) -> State:
    """What goals and hints are held against."""
    walks = _walks(lab, setup)
    return _state(lab, setup, walks, _month(lab, setup, walks[MAIN]))


def _state(lab: Lab, setup: Setup, walks: Mapping[str, Walk], costs: Month) -> State:
    return State(
        choices=to_texts(setup.choices),
        design=design_of(setup)[0],
        walks=walks,
        month=costs.total,
        start_month=start_month(lab),
    )


def _walks(lab: Lab, setup: Setup) -> Mapping[str, Walk]:
    return MappingProxyType(
        {name: walk(design_of(one)[0], request_of(one)) for name, one in requests_of(lab, setup).items()}
    )


def _month(lab: Lab, setup: Setup, walked: Walk) -> Month:
    design, _ = design_of(setup)
    return month(design, (walked,), lab.prices, design.region, lab.plan.traffic_gb or Decimal(0))


@lru_cache(maxsize=128)
def start_month(lab: Lab) -> Decimal:
    """USD a month of the network that is handed over."""
    setup = start_of(lab)
    return _month(lab, setup, _walks(lab, setup)[MAIN]).total


# --- moves ---------------------------------------------------------------------------------------------


def moves_of(lab: Lab, setup: Setup) -> tuple[Move, ...]:
    """Every allowed move from here that changes something of the network, or of who asks whom."""
    return tuple(move for move in candidates(lab, setup) if changes(lab, setup, make(lab, setup, move)))


def is_allowed(lab: Lab, setup: Setup, move: Move) -> bool:
    """Whether `moves_of` has a move, found out without trying the others."""
    return move in candidates(lab, setup) and changes(lab, setup, make(lab, setup, move))


def candidates(lab: Lab, setup: Setup) -> Iterator[Move]:
    """Every allowed move from here, in the order of the lab, whether or not it changes anything."""
    for name in lab.plan.moves:
        present = getattr(setup.choices, name)
        allowed = [one for one in options(name) if _may_be_set(lab, name, one)]
        if is_several(name):
            for one in allowed:
                members = {*present} ^ {one}
                value = tuple(member for member in options(name) if member in members)
                yield ChoiceMove(choice=name, text=text_of(value))
        else:
            yield from (ChoiceMove(choice=name, text=text_of(one)) for one in allowed if one != present)
    made, _ = made_of(lab, setup)
    yield from (NamedMove(name=name, made=name not in made) for name in lab.named_moves)


def _may_be_set(lab: Lab, name: str, option: Any) -> bool:
    return name not in lab.plan.only or text_of(option) in lab.plan.only[name]


def make(lab: Lab, setup: Setup, move: Move) -> Setup:
    """The setup after a move, whether or not the lab allows it; a value that there is not changes nothing."""
    if isinstance(move, ChoiceMove):
        return choose(setup, from_texts({move.choice: move.text}, setup.choices))
    made, others = made_of(lab, setup)
    wanted = {*made, move.name} if move.made else {*made} - {move.name}
    before = lab.edits if _has_start_edits(lab, setup) else ()
    steps = [edit for name, edits in lab.named_moves.items() if name in wanted for edit in edits]
    return replace(setup, edits=(*before, *steps, *others))


def made_of(lab: Lab, setup: Setup) -> tuple[tuple[str, ...], tuple[Edit, ...]]:
    """The named moves that are made, and the edits that belong neither to them nor to the start."""
    rest = setup.edits[len(lab.edits) :] if _has_start_edits(lab, setup) else setup.edits
    return _made(tuple(lab.named_moves.items()), rest)


def _made(
    named: tuple[tuple[str, tuple[Edit, ...]], ...], rest: tuple[Edit, ...]
) -> tuple[tuple[str, ...], tuple[Edit, ...]]:
    """The same for edits alone: which named moves, in their order, explain most of them."""
    if not named:
        return (), rest
    (name, edits), *later = named
    without = _made(tuple(later), rest)
    if rest[: len(edits)] != edits:
        return without
    made, others = _made(tuple(later), rest[len(edits) :])
    # One move may begin with the edits of another.
    return ((name, *made), others) if len(others) <= len(without[1]) else without


def _has_start_edits(lab: Lab, setup: Setup) -> bool:
    return setup.edits[: len(lab.edits)] == lab.edits


def changes(lab: Lab, before: Setup, after: Setup) -> bool:
    """Whether two setups differ in a network or in a request of the lab."""
    pairs = zip(requests_of(lab, before).values(), requests_of(lab, after).values(), strict=True)
    return any(
        request_of(old) != request_of(new) or design_of(old)[0] != design_of(new)[0]
        for old, new in pairs
        if old.edits != new.edits or effective(old.choices) != effective(new.choices)
    )


def replay(lab: Lab) -> tuple[Setup, ...]:
    """The start, then the network after each move of the solution."""
    return tuple(accumulate(lab.solution, lambda setup, move: make(lab, setup, move), initial=start_of(lab)))


# --- counting ------------------------------------------------------------------------------------------


def moves_between(lab: Lab, start: Setup, setup: Setup) -> int:
    """How many moves lie between two networks; what was undone, or has no effect, does not count."""
    then, now = effective(start.choices), effective(setup.choices)
    choices = sum(
        _distance(name, getattr(start.choices, name), getattr(setup.choices, name))
        for name in CHOICES
        if getattr(then, name) != getattr(now, name)
    )
    made_then, others_then = made_of(lab, start)
    made_now, others_now = made_of(lab, setup)
    # Edits by hand that the lab knows nothing of count one by one.
    by_hand = sum(edit not in others_then for edit in others_now)
    by_hand += sum(edit not in others_now for edit in others_then)
    return choices + len({*made_then} ^ {*made_now}) + by_hand


def _distance(name: str, then: Any, now: Any) -> int:
    return len({*then} ^ {*now}) if is_several(name) else int(then != now)


def stars(lab: Lab, setup: Setup, hints_used: int) -> int:
    """None unless solved; then one, one for few moves, and one for a cheap month or for no hint.

    A lab without par can be missed in neither.
    """
    tried = attempt(lab, setup)
    if not tried.solved:
        return 0
    par = lab.plan.par
    few = par is None or moves_between(lab, start_of(lab), setup) <= par.moves
    good = hints_used == 0 if par is None or par.month is None else tried.month.total <= par.month
    return 1 + few + good
