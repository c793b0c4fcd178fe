"""VPC endpoints: gateways that are route targets, and interfaces that have addresses."""

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address

from vpclab.network.policy_document import PolicyDocument


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
