"""Edits as plain data: what is written reads back, and nothing hostile becomes an edit."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.designs import net
from tests.vpclab.exchange.strategies import DESIGNS
from tests.vpclab.network.random_designs import DESIGNS_AND_REQUESTS
from vpclab.errors import ExchangeError, VpcLabError
from vpclab.exchange.design_check import dangling
from vpclab.exchange.edit_data import MAX_EDITS, MAX_LENGTH, read_edits, write_edits
from vpclab.network.connections import OnPremises
from vpclab.network.design import Design
from vpclab.network.diff import diff
from vpclab.network.edits import (
    AddItem,
    AddPart,
    ChangePart,
    Edit,
    RemovePart,
    SetField,
    apply,
    apply_all,
    apply_fitting,
)
from vpclab.network.name_servers import ForwardRule
from vpclab.network.request import Request
from vpclab.network.resources import CidrRoute, Workload, WorkloadKind
from vpclab.network.walk import walk
from vpclab.sandbox import Choices, WayOut, build

PROPERTY = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
FROM_PARTS = DESIGNS_AND_REQUESTS.map(lambda pair: pair[0])
LAB = build(Choices(way_out=WayOut.NAT))


def through_json(edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
    return read_edits(json.loads(json.dumps(write_edits(edits))))


def told(value: Any) -> list[tuple[str, str]]:
    """What is wrong with plain data: places and codes."""
    with pytest.raises(ExchangeError) as caught:
        read_edits(value)
    assert isinstance(caught.value, VpcLabError)
    return [(".".join(map(str, problem.path)), problem.code) for problem in caught.value.problems]


# --- the way there and back ----------------------------------------------------------------------------


@PROPERTY
@given(before=DESIGNS, after=DESIGNS)
def test_what_is_written_reads_back_as_the_same(before: Design, after: Design):
    edits = diff(before, after)

    assert through_json(edits) == edits
    assert apply_all(before, through_json(edits)) == after


@PROPERTY
@given(before=FROM_PARTS, after=FROM_PARTS)
def test_edits_between_designs_that_work_read_back(before: Design, after: Design):
    edits = diff(before, after)

    assert apply_all(before, through_json(edits)) == after


def test_edits_are_short_and_legible():
    route = CidrRoute(destination=net("10.9.0.0/16"), target="pcx-1")
    edits = (
        RemovePart(section="nat_gateways", part_id="nat-lab"),
        ChangePart(section="vpcs", part_id="vpc-lab", field="enable_dns_support", value=False),
        AddItem(section="route_tables", part_id="rtb-app", field="routes", item=route, position=1),
        ChangePart(section="on_premises", part_id="", field="internet", value=True),
        RemovePart(section="hosted_zones", part_id="internal", part_number=1),
        SetField(field="on_premises", value=None),
    )

    assert write_edits(edits) == [
        {"remove": "nat_gateways", "id": "nat-lab"},
        {"change": "vpcs", "id": "vpc-lab", "key": "EnableDnsSupport", "to": False},
        {
            "add": "route_tables",
            "id": "rtb-app",
            "key": "Routes",
            "item": {"Destination": "10.9.0.0/16", "Target": "pcx-1"},
            "at": 1,
        },
        {"change": "on_premises", "key": "Internet", "to": True},
        {"remove": "hosted_zones", "id": "internal", "nth": 1},
        {"set": "on_premises", "to": None},
    ]
    assert through_json(edits) == edits


def test_values_that_a_file_leaves_out_are_told_apart():
    for value in (None, (), ("queue.internal",)):
        edit = ChangePart(section="vpc_endpoints", part_id="vpce-1", field="private_dns_names", value=value)
        assert through_json((edit,)) == (edit,)


def test_a_forwarding_rule_is_one_text():
    rule = ForwardRule(domain="amazonaws.com", to="10.0.0.2")
    edit = AddItem(section="dns_servers", part_id="10.0.10.53", field="forwards", item=rule, position=0)

    assert write_edits((edit,))[0]["item"] == "forward amazonaws.com to 10.0.0.2"
    assert through_json((edit,)) == (edit,)


def test_a_host_on_premises_can_be_added_before_its_site_is():
    host = Workload(id="host-1", kind=WorkloadKind.ONPREM_HOST)
    edits = (
        AddPart(section="workloads", part=host, position=0),
        SetField(field="on_premises", value=OnPremises(cidr=net("172.16.0.0/16"))),
    )

    assert through_json(edits) == edits
    assert [problem.code for problem in dangling(apply(LAB, edits[0]))] == ["on_premises_needed"]
    assert dangling(apply_all(LAB, edits)) == ()


# --- what is refused -----------------------------------------------------------------------------------


def test_everything_wrong_is_told_at_once():
    assert told(
        [
            {"remove": "nat_gatways", "id": "nat-lab"},
            {"change": "vpcs", "id": "vpc-lab", "key": "EnableDnsSupport", "to": "no"},
            {"change": "vpcs", "id": "vpc-lab", "key": "Colour", "to": "red"},
            {"add": "nat_gateways", "part": {"NatGatewayId": "nat-2", "SubnetId": "subnet-edge"}, "at": 0},
            {"add": "vpcs", "at": -1, "part": {"VpcId": "vpc-2", "CidrBlock": "10.1.0.1/16"}},
            {"remove": "vpcs"},
            {"remove": "vpcs", "id": "vpc-lab", "colour": "red"},
            {"remove": "vpcs", "add": "vpcs", "id": "vpc-lab"},
            "remove everything",
        ]
    ) == [
        ("0.remove", "not_one_of"),
        ("1.to", "expected_boolean"),
        ("2.key", "not_one_of"),
        ("3.part.PrivateIp", "missing_key"),
        ("4.part.CidrBlock", "cidr_with_host_bits"),
        ("4.at", "negative_place"),
        ("5.id", "missing_key"),
        ("6.colour", "unknown_key"),
        ("7", "exactly_one_of"),
        ("8", "expected_mapping"),
    ]


ROUTES = {"add": "route_tables", "id": "rtb-app", "key": "Routes", "at": 0}
POLICY = {"change": "vpc_endpoints", "id": "vpce-1", "key": "PolicyDocument"}


@pytest.mark.parametrize(
    ("edit", "where", "code"),
    [
        ({**ROUTES, "item": {"Destination": "10.0.0.0/16"}}, "0.item.Target", "missing_key"),
        ({**ROUTES, "item": [{"Destination": "10.0.0.0/16", "Target": "x"}]}, "0.item", "expected_mapping"),
        ({**ROUTES, "item": None}, "0.item", "expected_mapping"),
        (
            {"add": "security_groups", "id": "sg-1", "key": "Ingress", "at": 0, "item": {"Protocol": "tcp"}},
            "0.item",
            "peer_missing",
        ),
        (
            {
                "add": "security_groups",
                "id": "sg-1",
                "key": "Ingress",
                "at": 0,
                "item": {"Protocol": "tcp", "DestinationGroup": "sg-2"},
            },
            "0.item.DestinationGroup",
            "group_key_of_other_direction",
        ),
        (
            {"add": "dns_servers", "id": "10.0.0.9", "key": "Forwards", "at": 0, "item": "public"},
            "0.item",
            "not_a_forward",
        ),
        (
            {
                "add": "dns_servers",
                "id": "10.0.0.9",
                "key": "Forwards",
                "at": 0,
                "item": "forward a to 10.0.0.2; forward b to 10.0.0.2",
            },
            "0.item",
            "not_a_forward",
        ),
        ({**POLICY, "to": {"Statement": {"Effect": "Maybe"}}}, "0.to.Statement.Effect", "not_one_of"),
        ({**POLICY, "to": "{}{"}, "0.to", "policy_text_not_json"),
        ({"set": "region", "to": None}, "0.to", "expected_text"),
        ({"set": "account", "to": 12}, "0.to", "account_needs_quotes"),
        ({"set": "vpcs", "to": []}, "0.set", "not_one_of"),
        ({"set": "region", "to": "x", "key": "Region"}, "0.key", "unknown_key"),
        ({"add": "on_premises", "part": {}, "at": 0}, "0.add", "not_one_of"),
        ({"add": {"a": 1}, "part": {}, "at": 0}, "0.add", "not_one_of"),
        ({"change": "route_tables", "id": "rtb-app", "key": "Routes", "to": []}, "0.key", "not_one_of"),
        ({"remove": "vpcs", "id": "vpc-lab", "nth": True}, "0.nth", "expected_integer"),
        ({"remove": "vpcs", "id": "vpc-lab", "nth": 1.5}, "0.nth", "expected_integer"),
        ({"remove": "vpcs", "id": ""}, "0.id", "empty_text"),
        ({"remove": "vpcs", "id": "v" * 5_000}, "0.id", "text_too_long"),
        ({"remove": "vpcs", "id": "a\x1b[31m"}, "0.id", "control_character_in_text"),
        ({"remove": "vpcs", "id": "\ud800"}, "0.id", "control_character_in_text"),
        ({"remove": "vpcs", "id": 10**30}, "0.id", "number_too_long"),
        ({"remove": "vpcs", "id": float("nan")}, "0.id", "number_not_finite"),
        ({"set": "organization", "to": {1: 2}}, "0.to", "expected_text"),
    ],
)
def test_a_value_that_does_not_belong_is_refused_with_its_place(edit: Any, where: str, code: str):
    assert (where, code) in told([edit])


def test_hostile_sizes_are_refused_and_cost_little():
    deep: Any = "x"
    for _ in range(100_000):
        deep = [deep]
    circle: list[Any] = []
    circle.append(circle)
    edit = {"remove": "vpcs", "id": "vpc-lab"}

    assert told([edit] * (MAX_EDITS + 1)) == [("", "too_many")]
    assert told([{"set": "region", "to": "x" * MAX_LENGTH}]) == [("", "edits_too_long")]
    assert told(deep) == [("", "nested_too_deep")]
    assert told([[[]] * 70]) == [("0", "expected_mapping")]
    assert told(circle) == [("", "not_plain_data")]
    assert told([{"remove": {1, 2}}]) == [("", "not_plain_data")]
    assert told([10**5_000]) == [("", "not_plain_data")]
    assert told(None) == [("", "expected_list")]
    assert told({"remove": "vpcs"}) == [("", "expected_list")]
    assert told([1] * 3_000)[-1] == ("", "too_many_problems")


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(pair=DESIGNS_AND_REQUESTS, after=FROM_PARTS, data=st.data())
def test_edits_with_junk_in_them_are_refused_or_can_be_walked(
    pair: tuple[Design, Request], after: Design, data: st.DataObject
):
    before, request = pair
    written = write_edits(diff(before, after)) or [{"remove": "vpcs", "id": "vpc-main"}]
    here: Any = data.draw(st.sampled_from(written))
    while data.draw(st.booleans()):
        inner = [value for value in (here.values() if isinstance(here, dict) else here) if value]
        deeper = [value for value in inner if isinstance(value, dict | list)]
        if not deeper:
            break
        here = data.draw(st.sampled_from(deeper))
    place = data.draw(st.sampled_from(list(here) if isinstance(here, dict) else range(len(here))))
    here[place] = data.draw(JUNK)

    try:
        edits = read_edits(written)
    except ExchangeError:
        return
    assert through_json(edits) == edits
    edited, _ = apply_fitting(before, edits)
    if not dangling(edited) and request.source in edited.workload:
        walk(edited, request)
