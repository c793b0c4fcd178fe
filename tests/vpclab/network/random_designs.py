"""Random but valid designs over all sections, with requests to send through them: for property tests.

The ids are few and fixed, so that routes, rules and records meet each other often.
"""

import json
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from tests import designs
from tests.designs import INBOUND_IP, REGION, S3, SQS, SQS_NAME, ip, net
from vpclab.network import Call, Design, Request, Walk
from vpclab.network.connections import (
    OnPremises,
    OnPremisesRoute,
    TransitGateway,
    TransitGatewayRoute,
    TransitGatewayRouteTable,
    VirtualInterface,
    VirtualInterfaceState,
    VirtualInterfaceType,
    VpcAttachment,
    VpcPeeringConnection,
    VpnGateway,
)
from vpclab.network.endpoints import DnsOptions, EndpointState, GatewayEndpoint, InterfaceEndpoint
from vpclab.network.filter_rules import NetworkAcl, SecurityGroup
from vpclab.network.name_servers import DnsServer, HostedZone, ResolverDirection, ResolverEndpoint, ZoneRecord
from vpclab.network.policy_document import PolicyDocument
from vpclab.network.resources import (
    Api,
    ApiEndpointType,
    BlockMode,
    BlockPublicAccessExclusion,
    Bucket,
    ExclusionMode,
    InternetGateway,
    NatGateway,
    NatGatewayState,
    Route,
    RouteOrigin,
    RouteState,
    RouteTable,
    VpcBlockPublicAccess,
    Workload,
    WorkloadKind,
)

Pick = Callable[..., Any]

VPCS = {"vpc-main": "10.0.0.0/16", "vpc-hub": "10.9.0.0/16", "vpc-odd": "198.18.0.0/16"}
SUBNETS = {
    "subnet-app": ("10.0.10.0/24", "vpc-main", designs.ZONE_A),
    "subnet-data": ("10.0.20.0/24", "vpc-main", designs.ZONE_C),
    "subnet-public": ("10.0.0.0/24", "vpc-main", designs.ZONE_A),
    "subnet-hub": ("10.9.20.0/24", "vpc-hub", designs.ZONE_A),
    "subnet-hub-c": ("10.9.30.0/24", "vpc-hub", designs.ZONE_C),
    "subnet-odd": ("198.18.1.0/24", "vpc-odd", designs.ZONE_A),
}
NETWORKS = (
    *("0.0.0.0/0", "10.0.0.0/8", "10.0.0.0/16", "10.9.0.0/16", "10.9.20.0/24", "198.18.0.0/16"),
    *("172.16.0.0/16", "52.219.0.0/16", "52.219.1.0/24", "10.0.20.31/32"),
)
LISTS = ("pl-s3", "pl-own")
TARGETS = (
    *("igw-main", "igw-hub", "nat-main", "nat-hub", "vpce-s3", "vpce-sqs", "pcx-1", "pcx-2"),
    *("tgw-1", "vgw-main", "vgw-hub", "eni-1", "pcx-gone"),
)
ADDRESSES = (
    *("10.0.20.31", "10.9.20.31", "10.0.10.20", "10.0.99.9", "198.18.1.5", "52.219.1.20", "54.249.1.1"),
    *("52.219.1.20", "52.219.2.20", "172.16.4.20", "172.16.4.99", "192.168.1.1", None),
)
HOSTS = (
    SQS_NAME,
    f"photos.s3.{REGION}.amazonaws.com",
    "photos.s3.us-west-2.amazonaws.com",
    f"a1b2c3.execute-api.{REGION}.amazonaws.com",
    f"vpce-1.sqs.{REGION}.vpce.amazonaws.com",
    "queue.internal",
)
RESOURCES = (
    "*",
    "arn:aws:s3:::photos/cat.jpg",
    "arn:aws:s3:::unknown/cat.jpg",
    f"arn:aws:sqs:{REGION}:444455556666:orders",
    f"arn:aws:execute-api:{REGION}:111122223333:a1b2c3/prod/GET/x",
)
PORTS = (None, (443, 443), (1024, 65535), (32768, 60999), (0, 65535))
SERVERS = ("AmazonProvidedDNS", "10.0.0.2", "10.9.0.2", "10.0.10.53", "10.0.10.54", INBOUND_IP, "8.8.8.8")


def some(pick: Pick, *options: Any) -> tuple[Any, ...]:
    """Some of the options, in their order."""
    return tuple(option for option in options if pick(True, True, False))


