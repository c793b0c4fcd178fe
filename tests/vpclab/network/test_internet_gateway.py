import pytest

from tests import designs
from tests.designs import changed, get_object, plus
from vpclab.network import Design, walk
from vpclab.network.resources import (
    BlockMode,
    BlockPublicAccessExclusion,
    ExclusionMode,
    VpcBlockPublicAccess,
)

BIDIRECTIONAL, INGRESS = BlockMode.BIDIRECTIONAL, BlockMode.INGRESS
BOTH_WAYS, OUT_ONLY = ExclusionMode.BIDIRECTIONAL, ExclusionMode.EGRESS


def excluded(mode: ExclusionMode, **where: str) -> BlockPublicAccessExclusion:
    return BlockPublicAccessExclusion(internet_gateway_exclusion_mode=mode, **where)


def blocking(mode: BlockMode, *exclusions: BlockPublicAccessExclusion) -> Design:
    setting = VpcBlockPublicAccess(internet_gateway_block_mode=mode, exclusions=exclusions)
    return designs.s3_nat(vpc_block_public_access=setting)


def is_blocked(design: Design, source: str) -> bool:
    journey = walk(design, get_object(source=source))
    assert journey.told.reason in (None, "VPC_BLOCK_PUBLIC_ACCESS_ENABLED")
    return not journey.reachable


def test_an_instance_with_a_public_address_leaves_under_it():
    journey = walk(designs.s3_nat(), get_object(source="i-public"))

    assert journey.told.path_words == ("instance", "subnet-route-table", "internet-gateway", "s3")
    assert str(journey.told.source_ip_seen) == "203.0.113.20"


@pytest.mark.parametrize(
    ("mode", "over_nat", "direct"),
    [(BlockMode.OFF, False, False), (BIDIRECTIONAL, True, True), (INGRESS, False, True)],
)
def test_block_public_access_stops_by_its_mode(mode: BlockMode, over_nat: bool, direct: bool):
    assert is_blocked(blocking(mode), "i-private") is over_nat
    assert is_blocked(blocking(mode), "i-public") is direct


@pytest.mark.parametrize(
    ("mode", "exclusion", "blocked"),
    [
        (BIDIRECTIONAL, BOTH_WAYS, False),
        (BIDIRECTIONAL, OUT_ONLY, False),
        (INGRESS, BOTH_WAYS, False),
        (INGRESS, OUT_ONLY, True),
    ],
)
@pytest.mark.parametrize(
    "where", [{"vpc_id": "vpc-main"}, {"subnet_id": "subnet-public"}], ids=["vpc", "subnet"]
)
def test_an_exclusion_lifts_the_block(
    mode: BlockMode, exclusion: ExclusionMode, blocked: bool, where: dict[str, str]
):
    assert is_blocked(blocking(mode, excluded(exclusion, **where)), "i-public") is blocked


@pytest.mark.parametrize(
    "where", [{"vpc_id": "vpc-other"}, {"subnet_id": "subnet-private"}], ids=["vpc", "subnet"]
)
def test_an_exclusion_of_something_else_lifts_nothing(where: dict[str, str]):
    assert is_blocked(blocking(BIDIRECTIONAL, excluded(BOTH_WAYS, **where)), "i-public")


def test_behind_nat_the_sending_subnet_is_that_of_the_nat_gateway():
    only_private = blocking(BIDIRECTIONAL, excluded(BOTH_WAYS, subnet_id="subnet-private"))
    only_public = blocking(BIDIRECTIONAL, excluded(BOTH_WAYS, subnet_id="subnet-public"))

    assert is_blocked(only_private, "i-private")
    assert not is_blocked(only_public, "i-private")


def test_block_public_access_comes_before_the_missing_address():
    bare = changed(blocking(BIDIRECTIONAL), "i-public", public_ip_address=None)

    assert walk(bare, get_object(source="i-public")).told.reason == "VPC_BLOCK_PUBLIC_ACCESS_ENABLED"


def test_private_destinations_are_dropped_before_the_missing_address():
    bare = changed(designs.s3_nat(), "i-public", public_ip_address=None)

    journey = walk(bare, get_object(source="i-public", answer="192.168.7.7"))

    assert journey.told.reason == "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS"


def test_a_function_never_has_a_public_address_whatever_the_design_says():
    wrong = changed(
        designs.function_in_public_subnet(), "fn-orders", public_ip_address=designs.ip("203.0.113.77")
    )

    assert walk(wrong, get_object(source="fn-orders")).told.reason == "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS"


def test_a_task_with_a_public_address_leaves_by_itself():
    task = designs.instance(
        "task-web",
        "subnet-public",
        "10.0.0.21",
        "sg-app",
        kind="fargate-task",
        public_ip_address=designs.ip("203.0.113.21"),
    )

    journey = walk(plus(designs.s3_nat(), "workloads", task), get_object(source="task-web"))

    assert journey.told.path_words[0] == "fargate-task"
    assert journey.reachable


def test_the_facts_tell_the_translation():
    journey = walk(blocking(INGRESS), get_object())

    facts = next(hop.facts for hop in journey.hops if hop.at == "igw-main")
    assert facts == {
        "igw": "igw-main",
        "source": "10.0.0.50",
        "public_ip": designs.NAT_ADDRESS,
        "address": designs.S3_ADDRESS,
        "block_mode": "block-ingress",
    }
