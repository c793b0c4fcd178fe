"""The difference of two designs: it makes one into the other, and says no more than has changed."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import designs
from tests.designs import net
from tests.vpclab.exchange.strategies import DESIGNS
from tests.vpclab.network.random_designs import DESIGNS_AND_REQUESTS
from vpclab.network.connections import TransitGateway, TransitGatewayRoute, TransitGatewayRouteTable
from vpclab.network.design import Design
from vpclab.network.diff import diff, rearrange
from vpclab.network.edits import (
    AddItem,
    AddPart,
    ChangePart,
    MoveItem,
    MovePart,
    RemoveItem,
    RemovePart,
    ReplaceItem,
    SetField,
    apply_all,
)
from vpclab.network.endpoints import GatewayEndpoint
from vpclab.network.name_servers import HostedZone, ZoneRecord
from vpclab.network.resources import CidrRoute
from vpclab.network.sections import list_sections
from vpclab.sandbox import Choices, EndpointGroup, WayOut, build

FROM_HINTS = DESIGNS
FROM_PARTS = DESIGNS_AND_REQUESTS.map(lambda pair: pair[0])
PROPERTY = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def assert_law(before: Design, after: Design) -> None:
    assert apply_all(before, diff(before, after)) == after


@PROPERTY
@given(before=FROM_HINTS, after=FROM_HINTS)
def test_difference_of_designs_from_type_hints_makes_one_the_other(before: Design, after: Design):
    assert_law(before, after)
    assert diff(before, before) == ()


@PROPERTY
@given(before=FROM_PARTS, after=FROM_PARTS)
def test_difference_of_designs_that_work_makes_one_the_other(before: Design, after: Design):
    assert_law(before, after)
    assert_law(before, Design(region="eu-north-1"))
    assert_law(Design(region="eu-north-1"), after)


@PROPERTY
@given(before=FROM_PARTS, after=FROM_PARTS, data=st.data())
def test_difference_keeps_any_order_and_any_repetition(before: Design, after: Design, data: st.DataObject):
    def shuffled(design: Design) -> Design:
        # No sound design repeats an id, but the difference does not ask for sound ones.
        mixed = {
            section: tuple(data.draw(st.lists(st.sampled_from(parts), max_size=5)))
            for section in list_sections()
            if (parts := getattr(before, section) + getattr(after, section))
        }
        return replace(design, **mixed)

    assert_law(shuffled(before), shuffled(after))


def test_every_list_of_few_letters_is_rearranged_into_every_other():
    lists = [letters for length in range(5) for letters in product("abc", repeat=length)]

    for before, after in product(lists, lists):
        steps, reached = rearrange(before, after, lambda letter: letter)
        current = list(before)
        for step in steps:
            step.take(current)
        assert tuple(current) == reached == after


@pytest.mark.parametrize(
    ("before", "after", "count"),
    [
        ("abcde", "abcde", 0),
        ("abcde", "abde", 1),
        ("abde", "abcde", 1),
        ("abcde", "eabcd", 1),
        ("abcde", "bcdea", 1),
        ("aba", "ba", 1),
        ("abc", "cba", 2),
        ("abc", "xyz", 6),
    ],
)
def test_a_list_is_rearranged_in_the_fewest_steps(before: str, after: str, count: int):
    assert len(rearrange(before, after, lambda letter: letter)[0]) == count


# --- what people do ------------------------------------------------------------------------------------


def test_a_changed_attribute_is_one_edit():
    before = designs.s3_gateway()

    assert diff(before, designs.changed(before, "vpc-main", enable_dns_support=False)) == (
        ChangePart(section="vpcs", part_id="vpc-main", field="enable_dns_support", value=False),
    )


def test_a_nat_gateway_is_two_parts_and_two_routes():
    before, after = (build(Choices(way_out=way_out)) for way_out in (WayOut.NONE, WayOut.NAT))

    assert [(type(edit), getattr(edit, "part_id", None)) for edit in diff(before, after)] == [
        (AddPart, None),
        (AddPart, None),
        (AddItem, "rtb-edge"),
        (AddItem, "rtb-app"),
    ]
    assert [type(edit) for edit in diff(after, before)] == [RemovePart, RemovePart, RemoveItem, RemoveItem]


def test_a_gateway_endpoint_is_one_part():
    before, after = (build(Choices(gateway_endpoint=given)) for given in (False, True))

    (edit,) = diff(before, after)

    assert edit == AddPart(section="vpc_endpoints", part=after.endpoint["vpce-s3"], position=0)


def test_another_rule_is_one_removed_and_one_added():
    before, after = (
        build(Choices(interface_endpoint=True, endpoint_group=group))
        for group in (EndpointGroup.VPC, EndpointGroup.CALLER)
    )

    removed, added = diff(before, after)

    old, new = (design.security_group["sg-endpoint"].ingress[0] for design in (before, after))
    where = {"section": "security_groups", "part_id": "sg-endpoint", "field": "ingress"}
    assert removed == RemoveItem(**where, item=old)
    assert added == AddItem(**where, item=new, position=0)


def test_another_target_of_a_route_is_one_edit():
    before = build(Choices(way_out=WayOut.NAT))
    table = before.route_tables[1]
    route = table.routes[1]
    assert isinstance(route, CidrRoute)
    other = replace(route, target="igw-lab")
    tables = (before.route_tables[0], replace(table, routes=(table.routes[0], other)))

    assert diff(before, replace(before, route_tables=tables)) == (
        ReplaceItem(section="route_tables", part_id="rtb-app", field="routes", item=route, new_item=other),
    )


def test_a_new_route_of_a_transit_gateway_is_one_edit():
    table = TransitGatewayRouteTable(route_table_id="tgw-rtb-1")
    gateway = TransitGateway(transit_gateway_id="tgw-1", route_tables=(table,))
    before = replace(designs.s3_gateway(), transit_gateways=(gateway,))
    longer = replace(table, routes=(TransitGatewayRoute(destination=net("10.9.0.0/16"), target="att-1"),))
    after = replace(before, transit_gateways=(replace(gateway, route_tables=(longer,)),))

    assert diff(before, after) == (
        ReplaceItem(
            section="transit_gateways", part_id="tgw-1", field="route_tables", item=table, new_item=longer
        ),
    )


def test_a_part_or_an_item_that_moves_is_one_edit():
    before = build(Choices(way_out=WayOut.NAT))
    edge, app = before.route_tables
    routes = tuple(reversed(app.routes))

    assert diff(before, replace(before, subnets=tuple(reversed(before.subnets)))) == (
        MovePart(section="subnets", part_id="subnet-app", position=0),
    )
    assert diff(before, replace(before, route_tables=(edge, replace(app, routes=routes)))) == (
        MoveItem(section="route_tables", part_id="rtb-app", field="routes", item=routes[0], position=0),
    )


def test_an_endpoint_of_the_other_type_is_another_one():
    before = designs.s3_gateway()
    gateway = before.endpoint["vpce-s3"]
    interface = designs.interface_endpoint().interface_endpoints[0]
    after = replace(before, vpc_endpoints=(replace(interface, vpc_endpoint_id="vpce-s3"),))

    assert isinstance(gateway, GatewayEndpoint)
    assert [type(edit) for edit in diff(before, after)] == [RemovePart, AddPart]
    assert_law(before, after)


def test_the_second_of_two_zones_with_one_name_is_told_by_its_number():
    zones = tuple(HostedZone(name="internal", vpc_ids=(vpc_id,)) for vpc_id in ("vpc-main", "vpc-hub"))
    before = replace(designs.s3_gateway(), hosted_zones=zones)
    record = ZoneRecord(name="db.internal", target="10.0.0.9")
    after = replace(before, hosted_zones=(zones[0], replace(zones[1], records=(record,))))

    assert diff(before, after) == (
        AddItem(
            section="hosted_zones",
            part_id="internal",
            part_number=1,
            field="records",
            item=record,
            position=0,
        ),
    )
    assert diff(before, replace(before, hosted_zones=zones[1:])) == (
        RemovePart(section="hosted_zones", part_id="internal"),
    )


def test_the_data_centre_comes_as_a_whole_and_changes_by_its_routes():
    before = designs.over_vpn()
    site = before.on_premises
    assert site is not None
    without = replace(before, on_premises=None)

    assert diff(before, without) == (SetField(field="on_premises", value=None),)
    assert diff(without, before) == (SetField(field="on_premises", value=site),)
    assert diff(before, replace(before, on_premises=replace(site, internet=True, routes=()))) == (
        *(RemoveItem(section="on_premises", part_id="", field="routes", item=route) for route in site.routes),
        ChangePart(section="on_premises", part_id="", field="internet", value=True),
    )


def test_another_region_is_one_edit():
    before = designs.s3_gateway()

    assert diff(before, replace(before, region="eu-north-1")) == (
        SetField(field="region", value="eu-north-1"),
    )