def document(pick: Pick) -> PolicyDocument | None:
    """A policy, or none."""
    conditions = (
        designs.condition("StringEquals", "aws:SourceVpce", "vpce-sqs"),
        designs.condition("NotIpAddress", "aws:SourceIp", "203.0.113.0/24"),
        designs.condition("StringNotEqualsIfExists", "aws:ResourceAccount", "111122223333"),
        designs.condition("Null", "aws:SourceVpc", "true"),
        designs.condition("ForAnyValue:StringLike", "aws:RequestTag/x", "${aws:PrincipalAccount}*"),
    )
    statements = tuple(
        pick(designs.allow, designs.deny)(
            pick("*", "s3:*", "sqs:SendMessage", "ec2:*"),
            pick("*", "arn:aws:s3:::photos/*", "execute-api:/*"),
            when=pick((), (pick(*conditions),)),
            principals=pick(None, ("*",), ("111122223333",), ("444455556666",)),
        )
        for _ in range(pick(0, 1, 2, 3))
    )
    return pick(None, None, designs.policy(*statements))


def routes(pick: Pick) -> tuple[Route, ...]:
    """Rows of a route table, two of them often usual; the local route is implied."""
    usual = some(
        pick,
        designs.route("0.0.0.0/0", pick("nat-main", "igw-main", "igw-hub", "tgw-1", "vgw-main")),
        designs.route(pick("10.0.0.0/8", "10.9.0.0/16", "10.0.0.0/15"), pick("pcx-1", "pcx-2", "tgw-1")),
        designs.route("172.16.0.0/16", "vgw-main"),
    )
    return usual + tuple(
        designs.route(
            pick(*NETWORKS, *LISTS),
            pick(*TARGETS),
            state=pick(RouteState.ACTIVE, RouteState.ACTIVE, RouteState.BLACKHOLE),
            origin=pick(RouteOrigin.CREATE_ROUTE, RouteOrigin.CREATE_ROUTE, RouteOrigin.PROPAGATED),
        )
        for _ in range(pick(0, 0, 1, 3))
    )


def route_tables(pick: Pick) -> tuple[RouteTable, ...]:
    """A main table for some VPCs, and a table of their own for some subnets."""
    own = [
        RouteTable(
            route_table_id=f"rtb-{subnet_id}", vpc_id=vpc_id, subnet_ids=(subnet_id,), routes=routes(pick)
        )
        for subnet_id, (_, vpc_id, _) in SUBNETS.items()
    ]
    main = [
        RouteTable(route_table_id=f"rtb-{vpc_id}", vpc_id=vpc_id, main=True, routes=routes(pick))
        for vpc_id in VPCS
    ]
    return some(pick, *own, *main)


def security_groups(pick: Pick) -> tuple[SecurityGroup, ...]:
    """Two groups in every VPC."""
    peers = (*NETWORKS, *LISTS, "sg-vpc-main", "sg-vpc-hub")

    def rules(make: Callable[..., Any]) -> tuple[Any, ...]:
        made = [
            make(pick(*peers), pick(*PORTS), pick("tcp", "tcp", "udp", "icmp", "-1"))
            for _ in range(pick(0, 1, 2, 3))
        ]
        usual = designs.EVERYTHING_OUT if make is designs.egress else designs.ingress("0.0.0.0/0")
        return pick(*[(usual,)] * 4, tuple(made))

    return tuple(
        SecurityGroup(
            group_id=f"{name}-{vpc_id}",
            vpc_id=vpc_id,
            ingress=rules(designs.ingress),
            egress=rules(designs.egress),
        )
        for vpc_id in VPCS
        for name in ("sg", "sg-two")
    )


def network_acls(pick: Pick) -> tuple[NetworkAcl, ...]:
    def made(subnet_id: str) -> NetworkAcl:
        numbers = iter(range(100, 900, 100))
        entries = [
            designs.entry(
                next(numbers),
                pick("allow", "allow", "deny"),
                pick("in", "out"),
                pick(*NETWORKS),
                pick(*PORTS),
                pick("tcp", "-1", "udp"),
            )
            for _ in range(pick(0, 2, 4))
        ]
        return designs.acl(f"acl-{subnet_id}", subnet_id, *entries)

    return tuple(
        pick(designs.open_acl(f"acl-{one}", one), designs.open_acl(f"acl-{one}", one), made(one))
        for one in some(pick, *SUBNETS)
        if pick(True, False)
    )


