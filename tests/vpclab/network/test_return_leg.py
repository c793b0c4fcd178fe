"""The way back: stateless filters are asked again, and a caller elsewhere needs a route."""

import dataclasses

import pytest

from tests import designs
from tests.designs import (
    EVERYWHERE,
    MAIN_CIDR,
    SITE_CIDR,
    acl,
    changed,
    entry,
    get_object,
    open_acl,
    plus,
    route,
    send_message,
    transit_table,
)
from vpclab.network import Design, Walk, walk

FROM_SPOKE = send_message(source="i-spoke")


def answered(first_port: int, last_port: int, design: Design, subnet_id: str) -> Walk:
    """The walk with an ACL at the caller's subnet that lets answers in at some ports."""
    narrow = acl(
        "acl-narrow",
        subnet_id,
        entry(100, "allow", "out"),
        entry(100, "allow", "in", ports=(first_port, last_port)),
    )
    source = design.workloads[-1].id
    request = send_message(source=source) if design.vpc_endpoints else get_object(source=source)
    return walk(changed_acls(design, narrow), request)


def changed_acls(design: Design, *acls: designs.NetworkAcl) -> Design:
    return dataclasses.replace(design, network_acls=acls)


def return_hops(journey: Walk) -> list[tuple[str, bool]]:
    return [(hop.at, hop.passed) for hop in journey.return_hops]


# --- ACLs --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ports", "reachable"),
    [
        ((32768, 60999), True),
        ((1024, 65535), True),
        ((32769, 60999), False),
        ((32768, 60998), False),
        ((443, 443), False),
    ],
)
def test_the_whole_range_of_an_instances_ports_must_be_admitted(ports: tuple[int, int], reachable: bool):
    assert answered(*ports, designs.interface_endpoint(), "subnet-app").reachable is reachable


@pytest.mark.parametrize(("ports", "reachable"), [((1024, 65535), True), ((32768, 60999), False)])
def test_functions_use_a_wider_range(ports: tuple[int, int], reachable: bool):
    function = designs.instance("fn-orders", "subnet-app", "10.0.10.77", "sg-app", kind="lambda")
    design = plus(designs.interface_endpoint(), "workloads", function)

    assert answered(*ports, design, "subnet-app").reachable is reachable


def test_security_groups_let_answers_pass():
    mute = changed(designs.interface_endpoint(), "sg-endpoints", egress=())
    deaf = changed(mute, "sg-app", ingress=())

    assert walk(deaf, send_message()).reachable


def test_both_subnets_are_asked_the_other_way_round():
    acls = (open_acl("acl-app", "subnet-app"), open_acl("acl-endpoints", "subnet-endpoints"))

    journey = walk(designs.interface_endpoint(network_acls=acls), send_message())

    assert [hop.at for hop in journey.forward_hops if hop.at.startswith("acl")] == [
        "acl-app",
        "acl-endpoints",
    ]
    assert return_hops(journey) == [("acl-endpoints", True), ("acl-app", True)]
    back = journey.return_hops[0].facts
    assert (back["egress"], back["peer"], back["ports"]) == (True, "10.0.10.20", [32768, 60999])


def test_an_answer_that_is_stopped_is_a_time_out_and_no_policy_is_asked():
    design = changed(
        designs.interface_endpoint(network_acls=(designs.shut_acl("acl-shut", "subnet-app", "in"),)),
        "vpce-sqs",
        policy_document=designs.policy(),
    )

    journey = walk(design, send_message())

    assert (journey.told.symptom, journey.told.stage, journey.told.leg) == ("timeout", "return", "return")
    assert journey.told.path_words[-1] == "sqs"


def test_behind_nat_the_callers_subnet_is_asked_too():
    design = designs.s3_nat(network_acls=(designs.shut_acl("acl-shut", "subnet-private", "in"),))

    assert designs.ends(walk(design, get_object())) == ("source-subnet-nacl", "SUBNET_ACL_RESTRICTION", "s3")


def test_a_caller_beside_the_nat_gateway_meets_its_subnets_acl_only_towards_the_internet():
    beside = designs.s3_nat(network_acls=(open_acl("acl-public", "subnet-public"),))
    beside = plus(beside, "subnets", designs.subnet("subnet-edge", "10.0.1.0/24"))
    lines = (route("52.219.0.0/16", "nat-main"), route(EVERYWHERE, "igw-main"))
    beside = changed(beside, "rtb-public", routes=lines)

    journey = walk(beside, get_object(source="i-public"))

    assert designs.ends(journey)[:2] == ("nat-subnet-route-table", "NO_ROUTE_TO_DESTINATION")


