"""The cost of a month: lines worked out by hand from prices that are easy to multiply."""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from ipaddress import IPv4Address

import pytest

from vpclab.cost.month import CENT, NOT_MODELLED, Charge, Month, NotModelled, Unit, month
from vpclab.learning.prices import load_prices
from vpclab.network import walk
from vpclab.network.resources import NatGatewayState
from vpclab.presets import load_presets
from vpclab.sandbox.ask import ask
from vpclab.sandbox.build import build
from vpclab.sandbox.choices import BucketPolicy, Choices, Source, WayOut, Zone

TOKYO = "ap-northeast-1"


@dataclass(frozen=True, kw_only=True)
class Rates:
    nat_gateway_hour: Decimal = Decimal(2)
    nat_gateway_gb: Decimal = Decimal(3)
    interface_endpoint_hour: Decimal = Decimal(5)
    interface_endpoint_gb: tuple[Decimal, ...] = (Decimal("0.7"), Decimal("0.3"), Decimal("0.1"))
    public_ipv4_hour: Decimal = Decimal(11)


@dataclass(frozen=True, kw_only=True)
class PriceList:
    hours_per_month: int = 100
    tiers_up_to_gb: tuple[int, ...] = (10, 30)
    regions: dict[str, Rates] = field(default_factory=lambda: {TOKYO: Rates()})


PRICES = PriceList()


def month_of(choices: Choices, gb: int = 0, prices: PriceList = PRICES) -> Month:
    design = build(choices)
    return month(design, (walk(design, ask(choices)),), prices, TOKYO, Decimal(gb))


def amounts(found: Month) -> dict[tuple[Charge, str], Decimal | None]:
    return {(line.charge, line.at): line.amount for line in found.lines}


def test_a_nat_gateway_costs_hours_traffic_and_the_hours_of_its_public_address():
    found = month_of(Choices(way_out=WayOut.NAT), gb=7)

    assert amounts(found) == {
        (Charge.NAT_GATEWAY_HOURS, "nat-lab"): Decimal(200),
        (Charge.NAT_GATEWAY_GB, "nat-lab"): Decimal(21),
        (Charge.PUBLIC_ADDRESS_HOURS, "nat-lab"): Decimal(1100),
    }
    assert found.total == Decimal(1321)


def test_the_prices_of_tokyo_give_the_bill_of_a_nat_gateway_with_500_gb():
    design = build(Choices(way_out=WayOut.NAT))
    walked = walk(design, ask(Choices(way_out=WayOut.NAT)))

    found = month(design, (walked,), load_prices(), design.region, Decimal(500))

    # 730 * 0.062 + 500 * 0.062 + 730 * 0.005
    assert found.total == Decimal("79.91")


def test_a_gateway_endpoint_has_a_line_that_costs_nothing_and_takes_the_traffic_off_the_nat_gateway():
    found = amounts(month_of(Choices(way_out=WayOut.NAT, gateway_endpoint=True), gb=7))

    assert found[Charge.GATEWAY_ENDPOINT, "vpce-s3"] == 0
    assert (Charge.NAT_GATEWAY_GB, "nat-lab") not in found
    assert found[Charge.NAT_GATEWAY_HOURS, "nat-lab"] == 200


def test_each_nat_gateway_is_charged_and_only_the_one_on_the_way_for_traffic():
    found = month_of(Choices(way_out=WayOut.NAT_PER_ZONE, zones=3), gb=1)

    assert [line.at for line in found.lines if line.charge is Charge.NAT_GATEWAY_HOURS] == [
        "nat-lab",
        "nat-lab-c",
        "nat-lab-d",
    ]
    assert [line.at for line in found.lines if line.charge is Charge.NAT_GATEWAY_GB] == ["nat-lab"]


def test_an_interface_endpoint_is_charged_by_the_hour_in_each_zone():
    choices = Choices(destination="kms", way_out=WayOut.NONE, interface_endpoint=True, zones=3)

    all_zones = amounts(month_of(choices))
    two_zones = amounts(month_of(replace(choices, interface_zones=(Zone.A, Zone.C))))

    assert all_zones[Charge.INTERFACE_ENDPOINT_HOURS, "vpce-kms"] == 1500
    assert two_zones[Charge.INTERFACE_ENDPOINT_HOURS, "vpce-kms"] == 1000


@pytest.mark.parametrize(
    ("gb", "expected"),
    [
        (0, []),
        (10, ["7.0"]),
        (11, ["7.0", "0.3"]),
        (30, ["7.0", "6.0"]),
        (40, ["7.0", "6.0", "1.0"]),
    ],
)
def test_traffic_through_an_interface_endpoint_moves_up_the_tiers(gb, expected):
    choices = Choices(destination="kms", way_out=WayOut.NONE, interface_endpoint=True)

    found = month_of(choices, gb=gb)

    assert [line.amount for line in found.lines if line.charge is Charge.INTERFACE_ENDPOINT_GB] == [
        Decimal(amount) for amount in expected
    ]


