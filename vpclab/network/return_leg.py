"""The way back, before any policy: TCP needs both directions, so a stop here is a time-out.

Security groups let answers pass; network ACLs are asked again, at the client's port, of which the whole
range must be admitted. Gateway endpoints, NAT gateways and internet gateways return by themselves.
AWS: "Custom network ACLs for your VPC", https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html
"""

from ipaddress import IPv4Address

from vpclab.network.attached import Attached
from vpclab.network.filter_rules import PortRange
from vpclab.network.filters import AclDecision
from vpclab.network.on_premises import gateway_behind, site_decision
from vpclab.network.routing import RouteDecision, is_blackhole, select_route
from vpclab.network.trace import NAT_AND_LAMBDA_PORTS, Stop, Trace
from vpclab.network.transit import attachment_in_zone, choose_attachment
from vpclab.network.vocabulary import Kind, Leg, Reason, Stage


def travel_back(trace: Trace) -> Stop | None:
    """Carry the answer back to the caller as far as it gets."""
    if trace.arrived is not None and (stop := _leave_destination(trace, trace.arrived)):
        return stop
    if trace.onprem_host and (stop := _leave_site(trace)):
        return stop
    if trace.nat is not None and (stop := _pass_nat_subnet(trace)):
        return stop
    return _enter_caller_subnet(trace)


def _pass_acl(
    trace: Trace, kind: Kind, subnet_id: str, *, egress: bool, peer: IPv4Address, ports: PortRange
) -> Stop | None:
    acl = trace.design.acl_of_subnet.get(subnet_id)
    if acl is None:
        return None
    decision = AclDecision(
        acl=acl, subnet_id=subnet_id, egress=egress, protocol=trace.call.protocol, ports=ports, peer=peer
    )
    reason = None if decision.passed else Reason.SUBNET_ACL_RESTRICTION
    trace.decide(kind, acl.network_acl_id, decision, reason, Leg.RETURN)
    return Stop(kind, reason, Stage.RETURN, Leg.RETURN) if reason else None


def _leave_destination(trace: Trace, at: Attached) -> Stop | None:
    """Out of the endpoint's subnet: its ACL towards the sender, and a route back to a sender elsewhere."""
    assert trace.source_ip is not None
    is_endpoint = at.endpoint is not None
    if at.subnet_id != trace.subnet_id:
        kind = Kind.ENDPOINT_SUBNET_NACL if is_endpoint else Kind.DESTINATION_SUBNET_NACL
        ports = NAT_AND_LAMBDA_PORTS if trace.nat else trace.caller_ports
        if stop := _pass_acl(trace, kind, at.subnet_id, egress=True, peer=trace.source_ip, ports=ports):
            return stop
    if not trace.crossed:
        return None
    kind = Kind.ENDPOINT_SUBNET_ROUTE_TABLE if is_endpoint else Kind.DESTINATION_SUBNET_ROUTE_TABLE
    return _follow_route_back(trace, at, kind)


def _follow_route_back(trace: Trace, at: Attached, kind: Kind) -> Stop | None:
    """The table of the endpoint's subnet needs a route back to a caller in another VPC or on premises.

    A route that leads elsewhere (to NAT, to an internet gateway) is none.
    """
    assert trace.source_ip is not None
    routes = trace.design.routes_of_subnet(at.subnet_id)
    winner = select_route(routes, trace.source_ip).winner
    target = winner.target if winner else None
    reason: Reason | None = Reason.NO_ROUTE_TO_DESTINATION
    if winner is not None and target is not None:
        if is_blackhole(winner.route) or not _exists(trace, target):
            reason = Reason.BAD_STATE_ROUTE
        elif target.startswith("pcx-"):
            pcx = trace.design.peering_connection[target]
            joins = {pcx.requester_vpc_id, pcx.accepter_vpc_id} == {at.vpc_id, trace.vpc_id}
            reason = None if joins and pcx.state == "active" else Reason.NO_ROUTE_TO_DESTINATION
        elif target.startswith("tgw-"):
            zone = trace.design.subnet[at.subnet_id].availability_zone
            attached = attachment_in_zone(trace.design, target, at.vpc_id, zone)
            reason = None if attached else Reason.TGW_ROUTE_AZ_RESTRICTION
        elif target.startswith("vgw-"):
            home = trace.design.vpn_gateway[target].vpc_id == at.vpc_id and trace.vpc_id is None
            reason = None if home else Reason.NO_ROUTE_TO_DESTINATION
    decision = RouteDecision(routes=routes, address=trace.source_ip, winner=winner)
    trace.decide(kind, routes.table.route_table_id, decision, reason, Leg.RETURN)
    if reason is not None:
        return Stop(kind, reason, Stage.RETURN, Leg.RETURN)
    if target is not None and target.startswith("tgw-"):
        return _cross_transit_gateway_back(trace, at, target)
    return None


