"""The sandbox: what choices become."""

from dataclasses import replace
from ipaddress import IPv4Address

import pytest
from hypothesis import given

from tests.vpclab.sandbox.strategies import choices
from vpclab.exchange.design_file import Case, read_cases
from vpclab.exchange.design_writer import to_yaml, write_case
from vpclab.network import CallWalk, Design, Verdict, walk
from vpclab.presets import Preset, load_presets
from vpclab.sandbox import Choices, ask, build, effective
from vpclab.sandbox.choices import (
    AskedName,
    BucketPolicy,
    BucketRegion,
    CallerGroup,
    DnsServerPreset,
    EndpointGroup,
    EndpointPolicy,
    HostedZonePreset,
    NetworkAclPreset,
    PrivateDns,
    PublicAccessBlock,
    SiteDns,
    Source,
    Table,
    WayOut,
    Zone,
)

PRIVATE_SSM = Choices(destination="ssm", way_out=WayOut.NONE, interface_endpoint=True)


def told(chosen: Choices) -> CallWalk:
    return walk(build(chosen), ask(chosen)).told


def path_of(chosen: Choices) -> list[str]:
    return list(told(chosen).path_words)


@given(choices())
def test_any_choices_are_a_design_that_can_be_walked(chosen: Choices):
    assert walk(build(chosen), ask(chosen)).told.hops


@given(choices())
def test_any_choices_are_a_design_file_that_reads_back_as_the_same_network(chosen: Choices):
    written = to_yaml(write_case(build(chosen), ask(chosen), "any"))

    (case,) = read_cases(written.encode(), "any.yaml").cases

    assert isinstance(case, Case)
    assert case.design == build(chosen)
    assert case.request == ask(chosen)


@given(choices())
def test_choices_that_cannot_be_made_change_nothing(chosen: Choices):
    assert build(chosen) == build(effective(chosen))
    assert ask(chosen) == ask(effective(chosen))
    assert effective(effective(chosen)) == effective(chosen)


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


def test_a_gateway_endpoint_helps_only_subnets_whose_route_table_it_is_in():
    in_edge_table = Choices(gateway_endpoint=True, gateway_tables=(Table.EDGE,), way_out=WayOut.NONE)

    assert told(in_edge_table).reason == "NO_ROUTE_TO_DESTINATION"
    assert told(replace(in_edge_table, source=Source.EC2_PUBLIC)).reachable


def test_sql_stays_in_the_vpc_whatever_endpoints_there_are():
    for interface in (False, True):
        chosen = Choices(source=Source.LAMBDA_VPC, destination="rds", interface_endpoint=interface)

        assert path_of(chosen) == ["lambda", "rds"]


def test_an_image_pull_without_a_way_to_s3_fails_at_the_layers():
    chosen = Choices(destination="ecr", way_out=WayOut.NONE, interface_endpoint=True)

    journey = walk(build(chosen), ask(chosen))

    assert journey.failing_call == "s3"
    assert [walked.reachable for walked in journey.calls] == [True, True, False]
    assert journey.told.root_cause == "HIDDEN_DEPENDENCY_S3"


def test_a_policy_for_one_bucket_forgets_the_layers_of_an_image():
    chosen = Choices(
        destination="ecr",
        way_out=WayOut.NONE,
        interface_endpoint=True,
        gateway_endpoint=True,
        endpoint_policy=EndpointPolicy.ONE_RESOURCE,
    )

    assert told(chosen).reason == "ENDPOINT_POLICY_IMPLICIT_DENY"
    assert told(chosen).call.service == "s3"


def test_every_zone_has_a_nat_gateway_of_its_own_if_chosen():
    one = build(Choices(zones=3, way_out=WayOut.NAT))
    each = build(Choices(zones=3, way_out=WayOut.NAT_PER_ZONE))

    def way_out(design: Design, table: str) -> str:
        return next(t for t in design.route_tables if t.route_table_id == table).routes[-1].target

    assert [way_out(one, table) for table in ("rtb-app", "rtb-app-c", "rtb-app-d")] == ["nat-lab"] * 3
    assert [way_out(each, table) for table in ("rtb-app", "rtb-app-c", "rtb-app-d")] == [
        "nat-lab",
        "nat-lab-c",
        "nat-lab-d",
    ]


def test_an_interface_in_another_zone_only_is_reached_across_zones():
    chosen = replace(PRIVATE_SSM, zones=2, interface_zones=(Zone.C,))

    assert told(chosen).reachable
    assert "AVAILABILITY_ZONE_CROSSED" in told(chosen).detail


