"""Every rule of the format, and the problem that its breach is."""

from typing import Any

import pytest

from tests.vpclab.exchange.cases import (
    ALL,
    GROUP,
    REQUEST,
    SUBNET,
    VPC,
    WORKLOAD,
    breach,
    endpoint,
    problems_of,
    read_one,
)


@pytest.mark.parametrize(
    ("section", "item", "found"),
    [
        ("vpcs", {**VPC, "CidrBlok": "x"}, [("CidrBlok", "unknown_key_but_similar")]),
        ("vpcs", {**VPC, "Colour": "x"}, [("Colour", "unknown_key")]),
        ("vpcs", {"VpcId": "vpc-b"}, [("CidrBlock", "missing_key")]),
        ("vpcs", {**VPC, "CidrBlock": "10.1.0.1/16"}, [("CidrBlock", "cidr_with_host_bits")]),
        ("vpcs", {**VPC, "CidrBlock": "10.1.0.0/33"}, [("CidrBlock", "not_a_cidr")]),
        ("vpcs", {**VPC, "CidrBlock": "10.1.0.256/32"}, [("CidrBlock", "not_a_cidr")]),
        ("vpcs", {**VPC, "CidrBlock": "10.01.0.0/16"}, [("CidrBlock", "not_a_cidr")]),
        ("vpcs", {**VPC, "CidrBlock": "10.1.0.0/255.255.0.0"}, [("CidrBlock", "not_a_cidr")]),
        ("vpcs", {**VPC, "CidrBlock": "10.1.0.0"}, [("CidrBlock", "cidr_without_length")]),
        ("vpcs", {**VPC, "CidrBlock": "2001:db8::/32"}, [("CidrBlock", "ipv4_only")]),
        ("vpcs", {**VPC, "CidrBlock": "x" * 3_000}, [("CidrBlock", "text_too_long")]),
        ("vpcs", {**VPC, "VpcId": " "}, [("VpcId", "empty_text")]),
        ("vpcs", {**VPC, "EnableDnsSupport": "yes"}, [("EnableDnsSupport", "expected_boolean")]),
        ("vpcs", {**VPC, "EnableDnsSupport": 1}, [("EnableDnsSupport", "expected_boolean")]),
        ("vpcs", {**VPC, "VpcId": "vpc-a"}, [("VpcId", "duplicate_id")]),
        (
            "vpcs",
            {**VPC, "DomainNameServers": ["dns.example"]},
            [("DomainNameServers[0]", "not_a_name_server")],
        ),
        ("vpcs", {**VPC, "DomainNameServers": "10.0.0.2"}, [("DomainNameServers", "expected_list")]),
        ("subnets", {**SUBNET, "VpcId": "vpc-x"}, [("VpcId", "unknown_id_but_similar")]),
        ("subnets", {**SUBNET, "VpcId": 7}, [("VpcId", "text_needs_quotes")]),
        ("subnets", {**SUBNET, "VpcId": {}}, [("VpcId", "expected_text")]),
        ("subnets", "subnet-b", [("", "expected_mapping")]),
        ("workloads", {**WORKLOAD, "Kind": "server"}, [("Kind", "not_one_of")]),
        ("workloads", {**WORKLOAD, "SubnetId": None}, [("SubnetId", "subnet_needed")]),
        ("workloads", {**WORKLOAD, "Kind": "fargate-task", "SubnetId": []}, [("SubnetId", "subnet_needed")]),
        ("workloads", {**WORKLOAD, "Groups": ["web"]}, [("Groups[0]", "unknown_id")]),
        ("workloads", {**WORKLOAD, "PrivateIpAddress": "10.0.0"}, [("PrivateIpAddress", "not_an_address")]),
        ("workloads", {**WORKLOAD, "PrivateIpAddress": "::1"}, [("PrivateIpAddress", "ipv4_only")]),
        (
            "workloads",
            {**WORKLOAD, "Kind": "onprem-host", "Groups": ["sg-a"]},
            [("Kind", "on_premises_needed"), ("SubnetId", "not_on_premises"), ("Groups", "not_on_premises")],
        ),
        (
            "security_groups",
            {**GROUP, "Ingress": [{**ALL, "Protocol": "TCP"}]},
            [("Ingress[0].Protocol", "not_one_of")],
        ),
        ("security_groups", {**GROUP, "Ingress": [{"Protocol": "tcp"}]}, [("Ingress[0]", "peer_missing")]),
        (
            "security_groups",
            {**GROUP, "Ingress": [{**ALL, "SourceGroup": "sg-a"}]},
            [("Ingress[0]", "several_peers")],
        ),
        (
            "security_groups",
            {**GROUP, "Egress": [{"Protocol": "tcp", "SourceGroup": "sg-a"}]},
            [("Egress[0].SourceGroup", "group_key_of_other_direction")],
        ),
        (
            "security_groups",
            {**GROUP, "Ingress": [{"Protocol": "tcp", "DestinationGroup": "sg-a"}]},
            [("Ingress[0].DestinationGroup", "group_key_of_other_direction")],
        ),
        (
            "security_groups",
            {**GROUP, "Ingress": [{**ALL, "Ports": [1]}]},
            [("Ingress[0].Ports", "ports_not_a_pair")],
        ),
        (
            "security_groups",
            {**GROUP, "Ingress": [{**ALL, "Ports": [2, 1]}]},
            [("Ingress[0].Ports", "ports_reversed")],
        ),
        (
            "security_groups",
            {**GROUP, "Ingress": [{**ALL, "Ports": [0, 65536]}]},
            [("Ingress[0].Ports[1]", "port_out_of_range")],
        ),
        (
            "security_groups",
            {**GROUP, "Ingress": [{**ALL, "Ports": [True, 2]}]},
            [("Ingress[0].Ports[0]", "expected_integer")],
        ),
        ("vpc_endpoints", endpoint(VpcEndpointType="Gatway"), [("VpcEndpointType", "not_one_of")]),
        ("vpc_endpoints", endpoint(VpcEndpointType=None), [("VpcEndpointType", "missing_key")]),
        (
            "vpc_endpoints",
            endpoint(VpcEndpointType="gateway", VpcId="nowhere", RouteTableIds=["rtb-a"], ServiceName=None),
            [
                ("VpcEndpointType", "not_one_of"),
                ("VpcId", "unknown_id"),
                ("RouteTableIds[0]", "unknown_id"),
                ("ServiceName", "missing_key"),
            ],
        ),
        (
            "vpc_endpoints",
            endpoint(VpcEndpointType="Gateway", PrivateDnsEnabled=0),
            [("PrivateDnsEnabled", "key_of_other_endpoint_type")],
        ),
        (
            "vpc_endpoints",
            endpoint(RouteTableIds=["rtb-a"]),
            [("RouteTableIds", "key_of_other_endpoint_type")],
        ),
        (
            "dns_servers",
            {"Ip": "10.0.0.53", "Location": "cellar", "Forwards": "forward all"},
            [("Location", "unknown_id"), ("Forwards", "not_a_forward")],
        ),
        (
            "hosted_zones",
            {
                "Name": "z.example",
                "VpcIds": ["nowhere"],
                "Records": [{"Name": "z.example", "Target": "vpce-z"}],
            },
            [("VpcIds[0]", "unknown_id"), ("Records[0].Target", "unknown_id")],
        ),
        (
            "buckets",
            {"Name": "b", "Region": "r", "Account": 11122223333},
            [("Account", "account_needs_quotes")],
        ),
        ("buckets", {"Name": "b", "Region": "r", "Account": "1111"}, [("Account", "not_an_account")]),
        (
            "transit_gateways",
            {"TransitGatewayId": "tgw-a", "RouteTables": [{"RouteTableId": "t", "Associations": ["attach"]}]},
            [("RouteTables[0].Associations[0]", "unknown_id")],
        ),
        (
            "route_tables",
            {
                "RouteTableId": "rtb-a",
                "VpcId": "vpc-a",
                "Routes": [
                    {"Destination": "pl-s4", "Target": "x"},
                    {"Destination": "everywhere", "Target": "x"},
                    {"Destination": "10.0.0.0/8/8", "Target": "x"},
                ],
            },
            [
                ("Routes[0].Destination", "unknown_id_but_similar"),
                ("Routes[1].Destination", "not_a_destination"),
                ("Routes[2].Destination", "not_a_cidr"),
            ],
        ),
    ],
)
def test_each_breach_is_told_once_and_where_it_is(section: str, item: Any, found: list[tuple[str, str]]):
    assert sorted(breach(section, item)) == sorted(found)


