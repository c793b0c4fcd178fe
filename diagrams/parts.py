"""The parts of a picture: what stands on the stage, before it has places and words.

`cast` makes them from a Design. A slot with nothing in it is a ghost: what the design could have and lacks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address

from vpclab.network.connections import TransitGateway, VirtualInterface, VpcPeeringConnection, VpnGateway
from vpclab.network.endpoints import GatewayEndpoint, InterfaceEndpoint
from vpclab.network.resources import InternetGateway, NatGateway, RouteTable, Subnet, Vpc, Workload

Connector = VpcPeeringConnection | TransitGateway


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The service of the call: its short name, its Region, and which endpoint types it offers."""

    service: str
    region: str
    host: str | None
    address: IPv4Address | None
    offers_gateway: bool
    offers_interface: bool
    is_abroad: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InterfaceSlot:
    """Place for an endpoint's network interface; empty when `endpoint` is None, `shown` tells a ghost."""

    endpoint: InterfaceEndpoint | None = None
    address: IPv4Address | None = None
    shown: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SubnetPart:
    """A subnet with what stands in it; `subnet` None is a ghost. Outer subnets have a place for NAT."""

    slot: str
    subnet: Subnet | None
    is_public: bool
    is_outer: bool
    table: RouteTable | None = None
    workloads: tuple[Workload, ...] = ()
    databases: tuple[Workload, ...] = ()
    hidden_workloads: int = 0
    nat: NatGateway | None = None
    shows_nat_ghost: bool = False
    interfaces: tuple[InterfaceSlot, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ZonePart:
    """An Availability Zone and its subnets, outer ones first."""

    slot: str
    name: str
    subnets: tuple[SubnetPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VpcPart:
    """A VPC on the stage; the `home` VPC is the caller's and has all slots."""

    slot: str
    vpc: Vpc
    home: bool
    zones: tuple[ZonePart, ...]
    has_ways_out: bool
    has_gateway_slot: bool
    internet_gateway: InternetGateway | None
    gateway_endpoint: GatewayEndpoint | None
    vpn_gateway: VpnGateway | None
    other_endpoints: tuple[str, ...]
    hidden_subnets: int

    @property
    def subnets(self) -> Iterator[SubnetPart]:
        """All subnets, from the top of the picture down."""
        return (subnet for zone in self.zones for subnet in zone.subnets)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Everything that has a place in the picture."""

    region: str
    asked: Asked
    caller: Workload | None
    vpcs: tuple[VpcPart, ...]
    connectors: tuple[Connector, ...]
    hidden_vpcs: int
    hosts: tuple[Workload, ...]
    virtual_interfaces: tuple[VirtualInterface, ...]
    on_premises: bool
    site_internet: bool
    unattached: Workload | None
