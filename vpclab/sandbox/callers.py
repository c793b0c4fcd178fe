"""Callers: who asks, and the network that stands around a caller outside the VPC."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network

from vpclab.network.connections import (
    OnPremises,
    OnPremisesRoute,
    TransitGateway,
    TransitGatewayRoute,
    TransitGatewayRouteTable,
    VirtualInterface,
    VpcAttachment,
    VpcPeeringConnection,
    VpnGateway,
)
from vpclab.network.name_servers import ForwardRule
from vpclab.network.resources import (
    CidrRoute,
    RouteOrigin,
    RouteTable,
    Subnet,
    Vpc,
    Workload,
    WorkloadKind,
)
from vpclab.sandbox.choices import Choices, SiteDns, Source, Zone
from vpclab.sandbox.offers import ON_PREMISES, OTHER_VPC, zones_of
from vpclab.sandbox.parts import INBOUND_ADDRESS, SITE_CIDR, VPC_CIDR, VPC_ID, app_subnet, edge_subnet
from vpclab.sandbox.parts import OTHER_SUBNET as SUBNET
from vpclab.sandbox.parts import OTHER_VPC as VPC

AWS_DOMAINS = ("amazonaws.com", "api.aws")
"""Domains that a DNS server of your own hands on to the VPC: the names of AWS's services."""

_VGW, _VIF, _PCX, _TGW = "vgw-lab", "dxvif-lab", "pcx-lab", "tgw-lab"


def _caller(
    name: str,
    kind: WorkloadKind,
    subnet: Subnet | None,
    address: str | None,
    *,
    public: str | None = None,
    group: str | None = "sg-app",
) -> Workload:
    return Workload(
        id=name,
        kind=kind,
        subnet_id=subnet.subnet_id if subnet else None,
        private_ip_address=IPv4Address(address) if address else None,
        public_ip_address=IPv4Address(public) if public else None,
        groups=(group,) if group else (),
    )


_APP, _EDGE = app_subnet(Zone.A), edge_subnet(Zone.A)
_HOST = _caller("host-office", WorkloadKind.ONPREM_HOST, None, "172.16.10.20", group=None)
_OTHER = _caller("i-other", WorkloadKind.INSTANCE, SUBNET, "10.1.10.20", group="sg-other")

