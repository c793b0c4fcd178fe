"""What to repair first: for each cause one case where it fits, and near misses where it must not."""

import dataclasses
from typing import Any

import pytest

from tests import designs
from tests.designs import (
    ENDPOINT_IP,
    EVERYWHERE,
    HUB_ENDPOINT_IP,
    MAIN_CIDR,
    REGION,
    SITE_CIDR,
    SQS_NAME,
    acl,
    allow,
    call,
    changed,
    condition,
    deny,
    egress,
    forward,
    get_object,
    ingress,
    interface,
    ip,
    plus,
    policy,
    prefix_list,
    route,
    send,
    send_message,
    site,
    vpc,
    zone,
)
from vpclab.network import Design, Request, walk
from vpclab.network.causes import hidden_dependency
from vpclab.network.connections import VpnGateway
from vpclab.network.endpoints import EndpointState
from vpclab.network.name_servers import DnsServer
from vpclab.network.resources import Bucket

FROM_SPOKE, FROM_SITE = send_message(source="i-spoke"), send_message(source="host-batch")
PRIVATE_DNS_OFF = changed(designs.interface_endpoint(), "vpce-sqs", private_dns_enabled=False)


def causes(design: Design, request: Request | None = None) -> tuple[str, ...]:
    """The causes of a request that must have failed."""
    journey = walk(design, request or send_message())
    assert not journey.reachable
    return journey.told.contributing


def nat_beside(design: Design) -> Design:
    """The design with a way to the internet for its route tables."""
    return plus(design, "internet_gateways", *designs.s3_nat().internet_gateways)


# --- HIDDEN_DEPENDENCY_<SERVICE> ---------------------------------------------------------------------


def pull_image(source: str = "i-app") -> Request:
    """The three calls of an image pull."""
    return send(
        source,
        call("ecr.api", "ecr:GetAuthorizationToken", f"api.ecr.{REGION}.amazonaws.com", "54.249.1.50"),
        call("ecr.dkr", "ecr:BatchGetImage", f"1.dkr.ecr.{REGION}.amazonaws.com", "54.249.1.51"),
        get_object(bucket=f"prod-{REGION}-starport-layer-bucket").calls[0],
        operation="pull an image",
    )


def ecr(*services: str) -> Design:
    """A VPC with interface endpoints for some of the services of an image pull."""
    endpoints = tuple(
        interface(
            f"vpce-{number}",
            f"com.amazonaws.{REGION}.{service}",
            network_interfaces=(designs.network_interface("subnet-endpoints", f"10.0.20.{60 + number}"),),
        )
        for number, service in enumerate(services)
    )
    return designs.interface_endpoint(vpc_endpoints=endpoints)


def test_a_later_call_without_a_way_to_its_service_is_a_hidden_dependency():
    assert causes(ecr("ecr.api", "ecr.dkr"), pull_image()) == ("HIDDEN_DEPENDENCY_S3",)


def test_the_code_is_made_of_the_services_name():
    assert causes(ecr("ecr.api"), pull_image()) == ("HIDDEN_DEPENDENCY_ECR_DKR",)
    assert hidden_dependency("codedeploy-commands-secure") == "HIDDEN_DEPENDENCY_CODEDEPLOY_COMMANDS_SECURE"


def test_the_first_call_is_not_hidden():
    assert causes(ecr("ecr.dkr"), pull_image()) == ()


def test_a_call_by_itself_depends_on_nothing():
    assert causes(ecr("ecr.api", "ecr.dkr"), get_object(source="i-app")) == ()


def test_a_later_call_that_a_policy_refuses_is_not_hidden():
    s3 = designs.s3_gateway().vpc_endpoints[0]
    design = plus(ecr("ecr.api", "ecr.dkr"), "vpc_endpoints", s3)
    design = changed(plus(design, "prefix_lists", prefix_list()), "vpce-s3", policy_document=policy())
    design = changed(design, "vpce-s3", route_table_ids=("rtb-main",))

    assert causes(design, pull_image()) == ()


