"""Endpoints that could serve a call, and whether the call missed them: what rules for causes ask first."""

from collections.abc import Iterator

from vpclab.network.dns_answers import endpoint_for_name, record_for_name, zone_for_name
from vpclab.network.endpoint_services import is_for_service
from vpclab.network.endpoints import InterfaceEndpoint, VpcEndpoint
from vpclab.network.names import canonical, covers
from vpclab.network.policy import PolicyDecision, statement_loss
from vpclab.network.policy_document import Effect, PolicyStatement
from vpclab.network.routing import select_route
from vpclab.network.trace import Stop, Trace
from vpclab.network.vocabulary import Loss, Reason, ResolvesTo, Stage

# Reasons that mean "there is no way to this address", as against a way that is broken or closed.
NO_WAY = frozenset(
    {
        Reason.NO_ROUTE_TO_DESTINATION,
        Reason.BAD_STATE_ROUTE,
        Reason.IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS,
        Reason.VPC_BLOCK_PUBLIC_ACCESS_ENABLED,
        Reason.VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS,
        Reason.TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT,
        Reason.TGW_ROUTE_AZ_RESTRICTION,
        Reason.NO_POSSIBLE_DESTINATION,
        Reason.PCX_REQUIRES_ADDRESS_IN_VPC_CIDR,
        Reason.BAD_STATE,
        Reason.NGW_REQUIRES_SOURCE_IN_VPC,
        Reason.TGW_RTB_BAD_STATE_ROUTE,
        Reason.TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION,
        Reason.UNSUPPORTED_COMPONENT,
    }
)


def has_no_way(trace: Trace, stop: Stop) -> bool:
    """Whether there is no way to the address.

    The route failed, or a filter spoke first and no route follows it.
    """
    if stop.stage is Stage.ROUTE:
        return stop.reason in NO_WAY
    if stop.stage is Stage.FILTER and trace.subnet_id is not None and not trace.crossed and trace.nat is None:
        return select_route(trace.design.routes_of_subnet(trace.subnet_id), trace.destination).winner is None
    return False


# Keys that only a request through an endpoint carries.
ENDPOINT_KEYS = frozenset(
    {"aws:sourcevpce", "aws:sourcevpc", "aws:vpcsourceip", "aws:vpceaccount", "aws:vpceorgid"}
)


def misses_endpoint(trace: Trace, stop: Stop) -> bool:
    """Whether the request went past every endpoint and failed for it.

    A policy that refuses for reasons of its own is no matter of names; one that asks for an endpoint is.
    """
    if not is_public(trace) or trace.endpoint is not None:
        return False
    if stop.stage is Stage.SERVICE:
        return False
    if stop.stage is not Stage.POLICY:
        return True
    decision = trace.hops[-1].decision
    assert isinstance(decision, PolicyDecision)
    if decision.statement is not None:
        return asks(decision.statement, ENDPOINT_KEYS)
    return decision.document is not None and any(
        statement.effect is Effect.ALLOW
        and asks(statement, ENDPOINT_KEYS)
        and statement_loss(statement, decision.question) is Loss.CONDITION_NOT_MET
        for statement in decision.document.statements
    )


def asks(statement: PolicyStatement, keys: frozenset[str]) -> bool:
    """Whether a statement has a condition on one of some keys, given in lower case."""
    return any(condition.key.lower() in keys for condition in statement.conditions)


def serves(trace: Trace, endpoint: VpcEndpoint, *, any_region: bool = False) -> bool:
    """Whether an endpoint serves the call of a trace."""
    region = None if any_region else trace.region
    return is_for_service(trace.design, endpoint, trace.call.service, trace.call.host, region)


def view_vpc(trace: Trace) -> str | None:
    """The VPC whose names the caller would see: its own, or the one whose resolver was asked."""
    return trace.vpc_of_caller or trace.resolution.asked_vpc


def own_interface_endpoints(trace: Trace, *, any_region: bool = False) -> Iterator[InterfaceEndpoint]:
    """The interface endpoints that serve the call, in the VPC whose names the caller would see."""
    vpc_id = view_vpc(trace)
    for endpoint in trace.design.interface_endpoints_of_vpc.get(vpc_id or "", ()):
        if serves(trace, endpoint, any_region=any_region):
            yield endpoint


def has_gateway_endpoint(trace: Trace, vpc_id: str | None, *, any_region: bool = False) -> bool:
    """Whether a VPC has a gateway endpoint that serves the call."""
    endpoints = trace.design.gateway_endpoints_of_vpc.get(vpc_id or "", ())
    return any(serves(trace, endpoint, any_region=any_region) for endpoint in endpoints)


def is_public(trace: Trace) -> bool:
    """Whether the name gave a public address."""
    return trace.resolution.resolves_to is ResolvesTo.PUBLIC


def has_no_private_answer(trace: Trace, stop: Stop) -> bool:
    """Whether the name gave a public address that failed, or no address although somebody was asked."""
    return misses_endpoint(trace, stop) or stop.reason is Reason.DNS_NAME_NOT_FOUND


def covers_host(trace: Trace, endpoint: InterfaceEndpoint) -> bool:
    """Whether a private name of the endpoint covers the name that was asked for."""
    host = canonical(trace.call.host)
    return any(covers(name, host) for name in trace.design.private_names(endpoint))


def knows_private_name(trace: Trace, vpc_id: str, *, inbound: bool) -> bool:
    """Whether a VPC's resolver would give a private answer to the name."""
    host = canonical(trace.call.host)
    if not trace.design.vpc[vpc_id].answers_private_names:
        return False
    if endpoint_for_name(trace.design, vpc_id, host, inbound)[0] is not None:
        return True
    zone = zone_for_name(trace.design, vpc_id, host)
    return zone is not None and record_for_name(zone, host) is not None
