"""Between VPCs: peering connections and transit gateways."""

import dataclasses

import pytest

from tests import designs
from tests.designs import (
    EVERYWHERE,
    HUB_CIDR,
    MAIN_CIDR,
    ZONE_C,
    attachment,
    changed,
    get_object,
    plus,
    route,
    send_message,
    subnet,
    transit_table,
)
from vpclab.network import Design, walk
from vpclab.network.resources import RouteState
from vpclab.network.transit import route_of

FROM_SPOKE = send_message(source="i-spoke")


def transit(**more: object) -> Design:
    return designs.transit_hub(transit_gateways=(designs.transit_gateway(**more),))


def test_the_endpoint_of_a_peered_vpc_is_reached():
    journey = walk(designs.peered_hub(), FROM_SPOKE)

    assert [hop.at for hop in journey.hops] == [
        "vpc-resolver",
        "sg-app",
        "rtb-spoke",
        "pcx-hub",
        "vpce-sqs",
        "sg-endpoints",
        "rtb-hub",
        "vpce-sqs",
        "sqs",
    ]
    assert journey.told.path_words == (
        "instance",
        "subnet-route-table",
        "peering-connection",
        "interface-endpoint",
        "sqs",
    )


def test_peering_works_from_either_side():
    turned = changed(designs.peered_hub(), "pcx-hub", requester_vpc_id="vpc-hub", accepter_vpc_id="vpc-spoke")

    assert walk(turned, FROM_SPOKE).reachable


@pytest.mark.parametrize("state", ["pending-acceptance", "failed", "expired", "deleted"])
def test_a_peering_connection_carries_only_while_it_is_active(state: str):
    journey = walk(changed(designs.peered_hub(), "pcx-hub", state=state), FROM_SPOKE)

    assert designs.ends(journey) == ("peering-connection", "BAD_STATE", "peering-connection")


def test_a_rule_may_name_a_group_of_the_peered_vpc():
    by_group = changed(designs.peered_hub(), "sg-endpoints", ingress=(designs.ingress("sg-app"),))

    assert walk(by_group, FROM_SPOKE).reachable


def test_a_peering_connection_of_other_vpcs_is_not_there():
    elsewhere = plus(designs.peered_hub(), "vpcs", designs.vpc("vpc-third", "10.7.0.0/16"))
    elsewhere = changed(elsewhere, "pcx-hub", requester_vpc_id="vpc-third")

    assert walk(elsewhere, FROM_SPOKE).told.reason == "BAD_STATE_ROUTE"


def test_the_endpoint_is_reached_over_a_transit_gateway():
    journey = walk(designs.transit_hub(), FROM_SPOKE)

    assert journey.told.path_words == (
        "instance",
        "subnet-route-table",
        "transit-gateway",
        "interface-endpoint",
        "sqs",
    )
    assert [(hop.at, str(hop.leg)) for hop in journey.hops if hop.kind == "transit-gateway"] == [
        ("tgw-core", "forward"),
        ("tgw-core", "return"),
    ]


def test_the_attachment_needs_a_subnet_in_the_callers_zone_not_the_callers_subnet():
    beside = plus(
        transit(spoke_subnet="subnet-spoke-tgw"),
        "subnets",
        subnet("subnet-spoke-tgw", "10.0.255.0/28", "vpc-spoke"),
    )

    assert walk(beside, FROM_SPOKE).reachable


def test_without_an_attachment_in_the_callers_zone_the_packet_dies_at_the_subnets_table():
    elsewhere = plus(
        transit(spoke_subnet="subnet-spoke-c"),
        "subnets",
        subnet("subnet-spoke-c", "10.0.30.0/24", "vpc-spoke", ZONE_C),
    )

    assert designs.ends(walk(elsewhere, FROM_SPOKE)) == (
        "subnet-route-table",
        "TGW_ROUTE_AZ_RESTRICTION",
        "subnet-route-table",
    )


def test_the_table_associated_with_the_attachment_decides():
    tables = (
        transit_table("tgw-rtb-other", "tgw-attach-hub", (MAIN_CIDR, "tgw-attach-spoke")),
        transit_table("tgw-rtb-spokes", "tgw-attach-spoke", (HUB_CIDR, "tgw-attach-hub")),
    )

    facts = next(h.facts for h in walk(transit(route_tables=tables), FROM_SPOKE).hops if h.at == "tgw-core")

    assert (facts["table"], facts["attachment"], facts["target"], facts["vpc"]) == (
        "tgw-rtb-spokes",
        "tgw-attach-spoke",
        "tgw-attach-hub",
        "vpc-hub",
    )


def test_the_longest_prefix_of_a_transit_gateways_table_wins():
    table = transit_table(
        "tgw-rtb", "a", (EVERYWHERE, "egress"), ("10.9.20.0/24", "hub"), ("10.9.0.0/16", "other")
    )

    assert [
        getattr(route_of(table, designs.ip(address)), "target", None)
        for address in ("10.9.20.31", "10.9.1.1", "8.8.8.8")
    ] == ["hub", "other", "egress"]
    assert route_of(transit_table("tgw-rtb", "a"), designs.ip("8.8.8.8")) is None


def test_a_blackhole_that_wins_is_not_replaced_by_a_shorter_route():
    shut = transit_table(
        "tgw-rtb-spokes", "tgw-attach-spoke", ("10.9.20.0/24", "tgw-attach-hub"), state=RouteState.BLACKHOLE
    )
    wide = transit_table("", "", (HUB_CIDR, "tgw-attach-hub"))
    both = designs.transit_gateway().route_tables[1]

    mixed = dataclasses.replace(shut, routes=(*shut.routes, *wide.routes))

    assert walk(transit(route_tables=(mixed, both)), FROM_SPOKE).told.reason == "TGW_RTB_BAD_STATE_ROUTE"


def test_a_transit_gateway_leads_to_interfaces_only_and_central_egress_is_noted():
    egress = changed(designs.transit_hub(), "rtb-spoke", routes=(route(EVERYWHERE, "tgw-core"),))
    tables = (
        transit_table("tgw-rtb-spokes", "tgw-attach-spoke", (EVERYWHERE, "tgw-attach-hub")),
        designs.transit_gateway().route_tables[1],
    )
    egress = changed(egress, "tgw-core", route_tables=tables)

    journey = walk(egress, get_object(source="i-spoke"))

    assert designs.ends(journey) == ("transit-gateway", "NO_POSSIBLE_DESTINATION", "transit-gateway")
    assert "CENTRAL_EGRESS_NOT_MODELLED" in journey.notes


def test_a_private_address_that_nobody_has_is_no_matter_of_central_egress():
    nobody = designs.transit_hub(hosted_zones=())

    journey = walk(nobody, send_message(source="i-spoke", answer="10.9.20.99"))

    assert journey.told.reason == "NO_POSSIBLE_DESTINATION"
    assert "CENTRAL_EGRESS_NOT_MODELLED" not in journey.notes


def test_the_same_zone_counts_for_the_right_one_of_several_attachments():
    two = plus(
        transit(
            vpc_attachments=(
                attachment("tgw-attach-c", "vpc-spoke", "subnet-spoke-c"),
                *designs.transit_gateway().vpc_attachments,
            )
        ),
        "subnets",
        subnet("subnet-spoke-c", "10.0.30.0/24", "vpc-spoke", ZONE_C),
    )

    facts = next(hop.facts for hop in walk(two, FROM_SPOKE).hops if hop.at == "tgw-core")

    assert facts["attachment"] == "tgw-attach-spoke"
