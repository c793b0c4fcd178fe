"""The way out of a subnet: groups, tables, NAT gateways, gateway endpoints, the Lambda service's network."""

import pytest

from tests import designs
from tests.designs import (
    ENDPOINT_IP,
    EVERYWHERE,
    HUB_ENDPOINT_IP,
    changed,
    egress,
    get_object,
    network_interface,
    plus,
    prefix_list,
    route,
    send_message,
    without,
)
from vpclab.network import Design, walk
from vpclab.network.resources import NatGatewayState


def kinds(design: Design, **more: str) -> list[str]:
    return [str(hop.kind) for hop in walk(design, get_object(**more)).hops]


def test_a_private_instance_reaches_s3_through_nat_and_the_internet_gateway():
    journey = walk(designs.s3_nat(), get_object())

    assert [hop.at for hop in journey.forward_hops] == [
        "vpc-resolver",
        "sg-app",
        "rtb-private",
        "nat-main",
        "rtb-public",
        "igw-main",
        "s3",
    ]
    assert journey.told.uses_public_ip
    assert str(journey.told.source_ip_seen) == designs.NAT_ADDRESS


def test_a_private_instance_reaches_s3_through_the_gateway_endpoint():
    journey = walk(designs.s3_gateway(), get_object())

    assert [hop.at for hop in journey.forward_hops] == [
        "vpc-resolver",
        "sg-app",
        "acl-private",
        "rtb-private",
        "vpce-s3",
        "vpce-s3",
        "s3",
    ]
    assert [hop.at for hop in journey.return_hops] == ["acl-private"]
    assert journey.told.endpoint_used == "vpce-s3"
    assert not journey.told.uses_public_ip
    assert str(journey.told.source_ip_seen) == "10.0.10.20"


def test_the_route_chosen_is_that_of_the_source_subnet_even_behind_nat():
    chosen = walk(designs.s3_nat(), get_object()).told.route_chosen

    assert chosen is not None
    assert (chosen.route_table_id, chosen.destination, chosen.target) == (
        "rtb-private",
        EVERYWHERE,
        "nat-main",
    )


# --- NAT gateways ------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [state for state in NatGatewayState if state != "available"])
def test_a_nat_gateway_serves_only_while_it_is_available(state: NatGatewayState):
    journey = walk(changed(designs.s3_nat(), "nat-main", state=state), get_object())

    assert designs.ends(journey) == ("nat-gateway", "BAD_STATE", "nat-gateway")
    assert not journey.told.uses_public_ip


def test_a_private_nat_gateway_fails_at_the_internet_gateway_and_is_not_the_functions_fault():
    base = changed(designs.s3_nat(), "nat-main", public_ip=None)
    function = designs.instance("fn-orders", "subnet-private", "10.0.10.77", "sg-app", kind="lambda")

    journey = walk(plus(base, "workloads", function), get_object(source="fn-orders"))

    assert journey.told.reason == "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS"
    assert journey.told.contributing == ()


def test_the_prefix_list_in_the_nat_subnet_leads_through_the_endpoint_with_a_note():
    endpoint = changed(designs.s3_gateway(), "vpce-s3", route_table_ids=("rtb-public",)).vpc_endpoints
    design = designs.s3_nat(prefix_lists=(prefix_list(),), vpc_endpoints=endpoint)

    journey = walk(design, get_object())

    assert journey.told.path_words[2:] == ("nat-gateway", "nat-subnet-route-table", "gateway-endpoint", "s3")
    assert "NAT_TO_ENDPOINT_NOT_CONFIRMED" in journey.notes
    assert str(journey.told.source_ip_seen) == "10.0.0.50"
    assert not journey.told.uses_public_ip


def test_a_nat_gateway_in_the_callers_own_subnet_has_its_acl_asked_on_the_way_out_once():
    one = designs.s3_nat(network_acls=(designs.open_acl("acl-public", "subnet-public"),))
    one = changed(one, "i-public", public_ip_address=None)
    one = changed(
        one,
        "rtb-public",
        routes=(route(EVERYWHERE, "nat-main"),),
    )

    journey = walk(one, get_object(source="i-public"))

    assert designs.ends(journey) == (
        "nat-subnet-route-table",
        "NO_ROUTE_TO_DESTINATION",
        "nat-subnet-route-table",
    )