def _exists(trace: Trace, target: str) -> bool:
    """Whether the target of a route back is still there; only ways between networks matter here."""
    known = {
        "pcx-": trace.design.peering_connection,
        "tgw-": trace.design.transit_gateway,
        "vgw-": trace.design.vpn_gateway,
    }
    return target in known.get(target[:4], (target,))


def _cross_transit_gateway_back(trace: Trace, at: Attached, gateway_id: str) -> Stop | None:
    """The transit gateway's table for the endpoint's VPC must know the caller's VPC too."""
    kind = Kind.TRANSIT_GATEWAY
    design = trace.design
    assert trace.source_ip is not None
    attachment = attachment_in_zone(
        design, gateway_id, at.vpc_id, design.subnet[at.subnet_id].availability_zone
    )
    assert attachment is not None
    decision = choose_attachment(design.transit_gateway[gateway_id], attachment, trace.source_ip)
    reason = decision.reason
    if decision.target is not None and decision.target.vpc_id != trace.vpc_id:
        reason = Reason.NO_POSSIBLE_DESTINATION
    trace.decide(kind, gateway_id, decision, reason, Leg.RETURN)
    return Stop(kind, reason, Stage.RETURN, Leg.RETURN) if reason else None


def _leave_site(trace: Trace) -> Stop | None:
    """A host on premises answers by the site's routes, which must lead to the caller's VPC."""
    assert trace.source_ip is not None
    kind, host = Kind.ONPREM_HOST, trace.design.onprem_host_by_address[trace.destination].id
    decision = site_decision(trace.design, host, trace.source_ip)
    reason: Reason | None = None
    if decision.winner is None:
        reason = Reason.NO_ROUTE_TO_DESTINATION
    else:
        gateway = gateway_behind(trace.design, decision.winner.target)
        if gateway is None:
            reason = Reason.BAD_STATE_ROUTE
        elif gateway.vpc_id != trace.vpc_id:
            reason = Reason.NO_ROUTE_TO_DESTINATION
    trace.decide(kind, host, decision, reason, Leg.RETURN)
    return Stop(kind, reason, Stage.RETURN, Leg.RETURN) if reason else None


def _pass_nat_subnet(trace: Trace) -> Stop | None:
    """Through the NAT gateway's subnet: in from the service, out to the caller.

    Each of the two has its own client ports.
    """
    nat, caller_ip = trace.nat, trace.caller_ip
    assert nat is not None and caller_ip is not None
    kind = Kind.NAT_SUBNET_NACL
    beside = trace.arrived is not None and trace.arrived.subnet_id == nat.subnet_id
    if not beside and (
        stop := _pass_acl(
            trace, kind, nat.subnet_id, egress=False, peer=trace.destination, ports=NAT_AND_LAMBDA_PORTS
        )
    ):
        return stop
    if nat.subnet_id == trace.caller.subnet_id:
        return None
    return _pass_acl(trace, kind, nat.subnet_id, egress=True, peer=caller_ip, ports=trace.caller_ports)


def _enter_caller_subnet(trace: Trace) -> Stop | None:
    """Into the caller's subnet, unless the answer comes from inside it."""
    subnet_id = trace.caller.subnet_id
    if subnet_id is None:
        return None
    sender = trace.nat.subnet_id if trace.nat else trace.arrived.subnet_id if trace.arrived else None
    if sender == subnet_id:
        return None
    return _pass_acl(
        trace,
        Kind.SOURCE_SUBNET_NACL,
        subnet_id,
        egress=False,
        peer=trace.destination,
        ports=trace.caller_ports,
    )
