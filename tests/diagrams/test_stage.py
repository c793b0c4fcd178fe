"""One stage: what a choice changes is lit or dimmed in its place."""

from dataclasses import replace
from ipaddress import IPv4Address, IPv4Network
from itertools import pairwise

import pytest

from diagrams import Drawing, draw
from tests.diagrams.pictures import JA, cards, cases, classes, nat_design, walked, without_nat
from vpclab.network import Design, walk
from vpclab.network.endpoints import GatewayEndpoint, InterfaceEndpoint, NetworkInterface
from vpclab.network.resources import InternetGateway, PrefixList

S3 = "com.amazonaws.ap-northeast-1.s3"
GATEWAY = GatewayEndpoint(
    vpc_endpoint_id="vpce-gw", service_name=S3, vpc_id="vpc-main", route_table_ids=("rtb-private",)
)
INTERFACE = InterfaceEndpoint(
    vpc_endpoint_id="vpce-if",
    service_name=S3,
    vpc_id="vpc-main",
    network_interfaces=(
        NetworkInterface(subnet_id="subnet-private", private_ip_address=IPv4Address("10.20.10.40")),
    ),
    private_dns_enabled=True,
)


def drawn(design: Design) -> Drawing:
    request = cases()["ec2-over-nat-and-internet-gateway"].request
    return draw(design, walk(design, request), JA)


def variants() -> dict[str, Design]:
    nat = nat_design()
    bare = without_nat(nat)
    return {
        "nat": nat,
        "nat and gateway endpoint": replace(nat, vpc_endpoints=(GATEWAY,)),
        "nat and interface endpoint": replace(nat, vpc_endpoints=(INTERFACE,)),
        "nat gateway taken out": replace(nat, nat_gateways=()),
        "internet gateway and its route taken out": replace(
            nat,
            nat_gateways=(),
            internet_gateways=(),
            route_tables=tuple(replace(table, routes=()) for table in nat.route_tables),
        ),
        "nothing but the private subnet": bare,
        "gateway endpoint only": replace(bare, vpc_endpoints=(GATEWAY,)),
        "interface endpoint only": replace(bare, vpc_endpoints=(INTERFACE,)),
        "both endpoints": replace(bare, vpc_endpoints=(GATEWAY, INTERFACE)),
        "unused internet gateway": replace(
            bare, internet_gateways=(InternetGateway(internet_gateway_id="igw-x", vpc_id="vpc-main"),)
        ),
    }


@pytest.mark.parametrize("name", variants())
def test_all_cards_keep_their_ids_and_places_whatever_way_out_is_chosen(name: str) -> None:
    assert cards(drawn(variants()[name]).svg) == cards(drawn(nat_design()).svg)


@pytest.mark.parametrize("name", variants())
def test_the_size_of_the_picture_does_not_depend_on_the_way_out(name: str) -> None:
    drawing, nat = drawn(variants()[name]), drawn(nat_design())

    assert (drawing.width, drawing.height) == (nat.width, nat.height)


def test_what_the_design_lacks_is_a_ghost() -> None:
    drawing = drawn(variants()["gateway endpoint only"])

    for slot in ("v1-a1-out1-nat", "v1-a1-out1-rt", "v1-igw", "v1-a1-in1-eni1"):
        assert "ghost" in classes(drawing.svg, f"node-{slot}")
    assert "ghost" in classes(drawing.svg, "frame-v1-a1-out1")
    assert "ghost" not in classes(drawing.svg, "node-v1-gwe")


def test_the_gateway_endpoint_takes_the_walk_without_moving_anything() -> None:
    design = replace(
        nat_design(),
        vpc_endpoints=(GATEWAY,),
        prefix_lists=(PrefixList(prefix_list_id="pl-s3", prefix_list_name=S3, cidrs=nat_prefixes()),),
    )

    drawing = drawn(design)

    assert "walk" in classes(drawing.svg, "node-v1-gwe")
    assert "walk" not in classes(drawing.svg, "node-v1-a1-out1-nat")


def nat_prefixes() -> tuple[IPv4Network, ...]:
    return cases()["bucket-abroad-leaves-by-nat"].design.prefix_lists[0].cidrs


def test_the_caller_can_change_without_moving_anything() -> None:
    case = cases()["two-zones-one-nat"]
    pictures = [
        cards(draw(case.design, walk(case.design, replace(case.request, source=source)), JA).svg)
        for source in ("i-app-a", "i-app-c", "i-bastion")
    ]

    common = set.intersection(*map(set, pictures))
    assert len(common) >= 14
    assert all(picture[card] == pictures[0][card] for picture in pictures for card in common)


def test_no_two_cards_touch() -> None:
    for case_id in cases():
        design, journey = walked(case_id)
        boxes = [tuple(map(float, box)) for box in cards(draw(design, journey, JA).svg).values()]
        for number, (x, y, wide, high) in enumerate(boxes):
            for other_x, other_y, _, _ in boxes[number + 1 :]:
                assert abs(x - other_x) >= wide or abs(y - other_y) >= high, case_id


def test_every_line_stays_clear_of_cards_it_does_not_join() -> None:
    # Graphviz routes round the cards; a straight fall-back line would show as a slanted stretch.
    for case_id in cases():
        design, journey = walked(case_id)
        for path in draw(design, journey, JA).svg.split('class="line" d="')[1:]:
            points = [
                tuple(map(float, part.split()[-2:]))
                for part in path.split('"')[0][1:].replace("Q", "L").split("L")
            ]
            for (ax, ay), (bx, by) in pairwise(points):
                assert min(abs(ax - bx), abs(ay - by)) <= 8.1, case_id