def endpoints(pick: Pick) -> tuple[Any, ...]:
    """A gateway endpoint, and interface endpoints wherever they may stand."""
    states = (EndpointState.AVAILABLE, EndpointState.AVAILABLE, EndpointState.PENDING)
    gateway_vpc = pick("vpc-main", "vpc-hub")
    tables = tuple(f"rtb-{one}" for one, (_, vpc_id, _) in SUBNETS.items() if vpc_id == gateway_vpc)
    gateway = GatewayEndpoint(
        vpc_endpoint_id="vpce-s3",
        service_name=S3,
        vpc_id=gateway_vpc,
        route_table_ids=some(pick, *tables),
        policy_document=document(pick),
        state=pick(*states),
    )
    places = {
        "vpc-main": (("subnet-data", "10.0.20.31"), ("subnet-app", "10.0.10.31")),
        "vpc-hub": (("subnet-hub", "10.9.20.31"), ("subnet-hub-c", "10.9.30.31")),
    }

    def interface(endpoint_id: str, service_name: str, offset: int) -> InterfaceEndpoint:
        vpc_id = pick("vpc-main", "vpc-hub")
        interfaces = tuple(
            designs.NetworkInterface(subnet_id=subnet_id, private_ip_address=ip(address) + offset)
            for subnet_id, address in some(pick, *places[vpc_id])
        )
        return InterfaceEndpoint(
            vpc_endpoint_id=endpoint_id,
            service_name=service_name,
            vpc_id=vpc_id,
            network_interfaces=interfaces,
            groups=some(pick, f"sg-{vpc_id}", f"sg-two-{vpc_id}"),
            private_dns_enabled=pick(True, False),
            private_dns_names=pick(None, None, ("queue.internal",), ("*.internal",)),
            dns_options=DnsOptions(private_dns_only_for_inbound_resolver_endpoint=pick(True, False)),
            policy_document=document(pick),
            state=pick(*states),
        )

    api = f"com.amazonaws.{REGION}.execute-api"
    return some(
        pick,
        gateway,
        interface("vpce-sqs", SQS, 0),
        interface("vpce-if", S3, 1),
        interface("vpce-api", api, 2),
    )


def workloads(pick: Pick) -> tuple[Workload, ...]:
    def made(
        workload_id: str, kind: WorkloadKind, subnet_id: str | None, address: str | None, **more: Any
    ) -> Workload:
        groups: tuple[str, ...] = ()
        if subnet_id is not None:
            vpc_id = SUBNETS[subnet_id][1]
            groups = some(pick, f"sg-{vpc_id}", f"sg-two-{vpc_id}")
        return Workload(
            id=workload_id,
            kind=kind,
            subnet_id=subnet_id,
            private_ip_address=ip(address) if address else None,
            groups=groups,
            **more,
        )

    public = pick(None, ip("203.0.113.20"))
    return (
        made("i-app", WorkloadKind.INSTANCE, "subnet-app", pick("10.0.10.20", None)),
        made("i-public", WorkloadKind.INSTANCE, "subnet-public", "10.0.0.20", public_ip_address=public),
        made("fn-vpc", WorkloadKind.LAMBDA, "subnet-public", "10.0.0.77"),
        made("fn-out", WorkloadKind.LAMBDA, None, None),
        made("host-batch", WorkloadKind.ONPREM_HOST, None, pick("172.16.4.20", None)),
        made("task-hub", WorkloadKind.FARGATE_TASK, "subnet-hub-c", "10.9.30.20"),
        made("db-odd", WorkloadKind.DB_INSTANCE, "subnet-odd", "198.18.1.5"),
    )


def transit_gateways(pick: Pick) -> tuple[TransitGateway, ...]:
    attachments = some(
        pick,
        *(
            VpcAttachment(attachment_id=f"att-{one}", vpc_id=vpc_id, subnet_ids=(one,))
            for one, (_, vpc_id, _) in SUBNETS.items()
        ),
    )
    ids = tuple(f"att-{one}" for one in SUBNETS)
    tables = tuple(
        TransitGatewayRouteTable(
            route_table_id=f"tgw-rtb-{number}",
            associations=ids[number::2],
            routes=(
                TransitGatewayRoute(destination=net(pick("10.0.0.0/16", "10.9.0.0/16")), target=pick(*ids)),
                *(
                    TransitGatewayRoute(
                        destination=net(pick(*NETWORKS)),
                        target=pick(*ids),
                        state=pick(RouteState.ACTIVE, RouteState.ACTIVE, RouteState.BLACKHOLE),
                    )
                    for _ in range(pick(0, 1, 3))
                ),
            ),
        )
        for number in some(pick, 0, 1)
    )
    made = TransitGateway(transit_gateway_id="tgw-1", vpc_attachments=attachments, route_tables=tables)
    return some(pick, made)


