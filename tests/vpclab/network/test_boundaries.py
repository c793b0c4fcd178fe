"""Where a request can stop: every row of the table in `docs/design-file.md`, section 4.2.

A row is a design, a request and what must come of it: `blocked_at`, the end of the path, and the reason.
"""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from tests import designs
from tests.designs import (
    EVERYWHERE,
    HUB_CIDR,
    MAIN_CIDR,
    SITE_CIDR,
    changed,
    get_object,
    plus,
    route,
    send_message,
    shut_acl,
    without,
)
from vpclab.network import Design, Request, walk
from vpclab.network.connections import VirtualInterfaceState
from vpclab.network.endpoints import EndpointState
from vpclab.network.resources import (
    Api,
    ApiEndpointType,
    BlockMode,
    Bucket,
    NatGatewayState,
    RouteState,
    VpcBlockPublicAccess,
)

BLACKHOLE = {"state": RouteState.BLACKHOLE}


@dataclass(frozen=True)
class Row:
    """One line of the table, with a design and a request in which it comes true."""

    name: str
    design: Design
    request: Request
    blocked_at: str
    path_end: str
    reason: str


# --- variations on the named networks ----------------------------------------------------------------


def with_acl(design: Design, subnet_id: str, direction: str) -> Design:
    """The design with an ACL at one subnet that stops one direction."""
    return replace(design, network_acls=(shut_acl("acl-shut", subnet_id, direction),))


def with_routes(design: Design, table_id: str, *routes: Any) -> Design:
    return changed(design, table_id, routes=routes)


def transit(**more: Any) -> Design:
    """The transit hub with another transit gateway; `more` goes to `designs.transit_gateway`."""
    hub = designs.transit_hub(transit_gateways=(designs.transit_gateway(**more),))
    return plus(
        hub,
        "subnets",
        designs.subnet("subnet-spoke-c", "10.0.30.0/24", "vpc-spoke", designs.ZONE_C),
        designs.subnet("subnet-hub-c", "10.9.30.0/24", "vpc-hub", designs.ZONE_C),
    )


def spoke_table(routes_of_attachment: str = "tgw-attach-spoke", **more: Any) -> tuple[Any, ...]:
    """The transit gateway's tables with other routes for the spoke."""
    spokes = designs.transit_table(
        "tgw-rtb-spokes", routes_of_attachment, (HUB_CIDR, "tgw-attach-hub"), **more
    )
    return (spokes, *designs.transit_gateway().route_tables[1:])


def nat_of_the_hub() -> Design:
    """The spoke's default route names a NAT gateway of the peered hub."""
    nat = replace(
        designs.s3_nat().nat_gateways[0], subnet_id="subnet-hub", private_ip=designs.ip("10.9.20.50")
    )
    hub = plus(designs.peered_hub(), "nat_gateways", nat)
    return with_routes(hub, "rtb-spoke", route(EVERYWHERE, "nat-main"))


def with_api(kind: ApiEndpointType, **more: Any) -> Design:
    """A VPC with an endpoint for API Gateway, and an API."""
    endpoint = designs.interface("vpce-api", f"com.amazonaws.{designs.REGION}.execute-api")
    api = Api(api_id="a1b2c3", endpoint_type=kind, **more)
    return designs.interface_endpoint(vpc_endpoints=(endpoint,), apis=(api,))


def invoke_api() -> Request:
    arn = f"arn:aws:execute-api:{designs.REGION}:111122223333:a1b2c3/prod/GET/orders"
    host = f"a1b2c3.execute-api.{designs.REGION}.amazonaws.com"
    call = designs.call("execute-api", "execute-api:Invoke", host, "54.249.1.30", resource=arn)
    return designs.send("i-app", call)


def bucket(**more: Any) -> Bucket:
    return Bucket(name="photos", region=designs.REGION, **more)


def down(design: Design) -> Design:
    return changed(design, "dxvif-main", state=VirtualInterfaceState.DOWN)


