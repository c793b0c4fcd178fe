"""What joins a VPC with others and with a data centre: peering, transit gateways, VPN, Direct Connect."""

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Network

from vpclab.network.name_servers import ForwardRule
from vpclab.network.resources import RouteState


@dataclass(frozen=True, slots=True, kw_only=True)
class VpcPeeringConnection:
    """A peering connection; carries traffic only while its state is `active`."""

    vpc_peering_connection_id: str
    requester_vpc_id: str
    accepter_vpc_id: str
    state: str = "active"


@dataclass(frozen=True, slots=True, kw_only=True)
class VpcAttachment:
    """Where a transit gateway meets a VPC: one subnet per Availability Zone."""

    attachment_id: str
    vpc_id: str
    subnet_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitGatewayRoute:
    """One line of a transit gateway route table; `target` is an attachment."""

    destination: IPv4Network
    target: str
    state: RouteState = RouteState.ACTIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitGatewayRouteTable:
    """A route table of a transit gateway, used by the attachments in `associations`."""

    route_table_id: str
    associations: tuple[str, ...] = ()
    routes: tuple[TransitGatewayRoute, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitGateway:
    """A transit gateway with its VPC attachments and route tables."""

    transit_gateway_id: str
    vpc_attachments: tuple[VpcAttachment, ...] = ()
    route_tables: tuple[TransitGatewayRouteTable, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VpnGateway:
    """A virtual private gateway, attached to one VPC."""

    vpn_gateway_id: str
    vpc_id: str


class VirtualInterfaceType(StrEnum):
    """Kinds of virtual interfaces; only private ones are modelled."""

    PRIVATE = "private"
    PUBLIC = "public"
    TRANSIT = "transit"


class VirtualInterfaceState(StrEnum):
    """Whether the line is up."""

    AVAILABLE = "available"
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class VirtualInterface:
    """A Direct Connect virtual interface that ends at a virtual private gateway."""

    virtual_interface_id: str
    virtual_interface_type: VirtualInterfaceType = VirtualInterfaceType.PRIVATE
    vpn_gateway_id: str
    state: VirtualInterfaceState = VirtualInterfaceState.AVAILABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class OnPremisesRoute:
    """One of the site's routes: `target` is a virtual interface or a virtual private gateway."""

    destination: IPv4Network
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OnPremises:
    """The data centre: `internet` says whether it has an internet line of its own."""

    cidr: IPv4Network
    routes: tuple[OnPremisesRoute, ...] = ()
    dns: tuple[ForwardRule, ...] = ()
    internet: bool = False
