"""Design, walks and list prices to the cost of a month: `month(design, walks, ...) -> Month`.

Counted is what a network costs because of how it is built: hours of gateways and endpoints, GB that pass
them, public IPv4 addresses. Not counted is what `NOT_MODELLED` names. Money is Decimal throughout.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Protocol

from vpclab.network.design import Design
from vpclab.network.hops import CallWalk, Walk
from vpclab.network.resources import NatGatewayState
from vpclab.network.vocabulary import Kind

CENT = Decimal("0.01")


class RegionRates(Protocol):
    """List prices of a Region, in USD: by the hour, or by GB. Endpoints have one for each tier of a month."""

    @property
    def nat_gateway_hour(self) -> Decimal: ...
    @property
    def nat_gateway_gb(self) -> Decimal: ...
    @property
    def interface_endpoint_hour(self) -> Decimal: ...
    @property
    def interface_endpoint_gb(self) -> Sequence[Decimal]: ...
    @property
    def public_ipv4_hour(self) -> Decimal: ...


class PriceList(Protocol):
    """List prices of all Regions, and what they count with; `tiers_up_to_gb` ends all tiers but the last."""

    @property
    def hours_per_month(self) -> int: ...
    @property
    def tiers_up_to_gb(self) -> Sequence[int]: ...
    @property
    def regions(self) -> Mapping[str, RegionRates]: ...


class Charge(StrEnum):
    """What a line is for."""

    NAT_GATEWAY_HOURS = "nat-gateway-hours"
    NAT_GATEWAY_GB = "nat-gateway-gb"
    INTERFACE_ENDPOINT_HOURS = "interface-endpoint-hours"
    INTERFACE_ENDPOINT_GB = "interface-endpoint-gb"
    GATEWAY_ENDPOINT = "gateway-endpoint"
    PUBLIC_ADDRESS_HOURS = "public-address-hours"
    TRANSIT_GATEWAY_ATTACHMENT_HOURS = "transit-gateway-attachment-hours"
    RESOLVER_ENDPOINT_HOURS = "resolver-endpoint-hours"
    VPN_CONNECTION_HOURS = "vpn-connection-hours"
    DIRECT_CONNECT_HOURS = "direct-connect-hours"


class Unit(StrEnum):
    """What the quantity of a line counts."""

    HOUR = "hour"
    GB = "gb"


class NotModelled(StrEnum):
    """What a bill has besides, and a month here has not."""

    DATA_TRANSFER_OUT = "data-transfer-out"
    DATA_TRANSFER_BETWEEN_ZONES = "data-transfer-between-zones"
    SERVICES_THEMSELVES = "services-themselves"


NOT_MODELLED = tuple(NotModelled)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """How many hours or GB of component `at`, at which price; None where the list has no price for it."""

    charge: Charge
    at: str
    quantity: Decimal
    unit: Unit
    price: Decimal | None

    @property
    def amount(self) -> Decimal | None:
        """USD a month; None where there is no price."""
        return None if self.price is None else self.quantity * self.price


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The lines of a month, those without a price among them."""

    lines: tuple[Line, ...]

    @property
    def total(self) -> Decimal:
        """USD of all lines that have a price, to the cent."""
        return sum((line.amount or Decimal(0) for line in self.lines), Decimal(0)).quantize(CENT)

    @property
    def not_priced(self) -> tuple[Line, ...]:
        """The lines that the total leaves out because no price is known."""
        return tuple(line for line in self.lines if line.price is None)


def month(
    design: Design, walks: Iterable[Walk], prices: PriceList, region: str, traffic_gb: Decimal
) -> Month:
    """What a network costs in a month in which each of `walks` carries `traffic_gb`.

    A request that is not answered carries nothing. A Region that the list does not have leaves every line
    without a price.
    """
    rates = prices.regions.get(region)
    hours = Decimal(prices.hours_per_month)
    passed = _passed(walks, traffic_gb)
    return Month(
        lines=(
            *_nat_gateways(design, rates, hours, passed),
            *_interface_endpoints(design, rates, hours),
            *_endpoint_traffic(design, rates, prices.tiers_up_to_gb, passed),
            *_gateway_endpoints(design, passed),
            *_public_addresses(design, rates, hours),
            *_not_priced(design, hours),
        )
    )


def carrying(walk: Walk) -> CallWalk:
    """The call of a request that its traffic belongs to; the other calls of an operation are a few kilobytes.

    An image pull gets the layers from S3, the rest of it are answers about them: "Amazon ECR interface VPC
    endpoints", https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
    """
    return next((call for call in walk.calls if call.call.service == "s3"), walk.calls[-1])


def _passed(walks: Iterable[Walk], traffic_gb: Decimal) -> Mapping[tuple[Kind, str], Decimal]:
    """GB by component: each that carried an answered request, once for each request."""
    passed: dict[tuple[Kind, str], Decimal] = {}
    for walk in walks:
        call = carrying(walk)
        for step in dict.fromkeys(call.path) if call.reachable else ():
            key = (step.kind, step.at)
            passed[key] = passed.get(key, Decimal(0)) + traffic_gb
    return passed