def test_the_traffic_of_several_requests_moves_up_the_tiers_together():
    choices = Choices(destination="kms", way_out=WayOut.NONE, interface_endpoint=True)
    design = build(choices)
    walked = walk(design, ask(choices))

    found = month(design, (walked, walked), PRICES, TOKYO, Decimal(10))

    assert [line.quantity for line in found.lines if line.charge is Charge.INTERFACE_ENDPOINT_GB] == [10, 10]
    assert [line.price for line in found.lines if line.charge is Charge.INTERFACE_ENDPOINT_GB] == [
        Decimal("0.7"),
        Decimal("0.3"),
    ]


def test_a_request_that_is_not_answered_carries_nothing():
    refused = Choices(way_out=WayOut.NAT, bucket_policy=BucketPolicy.SOURCE_VPCE)
    assert not walk(build(refused), ask(refused)).reachable

    found = month_of(refused, gb=7)

    assert [line.charge for line in found.lines] == [Charge.NAT_GATEWAY_HOURS, Charge.PUBLIC_ADDRESS_HOURS]


def test_the_layers_of_an_image_come_from_s3_whatever_way_the_other_calls_take():
    choices = next(preset.choices for preset in load_presets() if preset.id == "ecr-image-pull")

    found = month_of(choices, gb=7)

    assert [line.quantity for line in found.lines if line.charge is Charge.GATEWAY_ENDPOINT] == [7]
    assert not [line for line in found.lines if line.charge is Charge.INTERFACE_ENDPOINT_GB]


def test_the_public_address_of_an_instance_is_charged():
    found = amounts(month_of(Choices(source=Source.EC2_PUBLIC, way_out=WayOut.INTERNET_GATEWAY)))

    assert found == {(Charge.PUBLIC_ADDRESS_HOURS, "i-web"): Decimal(1100)}


def test_a_nat_gateway_that_is_gone_or_private_is_not_charged_for_what_it_does_not_have():
    choices = Choices(way_out=WayOut.NAT)
    design = build(choices)
    (nat,) = design.nat_gateways
    deleted = replace(design, nat_gateways=(replace(nat, state=NatGatewayState.DELETED, public_ip=None),))
    private = replace(design, nat_gateways=(replace(nat, public_ip=None),))

    assert month(deleted, (), PRICES, TOKYO, Decimal(1)).lines == ()
    assert [line.charge for line in month(private, (), PRICES, TOKYO, Decimal(1)).lines] == [
        Charge.NAT_GATEWAY_HOURS
    ]


@pytest.mark.parametrize(
    ("choices", "charges"),
    [
        (
            Choices(source=Source.SPOKE_VPC, way_out=WayOut.NONE),
            [Charge.TRANSIT_GATEWAY_ATTACHMENT_HOURS] * 2,
        ),
        (Choices(source=Source.ONPREM_VPN, way_out=WayOut.NONE), [Charge.VPN_CONNECTION_HOURS]),
        (Choices(source=Source.ONPREM_DX, way_out=WayOut.NONE), [Charge.DIRECT_CONNECT_HOURS]),
        (
            Choices(source=Source.ONPREM_DX, way_out=WayOut.NONE, inbound_resolver=True),
            [Charge.RESOLVER_ENDPOINT_HOURS, Charge.DIRECT_CONNECT_HOURS],
        ),
    ],
)
def test_what_has_no_price_is_named_and_left_out_of_the_total(choices, charges):
    found = month_of(choices)

    assert [line.charge for line in found.not_priced] == charges
    assert all(line.amount is None and line.unit is Unit.HOUR for line in found.not_priced)
    assert found.total == 0


def test_a_region_without_prices_leaves_every_line_that_costs_something_without_one():
    design = build(Choices(way_out=WayOut.NAT, interface_endpoint=True, destination="kms"))

    found = month(design, (), PRICES, "xx-nowhere-1", Decimal(0))

    assert found.not_priced == found.lines
    assert len(found.lines) == 3


def test_the_total_is_rounded_to_the_cent_and_the_lines_are_exact():
    prices = PriceList(regions={TOKYO: Rates(nat_gateway_hour=Decimal("0.00123"))})

    found = month_of(Choices(way_out=WayOut.NAT), prices=prices)

    assert amounts(found)[Charge.NAT_GATEWAY_HOURS, "nat-lab"] == Decimal("0.123")
    assert found.total == Decimal("1100.12")
    assert found.total.as_tuple().exponent == CENT.as_tuple().exponent


def test_what_a_month_leaves_out_is_said():
    assert NotModelled.DATA_TRANSFER_OUT in NOT_MODELLED


def test_an_address_belongs_to_no_line_of_a_private_workload():
    design = build(Choices(way_out=WayOut.NONE))
    (app,) = design.workloads
    public = replace(design, workloads=(replace(app, public_ip_address=IPv4Address("203.0.113.9")),))

    assert month(design, (), PRICES, TOKYO, Decimal(0)).lines == ()
    assert [line.at for line in month(public, (), PRICES, TOKYO, Decimal(0)).lines] == ["i-app"]