def test_a_later_call_whose_endpoint_stands_in_the_vpc_is_not_hidden():
    design = changed(ecr("ecr.api", "ecr.dkr"), "vpce-1", private_dns_enabled=False)

    assert causes(design, pull_image()) == ("PRIVATE_DNS_OFF",)


def test_a_later_call_that_a_group_stops_is_hidden_only_without_a_route():
    narrow = changed(ecr("ecr.api", "ecr.dkr"), "sg-app", egress=(egress(MAIN_CIDR),))
    with_route = changed(nat_beside(narrow), "rtb-main", routes=(route(EVERYWHERE, "igw-main"),))

    assert causes(narrow, pull_image()) == ("HIDDEN_DEPENDENCY_S3",)
    assert causes(with_route, pull_image()) == ()


# --- CUSTOM_DNS_NOT_FORWARDING -----------------------------------------------------------------------


def own_dns(*, forwards: Any = (), **endpoint: Any) -> Design:
    server = DnsServer(ip=ip("10.0.10.53"), location="vpc-main", forwards=forwards)
    design = designs.interface_endpoint(
        vpcs=(vpc(domain_name_servers=("10.0.10.53",)),), dns_servers=(server,)
    )
    return changed(design, "vpce-sqs", **endpoint)


def test_an_own_dns_server_that_does_not_ask_the_resolver():
    assert causes(own_dns()) == ("CUSTOM_DNS_NOT_FORWARDING",)


def test_an_unknown_dns_server_counts_as_one_of_your_own():
    elsewhere = designs.interface_endpoint(vpcs=(vpc(domain_name_servers=("8.8.8.8",)),))

    assert causes(elsewhere) == ("CUSTOM_DNS_NOT_FORWARDING",)


def test_the_resolver_would_have_known_a_zone():
    zoned = plus(own_dns(private_dns_enabled=False), "hosted_zones", zone(SQS_NAME, "vpce-sqs", "vpc-main"))

    assert causes(zoned)[0] == "CUSTOM_DNS_NOT_FORWARDING"


def test_where_the_resolver_knows_no_private_name_forwarding_would_not_help():
    assert causes(own_dns(private_dns_enabled=False)) == ("PRIVATE_DNS_OFF",)
    assert "CUSTOM_DNS_NOT_FORWARDING" not in causes(own_dns(private_dns_names=("other.example.com",)))


def test_where_the_resolver_was_asked_the_dns_server_did_its_part():
    asked = own_dns(forwards=forward("amazonaws.com", "10.0.0.2"), private_dns_enabled=False)

    assert causes(asked) == ("PRIVATE_DNS_OFF",)


def test_a_site_that_forwards_only_its_own_domain():
    design = designs.over_vpn(on_premises=site(dns=forward("corp.example.com", designs.INBOUND_IP)))

    assert causes(design, FROM_SITE) == ("CUSTOM_DNS_NOT_FORWARDING",)


def test_a_site_beside_a_vpc_that_knows_no_private_name():
    design = changed(designs.over_vpn(on_premises=site(dns=())), "vpce-sqs", private_dns_enabled=False)

    assert "CUSTOM_DNS_NOT_FORWARDING" not in causes(design, FROM_SITE)


def test_a_name_that_only_the_resolver_knows_does_not_exist_elsewhere():
    zoned = plus(own_dns(), "hosted_zones", zone("queue.internal", "vpce-sqs", "vpc-main"))

    assert causes(zoned, send_message(host="queue.internal", answer=None)) == ("CUSTOM_DNS_NOT_FORWARDING",)


# --- PRIVATE_DNS_OFF ---------------------------------------------------------------------------------


def test_private_dns_is_off_and_there_is_no_way_to_the_public_address():
    assert causes(PRIVATE_DNS_OFF) == ("PRIVATE_DNS_OFF",)


def test_private_dns_is_off_and_a_group_stops_what_no_route_would_carry():
    narrow = changed(PRIVATE_DNS_OFF, "sg-app", egress=(egress(MAIN_CIDR),))

    assert causes(narrow) == ("PRIVATE_DNS_OFF",)


