"""The networks that the benchmark walks: one VPC and a hub, both generated, and the largest fixture."""

from dataclasses import fields
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path

from vpclab.exchange.design_file import Case, read_cases
from vpclab.network import Call, Design, Request
from vpclab.network.connections import (
    TransitGateway,
    TransitGatewayRoute,
    TransitGatewayRouteTable,
    VpcAttachment,
)
from vpclab.network.endpoints import InterfaceEndpoint, NetworkInterface
from vpclab.network.filter_rules import SecurityGroup, SecurityGroupRule
from vpclab.network.name_servers import HostedZone, ZoneRecord
from vpclab.network.resources import CidrRoute, RouteTable, Subnet, Vpc, Workload, WorkloadKind

FIXTURE = Path(__file__).resolve().parent.parent / "tests" / "fixtures" / "walks.yaml"
REGION = "ap-northeast-1"
EVERYWHERE = IPv4Network("0.0.0.0/0")
HUB_VPCS, SUBNETS_OF_VPC, HUB_ENDPOINTS = 200, 10, 200


def send_message() -> Request:
    """A call to the first of the endpoint services."""
    call = Call(
        service="sqs",
        action="sqs:SendMessage",
        resource="*",
        host=f"sqs.{REGION}.amazonaws.com",
        public_dns_answer=IPv4Address("54.249.1.90"),
    )
    return Request(source="i-app", calls=(call,))


def one_vpc_design() -> Design:
    """A VPC with two subnets: the caller's, and that of an interface endpoint with private DNS."""
    return Design(
        region=REGION,
        vpcs=(vpc(0),),
        subnets=(subnet(0, 0), subnet(0, 1)),
        route_tables=(RouteTable(route_table_id="rtb-0", vpc_id="vpc-0", main=True),),
        vpc_endpoints=(endpoint("sqs", 0, private_dns=True),),
        security_groups=groups("vpc-0", "vpc-0"),
        workloads=(caller("subnet-0-0", "10.0.0.20"),),
    )


def hub_design() -> Design:
    """Spokes around a hub: every endpoint is in the hub, and has a hosted zone that all VPCs see."""
    vpcs = tuple(vpc(number) for number in range(HUB_VPCS))
    services = ["sqs", *(f"service-{number}" for number in range(1, HUB_ENDPOINTS))]
    zones = tuple(
        HostedZone(
            name=f"{service}.{REGION}.amazonaws.com",
            vpc_ids=tuple(one.vpc_id for one in vpcs),
            records=(ZoneRecord(name=f"{service}.{REGION}.amazonaws.com", target=f"vpce-{service}"),),
        )
        for service in services
    )
    last = HUB_VPCS - 1
    return Design(
        region=REGION,
        vpcs=vpcs,
        subnets=tuple(subnet(n, place) for n in range(HUB_VPCS) for place in range(SUBNETS_OF_VPC)),
        route_tables=tuple(transit_table(number) for number in range(HUB_VPCS)),
        vpc_endpoints=tuple(endpoint(service, n, private_dns=False) for n, service in enumerate(services)),
        security_groups=groups("vpc-0", f"vpc-{last}"),
        workloads=(caller(f"subnet-{last}-0", f"10.{last}.0.20"),),
        transit_gateways=(transit_gateway(),),
        hosted_zones=zones,
    )


def vpc(number: int) -> Vpc:
    """A VPC with a range of its own."""
    return Vpc(
        vpc_id=f"vpc-{number}", cidr_block=IPv4Network(f"10.{number}.0.0/16"), enable_dns_hostnames=True
    )


def subnet(vpc_number: int, place: int) -> Subnet:
    """One of a VPC's subnets, spread over two zones."""
    return Subnet(
        subnet_id=f"subnet-{vpc_number}-{place}",
        vpc_id=f"vpc-{vpc_number}",
        cidr_block=IPv4Network(f"10.{vpc_number}.{place}.0/24"),
        availability_zone=f"{REGION}{'ac'[place % 2]}",
    )


def endpoint(service: str, number: int, *, private_dns: bool) -> InterfaceEndpoint:
    """An interface endpoint in the hub with an address for each zone."""
    interfaces = tuple(
        NetworkInterface(
            subnet_id=f"subnet-0-{place}", private_ip_address=IPv4Address(f"10.0.{place}.{30 + number}")
        )
        for place in (0, 1)
    )
    return InterfaceEndpoint(
        vpc_endpoint_id=f"vpce-{service}",
        service_name=f"com.amazonaws.{REGION}.{service}",
        vpc_id="vpc-0",
        network_interfaces=interfaces[1:] if private_dns else interfaces,
        groups=("sg-endpoints",),
        private_dns_enabled=private_dns,
    )


def groups(hub: str, spoke: str) -> tuple[SecurityGroup, ...]:
    """The endpoints' group and the caller's."""
    rule = SecurityGroupRule(protocol="-1", cidr=EVERYWHERE)
    return (
        SecurityGroup(group_id="sg-endpoints", vpc_id=hub, ingress=(rule,)),
        SecurityGroup(group_id="sg-app", vpc_id=spoke, egress=(rule,)),
    )


def caller(subnet_id: str, address: str) -> Workload:
    """The instance that sends the request."""
    return Workload(
        id="i-app",
        kind=WorkloadKind.INSTANCE,
        subnet_id=subnet_id,
        private_ip_address=IPv4Address(address),
        groups=("sg-app",),
    )


def transit_table(number: int) -> RouteTable:
    """The main table of a VPC: everything private leads to the transit gateway."""
    away = CidrRoute(destination=IPv4Network("10.0.0.0/8"), target="tgw-core")
    return RouteTable(route_table_id=f"rtb-{number}", vpc_id=f"vpc-{number}", main=True, routes=(away,))


def transit_gateway() -> TransitGateway:
    """Attachments in two zones of every VPC; spokes know the hub, the hub knows every spoke."""
    attachments = tuple(
        VpcAttachment(
            attachment_id=f"attachment-{number}",
            vpc_id=f"vpc-{number}",
            subnet_ids=(f"subnet-{number}-0", f"subnet-{number}-1"),
        )
        for number in range(HUB_VPCS)
    )
    routes = tuple(
        TransitGatewayRoute(destination=IPv4Network(f"10.{number}.0.0/16"), target=f"attachment-{number}")
        for number in range(HUB_VPCS)
    )
    spokes = TransitGatewayRouteTable(
        route_table_id="tgw-rtb-spokes",
        associations=tuple(one.attachment_id for one in attachments[1:]),
        routes=routes[:1],
    )
    hub = TransitGatewayRouteTable(
        route_table_id="tgw-rtb-hub", associations=(attachments[0].attachment_id,), routes=routes[1:]
    )
    return TransitGateway(
        transit_gateway_id="tgw-core", vpc_attachments=attachments, route_tables=(spokes, hub)
    )


def largest_case() -> Case:
    """The case of the fixture with the most components."""
    cases = [case for case in read_cases(FIXTURE.read_bytes(), FIXTURE.name).cases if isinstance(case, Case)]
    return max(cases, key=lambda case: components(case.design))


def components(design: Design) -> int:
    """How many components a design has in all its sections."""
    sections = (getattr(design, part.name) for part in fields(design))
    return sum(len(section) for section in sections if isinstance(section, tuple))
