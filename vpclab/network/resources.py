"""The parts of a network: one dataclass per AWS resource, AWS's field names in snake_case.

Everything is immutable. Defaults are those of `docs/design-file.md`: AWS's own where AWS has one.
"""

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network

from vpclab.network.policy_document import PolicyDocument

AMAZON_PROVIDED_DNS = "AmazonProvidedDNS"


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


class EndpointState(StrEnum):
    """Life of a VPC endpoint; only an available one carries traffic."""

    AVAILABLE = "available"
    PENDING_ACCEPTANCE = "pendingAcceptance"
    PENDING = "pending"
    REJECTED = "rejected"
    FAILED = "failed"
    EXPIRED = "expired"
    DELETING = "deleting"
    DELETED = "deleted"
    PARTIAL = "partial"


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayEndpoint:
    """A gateway endpoint: a route target, free of charge, for S3 and DynamoDB of its own Region."""

    vpc_endpoint_id: str
    service_name: str
    vpc_id: str
    route_table_ids: tuple[str, ...] = ()
    policy_document: PolicyDocument | None = None
    state: EndpointState = EndpointState.AVAILABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkInterface:
    """An endpoint's interface: its subnet and private address."""

    subnet_id: str
    private_ip_address: IPv4Address


@dataclass(frozen=True, slots=True, kw_only=True)
class DnsOptions:
    """The S3 option to show private names to questions from an inbound Resolver endpoint only."""

    private_dns_only_for_inbound_resolver_endpoint: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InterfaceEndpoint:
    """An interface endpoint: one network interface per Availability Zone, guarded by security groups.

    `private_dns_names` None stands for the usual names of the service (`services.private_names`).
    """

    vpc_endpoint_id: str
    service_name: str
    vpc_id: str
    network_interfaces: tuple[NetworkInterface, ...] = ()
    groups: tuple[str, ...] = ()
    private_dns_enabled: bool = False
    private_dns_names: tuple[str, ...] | None = None
    dns_options: DnsOptions = DnsOptions()
    policy_document: PolicyDocument | None = None
    state: EndpointState = EndpointState.AVAILABLE


VpcEndpoint = GatewayEndpoint | InterfaceEndpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class PortRange:
    """Ports from `first` to `last`, both included."""

    first: int
    last: int

    def covers(self, port: int) -> bool:
        return self.first <= port <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityGroupRule:
    """One allowed peer: exactly one of `cidr`, `prefix_list_id`, `source_group`, `destination_group`.

    `source_group` stands in ingress rules, `destination_group` in egress rules.
    `protocol` is `tcp`, `udp`, `icmp` or `-1` (all); `ports` None means all.
    """

    protocol: str
    ports: PortRange | None = None
    cidr: IPv4Network | None = None
    prefix_list_id: str | None = None
    source_group: str | None = None
    destination_group: str | None = None

    @property
    def group_id(self) -> str | None:
        """The security group that the rule names as its peer, if it names one."""
        return self.source_group or self.destination_group


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityGroup:
    """A security group: stateful, allow only."""

    group_id: str
    vpc_id: str
    ingress: tuple[SecurityGroupRule, ...] = ()
    egress: tuple[SecurityGroupRule, ...] = ()


class AclAction(StrEnum):
    """What a network ACL entry says."""

    ALLOW = "allow"
    DENY = "deny"


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkAclEntry:
    """One numbered entry of a network ACL; lowest number first, `ports` None means all."""

    rule_number: int
    egress: bool
    protocol: str
    cidr: IPv4Network
    ports: PortRange | None = None
    action: AclAction


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkAcl:
    """A network ACL: stateless, the last word is deny."""

    network_acl_id: str
    subnet_ids: tuple[str, ...] = ()
    entries: tuple[NetworkAclEntry, ...] = ()


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
class ForwardRule:
    """A DNS server's rule: questions about `domain` and the names below it go to the server at `to`."""

    domain: str
    to: str


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneRecord:
    """A record of a private hosted zone: `target` is an endpoint id (an alias) or an address."""

    name: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HostedZone:
    """A private hosted zone with the VPCs that it is associated with."""

    name: str
    vpc_ids: tuple[str, ...] = ()
    records: tuple[ZoneRecord, ...] = ()


class ResolverDirection(StrEnum):
    """Direction of a Resolver endpoint; outbound ones are not modelled."""

    INBOUND = "INBOUND"
    OUTBOUND = "OUTBOUND"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolverEndpoint:
    """A Route 53 Resolver endpoint."""

    resolver_endpoint_id: str
    direction: ResolverDirection
    vpc_id: str
    subnet_id: str
    ip: IPv4Address


@dataclass(frozen=True, slots=True, kw_only=True)
class DnsServer:
    """A DNS server of your own; `location` is `on-premises` or a VPC id."""

    ip: IPv4Address
    location: str
    forwards: tuple[ForwardRule, ...] = ()


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