CALLERS = {
    Source.EC2_PRIVATE: _caller("i-app", WorkloadKind.INSTANCE, _APP, "10.0.10.20"),
    Source.EC2_PRIVATE_IP: _caller("i-app", WorkloadKind.INSTANCE, _APP, "10.0.10.20", public="203.0.113.21"),
    Source.EC2_PUBLIC: _caller("i-web", WorkloadKind.INSTANCE, _EDGE, "10.0.0.20", public="203.0.113.20"),
    Source.EC2_PUBLIC_NO_IP: _caller("i-web", WorkloadKind.INSTANCE, _EDGE, "10.0.0.20"),
    Source.LAMBDA_VPC: _caller("fn-app", WorkloadKind.LAMBDA, _APP, "10.0.10.77"),
    Source.LAMBDA: _caller("fn-app", WorkloadKind.LAMBDA, None, None, group=None),
    Source.ECS_TASK: _caller("task-app", WorkloadKind.FARGATE_TASK, _APP, "10.0.10.40"),
    Source.ONPREM_VPN: _HOST,
    Source.ONPREM_DX: _HOST,
    Source.PEERED_VPC: _OTHER,
    Source.SPOKE_VPC: _OTHER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The network outside the VPC that a caller stands in, and the way to it from inside.

    `route_to_caller` is what the tables of the VPC need for answers; None where they need nothing more.
    """

    cidr: IPv4Network = VPC_CIDR
    route_to_caller: CidrRoute | None = None
    vpcs: tuple[Vpc, ...] = ()
    subnets: tuple[Subnet, ...] = ()
    route_tables: tuple[RouteTable, ...] = ()
    vpc_peering_connections: tuple[VpcPeeringConnection, ...] = ()
    transit_gateways: tuple[TransitGateway, ...] = ()
    vpn_gateways: tuple[VpnGateway, ...] = ()
    direct_connect: tuple[VirtualInterface, ...] = ()
    on_premises: OnPremises | None = None


def surroundings(choices: Choices) -> Surroundings:
    """What stands around the caller; nothing for one inside the VPC, or in no VPC at all."""
    if choices.source in ON_PREMISES:
        return _site(choices)
    if choices.source in OTHER_VPC:
        return _other_vpc(choices)
    return Surroundings()


def _site(choices: Choices) -> Surroundings:
    """A data centre behind a virtual private gateway: over VPN, or over a private virtual interface."""
    over_direct_connect = choices.source is Source.ONPREM_DX
    way = _VIF if over_direct_connect else _VGW
    forwards = choices.site_dns is SiteDns.FORWARDING
    rules = tuple(ForwardRule(domain=domain, to=str(INBOUND_ADDRESS)) for domain in AWS_DOMAINS)
    return Surroundings(
        cidr=SITE_CIDR,
        route_to_caller=CidrRoute(destination=SITE_CIDR, target=_VGW, origin=RouteOrigin.PROPAGATED),
        vpn_gateways=(VpnGateway(vpn_gateway_id=_VGW, vpc_id=VPC_ID),),
        direct_connect=(VirtualInterface(virtual_interface_id=_VIF, vpn_gateway_id=_VGW),)
        if over_direct_connect
        else (),
        on_premises=OnPremises(
            cidr=SITE_CIDR,
            routes=(OnPremisesRoute(destination=VPC_CIDR, target=way),),
            dns=rules if forwards else (),
            internet=choices.site_internet,
        ),
    )


def _other_vpc(choices: Choices) -> Surroundings:
    """A second VPC without any way out of its own: peered, or joined by a transit gateway."""
    is_peered = choices.source is Source.PEERED_VPC
    way = _PCX if is_peered else _TGW
    table = RouteTable(
        route_table_id="rtb-other",
        vpc_id=VPC.vpc_id,
        subnet_ids=(SUBNET.subnet_id,),
        routes=(
            CidrRoute(destination=VPC.cidr_block, target="local"),
            CidrRoute(destination=VPC_CIDR, target=way),
        ),
    )
    return Surroundings(
        cidr=VPC.cidr_block,
        route_to_caller=CidrRoute(destination=VPC.cidr_block, target=way),
        vpcs=(VPC,),
        subnets=(SUBNET,),
        route_tables=(table,),
        vpc_peering_connections=(
            VpcPeeringConnection(
                vpc_peering_connection_id=_PCX, requester_vpc_id=VPC.vpc_id, accepter_vpc_id=VPC_ID
            ),
        )
        if is_peered
        else (),
        transit_gateways=() if is_peered else (_transit_gateway(choices),),
    )


def _transit_gateway(choices: Choices) -> TransitGateway:
    """A transit gateway between both VPCs, attached in every zone of ours; one table knows both ranges."""
    hub, spoke = "tgw-attach-lab", "tgw-attach-other"
    return TransitGateway(
        transit_gateway_id=_TGW,
        vpc_attachments=(
            VpcAttachment(
                attachment_id=hub,
                vpc_id=VPC_ID,
                subnet_ids=tuple(app_subnet(zone).subnet_id for zone in zones_of(choices)),
            ),
            VpcAttachment(attachment_id=spoke, vpc_id=VPC.vpc_id, subnet_ids=(SUBNET.subnet_id,)),
        ),
        route_tables=(
            TransitGatewayRouteTable(
                route_table_id="tgw-rtb-lab",
                associations=(hub, spoke),
                routes=(
                    TransitGatewayRoute(destination=VPC_CIDR, target=hub),
                    TransitGatewayRoute(destination=VPC.cidr_block, target=spoke),
                ),
            ),
        ),
    )
