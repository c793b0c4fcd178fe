"""What answers for names: private hosted zones, Resolver endpoints, DNS servers of your own."""

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address

AMAZON_PROVIDED_DNS = "AmazonProvidedDNS"


@dataclass(frozen=True, slots=True, kw_only=True)
class ForwardRule:
    """A DNS server's rule: questions about `domain` and the names below it go to the server at `to`."""

    domain: str
    to: str


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