def test_a_public_instance_without_a_public_address_does_not_get_out():
    chosen = Choices(source=Source.EC2_PUBLIC_NO_IP, way_out=WayOut.INTERNET_GATEWAY)

    assert told(chosen).reason == "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS"
    assert told(replace(chosen, source=Source.EC2_PUBLIC)).reachable


@pytest.mark.parametrize("source", [Source.ONPREM_VPN, Source.ONPREM_DX])
def test_a_site_reaches_the_endpoint_only_by_a_name_that_leads_to_it(source: Source):
    site = replace(PRIVATE_SSM, source=source, endpoint_group=EndpointGroup.PRIVATE, site_internet=False)
    forwarding = replace(site, inbound_resolver=True, site_dns=SiteDns.FORWARDING)

    assert not told(site).reachable
    assert told(forwarding).endpoint_used == "vpce-ssm"
    assert told(replace(site, asked_name=AskedName.ENDPOINT)).endpoint_used == "vpce-ssm"


def test_a_site_with_an_internet_line_goes_past_the_endpoint():
    assert path_of(replace(PRIVATE_SSM, source=Source.ONPREM_DX)) == ["onprem-host", "internet", "ssm"]


def test_a_site_cannot_use_a_gateway_endpoint():
    chosen = Choices(source=Source.ONPREM_DX, gateway_endpoint=True, site_internet=False)

    assert told(chosen).reason == "NO_ROUTE_TO_DESTINATION"


@pytest.mark.parametrize("source", [Source.PEERED_VPC, Source.SPOKE_VPC])
def test_another_vpc_uses_the_endpoint_once_the_hosted_zone_is_shared(source: Source):
    alone = replace(PRIVATE_SSM, source=source, endpoint_group=EndpointGroup.PRIVATE)
    zone = replace(alone, private_dns=PrivateDns.OFF, hosted_zone=HostedZonePreset.OWN)

    assert told(alone).root_cause == "PRIVATE_DNS_ONLY_IN_ENDPOINT_VPC"
    assert not told(zone).reachable
    assert told(replace(zone, hosted_zone=HostedZonePreset.SHARED)).endpoint_used == "vpce-ssm"


def test_a_transit_gateway_does_not_hand_security_groups_on():
    shared = replace(
        PRIVATE_SSM,
        private_dns=PrivateDns.OFF,
        hosted_zone=HostedZonePreset.SHARED,
        endpoint_group=EndpointGroup.CALLER,
    )

    assert told(replace(shared, source=Source.PEERED_VPC)).reachable
    assert told(replace(shared, source=Source.SPOKE_VPC)).root_cause == "SG_REFERENCES_NOT_PRESERVED"


def test_private_dns_for_inbound_resolvers_only_needs_the_gateway_endpoint_of_s3():
    inbound = Choices(gateway_endpoint=True, interface_endpoint=True, private_dns=PrivateDns.INBOUND)

    assert told(inbound).endpoint_used == "vpce-s3"
    assert effective(replace(inbound, gateway_endpoint=False)).private_dns is PrivateDns.ON
    assert effective(replace(inbound, destination="ssm")).private_dns is PrivateDns.ON


def test_the_endpoints_own_name_leads_to_dynamodb_through_its_interface_endpoint():
    chosen = Choices(destination="dynamodb", way_out=WayOut.NONE, interface_endpoint=True)

    assert not told(chosen).reachable
    assert told(replace(chosen, asked_name=AskedName.ENDPOINT)).endpoint_used == "vpce-dynamodb-if"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"dns_support": False}, "DNS_RESOLVER_OFF"),
        ({"dns_hostnames": False}, "NO_ROUTE_TO_DESTINATION"),
        ({"dns_server": DnsServerPreset.PUBLIC}, "NO_ROUTE_TO_DESTINATION"),
        ({"caller_group": CallerGroup.NOWHERE}, "SG_HAS_NO_RULES"),
        ({"caller_group": CallerGroup.PREFIX_LISTS}, "ENI_SG_RULES_MISMATCH"),
        ({"endpoint_group": EndpointGroup.NOBODY}, "SG_HAS_NO_RULES"),
        ({"endpoint_policy": EndpointPolicy.OTHER_RESOURCE}, "ENDPOINT_POLICY_IMPLICIT_DENY"),
        ({"endpoint_policy": EndpointPolicy.SOURCE_IP}, "ENDPOINT_POLICY_IMPLICIT_DENY"),
        ({"endpoint_policy": EndpointPolicy.DENY_ONLY}, "ENDPOINT_POLICY_IMPLICIT_DENY"),
        ({"network_acl": NetworkAclPreset.NO_HTTPS_OUT, "interface_zones": ()}, "SUBNET_ACL_RESTRICTION"),
    ],
    ids=str,
)
def test_one_choice_breaks_what_worked(change: dict, reason: str):
    assert told(PRIVATE_SSM).reachable
    assert told(replace(PRIVATE_SSM, **change)).reason == reason


