"""Between VPCs: peering connections and transit gateways, which lead to interfaces and to nothing else."""

from dataclasses import dataclass
from ipaddress import IPv4Address

from vpclab.network.addresses import is_private
from vpclab.network.arrival import arrive
from vpclab.network.connections import (
    TransitGateway,
    TransitGatewayRoute,
    TransitGatewayRouteTable,
    VpcAttachment,
)
from vpclab.network.design import Design
from vpclab.network.hops import Candidate, Facts, plain
from vpclab.network.resources import RouteState
from vpclab.network.routing import prefix_loss
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


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitDecision:
    """What a transit gateway decided for a packet that came in by `attachment`; `reason` None sends it on."""

    gateway: TransitGateway
    attachment: VpcAttachment
    address: IPv4Address
    table: TransitGatewayRouteTable | None
    route: TransitGatewayRoute | None
    target: VpcAttachment | None
    reason: Reason | None

    @property
    def facts(self) -> Facts:
        return {
            "tgw": self.gateway.transit_gateway_id,
            "attachment": self.attachment.attachment_id,
            "table": self.table.route_table_id if self.table else None,
            "destination": str(self.route.destination) if self.route else None,
            "target": self.route.target if self.route else None,
            "vpc": self.target.vpc_id if self.target else None,
            "address": str(self.address),
        }

    def candidates(self) -> tuple[Candidate, ...]:
        if self.table is None:
            return ()
        return tuple(
            Candidate(
                of=self.table.route_table_id,
                label=str(route.destination),
                facts={"target": route.target, "state": str(route.state), "propagated": False},
                lost_because=prefix_loss(route is self.route, route.destination, self.address),
            )
            for route in self.table.routes
        )


def route_of(table: TransitGatewayRouteTable, address: IPv4Address) -> TransitGatewayRoute | None:
    """The longest prefix of a transit gateway's route table."""
    fitting = [route for route in table.routes if address in route.destination]
    return max(fitting, key=lambda route: route.destination.prefixlen, default=None)


def choose_attachment(
    gateway: TransitGateway, attachment: VpcAttachment, address: IPv4Address
) -> TransitDecision:
    """Where a transit gateway sends a packet: the table associated with its attachment decides.

    AWS: "Reachability Analyzer explanation codes",
    https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html
    """
    table = next((t for t in gateway.route_tables if attachment.attachment_id in t.associations), None)
    route = route_of(table, address) if table else None
    target = None
    reason: Reason | None = None
    if table is None:
        reason = Reason.TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION
    elif route is None:
        reason = Reason.TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT
    else:
        target = next((a for a in gateway.vpc_attachments if a.attachment_id == route.target), None)
        if route.state is RouteState.BLACKHOLE or target is None:
            target, reason = None, Reason.TGW_RTB_BAD_STATE_ROUTE
    return TransitDecision(
        gateway=gateway,
        attachment=attachment,
        address=address,
        table=table,
        route=route,
        target=target,
        reason=reason,
    )


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
    decision = choose_attachment(gateway, attachment, trace.destination)
    target, reason = decision.target, decision.reason
    found = design.attached.get((target.vpc_id, trace.destination)) if target else None
    if reason is None and found is None:
        reason = Reason.NO_POSSIBLE_DESTINATION
        if not is_private(trace.destination):
            trace.note(Note.CENTRAL_EGRESS_NOT_MODELLED)
    trace.decide(kind, gateway_id, decision, reason)
    if reason is not None or found is None:
        return Stop(kind, reason or Reason.NO_POSSIBLE_DESTINATION, Stage.ROUTE)
    trace.crossed.add(kind)
    return arrive(trace, found)
