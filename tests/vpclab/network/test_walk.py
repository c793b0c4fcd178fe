"""The whole walk: operations, what is told of them, and what every walk has in common."""

import dataclasses
import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import designs
from tests.designs import REGION, call, changed, get_object, interface, plus, prefix_list, send, send_message
from tests.vpclab.network.random_designs import DESIGNS_AND_REQUESTS, on_the_way, removable
from vpclab.exchange.walk_json import to_json
from vpclab.network import Design, Request, Verdict, walk
from vpclab.network.vocabulary import Symptom

LAYER_BUCKET = f"prod-{REGION}-starport-layer-bucket"
PULL = send(
    "task-web",
    call("ecr.api", "ecr:GetAuthorizationToken", f"api.ecr.{REGION}.amazonaws.com", "54.249.1.50"),
    call("ecr.dkr", "ecr:BatchGetImage", f"111122223333.dkr.ecr.{REGION}.amazonaws.com", "54.249.1.51"),
    get_object(bucket=LAYER_BUCKET).calls[0],
    operation="pull an image",
)
SESSION = send(
    "i-app",
    call("ssm", "ssm:UpdateInstanceInformation", f"ssm.{REGION}.amazonaws.com", "54.249.1.70"),
    call("ssmmessages", "ssmmessages:OpenDataChannel", f"ssmmessages.{REGION}.amazonaws.com", "54.249.1.71"),
    operation="open a session",
)


def endpoints_for(*services: str) -> Design:
    """A VPC with an interface endpoint for each of the services, and a task to call them."""
    made = tuple(
        interface(
            f"vpce-{service.replace('.', '-')}",
            f"com.amazonaws.{REGION}.{service}",
            network_interfaces=(designs.network_interface("subnet-endpoints", f"10.0.20.{60 + number}"),),
        )
        for number, service in enumerate(services)
    )
    task = designs.instance("task-web", "subnet-app", "10.0.10.21", "sg-app", kind="fargate-task")
    return plus(designs.interface_endpoint(vpc_endpoints=made), "workloads", task)


def with_s3(design: Design) -> Design:
    endpoint = dataclasses.replace(designs.s3_gateway().vpc_endpoints[0], route_table_ids=("rtb-main",))
    return plus(plus(design, "vpc_endpoints", endpoint), "prefix_lists", prefix_list())


# --- operations --------------------------------------------------------------------------------------


def test_an_image_pull_needs_both_ecr_endpoints_and_a_way_to_s3():
    journey = walk(with_s3(endpoints_for("ecr.api", "ecr.dkr")), PULL)

    assert journey.verdict is Verdict.DELIVERED
    assert [(walked.call.service, walked.endpoint_used) for walked in journey.calls] == [
        ("ecr.api", "vpce-ecr-api"),
        ("ecr.dkr", "vpce-ecr-dkr"),
        ("s3", "vpce-s3"),
    ]


def test_an_image_pull_without_a_way_to_s3_fails_at_its_last_call():
    journey = walk(endpoints_for("ecr.api", "ecr.dkr"), PULL)

    assert [walked.reachable for walked in journey.calls] == [True, True, False]
    assert (journey.failing_call, journey.told.root_cause) == ("s3", "HIDDEN_DEPENDENCY_S3")
    assert designs.ends(journey) == ("subnet-route-table", "NO_ROUTE_TO_DESTINATION", "subnet-route-table")


def test_every_call_is_walked_even_after_one_has_failed():
    journey = walk(with_s3(endpoints_for("ecr.api")), PULL)

    assert [walked.reachable for walked in journey.calls] == [True, False, True]
    assert (journey.failing_call, journey.verdict) == ("ecr.dkr", Verdict.DROPPED)


def test_only_the_first_failure_of_an_operation_is_a_hidden_dependency():
    journey = walk(endpoints_for("ecr.api"), PULL)

    assert [walked.contributing for walked in journey.calls] == [(), ("HIDDEN_DEPENDENCY_ECR_DKR",), ()]


def test_a_session_needs_ssm_and_ssmmessages_and_no_ec2messages():
    journey = walk(endpoints_for("ssm", "ssmmessages"), SESSION)

    assert journey.reachable
    assert journey.failing_call is None
    assert journey.told.call.service == "ssmmessages"


