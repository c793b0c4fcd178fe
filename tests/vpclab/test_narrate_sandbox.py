"""What the sandbox's networks are told with, where the general words would mislead."""

import pytest

from vpclab.narrate import explain, headline, tell_code, unwanted
from vpclab.network import walk
from vpclab.sandbox import Choices, Source, WayOut, ask, build
from vpclab.words import languages, load_words


@pytest.mark.parametrize("language", languages())
def test_dynamodb_is_not_told_to_turn_on_private_dns_that_it_does_not_have(language: str):
    t = load_words(language)
    choices = Choices(destination="dynamodb", way_out=WayOut.NONE, interface_endpoint=True)

    told = explain(walk(build(choices), ask(choices)), t)

    assert told.repair == t("walk.repair.PRIVATE_DNS_OFF_without_names")
    assert told.cause == t("walk.cause.PRIVATE_DNS_OFF_without_names", service="Amazon DynamoDB")


@pytest.mark.parametrize("language", languages())
def test_a_paid_endpoint_beside_a_free_one_is_remarked(language: str):
    choices = Choices(gateway_endpoint=True, interface_endpoint=True)
    design = build(choices)

    codes = unwanted(design, walk(design, ask(choices)))

    assert codes == ("INTERFACE_BESIDE_GATEWAY vpce-s3",)
    assert "vpce-s3" in tell_code("unwanted", codes[0], load_words(language))


def test_a_database_answers_as_itself():
    choices = Choices(source=Source.LAMBDA_VPC, destination="rds")

    told = headline(walk(build(choices), ask(choices)), load_words("en"))

    assert told == "SQL from fn-app reaches database db-orders inside the VPC, without an endpoint."


def test_a_database_out_of_reach_goes_by_its_service():
    choices = Choices(source=Source.LAMBDA, destination="rds")

    told = headline(walk(build(choices), ask(choices)), load_words("en"))

    assert "never reaches Amazon RDS" in told
