"""Who has a say once the network has delivered."""

from typing import Any

import pytest

from tests import designs
from tests.designs import allow, changed, condition, deny, get_object, policy, send_message
from vpclab.network import Design, Request, walk
from vpclab.network.policy_document import PolicyDocument
from vpclab.network.resources import Api, ApiEndpointType, Bucket

OTHER_ACCOUNT = "444455556666"
REGION = designs.REGION


def bucket(document: PolicyDocument | None = None, **more: Any) -> tuple[Bucket]:
    return (Bucket(name="photos", region=REGION, policy=document, **more),)


def only_when(*conditions: Any) -> PolicyDocument:
    """Everything is denied except where the conditions hold."""
    return policy(allow(), deny(when=conditions))


def outcome(design: Design, request: Request | None = None) -> str | None:
    return walk(design, request or get_object()).told.reason


# --- endpoint policies -------------------------------------------------------------------------------


def test_without_a_document_the_endpoint_gives_full_access():
    hop = walk(designs.s3_gateway(), get_object()).hops[-2]

    assert (hop.kind, hop.passed, hop.facts["document"]) == ("endpoint-policy", True, "full-access")


def test_a_document_replaces_full_access_completely():
    only_denies = policy(deny("s3:DeleteObject"))

    assert (
        outcome(changed(designs.s3_gateway(), "vpce-s3", policy_document=only_denies))
        == "ENDPOINT_POLICY_IMPLICIT_DENY"
    )


def test_without_an_endpoint_no_endpoint_policy_is_asked():
    assert not any(hop.kind == "endpoint-policy" for hop in walk(designs.s3_nat(), get_object()).hops)


def test_an_endpoint_policy_guards_the_endpoint_and_not_the_service():
    endpoint = changed(designs.s3_gateway(), "vpce-s3", policy_document=policy()).vpc_endpoints
    past = designs.s3_nat(vpc_endpoints=endpoint)

    assert walk(past, get_object()).reachable


def test_the_layer_buckets_of_ecr_must_be_allowed_too():
    own_only = policy(allow("s3:*", "arn:aws:s3:::photos/*"))
    design = changed(designs.s3_gateway(), "vpce-s3", policy_document=own_only)

    assert outcome(design) is None
    assert (
        outcome(design, get_object(bucket=f"prod-{REGION}-starport-layer-bucket"))
        == "ENDPOINT_POLICY_IMPLICIT_DENY"
    )


# --- bucket policies ---------------------------------------------------------------------------------


def test_a_bucket_that_is_not_listed_lets_us_in():
    journey = walk(designs.s3_gateway(), get_object(bucket="somebody-elses"))

    assert journey.reachable
    assert journey.hops[-1].kind == "service"


def test_in_the_own_account_only_a_deny_matters():
    nothing_said = policy(allow(principals=(OTHER_ACCOUNT,)))

    assert outcome(designs.s3_gateway(buckets=bucket())) is None
    assert outcome(designs.s3_gateway(buckets=bucket(nothing_said))) is None
    assert outcome(designs.s3_gateway(buckets=bucket(policy(deny())))) == "RESOURCE_POLICY_EXPLICIT_DENY"


def test_another_accounts_bucket_must_allow():
    ours = policy(allow(principals=("111122223333",)))

    assert (
        outcome(designs.s3_gateway(buckets=bucket(account=OTHER_ACCOUNT))) == "RESOURCE_POLICY_IMPLICIT_DENY"
    )
    assert outcome(designs.s3_gateway(buckets=bucket(ours, account=OTHER_ACCOUNT))) is None


def test_a_caller_from_another_account_needs_an_allow_from_our_bucket():
    partner = get_object(principal=f"arn:aws:iam::{OTHER_ACCOUNT}:role/partner")

    assert outcome(designs.s3_gateway(buckets=bucket()), partner) == "RESOURCE_POLICY_IMPLICIT_DENY"


def test_a_bucket_itself_may_be_the_resource():
    listing = get_object(resource="arn:aws:s3:::photos")

    assert (
        outcome(designs.s3_gateway(buckets=bucket(policy(deny()))), listing)
        == "RESOURCE_POLICY_EXPLICIT_DENY"
    )


@pytest.mark.parametrize("resource", ["*", "arn:aws:sqs:ap-northeast-1:111122223333:photos"])
def test_other_resources_are_no_buckets(resource: str):
    design = designs.s3_gateway(buckets=bucket(policy(deny())))

    assert outcome(design, get_object(resource=resource)) is None


# --- condition keys ----------------------------------------------------------------------------------

