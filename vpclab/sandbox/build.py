"""Choices to Design: the network that a learner has put together."""

from functools import lru_cache
from ipaddress import IPv4Address

from vpclab.network.design import Design
from vpclab.network.resources import (
    BlockMode,
    Bucket,
    CidrRoute,
    InternetGateway,
    NatGateway,
    RouteTable,
    Subnet,
    Vpc,
    VpcBlockPublicAccess,
    Workload,
    WorkloadKind,
)
from vpclab.sandbox.callers import CALLERS, Surroundings, surroundings
from vpclab.sandbox.choices import BucketRegion, Choices, DnsServerPreset, PublicAccessBlock, WayOut, Zone
from vpclab.sandbox.endpoints import endpoint_ids, gateway_endpoints, interface_endpoints
from vpclab.sandbox.filters import network_acls, security_groups
from vpclab.sandbox.names import dns_servers, hosted_zones, resolver_endpoints
from vpclab.sandbox.offers import RDS, S3, effective, services, zones_of
from vpclab.sandbox.parts import (
    ACCOUNT,
    ANYWHERE,
    BUCKET,
    DATABASE_ADDRESS,
    DNS_SERVER_ADDRESS,
    OTHER_REGION,
    PREFIX_LISTS,
    REGION,
    VPC_CIDR,
    VPC_ID,
    app_subnet,
    edge_subnet,
    nat_addresses,
    suffixed,
)
from vpclab.sandbox.policies import bucket_policy

_BLOCK_MODES = {
    PublicAccessBlock.BIDIRECTIONAL: BlockMode.BIDIRECTIONAL,
    PublicAccessBlock.INGRESS: BlockMode.INGRESS,
}


@lru_cache(maxsize=512)
def build(choices: Choices) -> Design:
    """The network that the choices describe; equal choices share one Design with all its look-ups."""
    choices = effective(choices)
    around = surroundings(choices)
    has_gateway = choices.way_out is not WayOut.NONE
    return Design(
        region=REGION,
        account=ACCOUNT,
        vpcs=(_vpc(choices), *around.vpcs),
        subnets=(*_subnets(choices), *around.subnets),
        internet_gateways=(InternetGateway(internet_gateway_id="igw-lab", vpc_id=VPC_ID),)
        if has_gateway
        else (),
        nat_gateways=tuple(map(_nat_gateway, _nat_zones(choices))),
        route_tables=(*_route_tables(choices, around), *around.route_tables),
        prefix_lists=tuple(
            found
            for found in PREFIX_LISTS
            if found.prefix_list_id != "pl-s3express" or "s3express" in services(choices.destination)
        ),
        vpc_endpoints=(*gateway_endpoints(choices), *interface_endpoints(choices)),
        security_groups=security_groups(choices, around.cidr),
        network_acls=network_acls(choices),
        workloads=(CALLERS[choices.source], *_database(choices.destination)),
        vpc_peering_connections=around.vpc_peering_connections,
        transit_gateways=around.transit_gateways,
        vpn_gateways=around.vpn_gateways,
        direct_connect=around.direct_connect,
        on_premises=around.on_premises,
        hosted_zones=hosted_zones(choices),
        resolver_endpoints=resolver_endpoints(choices),
        dns_servers=dns_servers(choices),
        buckets=_buckets(choices),
        vpc_block_public_access=_public_access(choices),
    )


def _vpc(choices: Choices) -> Vpc:
    own_server = choices.dns_server is not DnsServerPreset.AMAZON
    servers = {"domain_name_servers": (str(DNS_SERVER_ADDRESS),)} if own_server else {}
    return Vpc(
        vpc_id=VPC_ID,
        cidr_block=VPC_CIDR,
        enable_dns_support=choices.dns_support,
        enable_dns_hostnames=choices.dns_hostnames,
        **servers,
    )


def _subnets(choices: Choices) -> tuple[Subnet, ...]:
    return tuple(subnet for zone in zones_of(choices) for subnet in (edge_subnet(zone), app_subnet(zone)))


def _nat_zones(choices: Choices) -> tuple[Zone, ...]:
    if choices.way_out is WayOut.NAT_PER_ZONE:
        return zones_of(choices)
    return (Zone.A,) if choices.way_out is WayOut.NAT else ()


def _nat_gateway(zone: Zone) -> NatGateway:
    private, public = nat_addresses(zone)
    return NatGateway(
        nat_gateway_id=suffixed("nat-lab", zone),
        subnet_id=edge_subnet(zone).subnet_id,
        private_ip=private,
        public_ip=public,
    )


def _route_tables(choices: Choices, around: Surroundings) -> tuple[RouteTable, ...]:
    """One table for all edge subnets; one for each app subnet, which may have a NAT gateway of its own."""
    has_gateway = choices.way_out is not WayOut.NONE
    edges = tuple(edge_subnet(zone) for zone in zones_of(choices))
    nat_zones = _nat_zones(choices)
    tables = [_table("rtb-edge", edges, "igw-lab" if has_gateway else None, around)]
    for zone in zones_of(choices):
        nat_zone = zone if zone in nat_zones else next(iter(nat_zones), None)
        nat = suffixed("nat-lab", nat_zone) if nat_zone is not None else None
        tables.append(_table(suffixed("rtb-app", zone), (app_subnet(zone),), nat, around))
    return tuple(tables)


def _table(
    table_id: str, subnets: tuple[Subnet, ...], way_out: str | None, around: Surroundings
) -> RouteTable:
    routes = [CidrRoute(destination=VPC_CIDR, target="local")]
    if around.route_to_caller is not None:
        routes.append(around.route_to_caller)
    if way_out is not None:
        routes.append(CidrRoute(destination=ANYWHERE, target=way_out))
    return RouteTable(
        route_table_id=table_id,
        vpc_id=VPC_ID,
        subnet_ids=tuple(subnet.subnet_id for subnet in subnets),
        routes=tuple(routes),
    )


def _database(destination: str) -> tuple[Workload, ...]:
    if destination != RDS:
        return ()
    return (
        Workload(
            id="db-orders",
            kind=WorkloadKind.DB_INSTANCE,
            subnet_id=app_subnet(Zone.A).subnet_id,
            private_ip_address=IPv4Address(DATABASE_ADDRESS),
            groups=("sg-db",),
        ),
    )


def _buckets(choices: Choices) -> tuple[Bucket, ...]:
    if choices.destination != S3:
        return ()
    region = OTHER_REGION if choices.bucket_region is BucketRegion.OTHER else REGION
    return (
        Bucket(name=BUCKET, region=region, policy=bucket_policy(choices.bucket_policy, endpoint_ids(S3))),
    )


def _public_access(choices: Choices) -> VpcBlockPublicAccess | None:
    mode = _BLOCK_MODES.get(choices.public_access_block)
    return None if mode is None else VpcBlockPublicAccess(internet_gateway_block_mode=mode)
