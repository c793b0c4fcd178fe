"""Choices to Design: the network that a learner has put together."""

from ipaddress import IPv4Address

from vpclab.network.design import Design
from vpclab.network.endpoints import GatewayEndpoint, InterfaceEndpoint, NetworkInterface, VpcEndpoint
from vpclab.network.filter_rules import PortRange, SecurityGroup, SecurityGroupRule
from vpclab.network.resources import (
    CidrRoute,
    InternetGateway,
    NatGateway,
    RouteTable,
    Subnet,
    Workload,
    WorkloadKind,
)
from vpclab.network.services import SERVICES
from vpclab.sandbox.choices import (
    Choices,
    Destination,
    EndpointGroup,
    WayOut,
    effective,
    gateway_service,
    interface_services,
)
from vpclab.sandbox.parts import (
    ACCOUNT,
    ANYWHERE,
    APP,
    CALLERS,
    DATABASE_ADDRESS,
    DATABASE_PORT,
    EDGE,
    PREFIX_LISTS,
    REGION,
    VPC,
)


def build(choices: Choices) -> Design:
    """The network that the choices describe."""
    choices = effective(choices)
    has_gateway = choices.way_out is not WayOut.NONE
    has_nat = choices.way_out is WayOut.NAT
    caller = CALLERS[choices.source]
    endpoints = tuple(_endpoints(choices))
    return Design(
        region=REGION,
        account=ACCOUNT,
        vpcs=(VPC,),
        subnets=(EDGE, APP),
        internet_gateways=(InternetGateway(internet_gateway_id="igw-lab", vpc_id=VPC.vpc_id),)
        if has_gateway
        else (),
        nat_gateways=(
            NatGateway(
                nat_gateway_id="nat-lab",
                subnet_id=EDGE.subnet_id,
                private_ip=IPv4Address("10.0.0.50"),
                public_ip=IPv4Address("203.0.113.10"),
            ),
        )
        if has_nat
        else (),
        route_tables=(
            _table("rtb-edge", EDGE, "igw-lab" if has_gateway else None),
            _table("rtb-app", APP, "nat-lab" if has_nat else None),
        ),
        prefix_lists=tuple(PREFIX_LISTS.values()),
        vpc_endpoints=endpoints,
        security_groups=tuple(_security_groups(choices)),
        workloads=(caller, *_database(choices.destination)),
    )


def _table(table_id: str, subnet: Subnet, way_out: str | None) -> RouteTable:
    routes = [CidrRoute(destination=VPC.cidr_block, target="local")]
    if way_out is not None:
        routes.append(CidrRoute(destination=ANYWHERE, target=way_out))
    return RouteTable(
        route_table_id=table_id, vpc_id=VPC.vpc_id, subnet_ids=(subnet.subnet_id,), routes=tuple(routes)
    )


def _endpoints(choices: Choices) -> list[VpcEndpoint]:
    found: list[VpcEndpoint] = []
    service = gateway_service(choices.destination)
    if choices.gateway_endpoint and service is not None:
        found.append(
            GatewayEndpoint(
                vpc_endpoint_id=f"vpce-{service}",
                service_name=f"com.amazonaws.{REGION}.{service}",
                vpc_id=VPC.vpc_id,
                route_table_ids=("rtb-edge", "rtb-app"),
            )
        )
    if choices.interface_endpoint:
        for number, name in enumerate(interface_services(choices.destination)):
            found.append(
                InterfaceEndpoint(
                    vpc_endpoint_id=_interface_endpoint_id(name),
                    service_name=f"com.amazonaws.{REGION}.{name}",
                    vpc_id=VPC.vpc_id,
                    network_interfaces=(
                        NetworkInterface(
                            subnet_id=APP.subnet_id,
                            private_ip_address=IPv4Address("10.0.10.100") + number,
                        ),
                    ),
                    groups=("sg-endpoint",),
                    private_dns_enabled=choices.private_dns,
                )
            )
    return found


def _interface_endpoint_id(service: str) -> str:
    """An id that tells two endpoints of one service apart: S3 and DynamoDB have both types."""
    return f"vpce-{service.replace('.', '-')}{'-if' if SERVICES[service].gateway else ''}"


def _security_groups(choices: Choices) -> list[SecurityGroup]:
    everything = SecurityGroupRule(protocol="-1", cidr=ANYWHERE)
    found = [SecurityGroup(group_id="sg-app", vpc_id=VPC.vpc_id, egress=(everything,))]
    https = PortRange(first=443, last=443)
    if choices.interface_endpoint:
        ingress = {
            EndpointGroup.VPC: (SecurityGroupRule(protocol="tcp", ports=https, cidr=VPC.cidr_block),),
            EndpointGroup.CALLER: (SecurityGroupRule(protocol="tcp", ports=https, source_group="sg-app"),),
            EndpointGroup.NOBODY: (),
        }[choices.endpoint_group]
        found.append(SecurityGroup(group_id="sg-endpoint", vpc_id=VPC.vpc_id, ingress=ingress))
    if choices.destination is Destination.RDS:
        port = PortRange(first=DATABASE_PORT, last=DATABASE_PORT)
        rule = SecurityGroupRule(protocol="tcp", ports=port, source_group="sg-app")
        found.append(SecurityGroup(group_id="sg-db", vpc_id=VPC.vpc_id, ingress=(rule,)))
    return found


def _database(destination: Destination) -> tuple[Workload, ...]:
    if destination is not Destination.RDS:
        return ()
    return (
        Workload(
            id="db-orders",
            kind=WorkloadKind.DB_INSTANCE,
            subnet_id=APP.subnet_id,
            private_ip_address=DATABASE_ADDRESS,
            groups=("sg-db",),
        ),
    )