# --- routes back -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("back", "reason"),
    [
        (route(MAIN_CIDR, "pcx-hub"), None),
        (route(EVERYWHERE, "pcx-hub"), None),
        (route(EVERYWHERE, "igw-hub"), "NO_ROUTE_TO_DESTINATION"),
        (route(EVERYWHERE, "nat-hub"), "NO_ROUTE_TO_DESTINATION"),
        (route(MAIN_CIDR, "pcx-gone"), "BAD_STATE_ROUTE"),
        (route(MAIN_CIDR, "tgw-gone"), "BAD_STATE_ROUTE"),
        (route(MAIN_CIDR, "vgw-gone"), "BAD_STATE_ROUTE"),
        (route("10.8.0.0/16", "pcx-hub"), "NO_ROUTE_TO_DESTINATION"),
    ],
)
def test_the_table_of_the_endpoints_subnet_needs_a_route_back_over_peering(
    back: designs.Route, reason: str | None
):
    design = changed(designs.peered_hub(), "rtb-hub", routes=(back,))

    assert walk(design, FROM_SPOKE).told.reason == reason


def test_a_peering_with_somebody_else_is_no_way_back():
    other = designs.VpcPeeringConnection(
        vpc_peering_connection_id="pcx-other", requester_vpc_id="vpc-hub", accepter_vpc_id="vpc-third"
    )
    design = plus(designs.peered_hub(), "vpc_peering_connections", other)
    design = plus(design, "vpcs", designs.vpc("vpc-third", "10.7.0.0/16"))
    design = changed(design, "rtb-hub", routes=(route(MAIN_CIDR, "pcx-other"),))

    assert walk(design, FROM_SPOKE).told.reason == "NO_ROUTE_TO_DESTINATION"


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (
            transit_table("tgw-rtb-hub", "", (MAIN_CIDR, "tgw-attach-spoke")),
            "TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION",
        ),
        (transit_table("tgw-rtb-hub", "tgw-attach-hub"), "TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT"),
        (transit_table("tgw-rtb-hub", "tgw-attach-hub", (MAIN_CIDR, "tgw-gone")), "TGW_RTB_BAD_STATE_ROUTE"),
        (
            transit_table("tgw-rtb-hub", "tgw-attach-hub", (MAIN_CIDR, "tgw-attach-hub")),
            "NO_POSSIBLE_DESTINATION",
        ),
    ],
)
def test_the_transit_gateway_must_know_the_way_back_too(table: designs.TransitGatewayRouteTable, reason: str):
    gateway = designs.transit_gateway()
    both = designs.transit_gateway(route_tables=(gateway.route_tables[0], table))

    journey = walk(designs.transit_hub(transit_gateways=(both,)), FROM_SPOKE)

    assert designs.ends(journey) == ("transit-gateway", reason, "sqs")
    assert (journey.told.stage, journey.told.leg) == ("return", "return")


def test_a_vpn_caller_needs_the_route_to_the_gateway_of_the_endpoints_vpc():
    without_route = changed(designs.over_vpn(), "rtb-main", routes=())
    astray = changed(designs.over_vpn(), "rtb-main", routes=(route(SITE_CIDR, "pcx-nowhere"),))

    assert walk(without_route, send_message(source="host-batch")).told.reason == "NO_ROUTE_TO_DESTINATION"
    assert walk(astray, send_message(source="host-batch")).told.reason == "BAD_STATE_ROUTE"


def test_a_spoke_is_not_answered_by_a_virtual_private_gateway():
    gateway = designs.VpnGateway(vpn_gateway_id="vgw-hub", vpc_id="vpc-hub")
    design = plus(designs.peered_hub(), "vpn_gateways", gateway)
    design = changed(design, "rtb-hub", routes=(route(MAIN_CIDR, "vgw-hub"),))

    assert walk(design, FROM_SPOKE).told.reason == "NO_ROUTE_TO_DESTINATION"


def test_inside_one_vpc_no_route_back_is_asked_for():
    assert return_hops(walk(designs.interface_endpoint(), send_message())) == []


def test_an_answer_from_an_address_that_looks_public_may_be_lost_at_the_transit_gateway():
    data = designs.instance("db-orders", "subnet-hub", "52.1.1.1", "sg-endpoints", kind="db-instance")
    tables = (
        transit_table("tgw-rtb-spokes", "tgw-attach-spoke", (EVERYWHERE, "tgw-attach-hub")),
        transit_table("tgw-rtb-hub", "tgw-attach-hub"),
    )
    design = plus(
        designs.transit_hub(transit_gateways=(designs.transit_gateway(route_tables=tables),)),
        "workloads",
        data,
    )
    design = changed(design, "rtb-spoke", routes=(route(EVERYWHERE, "tgw-core"),))

    journey = walk(design, send_message(source="i-spoke", host="orders.example.com", answer="52.1.1.1"))

    assert designs.ends(journey) == ("transit-gateway", "TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT", "sqs")
