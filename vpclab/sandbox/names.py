"""What answers for names in the sandbox: a private hosted zone, a Resolver endpoint, a server of your own."""

from vpclab.network.name_servers import (
    DnsServer,
    ForwardRule,
    HostedZone,
    ResolverDirection,
    ResolverEndpoint,
    ZoneRecord,
)
from vpclab.network.services import private_names
from vpclab.sandbox.callers import AWS_DOMAINS
from vpclab.sandbox.choices import Choices, DnsServerPreset, HostedZonePreset, Zone
from vpclab.sandbox.endpoints import interface_endpoint_id, service_name
from vpclab.sandbox.offers import OTHER_VPC, interface_services
from vpclab.sandbox.parts import (
    DNS_SERVER_ADDRESS,
    INBOUND_ADDRESS,
    OTHER_VPC_ID,
    REGION,
    VPC_CIDR,
    VPC_ID,
    app_subnet,
)


def hosted_zones(choices: Choices) -> tuple[HostedZone, ...]:
    """A zone for each name that the endpoints could answer for, with aliases to them.

    Shared, it is associated with the caller's VPC too.
    AWS: "Access an AWS service through a central VPC": private DNS off, a hosted zone for each endpoint,
    https://docs.aws.amazon.com/whitepapers/latest/building-scalable-secure-multi-vpc-network-infrastructure/centralized-access-to-vpc-private-endpoints.html
    """
    if choices.hosted_zone is HostedZonePreset.NONE:
        return ()
    shared = choices.hosted_zone is HostedZonePreset.SHARED and choices.source in OTHER_VPC
    vpc_ids = (VPC_ID, OTHER_VPC_ID) if shared else (VPC_ID,)
    records: dict[str, list[ZoneRecord]] = {}
    for service in interface_services(choices.destination):
        for name in private_names(service_name(service), REGION):
            record = ZoneRecord(name=name, target=interface_endpoint_id(service))
            records.setdefault(name.removeprefix("*."), []).append(record)
    return tuple(
        HostedZone(name=name, vpc_ids=vpc_ids, records=tuple(found)) for name, found in records.items()
    )


def resolver_endpoints(choices: Choices) -> tuple[ResolverEndpoint, ...]:
    """The inbound Resolver endpoint, if there is one; the second address that AWS asks for is left out."""
    if not choices.inbound_resolver:
        return ()
    return (
        ResolverEndpoint(
            resolver_endpoint_id="rslvr-in-lab",
            direction=ResolverDirection.INBOUND,
            vpc_id=VPC_ID,
            subnet_id=app_subnet(Zone.A).subnet_id,
            ip=INBOUND_ADDRESS,
        ),
    )


def dns_servers(choices: Choices) -> tuple[DnsServer, ...]:
    """The server of your own that the DHCP options name; it may hand AWS's names on to the VPC."""
    if choices.dns_server is DnsServerPreset.AMAZON:
        return ()
    resolver = str(VPC_CIDR.network_address + 2)
    forwards = tuple(ForwardRule(domain=domain, to=resolver) for domain in AWS_DOMAINS)
    is_forwarding = choices.dns_server is DnsServerPreset.FORWARDING
    return (DnsServer(ip=DNS_SERVER_ADDRESS, location=VPC_ID, forwards=forwards if is_forwarding else ()),)
