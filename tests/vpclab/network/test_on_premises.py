"""Between a data centre and a VPC."""

import pytest

from tests import designs
from tests.designs import (
    ENDPOINT_IP,
    EVERYWHERE,
    MAIN_CIDR,
    changed,
    get_object,
    net,
    plus,
    route,
    send_message,
    site,
)
from vpclab.network import Design, walk
from vpclab.network.connections import OnPremisesRoute, VirtualInterfaceState, VirtualInterfaceType
from vpclab.network.on_premises import site_decision

FROM_SITE = send_message(source="host-batch")


def lines(*pairs: tuple[str, str]) -> tuple[OnPremisesRoute, ...]:
    return tuple(OnPremisesRoute(destination=net(cidr), target=target) for cidr, target in pairs)


def to_the_host(answer: str = "172.16.4.20"):
    """A call from the VPC to an address of the data centre."""
    return send_message(host="batch.corp.example.com", answer=answer)


def test_a_host_reaches_the_endpoint_over_vpn():
    journey = walk(designs.over_vpn(), FROM_SITE)

    assert [hop.at for hop in journey.hops] == [
        "on-premises-dns",
        "rslvr-in-main",
        "host-batch",
        "vgw-main",
        "vpce-sqs",
        "sg-endpoints",
        "rtb-main",
        "vpce-sqs",
        "sqs",
    ]
    assert journey.told.path_words == ("onprem-host", "virtual-private-gateway", "interface-endpoint", "sqs")
    assert journey.told.route_chosen is None


def test_a_host_reaches_the_endpoint_over_direct_connect():
    assert walk(designs.over_direct_connect(), FROM_SITE).told.path_words == (
        "onprem-host",
        "direct-connect",
        "virtual-private-gateway",
        "interface-endpoint",
        "sqs",
    )


@pytest.mark.parametrize("kind", [VirtualInterfaceType.PUBLIC, VirtualInterfaceType.TRANSIT])
def test_other_kinds_of_virtual_interface_are_not_modelled(kind: VirtualInterfaceType):
    journey = walk(
        changed(designs.over_direct_connect(), "dxvif-main", virtual_interface_type=kind), FROM_SITE
    )

    assert designs.ends(journey) == ("direct-connect", "UNSUPPORTED_COMPONENT", "direct-connect")
    assert "VIRTUAL_INTERFACE_TYPE_NOT_MODELLED" in journey.notes


def test_a_route_to_a_line_that_is_gone_is_a_blackhole():
    gone = designs.over_vpn(on_premises=site("dxvif-gone"))

    assert designs.ends(walk(gone, FROM_SITE)) == ("onprem-host", "BAD_STATE_ROUTE", "onprem-host")


def test_the_longest_prefix_of_the_sites_routes_wins():
    design = designs.over_vpn(
        on_premises=site(routes=lines((EVERYWHERE, "vgw-a"), (MAIN_CIDR, "vgw-b"), ("10.0.20.0/24", "vgw-c")))
    )

    chosen = [
        site_decision(design, "host-batch", designs.ip(a)).winner
        for a in (ENDPOINT_IP, "10.0.1.1", "8.8.8.8")
    ]

    assert [route.target if route else None for route in chosen] == ["vgw-c", "vgw-b", "vgw-a"]
    assert site_decision(designs.s3_nat(), "host-batch", designs.ip(ENDPOINT_IP)).winner is None


def test_a_site_with_an_internet_line_uses_it_for_public_addresses():
    online = designs.over_vpn(on_premises=site(internet=True))

    journey = walk(online, get_object(source="host-batch"))

    assert journey.told.path_words == ("onprem-host", "internet", "s3")
    assert journey.told.uses_public_ip


def test_an_internet_line_carries_no_private_addresses():
    online = designs.over_vpn(on_premises=site(internet=True, routes=()))

    assert designs.ends(walk(online, FROM_SITE)) == ("onprem-host", "NO_ROUTE_TO_DESTINATION", "onprem-host")


def test_a_route_for_everything_leads_public_addresses_to_the_vpc_which_refuses_them():
    all_in = designs.over_vpn(on_premises=site(internet=True, routes=lines((EVERYWHERE, "vgw-main"))))

    journey = walk(all_in, get_object(source="host-batch"))

    assert designs.ends(journey) == (
        "virtual-private-gateway",
        "VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS",
        "virtual-private-gateway",
    )


def test_a_host_whose_site_is_not_given_has_no_way():
    nowhere = designs.over_vpn(on_premises=None)

    assert (
        walk(nowhere, send_message(source="host-batch", answer=ENDPOINT_IP)).told.reason
        == "NO_ROUTE_TO_DESTINATION"
    )


# --- into the data centre ----------------------------------------------------------------------------


def test_an_instance_reaches_a_host_of_the_data_centre_over_vpn():
    journey = walk(designs.over_vpn(), to_the_host())

    assert journey.reachable
    assert journey.told.path_words == ("instance", "subnet-route-table", "virtual-private-gateway", "sqs")
    assert [(hop.at, str(hop.leg)) for hop in journey.return_hops] == [("host-batch", "return")]


def test_an_instance_reaches_a_host_of_the_data_centre_over_direct_connect():
    assert walk(designs.over_direct_connect(), to_the_host()).told.path_words == (
        "instance",
        "subnet-route-table",
        "virtual-private-gateway",
        "direct-connect",
        "sqs",
    )


def test_a_line_that_is_down_carries_nothing_into_the_data_centre():
    down = changed(designs.over_direct_connect(), "dxvif-main", state=VirtualInterfaceState.DOWN)

    assert designs.ends(walk(down, to_the_host())) == ("direct-connect", "BAD_STATE", "direct-connect")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [("172.16.4.99", "NO_POSSIBLE_DESTINATION"), ("52.219.1.20", "NO_ROUTE_TO_DESTINATION")],
)
def test_only_hosts_of_the_site_are_reached(answer: str, reason: str):
    everything = changed(designs.over_vpn(), "rtb-main", routes=(route(EVERYWHERE, "vgw-main"),))

    assert designs.ends(walk(everything, to_the_host(answer))) == (
        "virtual-private-gateway",
        reason,
        "virtual-private-gateway",
    )


def test_a_gateway_without_a_site_behind_it_leads_nowhere():
    alone = designs.over_vpn(on_premises=None)

    assert walk(alone, to_the_host()).told.reason == "NO_ROUTE_TO_DESTINATION"


def test_the_site_needs_a_route_back():
    one_way = designs.over_vpn(on_premises=site(routes=()))

    journey = walk(one_way, to_the_host())

    assert designs.ends(journey) == ("onprem-host", "NO_ROUTE_TO_DESTINATION", "sqs")
    assert (journey.told.stage, journey.told.leg) == ("return", "return")


@pytest.mark.parametrize("target", ["vgw-gone", "vgw-other"])
def test_a_route_back_to_nowhere_or_to_another_vpc_is_none(target: str):
    other = plus(designs.over_vpn(on_premises=site(target)), "vpcs", designs.vpc("vpc-other", "10.7.0.0/16"))
    other = plus(other, "vpn_gateways", designs.VpnGateway(vpn_gateway_id="vgw-other", vpc_id="vpc-other"))

    assert designs.ends(walk(other, to_the_host()))[0] == "onprem-host"


def test_a_gateway_of_another_vpc_is_not_there():
    other: Design = changed(designs.over_vpn(), "vgw-main", vpc_id="vpc-other")
    other = plus(other, "vpcs", designs.vpc("vpc-other", "10.7.0.0/16"))

    assert walk(other, to_the_host()).told.reason == "BAD_STATE_ROUTE"
