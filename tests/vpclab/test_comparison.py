"""What tells two networks apart."""

from dataclasses import replace

import pytest
from hypothesis import given

from tests.vpclab.sandbox.strategies import choices
from vpclab.comparison import Billed, Say, Traits, billed_in, traits_of, with_site
from vpclab.network import Verdict, walk
from vpclab.sandbox import Choices, EndpointGroup, Source, WayOut, ask, build
from vpclab.sandbox.choices import AskedName, BucketPolicy, EndpointPolicy

PRIVATE_SSM = Choices(
    destination="ssm", way_out=WayOut.NONE, interface_endpoint=True, endpoint_group=EndpointGroup.PRIVATE
)


def traits(chosen: Choices) -> Traits:
    design, request = build(chosen), ask(chosen)
    return traits_of(design, request, walk(design, request))


def test_two_roads_to_s3_differ_in_source_policies_and_bill():
    over_nat = traits(Choices())
    over_endpoint = traits(Choices(gateway_endpoint=True, way_out=WayOut.NONE))

    assert (over_nat.uses_public_ip, str(over_nat.source_ip_seen)) == (True, "203.0.113.10")
    assert (over_endpoint.uses_public_ip, str(over_endpoint.source_ip_seen)) == (False, "10.0.10.20")
    assert over_nat.policies == ()
    assert over_endpoint.policies == (Say.ENDPOINT_POLICY_DEFAULT,)
    assert over_nat.billed == ((Billed.NAT_GATEWAY, 1), (Billed.PUBLIC_ADDRESS, 1))
    assert over_endpoint.billed == ()


def test_policies_of_ones_own_are_told_apart_from_the_default():
    found = traits(
        Choices(
            gateway_endpoint=True,
            endpoint_policy=EndpointPolicy.ONE_RESOURCE,
            bucket_policy=BucketPolicy.SOURCE_VPCE,
        )
    )

    assert found.policies == (Say.ENDPOINT_POLICY, Say.RESOURCE_POLICY)


def test_a_request_that_arrived_nowhere_was_seen_by_nobody():
    assert traits(Choices(way_out=WayOut.NONE)).source_ip_seen is None


def test_an_interface_endpoint_is_billed_in_every_zone():
    assert dict(billed_in(build(replace(PRIVATE_SSM, zones=3)))) == {Billed.INTERFACE_ENDPOINT: 3}


@pytest.mark.parametrize(
    ("source", "billed"),
    [
        (Source.ONPREM_VPN, Billed.VPN_CONNECTION),
        (Source.ONPREM_DX, Billed.DIRECT_CONNECT),
        (Source.SPOKE_VPC, Billed.TRANSIT_GATEWAY_ATTACHMENT),
    ],
)
def test_the_way_between_networks_is_billed_except_peering(source: Source, billed: Billed):
    assert billed in dict(billed_in(build(replace(PRIVATE_SSM, source=source))))
    assert billed not in dict(billed_in(build(replace(PRIVATE_SSM, source=Source.PEERED_VPC))))


def test_a_site_can_use_an_interface_endpoint_by_a_name_that_leads_there_and_no_gateway_endpoint():
    by_own_name = replace(PRIVATE_SSM, asked_name=AskedName.ENDPOINT)

    assert traits(Choices(gateway_endpoint=True)).from_site is Verdict.DROPPED
    assert traits(PRIVATE_SSM).from_site is Verdict.DROPPED
    assert traits(by_own_name).from_site is Verdict.DELIVERED
    assert traits(replace(by_own_name, endpoint_group=EndpointGroup.VPC)).from_site is Verdict.DROPPED


def test_whether_a_site_can_use_it_is_not_asked_of_a_site():
    assert traits(replace(PRIVATE_SSM, source=Source.ONPREM_DX)).from_site is None


@given(choices())
def test_any_network_has_traits(chosen: Choices):
    design = build(chosen)

    assert traits(chosen).hops > 0
    joined = with_site(design, design.workload[ask(chosen).source])
    assert joined is None or joined != design
