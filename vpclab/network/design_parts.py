"""The parts of a Design by section, and each part by its id."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from ipaddress import IPv4Address

from vpclab.network.connections import (
    OnPremises,
    TransitGateway,
    VirtualInterface,
    VpcPeeringConnection,
    VpnGateway,
)
from vpclab.network.endpoints import VpcEndpoint
from vpclab.network.filter_rules import NetworkAcl, SecurityGroup
from vpclab.network.name_servers import DnsServer, HostedZone, ResolverDirection, ResolverEndpoint
from vpclab.network.resources import (
    Api,
    Bucket,
    InternetGateway,
    NatGateway,
    PrefixList,
    RouteTable,
    Subnet,
    Vpc,
    VpcBlockPublicAccess,
    Workload,
)

OWN_ACCOUNT = "111122223333"


# No slots: the look-ups are cached in the instance's dictionary.
@dataclass(frozen=True, kw_only=True)
class DesignParts:
    """Every section of a design, as `docs/design-file.md` names them, with its parts by id.

    Ids are taken to exist and to be unique; `vpclab.exchange.design_file` checks that for files.
    """

    region: str
    account: str = OWN_ACCOUNT
    organization: str | None = None
    vpcs: tuple[Vpc, ...] = ()
    subnets: tuple[Subnet, ...] = ()
    internet_gateways: tuple[InternetGateway, ...] = ()
    nat_gateways: tuple[NatGateway, ...] = ()
    route_tables: tuple[RouteTable, ...] = ()
    prefix_lists: tuple[PrefixList, ...] = ()
    vpc_endpoints: tuple[VpcEndpoint, ...] = ()
    security_groups: tuple[SecurityGroup, ...] = ()
    network_acls: tuple[NetworkAcl, ...] = ()
    workloads: tuple[Workload, ...] = ()
    vpc_peering_connections: tuple[VpcPeeringConnection, ...] = ()
    transit_gateways: tuple[TransitGateway, ...] = ()
    vpn_gateways: tuple[VpnGateway, ...] = ()
    direct_connect: tuple[VirtualInterface, ...] = ()
    on_premises: OnPremises | None = None
    hosted_zones: tuple[HostedZone, ...] = ()
    resolver_endpoints: tuple[ResolverEndpoint, ...] = ()
    dns_servers: tuple[DnsServer, ...] = ()
    buckets: tuple[Bucket, ...] = ()
    apis: tuple[Api, ...] = ()
    vpc_block_public_access: VpcBlockPublicAccess | None = None

    @cached_property
    def vpc(self) -> Mapping[str, Vpc]:
        return {vpc.vpc_id: vpc for vpc in self.vpcs}

    @cached_property
    def subnet(self) -> Mapping[str, Subnet]:
        return {subnet.subnet_id: subnet for subnet in self.subnets}

    @cached_property
    def internet_gateway(self) -> Mapping[str, InternetGateway]:
        return {gateway.internet_gateway_id: gateway for gateway in self.internet_gateways}

    @cached_property
    def nat_gateway(self) -> Mapping[str, NatGateway]:
        return {gateway.nat_gateway_id: gateway for gateway in self.nat_gateways}

    @cached_property
    def prefix_list(self) -> Mapping[str, PrefixList]:
        return {prefix_list.prefix_list_id: prefix_list for prefix_list in self.prefix_lists}

    @cached_property
    def endpoint(self) -> Mapping[str, VpcEndpoint]:
        return {endpoint.vpc_endpoint_id: endpoint for endpoint in self.vpc_endpoints}

    @cached_property
    def security_group(self) -> Mapping[str, SecurityGroup]:
        return {group.group_id: group for group in self.security_groups}

    @cached_property
    def workload(self) -> Mapping[str, Workload]:
        return {workload.id: workload for workload in self.workloads}

    @cached_property
    def peering_connection(self) -> Mapping[str, VpcPeeringConnection]:
        return {pcx.vpc_peering_connection_id: pcx for pcx in self.vpc_peering_connections}

    @cached_property
    def transit_gateway(self) -> Mapping[str, TransitGateway]:
        return {gateway.transit_gateway_id: gateway for gateway in self.transit_gateways}

    @cached_property
    def vpn_gateway(self) -> Mapping[str, VpnGateway]:
        return {gateway.vpn_gateway_id: gateway for gateway in self.vpn_gateways}

    @cached_property
    def virtual_interface(self) -> Mapping[str, VirtualInterface]:
        return {interface.virtual_interface_id: interface for interface in self.direct_connect}

    @cached_property
    def bucket(self) -> Mapping[str, Bucket]:
        return {bucket.name: bucket for bucket in self.buckets}

    @cached_property
    def api(self) -> Mapping[str, Api]:
        return {api.api_id: api for api in self.apis}

    @cached_property
    def dns_server(self) -> Mapping[IPv4Address, DnsServer]:
        return {server.ip: server for server in self.dns_servers}

    @cached_property
    def inbound_resolver_endpoint(self) -> Mapping[IPv4Address, ResolverEndpoint]:
        return {
            endpoint.ip: endpoint
            for endpoint in self.resolver_endpoints
            if endpoint.direction is ResolverDirection.INBOUND
        }

    @cached_property
    def vpc_of_resolver(self) -> Mapping[IPv4Address, tuple[str, ...]]:
        """VPCs whose own resolver has this address: the base of the range plus two."""
        found: dict[IPv4Address, tuple[str, ...]] = {}
        for vpc in self.vpcs:
            if vpc.cidr_block.num_addresses > 2:
                address = vpc.cidr_block.network_address + 2
                found[address] = (*found.get(address, ()), vpc.vpc_id)
        return found
