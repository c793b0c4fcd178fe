"""Writing a case: what is written reads back as the same design and request."""

import json

from hypothesis import HealthCheck, given, settings

from tests import designs
from tests.vpclab.exchange.strategies import DESIGNS, REQUESTS
from vpclab.exchange.design_file import BrokenCase, Case, read_cases
from vpclab.exchange.design_writer import to_yaml, write_case, write_design
from vpclab.network.design import Design
from vpclab.network.request import Request


def read_back(text: str, name: str) -> Case:
    case = read_cases(text.encode(), name).cases[0]
    assert not isinstance(case, BrokenCase), case.problems
    return case


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(design=DESIGNS, request=REQUESTS)
def test_what_is_written_reads_back_as_the_same(design: Design, request: Request):
    written = write_case(design, request, "round-trip")

    for case in (read_back(to_yaml(written), "a.yaml"), read_back(json.dumps(written), "a.json")):
        assert (case.id, case.design, case.request) == ("round-trip", design, request)


def test_defaults_are_left_out():
    written = write_design(designs.s3_gateway())

    assert "EnableDnsSupport" not in written["vpcs"][0]
    assert "account" not in written
    assert "nat_gateways" not in written


def test_aws_keys_stand_in_the_order_of_the_documentation():
    written = write_design(designs.interface_endpoint())

    assert list(written)[:3] == ["region", "vpcs", "subnets"]
    assert list(written["vpc_endpoints"][0])[:2] == ["VpcEndpointId", "VpcEndpointType"]
