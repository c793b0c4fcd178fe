"""What every network of the sandbox is made of: ranges, addresses, ids.

One VPC with an edge and an app subnet in each zone. The edge subnets are public ones as soon as there is an
internet gateway, which their route table then points to; the app subnets stay private. Addresses are
illustrative: private ranges inside the VPC, a documentation range (RFC 5737) for our own public addresses,
and for AWS services addresses that fit the shortened prefix lists.
"""

from ipaddress import IPv4Address, IPv4Network

from vpclab.network.resources import PrefixList, Subnet, Vpc
from vpclab.sandbox.choices import Zone
from vpclab.sandbox.destinations import S3EXPRESS_CIDRS

REGION = "ap-northeast-1"
OTHER_REGION = "us-east-1"
ACCOUNT = "111122223333"

VPC_ID, OTHER_VPC_ID = "vpc-lab", "vpc-other"
VPC_CIDR = IPv4Network("10.0.0.0/16")
ANYWHERE = IPv4Network("0.0.0.0/0")
PRIVATE_RANGES = (IPv4Network("10.0.0.0/8"), IPv4Network("172.16.0.0/12"))
OWN_PUBLIC_RANGE = "203.0.113.0/24"

BUCKET = "amzn-s3-demo-bucket"
BUCKET_ELSEWHERE = IPv4Address("52.216.8.20")
"""What public DNS answers for a bucket in the other Region."""

DATABASE_ADDRESS = IPv4Address("10.0.10.200")
DATABASE_PORT = 5432
DNS_SERVER_ADDRESS = IPv4Address("10.0.10.53")
INBOUND_ADDRESS = IPv4Address("10.0.10.10")

OTHER_VPC = Vpc(
    vpc_id=OTHER_VPC_ID,
    cidr_block=IPv4Network("10.1.0.0/16"),
    enable_dns_support=True,
    enable_dns_hostnames=True,
)
OTHER_SUBNET = Subnet(
    subnet_id="subnet-other",
    vpc_id=OTHER_VPC_ID,
    cidr_block=IPv4Network("10.1.10.0/24"),
    availability_zone=f"{REGION}a",
)
SITE_CIDR = IPv4Network("172.16.0.0/16")


def suffixed(name: str, zone: Zone) -> str:
    """The id of a thing that each zone has: the first zone's goes without the letter."""
    return name if zone is Zone.A else f"{name}-{zone}"


def edge_subnet(zone: Zone) -> Subnet:
    """The subnet of a zone that holds NAT gateways and what has a public address."""
    return _subnet("subnet-edge", zone, f"10.0.{_number(zone)}.0/24")


def app_subnet(zone: Zone) -> Subnet:
    """The subnet of a zone that holds callers, databases and interface endpoints."""
    return _subnet("subnet-app", zone, f"10.0.{10 + _number(zone)}.0/24")


def _subnet(name: str, zone: Zone, cidr: str) -> Subnet:
    return Subnet(
        subnet_id=suffixed(name, zone),
        vpc_id=VPC_ID,
        cidr_block=IPv4Network(cidr),
        availability_zone=f"{REGION}{zone}",
    )


def _number(zone: Zone) -> int:
    return tuple(Zone).index(zone)


def nat_addresses(zone: Zone) -> tuple[IPv4Address, IPv4Address]:
    """Private and public address of a zone's NAT gateway."""
    number = _number(zone)
    return IPv4Address(f"10.0.{number}.50"), IPv4Address(f"203.0.113.{10 + number}")


def endpoint_address(zone: Zone, number: int) -> IPv4Address:
    """Address of the `number`th interface endpoint's interface in a zone."""
    return IPv4Address(f"10.0.{10 + _number(zone)}.{100 + number}")


def _list(service: str, *cidrs: str) -> PrefixList:
    return PrefixList(
        prefix_list_id=f"pl-{service}",
        prefix_list_name=f"com.amazonaws.{REGION}.{service}",
        cidrs=tuple(map(IPv4Network, cidrs)),
    )


PREFIX_LISTS = (
    _list("s3", "3.5.152.0/21", "52.219.0.0/20", "52.219.136.0/22"),
    _list("dynamodb", "52.94.8.0/24", "52.119.208.0/23"),
    _list("s3express", *map(str, S3EXPRESS_CIDRS)),
)
