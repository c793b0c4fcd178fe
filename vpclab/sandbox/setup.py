"""Setups: everything that stands on the stage, as a value; and the history of one.

A setup is an example with choices on top, and on top of those the edits and the request that were typed by
hand. Every move makes a new setup, and its Edits are `diff` of the two designs.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

from vpclab.exchange.design_check import dangling
from vpclab.network.design import Design
from vpclab.network.diff import diff
from vpclab.network.edits import Edit, apply_fitting
from vpclab.network.hops import Walk
from vpclab.network.request import Request
from vpclab.network.walk import walk
from vpclab.sandbox.ask import ask
from vpclab.sandbox.build import build
from vpclab.sandbox.choices import Choices

MAX_STEPS = 200
"""How many moves a history remembers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """A network and its request: `start` is the id of the example that it came from.

    `edits` apply to the network of the choices; `request` replaces theirs where it is given.
    """

    start: str
    choices: Choices
    edits: tuple[Edit, ...] = ()
    request: Request | None = None

    @property
    def is_typed(self) -> bool:
        """Whether something was edited by hand, beyond choices."""
        return bool(self.edits) or self.request is not None


@lru_cache(maxsize=512)
def design_of(setup: Setup) -> tuple[Design, tuple[Edit, ...]]:
    """The network, and the edits by hand that do not fit it any longer.

    A choice may take away what an edit changed. An edit fits as long as every id that the network names is
    there, since the walk relies on that.
    """
    design = build(setup.choices)
    if not setup.edits:
        return design, ()
    edited, lost = apply_fitting(design, setup.edits)
    if not dangling(edited):
        return edited, lost
    sound, lost_one_by_one = design, list[Edit]()
    for edit in setup.edits:
        tried, unfit = apply_fitting(sound, (edit,))
        if unfit or dangling(tried):
            lost_one_by_one.append(edit)
        else:
            sound = tried
    return sound, tuple(lost_one_by_one)


def request_of(setup: Setup, *, operation: str | None = None) -> Request:
    """The request: the one typed by hand as long as its caller is there, else that of the choices."""
    design, _ = design_of(setup)
    if setup.request is not None and setup.request.source in design.workload:
        return setup.request
    asked = ask(setup.choices, operation=operation)
    if asked.source in design.workload or not design.workloads:
        return asked
    return replace(asked, source=design.workloads[0].id)


def walk_of(setup: Setup) -> Walk:
    """The walk of the setup's request over its network."""
    design, _ = design_of(setup)
    return walk(design, request_of(setup))


def choose(setup: Setup, choices: Choices) -> Setup:
    """The setup with other choices; what was edited by hand stays on top, a request typed by hand goes.

    The choices say who asks whom, and a person who changes them wants to see that.
    """
    same_request = ask(choices) == ask(setup.choices)
    return replace(setup, choices=choices, request=setup.request if same_request else None)


def typed(setup: Setup, design: Design, request: Request, *, operation: str | None = None) -> Setup:
    """The setup whose network and request are those given, as edits on what the choices make."""
    own = ask(setup.choices, operation=operation)
    return replace(
        setup,
        edits=diff(build(setup.choices), design),
        request=None if request == own else request,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A setup with what was before it, the oldest first, and what was undone, the next first."""

    past: tuple[Setup, ...] = ()
    present: Setup
    future: tuple[Setup, ...] = ()

    def take(self, setup: Setup) -> "History":
        """Go on to another setup; what was undone is forgotten, as everywhere."""
        if setup == self.present:
            return self
        return History(past=(*self.past, self.present)[-MAX_STEPS:], present=setup)

    def undo(self) -> "History":
        """One move back; at the start nothing changes."""
        if not self.past:
            return self
        return History(past=self.past[:-1], present=self.past[-1], future=(self.present, *self.future))

    def redo(self) -> "History":
        """One move forward again; where nothing was undone nothing changes."""
        if not self.future:
            return self
        return History(past=(*self.past, self.present), present=self.future[0], future=self.future[1:])