def rules_of_dns(pick: Pick) -> tuple[Any, ...]:
    return pick((), designs.forward(pick("amazonaws.com", "internal", REGION), pick(*SERVERS)))


def on_premises(pick: Pick) -> OnPremises | None:
    lines = tuple(
        OnPremisesRoute(destination=net(pick(*NETWORKS)), target=pick("vgw-main", "dxvif-1", "dxvif-gone"))
        for _ in range(pick(0, 1, 2))
    )
    usual = OnPremisesRoute(destination=net("10.0.0.0/8"), target=pick("vgw-main", "dxvif-1"))
    lines += pick((), (usual,), (usual,))
    made = OnPremises(
        cidr=net("172.16.0.0/16"), routes=lines, dns=rules_of_dns(pick), internet=pick(True, False)
    )
    return pick(None, made, made, made)


def zones(pick: Pick) -> tuple[HostedZone, ...]:
    return some(
        pick,
        *(
            HostedZone(
                name=name,
                vpc_ids=some(pick, *VPCS),
                records=tuple(
                    ZoneRecord(name=pick(name, f"*.{name}"), target=pick("vpce-sqs", "vpce-if", "10.0.10.20"))
                    for _ in range(pick(0, 1, 1, 2))
                ),
            )
            for name in (SQS_NAME, "internal", f"s3.{REGION}.amazonaws.com")
        ),
    )


def block_public_access(pick: Pick) -> VpcBlockPublicAccess | None:
    modes = (ExclusionMode.BIDIRECTIONAL, ExclusionMode.EGRESS)
    made = VpcBlockPublicAccess(
        internet_gateway_block_mode=pick(*BlockMode),
        exclusions=some(
            pick,
            BlockPublicAccessExclusion(vpc_id="vpc-main", internet_gateway_exclusion_mode=pick(*modes)),
            BlockPublicAccessExclusion(
                subnet_id="subnet-public", internet_gateway_exclusion_mode=pick(*modes)
            ),
        ),
    )
    return pick(None, None, made)


def a_design(pick: Pick) -> Design:
    nats = (("nat-main", "subnet-public", "10.0.0.50"), ("nat-hub", "subnet-hub", "10.9.20.50"))
    gateways = some(pick, VpnGateway(vpn_gateway_id="vgw-hub", vpc_id="vpc-hub"))
    return Design(
        region=REGION,
        organization=pick(None, "o-example"),
        vpcs=tuple(
            designs.vpc(
                vpc_id,
                cidr,
                enable_dns_support=pick(*[True] * 9, False),
                enable_dns_hostnames=pick(True, True, False),
                domain_name_servers=(pick(*["AmazonProvidedDNS"] * 20, *SERVERS),),
            )
            for vpc_id, cidr in VPCS.items()
        ),
        subnets=tuple(designs.subnet(one, *values) for one, values in SUBNETS.items()),
        internet_gateways=some(
            pick,
            InternetGateway(internet_gateway_id="igw-main", vpc_id="vpc-main"),
            InternetGateway(internet_gateway_id="igw-hub", vpc_id="vpc-hub"),
        ),
        nat_gateways=some(
            pick,
            *(
                NatGateway(
                    nat_gateway_id=nat_id,
                    subnet_id=subnet_id,
                    private_ip=ip(address),
                    public_ip=pick(None, ip(designs.NAT_ADDRESS)),
                    state=pick(NatGatewayState.AVAILABLE, NatGatewayState.AVAILABLE, NatGatewayState.FAILED),
                )
                for nat_id, subnet_id, address in nats
            ),
        ),
        route_tables=route_tables(pick),
        prefix_lists=(
            designs.prefix_list(),
            designs.prefix_list("pl-own", "own", "52.219.0.0/20 10.9.20.0/24"),
        ),
        vpc_endpoints=endpoints(pick),
        security_groups=security_groups(pick),
        network_acls=network_acls(pick),
        workloads=workloads(pick),
        vpc_peering_connections=some(
            pick,
            VpcPeeringConnection(
                vpc_peering_connection_id="pcx-1",
                requester_vpc_id="vpc-main",
                accepter_vpc_id="vpc-hub",
                state=pick("active", "active", "deleted"),
            ),
            VpcPeeringConnection(
                vpc_peering_connection_id="pcx-2", requester_vpc_id="vpc-odd", accepter_vpc_id="vpc-main"
            ),
        ),
        transit_gateways=transit_gateways(pick),
        vpn_gateways=(VpnGateway(vpn_gateway_id="vgw-main", vpc_id="vpc-main"), *gateways),
        direct_connect=some(
            pick,
            VirtualInterface(
                virtual_interface_id="dxvif-1",
                vpn_gateway_id="vgw-main",
                virtual_interface_type=pick(VirtualInterfaceType.PRIVATE, *VirtualInterfaceType),
                state=pick(VirtualInterfaceState.AVAILABLE, *VirtualInterfaceState),
            ),
        ),
        on_premises=on_premises(pick),
        hosted_zones=zones(pick),
        resolver_endpoints=some(
            pick,
            ResolverEndpoint(
                resolver_endpoint_id="rslvr-1",
                direction=pick(ResolverDirection.INBOUND, *ResolverDirection),
                vpc_id="vpc-main",
                subnet_id="subnet-data",
                ip=ip(INBOUND_IP),
            ),
        ),
        dns_servers=some(
            pick,
            DnsServer(
                ip=ip("10.0.10.53"), location=pick("vpc-main", "on-premises"), forwards=rules_of_dns(pick)
            ),
            DnsServer(ip=ip("10.0.10.54"), location="vpc-main", forwards=rules_of_dns(pick)),
        ),
        buckets=some(
            pick,
            Bucket(name="photos", region=REGION, account=pick(None, "444455556666"), policy=document(pick)),
        ),
        apis=some(pick, Api(api_id="a1b2c3", endpoint_type=pick(*ApiEndpointType), policy=document(pick))),
        vpc_block_public_access=block_public_access(pick),
    )