def test_with_a_way_to_the_public_address_private_dns_is_not_to_blame():
    routed = changed(nat_beside(PRIVATE_DNS_OFF), "rtb-main", routes=(route(EVERYWHERE, "igw-main"),))
    public = changed(routed, "i-app", public_ip_address=ip("203.0.113.5"))
    stopped = dataclasses.replace(public, network_acls=(designs.shut_acl("acl-shut", "subnet-app", "out"),))

    assert walk(public, send_message()).reachable
    assert causes(stopped) == ()


def test_a_hosted_zone_stands_in_for_private_dns():
    zoned = plus(PRIVATE_DNS_OFF, "hosted_zones", zone(SQS_NAME, None, "vpc-main"))

    assert "PRIVATE_DNS_OFF" not in causes(zoned)


def test_the_endpoint_of_another_service_says_nothing():
    other = designs.interface_endpoint(
        vpc_endpoints=(interface("vpce-sns", f"com.amazonaws.{REGION}.sns", private_dns_enabled=False),)
    )

    assert causes(other) == ()


# --- PRIVATE_DNS_REQUIRES_VPC_DNS_ATTRIBUTES ---------------------------------------------------------

NO_HOSTNAMES = (vpc(enable_dns_hostnames=False),)


def test_private_dns_is_on_but_an_attribute_is_missing():
    assert causes(designs.interface_endpoint(vpcs=NO_HOSTNAMES)) == (
        "PRIVATE_DNS_REQUIRES_VPC_DNS_ATTRIBUTES",
    )


def test_a_zone_needs_the_attributes_too():
    zoned = dataclasses.replace(
        PRIVATE_DNS_OFF, vpcs=NO_HOSTNAMES, hosted_zones=(zone(SQS_NAME, "vpce-sqs", "vpc-main"),)
    )

    assert "PRIVATE_DNS_REQUIRES_VPC_DNS_ATTRIBUTES" in causes(zoned)


def test_with_private_dns_off_the_attributes_would_not_help():
    assert causes(dataclasses.replace(PRIVATE_DNS_OFF, vpcs=NO_HOSTNAMES)) == ("PRIVATE_DNS_OFF",)


def test_a_resolver_that_is_off_says_it_all():
    assert causes(designs.interface_endpoint(vpcs=(vpc(enable_dns_support=False),))) == ()


# --- HOSTNAME_NOT_COVERED_BY_PRIVATE_DNS -------------------------------------------------------------


def test_private_dns_works_but_not_for_this_name():
    legacy = send_message(host=f"{REGION}.queue.amazonaws.com")

    assert causes(designs.interface_endpoint(), legacy) == ("HOSTNAME_NOT_COVERED_BY_PRIVATE_DNS",)


def test_names_of_another_region_are_never_covered():
    abroad = send_message(host="sqs.us-west-2.amazonaws.com", region="us-west-2")

    assert causes(designs.interface_endpoint(), abroad) == ("HOSTNAME_NOT_COVERED_BY_PRIVATE_DNS",)


def test_an_endpoint_that_is_not_available_covers_nothing_yet():
    pending = changed(designs.interface_endpoint(), "vpce-sqs", state=EndpointState.PENDING)

    assert causes(pending, send_message(host=f"{REGION}.queue.amazonaws.com")) == ()


def test_a_name_that_is_covered_is_stopped_for_other_reasons():
    shut = changed(designs.interface_endpoint(), "sg-endpoints", ingress=())

    assert causes(shut) == ()


# --- PRIVATE_DNS_ONLY_IN_ENDPOINT_VPC ----------------------------------------------------------------

HUB_WITH_PRIVATE_DNS = changed(designs.peered_hub(hosted_zones=()), "vpce-sqs", private_dns_enabled=True)


def test_the_private_name_of_a_hub_is_not_seen_in_a_spoke():
    assert causes(HUB_WITH_PRIVATE_DNS, FROM_SPOKE) == ("PRIVATE_DNS_ONLY_IN_ENDPOINT_VPC",)


