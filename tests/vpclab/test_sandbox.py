"""The sandbox: what choices become."""

from dataclasses import replace
from itertools import product

import pytest

from vpclab.network import Verdict, walk
from vpclab.presets import Preset, load_presets
from vpclab.sandbox import (
    Choices,
    Destination,
    EndpointGroup,
    Source,
    WayOut,
    ask,
    build,
    effective,
    from_texts,
    gateway_service,
    to_texts,
)

EVERY_CHOICE = [
    Choices(
        source=source,
        destination=destination,
        way_out=way_out,
        gateway_endpoint=gateway,
        interface_endpoint=interface,
        private_dns=private_dns,
        endpoint_group=group,
    )
    for source, destination, way_out, gateway, interface, private_dns, group in product(
        Source, Destination, WayOut, (False, True), (False, True), (False, True), EndpointGroup
    )
]


def path_of(choices: Choices) -> list[str]:
    return list(walk(build(choices), ask(choices)).told.path_words)


def test_every_combination_of_choices_is_a_design_that_can_be_walked():
    for choices in EVERY_CHOICE:
        journey = walk(build(choices), ask(choices))

        assert journey.told.hops


def test_every_combination_of_choices_survives_the_way_through_text():
    for choices in EVERY_CHOICE:
        assert from_texts(to_texts(choices)) == choices


@pytest.mark.parametrize(
    "texts",
    [
        {"source": "mainframe", "gateway_endpoint": "perhaps", "unknown": "x"},
        {"source": "", "private_dns": "<script>"},
        {},
    ],
)
def test_texts_that_name_no_choice_leave_the_defaults(texts: dict[str, str]):
    assert from_texts(texts) == Choices()


def test_a_gateway_endpoint_takes_the_way_from_nat():
    over_nat = Choices()

    over_endpoint = replace(over_nat, gateway_endpoint=True)

    assert path_of(over_nat) == [
        "instance",
        "subnet-route-table",
        "nat-gateway",
        "nat-subnet-route-table",
        "internet-gateway",
        "s3",
    ]
    assert path_of(over_endpoint) == ["instance", "subnet-route-table", "gateway-endpoint", "s3"]


def test_sql_stays_in_the_vpc_whatever_endpoints_there_are():
    for interface in (False, True):
        choices = Choices(source=Source.LAMBDA_VPC, destination=Destination.RDS, interface_endpoint=interface)

        assert path_of(choices) == ["lambda", "rds"]


def test_an_image_pull_without_a_way_to_s3_fails_at_the_layers():
    choices = Choices(destination=Destination.ECR, way_out=WayOut.NONE, interface_endpoint=True)

    journey = walk(build(choices), ask(choices))

    assert journey.failing_call == "s3"
    assert [walked.reachable for walked in journey.calls] == [True, True, False]
    assert journey.told.root_cause == "HIDDEN_DEPENDENCY_S3"


def test_systems_manager_has_no_gateway_endpoint_so_the_choice_changes_nothing():
    choices = Choices(destination=Destination.SSM, gateway_endpoint=True)

    assert gateway_service(Destination.SSM) is None
    assert build(choices) == build(replace(choices, gateway_endpoint=False))
    assert not effective(choices).gateway_endpoint


VERDICTS = {
    "s3-over-nat": [
        "instance",
        "subnet-route-table",
        "nat-gateway",
        "nat-subnet-route-table",
        "internet-gateway",
        "s3",
    ],
    "s3-over-gateway-endpoint": ["instance", "subnet-route-table", "gateway-endpoint", "s3"],
    "lambda-to-rds": ["lambda", "rds"],
    "ecs-to-systems-manager": ["fargate-task", "interface-endpoint", "ssm"],
    "ecr-image-pull": ["instance", "subnet-route-table", "gateway-endpoint", "s3"],
    "lambda-to-dynamodb": ["lambda", "subnet-route-table", "gateway-endpoint", "dynamodb"],
}
CAUSES = {
    "ecr-without-s3": "HIDDEN_DEPENDENCY_S3",
    "private-dns-off": "PRIVATE_DNS_OFF",
    "endpoint-group-without-rules": "SG_HAS_NO_RULES",
}


@pytest.mark.parametrize("preset", load_presets(), ids=lambda preset: preset.id)
def test_every_example_shows_what_its_title_says(preset: Preset):
    journey = walk(build(preset.choices), ask(preset.choices))

    if preset.id in CAUSES:
        assert journey.told.root_cause == CAUSES[preset.id]
    else:
        assert journey.verdict is Verdict.DELIVERED
        assert list(journey.told.path_words) == VERDICTS[preset.id]
