"""Design files: what is read, and how cases and files that cannot be read are told."""

import json
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path

import pytest

from tests.vpclab.exchange.cases import (
    DESIGN,
    REQUEST,
    SUBNET,
    VPC,
    WORKLOAD,
    endpoint,
    problems_of,
    read_one,
    read_sound,
)
from vpclab.exchange.design_file import BrokenCase, Case, read_cases
from vpclab.exchange.problem_text import bracketed
from vpclab.network.name_servers import ForwardRule
from vpclab.network.resources import CidrRoute, PrefixListRoute, Vpc

WALKS = Path(__file__).resolve().parents[2] / "fixtures" / "walks.yaml"


def test_a_case_becomes_a_design_and_a_request():
    case = read_sound({})

    assert case.id == "net"
    assert case.design.vpcs == (Vpc(vpc_id="vpc-a", cidr_block=IPv4Network("10.0.0.0/16")),)
    assert case.request.source == "i-a"
    assert case.request.calls[0].port == 443


def test_left_out_null_and_empty_list_mean_the_same():
    bare = read_sound({"vpc_endpoints": [endpoint()]})
    written = read_sound(
        {
            "vpc_endpoints": [
                endpoint(PrivateDnsNames=[], Groups=None, State=[], PolicyDocument=None, NetworkInterfaces=[])
            ],
            "vpcs": [{**DESIGN["vpcs"][0], "DomainNameServers": [], "EnableDnsSupport": None}],
            "hosted_zones": None,
            "on_premises": [],
        }
    )

    assert written.design == bare.design
    assert written.design.interface_endpoints[0].private_dns_names is None
    assert written.design.vpcs[0].domain_name_servers == ("AmazonProvidedDNS",)


def test_a_destination_is_a_cidr_or_a_prefix_list():
    routes = [{"Destination": "10.1.0.0/16", "Target": "gone"}, {"Destination": "pl-s3", "Target": "vpce-a"}]

    case = read_sound({"route_tables": [{"RouteTableId": "rtb-a", "VpcId": "vpc-a", "Routes": routes}]})

    assert case.design.route_tables[0].routes == (
        CidrRoute(destination=IPv4Network("10.1.0.0/16"), target="gone"),
        PrefixListRoute(destination_prefix_list_id="pl-s3", target="vpce-a"),
    )


def test_what_a_gateway_endpoint_prints_of_the_other_type_says_nothing():
    gateway = endpoint(VpcEndpointType="Gateway", Groups=[], NetworkInterfaces=[], PrivateDnsEnabled=False)

    assert read_sound({"vpc_endpoints": [gateway]}).design.gateway_endpoints


@pytest.mark.parametrize(
    ("written", "rules"),
    [
        ("public", ()),
        ("everything to public DNS", ()),
        ("forward a.example to 10.0.0.2", (("a.example", "10.0.0.2"),)),
        (
            "forward a.example to 10.0.0.2; forward b.example to AmazonProvidedDNS",
            (("a.example", "10.0.0.2"), ("b.example", "AmazonProvidedDNS")),
        ),
    ],
)
def test_the_grammar_of_forwarders(written: str, rules: tuple[tuple[str, str], ...]):
    server = {"Ip": "10.0.0.53", "Location": "vpc-a", "Forwards": written}

    case = read_sound({"dns_servers": [server]})

    assert case.design.dns_servers[0].forwards == tuple(ForwardRule(domain=d, to=t) for d, t in rules)


def test_minus_one_needs_no_quotes():
    rule = {"Protocol": -1, "Cidr": "0.0.0.0/0"}

    case = read_sound({"security_groups": [{"GroupId": "sg-a", "VpcId": "vpc-a", "Egress": [rule]}]})

    assert case.design.security_groups[0].egress[0].protocol == "-1"


def test_an_operation_has_calls():
    call = {key: value for key, value in REQUEST.items() if key != "from"}
    asked = {"from": "i-a", "operation": "pull", "calls": [call, {**call, "region": "us-east-1", "port": 80}]}

    request = read_sound({}, asked).request

    assert request.is_operation
    assert [(one.region, one.port) for one in request.calls] == [(None, 443), ("us-east-1", 80)]


