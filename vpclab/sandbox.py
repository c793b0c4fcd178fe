"""The sandbox: a learner's choices become a Design and a Request.

One VPC with two subnets and what the learner puts into it. The edge subnet is a public one as soon as there
is an internet gateway, which its route table then points to; the app subnet stays private. Addresses are
illustrative: private ranges inside the VPC, a documentation range (RFC 5737) for our own public addresses,
and for AWS services addresses that fit the shortened prefix lists.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network
from typing import TypeVar

from vpclab.network.design import Design
from vpclab.network.request import Call, Request
from vpclab.network.resources import (
    CidrRoute,
    GatewayEndpoint,
    InterfaceEndpoint,
    InternetGateway,
    NatGateway,
    NetworkInterface,
    PortRange,
    PrefixList,
    RouteTable,
    SecurityGroup,
    SecurityGroupRule,
    Subnet,
    Vpc,
    VpcEndpoint,
    Workload,
    WorkloadKind,
)
from vpclab.network.services import ECR_LAYER_BUCKET, SERVICES

REGION = "ap-northeast-1"
ZONE = "ap-northeast-1a"
ACCOUNT = "111122223333"

E = TypeVar("E", bound=StrEnum)


class Source(StrEnum):
    """Who asks."""

    EC2_PRIVATE = "ec2-private"
    EC2_PUBLIC = "ec2-public"
    LAMBDA_VPC = "lambda-vpc"
    LAMBDA = "lambda"
    ECS_TASK = "ecs-task"


class Destination(StrEnum):
    """What is asked; `ecr` is a whole image pull, `rds` an SQL connection to a database in the VPC."""

    S3 = "s3"
    DYNAMODB = "dynamodb"
    SSM = "ssm"
    ECR = "ecr"
    RDS = "rds"


class WayOut(StrEnum):
    """What the VPC has towards the internet: nothing, an internet gateway, or a NAT gateway behind one."""

    NONE = "none"
    INTERNET_GATEWAY = "igw"
    NAT = "nat"


class EndpointGroup(StrEnum):
    """Whom the security group of the interface endpoint admits."""

    VPC = "vpc"
    CALLER = "caller"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a learner has chosen. Every combination is a design that can be built, however little it does."""

    source: Source = Source.EC2_PRIVATE
    destination: Destination = Destination.S3
    way_out: WayOut = WayOut.NAT
    gateway_endpoint: bool = False
    interface_endpoint: bool = False
    private_dns: bool = True
    endpoint_group: EndpointGroup = EndpointGroup.VPC


# Endpoint services behind each destination, in the order in which they are called.
_SERVICES: dict[Destination, tuple[str, ...]] = {
    Destination.S3: ("s3",),
    Destination.DYNAMODB: ("dynamodb",),
    Destination.SSM: ("ssm",),
    Destination.ECR: ("ecr.api", "ecr.dkr", "s3"),
    # The endpoint named `rds` is for the RDS API. SQL does not use it.
    Destination.RDS: ("rds",),
}


def gateway_service(destination: Destination) -> str | None:
    """The service that a gateway endpoint would serve; None where AWS offers none for the destination."""
    return next((name for name in _SERVICES[destination] if SERVICES[name].gateway), None)


def interface_services(destination: Destination) -> tuple[str, ...]:
    """The services that interface endpoints would serve; an image pull leaves S3 to the gateway endpoint."""
    if destination is Destination.ECR:
        return ("ecr.api", "ecr.dkr")
    return _SERVICES[destination]


def offers_private_dns(destination: Destination) -> bool:
    """Whether the destination's interface endpoint has private names at all; DynamoDB's has none."""
    return any(SERVICES[name].private_names for name in interface_services(destination))


def effective(choices: Choices) -> Choices:
    """The choices without those that AWS does not offer for this destination."""
    return replace(
        choices,
        gateway_endpoint=choices.gateway_endpoint and gateway_service(choices.destination) is not None,
        private_dns=choices.private_dns and offers_private_dns(choices.destination),
    )


def to_texts(choices: Choices) -> dict[str, str]:
    """Choices as plain text by name, for an address or a file."""
    values = ((part.name, getattr(choices, part.name)) for part in fields(Choices))
    return {
        name: ("yes" if value else "no") if isinstance(value, bool) else str(value) for name, value in values
    }


def from_texts(texts: Mapping[str, str]) -> Choices:
    """Choices from plain text; what cannot be read keeps its default, so that an old link still opens."""
    default = Choices()
    return Choices(
        source=_one_of(Source, texts.get("source"), default.source),
        destination=_one_of(Destination, texts.get("destination"), default.destination),
        way_out=_one_of(WayOut, texts.get("way_out"), default.way_out),
        gateway_endpoint=_yes_or_no(texts.get("gateway_endpoint"), default.gateway_endpoint),
        interface_endpoint=_yes_or_no(texts.get("interface_endpoint"), default.interface_endpoint),
        private_dns=_yes_or_no(texts.get("private_dns"), default.private_dns),
        endpoint_group=_one_of(EndpointGroup, texts.get("endpoint_group"), default.endpoint_group),
    )


def _one_of(kind: type[E], text: str | None, default: E) -> E:
    return next((member for member in kind if member == text), default)


def _yes_or_no(text: str | None, default: bool) -> bool:
    return {"yes": True, "no": False}.get(text or "", default)


# --- the design ------------------------------------------------------------------------------------------

