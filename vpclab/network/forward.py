"""The way out: from the caller, hop by hop, to an endpoint, a gateway or another address.

Each function is one component. It writes its decision into the trace and hands the packet on; what it
returns is the Stop that ended the way, or None when the packet arrived.
"""

from vpclab.network.addresses import is_private
from vpclab.network.arrival import arrive, pass_acl
from vpclab.network.attached import Attached
from vpclab.network.design import Design
from vpclab.network.endpoints import EndpointState, GatewayEndpoint
from vpclab.network.filters import GroupDecision, Peer
from vpclab.network.hops import RouteChosen, plain
from vpclab.network.internet_gateway import pass_internet_gateway
from vpclab.network.on_premises import enter_on_premises, leave_on_premises
from vpclab.network.resources import NatGatewayState, WorkloadKind
from vpclab.network.routing import (
    LOCAL,
    Line,
    RouteDecision,
    destination_of,
    is_blackhole,
    remarks_on_lost_endpoints,
    select_route,
)
from vpclab.network.trace import Stop, Trace
from vpclab.network.transit import cross_peering, cross_transit_gateway, has_attachment_in_zone
from vpclab.network.vocabulary import Kind, Note, Reason, Stage


def travel(trace: Trace) -> Stop | None:
    """Carry the packet from the caller as far as it gets."""
    trace.step(Kind(trace.caller.kind), trace.caller.id)
    if trace.caller.kind is WorkloadKind.ONPREM_HOST:
        return leave_on_premises(trace)
    if trace.caller.subnet_id is None:
        return leave_aws_managed_network(trace)
    return leave_subnet(trace)


def leave_aws_managed_network(trace: Trace) -> Stop | None:
    """A function outside VPCs leaves from the Lambda service's network: private addresses are out of reach.

    AWS: "Giving Lambda functions access to resources in an Amazon VPC",
    https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
    """
    kind = Kind.AWS_MANAGED_NETWORK
    trace.step(kind, "lambda-service-network")
    inside = is_private(trace.destination) or trace.design.is_inside(trace.destination)
    reason = Reason.NO_ROUTE_TO_DESTINATION if inside else None
    trace.decide(kind, "lambda-service-network", plain(address=trace.destination), reason)
    if reason:
        return Stop(kind, reason, Stage.ROUTE)
    trace.uses_public_ip = True
    return None


def leave_subnet(trace: Trace) -> Stop | None:
    """Security groups of the caller, then its subnet's ACL and route table.

    Inside one subnet a packet is delivered directly: no ACL, no table.
    """
    subnet_id, vpc_id = trace.subnet_id, trace.vpc_id
    assert subnet_id is not None and vpc_id is not None
    if stop := _pass_source_groups(trace, vpc_id):
        return stop
    if trace.destination in trace.design.subnet[subnet_id].cidr_block:
        neighbour = trace.design.attached.get((vpc_id, trace.destination))
        if neighbour is not None and neighbour.subnet_id == subnet_id:
            return arrive(trace, neighbour)
    if stop := pass_acl(trace, Kind.SOURCE_SUBNET_NACL, subnet_id, egress=True):
        return stop
    return follow_route(trace, Kind.SUBNET_ROUTE_TABLE)


def _pass_source_groups(trace: Trace, vpc_id: str) -> Stop | None:
    """One fitting Egress rule among all groups of the interface is enough."""
    owner = _owner_of_destination(trace, vpc_id)
    decision = GroupDecision(
        design=trace.design,
        group_ids=trace.caller.groups,
        vpc_id=vpc_id,
        egress=True,
        protocol=trace.call.protocol,
        port=trace.call.port,
        peer=Peer(
            address=trace.destination,
            groups=owner.groups if owner else (),
            vpc_id=owner.vpc_id if owner else None,
            groups_seen=owner is not None and _hands_groups_on(trace, owner, vpc_id),
        ),
    )
    reason = decision.reason
    trace.decide(Kind.SOURCE_SECURITY_GROUP, " + ".join(trace.caller.groups) or "default", decision, reason)
    return Stop(Kind.SOURCE_SECURITY_GROUP, reason, Stage.FILTER) if reason else None


