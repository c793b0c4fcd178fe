"""Arriving at an interface in a VPC: the ACL of its subnet, the endpoint itself, its security groups."""

from vpclab.network.attached import Attached
from vpclab.network.endpoints import EndpointState, InterfaceEndpoint
from vpclab.network.filter_rules import PortRange
from vpclab.network.filters import AclDecision, GroupDecision, Peer
from vpclab.network.hops import plain
from vpclab.network.trace import Stop, Trace
from vpclab.network.vocabulary import Kind, Leg, Reason, Remark, Stage

# What crossing these does to security groups: they are not handed on.
FORGETS_GROUPS = frozenset({Kind.TRANSIT_GATEWAY, Kind.VIRTUAL_PRIVATE_GATEWAY})


def pass_acl(trace: Trace, kind: Kind, subnet_id: str, *, egress: bool) -> Stop | None:
    """The ACL of a subnet, on the way out: at the destination's port, whoever sends the packet at the moment.

    A subnet that no ACL names allows everything, and tells no hop.
    """
    acl = trace.design.acl_of_subnet.get(subnet_id)
    peer = trace.destination if egress else trace.source_ip
    if acl is None or peer is None:
        return None
    decision = AclDecision(
        acl=acl,
        subnet_id=subnet_id,
        egress=egress,
        protocol=trace.call.protocol,
        ports=PortRange(first=trace.call.port, last=trace.call.port),
        peer=peer,
    )
    reason = None if decision.passed else Reason.SUBNET_ACL_RESTRICTION
    trace.decide(kind, acl.network_acl_id, decision, reason, Leg.FORWARD)
    return Stop(kind, reason, Stage.FILTER) if reason else None


def arrive(trace: Trace, at: Attached) -> Stop | None:
    """An interface with the destination address: from another subnet the ACL of its subnet is asked first."""
    endpoint = at.endpoint
    if at.subnet_id != trace.subnet_id:
        kind = Kind.ENDPOINT_SUBNET_NACL if endpoint else Kind.DESTINATION_SUBNET_NACL
        if stop := pass_acl(trace, kind, at.subnet_id, egress=False):
            return stop
    trace.arrived = at
    if endpoint is not None and (stop := _reach_endpoint(trace, at, endpoint)):
        return stop
    return _pass_destination_groups(trace, at)


def _reach_endpoint(trace: Trace, at: Attached, endpoint: InterfaceEndpoint) -> Stop | None:
    """An interface endpoint carries traffic only while it is available, across zones if need be."""
    kind = Kind.INTERFACE_ENDPOINT
    trace.step(kind, endpoint.vpc_endpoint_id)
    zone = trace.design.subnet[at.subnet_id].availability_zone
    caller_subnet = trace.caller.subnet_id
    caller_zone = trace.design.subnet[caller_subnet].availability_zone if caller_subnet else None
    crossed = caller_zone is not None and caller_zone != zone
    if crossed:
        trace.detail.append(str(Remark.AVAILABILITY_ZONE_CROSSED))
    reason = None if endpoint.state is EndpointState.AVAILABLE else Reason.BAD_STATE
    decision = plain(
        endpoint=endpoint.vpc_endpoint_id,
        service_name=endpoint.service_name,
        address=at.address,
        state=endpoint.state,
        zone=zone,
        caller_zone=caller_zone,
        zone_crossed=crossed,
    )
    trace.decide(kind, endpoint.vpc_endpoint_id, decision, reason)
    return Stop(kind, reason, Stage.ROUTE) if reason else None


def _pass_destination_groups(trace: Trace, at: Attached) -> Stop | None:
    """The security groups of the destination must admit the caller on the service's port.

    The port is usually 443, not always.
    AWS: "Access an AWS service using an interface VPC endpoint",
    https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
    """
    decision = ingress_decision(trace, at)
    kind = Kind.ENDPOINT_SECURITY_GROUP if at.endpoint else Kind.DESTINATION_SECURITY_GROUP
    reason = decision.reason
    trace.decide(kind, " + ".join(at.groups) or "default", decision, reason)
    return Stop(kind, reason, Stage.FILTER) if reason else None


def ingress_decision(trace: Trace, at: Attached) -> GroupDecision:
    """What the destination's groups say to the sender.

    Behind NAT the sender is the NAT gateway, which has no group.
    """
    assert trace.source_ip is not None
    caller_subnet = trace.caller.subnet_id
    is_caller = trace.nat is None and caller_subnet is not None
    return GroupDecision(
        design=trace.design,
        group_ids=at.groups,
        vpc_id=at.vpc_id,
        egress=False,
        protocol=trace.call.protocol,
        port=trace.call.port,
        peer=Peer(
            address=trace.source_ip,
            groups=trace.caller.groups if is_caller else (),
            vpc_id=trace.vpc_id if is_caller else None,
            groups_seen=is_caller and not (trace.crossed & FORGETS_GROUPS),
        ),
    )