def test_the_table_of_a_nat_subnet_may_not_lead_to_a_second_nat_gateway():
    second = designs.NatGateway(
        nat_gateway_id="nat-two", subnet_id="subnet-private", private_ip=designs.ip("10.0.10.50")
    )
    chain = changed(
        plus(designs.s3_nat(), "nat_gateways", second), "rtb-public", routes=(route(EVERYWHERE, "nat-two"),)
    )

    assert designs.ends(walk(chain, get_object())) == (
        "nat-subnet-route-table",
        "UNSUPPORTED_COMPONENT",
        "nat-subnet-route-table",
    )


def test_behind_nat_the_sender_is_the_nat_gateway_which_has_no_group():
    private_nat = designs.NatGateway(
        nat_gateway_id="nat-private", subnet_id="subnet-endpoints", private_ip=designs.ip("10.0.20.50")
    )
    through = plus(designs.interface_endpoint(), "nat_gateways", private_nat)
    through = changed(
        through,
        "vpce-sqs",
        network_interfaces=(network_interface("subnet-app", "10.0.10.31"),),
    )
    through = plus(through, "subnets", designs.subnet("subnet-far", "10.0.40.0/24"))
    through = plus(
        through,
        "route_tables",
        designs.table("rtb-far", "subnet-far", route("10.0.10.0/24", "nat-private")),
    )
    through = plus(through, "workloads", designs.instance("i-far", "subnet-far", "10.0.40.9", "sg-app"))
    by_group = changed(through, "sg-endpoints", ingress=(designs.ingress("sg-app"),))

    by_range = walk(through, send_message(source="i-far"))

    assert by_range.reachable
    assert by_range.told.path_words == (
        "instance",
        "subnet-route-table",
        "nat-gateway",
        "nat-subnet-route-table",
        "interface-endpoint",
        "sqs",
    )
    assert walk(by_group, send_message(source="i-far")).told.reason == "ENI_SG_RULES_MISMATCH"


def test_the_acl_of_the_nat_subnet_is_asked_four_times():
    acls = (designs.open_acl("acl-public", "subnet-public"),)

    journey = walk(designs.s3_nat(network_acls=acls), get_object())

    asked = [
        (hop.leg, hop.facts["egress"], hop.facts["peer"], hop.facts["ports"])
        for hop in journey.hops
        if hop.at == "acl-public"
    ]
    assert asked == [
        ("forward", False, "10.0.10.20", [443, 443]),
        ("forward", True, designs.S3_ADDRESS, [443, 443]),
        ("return", False, designs.S3_ADDRESS, [1024, 65535]),
        ("return", True, "10.0.10.20", [32768, 60999]),
    ]


# --- targets that are there, and not -----------------------------------------------------------------


@pytest.mark.parametrize("target", ["igw-gone", "nat-gone", "vpce-gone", "pcx-gone", "tgw-gone", "vgw-gone"])
def test_a_route_whose_target_is_gone_is_a_blackhole(target: str):
    gone = changed(designs.s3_nat(), "rtb-private", routes=(route(EVERYWHERE, target),))

    assert walk(gone, get_object()).told.reason == "BAD_STATE_ROUTE"


def test_an_internet_gateway_of_another_vpc_is_not_there():
    other = changed(
        designs.s3_nat(vpcs=(designs.vpc(), designs.vpc("vpc-other", "10.8.0.0/16"))),
        "igw-main",
        vpc_id="vpc-other",
    )

    assert walk(other, get_object(source="i-public")).told.reason == "BAD_STATE_ROUTE"


@pytest.mark.parametrize("target", ["eni-1", "eigw-1", "lgw-1", "i-0123"])
def test_other_kinds_of_target_are_not_modelled(target: str):
    odd = changed(designs.s3_nat(), "rtb-private", routes=(route(EVERYWHERE, target),))

    assert walk(odd, get_object()).told.reason == "UNSUPPORTED_COMPONENT"


