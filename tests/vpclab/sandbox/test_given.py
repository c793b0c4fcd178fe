"""Choices in a few words, and a network in a few lines."""

import pytest

from vpclab.sandbox.choice_texts import from_texts
from vpclab.sandbox.given import choice_words, given, members_of
from vpclab.sandbox.setup import Setup
from vpclab.words import load_words

T = load_words("en")


def setup(**choices: str) -> Setup:
    return Setup(start="s3-over-nat", choices=from_texts(choices))


def test_a_network_as_usual_is_told_by_the_five_first_choices():
    assert given(setup(), T) == [
        "Source: EC2, private subnet",
        "Destination: Amazon S3",
        "Internet access of the VPC: NAT gateway in one zone",
        "Gateway endpoint: no",
        "Interface endpoint: no",
    ]


def test_what_is_not_as_usual_is_told_after_them():
    lines = given(setup(interface_endpoint="yes", private_dns="off", dns_hostnames="no"), T)

    assert lines[5:] == ["Private DNS: Off", "DNS hostnames of the VPC: off"]


def test_what_cannot_be_chosen_is_not_told():
    assert len(given(setup(private_dns="off", site_internet="no", hosted_zone="own"), T)) == 5


@pytest.mark.parametrize(
    ("zones", "tables", "words"),
    [
        ("1", "edge+app-a+app-c+app-d", "Edge subnets, App subnet, zone a"),
        ("2", "app-c+app-d", "App subnet, zone c"),
        ("1", "app-c+app-d", "None"),
    ],
)
def test_of_several_only_those_are_told_that_the_network_has(zones, tables, words):
    there = members_of(from_texts({"zones": zones}), "gateway_tables")

    told = choice_words("gateway_tables", tables, T, there)

    assert told == f"Route tables of the gateway endpoint: {words}"