@pytest.mark.parametrize(
    "change",
    [
        {"dns_server": DnsServerPreset.FORWARDING},
        {"caller_group": CallerGroup.VPC},
        {"endpoint_group": EndpointGroup.CALLER},
        {"endpoint_group": EndpointGroup.PRIVATE},
        {"endpoint_policy": EndpointPolicy.ONE_RESOURCE},
        {"network_acl": NetworkAclPreset.HTTPS},
        {"private_dns": PrivateDns.OFF, "hosted_zone": HostedZonePreset.OWN},
        {"private_dns": PrivateDns.OFF, "asked_name": AskedName.ENDPOINT},
    ],
    ids=str,
)
def test_one_choice_keeps_what_worked(change: dict):
    assert told(replace(PRIVATE_SSM, **change)).endpoint_used == "vpce-ssm"


@pytest.mark.parametrize(
    ("policy", "over_nat", "over_endpoint"),
    [
        (BucketPolicy.NONE, True, True),
        (BucketPolicy.SOURCE_VPCE, False, True),
        (BucketPolicy.SOURCE_VPC, False, True),
        (BucketPolicy.SOURCE_IP, True, False),
        (BucketPolicy.DENY_ONLY, True, True),
    ],
)
def test_a_bucket_policy_sees_by_which_way_a_request_came(
    policy: BucketPolicy, over_nat: bool, over_endpoint: bool
):
    chosen = Choices(bucket_policy=policy)

    assert told(chosen).reachable is over_nat
    assert told(replace(chosen, gateway_endpoint=True)).reachable is over_endpoint


def test_a_bucket_in_another_region_is_not_in_the_prefix_list():
    abroad = Choices(gateway_endpoint=True, way_out=WayOut.NONE, bucket_region=BucketRegion.OTHER)

    assert told(abroad).root_cause == "PREFIX_LIST_IS_REGIONAL"
    assert told(replace(abroad, way_out=WayOut.NAT)).uses_public_ip


def test_answers_need_a_rule_of_the_network_acl():
    chosen = Choices(network_acl=NetworkAclPreset.NO_RETURN)

    assert told(chosen).leg == "return"
    assert told(replace(chosen, network_acl=NetworkAclPreset.HTTPS)).reachable


@pytest.mark.parametrize(
    ("block", "arrives"), [(PublicAccessBlock.BIDIRECTIONAL, False), (PublicAccessBlock.INGRESS, True)]
)
def test_blocking_public_access_stops_nat_when_it_blocks_both_directions(
    block: PublicAccessBlock, arrives: bool
):
    assert told(Choices(public_access_block=block)).reachable is arrives
    assert told(Choices(public_access_block=block, gateway_endpoint=True)).reachable


def test_a_group_limited_to_prefix_lists_reaches_s3_at_its_public_addresses():
    assert told(Choices(caller_group=CallerGroup.PREFIX_LISTS)).destination_ip == IPv4Address("52.219.1.20")


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
    "session-manager": ["instance", "interface-endpoint", "ssmmessages"],
    "on-premises-to-endpoint": [
        "onprem-host",
        "direct-connect",
        "virtual-private-gateway",
        "interface-endpoint",
        "sqs",
    ],
    "three-zones": ["instance", "interface-endpoint", "secretsmanager"],
    "hub-behind-transit-gateway": [
        "instance",
        "subnet-route-table",
        "transit-gateway",
        "interface-endpoint",
        "kms",
    ],
}
CAUSES = {
    "ecr-without-s3": "HIDDEN_DEPENDENCY_S3",
    "private-dns-off": "PRIVATE_DNS_OFF",
    "endpoint-group-without-rules": "SG_HAS_NO_RULES",
    "bucket-policy-source-ip": "SOURCE_IP_NOT_AVAILABLE_THROUGH_ENDPOINT",
    "answers-blocked": "SUBNET_ACL_RESTRICTION",
    "peered-vpc-to-gateway": "NO_ROUTE_TO_DESTINATION",
}


@pytest.mark.parametrize("preset", load_presets(), ids=lambda preset: preset.id)
def test_every_example_shows_what_its_title_says(preset: Preset):
    journey = walk(build(preset.choices), ask(preset.choices))

    if preset.id in CAUSES:
        assert journey.told.root_cause == CAUSES[preset.id]
    else:
        assert journey.verdict is Verdict.DELIVERED
        assert list(journey.told.path_words) == VERDICTS[preset.id]
