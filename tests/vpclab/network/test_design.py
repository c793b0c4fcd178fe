"""Look-ups of a Design, and that it is a value."""

import copy
from collections.abc import Callable

import pytest

from tests import designs
from tests.designs import changed, ip, plus, send_message
from vpclab.network import Design, walk
from vpclab.network.endpoints import NetworkInterface
from vpclab.network.hops import plain


def test_two_designs_of_equal_parts_are_equal():
    assert designs.s3_nat() == designs.s3_nat()
    assert hash(designs.s3_nat()) == hash(designs.s3_nat())
    assert designs.s3_nat() != designs.s3_gateway()


def test_looking_things_up_does_not_change_a_design():
    walked = designs.interface_endpoint()
    walk(walked, send_message())

    assert walked == designs.interface_endpoint()
    assert hash(walked) == hash(designs.interface_endpoint())


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy])
def test_copies_make_look_ups_of_their_own(again: Callable[[Design], Design]):
    design = designs.interface_endpoint()
    walk(design, send_message())

    twin = again(design)

    assert twin == design
    assert set(vars(twin)) == set(Design.__dataclass_fields__)
    assert walk(twin, send_message()).reachable


def test_a_design_is_not_changed_in_place():
    with pytest.raises(AttributeError):
        designs.s3_nat().region = "us-west-2"


@pytest.mark.parametrize(
    ("look_up", "component_id"),
    [
        ("vpc", "vpc-main"),
        ("subnet", "subnet-app"),
        ("endpoint", "vpce-sqs"),
        ("security_group", "sg-endpoints"),
        ("workload", "host-batch"),
        ("vpn_gateway", "vgw-main"),
        ("virtual_interface", "dxvif-main"),
    ],
)
def test_components_are_found_by_id(look_up: str, component_id: str):
    found = getattr(designs.over_direct_connect(), look_up)[component_id]

    assert designs.id_of(found) == component_id


def test_who_has_an_address_is_told_by_vpc():
    attached = designs.database().attached

    assert attached["vpc-main", ip("10.0.30.9")].groups == ("sg-data",)
    assert attached["vpc-main", ip(designs.ENDPOINT_IP)].groups == ("sg-endpoints",)
    assert ("vpc-other", ip("10.0.30.9")) not in attached


def test_hosts_on_premises_are_told_by_address():
    assert designs.over_vpn().onprem_host_by_address[ip("172.16.4.20")].id == "host-batch"


def test_addresses_that_look_public_may_lie_inside():
    odd = designs.over_vpn(
        vpcs=(designs.vpc(cidr="198.18.0.0/16"),),
        on_premises=designs.OnPremises(cidr=designs.net("198.51.100.0/24")),
    )

    assert odd.is_inside(ip("198.18.1.1"))
    assert odd.is_inside(ip("198.51.100.7"))
    assert not odd.is_inside(ip("203.0.113.1"))


def test_peered_vpcs_are_peered_both_ways_while_active():
    active = designs.peered_hub()

    assert active.peered == {("vpc-spoke", "vpc-hub"), ("vpc-hub", "vpc-spoke")}
    assert changed(active, "pcx-hub", state="deleted").peered == frozenset()


def test_the_suffix_of_an_endpoint_is_told_by_id():
    assert designs.s3_gateway().endpoint_suffix["vpce-s3"] == (designs.REGION, "s3")


def test_of_two_lists_with_one_name_the_first_is_taken():
    two = plus(designs.s3_gateway(), "prefix_lists", designs.prefix_list("pl-two"))

    assert two.prefix_list_by_name[designs.S3].prefix_list_id == "pl-s3"


def test_an_address_or_a_network_in_the_facts_becomes_text():
    facts = plain(address=ip("10.0.0.1"), ports=(1, 2), flag=True, nothing=None, items=[ip("10.0.0.2")]).facts

    assert facts == {
        "address": "10.0.0.1",
        "ports": [1, 2],
        "flag": True,
        "nothing": None,
        "items": ["10.0.0.2"],
    }


def test_parts_are_equal_by_value():
    one = NetworkInterface(subnet_id="subnet-app", private_ip_address=ip("10.0.0.1"))

    assert one == NetworkInterface(subnet_id="subnet-app", private_ip_address=ip("10.0.0.1"))
