import pytest

from vpclab.network.services import SERVICES, private_names, split_service_name

REGION = "ap-northeast-1"


def usual_names(suffix: str) -> tuple[str, ...]:
    return private_names(f"com.amazonaws.{REGION}.{suffix}", REGION)


@pytest.mark.parametrize(
    ("service_name", "expected"),
    [
        ("com.amazonaws.ap-northeast-1.sqs", ("ap-northeast-1", "sqs")),
        ("com.amazonaws.us-gov-west-1.s3", ("us-gov-west-1", "s3")),
        ("com.amazonaws.ap-northeast-1.ecr.dkr", ("ap-northeast-1", "ecr.dkr")),
        ("aws.api.ap-northeast-1.bedrock", ("ap-northeast-1", "bedrock")),
        ("com.amazonaws.iam", (None, "iam")),
        ("com.amazonaws.s3-global.accesspoint", (None, "s3-global.accesspoint")),
        (
            "com.amazonaws.vpce.ap-northeast-1.vpce-svc-0123",
            (None, "vpce.ap-northeast-1.vpce-svc-0123"),
        ),
        ("my.own.service", (None, "my.own.service")),
    ],
)
def test_a_service_name_is_taken_apart(service_name: str, expected: tuple[str | None, str]):
    assert split_service_name(service_name) == expected


def test_s3_has_six_private_names_and_neither_dual_stack_nor_global_ones():
    names = usual_names("s3")

    assert f"s3.{REGION}.amazonaws.com" in names
    assert f"*.s3.{REGION}.amazonaws.com" in names
    assert f"*.s3-accesspoint.{REGION}.amazonaws.com" in names
    assert len(names) == 6
    assert not any("dualstack" in name or name == "s3.amazonaws.com" for name in names)


@pytest.mark.parametrize(
    ("suffix", "name"),
    [
        ("sqs", f"sqs.{REGION}.amazonaws.com"),
        ("sts", f"sts.{REGION}.amazonaws.com"),
        ("ecr.api", f"api.ecr.{REGION}.amazonaws.com"),
        ("ecr.dkr", f"*.dkr.ecr.{REGION}.amazonaws.com"),
        ("kinesis-firehose", f"firehose.{REGION}.amazonaws.com"),
        ("kinesis-streams", f"kinesis.{REGION}.amazonaws.com"),
        ("eks-auth", f"eks-auth.{REGION}.api.aws"),
        ("execute-api", f"*.execute-api.{REGION}.amazonaws.com"),
    ],
)
def test_the_usual_private_name_of_a_service(suffix: str, name: str):
    assert usual_names(suffix) == (name,)


@pytest.mark.parametrize("suffix", ["dynamodb", "dynamodb-streams", "s3express"])
def test_some_services_have_no_private_names(suffix: str):
    assert usual_names(suffix) == ()


def test_a_service_that_the_table_lacks_is_taken_to_be_regular():
    assert usual_names("brand-new") == (f"brand-new.{REGION}.amazonaws.com",)


def test_a_service_of_others_has_no_usual_names():
    assert private_names("com.amazonaws.vpce.ap-northeast-1.vpce-svc-0123", REGION) == ()


def test_a_global_service_has_its_global_name():
    assert private_names("com.amazonaws.iam", REGION) == ("iam.amazonaws.com",)


def test_an_endpoint_of_another_region_has_the_names_of_that_region():
    assert private_names("com.amazonaws.us-west-2.sqs", REGION) == ("sqs.us-west-2.amazonaws.com",)


def test_gateway_endpoints_are_for_s3_and_dynamodb():
    assert {suffix for suffix, service in SERVICES.items() if service.gateway} == {
        "s3",
        "s3express",
        "dynamodb",
    }
