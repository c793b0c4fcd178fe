"""Text that must be a design file with one network."""

import pytest

from vpclab.exchange.design_writer import to_yaml, write_case
from vpclab.exchange.one_case import read_one_case
from vpclab.sandbox import Choices, ask, build

CASE = write_case(build(Choices()), ask(Choices()), "mine")


def test_one_network_is_read():
    found = read_one_case(to_yaml(CASE), "network.yaml")

    assert found.case is not None
    assert found.case.design == build(Choices())
    assert found.problems == ()


def test_several_networks_are_refused_with_their_number():
    found = read_one_case(to_yaml({"cases": [CASE, CASE | {"id": "yours"}]}), "network.yaml")

    assert found.case is None
    assert [(problem.code, problem.facts["count"]) for problem in found.problems] == [
        ("one_case_expected", 2)
    ]


@pytest.mark.parametrize("text", ["", "][", "cases: []", "\ud800", "design: {}\nrequest: {}"])
def test_text_without_a_sound_network_tells_what_is_wrong(text: str):
    found = read_one_case(text, "network.yaml")

    assert found.case is None
    assert found.problems
