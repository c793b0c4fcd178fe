"""Causes on the way: prefix lists, gateway endpoints and public addresses; one rule each."""

from vpclab.network.resources import WorkloadKind
from vpclab.network.serving_endpoints import has_gateway_endpoint, is_public, misses_endpoint
from vpclab.network.trace import Stop, Trace
from vpclab.network.vocabulary import Kind, Leg, Reason


def prefix_list_is_regional(trace: Trace, stop: Stop) -> bool:
    """The service has a gateway endpoint, but the request goes to another Region than its prefix list."""
    return (
        misses_endpoint(trace, stop)
        and has_gateway_endpoint(trace, trace.vpc_of_caller, any_region=True)
        and not has_gateway_endpoint(trace, trace.vpc_of_caller)
    )


def gateway_endpoint_not_transitive(trace: Trace, stop: Stop) -> bool:
    """Stopped between networks on the way to a VPC with a gateway endpoint, which serves its own VPC only."""
    design, last = trace.design, trace.path[-1].at if trace.path else ""
    if not is_public(trace) or stop.leg is not Leg.FORWARD:
        return False
    if stop.blocked_at is Kind.PEERING_CONNECTION:
        pcx = design.peering_connection[last]
        vpcs = {pcx.requester_vpc_id, pcx.accepter_vpc_id}
    elif stop.blocked_at is Kind.TRANSIT_GATEWAY:
        # The attachment that the packet was sent to; where no route matched, any of them.
        sent_to = trace.hops[-1].decision.facts["vpc"]
        attached = {attachment.vpc_id for attachment in design.transit_gateway[last].vpc_attachments}
        vpcs = {sent_to} if sent_to else attached
    elif stop.blocked_at is Kind.VIRTUAL_PRIVATE_GATEWAY:
        vpcs = {design.vpn_gateway[last].vpc_id}
    else:
        return False
    return any(has_gateway_endpoint(trace, vpc_id) for vpc_id in vpcs - {trace.vpc_of_caller})


def lambda_has_no_public_ip(trace: Trace, stop: Stop) -> bool:
    """A function in a subnet never has a public address, be the subnet public or not."""
    return (
        stop.reason is Reason.IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS
        and trace.nat is None
        and trace.caller.kind is WorkloadKind.LAMBDA
    )