FROM_PUBLIC = get_object(source="i-public")
FROM_SPOKE = send_message(source="i-spoke")
FROM_SITE = send_message(source="host-batch")
FROM_SPOKE_TO_S3 = get_object(source="i-spoke")
TO_NOBODY = "10.0.20.99"
EVERYTHING_BLOCKED = VpcBlockPublicAccess(internet_gateway_block_mode=BlockMode.BIDIRECTIONAL)
DENY_ALL, ALLOW_OTHERS = (
    designs.policy(designs.allow(), designs.deny()),
    designs.policy(designs.allow("ec2:*")),
)

# --- the table ---------------------------------------------------------------------------------------

NAME = [
    Row(
        "no such name",
        designs.interface_endpoint(vpc_endpoints=()),
        send_message(answer=None),
        "dns-resolver",
        "instance",
        "DNS_NAME_NOT_FOUND",
    ),
    Row(
        "resolver of the VPC off",
        designs.interface_endpoint(vpcs=(designs.vpc(enable_dns_support=False),)),
        send_message(),
        "dns-resolver",
        "instance",
        "DNS_RESOLVER_OFF",
    ),
]
SOURCE = [
    Row(
        "group of the caller has no fitting rule",
        changed(designs.interface_endpoint(), "sg-app", egress=(designs.egress(SITE_CIDR),)),
        send_message(),
        "source-security-group",
        "instance",
        "ENI_SG_RULES_MISMATCH",
    ),
    Row(
        "group of the caller has no rules at all",
        changed(designs.interface_endpoint(), "sg-app", egress=()),
        send_message(),
        "source-security-group",
        "instance",
        "SG_HAS_NO_RULES",
    ),
    Row(
        "ACL of the caller's subnet, outbound",
        with_acl(designs.interface_endpoint(), "subnet-app", "out"),
        send_message(),
        "source-subnet-nacl",
        "instance",
        "SUBNET_ACL_RESTRICTION",
    ),
]
SUBNET_ROUTE_TABLE = [
    Row(
        "no route",
        with_routes(designs.s3_nat(), "rtb-private"),
        get_object(),
        "subnet-route-table",
        "subnet-route-table",
        "NO_ROUTE_TO_DESTINATION",
    ),
    Row(
        "blackhole",
        with_routes(designs.s3_nat(), "rtb-private", route(EVERYWHERE, "nat-main", **BLACKHOLE)),
        get_object(),
        "subnet-route-table",
        "subnet-route-table",
        "BAD_STATE_ROUTE",
    ),
    Row(
        "target of the route is gone",
        without(designs.s3_nat(), "nat-main"),
        get_object(),
        "subnet-route-table",
        "subnet-route-table",
        "BAD_STATE_ROUTE",
    ),
    Row(
        "target kind not modelled",
        with_routes(designs.s3_nat(), "rtb-private", route(EVERYWHERE, "eni-firewall")),
        get_object(),
        "subnet-route-table",
        "subnet-route-table",
        "UNSUPPORTED_COMPONENT",
    ),
    Row(
        "nobody in the VPC has the address",
        designs.interface_endpoint(vpc_endpoints=()),
        send_message(answer=TO_NOBODY),
        "subnet-route-table",
        "subnet-route-table",
        "NO_POSSIBLE_DESTINATION",
    ),
    Row(
        "transit gateway has no attachment in the caller's zone",
        transit(spoke_subnet="subnet-spoke-c"),
        FROM_SPOKE,
        "subnet-route-table",
        "subnet-route-table",
        "TGW_ROUTE_AZ_RESTRICTION",
    ),
]
NAT = [
    Row(
        "NAT gateway not available",
        changed(designs.s3_nat(), "nat-main", state=NatGatewayState.FAILED),
        get_object(),
        "nat-gateway",
        "nat-gateway",
        "BAD_STATE",
    ),
    Row(
        "caller from outside the NAT gateway's VPC",
        nat_of_the_hub(),
        FROM_SPOKE_TO_S3,
        "nat-gateway",
        "nat-gateway",
        "NGW_REQUIRES_SOURCE_IN_VPC",
    ),
    Row(
        "ACL of the NAT subnet, in",
        with_acl(designs.s3_nat(), "subnet-public", "in"),
        get_object(),
        "nat-subnet-nacl",
        "subnet-route-table",
        "SUBNET_ACL_RESTRICTION",
    ),
    Row(
        "ACL of the NAT subnet, out",
        with_acl(designs.s3_nat(), "subnet-public", "out"),
        get_object(),
        "nat-subnet-nacl",
        "nat-gateway",
        "SUBNET_ACL_RESTRICTION",
    ),
    Row(
        "NAT subnet: no route",
        with_routes(designs.s3_nat(), "rtb-public"),
        get_object(),
        "nat-subnet-route-table",
        "nat-subnet-route-table",
        "NO_ROUTE_TO_DESTINATION",
    ),
    Row(
        "NAT subnet: blackhole",
        with_routes(designs.s3_nat(), "rtb-public", route(EVERYWHERE, "igw-main", **BLACKHOLE)),
        get_object(),
        "nat-subnet-route-table",
        "nat-subnet-route-table",
        "BAD_STATE_ROUTE",
    ),
]
INTERNET_GATEWAY = [
    Row(
        "Block Public Access",
        designs.s3_nat(vpc_block_public_access=EVERYTHING_BLOCKED),
        FROM_PUBLIC,
        "internet-gateway",
        "internet-gateway",
        "VPC_BLOCK_PUBLIC_ACCESS_ENABLED",
    ),
    Row(
        "private destination",
        designs.s3_nat(),
        get_object(source="i-public", answer="192.168.7.7"),
        "internet-gateway",
        "internet-gateway",
        "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS",
    ),
    Row(
        "source without public address",
        changed(designs.s3_nat(), "i-public", public_ip_address=None),
        FROM_PUBLIC,
        "internet-gateway",
        "internet-gateway",
        "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
    ),
    Row(
        "private NAT gateway",
        changed(designs.s3_nat(), "nat-main", public_ip=None),
        get_object(),
        "internet-gateway",
        "internet-gateway",
        "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
    ),
]
GATEWAY_ENDPOINT = [
    Row(
        "gateway endpoint not available",
        changed(designs.s3_gateway(), "vpce-s3", state=EndpointState.PENDING),
        get_object(),
        "gateway-endpoint",
        "gateway-endpoint",
        "BAD_STATE",
    ),
    Row(
        "not TCP",
        changed(designs.s3_gateway(), "sg-app", egress=(designs.EVERYTHING_OUT,)),
        get_object(protocol="udp"),
        "gateway-endpoint",
        "gateway-endpoint",
        "VPCE_GATEWAY_PROTOCOL_RESTRICTION",
    ),
]
PEERING = [
    Row(
        "peering not active",
        changed(designs.peered_hub(), "pcx-hub", state="pending-acceptance"),
        FROM_SPOKE,
        "peering-connection",
        "peering-connection",
        "BAD_STATE",
    ),
    Row(
        "destination outside the peer's CIDR",
        with_routes(designs.peered_hub(), "rtb-spoke", route(EVERYWHERE, "pcx-hub")),
        FROM_SPOKE_TO_S3,
        "peering-connection",
        "peering-connection",
        "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR",
    ),
    Row(
        "nobody in the peer has that address",
        designs.peered_hub(hosted_zones=()),
        send_message(source="i-spoke", answer="10.9.20.99"),
        "peering-connection",
        "peering-connection",
        "NO_POSSIBLE_DESTINATION",
    ),
]
TRANSIT_GATEWAY = [
    Row(
        "no table for the attachment",
        transit(route_tables=spoke_table("")),
        FROM_SPOKE,
        "transit-gateway",
        "transit-gateway",
        "TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION",
    ),
    Row(
        "no route",
        with_routes(designs.transit_hub(), "rtb-spoke", route(EVERYWHERE, "tgw-core")),
        FROM_SPOKE_TO_S3,
        "transit-gateway",
        "transit-gateway",
        "TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT",
    ),
    Row(
        "blackhole",
        transit(route_tables=spoke_table(**BLACKHOLE)),
        FROM_SPOKE,
        "transit-gateway",
        "transit-gateway",
        "TGW_RTB_BAD_STATE_ROUTE",
    ),
    Row(
        "target attachment is gone",
        transit(to_hub="tgw-attach-gone"),
        FROM_SPOKE,
        "transit-gateway",
        "transit-gateway",
        "TGW_RTB_BAD_STATE_ROUTE",
    ),
    Row(
        "nobody behind the attachment has that address",
        designs.transit_hub(hosted_zones=()),
        send_message(source="i-spoke", answer="10.9.20.99"),
        "transit-gateway",
        "transit-gateway",
        "NO_POSSIBLE_DESTINATION",
    ),
]
ON_PREMISES = [
    Row(
        "no route and no internet line",
        designs.over_vpn(on_premises=designs.site(routes=())),
        FROM_SITE,
        "onprem-host",
        "onprem-host",
        "NO_ROUTE_TO_DESTINATION",
    ),
    Row(
        "virtual interface down",
        down(designs.over_direct_connect()),
        FROM_SITE,
        "direct-connect",
        "direct-connect",
        "BAD_STATE",
    ),
    Row(
        "address is not that of an interface in the VPC",
        designs.over_vpn(vpc_endpoints=()),
        send_message(source="host-batch", answer=TO_NOBODY),
        "virtual-private-gateway",
        "virtual-private-gateway",
        "VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS",
    ),
    Row(
        "into on premises for a public address",
        with_routes(designs.over_vpn(), "rtb-main", route(EVERYWHERE, "vgw-main")),
        get_object(source="i-app"),
        "virtual-private-gateway",
        "virtual-private-gateway",
        "NO_ROUTE_TO_DESTINATION",
    ),
]
OUTSIDE_VPCS = [
    Row(
        "a function outside VPCs calls a private address",
        designs.function_outside_vpcs(),
        send_message(source="fn-orders", answer=designs.ENDPOINT_IP),
        "aws-managed-network",
        "aws-managed-network",
        "NO_ROUTE_TO_DESTINATION",
    ),
]
INTERFACE_ENDPOINT = [
    Row(
        "ACL of the endpoint's subnet, inbound",
        with_acl(designs.interface_endpoint(), "subnet-endpoints", "in"),
        send_message(),
        "endpoint-subnet-nacl",
        "subnet-route-table",
        "SUBNET_ACL_RESTRICTION",
    ),
    Row(
        "ACL of the endpoint's subnet, inbound, across a transit gateway",
        with_acl(designs.transit_hub(), "subnet-hub", "in"),
        FROM_SPOKE,
        "endpoint-subnet-nacl",
        "transit-gateway",
        "SUBNET_ACL_RESTRICTION",
    ),
    Row(
        "interface endpoint not available",
        changed(designs.interface_endpoint(), "vpce-sqs", state=EndpointState.PENDING_ACCEPTANCE),
        send_message(answer=designs.ENDPOINT_IP),
        "interface-endpoint",
        "interface-endpoint",
        "BAD_STATE",
    ),
    Row(
        "group of the endpoint has no fitting rule",
        changed(designs.interface_endpoint(), "sg-endpoints", ingress=(designs.ingress(SITE_CIDR),)),
        send_message(),
        "endpoint-security-group",
        "interface-endpoint",
        "ENI_SG_RULES_MISMATCH",
    ),
    Row(
        "group of the endpoint has no rules at all",
        changed(designs.interface_endpoint(), "sg-endpoints", ingress=()),
        send_message(),
        "endpoint-security-group",
        "interface-endpoint",
        "SG_HAS_NO_RULES",
    ),
]
RETURN_LEG = [
    Row(
        "ACL of the endpoint's subnet",
        with_acl(designs.interface_endpoint(), "subnet-endpoints", "out"),
        send_message(),
        "endpoint-subnet-nacl",
        "sqs",
        "SUBNET_ACL_RESTRICTION",
    ),
    Row(
        "ACL of the caller's subnet",
        with_acl(designs.interface_endpoint(), "subnet-app", "in"),
        send_message(),
        "source-subnet-nacl",
        "sqs",
        "SUBNET_ACL_RESTRICTION",
    ),
    Row(
        "ACL of the caller's subnet, from a gateway endpoint",
        with_acl(designs.s3_gateway(), "subnet-private", "in"),
        get_object(),
        "source-subnet-nacl",
        "s3",
        "SUBNET_ACL_RESTRICTION",
    ),
    Row(
        "ACL of the NAT subnet, in from the service",
        designs.s3_nat(
            network_acls=(
                designs.acl(
                    "acl-public",
                    "subnet-public",
                    designs.entry(100, "allow", "in", MAIN_CIDR),
                    designs.entry(100, "allow", "out"),
                ),
            )
        ),
        get_object(),
        "nat-subnet-nacl",
        "s3",
        "SUBNET_ACL_RESTRICTION",
    ),
    Row(
        "ACL of the NAT subnet, out to the caller",
        designs.s3_nat(
            network_acls=(
                designs.acl(
                    "acl-public",
                    "subnet-public",
                    designs.entry(100, "allow", "in"),
                    designs.entry(100, "allow", "out", ports=443),
                ),
            )
        ),
        get_object(),
        "nat-subnet-nacl",
        "s3",
        "SUBNET_ACL_RESTRICTION",
    ),
    Row(
        "the endpoint subnet's table: no route",
        with_routes(designs.peered_hub(), "rtb-hub"),
        FROM_SPOKE,
        "endpoint-subnet-route-table",
        "sqs",
        "NO_ROUTE_TO_DESTINATION",
    ),
    Row(
        "the endpoint subnet's table: blackhole",
        with_routes(designs.peered_hub(), "rtb-hub", route(MAIN_CIDR, "pcx-hub", **BLACKHOLE)),
        FROM_SPOKE,
        "endpoint-subnet-route-table",
        "sqs",
        "BAD_STATE_ROUTE",
    ),
    Row(
        "the endpoint subnet's table: target gone",
        with_routes(designs.peered_hub(), "rtb-hub", route(MAIN_CIDR, "pcx-gone")),
        FROM_SPOKE,
        "endpoint-subnet-route-table",
        "sqs",
        "BAD_STATE_ROUTE",
    ),
    Row(
        "the endpoint subnet's table: no attachment in its zone",
        transit(hub_subnet="subnet-hub-c"),
        FROM_SPOKE,
        "endpoint-subnet-route-table",
        "sqs",
        "TGW_ROUTE_AZ_RESTRICTION",
    ),
    Row(
        "the endpoint subnet's table: no route to the site",
        with_routes(designs.over_vpn(), "rtb-main"),
        FROM_SITE,
        "endpoint-subnet-route-table",
        "sqs",
        "NO_ROUTE_TO_DESTINATION",
    ),
]
POLICIES = [
    Row(
        "interface endpoint policy: a Deny matched",
        changed(designs.interface_endpoint(), "vpce-sqs", policy_document=DENY_ALL),
        send_message(),
        "endpoint-policy",
        "interface-endpoint",
        "ENDPOINT_POLICY_EXPLICIT_DENY",
    ),
    Row(
        "gateway endpoint policy: a Deny matched",
        changed(designs.s3_gateway(), "vpce-s3", policy_document=DENY_ALL),
        get_object(),
        "endpoint-policy",
        "gateway-endpoint",
        "ENDPOINT_POLICY_EXPLICIT_DENY",
    ),
    Row(
        "interface endpoint policy: nothing allows",
        changed(designs.interface_endpoint(), "vpce-sqs", policy_document=ALLOW_OTHERS),
        send_message(),
        "endpoint-policy",
        "interface-endpoint",
        "ENDPOINT_POLICY_IMPLICIT_DENY",
    ),
    Row(
        "gateway endpoint policy: nothing allows",
        changed(designs.s3_gateway(), "vpce-s3", policy_document=ALLOW_OTHERS),
        get_object(),
        "endpoint-policy",
        "gateway-endpoint",
        "ENDPOINT_POLICY_IMPLICIT_DENY",
    ),
    Row(
        "the service refuses the way the call came",
        with_api(ApiEndpointType.REGIONAL),
        invoke_api(),
        "service",
        "execute-api",
        "SERVICE_REJECTS_PUBLIC_API_THROUGH_ENDPOINT",
    ),
    Row(
        "bucket policy: a Deny matched",
        designs.s3_gateway(buckets=(bucket(policy=DENY_ALL),)),
        get_object(),
        "resource-policy",
        "s3",
        "RESOURCE_POLICY_EXPLICIT_DENY",
    ),
    Row(
        "bucket of another account: nothing allows",
        designs.s3_gateway(buckets=(bucket(account="444455556666"),)),
        get_object(),
        "resource-policy",
        "s3",
        "RESOURCE_POLICY_IMPLICIT_DENY",
    ),
    Row(
        "API policy: a Deny matched",
        with_api(ApiEndpointType.PRIVATE, policy=DENY_ALL),
        invoke_api(),
        "resource-policy",
        "execute-api",
        "RESOURCE_POLICY_EXPLICIT_DENY",
    ),
    Row(
        "private API: nothing allows",
        with_api(ApiEndpointType.PRIVATE),
        invoke_api(),
        "resource-policy",
        "execute-api",
        "RESOURCE_POLICY_IMPLICIT_DENY",
    ),
]