def test_a_name_that_does_not_exist_outside_the_hub():
    assert causes(HUB_WITH_PRIVATE_DNS, send_message(source="i-spoke", answer=None)) == (
        "PRIVATE_DNS_ONLY_IN_ENDPOINT_VPC",
    )


def test_private_dns_that_is_off_in_the_hub_gives_no_name_anywhere():
    assert causes(changed(HUB_WITH_PRIVATE_DNS, "vpce-sqs", private_dns_enabled=False), FROM_SPOKE) == ()


def test_a_caller_whose_own_vpc_has_the_endpoint_looks_there():
    own = interface(
        "vpce-own",
        vpc_id="vpc-spoke",
        network_interfaces=(designs.network_interface("subnet-spoke", "10.0.10.31"),),
        private_dns_enabled=False,
    )

    assert causes(plus(HUB_WITH_PRIVATE_DNS, "vpc_endpoints", own), FROM_SPOKE) == ("PRIVATE_DNS_OFF",)


# --- HOSTED_ZONE_NOT_ASSOCIATED ----------------------------------------------------------------------


def hub_zone(**more: Any) -> Design:
    return designs.peered_hub(hosted_zones=(zone(SQS_NAME, "vpce-sqs", "vpc-hub", **more),))


def test_the_zone_is_not_associated_with_the_callers_vpc():
    assert causes(hub_zone(), FROM_SPOKE) == ("HOSTED_ZONE_NOT_ASSOCIATED",)


def test_a_zone_without_a_record_for_the_name_would_not_help():
    assert causes(hub_zone(record=f"other.{SQS_NAME}"), FROM_SPOKE) == ()


def test_a_zone_for_another_domain_would_not_help():
    other = designs.peered_hub(hosted_zones=(zone("example.com", "vpce-sqs", "vpc-hub"),))

    assert causes(other, FROM_SPOKE) == ()


def test_a_zone_that_is_associated_did_its_part():
    shut = changed(designs.peered_hub(), "sg-endpoints", ingress=())

    assert causes(shut, FROM_SPOKE) == ()


# --- PRIVATE_ZONE_HAS_NO_RECORD ----------------------------------------------------------------------


def test_a_private_zone_claims_the_name_and_has_no_record():
    empty = plus(PRIVATE_DNS_OFF, "hosted_zones", zone(SQS_NAME, None, "vpc-main"))

    assert causes(empty) == ("PRIVATE_ZONE_HAS_NO_RECORD",)


def test_a_name_that_nobody_claims_and_nobody_knows():
    assert causes(designs.interface_endpoint(vpc_endpoints=()), send_message(answer=None)) == ()


# --- PREFIX_LIST_IS_REGIONAL -------------------------------------------------------------------------

ABROAD = get_object(region="us-west-2")


def test_the_prefix_list_does_not_know_addresses_of_another_region():
    everything_out = changed(designs.s3_gateway(), "sg-app", egress=(designs.EVERYTHING_OUT,))

    assert causes(everything_out, ABROAD) == ("PREFIX_LIST_IS_REGIONAL",)


def test_at_home_the_prefix_list_is_not_to_blame():
    astray = changed(designs.s3_gateway(), "sg-app", egress=(designs.EVERYTHING_OUT,))
    astray = changed(astray, "vpce-s3", route_table_ids=())
    astray = changed(astray, "rtb-private", routes=())

    assert causes(astray, get_object()) == ()


def test_without_a_gateway_endpoint_there_is_no_list_to_blame():
    cut_off = changed(designs.s3_nat(), "rtb-private", routes=())

    assert causes(cut_off, ABROAD) == ()


# --- GATEWAY_ENDPOINT_NOT_TRANSITIVE -----------------------------------------------------------------


