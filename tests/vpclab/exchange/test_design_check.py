"""Whether an edited design holds together: as a design file would be judged, and so that it can be walked."""

import json
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import designs
from tests.vpclab.exchange.strategies import DESIGNS
from tests.vpclab.network.random_designs import DESIGNS_AND_REQUESTS
from vpclab.exchange.design_check import dangling
from vpclab.exchange.design_file import BrokenCase, read_cases
from vpclab.exchange.design_writer import write_case
from vpclab.network.design import Design
from vpclab.network.diff import diff
from vpclab.network.edits import (
    AddPart,
    ChangePart,
    RemovePart,
    apply,
    apply_all,
    apply_fitting,
)
from vpclab.network.name_servers import DnsServer
from vpclab.network.request import Request
from vpclab.network.resources import NatGateway
from vpclab.network.walk import walk
from vpclab.sandbox import Choices, WayOut, ask, build

PROPERTY = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
FROM_PARTS = DESIGNS_AND_REQUESTS.map(lambda pair: pair[0])
LAB = build(Choices(way_out=WayOut.NAT))


@PROPERTY
@given(design=DESIGNS)
def test_a_design_whose_ids_hold_together_has_nothing_dangling(design: Design):
    assert dangling(design) == ()


@PROPERTY
@given(pair=DESIGNS_AND_REQUESTS, data=st.data())
def test_dangling_agrees_with_the_design_file_and_lets_only_what_can_be_walked_pass(
    pair: Any, data: st.DataObject
):
    design, request = pair
    edits = [
        RemovePart(section=section, part_id=str(getattr(part, name)))
        for section, name in (("vpcs", "vpc_id"), ("subnets", "subnet_id"), ("security_groups", "group_id"))
        for part in getattr(design, section)
    ]
    edited = apply_all(design, data.draw(st.lists(st.sampled_from(edits), unique=True, max_size=2)))

    written = json.dumps(write_case(edited, request, "edited")).encode()
    case = read_cases(written, "a.json").cases[0]

    assert bool(dangling(edited)) == isinstance(case, BrokenCase)
    if not dangling(edited):
        walk(edited, request)


@PROPERTY
@given(pair=DESIGNS_AND_REQUESTS, one=FROM_PARTS, other=FROM_PARTS | DESIGNS, data=st.data())
def test_what_does_not_dangle_after_any_edits_can_be_walked(
    pair: tuple[Design, Request], one: Design, other: Design, data: st.DataObject
):
    design, request = pair
    edits = diff(one, other)
    chosen = data.draw(st.lists(st.sampled_from(edits), unique=True, max_size=12)) if edits else []

    edited, _ = apply_fitting(design, chosen)

    if not dangling(edited) and request.source in edited.workload:
        walk(edited, request)


def test_a_design_with_a_thousand_problems_is_given_up():
    subnet = LAB.subnets[0]
    many = tuple(replace(subnet, subnet_id=f"subnet-{number}", vpc_id="gone") for number in range(1_500))

    problems = dangling(replace(LAB, subnets=many))

    assert len(problems) == 1_001
    assert problems[-1].code == "too_many_problems"


def test_a_route_to_a_nat_gateway_that_is_gone_may_stay():
    edited = apply(LAB, RemovePart(section="nat_gateways", part_id="nat-lab"))

    assert dangling(edited) == ()
    assert not walk(edited, ask(Choices())).reachable


def test_an_id_that_is_gone_dangles_wherever_it_is_named():
    edited = apply(LAB, RemovePart(section="security_groups", part_id="sg-app"))

    assert [(problem.path, problem.code) for problem in dangling(edited)] == [
        (("workloads", 0, "Groups", 0), "unknown_id")
    ]


def test_an_id_that_is_there_twice_dangles():
    gateway = LAB.nat_gateways[0]
    edited = apply(LAB, AddPart(section="nat_gateways", part=gateway, position=0))

    (problem,) = dangling(edited)

    assert isinstance(gateway, NatGateway)
    assert (problem.path, problem.code) == (("nat_gateways", 1, "NatGatewayId"), "duplicate_id")


def test_an_instance_without_a_subnet_is_told():
    edit = ChangePart(section="workloads", part_id="i-app", field="subnet_id", value=None)

    assert [problem.code for problem in dangling(apply(LAB, edit))] == ["subnet_needed"]


def test_a_vpc_without_any_dns_server_is_told():
    vpc = replace(LAB.vpcs[0], domain_name_servers=())

    (problem,) = dangling(replace(LAB, vpcs=(vpc,)))

    assert (problem.path, problem.code) == (
        ("vpcs", "vpc-lab", "DomainNameServers"),
        "list_left_empty",
    )


def test_a_dns_server_of_a_vpc_that_is_gone_dangles():
    server = DnsServer(ip=designs.ip("10.0.0.9"), location="vpc-gone")

    (problem,) = dangling(replace(LAB, dns_servers=(server,)))

    assert problem.path == ("dns_servers", 0, "Location")