def _nat_gateways(
    design: Design, rates: RegionRates | None, hours: Decimal, passed: Mapping[tuple[Kind, str], Decimal]
) -> Iterator[Line]:
    """AWS: charged for each hour that it is available, and each GB, https://aws.amazon.com/vpc/pricing/."""
    for nat in design.nat_gateways:
        if nat.state is not NatGatewayState.AVAILABLE:
            continue
        yield Line(
            charge=Charge.NAT_GATEWAY_HOURS,
            at=nat.nat_gateway_id,
            quantity=hours,
            unit=Unit.HOUR,
            price=rates.nat_gateway_hour if rates else None,
        )
        gb = passed.get((Kind.NAT_GATEWAY, nat.nat_gateway_id))
        if gb:
            yield Line(
                charge=Charge.NAT_GATEWAY_GB,
                at=nat.nat_gateway_id,
                quantity=gb,
                unit=Unit.GB,
                price=rates.nat_gateway_gb if rates else None,
            )


def _interface_endpoints(design: Design, rates: RegionRates | None, hours: Decimal) -> Iterator[Line]:
    """AWS: charged for each hour in each zone, whatever its state, https://aws.amazon.com/privatelink/pricing/."""
    for endpoint in design.interface_endpoints:
        yield Line(
            charge=Charge.INTERFACE_ENDPOINT_HOURS,
            at=endpoint.vpc_endpoint_id,
            quantity=hours * len(endpoint.network_interfaces),
            unit=Unit.HOUR,
            price=rates.interface_endpoint_hour if rates else None,
        )


def _endpoint_traffic(
    design: Design,
    rates: RegionRates | None,
    tiers: Sequence[int],
    passed: Mapping[tuple[Kind, str], Decimal],
) -> Iterator[Line]:
    """GB through interface endpoints: all of a Region together move up the tiers."""
    before = Decimal(0)
    for endpoint in design.interface_endpoints:
        gb = passed.get((Kind.INTERFACE_ENDPOINT, endpoint.vpc_endpoint_id), Decimal(0))
        for tier, quantity in _in_tiers(before, gb, tiers):
            yield Line(
                charge=Charge.INTERFACE_ENDPOINT_GB,
                at=endpoint.vpc_endpoint_id,
                quantity=quantity,
                unit=Unit.GB,
                price=rates.interface_endpoint_gb[tier] if rates else None,
            )
        before += gb


def _in_tiers(before: Decimal, gb: Decimal, tiers: Sequence[int]) -> Iterator[tuple[int, Decimal]]:
    """How many of `gb` that follow on `before` fall into each tier, by its number."""
    bounds = [Decimal(0), *map(Decimal, tiers), Decimal("Infinity")]
    for tier, (low, high) in enumerate(pairwise(bounds)):
        quantity = min(before + gb, high) - max(before, low)
        if quantity > 0:
            yield tier, quantity


def _gateway_endpoints(design: Design, passed: Mapping[tuple[Kind, str], Decimal]) -> Iterator[Line]:
    """AWS: no charge, https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html."""
    for endpoint in design.gateway_endpoints:
        yield Line(
            charge=Charge.GATEWAY_ENDPOINT,
            at=endpoint.vpc_endpoint_id,
            quantity=passed.get((Kind.GATEWAY_ENDPOINT, endpoint.vpc_endpoint_id), Decimal(0)),
            unit=Unit.GB,
            price=Decimal(0),
        )


def _public_addresses(design: Design, rates: RegionRates | None, hours: Decimal) -> Iterator[Line]:
    """Elastic IP addresses of NAT gateways and public addresses of workloads, in use or not."""
    nats = [nat.nat_gateway_id for nat in design.nat_gateways if nat.public_ip is not None]
    workloads = [workload.id for workload in design.workloads if workload.public_ip_address is not None]
    for at in (*nats, *workloads):
        yield Line(
            charge=Charge.PUBLIC_ADDRESS_HOURS,
            at=at,
            quantity=hours,
            unit=Unit.HOUR,
            price=rates.public_ipv4_hour if rates else None,
        )


def _not_priced(design: Design, hours: Decimal) -> Iterator[Line]:
    """What costs by the hour and has no price in the list."""
    joined = {interface.vpn_gateway_id for interface in design.direct_connect}
    found = {
        Charge.TRANSIT_GATEWAY_ATTACHMENT_HOURS: [
            attachment.attachment_id
            for gateway in design.transit_gateways
            for attachment in gateway.vpc_attachments
        ],
        Charge.RESOLVER_ENDPOINT_HOURS: [
            endpoint.resolver_endpoint_id for endpoint in design.resolver_endpoints
        ],
        Charge.VPN_CONNECTION_HOURS: [
            gateway.vpn_gateway_id for gateway in design.vpn_gateways if gateway.vpn_gateway_id not in joined
        ],
        Charge.DIRECT_CONNECT_HOURS: [interface.virtual_interface_id for interface in design.direct_connect],
    }
    for charge, ids in found.items():
        for at in ids:
            yield Line(charge=charge, at=at, quantity=hours, unit=Unit.HOUR, price=None)
