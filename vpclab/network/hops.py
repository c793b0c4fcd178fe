"""What a walk returns: hops with their decisions, and the verdict.

A decision keeps the evidence (table, rules, document) and tells all candidates, and why each lost,
only when it is asked: the screen shows one hop at a time, and a walk is done thousands of times.
"""

from dataclasses import dataclass
from ipaddress import IPv4Address
from typing import Any, Protocol

from vpclab.network.request import Call, Request
from vpclab.network.vocabulary import (
    Kind,
    Leg,
    Loss,
    Reason,
    ResolvesTo,
    Stage,
    Symptom,
    Verdict,
)

Facts = dict[str, Any]  # JSON values: text, numbers, booleans, None, lists and mappings of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One route, rule, entry, statement or answer that was considered.

    `lost_because` is None for the one that decided. `of` names the resource it belongs to (a table, a group),
    `label` what it is called there (a destination, a rule number, a Sid); `facts` hold the rest as JSON
    values.
    """

    of: str
    label: str
    facts: Facts
    lost_because: Loss | None = None

    @property
    def won(self) -> bool:
        return self.lost_because is None

    def to_facts(self) -> Facts:
        lost = None if self.lost_because is None else str(self.lost_because)
        return {"of": self.of, "label": self.label, **self.facts, "won": self.won, "lost_because": lost}


class Decision(Protocol):
    """The evidence of one hop."""

    @property
    def facts(self) -> Facts:
        """What the sentence for the learner needs, without the candidates."""
        ...

    def candidates(self) -> tuple[Candidate, ...]:
        """Everything that was considered, in the order in which it was considered."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """A decision without candidates: a state, a kind of address, an attachment that is there or not."""

    items: tuple[tuple[str, Any], ...] = ()

    @property
    def facts(self) -> Facts:
        return {key: _json(value) for key, value in self.items}

    def candidates(self) -> tuple[Candidate, ...]:
        return ()


def plain(**facts: object) -> Plain:
    """A decision without candidates; addresses and networks become text in its facts."""
    return Plain(items=tuple(facts.items()))


def _json(value: object) -> object:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, tuple | list):
        return [_json(item) for item in value]
    return str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One component's decision: `at` is the id decided upon, `kind` a path kind or a deciding component."""

    leg: Leg
    at: str
    kind: Kind
    passed: bool
    reason: Reason | None
    decision: Decision

    @property
    def facts(self) -> Facts:
        """Facts of the decision with its candidates, as JSON values."""
        facts = self.decision.facts
        candidates = self.decision.candidates()
        if candidates:
            facts["candidates"] = [candidate.to_facts() for candidate in candidates]
        return facts


@dataclass(frozen=True, slots=True, kw_only=True)
class PathStep:
    """A component that carried the packet: its kind and id; the last one may be the service."""

    kind: Kind
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteChosen:
    """The route that won in the source subnet's table, even if it then failed."""

    route_table_id: str
    destination: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallWalk:
    """The walk of one call. Keys are those of `docs/design-file.md`, section 4."""

    call: Call
    region: str
    symptom: Symptom
    resolves_to: ResolvesTo | None
    destination_ip: IPv4Address | None
    path: tuple[PathStep, ...]
    blocked_at: Kind | None
    reason: Reason | None
    stage: Stage | None
    leg: Leg | None
    contributing: tuple[str, ...]
    uses_public_ip: bool
    source_ip_seen: IPv4Address | None
    route_chosen: RouteChosen | None
    detail: tuple[str, ...]
    hops: tuple[Hop, ...]
    notes: tuple[str, ...]
    # Who owns the destination address, where the design knows: an endpoint's or a workload's id.
    destination: str | None

    @property
    def reachable(self) -> bool:
        return self.symptom is Symptom.SUCCESS

    @property
    def verdict(self) -> Verdict:
        return self.symptom.verdict

    @property
    def root_cause(self) -> str | None:
        if self.contributing:
            return self.contributing[0]
        return None if self.reason is None else str(self.reason)

    @property
    def path_words(self) -> tuple[str, ...]:
        """The path as kinds, the service by its short name."""
        return tuple(self.call.service if step.kind is Kind.SERVICE else str(step.kind) for step in self.path)

    @property
    def endpoint_used(self) -> str | None:
        """The id of the VPC endpoint that the packet reached, if it reached one."""
        for step in self.path:
            if step.kind in (Kind.GATEWAY_ENDPOINT, Kind.INTERFACE_ENDPOINT):
                return step.at
        return None

    @property
    def forward_hops(self) -> tuple[Hop, ...]:
        return tuple(hop for hop in self.hops if hop.leg is Leg.FORWARD)

    @property
    def return_hops(self) -> tuple[Hop, ...]:
        return tuple(hop for hop in self.hops if hop.leg is Leg.RETURN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """The walk of a request: one call, or every call of an operation.

    All that describes "the" walk (`told`) is the first call that failed, or the last when none did.
    """

    request: Request
    calls: tuple[CallWalk, ...]

    @property
    def told(self) -> CallWalk:
        return next((walked for walked in self.calls if not walked.reachable), self.calls[-1])

    @property
    def reachable(self) -> bool:
        return all(walked.reachable for walked in self.calls)

    @property
    def verdict(self) -> Verdict:
        return self.told.verdict

    @property
    def failing_call(self) -> str | None:
        """Service of the first call of an operation that failed."""
        if not self.request.is_operation or self.reachable:
            return None
        return self.told.call.service

    @property
    def notes(self) -> tuple[str, ...]:
        """Notes of every call, each once, in the order in which they came up."""
        return tuple(dict.fromkeys(note for walked in self.calls for note in walked.notes))

    @property
    def hops(self) -> tuple[Hop, ...]:
        return self.told.hops

    @property
    def forward_hops(self) -> tuple[Hop, ...]:
        return self.told.forward_hops

    @property
    def return_hops(self) -> tuple[Hop, ...]:
        return self.told.return_hops
