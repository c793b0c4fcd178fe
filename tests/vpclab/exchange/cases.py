"""A small sound case, and what becomes of it with changes; shared by the tests of reading."""

import json
from typing import Any

from vpclab.exchange.design_file import BrokenCase, Case, read_cases
from vpclab.exchange.problem_text import bracketed

DESIGN: dict[str, Any] = {
    "region": "ap-northeast-1",
    "vpcs": [{"VpcId": "vpc-a", "CidrBlock": "10.0.0.0/16"}],
    "subnets": [
        {
            "SubnetId": "subnet-a",
            "VpcId": "vpc-a",
            "CidrBlock": "10.0.0.0/24",
            "AvailabilityZone": "apne1-az1",
        }
    ],
    "security_groups": [{"GroupId": "sg-a", "VpcId": "vpc-a"}],
    "prefix_lists": [{"PrefixListId": "pl-s3", "PrefixListName": "com.amazonaws.ap-northeast-1.s3"}],
    "workloads": [{"Id": "i-a", "Kind": "instance", "SubnetId": "subnet-a", "Groups": ["sg-a"]}],
}
REQUEST: dict[str, Any] = {
    "from": "i-a",
    "service": "s3",
    "action": "s3:GetObject",
    "resource": "*",
    "host": "s3.ap-northeast-1.amazonaws.com",
}


def read_one(design: dict[str, Any], request: dict[str, Any] | None = None, **more: Any) -> Case | BrokenCase:
    file = read_cases(
        json.dumps({"design": {**DESIGN, **design}, "request": request or REQUEST, **more}).encode(),
        "net.json",
    )
    assert file.problems == ()
    return file.cases[0]


def read_sound(design: dict[str, Any], request: dict[str, Any] | None = None) -> Case:
    case = read_one(design, request)
    assert isinstance(case, Case), case.problems
    return case


def problems_of(case: Case | BrokenCase) -> list[tuple[str, str]]:
    return (
        [(bracketed(problem.path), problem.code) for problem in case.problems]
        if isinstance(case, BrokenCase)
        else []
    )


def breach(section: str, item: dict[str, Any], **more: Any) -> list[tuple[str, str]]:
    """What is wrong with a design that has this item at the end of a section."""
    items = [*DESIGN.get(section, []), item]
    place = f"design.{section}[{len(items) - 1}]"
    found = problems_of(read_one({**more, section: items}))
    return [(path.removeprefix(place).removeprefix("."), code) for path, code in found]


def endpoint(**more: Any) -> dict[str, Any]:
    return {
        "VpcEndpointId": "vpce-a",
        "VpcEndpointType": "Interface",
        "ServiceName": "com.amazonaws.ap-northeast-1.sqs",
        "VpcId": "vpc-a",
        **more,
    }


VPC = {"VpcId": "vpc-b", "CidrBlock": "10.1.0.0/16"}
SUBNET = {
    "SubnetId": "subnet-b",
    "VpcId": "vpc-a",
    "CidrBlock": "10.0.1.0/24",
    "AvailabilityZone": "apne1-az1",
}
WORKLOAD = {"Id": "i-b", "Kind": "instance", "SubnetId": "subnet-a"}
GROUP = {"GroupId": "sg-b", "VpcId": "vpc-a"}
ALL = {"Protocol": "-1", "Cidr": "0.0.0.0/0"}