def _hands_groups_on(trace: Trace, owner: Attached, vpc_id: str) -> bool:
    """Whether the way to the destination's owner hands security groups on: in the VPC and over peering."""
    if owner.vpc_id == vpc_id:
        return True
    assert trace.subnet_id is not None
    winner = select_route(trace.design.routes_of_subnet(trace.subnet_id), trace.destination).winner
    return winner is not None and winner.target.startswith("pcx-")


def _owner_of_destination(trace: Trace, vpc_id: str) -> Attached | None:
    """Who has the destination address, as far as it can be known before a route is chosen.

    VPCs may use the same addresses: the own VPC comes first, then one that is peered with it.
    """
    peered = trace.design.peered
    return min(
        trace.design.owners_of_address.get(trace.destination, ()),
        key=lambda owner: (owner.vpc_id != vpc_id, (vpc_id, owner.vpc_id) not in peered),
        default=None,
    )


def follow_route(trace: Trace, kind: Kind) -> Stop | None:
    """Ask the present subnet's route table and hand the packet to the target of the route that wins."""
    assert trace.subnet_id is not None and trace.vpc_id is not None
    routes = trace.design.routes_of_subnet(trace.subnet_id)
    table_id = routes.table.route_table_id
    selection = select_route(routes, trace.destination)
    winner = selection.winner
    trace.step(kind, table_id)
    trace.detail.extend(remarks_on_lost_endpoints(selection))
    if selection.is_tie:
        trace.note(Note.PREFIX_LIST_TIE_IS_RANDOM)
    if winner is not None and kind is Kind.SUBNET_ROUTE_TABLE:
        trace.route_chosen = RouteChosen(
            route_table_id=table_id, destination=destination_of(winner.route), target=winner.target
        )
    reason = _route_problem(trace, winner)
    trace.decide(
        kind, table_id, RouteDecision(routes=routes, address=trace.destination, winner=winner), reason
    )
    if reason is not None:
        return Stop(kind, reason, Stage.ROUTE)
    assert winner is not None
    return _hand_on(trace, kind, winner.target)


# Prefixes of route targets that the walk follows. Others (`eni-`, `eigw-`, `lgw-` ...) are not modelled.
_KNOWN_TARGETS = ("igw-", "nat-", "vpce-", "pcx-", "tgw-", "vgw-")


def _route_problem(trace: Trace, winner: Line | None) -> Reason | None:
    """Why the route that won carries nothing: none matched, its target is gone, or we do not model it."""
    if winner is None:
        return Reason.NO_ROUTE_TO_DESTINATION
    if is_blackhole(winner.route):
        return Reason.BAD_STATE_ROUTE
    if winner.is_local:
        return None
    if not winner.target.startswith(_KNOWN_TARGETS):
        return Reason.UNSUPPORTED_COMPONENT
    if not _target_is_there(trace.design, winner.target, trace.vpc_id or ""):
        return Reason.BAD_STATE_ROUTE
    if winner.target.startswith("vpce-") and not isinstance(
        trace.design.endpoint[winner.target], GatewayEndpoint
    ):
        return Reason.UNSUPPORTED_COMPONENT
    if winner.target.startswith("tgw-") and not has_attachment_in_zone(trace, winner.target):
        return Reason.TGW_ROUTE_AZ_RESTRICTION
    if trace.nat is not None and winner.target.startswith("nat-"):
        # The table of a NAT gateway's subnet leads back to the same gateway, or to a second one.
        same = winner.target == trace.nat.nat_gateway_id
        return Reason.NO_ROUTE_TO_DESTINATION if same else Reason.UNSUPPORTED_COMPONENT
    return None


def _target_is_there(design: Design, target: str, vpc_id: str) -> bool:
    """Whether a route's target exists and belongs to the VPC; a route whose target is gone is a blackhole."""
    if target.startswith("igw-"):
        gateway = design.internet_gateway.get(target)
        return gateway is not None and gateway.vpc_id == vpc_id
    if target.startswith("nat-"):
        return target in design.nat_gateway
    if target.startswith("vpce-"):
        endpoint = design.endpoint.get(target)
        return endpoint is not None and endpoint.vpc_id == vpc_id
    if target.startswith("pcx-"):
        pcx = design.peering_connection.get(target)
        return pcx is not None and vpc_id in (pcx.requester_vpc_id, pcx.accepter_vpc_id)
    if target.startswith("vgw-"):
        private_gateway = design.vpn_gateway.get(target)
        return private_gateway is not None and private_gateway.vpc_id == vpc_id
    return target in design.transit_gateway