def test_an_interface_endpoint_is_no_target_for_routes():
    odd = changed(designs.interface_endpoint(), "rtb-main", routes=(route(EVERYWHERE, "vpce-sqs"),))

    assert walk(odd, get_object(source="i-app")).told.reason == "UNSUPPORTED_COMPONENT"


# --- groups at the source ----------------------------------------------------------------------------


def test_a_rule_that_names_the_endpoints_group_fits_an_endpoint_specific_name_across_peering():
    named = changed(designs.peered_hub(hosted_zones=()), "sg-app", egress=(egress("sg-endpoints"),))
    request = send_message(
        source="i-spoke", host="vpce-sqs-1.sqs.ap-northeast-1.vpce.amazonaws.com", answer=HUB_ENDPOINT_IP
    )

    assert walk(named, request).reachable


def test_a_rule_that_names_the_endpoints_group_fits_an_endpoint_specific_name_in_the_vpc():
    named = changed(designs.interface_endpoint(), "sg-app", egress=(egress("sg-endpoints"),))
    request = send_message(host="vpce-sqs-1.sqs.ap-northeast-1.vpce.amazonaws.com", answer=ENDPOINT_IP)

    assert walk(named, request).reachable


def test_a_rule_that_names_the_endpoints_group_does_not_fit_over_a_transit_gateway():
    named = changed(designs.transit_hub(), "sg-app", egress=(egress("sg-endpoints"),))

    journey = walk(named, send_message(source="i-spoke"))

    assert designs.ends(journey) == ("source-security-group", "ENI_SG_RULES_MISMATCH", "instance")
    hop = journey.hops[-1]
    assert [candidate.lost_because for candidate in hop.decision.candidates()] == [
        "GROUP_NOT_SEEN_ON_THIS_WAY"
    ]


def test_over_a_transit_gateway_it_does_not_fit_even_where_the_vpcs_are_peered_as_well():
    both = designs.transit_hub(vpc_peering_connections=designs.peered_hub().vpc_peering_connections)
    named = changed(both, "sg-app", egress=(egress("sg-endpoints"),))

    assert walk(named, send_message(source="i-spoke")).told.reason == "ENI_SG_RULES_MISMATCH"


def test_a_workload_without_groups_has_the_default_group_of_its_vpc():
    bare = changed(designs.s3_nat(), "i-private", groups=())

    journey = walk(bare, get_object())

    assert journey.reachable
    assert journey.hops[1].at == "default"


# --- functions outside VPCs --------------------------------------------------------------------------


def test_a_function_outside_vpcs_leaves_from_the_lambda_services_network():
    journey = walk(designs.function_outside_vpcs(), send_message(source="fn-orders"))

    assert journey.told.path_words == ("lambda", "aws-managed-network", "sqs")
    assert [hop.at for hop in journey.hops] == ["public-dns", "lambda-service-network", "sqs"]
    assert (journey.told.uses_public_ip, journey.told.route_chosen) == (True, None)


@pytest.mark.parametrize("address", [ENDPOINT_IP, "192.168.1.1", "172.16.1.1"])
def test_private_addresses_are_out_of_its_reach(address: str):
    journey = walk(designs.function_outside_vpcs(), send_message(source="fn-orders", answer=address))

    assert designs.ends(journey) == ("aws-managed-network", "NO_ROUTE_TO_DESTINATION", "aws-managed-network")
    assert not journey.told.uses_public_ip


def test_without_the_internet_gateway_the_nat_subnet_leads_nowhere():
    assert designs.ends(walk(without(designs.s3_nat(), "igw-main"), get_object())) == (
        "nat-subnet-route-table",
        "BAD_STATE_ROUTE",
        "nat-subnet-route-table",
    )


def test_a_caller_without_an_address_of_its_own_takes_the_first_free_one_of_its_subnet():
    unknown = changed(designs.s3_nat(), "i-private", private_ip_address=None)

    assert str(walk(unknown, get_object(answer="52.219.1.20")).hops[3].facts["source"]) == "10.0.10.4"


def test_every_component_that_decides_is_a_hop():
    assert kinds(designs.s3_nat()) == [
        "dns-resolver",
        "source-security-group",
        "subnet-route-table",
        "nat-gateway",
        "nat-subnet-route-table",
        "internet-gateway",
        "service",
    ]
