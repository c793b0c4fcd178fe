"""Between VPCs: peering connections and transit gateways, which lead to interfaces and to nothing else."""

from ipaddress import IPv4Address

from vpclab.network.addresses import is_private
from vpclab.network.arrival import arrive
from vpclab.network.design import Design
from vpclab.network.hops import plain
from vpclab.network.resources import (
    RouteState,
    TransitGateway,
    TransitGatewayRoute,
    TransitGatewayRouteTable,
    VpcAttachment,
)
from vpclab.network.trace import Stop, Trace
from vpclab.network.vocabulary import Kind, Note, Reason, Stage


def cross_peering(trace: Trace, pcx_id: str) -> Stop | None:
    """A peering connection: active, and only to addresses of interfaces in the peer's range.

    The peer's internet gateway, NAT gateway, VPN and gateway endpoints cannot be borrowed.
    AWS: "How VPC peering connections work", https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html
    """
    kind = Kind.PEERING_CONNECTION
    pcx = trace.design.peering_connection[pcx_id]
    other = pcx.accepter_vpc_id if pcx.requester_vpc_id == trace.vpc_id else pcx.requester_vpc_id
    cidr = trace.design.vpc[other].cidr_block
    trace.step(kind, pcx_id)
    found = trace.design.attached.get((other, trace.destination))
    reason = None
    if pcx.state != "active":
        reason = Reason.BAD_STATE
    elif trace.destination not in cidr:
        reason = Reason.PCX_REQUIRES_ADDRESS_IN_VPC_CIDR
    elif found is None:
        reason = Reason.NO_POSSIBLE_DESTINATION
    decision = plain(pcx=pcx_id, vpc=other, cidr=cidr, address=trace.destination, state=pcx.state)
    trace.decide(kind, pcx_id, decision, reason)
    if reason is not None or found is None:
        return Stop(kind, reason or Reason.NO_POSSIBLE_DESTINATION, Stage.ROUTE)
    trace.crossed.add(kind)
    return arrive(trace, found)


def attachment_in_zone(design: Design, gateway_id: str, vpc_id: str, zone: str) -> VpcAttachment | None:
    """The VPC's attachment that has a subnet in an Availability Zone.

    A transit gateway takes packets only from zones in which its attachment has a subnet.
    AWS: "Amazon VPC attachments in Transit Gateway", https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html
    """
    for attachment in attachments_of_vpc(design, gateway_id, vpc_id):
        if any(design.subnet[subnet_id].availability_zone == zone for subnet_id in attachment.subnet_ids):
            return attachment
    return None


def attachments_of_vpc(design: Design, gateway_id: str, vpc_id: str) -> tuple[VpcAttachment, ...]:
    """A VPC's attachments to a transit gateway."""
    return design.attachments_of_vpc.get((gateway_id, vpc_id), ())


def has_attachment_in_zone(trace: Trace, gateway_id: str) -> bool:
    """Whether the sender's zone has an attachment; without one the packet dies at the subnet's table."""
    assert trace.subnet_id is not None and trace.vpc_id is not None
    zone = trace.design.subnet[trace.subnet_id].availability_zone
    return attachment_in_zone(trace.design, gateway_id, trace.vpc_id, zone) is not None


def route_of(table: TransitGatewayRouteTable, address: IPv4Address) -> TransitGatewayRoute | None:
    """The longest prefix of a transit gateway's route table."""
    fitting = [route for route in table.routes if address in route.destination]
    return max(fitting, key=lambda route: route.destination.prefixlen, default=None)


def choose_attachment(
    gateway: TransitGateway, attachment: VpcAttachment, address: IPv4Address
) -> tuple[VpcAttachment | None, TransitGatewayRouteTable | None, TransitGatewayRoute | None, Reason | None]:
    """Where a transit gateway sends a packet that came in by an attachment.

    The route table associated with the attachment decides.
    AWS: "Reachability Analyzer explanation codes",
    https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html
    """
    table = next((t for t in gateway.route_tables if attachment.attachment_id in t.associations), None)
    if table is None:
        return None, None, None, Reason.TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION
    route = route_of(table, address)
    if route is None:
        return None, table, None, Reason.TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT
    target = next((a for a in gateway.vpc_attachments if a.attachment_id == route.target), None)
    if route.state is RouteState.BLACKHOLE or target is None:
        return None, table, route, Reason.TGW_RTB_BAD_STATE_ROUTE
    return target, table, route, None


def cross_transit_gateway(trace: Trace, gateway_id: str) -> Stop | None:
    """A transit gateway: in the other VPC only interfaces are reached here.

    Central egress is not modelled.
    """
    kind = Kind.TRANSIT_GATEWAY
    design = trace.design
    assert trace.subnet_id is not None and trace.vpc_id is not None
    gateway = design.transit_gateway[gateway_id]
    zone = design.subnet[trace.subnet_id].availability_zone
    attachment = attachment_in_zone(design, gateway_id, trace.vpc_id, zone)
    assert attachment is not None
    trace.step(kind, gateway_id)
    target, table, route, reason = choose_attachment(gateway, attachment, trace.destination)
    found = design.attached.get((target.vpc_id, trace.destination)) if target else None
    if reason is None and found is None:
        reason = Reason.NO_POSSIBLE_DESTINATION
        if not is_private(trace.destination):
            trace.note(Note.CENTRAL_EGRESS_NOT_MODELLED)
    decision = plain(
        tgw=gateway_id,
        attachment=attachment.attachment_id,
        table=table.route_table_id if table else None,
        destination=route.destination if route else None,
        target=route.target if route else None,
        vpc=target.vpc_id if target else None,
        address=trace.destination,
    )
    trace.decide(kind, gateway_id, decision, reason)
    if reason is not None or found is None:
        return Stop(kind, reason or Reason.NO_POSSIBLE_DESTINATION, Stage.ROUTE)
    trace.crossed.add(kind)
    return arrive(trace, found)
