"""The parts of a VPC: one dataclass per AWS resource, AWS's field names in snake_case.

Everything is immutable. Defaults are those of `docs/design-file.md`: AWS's own where AWS has one. Beside this
file: `endpoints.py`, `filter_rules.py`, `connections.py`, `name_servers.py`.
"""

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network

from vpclab.network.name_servers import AMAZON_PROVIDED_DNS
from vpclab.network.policy_document import PolicyDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Vpc:
    """A VPC; `domain_name_servers` come from its DHCP options set."""

    vpc_id: str
    cidr_block: IPv4Network
    enable_dns_support: bool = True
    enable_dns_hostnames: bool = False
    domain_name_servers: tuple[str, ...] = (AMAZON_PROVIDED_DNS,)

    @property
    def answers_private_names(self) -> bool:
        """Whether private DNS names and private hosted zones work here: both attributes are needed."""
        return self.enable_dns_support and self.enable_dns_hostnames


@dataclass(frozen=True, slots=True, kw_only=True)
class Subnet:
    """A subnet: one range of addresses in one Availability Zone."""

    subnet_id: str
    vpc_id: str
    cidr_block: IPv4Network
    availability_zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InternetGateway:
    """An internet gateway, attached to one VPC."""

    internet_gateway_id: str
    vpc_id: str


class NatGatewayState(StrEnum):
    """Life of a NAT gateway."""

    AVAILABLE = "available"
    PENDING = "pending"
    FAILED = "failed"
    DELETING = "deleting"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class NatGateway:
    """A NAT gateway; without a public address it is a private one."""

    nat_gateway_id: str
    subnet_id: str
    private_ip: IPv4Address
    public_ip: IPv4Address | None = None
    state: NatGatewayState = NatGatewayState.AVAILABLE


class RouteState(StrEnum):
    """Whether a route leads anywhere."""

    ACTIVE = "active"
    BLACKHOLE = "blackhole"


class RouteOrigin(StrEnum):
    """Whether a route was written or propagated from a virtual private gateway."""

    CREATE_ROUTE = "CreateRoute"
    PROPAGATED = "EnableVgwRoutePropagation"


@dataclass(frozen=True, slots=True, kw_only=True)
class CidrRoute:
    """One line of a route table: traffic for `destination` leaves through `target`."""

    destination: IPv4Network
    target: str
    state: RouteState = RouteState.ACTIVE
    origin: RouteOrigin = RouteOrigin.CREATE_ROUTE


@dataclass(frozen=True, slots=True, kw_only=True)
class PrefixListRoute:
    """One line of a route table: traffic for the addresses of a prefix list leaves through `target`."""

    destination_prefix_list_id: str
    target: str
    state: RouteState = RouteState.ACTIVE
    origin: RouteOrigin = RouteOrigin.CREATE_ROUTE


Route = CidrRoute | PrefixListRoute


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteTable:
    """A route table; the main one serves every subnet of its VPC that no table names."""

    route_table_id: str
    vpc_id: str
    main: bool = False
    subnet_ids: tuple[str, ...] = ()
    routes: tuple[Route, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PrefixList:
    """Addresses under one name; AWS's lists carry the service name, e.g. `com.amazonaws.<region>.s3`."""

    prefix_list_id: str
    prefix_list_name: str
    cidrs: tuple[IPv4Network, ...] = ()


class WorkloadKind(StrEnum):
    """Kinds of senders, and the database that receives."""

    INSTANCE = "instance"
    LAMBDA = "lambda"
    FARGATE_TASK = "fargate-task"
    ONPREM_HOST = "onprem-host"
    DB_INSTANCE = "db-instance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """Something that sends requests, or a database instance that receives them.

    A function without subnet runs in the Lambda service's own network and has no address;
    one in a subnet never has a public address.
    """

    id: str
    kind: WorkloadKind
    subnet_id: str | None = None
    private_ip_address: IPv4Address | None = None
    public_ip_address: IPv4Address | None = None
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """An S3 bucket; `account` None means the design's own account."""

    name: str
    region: str
    account: str | None = None
    policy: PolicyDocument | None = None


class ApiEndpointType(StrEnum):
    """Kinds of API endpoints in API Gateway."""

    REGIONAL = "REGIONAL"
    EDGE = "EDGE"
    PRIVATE = "PRIVATE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """An API in API Gateway with its resource policy."""

    api_id: str
    endpoint_type: ApiEndpointType
    policy: PolicyDocument | None = None


class BlockMode(StrEnum):
    """What VPC Block Public Access stops."""

    OFF = "off"
    BIDIRECTIONAL = "block-bidirectional"
    INGRESS = "block-ingress"


class ExclusionMode(StrEnum):
    """What an exclusion from Block Public Access lets pass."""

    BIDIRECTIONAL = "allow-bidirectional"
    EGRESS = "allow-egress"


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockPublicAccessExclusion:
    """An exclusion from Block Public Access for one VPC or one subnet: exactly one id is given."""

    vpc_id: str | None = None
    subnet_id: str | None = None
    internet_gateway_exclusion_mode: ExclusionMode


@dataclass(frozen=True, slots=True, kw_only=True)
class VpcBlockPublicAccess:
    """The VPC Block Public Access setting of the account in this Region."""

    internet_gateway_block_mode: BlockMode = BlockMode.OFF
    exclusions: tuple[BlockPublicAccessExclusion, ...] = ()
