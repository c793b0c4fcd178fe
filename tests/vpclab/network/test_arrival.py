"""At the destination: the ACL of its subnet, the endpoint itself, its security groups."""

import dataclasses

import pytest

from tests import designs
from tests.designs import (
    ZONE_C,
    changed,
    connect_to_database,
    ingress,
    network_interface,
    plus,
    send_message,
    shut_acl,
    subnet,
    without,
)
from vpclab.network import walk
from vpclab.network.endpoints import EndpointState


def test_the_endpoint_tells_its_service_and_state():
    facts = next(
        hop.facts
        for hop in walk(designs.interface_endpoint(), send_message()).hops
        if hop.kind == "interface-endpoint"
    )

    assert facts == {
        "endpoint": "vpce-sqs",
        "service_name": designs.SQS,
        "address": designs.ENDPOINT_IP,
        "state": "available",
        "zone": designs.ZONE_A,
        "caller_zone": designs.ZONE_A,
        "zone_crossed": False,
    }


@pytest.mark.parametrize("state", [state for state in EndpointState if state is not EndpointState.AVAILABLE])
def test_an_endpoint_carries_only_while_it_is_available(state: EndpointState):
    design = changed(designs.interface_endpoint(), "vpce-sqs", state=state)

    journey = walk(design, send_message(answer=designs.ENDPOINT_IP))

    assert designs.ends(journey) == ("interface-endpoint", "BAD_STATE", "interface-endpoint")


def test_an_interface_in_another_zone_works_and_is_remarked_upon():
    across = changed(designs.interface_endpoint(), "subnet-endpoints", availability_zone=ZONE_C)

    journey = walk(across, send_message())

    assert journey.reachable
    assert journey.told.detail == ("AVAILABILITY_ZONE_CROSSED",)
    assert next(h.facts["zone_crossed"] for h in journey.hops if h.kind == "interface-endpoint")


def test_a_host_on_premises_is_in_no_zone():
    assert walk(designs.over_vpn(), send_message(source="host-batch")).told.detail == ()


def test_the_acl_of_the_endpoints_subnet_is_asked_before_the_endpoint():
    design = designs.interface_endpoint(network_acls=(shut_acl("acl-shut", "subnet-endpoints", "in"),))

    journey = walk(design, send_message())

    assert journey.told.path_words == ("instance", "subnet-route-table")
    assert journey.hops[-1].facts["peer"] == "10.0.10.20"


def test_an_endpoint_without_groups_has_the_default_group_which_admits_its_members_only():
    default = changed(designs.interface_endpoint(), "vpce-sqs", groups=())
    member = changed(default, "i-app", groups=())

    assert designs.ends(walk(default, send_message())) == (
        "endpoint-security-group",
        "ENI_SG_RULES_MISMATCH",
        "interface-endpoint",
    )
    assert walk(member, send_message()).reachable
    assert walk(member, send_message()).hops[-3].at == "default"


def test_a_host_on_premises_is_no_member_of_the_default_group():
    default = changed(designs.over_vpn(), "vpce-sqs", groups=())

    assert walk(default, send_message(source="host-batch")).told.reason == "ENI_SG_RULES_MISMATCH"


def test_the_groups_of_the_endpoint_are_asked_on_the_services_port():
    other_port = changed(
        designs.interface_endpoint(), "sg-endpoints", ingress=(ingress(designs.MAIN_CIDR, 9142),)
    )

    assert walk(other_port, send_message(port=9142)).reachable
    assert not walk(other_port, send_message()).reachable


def test_several_groups_are_named_together():
    both = plus(designs.interface_endpoint(), "security_groups", designs.group("sg-more"))
    both = changed(both, "vpce-sqs", groups=("sg-endpoints", "sg-more"))

    hop = next(hop for hop in walk(both, send_message()).hops if hop.kind == "endpoint-security-group")

    assert hop.at == "sg-endpoints + sg-more"


# --- database instances ------------------------------------------------------------------------------


def test_a_database_instance_is_reached_like_an_endpoint_but_is_the_service_itself():
    journey = walk(designs.database(), connect_to_database())

    assert [str(hop.kind) for hop in journey.hops] == [
        "dns-resolver",
        "source-security-group",
        "subnet-route-table",
        "destination-security-group",
        "service",
    ]
    assert (journey.told.resolves_to, journey.told.destination) == ("private", "db-orders")
    assert journey.told.path_words == ("instance", "subnet-route-table", "postgresql")


def test_the_group_of_a_database_instance_may_refuse():
    design = changed(designs.database(), "sg-data", ingress=(ingress("192.168.0.0/16", 5432),))

    assert designs.ends(walk(design, connect_to_database())) == (
        "destination-security-group",
        "ENI_SG_RULES_MISMATCH",
        "subnet-route-table",
    )


@pytest.mark.parametrize(("direction", "path_end"), [("in", "subnet-route-table"), ("out", "postgresql")])
def test_the_acl_of_a_database_subnet_may_refuse(direction: str, path_end: str):
    design = designs.database(network_acls=(shut_acl("acl-shut", "subnet-data", direction),))

    assert designs.ends(walk(design, connect_to_database())) == (
        "destination-subnet-nacl",
        "SUBNET_ACL_RESTRICTION",
        path_end,
    )


def test_a_database_instance_of_a_peered_vpc_needs_a_route_back():
    peered = designs.peered_hub()
    data = designs.instance("db-orders", "subnet-hub", "10.9.20.9", "sg-endpoints", kind="db-instance")
    peered = changed(plus(peered, "workloads", data), "sg-endpoints", ingress=(ingress("sg-app", 5432),))
    request = connect_to_database(source="i-spoke", answer="10.9.20.9")

    assert walk(peered, request).reachable
    assert designs.ends(walk(changed(peered, "rtb-hub", routes=()), request)) == (
        "destination-subnet-route-table",
        "NO_ROUTE_TO_DESTINATION",
        "postgresql",
    )


def test_the_endpoint_that_answers_is_the_destination():
    assert walk(designs.interface_endpoint(), send_message()).told.destination == "vpce-sqs"
    assert walk(designs.s3_gateway(), designs.get_object()).told.destination is None
    assert walk(designs.s3_nat(), designs.get_object()).told.destination is None


def test_two_vpcs_may_use_the_same_addresses():
    twin = dataclasses.replace(
        designs.interface_endpoint(),
        vpcs=(designs.vpc(), designs.vpc("vpc-twin")),
    )
    twin = plus(twin, "subnets", subnet("subnet-twin", "10.0.20.0/24", "vpc-twin"))
    other = designs.interface(
        "vpce-twin",
        vpc_id="vpc-twin",
        network_interfaces=(network_interface("subnet-twin", designs.ENDPOINT_IP),),
    )
    twin = plus(twin, "vpc_endpoints", other)

    assert walk(twin, send_message()).told.endpoint_used == "vpce-sqs"
    assert (
        walk(without(twin, "vpce-sqs"), send_message(answer=designs.ENDPOINT_IP)).told.reason
        == "NO_POSSIBLE_DESTINATION"
    )