KEYS_THROUGH_THE_ENDPOINT = {
    "aws:SourceVpce": "vpce-s3",
    "aws:SourceVpc": "vpc-main",
    "aws:VpcSourceIp": "10.0.10.20",
    "aws:VpceAccount": "111122223333",
    "aws:VpceOrgID": "o-example",
}
KEYS_OF_EVERY_REQUEST = {
    "aws:PrincipalArn": "arn:aws:iam::111122223333:role/app",
    "aws:PrincipalAccount": "111122223333",
    "aws:PrincipalType": "AssumedRole",
    "aws:PrincipalOrgID": "o-example",
    "aws:ResourceAccount": "111122223333",
    "aws:ResourceOrgID": "o-example",
    "aws:RequestedRegion": REGION,
    "aws:SecureTransport": "true",
    "aws:ViaAWSService": "false",
}


def is_denied_when(design: Design, name: str, key: str, *values: str, request: Request | None = None) -> bool:
    """Whether a Deny with this condition matches the request."""
    guarded = designs.plus(design, "buckets", *bucket(only_when(condition(name, key, *values))))
    return outcome(guarded, request) == "RESOURCE_POLICY_EXPLICIT_DENY"


@pytest.mark.parametrize(
    ("key", "value"), [*KEYS_THROUGH_THE_ENDPOINT.items(), *KEYS_OF_EVERY_REQUEST.items()]
)
def test_the_keys_of_a_request_through_an_endpoint(key: str, value: str):
    assert is_denied_when(designs.s3_gateway(organization="o-example"), "StringEquals", key, value)


@pytest.mark.parametrize(
    ("key", "value"), [*KEYS_OF_EVERY_REQUEST.items(), ("aws:SourceIp", designs.NAT_ADDRESS)]
)
def test_the_keys_of_a_request_without_an_endpoint(key: str, value: str):
    assert is_denied_when(designs.s3_nat(organization="o-example"), "StringEquals", key, value)


def test_the_public_source_address_is_absent_through_an_endpoint():
    assert is_denied_when(designs.s3_gateway(), "Null", "aws:SourceIp", "true")


@pytest.mark.parametrize("key", sorted(KEYS_THROUGH_THE_ENDPOINT))
def test_the_keys_of_endpoints_are_absent_without_one(key: str):
    assert is_denied_when(designs.s3_nat(organization="o-example"), "Null", key, "true")


@pytest.mark.parametrize("key", ["aws:PrincipalOrgID", "aws:ResourceOrgID", "aws:VpceOrgID"])
def test_without_an_organization_its_keys_are_absent(key: str):
    assert is_denied_when(designs.s3_gateway(), "Null", key, "true")


def test_plain_http_is_not_secure():
    open_door = changed(designs.s3_gateway(), "sg-app", egress=(designs.EVERYTHING_OUT,))

    assert is_denied_when(open_door, "Bool", "aws:SecureTransport", "false", request=get_object(port=80))
    assert not is_denied_when(open_door, "Bool", "aws:SecureTransport", "false")


@pytest.mark.parametrize(
    ("principal", "kind", "arn"),
    [
        ("arn:aws:iam::111122223333:user/ann", "User", "arn:aws:iam::111122223333:user/ann"),
        ("arn:aws:iam::111122223333:root", "Account", "arn:aws:iam::111122223333:root"),
        (
            "arn:aws:sts::111122223333:assumed-role/app/i-0123",
            "AssumedRole",
            "arn:aws:iam::111122223333:role/app",
        ),
    ],
)
def test_the_keys_of_the_principal(principal: str, kind: str, arn: str):
    request = get_object(principal=principal)

    assert is_denied_when(designs.s3_gateway(), "StringEquals", "aws:PrincipalType", kind, request=request)
    assert is_denied_when(designs.s3_gateway(), "ArnEquals", "aws:PrincipalArn", arn, request=request)


def test_the_owner_of_a_bucket_that_is_not_listed_is_unknown():
    perimeter = policy(
        allow(), deny(when=(condition("StringNotEquals", "aws:ResourceAccount", "111122223333"),))
    )
    design = changed(designs.s3_gateway(), "vpce-s3", policy_document=perimeter)

    assert outcome(design, get_object(bucket="somebody-elses")) == "ENDPOINT_POLICY_EXPLICIT_DENY"


def test_the_owner_of_other_resources_is_told_by_their_arn():
    perimeter = policy(allow(), deny(when=(condition("StringEquals", "aws:ResourceAccount", OTHER_ACCOUNT),)))
    design = changed(designs.interface_endpoint(), "vpce-sqs", policy_document=perimeter)
    theirs = send_message(resource=f"arn:aws:sqs:{REGION}:{OTHER_ACCOUNT}:orders")

    assert outcome(design, send_message()) is None
    assert outcome(design, send_message(resource="*")) is None
    assert outcome(design, theirs) == "ENDPOINT_POLICY_EXPLICIT_DENY"