def test_a_session_without_ssmmessages_has_a_hidden_dependency():
    journey = walk(endpoints_for("ssm"), SESSION)

    assert (journey.failing_call, journey.told.root_cause) == ("ssmmessages", "HIDDEN_DEPENDENCY_SSMMESSAGES")


def test_an_operation_describes_the_call_that_failed():
    journey = walk(endpoints_for("ssm"), SESSION)

    assert journey.hops == journey.calls[1].hops
    assert journey.forward_hops == journey.calls[1].forward_hops
    assert journey.return_hops == ()


def test_a_single_call_has_no_failing_call():
    assert walk(endpoints_for(), send_message()).failing_call is None


def test_a_call_may_have_a_region_of_its_own():
    abroad = get_object(bucket="photos", region="us-west-2").calls[0]
    request = send(
        "i-private",
        get_object().calls[0],
        dataclasses.replace(abroad, region="us-west-2"),
        operation="copy an object",
    )

    assert [walked.region for walked in walk(designs.s3_nat(), request).calls] == [REGION, "us-west-2"]


def test_the_region_of_a_request_is_the_designs_own_unless_told():
    assert walk(designs.interface_endpoint(), send_message()).told.region == REGION
    assert walk(designs.interface_endpoint(), send_message(region="us-west-2")).told.region == "us-west-2"


# --- notes -------------------------------------------------------------------------------------------


def test_every_walk_notes_that_identity_policies_are_not_modelled():
    assert walk(designs.interface_endpoint(), send_message()).notes == ("IDENTITY_POLICIES_NOT_MODELLED",)


def test_notes_of_all_calls_are_told_once():
    design = with_s3(endpoints_for("ecr.api", "ecr.dkr"))
    two = (
        designs.network_interface("subnet-endpoints", "10.0.20.90"),
        designs.network_interface("subnet-app", "10.0.10.90"),
    )
    design = changed(design, "vpce-ecr-dkr", network_interfaces=two)

    journey = walk(design, PULL)

    assert journey.notes == ("IDENTITY_POLICIES_NOT_MODELLED", "ONE_OF_SEVERAL_ADDRESSES")
    assert journey.calls[0].notes == ("IDENTITY_POLICIES_NOT_MODELLED",)


def test_every_symptom_has_a_verdict():
    assert {symptom.verdict for symptom in Symptom} == set(Verdict)


# --- properties --------------------------------------------------------------------------------------


MODERATE = settings(
    max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


@MODERATE
@given(DESIGNS_AND_REQUESTS)
def test_a_walk_never_fails_and_all_its_facts_are_json(pair: tuple[Design, Request]):
    design, request = pair

    journey = walk(design, request)

    for walked in journey.calls:
        assert json.loads(json.dumps([hop.facts for hop in walked.hops])) is not None
        assert walked.reachable is (walked.blocked_at is None) is (walked.reason is None)
        assert [hop.passed for hop in walked.hops[:-1]] == [True] * (len(walked.hops) - 1)
        assert walked.hops[-1].passed is walked.reachable or walked.blocked_at is not None
        assert not walked.reachable or walked.path_words[-1] == walked.call.service
        assert all(sum(c.won for c in hop.decision.candidates()) <= 1 for hop in walked.hops)


@MODERATE
@given(DESIGNS_AND_REQUESTS)
def test_a_walk_is_deterministic_and_looks_at_values_only(pair: tuple[Design, Request]):
    design, request = pair

    again = walk(design, request)
    of_an_equal_design = walk(dataclasses.replace(design), request)

    assert walk(design, request) == again
    assert to_json("same", of_an_equal_design) == to_json("same", again)


@MODERATE
@given(DESIGNS_AND_REQUESTS, st.integers(0, 1000))
def test_what_is_neither_on_the_path_nor_a_candidate_does_not_matter(
    pair: tuple[Design, Request], number: int
):
    design, request = pair
    journey = walk(design, request)
    others = removable(design, on_the_way(design, journey))
    if not others:
        return

    smaller = walk(designs.without(design, others[number % len(others)]), request)

    assert [(one.symptom, one.reason, one.path) for one in smaller.calls] == [
        (one.symptom, one.reason, one.path) for one in journey.calls
    ]