def test_an_exclusion_names_one_thing():
    blocked = {"Exclusions": [{"InternetGatewayExclusionMode": "allow-egress"}]}

    assert problems_of(read_one({"vpc_block_public_access": blocked})) == [
        ("design.vpc_block_public_access.Exclusions[0]", "exactly_one_of")
    ]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({**REQUEST, "from": "i-z"}, [("request.from", "unknown_id_but_similar")]),
        ({**REQUEST, "port": "443"}, [("request.port", "expected_integer")]),
        ({**REQUEST, "protocol": "-1"}, [("request.protocol", "not_one_of")]),
        ({**REQUEST, "public_dns_answer": "s3"}, [("request.public_dns_answer", "not_an_address")]),
        ({**REQUEST, "principal": "me"}, [("request.principal", "not_an_arn")]),
        ({**REQUEST, "host": None}, [("request.host", "missing_key")]),
        ({**REQUEST, "operation": "pull"}, None),
        ({"from": "i-a", "calls": [{}]}, None),
        (
            {"from": "i-a", "operation": 5},
            [("request.calls", "missing_key"), ("request.operation", "text_needs_quotes")],
        ),
        ({"from": "i-a", "operation": "pull", "calls": ["s3"]}, [("request.calls[0]", "expected_mapping")]),
        ([1], [("request", "expected_mapping")]),
    ],
)
def test_breaches_in_requests(asked: Any, found: list[tuple[str, str]] | None):
    told = problems_of(read_one({}, asked))

    assert told if found is None else told == found
