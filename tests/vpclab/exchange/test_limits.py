"""Limits of lists and names: what a walk goes through again and again has to be short."""

from typing import Any

import pytest

from tests.vpclab.exchange.cases import ALL, DESIGN, GROUP, REQUEST, breach, endpoint, problems_of, read_one
from vpclab.exchange.reading import Budget, Notebook

CALL = {key: value for key, value in REQUEST.items() if key != "from"}
ENTRY = {"RuleNumber": 1, "Egress": True, "Protocol": "-1", "Cidr": "0.0.0.0/0", "Action": "allow"}
ACL = {"NetworkAclId": "acl-a", "SubnetIds": ["subnet-a"]}
GROUPS = [{"GroupId": f"sg-{number}", "VpcId": "vpc-a"} for number in range(17)]
IDS = [group["GroupId"] for group in GROUPS]
LABEL = "a" * 63


def many_groups(count: int) -> list[tuple[str, str]]:
    workload = {**DESIGN["workloads"][0], "Groups": IDS[:count]}
    return problems_of(read_one({"security_groups": GROUPS, "workloads": [workload]}))


def operation(count: int) -> list[tuple[str, str]]:
    return problems_of(read_one({}, {"from": "i-a", "operation": "pull", "calls": [CALL] * count}))


def test_an_operation_has_at_most_50_calls():
    assert operation(50) == []
    assert operation(51) == [("request.calls", "too_many")]


def test_an_interface_has_at_most_16_groups():
    assert many_groups(16) == []
    assert many_groups(17) == [("design.workloads[0].Groups", "too_many")]


def test_an_endpoint_has_at_most_16_groups():
    found = read_one({"security_groups": GROUPS, "workloads": [], "vpc_endpoints": [endpoint(Groups=IDS)]})

    assert ("design.vpc_endpoints[0].Groups", "too_many") in problems_of(found)


@pytest.mark.parametrize("direction", ["Ingress", "Egress"])
def test_a_security_group_has_at_most_1000_rules_in_a_direction(direction: str):
    assert breach("security_groups", {**GROUP, direction: [ALL] * 1_000}) == []
    assert breach("security_groups", {**GROUP, direction: [ALL] * 1_001}) == [(direction, "too_many")]


def test_a_network_acl_has_at_most_200_entries():
    assert breach("network_acls", {**ACL, "Entries": [ENTRY] * 200}) == []
    assert breach("network_acls", {**ACL, "Entries": [ENTRY] * 201}) == [("Entries", "too_many")]


def test_a_list_that_is_too_long_tells_what_is_wrong_in_it_as_well():
    entries = [ENTRY] * 200 + [{**ENTRY, "Action": "maybe"}]

    assert breach("network_acls", {**ACL, "Entries": entries}) == [
        ("Entries", "too_many"),
        ("Entries[200].Action", "not_one_of"),
    ]


def test_a_group_is_listed_once():
    workload = {**DESIGN["workloads"][0], "Groups": ["sg-a", "sg-a"]}

    assert problems_of(read_one({"workloads": [workload]})) == [
        ("design.workloads[0].Groups[1]", "listed_twice")
    ]
    assert breach("vpc_endpoints", endpoint(Groups=["sg-a", "sg-a"])) == [("Groups[1]", "listed_twice")]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        (f"{LABEL}.example", None),
        (f"a{LABEL}.example", "label_too_long"),
        (".".join([LABEL] * 3 + ["a" * 61]), None),
        (".".join([LABEL] * 3 + ["a" * 61]) + ".", None),
        (".".join([LABEL] * 3 + ["a" * 62]), "host_name_too_long"),
    ],
)
def test_names_and_their_parts_are_no_longer_than_dns_allows(name: str, code: str | None):
    zone = {"Name": name, "Records": [{"Name": name, "Target": "10.0.0.1"}]}
    told = [] if code is None else [("Name", code), ("Records[0].Name", code)]
    asked: dict[str, Any] = {**REQUEST, "host": name}

    assert problems_of(read_one({}, asked)) == ([] if code is None else [("request.host", code)])
    assert breach("hosted_zones", zone) == told
    assert breach("vpc_endpoints", endpoint(PrivateDnsNames=[name])) == (
        [] if code is None else [("PrivateDnsNames[0]", code)]
    )
    assert breach("dns_servers", server(name)) == ([] if code is None else [("Forwards", code)])


def server(domain: str) -> dict[str, Any]:
    return {"Ip": "10.0.0.53", "Location": "vpc-a", "Forwards": f"forward {domain} to 10.0.0.2"}


def test_suggestions_cost_the_product_of_the_lengths():
    notebook = Notebook((), [], Budget())
    word, known = "ab" * 30, ["ba" * 30] * 1_000

    assert notebook.similar(word, known) is not None
    before = notebook.budget.letter_pairs
    notebook.similar(word, known[:10])
    assert before - notebook.budget.letter_pairs >= 10 * len(word) ** 2
    assert notebook.similar(word, known) is None


def test_a_large_design_takes_few_calls():
    ranges = [f"10.{number >> 8}.{number & 255}.0/24" for number in range(20_000)]
    design = {"prefix_lists": [{"PrefixListId": "pl-s3", "PrefixListName": "n", "Cidrs": ranges}]}
    asked = {"from": "i-a", "operation": "pull", "calls": [CALL] * 50}

    assert problems_of(read_one(design)) == []
    assert problems_of(read_one(design, asked)) == [("request", "too_much_to_walk")]


def test_a_long_prefix_list_counts_wherever_it_is_named():
    ranges = [f"10.{number >> 8}.{number & 255}.0/24" for number in range(1_000)]
    design = {
        "prefix_lists": [{"PrefixListId": "pl-s3", "PrefixListName": "n", "Cidrs": ranges}],
        "security_groups": [
            {**GROUP, "GroupId": "sg-a", "Egress": [{"Protocol": "tcp", "PrefixListId": "pl-s3"}] * 600}
        ],
    }

    assert problems_of(read_one(design)) == [("request", "too_much_to_walk")]