STAGES = {
    "dns": NAME,
    "filter": [*SOURCE, NAT[2], NAT[3], *(row for row in INTERFACE_ENDPOINT if row.reason != "BAD_STATE")],
    "route": [
        *(*SUBNET_ROUTE_TABLE, *NAT[:2], *NAT[4:], *INTERNET_GATEWAY, *GATEWAY_ENDPOINT),
        *(*PEERING, *TRANSIT_GATEWAY, *ON_PREMISES, *OUTSIDE_VPCS),
        *(row for row in INTERFACE_ENDPOINT if row.reason == "BAD_STATE"),
    ],
    "return": RETURN_LEG,
    "policy": [row for row in POLICIES if row.blocked_at != "service"],
    "service": [row for row in POLICIES if row.blocked_at == "service"],
}
ROWS = [(stage, row) for stage, rows in STAGES.items() for row in rows]
IDS = [f"{stage}: {row.name}" for stage, row in ROWS]

# What the client sees, by reason where it is not a time-out.
SYMPTOMS = {
    "DNS_NAME_NOT_FOUND": ("nxdomain", "UNRESOLVED"),
    "DNS_RESOLVER_OFF": ("dns-timeout", "UNRESOLVED"),
    "ENDPOINT_POLICY_EXPLICIT_DENY": ("access-denied", "DENIED"),
    "ENDPOINT_POLICY_IMPLICIT_DENY": ("access-denied", "DENIED"),
    "RESOURCE_POLICY_EXPLICIT_DENY": ("access-denied", "DENIED"),
    "RESOURCE_POLICY_IMPLICIT_DENY": ("access-denied", "DENIED"),
    "SERVICE_REJECTS_PUBLIC_API_THROUGH_ENDPOINT": ("http-403", "DENIED"),
}