def test_one_address_in_two_vpcs_is_sound():
    design = {
        "vpcs": [*DESIGN["vpcs"], {**VPC, "CidrBlock": "10.0.0.0/16"}],
        "subnets": [*DESIGN["subnets"], {**SUBNET, "VpcId": "vpc-b", "CidrBlock": "10.0.0.0/24"}],
        "workloads": [
            {**DESIGN["workloads"][0], "PrivateIpAddress": "10.0.0.9"},
            {**WORKLOAD, "SubnetId": "subnet-b", "PrivateIpAddress": "10.0.0.9"},
        ],
    }

    assert read_sound(design).design.workloads[1].private_ip_address == IPv4Address("10.0.0.9")


def test_a_mistake_in_a_resource_does_not_make_its_id_unknown():
    assert problems_of(read_one({"vpcs": [{"VpcId": "vpc-a", "CidrBlock": "wrong"}]})) == [
        ("design.vpcs[0].CidrBlock", "not_a_cidr")
    ]


def test_the_rest_of_a_case_only_gets_remarks():
    case = read_one(
        {}, title=7, traps=["a", 1], source={"kind": "hearsay", "page": "x"}, expect={"reachabel": True}
    )

    assert isinstance(case, Case)
    assert {bracketed(remark.path) for remark in case.remarks} == {
        "title",
        "traps[1]",
        "source.kind",
        "source.page",
        "expect.reachabel",
    }


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("{}", "no_cases"),
        ("cases: []", "no_cases"),
        ("cases: {a: 1}", "expected_list"),
        ("- 1", "expected_mapping"),
        ("text", "expected_mapping"),
        ("cass: []", "unknown_key_but_similar"),
        ("region: r", "unknown_key"),
    ],
)
def test_a_file_that_is_no_design_file_says_so(content: str, code: str):
    file = read_cases(content.encode(), "net.yaml")

    assert file.cases == ()
    assert [problem.code for problem in file.problems] == [code]


def test_an_unknown_key_does_not_hide_that_cases_is_no_list():
    file = read_cases(b"foo: 1\ncases: 5\n", "net.yaml")

    assert [problem.code for problem in file.problems] == ["unknown_key", "expected_list"]


@pytest.mark.parametrize("nothing", [None, []])
def test_cases_without_a_case_count_as_left_out(nothing: list[None] | None):
    case = read_one({}, cases=nothing)

    assert isinstance(case, Case), problems_of(case)


def test_case_ids_are_needed_unique_and_plain():
    cases = [{"id": "one", "design": DESIGN, "request": REQUEST}] * 2
    cases += [
        {"id": "Number Three", "design": DESIGN, "request": REQUEST},
        {"design": DESIGN, "request": REQUEST},
    ]

    file = read_cases(json.dumps({"cases": cases}).encode(), "net.json")

    assert isinstance(file.cases[0], Case)
    assert [problems_of(case)[0][1] for case in file.cases[1:]] == [
        "duplicate_case_id",
        "not_a_case_id",
        "missing_key",
    ]
    assert [case.id for case in file.cases] == ["one", "one", "Number Three", None]


def test_a_broken_case_leaves_its_neighbours_alone():
    file = read_cases(
        json.dumps({"cases": [5, {"id": "a", "design": DESIGN, "request": REQUEST}]}).encode(), "a.json"
    )

    assert [type(case) for case in file.cases] == [BrokenCase, Case]


def test_an_alias_that_cannot_be_followed_breaks_its_own_case_only():
    sound = json.dumps({"id": "a", "design": DESIGN, "request": REQUEST})

    file = read_cases(f"cases: [{sound}, &b [*b], *c]".encode(), "a.yaml")

    assert [type(case) for case in file.cases] == [Case, BrokenCase, BrokenCase]


def test_every_fixture_reads_without_a_problem():
    file = read_cases(WALKS.read_bytes(), WALKS.name)

    assert file.problems == ()
    assert [case for case in file.cases if isinstance(case, BrokenCase) or case.remarks] == []
