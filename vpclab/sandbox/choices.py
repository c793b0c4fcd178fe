"""Choices: everything that a learner can choose of a network and a request."""

from dataclasses import dataclass
from enum import StrEnum


class Source(StrEnum):
    """Who asks, and from where."""

    EC2_PRIVATE = "ec2-private"
    EC2_PRIVATE_IP = "ec2-private-ip"
    EC2_PUBLIC = "ec2-public"
    EC2_PUBLIC_NO_IP = "ec2-public-no-ip"
    LAMBDA_VPC = "lambda-vpc"
    LAMBDA = "lambda"
    ECS_TASK = "ecs-task"
    ONPREM_VPN = "onprem-vpn"
    ONPREM_DX = "onprem-dx"
    PEERED_VPC = "peered-vpc"
    SPOKE_VPC = "spoke-vpc"


class WayOut(StrEnum):
    """What the VPC has towards the internet: nothing, an internet gateway, or NAT gateways behind one."""

    NONE = "none"
    INTERNET_GATEWAY = "igw"
    NAT = "nat"
    NAT_PER_ZONE = "nat-per-zone"


class Zone(StrEnum):
    """The Availability Zones of Tokyo, by the letter that ends their names; new accounts have no `b`."""

    A = "a"
    C = "c"
    D = "d"


class Table(StrEnum):
    """The route tables of the VPC: one for all edge subnets, one for the app subnet of each zone."""

    EDGE = "edge"
    APP_A = "app-a"
    APP_C = "app-c"
    APP_D = "app-d"


class PrivateDns(StrEnum):
    """Private DNS of the interface endpoint; `inbound` is S3's "only for inbound Resolver endpoints"."""

    ON = "on"
    OFF = "off"
    INBOUND = "inbound"


class AskedName(StrEnum):
    """Which name the caller asks for: the service's usual one, or the endpoint's own."""

    USUAL = "usual"
    ENDPOINT = "endpoint"


class EndpointGroup(StrEnum):
    """Whom the security group of the interface endpoint admits."""

    VPC = "vpc"
    CALLER = "caller"
    PRIVATE = "private"
    NOBODY = "nobody"


class CallerGroup(StrEnum):
    """Where the security group of the caller lets it send."""

    ALL = "all"
    HTTPS = "https"
    VPC = "vpc"
    PREFIX_LISTS = "prefix-lists"
    NOWHERE = "nowhere"


class NetworkAclPreset(StrEnum):
    """What the network ACL of the app subnets allows."""

    ALL = "all"
    HTTPS = "https"
    NO_RETURN = "no-return"
    NO_HTTPS_OUT = "no-https-out"


class EndpointPolicy(StrEnum):
    """What the policy of the VPC endpoints allows."""

    FULL = "full"
    ONE_RESOURCE = "one-resource"
    OTHER_RESOURCE = "other-resource"
    SOURCE_IP = "source-ip"
    DENY_ONLY = "deny-only"


class BucketPolicy(StrEnum):
    """What the policy of the bucket asks for."""

    NONE = "none"
    SOURCE_VPCE = "source-vpce"
    SOURCE_VPC = "source-vpc"
    SOURCE_IP = "source-ip"
    DENY_ONLY = "deny-only"


class BucketRegion(StrEnum):
    """Where the bucket is: in the Region of the VPC or in another."""

    SAME = "same"
    OTHER = "other"


class DnsServerPreset(StrEnum):
    """Whom the VPC's DHCP options name: Amazon's resolver, or a server of your own."""

    AMAZON = "amazon"
    FORWARDING = "forwarding"
    PUBLIC = "public"


class HostedZonePreset(StrEnum):
    """A private hosted zone for the service's name: none, for the endpoint's VPC, or for the caller's too."""

    NONE = "none"
    OWN = "own"
    SHARED = "shared"


class SiteDns(StrEnum):
    """Where the site's DNS servers ask for AWS names: public DNS, or the VPC's inbound Resolver endpoint."""

    PUBLIC = "public"
    FORWARDING = "forwarding"


class PublicAccessBlock(StrEnum):
    """VPC Block Public Access."""

    OFF = "off"
    BIDIRECTIONAL = "bidirectional"
    INGRESS = "ingress"


MAX_ZONES = len(Zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a learner has chosen. Every combination is a design that can be built, however little it does.

    `destination` is an id of `destinations.DESTINATIONS`, `zones` a number from 1 to 3.
    """

    source: Source = Source.EC2_PRIVATE
    destination: str = "s3"
    way_out: WayOut = WayOut.NAT
    gateway_endpoint: bool = False
    interface_endpoint: bool = False
    zones: int = 1
    gateway_tables: tuple[Table, ...] = tuple(Table)
    interface_zones: tuple[Zone, ...] = tuple(Zone)
    private_dns: PrivateDns = PrivateDns.ON
    asked_name: AskedName = AskedName.USUAL
    endpoint_group: EndpointGroup = EndpointGroup.VPC
    caller_group: CallerGroup = CallerGroup.ALL
    network_acl: NetworkAclPreset = NetworkAclPreset.ALL
    public_access_block: PublicAccessBlock = PublicAccessBlock.OFF
    endpoint_policy: EndpointPolicy = EndpointPolicy.FULL
    bucket_policy: BucketPolicy = BucketPolicy.NONE
    bucket_region: BucketRegion = BucketRegion.SAME
    dns_support: bool = True
    dns_hostnames: bool = True
    dns_server: DnsServerPreset = DnsServerPreset.AMAZON
    hosted_zone: HostedZonePreset = HostedZonePreset.NONE
    inbound_resolver: bool = False
    site_dns: SiteDns = SiteDns.PUBLIC
    site_internet: bool = True
