"""What AWS offers for a destination and a caller, and which choices therefore say nothing.

A choice that cannot be made keeps its place on the screen and says why; `why_not` names the reason.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from vpclab.network.services import SERVICES
from vpclab.sandbox.choices import (
    Choices,
    PrivateDns,
    Source,
    Table,
    WayOut,
    Zone,
)
from vpclab.sandbox.destinations import DESTINATIONS

S3, RDS = "s3", "rds"
"""Destinations with choices of their own: a bucket, and a database inside the VPC."""

ON_PREMISES = (Source.ONPREM_VPN, Source.ONPREM_DX)
OTHER_VPC = (Source.PEERED_VPC, Source.SPOKE_VPC)

_DEFAULT = Choices()


@lru_cache(maxsize=256)
def services(destination: str) -> tuple[str, ...]:
    """The endpoint services behind a destination, each once, in the order in which they are called."""
    return tuple(dict.fromkeys(wanted.service for wanted in DESTINATIONS[destination].calls))


def gateway_services(destination: str) -> tuple[str, ...]:
    """The services that gateway endpoints would serve; empty where AWS offers none for the destination."""
    return tuple(name for name in services(destination) if SERVICES[name].gateway)


@lru_cache(maxsize=256)
def interface_services(destination: str) -> tuple[str, ...]:
    """The services that interface endpoints would serve; an operation leaves S3 to the gateway endpoint."""
    is_operation = DESTINATIONS[destination].operation
    return tuple(
        name
        for name in services(destination)
        if SERVICES[name].interface and not (is_operation and SERVICES[name].gateway)
    )


def offers_private_dns(destination: str) -> bool:
    """Whether the destination's interface endpoints have private names at all; DynamoDB's has none."""
    return any(SERVICES[name].private_names for name in interface_services(destination))


def zones_of(choices: Choices) -> tuple[Zone, ...]:
    """The Availability Zones in which the VPC has subnets."""
    return tuple(Zone)[: choices.zones]


def tables_of(choices: Choices) -> tuple[Table, ...]:
    """The route tables that the VPC has."""
    return tuple(Table)[: choices.zones + 1]


def why_not(choices: Choices) -> dict[str, str]:
    """The choices that cannot be made, each with the code of the reason: `sandbox.why_not.<code>`."""
    return dict(reversed(tuple(_why_not(choices))))


def _why_not(choices: Choices) -> Iterator[tuple[str, str]]:
    """Name and reason of each choice without effect; of two reasons for one choice the first counts."""
    yield from _endpoints(choices)
    yield from _names(choices)
    if choices.source in ON_PREMISES or choices.source is Source.LAMBDA:
        yield "caller_group", "caller_has_no_group"
    if choices.way_out is WayOut.NONE:
        yield "public_access_block", "no_internet_gateway"
    if choices.destination != S3:
        yield "bucket_policy", "not_s3"
        yield "bucket_region", "not_s3"


def _endpoints(choices: Choices) -> Iterator[tuple[str, str]]:
    has_gateway, has_interface = _has_gateway(choices), _has_interface(choices)
    if not gateway_services(choices.destination):
        yield "gateway_endpoint", "gateway_endpoint"
    if not has_gateway:
        yield "gateway_tables", "no_gateway_endpoint"
    if not interface_services(choices.destination):
        yield "interface_endpoint", "interface_endpoint"
    if not has_interface:
        yield "interface_zones", "no_interface_endpoint"
        yield "endpoint_group", "no_interface_endpoint"
        yield "asked_name", "no_interface_endpoint"
    if not has_interface and not has_gateway:
        yield "endpoint_policy", "no_endpoint"
    elif choices.destination == RDS:
        yield "endpoint_policy", "not_used_by_sql"
    if choices.destination == RDS:
        yield "asked_name", "not_used_by_sql"


def _names(choices: Choices) -> Iterator[tuple[str, str]]:
    if not offers_private_dns(choices.destination):
        reason = "private_dns" if interface_services(choices.destination) else "interface_endpoint"
        yield from ((name, reason) for name in ("private_dns", "hosted_zone"))
    if not _has_interface(choices):
        yield "private_dns", "no_interface_endpoint"
        yield "hosted_zone", "no_interface_endpoint"
    elif choices.private_dns is not PrivateDns.OFF:
        yield "hosted_zone", "private_dns_is_on"
    if choices.source in ON_PREMISES:
        yield "dns_server", "asks_elsewhere"
        if not choices.inbound_resolver:
            yield "site_dns", "no_inbound_resolver"
        return
    yield from ((name, "not_on_premises") for name in ("inbound_resolver", "site_dns", "site_internet"))
    if choices.source in OTHER_VPC or choices.source is Source.LAMBDA:
        yield "dns_server", "asks_elsewhere"


def _has_gateway(choices: Choices) -> bool:
    return choices.gateway_endpoint and bool(gateway_services(choices.destination))


def _has_interface(choices: Choices) -> bool:
    return choices.interface_endpoint and bool(interface_services(choices.destination))


@lru_cache(maxsize=4096)
def effective(choices: Choices) -> Choices:
    """The choices with those at their default that cannot be made: equal ones make equal networks.

    The S3 option for Resolver inbound endpoints counts as on for every other service, and without a gateway
    endpoint beside it, which AWS asks for.
    """
    defaults: dict[str, Any] = {name: getattr(_DEFAULT, name) for name in why_not(choices)}
    settled = replace(choices, **defaults)
    if settled.private_dns is PrivateDns.INBOUND and not offers_inbound_only(settled):
        settled = replace(settled, private_dns=PrivateDns.ON)
    tables, zones = set(tables_of(choices)), set(zones_of(choices))
    # What lies in zones that the VPC does not have counts as chosen: it comes with the zone.
    return replace(
        settled,
        gateway_tables=tuple(t for t in Table if t in settled.gateway_tables or t not in tables),
        interface_zones=tuple(z for z in Zone if z in settled.interface_zones or z not in zones),
    )


def offers_inbound_only(choices: Choices) -> bool:
    """Whether the S3 option "private DNS only for Resolver inbound endpoints" can be set.

    AWS: "AWS PrivateLink for Amazon S3": it needs a gateway endpoint in the VPC,
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html
    """
    return choices.destination == S3 and _has_gateway(choices)
