"""From the plan of a lab to a Lab: edits and moves become values, and whatever cannot be used is told.

What is checked here holds for any lab, of the course or a stranger's: after it the engine can be let loose.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from vpclab.cost.month import PriceList
from vpclab.errors import ExchangeError, Problem
from vpclab.exchange.edit_data import read_edits
from vpclab.learning.content_files import ContentFile, Place
from vpclab.learning.lab_models import (
    MAIN,
    MAKE,
    TAKE_BACK,
    ChoiceFact,
    ChoiceMove,
    Lab,
    LabPlan,
    LabText,
    MonthGoal,
    Move,
    NamedMove,
    RequestGoal,
)
from vpclab.network.edits import Edit
from vpclab.network.vocabulary import Cause, Reason
from vpclab.sandbox.choice_texts import CHOICES, options, read, text_of, unreadable
from vpclab.sandbox.setup import Setup, design_of
from vpclab.sandbox.shown import SUCCESS, setup_of

OF_A_REQUEST = (
    "source",
    "destination",
    "bucket_region",
    "bucket_policy",
    "asked_name",
    "site_dns",
    "site_internet",
)
"""Choices that say who asks whom, and what belongs to either of them alone."""

_CODES = frozenset(map(str, (SUCCESS, *Reason, *Cause)))


def lab_of(
    file: ContentFile, name: str, plan: LabPlan, texts: Mapping[str, LabText], prices: PriceList
) -> tuple[Lab | None, tuple[Problem, ...]]:
    """The lab, or None and everything that keeps it from being tried."""
    reader = _Reader(file=file, plan=plan)
    reader.read()
    if reader.problems:
        return None, tuple(reader.problems)
    lab = Lab(
        id=name,
        plan=plan,
        texts=texts,
        edits=reader.edits,
        named_moves=reader.named_moves,
        solution=tuple(map(move_of, plan.solution)),
        single=tuple(map(move_of, plan.single)),
        prices=prices,
    )
    return lab, ()


def move_of(written: Mapping[str, str]) -> Move:
    """A move as a file writes it; members of a choice of several may stand in any order."""
    ((name, text),) = written.items()
    if name in (MAKE, TAKE_BACK):
        return NamedMove(name=text, made=name == MAKE)
    value = read(name, text)
    return ChoiceMove(choice=name, text=text if value is None else text_of(value))


def write_move(move: Move) -> dict[str, str]:
    """A move as a file writes it: `move_of(write_move(move)) == move`."""
    if isinstance(move, ChoiceMove):
        return {move.choice: move.text}
    return {MAKE if move.made else TAKE_BACK: move.name}


@dataclass(slots=True, kw_only=True)
class _Reader:
    """Reads one plan and collects what is wrong with it."""

    file: ContentFile
    plan: LabPlan
    problems: list[Problem] = field(default_factory=list)
    edits: tuple[Edit, ...] = ()
    named_moves: dict[str, tuple[Edit, ...]] = field(default_factory=dict)

    def read(self) -> None:
        plan = self.plan
        self.choices(("choices",), plan.choices)
        self.requests()
        self.moves()
        self.edits = self.read_edits(("edits",), plan.edits)
        for name, edits in plan.named_moves.items():
            if not edits:
                self.tell(("named_moves", name), "too_few", expected=1)
            self.named_moves[name] = self.read_edits(("named_moves", name), edits)
        for number, goal in enumerate(plan.goal):
            self.condition(("goal", number), goal)
        for name, fact in plan.hint_facts.items():
            self.condition(("hint_facts", name), fact)
        self.same(("hint_facts",), plan.hint_facts, plan.hints)
        if plan.par is not None and plan.par.month is not None and plan.traffic_gb is None:
            self.tell(("par", "month"), "month_needs_traffic")
        for key in ("solution", "single"):
            for number, move in enumerate(getattr(plan, key)):
                self.written_move((key, number), move)
        start = setup_of(plan.start, {})
        if start is None:
            self.tell(("start",), "unknown_example", name=plan.start)
        elif not self.problems:
            setup = setup_of(plan.start, plan.choices)
            assert setup is not None
            self.fit(setup)

    def tell(self, place: Place, code: str, **facts: object) -> None:
        self.problems.append(self.file.problem(place, code, **facts))

    def choices(self, place: Place, texts: Mapping[str, str]) -> None:
        for name in unreadable(texts):
            self.tell((*place, name), "unknown_choice", name=name, value=texts[name])

    def requests(self) -> None:
        for name, texts in self.plan.requests.items():
            place: Place = ("requests", name)
            if name == MAIN:
                self.tell(place, "main_is_the_network", name=name)
            self.choices(place, texts)
            for choice in texts:
                if choice in CHOICES and choice not in OF_A_REQUEST:
                    self.tell(
                        (*place, choice), "not_of_a_request", name=choice, known=", ".join(OF_A_REQUEST)
                    )

    def moves(self) -> None:
        plan = self.plan
        if not plan.moves and not plan.named_moves:
            self.tell(("moves",), "no_moves")
        for number, name in enumerate(plan.moves):
            if name not in CHOICES:
                self.tell(("moves", number), "unknown_choice", name=name, value="")
            elif name in plan.moves[:number]:
                self.tell(("moves", number), "repeated_id", name=name)
        for name, values in plan.only.items():
            if name not in plan.moves or name not in CHOICES:
                self.tell(("only", name), "not_a_move", name=name, known=", ".join(plan.moves))
                continue
            known = set(map(text_of, options(name)))
            for number, value in enumerate(values):
                if value not in known:
                    self.tell(("only", name, number), "unknown_choice", name=name, value=value)

    def written_move(self, place: Place, written: Mapping[str, str]) -> None:
        ((name, text),) = written.items()
        if name in (MAKE, TAKE_BACK):
            if text not in self.plan.named_moves:
                known = ", ".join(self.plan.named_moves)
                self.tell((*place, name), "not_a_move", name=text, known=known)
        elif name not in self.plan.moves:
            self.tell((*place, name), "not_a_move", name=name, known=", ".join(self.plan.moves))
        else:
            self.choices(place, written)

    def condition(self, place: Place, condition: Any) -> None:
        if isinstance(condition, ChoiceFact):
            self.choices((*place, "choice"), condition.choice)
        elif isinstance(condition, RequestGoal):
            self.request_goal(place, condition)
        elif isinstance(condition, MonthGoal) and self.plan.traffic_gb is None:
            self.tell(place, "month_needs_traffic")

    def request_goal(self, place: Place, goal: RequestGoal) -> None:
        names = tuple(dict.fromkeys((MAIN, *self.plan.requests)))
        if goal.request not in names:
            self.tell((*place, "request"), "unknown_request", name=goal.request, known=", ".join(names))
        said = (goal.reaches, goal.through, goal.stopped_by, goal.public_address)
        if all(one is None for one in said):
            self.tell(place, "goal_says_nothing")
        code = goal.stopped_by
        if code is not None and code not in _CODES and not code.startswith(f"{Cause.HIDDEN_DEPENDENCY}_"):
            self.tell((*place, "stopped_by"), "unknown_code", name=code)

    def same(self, place: Place, found: Collection[str], wanted: Collection[str]) -> None:
        for name in wanted:
            if name not in found:
                self.tell((*place, name), "missing_key", name=name)
        for name in found:
            if name not in wanted:
                self.tell((*place, name), "unknown_key", name=name)

    def read_edits(self, place: Place, written: tuple[Any, ...]) -> tuple[Edit, ...]:
        try:
            return read_edits(list(written))
        except ExchangeError as error:
            for problem in error.problems:
                self.tell((*place, *problem.path), problem.code, **problem.facts)
            return ()

    def fit(self, setup: Setup) -> None:
        """Edits that the network of the choices cannot take."""
        if self.edits:
            _, lost = design_of(replace(setup, edits=self.edits))
            for number, edit in enumerate(self.edits):
                if edit in lost:
                    self.tell(("edits", number), "edit_does_not_fit")