def with_s3_in_the_hub(design: Design, target: str) -> Design:
    """The hub has a gateway endpoint for S3, and the spoke sends everything there."""
    endpoint = dataclasses.replace(
        designs.s3_gateway().vpc_endpoints[0], vpc_id="vpc-hub", route_table_ids=()
    )
    design = plus(plus(design, "vpc_endpoints", endpoint), "prefix_lists", prefix_list())
    return changed(design, "rtb-spoke", routes=(route(EVERYWHERE, target),))


S3_FROM_SPOKE = get_object(source="i-spoke")


def test_a_gateway_endpoint_does_not_serve_over_peering():
    design = with_s3_in_the_hub(designs.peered_hub(), "pcx-hub")

    assert causes(design, S3_FROM_SPOKE) == ("GATEWAY_ENDPOINT_NOT_TRANSITIVE",)


def test_a_gateway_endpoint_does_not_serve_over_a_transit_gateway():
    design = with_s3_in_the_hub(designs.transit_hub(), "tgw-core")

    assert causes(design, S3_FROM_SPOKE) == ("GATEWAY_ENDPOINT_NOT_TRANSITIVE",)


def test_a_gateway_endpoint_does_not_serve_the_data_centre():
    endpoint = designs.s3_gateway().vpc_endpoints[0]
    design = plus(designs.over_vpn(), "vpc_endpoints", endpoint)
    design = plus(design, "prefix_lists", prefix_list())
    lines = (designs.OnPremisesRoute(destination=designs.net(EVERYWHERE), target="vgw-main"),)
    design = dataclasses.replace(design, on_premises=site(routes=lines))

    assert causes(design, get_object(source="host-batch")) == ("GATEWAY_ENDPOINT_NOT_TRANSITIVE",)


def test_without_a_gateway_endpoint_over_there_it_is_just_no_way():
    design = changed(designs.peered_hub(), "rtb-spoke", routes=(route(EVERYWHERE, "pcx-hub"),))

    assert causes(design, S3_FROM_SPOKE) == ()


def test_an_interface_endpoint_over_there_is_another_matter():
    design = changed(with_s3_in_the_hub(designs.peered_hub(), "pcx-hub"), "pcx-hub", state="failed")

    assert "GATEWAY_ENDPOINT_NOT_TRANSITIVE" not in causes(design, FROM_SPOKE)


def test_the_callers_own_gateway_endpoint_is_not_over_there():
    own = dataclasses.replace(designs.s3_gateway().vpc_endpoints[0], vpc_id="vpc-spoke", route_table_ids=())
    design = plus(plus(designs.peered_hub(), "vpc_endpoints", own), "prefix_lists", prefix_list())
    design = changed(design, "rtb-spoke", routes=(route(EVERYWHERE, "pcx-hub"),))

    assert causes(design, S3_FROM_SPOKE) == ()


# --- LAMBDA_HAS_NO_PUBLIC_IP -------------------------------------------------------------------------


def test_a_function_in_a_public_subnet_has_no_public_address():
    assert causes(designs.function_in_public_subnet(), get_object(source="fn-orders")) == (
        "LAMBDA_HAS_NO_PUBLIC_IP",
    )


def test_an_instance_without_a_public_address_is_no_function():
    bare = changed(designs.s3_nat(), "i-public", public_ip_address=None)

    assert causes(bare, get_object(source="i-public")) == ()


# --- SECURITY_GROUP_LACKS_PREFIX_LIST ----------------------------------------------------------------


def test_the_group_covers_the_vpc_and_not_the_prefix_list():
    narrow = changed(designs.s3_gateway(), "sg-app", egress=(egress(MAIN_CIDR),))

    assert causes(narrow, get_object()) == ("SECURITY_GROUP_LACKS_PREFIX_LIST",)


def test_an_address_outside_every_prefix_list():
    narrow = changed(designs.s3_nat(), "sg-app", egress=(egress(MAIN_CIDR),))

    assert causes(narrow, get_object()) == ()


def test_another_filter_that_stops_s3_is_another_matter():
    shut = designs.s3_gateway(network_acls=(acl("acl-shut", "subnet-private"),))

    assert causes(shut, get_object()) == ()