def a_request(pick: Pick) -> Request:
    def one() -> Call:
        return designs.call(
            pick("s3", "sqs", "execute-api", "ecr.dkr"),
            pick("s3:GetObject", "sqs:SendMessage", "execute-api:Invoke"),
            pick(*HOSTS),
            pick(*ADDRESSES),
            resource=pick(*RESOURCES),
            protocol=pick("tcp", "tcp", "tcp", "udp", "icmp"),
            port=pick(443, 443, 80, 9142),
            principal=pick(None, "arn:aws:sts::444455556666:assumed-role/app/i-1"),
            region=pick(None, "us-west-2"),
        )

    source = pick("i-app", "i-app", "i-public", "fn-vpc", "fn-out", "host-batch", "task-hub", "db-odd")
    calls = tuple(one() for _ in range(pick(1, 1, 3)))
    operation = "several calls" if len(calls) > 1 else None
    return designs.send(source, *calls, operation=operation, region=pick(None, "us-west-2"))


@st.composite
def designs_and_requests(draw: st.DrawFn) -> tuple[Design, Request]:
    """A design and a request whose source is in it."""

    def pick(*options: Any) -> Any:
        # Integers draw faster than values that hypothesis would have to describe.
        return options[draw(st.integers(0, len(options) - 1))]

    return a_design(pick), a_request(pick)


DESIGNS_AND_REQUESTS = designs_and_requests()


# --- what a walk has to do with a component ----------------------------------------------------------

# Sections that nothing else in a random design must refer to.
REMOVABLE = (
    *("internet_gateways", "nat_gateways", "route_tables", "vpc_endpoints", "network_acls", "workloads"),
    *("vpc_peering_connections", "transit_gateways", "direct_connect", "hosted_zones"),
    *("resolver_endpoints", "dns_servers", "buckets", "apis"),
)


def on_the_way(design: Design, journey: Walk) -> str:
    """All that the walk told of: paths, hops with their facts and candidates, and owners of the addresses."""
    told = [
        [step.at for walked in journey.calls for step in walked.path],
        [[hop.at, hop.facts] for walked in journey.calls for hop in walked.hops],
        [walked.call.resource for walked in journey.calls],
        [walked.destination for walked in journey.calls],
        journey.request.source,
    ]
    reached = {walked.destination_ip for walked in journey.calls}
    owners = [workload.id for workload in design.workloads if workload.private_ip_address in reached]
    owners += [
        endpoint.vpc_endpoint_id
        for endpoint in design.interface_endpoints
        if reached & {interface.private_ip_address for interface in endpoint.network_interfaces}
    ]
    return json.dumps([told, owners])


def removable(design: Design, told: str) -> list[str]:
    """Ids of components that the walk told nothing of."""
    ids = [designs.id_of(one) for section in REMOVABLE for one in getattr(design, section)]
    return [component_id for component_id in ids if component_id not in told]