def _hand_on(trace: Trace, table_kind: Kind, target: str) -> Stop | None:
    if target == LOCAL:
        return deliver_locally(trace, table_kind)
    if target.startswith("igw-"):
        return pass_internet_gateway(trace, target)
    if target.startswith("nat-"):
        return pass_nat_gateway(trace, target)
    if target.startswith("vpce-"):
        return pass_gateway_endpoint(trace, target)
    if target.startswith("pcx-"):
        return cross_peering(trace, target)
    if target.startswith("tgw-"):
        return cross_transit_gateway(trace, target)
    return enter_on_premises(trace, target)


def deliver_locally(trace: Trace, table_kind: Kind) -> Stop | None:
    """The local route: to the interface with that address in the VPC, if anybody has it."""
    assert trace.vpc_id is not None
    found = trace.design.attached.get((trace.vpc_id, trace.destination))
    if found is not None:
        return arrive(trace, found)
    last = trace.hops.pop()
    trace.decide(table_kind, last.at, last.decision, Reason.NO_POSSIBLE_DESTINATION)
    return Stop(table_kind, Reason.NO_POSSIBLE_DESTINATION, Stage.ROUTE)


def pass_nat_gateway(trace: Trace, nat_id: str) -> Stop | None:
    """A NAT gateway: replaces the source by its private address and routes by its own subnet.

    It keeps the destination, must be available and serves only its own VPC. It has no security group; the
    ACL of its subnet applies.
    AWS: "NAT gateways", https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html
    """
    nat = trace.design.nat_gateway[nat_id]
    own_vpc = trace.design.subnet[nat.subnet_id].vpc_id
    if (
        own_vpc == trace.vpc_id
        and nat.subnet_id != trace.subnet_id
        and (stop := pass_acl(trace, Kind.NAT_SUBNET_NACL, nat.subnet_id, egress=False))
    ):
        return stop
    trace.step(Kind.NAT_GATEWAY, nat_id)
    reason = None
    if nat.state is not NatGatewayState.AVAILABLE:
        reason = Reason.BAD_STATE
    elif own_vpc != trace.vpc_id:
        reason = Reason.NGW_REQUIRES_SOURCE_IN_VPC
    decision = plain(
        nat=nat_id,
        subnet=nat.subnet_id,
        private_ip=nat.private_ip,
        public_ip=nat.public_ip,
        state=nat.state,
        source=trace.source_ip,
        vpc=own_vpc,
    )
    trace.decide(Kind.NAT_GATEWAY, nat_id, decision, reason)
    if reason is not None:
        return Stop(Kind.NAT_GATEWAY, reason, Stage.ROUTE)
    trace.nat, trace.source_ip, trace.subnet_id = nat, nat.private_ip, nat.subnet_id
    if trace.destination not in trace.design.subnet[nat.subnet_id].cidr_block and (
        stop := pass_acl(trace, Kind.NAT_SUBNET_NACL, nat.subnet_id, egress=True)
    ):
        return stop
    return follow_route(trace, Kind.NAT_SUBNET_ROUTE_TABLE)


def pass_gateway_endpoint(trace: Trace, endpoint_id: str) -> Stop | None:
    """A gateway endpoint: TCP only, no interface and so no security group.

    The service sees the private source.
    AWS: "Gateway endpoints", https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
    """
    endpoint = trace.design.endpoint[endpoint_id]
    assert isinstance(endpoint, GatewayEndpoint)
    kind = Kind.GATEWAY_ENDPOINT
    trace.step(kind, endpoint_id)
    trace.gateway_endpoint = endpoint
    reason = None
    if endpoint.state is not EndpointState.AVAILABLE:
        reason = Reason.BAD_STATE
    elif trace.call.protocol != "tcp":
        reason = Reason.VPCE_GATEWAY_PROTOCOL_RESTRICTION
    if trace.nat is not None:
        trace.note(Note.NAT_TO_ENDPOINT_NOT_CONFIRMED)
    decision = plain(
        endpoint=endpoint_id,
        service_name=endpoint.service_name,
        state=endpoint.state,
        protocol=trace.call.protocol,
        source=trace.source_ip,
    )
    trace.decide(kind, endpoint_id, decision, reason)
    return Stop(kind, reason, Stage.ROUTE) if reason else None