def test_a_group_that_names_the_list_for_another_port_does_not_lack_it():
    other_port = changed(designs.s3_gateway(), "sg-app", egress=(egress("pl-s3", 80),))

    assert causes(other_port, get_object()) == ()


# --- SG_REFERENCES_NOT_PRESERVED ---------------------------------------------------------------------


def test_a_transit_gateway_does_not_hand_groups_on():
    by_group = changed(designs.transit_hub(), "sg-endpoints", ingress=(ingress("sg-app"),))

    assert causes(by_group, FROM_SPOKE) == ("SG_REFERENCES_NOT_PRESERVED",)


def test_a_rule_that_names_somebody_elses_group_would_not_admit_in_any_case():
    stranger = plus(designs.transit_hub(), "security_groups", designs.group("sg-other", "vpc-spoke"))
    stranger = changed(stranger, "sg-endpoints", ingress=(ingress("sg-other"),))

    assert causes(stranger, FROM_SPOKE) == ()


def test_a_rule_that_names_the_group_on_another_port_would_not_admit_in_any_case():
    other_port = changed(designs.transit_hub(), "sg-endpoints", ingress=(ingress("sg-app", 80),))

    assert "SG_REFERENCES_NOT_PRESERVED" not in causes(other_port, FROM_SPOKE)


def test_over_vpn_there_are_no_groups_to_hand_on():
    by_group = changed(designs.over_vpn(), "sg-endpoints", ingress=(ingress("sg-app"),))

    assert causes(by_group, FROM_SITE) == ()


# --- SERVICE_USES_OTHER_PORT -------------------------------------------------------------------------


def test_the_endpoints_group_admits_this_caller_on_another_port():
    assert causes(designs.interface_endpoint(), send_message(port=9142)) == ("SERVICE_USES_OTHER_PORT",)


def test_a_group_that_admits_others_on_another_port():
    others = changed(designs.interface_endpoint(), "sg-endpoints", ingress=(ingress(SITE_CIDR, 443),))

    assert causes(others, send_message(port=9142)) == ()


def test_a_group_that_admits_others_on_this_port():
    others = changed(designs.interface_endpoint(), "sg-endpoints", ingress=(ingress(SITE_CIDR, 9142),))

    assert causes(others, send_message(port=9142)) == ()


def test_the_callers_own_group_is_another_matter():
    narrow = changed(designs.interface_endpoint(), "sg-app", egress=(egress(MAIN_CIDR, 443),))

    assert causes(narrow, send_message(port=9142)) == ()


# --- SOURCE_IP_NOT_AVAILABLE_THROUGH_ENDPOINT --------------------------------------------------------

OFFICE = condition("IpAddress", "aws:SourceIp", "203.0.113.0/24")
NOT_OFFICE = condition("NotIpAddress", "aws:SourceIp", "203.0.113.0/24")


def bucket(*statements: Any, **more: Any) -> tuple[Bucket, ...]:
    return (Bucket(name="photos", region=REGION, policy=policy(*statements), **more),)


def test_a_deny_outside_the_office_denies_every_request_through_the_endpoint():
    guarded = designs.s3_gateway(buckets=bucket(allow(), deny(when=(NOT_OFFICE,))))

    assert causes(guarded, get_object()) == ("SOURCE_IP_NOT_AVAILABLE_THROUGH_ENDPOINT",)


def test_an_allow_for_the_office_only_allows_nothing_through_the_endpoint():
    partner = designs.s3_gateway(buckets=bucket(allow(when=(OFFICE,)), account="444455556666"))

    assert causes(partner, get_object()) == ("SOURCE_IP_NOT_AVAILABLE_THROUGH_ENDPOINT",)


def test_without_an_endpoint_the_source_address_is_there_and_decides():
    elsewhere = condition("NotIpAddress", "aws:SourceIp", "198.51.100.0/24")
    guarded = designs.s3_nat(buckets=bucket(allow(), deny(when=(elsewhere,))))

    assert causes(guarded, get_object()) == ()