def test_the_public_address_of_the_lambda_network_is_not_known_and_lies_in_no_network():
    document = policy(allow(), deny(when=(condition("NotIpAddress", "aws:SourceIp", "0.0.0.0/0"),)))
    design = designs.function_outside_vpcs(buckets=bucket(document))

    journey = walk(design, get_object(source="fn-orders"))

    assert journey.told.reason == "RESOURCE_POLICY_EXPLICIT_DENY"
    assert "PUBLIC_SOURCE_ADDRESS_NOT_KNOWN" in journey.notes


def test_a_key_that_the_engine_does_not_know_counts_as_absent_and_is_named():
    document = policy(allow(), deny(when=(condition("StringEquals", "aws:RequestTag/team", "blue"),)))

    journey = walk(designs.s3_gateway(buckets=bucket(document)), get_object())

    assert journey.reachable
    assert "CONDITION_KEY_NOT_KNOWN aws:RequestTag/team" in journey.notes


# --- API Gateway -------------------------------------------------------------------------------------


def api_design(
    kind: ApiEndpointType, document: PolicyDocument | None = None, *, endpoint: bool = True
) -> Design:
    made = designs.interface("vpce-api", f"com.amazonaws.{REGION}.execute-api")
    apis = (Api(api_id="a1b2c3", endpoint_type=kind, policy=document),)
    if endpoint:
        return designs.interface_endpoint(vpc_endpoints=(made,), apis=apis)
    return designs.s3_nat(apis=apis)


def invoke(source: str = "i-app", api_id: str = "a1b2c3", **more: Any) -> Request:
    usual = {
        "host": f"{api_id}.execute-api.{REGION}.amazonaws.com",
        "resource": f"arn:aws:execute-api:{REGION}:111122223333:{api_id}/prod/GET/orders",
        "answer": "54.249.1.30",
    }
    return designs.send(source, designs.call("execute-api", "execute-api:Invoke", **{**usual, **more}))


OPEN = policy(allow("execute-api:Invoke", "execute-api:/*"))


def test_a_private_api_needs_an_allow_of_its_policy():
    assert outcome(api_design(ApiEndpointType.PRIVATE), invoke()) == "RESOURCE_POLICY_IMPLICIT_DENY"
    assert outcome(api_design(ApiEndpointType.PRIVATE, OPEN), invoke()) is None


def test_a_private_api_may_ask_for_the_endpoint():
    ours = policy(allow(when=(condition("StringEquals", "aws:SourceVpce", "vpce-api"),)))
    theirs = policy(allow(when=(condition("StringEquals", "aws:SourceVpce", "vpce-other"),)))

    assert outcome(api_design(ApiEndpointType.PRIVATE, ours), invoke()) is None
    assert outcome(api_design(ApiEndpointType.PRIVATE, theirs), invoke()) == "RESOURCE_POLICY_IMPLICIT_DENY"


@pytest.mark.parametrize("kind", [ApiEndpointType.REGIONAL, ApiEndpointType.EDGE])
def test_the_endpoint_serves_private_apis_only(kind: ApiEndpointType):
    journey = walk(api_design(kind), invoke())

    assert designs.ends(journey) == ("service", "SERVICE_REJECTS_PUBLIC_API_THROUGH_ENDPOINT", "execute-api")
    assert (journey.told.symptom, journey.told.stage) == ("http-403", "service")


def test_an_api_that_is_not_listed_is_a_public_one():
    assert outcome(api_design(ApiEndpointType.PRIVATE, OPEN), invoke(api_id="zzz999")) == (
        "SERVICE_REJECTS_PUBLIC_API_THROUGH_ENDPOINT"
    )


def test_a_public_api_is_reached_without_the_endpoint():
    assert outcome(api_design(ApiEndpointType.REGIONAL, endpoint=False), invoke("i-private")) is None


def test_a_private_api_without_its_endpoint_is_noted_as_not_modelled():
    journey = walk(api_design(ApiEndpointType.PRIVATE, OPEN, endpoint=False), invoke("i-private"))

    assert "PRIVATE_API_WITHOUT_ENDPOINT_NOT_MODELLED" in journey.notes


def test_the_host_names_the_api_where_the_resource_does_not():
    assert outcome(api_design(ApiEndpointType.REGIONAL), invoke(resource="*")) == (
        "SERVICE_REJECTS_PUBLIC_API_THROUGH_ENDPOINT"
    )


def test_the_endpoints_own_name_does_not_name_the_api():
    host = f"vpce-api-1a2b.execute-api.{REGION}.vpce.amazonaws.com"
    request = invoke(resource="*", host=host, answer=designs.ENDPOINT_IP)

    assert outcome(api_design(ApiEndpointType.REGIONAL), request) is None


def test_other_services_accept_what_arrives():
    hop = walk(designs.interface_endpoint(), send_message()).hops[-1]

    assert (hop.kind, hop.passed, hop.facts["refused"], hop.facts["api"]) == ("service", True, False, None)
