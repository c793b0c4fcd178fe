"""Causes in DNS: private DNS, private hosted zones, and which resolver was asked; one rule each."""

from vpclab.network.dns_answers import record_for_name, usability_loss, zone_for_name
from vpclab.network.endpoints import EndpointState
from vpclab.network.names import canonical, covers, is_within
from vpclab.network.serving_endpoints import (
    covers_host,
    has_no_private_answer,
    has_no_way,
    is_public,
    knows_private_name,
    misses_endpoint,
    own_interface_endpoints,
    view_vpc,
)
from vpclab.network.trace import Stop, Trace
from vpclab.network.vocabulary import Reason


def custom_dns_not_forwarding(trace: Trace, stop: Stop) -> bool:
    """The caller's DNS server does not ask the VPC resolver, which would have known a private name."""
    if (
        not has_no_private_answer(trace, stop)
        or not trace.resolution.own_dns
        or trace.resolution.asked_vpc is not None
    ):
        return False
    if trace.vpc_of_caller is not None:
        return knows_private_name(trace, trace.vpc_of_caller, inbound=False)
    design = trace.design
    connected = {gateway.vpc_id for gateway in design.vpn_gateways}
    connected.update(endpoint.vpc_id for endpoint in design.inbound_resolver_endpoint.values())
    return any(knows_private_name(trace, vpc_id, inbound=True) for vpc_id in sorted(connected))


def private_dns_off(trace: Trace, stop: Stop) -> bool:
    """A public address and no way to it, while the service's endpoint in the VPC has private DNS off.

    No private hosted zone stands in for it either.
    """
    vpc_id = view_vpc(trace)
    if not is_public(trace) or not has_no_way(trace, stop) or vpc_id is None:
        return False
    if zone_for_name(trace.design, vpc_id, canonical(trace.call.host)) is not None:
        return False
    return any(
        not endpoint.private_dns_enabled and endpoint.state is EndpointState.AVAILABLE
        for endpoint in own_interface_endpoints(trace)
    )


def private_dns_requires_vpc_dns_attributes(trace: Trace, stop: Stop) -> bool:
    """Private DNS is on (or a zone stands in for it), but one of the two VPC attributes is false."""
    vpc_id = view_vpc(trace)
    if vpc_id is None or not has_no_private_answer(trace, stop):
        return False
    if trace.design.vpc[vpc_id].answers_private_names:
        return False
    zone = zone_for_name(trace.design, vpc_id, canonical(trace.call.host))
    if zone is not None and record_for_name(zone, canonical(trace.call.host)) is not None:
        return True
    return any(e.private_dns_enabled and covers_host(trace, e) for e in own_interface_endpoints(trace))


def hostname_not_covered(trace: Trace, stop: Stop) -> bool:
    """Private DNS works, but not for this name of the service; names of other Regions are never covered."""
    vpc_id = view_vpc(trace)
    if (
        not misses_endpoint(trace, stop)
        or vpc_id is None
        or not trace.design.vpc[vpc_id].answers_private_names
    ):
        return False
    return any(
        endpoint.private_dns_enabled
        and endpoint.state is EndpointState.AVAILABLE
        and not covers_host(trace, endpoint)
        for endpoint in own_interface_endpoints(trace, any_region=True)
    )


def private_dns_only_in_endpoint_vpc(trace: Trace, stop: Stop) -> bool:
    """The endpoint is in another VPC: its private names are not seen here, connected or not.

    AWS: "Centralized access to VPC private endpoints",
    https://docs.aws.amazon.com/whitepapers/latest/building-scalable-secure-multi-vpc-network-infrastructure/centralized-access-to-vpc-private-endpoints.html
    """
    vpc_id = view_vpc(trace)
    if vpc_id is None or not has_no_private_answer(trace, stop) or any(own_interface_endpoints(trace)):
        return False
    host = canonical(trace.call.host)
    return any(
        endpoint.vpc_id != vpc_id
        and usability_loss(endpoint, inbound=True) is None
        and any(covers(name, host) for name in trace.design.private_names(endpoint))
        for endpoint in trace.design.interface_endpoints
    )


def hosted_zone_not_associated(trace: Trace, stop: Stop) -> bool:
    """A private hosted zone knows the name, but is not associated with the caller's VPC."""
    vpc_id = view_vpc(trace)
    if vpc_id is None or not has_no_private_answer(trace, stop):
        return False
    host = canonical(trace.call.host)
    return any(
        vpc_id not in zone.vpc_ids
        and is_within(host, canonical(zone.name))
        and record_for_name(zone, host) is not None
        for zone in trace.design.hosted_zones
    )


def private_zone_has_no_record(trace: Trace, stop: Stop) -> bool:
    """A private hosted zone claims the name space, has no record for the name, never asks public DNS."""
    return stop.reason is Reason.DNS_NAME_NOT_FOUND and trace.resolution.zone is not None