def test_a_deny_for_other_reasons_is_another_matter():
    guarded = designs.s3_gateway(buckets=bucket(deny(), deny(when=(NOT_OFFICE,))))

    assert causes(guarded, get_object()) == ()


def test_an_allow_that_would_not_match_in_any_case_is_another_matter():
    partner = designs.s3_gateway(
        buckets=bucket(
            allow(when=(OFFICE, condition("StringEquals", "aws:SourceVpce", "vpce-other"))),
            account="444455556666",
        )
    )

    assert causes(partner, get_object()) == ()


def test_a_bucket_of_others_without_a_policy_says_nothing_of_addresses():
    partner = designs.s3_gateway(buckets=(Bucket(name="photos", region=REGION, account="444455556666"),))

    assert causes(partner, get_object()) == ()


# --- names and policies together ---------------------------------------------------------------------


def through_nat(document: Any) -> Design:
    """SQS's VPC has an endpoint with private DNS off; the call goes out over NAT and meets a policy."""
    endpoint = interface(
        "vpce-s3-interface",
        designs.S3,
        private_dns_enabled=False,
        network_interfaces=(designs.network_interface("subnet-private", "10.0.10.40"),),
        groups=(),
    )
    return designs.s3_nat(vpc_endpoints=(endpoint,), buckets=bucket(*document, account="444455556666"))


HUB_NAME = f"photos.s3.{REGION}.amazonaws.com"


@pytest.mark.parametrize(
    "statements",
    [
        (allow(), deny(when=(condition("StringNotEquals", "aws:SourceVpce", "vpce-hub"),))),
        (allow(when=(condition("StringEquals", "aws:SourceVpce", "vpce-hub"),)),),
    ],
    ids=["a Deny", "an Allow"],
)
def test_a_policy_that_asks_for_an_endpoint_points_to_the_names(statements: Any):
    elsewhere = plus(through_nat(statements), "vpcs", vpc("vpc-hub", designs.HUB_CIDR))
    elsewhere = plus(elsewhere, "hosted_zones", zone(HUB_NAME, HUB_ENDPOINT_IP, "vpc-hub"))

    assert causes(elsewhere, get_object()) == ("HOSTED_ZONE_NOT_ASSOCIATED",)


@pytest.mark.parametrize(
    "statements",
    [(deny(),), (allow("s3:PutObject"),), (allow(principals=("999999999999",)),)],
)
def test_a_policy_that_refuses_for_reasons_of_its_own_does_not(statements: Any):
    elsewhere = plus(through_nat(statements), "vpcs", vpc("vpc-hub", designs.HUB_CIDR))
    elsewhere = plus(elsewhere, "hosted_zones", zone(HUB_NAME, HUB_ENDPOINT_IP, "vpc-hub"))

    assert causes(elsewhere, get_object()) == ()


def test_the_first_cause_is_the_root_cause():
    journey = walk(PRIVATE_DNS_OFF, send_message())

    assert (journey.told.root_cause, journey.told.reason) == ("PRIVATE_DNS_OFF", "NO_ROUTE_TO_DESTINATION")


def test_without_a_cause_the_reason_is_the_root_cause():
    journey = walk(changed(designs.interface_endpoint(), "sg-endpoints", ingress=()), send_message())

    assert journey.told.root_cause == "SG_HAS_NO_RULES"


def test_what_works_has_neither():
    told = walk(designs.interface_endpoint(), send_message()).told

    assert (told.root_cause, told.contributing) == (None, ())


def test_a_site_asks_in_the_name_of_the_vpc_whose_resolver_it_reaches():
    off = changed(designs.over_vpn(), "vpce-sqs", private_dns_enabled=False)
    off = plus(off, "vpn_gateways", VpnGateway(vpn_gateway_id="vgw-two", vpc_id="vpc-main"))

    assert causes(off, FROM_SITE) == ("PRIVATE_DNS_OFF",)
    assert walk(off, send_message(source="host-batch", answer=ENDPOINT_IP)).reachable
