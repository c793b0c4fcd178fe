"""Edits: what each does to a design, and what a design refuses."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests import designs
from tests.designs import ip, net
from tests.vpclab.network.random_designs import DESIGNS_AND_REQUESTS
from vpclab.errors import DesignError, Problem, VpcLabError
from vpclab.network import Verdict, walk
from vpclab.network.design import Design
from vpclab.network.diff import diff
from vpclab.network.edits import (
    AddItem,
    AddPart,
    ChangePart,
    Edit,
    MoveItem,
    MovePart,
    RemoveItem,
    RemovePart,
    ReplaceItem,
    SetField,
    apply,
    apply_all,
    apply_fitting,
)
from vpclab.network.name_servers import HostedZone
from vpclab.network.resources import CidrRoute, InternetGateway, NatGateway
from vpclab.sandbox import Choices, WayOut, ask, build

LAB = build(Choices(way_out=WayOut.NAT))
ANYWHERE = CidrRoute(destination=net("0.0.0.0/0"), target="nat-lab")
ROUTES: dict[str, Any] = {"section": "route_tables", "part_id": "rtb-app", "field": "routes"}
NAT = NatGateway(nat_gateway_id="nat-two", subnet_id="subnet-edge", private_ip=ip("10.0.0.60"))


def refused(edit: Edit, design: Design = LAB) -> Problem:
    with pytest.raises(DesignError) as caught:
        apply(design, edit)
    assert isinstance(caught.value, VpcLabError)
    (problem,) = caught.value.problems
    return problem


# --- what edits do -------------------------------------------------------------------------------------


def test_a_part_comes_to_stand_where_the_edit_says():
    edited = apply(LAB, AddPart(section="nat_gateways", part=NAT, position=0))

    assert [gateway.nat_gateway_id for gateway in edited.nat_gateways] == ["nat-two", "nat-lab"]


def test_the_design_before_stays_as_it_was():
    before = build(Choices(way_out=WayOut.NAT))

    apply(LAB, RemovePart(section="nat_gateways", part_id="nat-lab"))

    assert before == LAB


def test_a_design_looks_up_the_part_as_edited():
    assert LAB.vpc["vpc-lab"].enable_dns_support

    edited = apply(
        LAB, ChangePart(section="vpcs", part_id="vpc-lab", field="enable_dns_support", value=False)
    )

    assert not edited.vpc["vpc-lab"].enable_dns_support


def test_removing_the_nat_gateway_leaves_a_route_that_leads_nowhere():
    edited = apply(LAB, RemovePart(section="nat_gateways", part_id="nat-lab"))

    assert ANYWHERE in edited.route_tables[1].routes
    assert walk(LAB, ask(Choices())).told.verdict is Verdict.DELIVERED
    assert walk(edited, ask(Choices())).told.verdict is Verdict.DROPPED


def test_removing_the_route_stops_the_request():
    edited = apply(LAB, RemoveItem(**ROUTES, item=ANYWHERE))

    assert walk(edited, ask(Choices())).told.verdict is Verdict.DROPPED


def test_items_are_added_moved_and_replaced_in_place():
    local, way_out = LAB.route_tables[1].routes
    other = replace(ANYWHERE, target="igw-lab")
    more = CidrRoute(destination=net("10.9.0.0/16"), target="pcx-1")

    edited = apply_all(
        LAB,
        (
            AddItem(**ROUTES, item=more, position=1),
            MoveItem(**ROUTES, item=local, position=2),
            ReplaceItem(**ROUTES, item=way_out, new_item=other),
        ),
    )

    assert edited.route_tables[1].routes == (more, other, local)


def test_one_of_several_equal_items_is_told_by_its_number():
    other = CidrRoute(destination=net("10.9.0.0/16"), target="pcx-1")
    table = replace(LAB.route_tables[1], routes=(ANYWHERE, other, ANYWHERE))
    design = replace(LAB, route_tables=(LAB.route_tables[0], table))

    for number, left in ((0, (other, ANYWHERE)), (1, (ANYWHERE, other))):
        edited = apply(design, RemoveItem(**ROUTES, item=ANYWHERE, item_number=number))
        assert edited.route_tables[1].routes == left


def test_one_of_two_zones_with_one_name_is_told_by_its_number():
    zones = tuple(HostedZone(name="internal", vpc_ids=(one,)) for one in ("vpc-a", "vpc-b"))
    design = replace(LAB, hosted_zones=zones)

    assert apply(design, RemovePart(section="hosted_zones", part_id="internal")).hosted_zones == zones[1:]
    edited = apply(design, RemovePart(section="hosted_zones", part_id="internal", part_number=1))
    assert edited.hosted_zones == zones[:1]


def test_an_internet_gateway_can_be_attached_elsewhere():
    gateway = InternetGateway(internet_gateway_id="igw-lab", vpc_id="vpc-two")
    edit = ChangePart(section="internet_gateways", part_id="igw-lab", field="vpc_id", value="vpc-two")

    assert apply(LAB, edit).internet_gateways == (gateway,)


def test_the_data_centre_is_a_section_of_one_part_without_an_id():
    design = designs.over_vpn()

    edited = apply(design, ChangePart(section="on_premises", part_id="", field="internet", value=True))

    assert edited.on_premises is not None
    assert edited.on_premises.internet
    assert apply(edited, SetField(field="on_premises", value=None)).on_premises is None


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(before=DESIGNS_AND_REQUESTS, after=DESIGNS_AND_REQUESTS, other=DESIGNS_AND_REQUESTS)
def test_edits_on_another_design_fit_or_are_returned(before: Any, after: Any, other: Any):
    edits = diff(before[0], after[0])

    edited, unfit = apply_fitting(other[0], edits)

    fitting = tuple(edit for edit in edits if edit not in unfit)
    assert set(unfit) <= set(edits)
    if not unfit:
        assert edited == apply_all(other[0], fitting)
    assert apply_fitting(before[0], edits) == (after[0], ())


def test_edits_that_do_not_fit_leave_the_others_alone():
    unknown = RemovePart(section="nat_gateways", part_id="nat-gone")
    known = RemovePart(section="nat_gateways", part_id="nat-lab")

    edited, unfit = apply_fitting(LAB, (unknown, known, known))

    assert edited.nat_gateways == ()
    assert unfit == (unknown, known)
    with pytest.raises(DesignError):
        apply_all(LAB, (known, known))


# --- what a design refuses -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edit", "path", "code"),
    [
        (AddPart(section="wires", part=NAT, position=0), ("wires",), "unknown_key"),
        (AddPart(section="region", part=NAT, position=0), ("region",), "unknown_key"),
        (AddPart(section="on_premises", part=NAT, position=0), ("on_premises",), "unknown_key"),
        (AddPart(section="vpcs", part=NAT, position=0), ("vpcs",), "value_of_other_kind"),
        (
            AddPart(section="nat_gateways", part=NAT, position=2),
            ("nat_gateways",),
            "position_out_of_range",
        ),
        (
            AddPart(section="nat_gateways", part=NAT, position=-1),
            ("nat_gateways",),
            "position_out_of_range",
        ),
        (
            RemovePart(section="nat_gateways", part_id="nat-gone"),
            ("nat_gateways", "nat-gone"),
            "unknown_id",
        ),
        (
            RemovePart(section="nat_gateways", part_id="nat-lab", part_number=1),
            ("nat_gateways", "nat-lab"),
            "unknown_id",
        ),
        (
            RemovePart(section="nat_gateways", part_id="nat-lab", part_number=-1),
            ("nat_gateways", "nat-lab"),
            "unknown_id",
        ),
        (
            MovePart(section="subnets", part_id="subnet-app", position=2),
            ("subnets", "subnet-app"),
            "position_out_of_range",
        ),
        (
            ChangePart(section="vpcs", part_id="vpc-lab", field="colour", value="red"),
            ("vpcs", "vpc-lab", "colour"),
            "unknown_key",
        ),
        (
            ChangePart(section="vpcs", part_id="vpc-lab", field="enable_dns_support", value="no"),
            ("vpcs", "vpc-lab", "enable_dns_support"),
            "value_of_other_kind",
        ),
        (
            ChangePart(section="vpcs", part_id="vpc-lab", field="vpc_id", value="vpc-new"),
            ("vpcs", "vpc-lab", "vpc_id"),
            "id_cannot_change",
        ),
        (
            ChangePart(section="route_tables", part_id="rtb-app", field="routes", value=()),
            ("route_tables", "rtb-app", "routes"),
            "unknown_key",
        ),
        (
            ChangePart(section="on_premises", part_id="", field="internet", value=True),
            ("on_premises", ""),
            "unknown_id",
        ),
        (
            ChangePart(section="region", part_id="", field="region", value="x"),
            ("region",),
            "unknown_key",
        ),
        (
            AddItem(section="vpcs", part_id="vpc-lab", field="cidr_block", item="x", position=0),
            ("vpcs", "vpc-lab", "cidr_block"),
            "unknown_key",
        ),
        (
            AddItem(**ROUTES, item="x", position=0),
            ("route_tables", "rtb-app", "routes"),
            "value_of_other_kind",
        ),
        (
            AddItem(**ROUTES, item=ANYWHERE, position=3),
            ("route_tables", "rtb-app", "routes"),
            "position_out_of_range",
        ),
        (
            RemoveItem(**ROUTES, item=replace(ANYWHERE, target="igw-lab")),
            ("route_tables", "rtb-app", "routes"),
            "item_absent",
        ),
        (
            ReplaceItem(**ROUTES, item=ANYWHERE, new_item=NAT),
            ("route_tables", "rtb-app", "routes"),
            "value_of_other_kind",
        ),
        (
            RemoveItem(**ROUTES, item=ANYWHERE, item_number=1),
            ("route_tables", "rtb-app", "routes"),
            "item_absent",
        ),
        (SetField(field="vpcs", value=()), ("vpcs",), "unknown_key"),
        (SetField(field="region", value=None), ("region",), "value_of_other_kind"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(edit: Edit, path: tuple[str, ...], code: str):
    problem = refused(edit)

    assert (problem.path, problem.code) == (path, code)


def test_a_long_id_is_shortened_where_it_is_quoted():
    problem = refused(RemovePart(section="vpcs", part_id="v" * 5_000))

    assert len(str(problem.facts["id"])) == 60


def test_a_part_of_the_other_endpoint_type_has_no_such_field():
    design = designs.s3_gateway()
    edit = ChangePart(section="vpc_endpoints", part_id="vpce-s3", field="private_dns_enabled", value=True)

    assert refused(edit, design).code == "unknown_key"
