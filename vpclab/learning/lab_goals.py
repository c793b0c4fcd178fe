"""Whether what a lab asks for, or a hint names, holds of a network."""

from collections.abc import Callable, Mapping, Sized
from dataclasses import dataclass
from decimal import Decimal

from vpclab.learning.lab_models import (
    HALF,
    AbsentGoal,
    ChoiceFact,
    Component,
    MonthGoal,
    PresentGoal,
    RequestGoal,
)
from vpclab.network import Walk
from vpclab.network.design import Design
from vpclab.network.vocabulary import ResolvesTo
from vpclab.sandbox.shown import shown_by, way_of


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What there is to judge: the choices as text, the network, the walk of each request, USD a month."""

    choices: Mapping[str, str]
    design: Design
    walks: Mapping[str, Walk]
    month: Decimal
    start_month: Decimal


def holds(condition: RequestGoal | PresentGoal | AbsentGoal | MonthGoal | ChoiceFact, state: State) -> bool:
    """Whether a goal is met, or what a hint names is so."""
    match condition:
        case PresentGoal():
            return is_there(condition.present, state.design)
        case AbsentGoal():
            return not is_there(condition.absent, state.design)
        case MonthGoal():
            return state.month < bound_of(condition, state.start_month)
        case ChoiceFact():
            return all(state.choices.get(name) == text for name, text in condition.choice.items())
        case RequestGoal():
            return _request_holds(condition, state.walks[condition.request])


def bound_of(goal: MonthGoal, start_month: Decimal) -> Decimal:
    """What a month has to stay below, in USD."""
    return start_month / 2 if goal.month_below == HALF else Decimal(goal.month_below)


def _request_holds(goal: RequestGoal, walked: Walk) -> bool:
    return (
        (goal.reaches is None or walked.reachable is goal.reaches)
        and (goal.through is None or way_of(walked) == goal.through)
        and (goal.stopped_by is None or shown_by(walked) == goal.stopped_by)
        and (goal.public_address is None or uses_public_address(walked) is goal.public_address)
    )


def uses_public_address(walked: Walk) -> bool:
    """Whether any call of a request goes to a public address, or leaves with a public source address.

    A gateway endpoint keeps the service's public address as the destination, an interface endpoint does not.
    """
    return any(call.uses_public_ip or call.resolves_to is ResolvesTo.PUBLIC for call in walked.calls)


_PARTS: Mapping[Component, Callable[[Design], Sized]] = {
    Component.NAT_GATEWAY: lambda design: design.nat_gateways,
    Component.INTERNET_GATEWAY: lambda design: design.internet_gateways,
    Component.GATEWAY_ENDPOINT: lambda design: design.gateway_endpoints,
    Component.INTERFACE_ENDPOINT: lambda design: design.interface_endpoints,
    Component.PUBLIC_ADDRESS: lambda design: [
        *(nat for nat in design.nat_gateways if nat.public_ip is not None),
        *(workload for workload in design.workloads if workload.public_ip_address is not None),
    ],
    Component.PEERING_CONNECTION: lambda design: design.vpc_peering_connections,
    Component.TRANSIT_GATEWAY: lambda design: design.transit_gateways,
    Component.VIRTUAL_PRIVATE_GATEWAY: lambda design: design.vpn_gateways,
    Component.DIRECT_CONNECT: lambda design: design.direct_connect,
    Component.HOSTED_ZONE: lambda design: design.hosted_zones,
    Component.RESOLVER_ENDPOINT: lambda design: design.resolver_endpoints,
}


def is_there(component: Component, design: Design) -> bool:
    """Whether a network has at least one such component."""
    return len(_PARTS[component](design)) > 0