VPC = Vpc(
    vpc_id="vpc-lab",
    cidr_block=IPv4Network("10.0.0.0/16"),
    enable_dns_support=True,
    enable_dns_hostnames=True,
)
EDGE = Subnet(
    subnet_id="subnet-edge",
    vpc_id="vpc-lab",
    cidr_block=IPv4Network("10.0.0.0/24"),
    availability_zone=ZONE,
)
APP = Subnet(
    subnet_id="subnet-app",
    vpc_id="vpc-lab",
    cidr_block=IPv4Network("10.0.10.0/24"),
    availability_zone=ZONE,
)
PREFIX_LISTS = {
    "s3": PrefixList(
        prefix_list_id="pl-s3",
        prefix_list_name=f"com.amazonaws.{REGION}.s3",
        cidrs=tuple(map(IPv4Network, ("3.5.152.0/21", "52.219.0.0/20", "52.219.136.0/22"))),
    ),
    "dynamodb": PrefixList(
        prefix_list_id="pl-dynamodb",
        prefix_list_name=f"com.amazonaws.{REGION}.dynamodb",
        cidrs=tuple(map(IPv4Network, ("52.94.8.0/24", "52.119.208.0/23"))),
    ),
}
PUBLIC_ANSWERS = {
    "s3": IPv4Address("52.219.1.20"),
    "dynamodb": IPv4Address("52.94.8.30"),
    "ssm": IPv4Address("54.249.1.70"),
    "ecr.api": IPv4Address("54.249.1.51"),
    "ecr.dkr": IPv4Address("54.249.1.52"),
}
ANYWHERE = IPv4Network("0.0.0.0/0")
DATABASE_ADDRESS = IPv4Address("10.0.10.200")
DATABASE_PORT = 5432

_WORKLOADS = {
    Source.EC2_PRIVATE: Workload(
        id="i-app",
        kind=WorkloadKind.INSTANCE,
        subnet_id="subnet-app",
        private_ip_address=IPv4Address("10.0.10.20"),
        groups=("sg-app",),
    ),
    Source.EC2_PUBLIC: Workload(
        id="i-web",
        kind=WorkloadKind.INSTANCE,
        subnet_id="subnet-edge",
        private_ip_address=IPv4Address("10.0.0.20"),
        public_ip_address=IPv4Address("203.0.113.20"),
        groups=("sg-app",),
    ),
    Source.LAMBDA_VPC: Workload(
        id="fn-app",
        kind=WorkloadKind.LAMBDA,
        subnet_id="subnet-app",
        private_ip_address=IPv4Address("10.0.10.77"),
        groups=("sg-app",),
    ),
    Source.LAMBDA: Workload(id="fn-app", kind=WorkloadKind.LAMBDA),
    Source.ECS_TASK: Workload(
        id="task-app",
        kind=WorkloadKind.FARGATE_TASK,
        subnet_id="subnet-app",
        private_ip_address=IPv4Address("10.0.10.40"),
        groups=("sg-app",),
    ),
}


def build(choices: Choices) -> Design:
    """The network that the choices describe."""
    choices = effective(choices)
    has_gateway = choices.way_out is not WayOut.NONE
    has_nat = choices.way_out is WayOut.NAT
    caller = _WORKLOADS[choices.source]
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
                    vpc_endpoint_id=f"vpce-{name.replace('.', '-')}-eni",
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


# --- the request -----------------------------------------------------------------------------------------


def ask(choices: Choices, *, operation: str = "ecr-pull") -> Request:
    """The request that the choices describe; `operation` is what people call an image pull."""
    source = _WORKLOADS[choices.source].id
    if choices.destination is Destination.ECR:
        return Request(source=source, operation=operation, calls=_ecr_pull())
    return Request(source=source, calls=(_CALLS[choices.destination],))


def _call(service: str, action: str, resource: str, host: str) -> Call:
    return Call(
        service=service,
        action=action,
        resource=resource,
        host=f"{host}.{REGION}.amazonaws.com",
        public_dns_answer=PUBLIC_ANSWERS[service],
    )


_CALLS = {
    Destination.S3: _call(
        "s3", "s3:GetObject", "arn:aws:s3:::amzn-s3-demo-bucket/report.csv", "amzn-s3-demo-bucket.s3"
    ),
    Destination.DYNAMODB: _call(
        "dynamodb", "dynamodb:GetItem", f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/orders", "dynamodb"
    ),
    Destination.SSM: _call(
        "ssm", "ssm:GetParameter", f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/app/config", "ssm"
    ),
    # The name of a database that is not publicly accessible resolves to its private address, in public DNS
    # too.
    Destination.RDS: Call(
        service="rds",
        action="SQL",
        resource=f"arn:aws:rds:{REGION}:{ACCOUNT}:db:orders",
        host=f"orders.c9akciq32.{REGION}.rds.amazonaws.com",
        port=DATABASE_PORT,
        public_dns_answer=DATABASE_ADDRESS,
    ),
}


def _ecr_pull() -> tuple[Call, ...]:
    """An image pull: a token and the manifest from ECR, the layers from a bucket of AWS in S3.

    AWS: "Amazon ECR interface VPC endpoints",
    https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
    """
    bucket = ECR_LAYER_BUCKET.format(region=REGION)
    repository = f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/web"
    return (
        _call("ecr.api", "ecr:GetAuthorizationToken", "*", "api.ecr"),
        _call("ecr.dkr", "ecr:BatchGetImage", repository, f"{ACCOUNT}.dkr.ecr"),
        _call("s3", "s3:GetObject", f"arn:aws:s3:::{bucket}/layer", f"{bucket}.s3"),
    )