@pytest.mark.parametrize(("stage", "row"), ROWS, ids=IDS)
def test_the_request_stops_where_the_table_says(stage: str, row: Row):
    walked = walk(row.design, row.request)

    assert designs.ends(walked) == (row.blocked_at, row.reason, row.path_end)
    assert (walked.told.stage, walked.told.leg) == (stage, "return" if stage == "return" else "forward")


@pytest.mark.parametrize("row", [row for _, row in ROWS], ids=IDS)
def test_the_client_sees_the_symptom_of_the_stage(row: Row):
    walked = walk(row.design, row.request)

    assert (walked.told.symptom, walked.verdict) == SYMPTOMS.get(row.reason, ("timeout", "DROPPED"))
    assert not walked.reachable


@pytest.mark.parametrize("row", [row for _, row in ROWS], ids=IDS)
def test_the_last_hop_is_the_only_one_that_did_not_pass(row: Row):
    walked = walk(row.design, row.request)

    assert [hop.passed for hop in walked.hops] == [True] * (len(walked.hops) - 1) + [False]
    assert (walked.hops[-1].kind, walked.hops[-1].reason) == (row.blocked_at, row.reason)
    assert walked.hops[-1].leg == walked.told.leg


def test_every_place_and_reason_of_the_table_has_a_row():
    rows = {(row.blocked_at, row.reason) for _, row in ROWS}

    assert rows == {
        ("dns-resolver", "DNS_NAME_NOT_FOUND"),
        ("dns-resolver", "DNS_RESOLVER_OFF"),
        ("source-security-group", "ENI_SG_RULES_MISMATCH"),
        ("source-security-group", "SG_HAS_NO_RULES"),
        ("source-subnet-nacl", "SUBNET_ACL_RESTRICTION"),
        ("subnet-route-table", "NO_ROUTE_TO_DESTINATION"),
        ("subnet-route-table", "BAD_STATE_ROUTE"),
        ("subnet-route-table", "UNSUPPORTED_COMPONENT"),
        ("subnet-route-table", "NO_POSSIBLE_DESTINATION"),
        ("subnet-route-table", "TGW_ROUTE_AZ_RESTRICTION"),
        ("nat-gateway", "BAD_STATE"),
        ("nat-gateway", "NGW_REQUIRES_SOURCE_IN_VPC"),
        ("nat-subnet-nacl", "SUBNET_ACL_RESTRICTION"),
        ("nat-subnet-route-table", "NO_ROUTE_TO_DESTINATION"),
        ("nat-subnet-route-table", "BAD_STATE_ROUTE"),
        ("internet-gateway", "VPC_BLOCK_PUBLIC_ACCESS_ENABLED"),
        ("internet-gateway", "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS"),
        ("internet-gateway", "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS"),
        ("gateway-endpoint", "BAD_STATE"),
        ("gateway-endpoint", "VPCE_GATEWAY_PROTOCOL_RESTRICTION"),
        ("peering-connection", "BAD_STATE"),
        ("peering-connection", "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR"),
        ("peering-connection", "NO_POSSIBLE_DESTINATION"),
        ("transit-gateway", "TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION"),
        ("transit-gateway", "TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT"),
        ("transit-gateway", "TGW_RTB_BAD_STATE_ROUTE"),
        ("transit-gateway", "NO_POSSIBLE_DESTINATION"),
        ("onprem-host", "NO_ROUTE_TO_DESTINATION"),
        ("direct-connect", "BAD_STATE"),
        ("virtual-private-gateway", "VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS"),
        ("virtual-private-gateway", "NO_ROUTE_TO_DESTINATION"),
        ("aws-managed-network", "NO_ROUTE_TO_DESTINATION"),
        ("endpoint-subnet-nacl", "SUBNET_ACL_RESTRICTION"),
        ("interface-endpoint", "BAD_STATE"),
        ("endpoint-security-group", "ENI_SG_RULES_MISMATCH"),
        ("endpoint-security-group", "SG_HAS_NO_RULES"),
        ("endpoint-subnet-route-table", "NO_ROUTE_TO_DESTINATION"),
        ("endpoint-subnet-route-table", "BAD_STATE_ROUTE"),
        ("endpoint-subnet-route-table", "TGW_ROUTE_AZ_RESTRICTION"),
        ("endpoint-policy", "ENDPOINT_POLICY_EXPLICIT_DENY"),
        ("endpoint-policy", "ENDPOINT_POLICY_IMPLICIT_DENY"),
        ("service", "SERVICE_REJECTS_PUBLIC_API_THROUGH_ENDPOINT"),
        ("resource-policy", "RESOURCE_POLICY_EXPLICIT_DENY"),
        ("resource-policy", "RESOURCE_POLICY_IMPLICIT_DENY"),
    }
