"""Small named networks to test with, requests to send through them, and ways to change both.

Every network is made of the same parts under the same ids, so a test reads as what differs:
`changed(designs.s3_gateway(), "vpce-s3", policy_document=policy(deny()))`.

| Network | What it has |
|---|---|
| `s3_nat` | `i-private` reaches S3 over `nat-main` and `igw-main` |
| `s3_gateway` | `i-private` reaches S3 over `vpce-s3`; no internet |
| `interface_endpoint` | `i-app` reaches `vpce-sqs` in another subnet of its VPC |
| `peered_hub`, `transit_hub` | `i-spoke` reaches `vpce-sqs` of a hub VPC |
| `over_vpn`, `over_direct_connect` | `host-batch` on premises reaches `vpce-sqs` |
| `function_in_public_subnet`, `function_outside_vpcs` | `fn-orders`, with and without a VPC |
| `database` | `i-app` reaches `db-orders`, a database instance in another subnet |
"""

from collections.abc import Mapping
from dataclasses import fields, replace
from ipaddress import IPv4Address, IPv4Network
from typing import Any

from vpclab.network import Call, Design, Request, Walk
from vpclab.network.connections import (
    OnPremises,
    OnPremisesRoute,
    TransitGateway,
    TransitGatewayRoute,
    TransitGatewayRouteTable,
    VirtualInterface,
    VpcAttachment,
    VpcPeeringConnection,
    VpnGateway,
)
from vpclab.network.endpoints import GatewayEndpoint, InterfaceEndpoint, NetworkInterface
from vpclab.network.filter_rules import (
    AclAction,
    NetworkAcl,
    NetworkAclEntry,
    PortRange,
    SecurityGroup,
    SecurityGroupRule,
)
from vpclab.network.name_servers import (
    ForwardRule,
    HostedZone,
    ResolverDirection,
    ResolverEndpoint,
    ZoneRecord,
)
from vpclab.network.policy_document import (
    Condition,
    Effect,
    PolicyDocument,
    PolicyStatement,
    parse_operator,
)
from vpclab.network.resources import (
    CidrRoute,
    InternetGateway,
    NatGateway,
    PrefixList,
    PrefixListRoute,
    Route,
    RouteTable,
    Subnet,
    Vpc,
    Workload,
    WorkloadKind,
)

REGION = "ap-northeast-1"
ZONE_A, ZONE_C = f"{REGION}a", f"{REGION}c"
EVERYWHERE = "0.0.0.0/0"

S3 = f"com.amazonaws.{REGION}.s3"
S3_ADDRESS = "52.219.1.20"
S3_ADDRESS_ABROAD = "52.92.129.10"
SQS = f"com.amazonaws.{REGION}.sqs"
SQS_NAME = f"sqs.{REGION}.amazonaws.com"
SQS_ADDRESS = "54.249.1.90"
NAT_ADDRESS = "203.0.113.10"

MAIN_CIDR, HUB_CIDR, SITE_CIDR = "10.0.0.0/16", "10.9.0.0/16", "172.16.0.0/16"
ENDPOINT_IP, HUB_ENDPOINT_IP = "10.0.20.31", "10.9.20.31"
INBOUND_IP = "10.0.20.53"


# --- parts -------------------------------------------------------------------------------------------


def ip(text: str) -> IPv4Address:
    return IPv4Address(text)


def net(text: str) -> IPv4Network:
    return IPv4Network(text)


def vpc(vpc_id: str = "vpc-main", cidr: str = MAIN_CIDR, **more: Any) -> Vpc:
    return Vpc(vpc_id=vpc_id, cidr_block=net(cidr), **{"enable_dns_hostnames": True, **more})


def subnet(subnet_id: str, cidr: str, vpc_id: str = "vpc-main", zone: str = ZONE_A) -> Subnet:
    return Subnet(subnet_id=subnet_id, vpc_id=vpc_id, cidr_block=net(cidr), availability_zone=zone)


def route(destination: str, target: str, **more: Any) -> Route:
    """A line of a route table; a destination without `/` is a prefix list."""
    if "/" in destination:
        return CidrRoute(destination=net(destination), target=target, **more)
    return PrefixListRoute(destination_prefix_list_id=destination, target=target, **more)


def table(table_id: str, subnet_ids: str, *routes: Route, vpc_id: str = "vpc-main") -> RouteTable:
    """A route table; `subnet_ids` are separated by blanks, and the local route is implied."""
    return RouteTable(
        route_table_id=table_id, vpc_id=vpc_id, subnet_ids=tuple(subnet_ids.split()), routes=routes
    )


def prefix_list(
    list_id: str = "pl-s3", name: str = S3, cidrs: str = "3.5.152.0/21 52.219.0.0/20"
) -> PrefixList:
    return PrefixList(prefix_list_id=list_id, prefix_list_name=name, cidrs=tuple(map(net, cidrs.split())))


def port_range(ports: int | tuple[int, int] | None) -> PortRange | None:
    if ports is None:
        return None
    first, last = (ports, ports) if isinstance(ports, int) else ports
    return PortRange(first=first, last=last)


def ingress(peer: str, ports: int | tuple[int, int] | None = 443, protocol: str = "tcp") -> SecurityGroupRule:
    """An inbound rule; the peer is a CIDR, a prefix list (`pl-`) or a security group (`sg-`)."""
    return _rule("source_group", peer, ports, protocol)


def egress(peer: str, ports: int | tuple[int, int] | None = 443, protocol: str = "tcp") -> SecurityGroupRule:
    """An outbound rule; the peer is a CIDR, a prefix list (`pl-`) or a security group (`sg-`)."""
    return _rule("destination_group", peer, ports, protocol)


def _rule(
    group_field: str, peer: str, ports: int | tuple[int, int] | None, protocol: str
) -> SecurityGroupRule:
    if "/" in peer:
        named: dict[str, Any] = {"cidr": net(peer)}
    else:
        named = {"prefix_list_id" if peer.startswith("pl-") else group_field: peer}
    return SecurityGroupRule(protocol=protocol, ports=port_range(ports), **named)


EVERYTHING_OUT = egress(EVERYWHERE, None, "-1")


def group(
    group_id: str,
    vpc_id: str = "vpc-main",
    *,
    inward: tuple[SecurityGroupRule, ...] = (),
    outward: tuple[SecurityGroupRule, ...] = (EVERYTHING_OUT,),
) -> SecurityGroup:
    return SecurityGroup(group_id=group_id, vpc_id=vpc_id, ingress=inward, egress=outward)


def entry(
    number: int,
    action: str,
    direction: str,
    cidr: str = EVERYWHERE,
    ports: int | tuple[int, int] | None = None,
    protocol: str = "tcp",
) -> NetworkAclEntry:
    """A line of a network ACL; `direction` is `in` or `out`."""
    return NetworkAclEntry(
        rule_number=number,
        action=AclAction(action),
        egress=direction == "out",
        cidr=net(cidr),
        ports=port_range(ports),
        protocol=protocol,
    )


def acl(acl_id: str, subnet_ids: str, *entries: NetworkAclEntry) -> NetworkAcl:
    return NetworkAcl(network_acl_id=acl_id, subnet_ids=tuple(subnet_ids.split()), entries=entries)


def open_acl(acl_id: str, subnet_ids: str) -> NetworkAcl:
    """The default network ACL: everything in, everything out."""
    return acl(
        acl_id,
        subnet_ids,
        entry(100, "allow", "in", protocol="-1"),
        entry(100, "allow", "out", protocol="-1"),
    )


def shut_acl(acl_id: str, subnet_ids: str, direction: str) -> NetworkAcl:
    """An ACL that lets nothing pass in one direction and everything in the other."""
    other = "in" if direction == "out" else "out"
    return acl(acl_id, subnet_ids, entry(100, "allow", other, protocol="-1"))


def instance(
    workload_id: str, subnet_id: str, address: str, *groups: str, kind: str = "instance", **more: Any
) -> Workload:
    return Workload(
        id=workload_id,
        kind=WorkloadKind(kind),
        subnet_id=subnet_id,
        private_ip_address=ip(address),
        groups=groups,
        **more,
    )


def interface(
    endpoint_id: str = "vpce-sqs", service_name: str = SQS, vpc_id: str = "vpc-main", **more: Any
) -> InterfaceEndpoint:
    """An interface endpoint with private DNS and one interface in `subnet-endpoints`."""
    usual = {
        "network_interfaces": (network_interface("subnet-endpoints", ENDPOINT_IP),),
        "groups": ("sg-endpoints",),
        "private_dns_enabled": True,
    }
    return InterfaceEndpoint(
        vpc_endpoint_id=endpoint_id, service_name=service_name, vpc_id=vpc_id, **{**usual, **more}
    )


def network_interface(subnet_id: str, address: str) -> NetworkInterface:
    return NetworkInterface(subnet_id=subnet_id, private_ip_address=ip(address))


def zone(name: str, target: str | None, *vpc_ids: str, record: str | None = None) -> HostedZone:
    """A private hosted zone with one record, for its own name unless told otherwise."""
    records = () if target is None else (ZoneRecord(name=record or name, target=target),)
    return HostedZone(name=name, vpc_ids=vpc_ids, records=records)


def forward(domain: str, to: str) -> tuple[ForwardRule, ...]:
    return (ForwardRule(domain=domain, to=to),)


# --- policies ----------------------------------------------------------------------------------------


def condition(operator: str, key: str, *values: str) -> Condition:
    parsed = parse_operator(operator)
    assert parsed is not None
    return Condition(name=operator, operator=parsed, key=key, values=values)


def allow(action: str = "*", resource: str = "*", **more: Any) -> PolicyStatement:
    """A statement for everybody unless told otherwise; several actions are separated by blanks."""
    return _statement(Effect.ALLOW, action, resource, **more)


def deny(action: str = "*", resource: str = "*", **more: Any) -> PolicyStatement:
    return _statement(Effect.DENY, action, resource, **more)


def _statement(
    effect: Effect,
    action: str,
    resource: str,
    *,
    when: tuple[Condition, ...] = (),
    sid: str | None = None,
    principals: tuple[str, ...] | None = ("*",),
) -> PolicyStatement:
    return PolicyStatement(
        effect=effect,
        sid=sid,
        principals=principals,
        actions=tuple(action.split()),
        resources=tuple(resource.split()),
        conditions=when,
    )


def policy(*statements: PolicyStatement) -> PolicyDocument:
    return PolicyDocument(statements=statements)


# --- networks ----------------------------------------------------------------------------------------


def s3_nat(**sections: Any) -> Design:
    """A private instance reaches S3 over a NAT gateway, whose own subnet leads to the internet gateway."""
    return make(
        {
            "vpcs": (vpc(),),
            "subnets": (
                subnet("subnet-public", "10.0.0.0/24"),
                subnet("subnet-private", "10.0.10.0/24"),
            ),
            "internet_gateways": (InternetGateway(internet_gateway_id="igw-main", vpc_id="vpc-main"),),
            "nat_gateways": (
                NatGateway(
                    nat_gateway_id="nat-main",
                    subnet_id="subnet-public",
                    private_ip=ip("10.0.0.50"),
                    public_ip=ip(NAT_ADDRESS),
                ),
            ),
            "route_tables": (
                table("rtb-public", "subnet-public", route(EVERYWHERE, "igw-main")),
                table("rtb-private", "subnet-private", route(EVERYWHERE, "nat-main")),
            ),
            "security_groups": (group("sg-app"),),
            "workloads": (
                instance("i-private", "subnet-private", "10.0.10.20", "sg-app"),
                instance(
                    "i-public", "subnet-public", "10.0.0.20", "sg-app", public_ip_address=ip("203.0.113.20")
                ),
            ),
        },
        sections,
    )


def s3_gateway(**sections: Any) -> Design:
    """A private instance reaches S3 over a gateway endpoint; there is no internet at all."""
    return make(
        {
            "vpcs": (vpc(),),
            "subnets": (subnet("subnet-private", "10.0.10.0/24"),),
            "route_tables": (table("rtb-private", "subnet-private", route("pl-s3", "vpce-s3")),),
            "prefix_lists": (prefix_list(),),
            "vpc_endpoints": (
                GatewayEndpoint(
                    vpc_endpoint_id="vpce-s3",
                    service_name=S3,
                    vpc_id="vpc-main",
                    route_table_ids=("rtb-private",),
                ),
            ),
            "security_groups": (group("sg-app", outward=(egress("pl-s3"),)),),
            "network_acls": (open_acl("acl-private", "subnet-private"),),
            "workloads": (instance("i-private", "subnet-private", "10.0.10.20", "sg-app"),),
        },
        sections,
    )


def interface_endpoint(**sections: Any) -> Design:
    """An instance reaches Amazon SQS over an interface endpoint in another subnet of its VPC."""
    return make(
        {
            "vpcs": (vpc(),),
            "subnets": (
                subnet("subnet-app", "10.0.10.0/24"),
                subnet("subnet-endpoints", "10.0.20.0/24"),
            ),
            "route_tables": (table("rtb-main", "subnet-app subnet-endpoints"),),
            "vpc_endpoints": (interface(),),
            "security_groups": (
                group("sg-app"),
                group("sg-endpoints", inward=(ingress(MAIN_CIDR),), outward=()),
            ),
            "workloads": (instance("i-app", "subnet-app", "10.0.10.20", "sg-app"),),
        },
        sections,
    )


def _hub(way: str, sections: Mapping[str, Any], more: Mapping[str, Any]) -> Design:
    """A spoke and a hub with the endpoint, joined by `way`; a hosted zone gives the name to both."""
    hub_interface = network_interface("subnet-hub", HUB_ENDPOINT_IP)
    return make(
        {
            "vpcs": (vpc("vpc-spoke"), vpc("vpc-hub", HUB_CIDR)),
            "subnets": (
                subnet("subnet-spoke", "10.0.10.0/24", "vpc-spoke"),
                subnet("subnet-hub", "10.9.20.0/24", "vpc-hub"),
            ),
            "route_tables": (
                table("rtb-spoke", "subnet-spoke", route(HUB_CIDR, way), vpc_id="vpc-spoke"),
                table("rtb-hub", "subnet-hub", route(MAIN_CIDR, way), vpc_id="vpc-hub"),
            ),
            "vpc_endpoints": (
                interface(vpc_id="vpc-hub", network_interfaces=(hub_interface,), private_dns_enabled=False),
            ),
            "hosted_zones": (zone(SQS_NAME, "vpce-sqs", "vpc-spoke", "vpc-hub"),),
            "security_groups": (
                group("sg-app", "vpc-spoke"),
                group("sg-endpoints", "vpc-hub", inward=(ingress(MAIN_CIDR),), outward=()),
            ),
            "workloads": (instance("i-spoke", "subnet-spoke", "10.0.10.20", "sg-app"),),
            **more,
        },
        sections,
    )


def peered_hub(**sections: Any) -> Design:
    """An instance in a spoke VPC reaches the endpoint of a hub VPC over a peering connection."""
    pcx = VpcPeeringConnection(
        vpc_peering_connection_id="pcx-hub", requester_vpc_id="vpc-spoke", accepter_vpc_id="vpc-hub"
    )
    return _hub("pcx-hub", sections, {"vpc_peering_connections": (pcx,)})


def transit_gateway(
    *,
    to_hub: str = "tgw-attach-hub",
    to_spoke: str = "tgw-attach-spoke",
    spoke_subnet: str = "subnet-spoke",
    hub_subnet: str = "subnet-hub",
    **more: Any,
) -> TransitGateway:
    """A transit gateway between spoke and hub, with one table for each side."""
    usual = {
        "vpc_attachments": (
            attachment("tgw-attach-spoke", "vpc-spoke", spoke_subnet),
            attachment("tgw-attach-hub", "vpc-hub", hub_subnet),
        ),
        "route_tables": (
            transit_table("tgw-rtb-spokes", "tgw-attach-spoke", (HUB_CIDR, to_hub)),
            transit_table("tgw-rtb-hub", "tgw-attach-hub", (MAIN_CIDR, to_spoke)),
        ),
    }
    return TransitGateway(transit_gateway_id="tgw-core", **{**usual, **more})


def attachment(attachment_id: str, vpc_id: str, subnet_id: str) -> VpcAttachment:
    return VpcAttachment(attachment_id=attachment_id, vpc_id=vpc_id, subnet_ids=(subnet_id,))


def transit_table(
    table_id: str, attachment_id: str, *routes: tuple[str, str], **more: Any
) -> TransitGatewayRouteTable:
    return TransitGatewayRouteTable(
        route_table_id=table_id,
        associations=(attachment_id,) if attachment_id else (),
        routes=tuple(
            TransitGatewayRoute(destination=net(cidr), target=target, **more) for cidr, target in routes
        ),
    )


def transit_hub(**sections: Any) -> Design:
    """An instance in a spoke VPC reaches the endpoint of a hub VPC over a transit gateway."""
    return _hub("tgw-core", sections, {"transit_gateways": (transit_gateway(),)})


def _site(target: str, sections: Mapping[str, Any]) -> Design:
    """A VPC with the endpoint and a data centre that reaches it by `target`."""
    base = interface_endpoint()
    return make(
        {
            "vpcs": base.vpcs,
            "subnets": base.subnets,
            "route_tables": (table("rtb-main", "subnet-app subnet-endpoints", route(SITE_CIDR, "vgw-main")),),
            "vpc_endpoints": base.vpc_endpoints,
            "security_groups": (
                group("sg-app"),
                group("sg-endpoints", inward=(ingress(SITE_CIDR), ingress(MAIN_CIDR)), outward=()),
            ),
            "vpn_gateways": (VpnGateway(vpn_gateway_id="vgw-main", vpc_id="vpc-main"),),
            "resolver_endpoints": (
                ResolverEndpoint(
                    resolver_endpoint_id="rslvr-in-main",
                    direction=ResolverDirection.INBOUND,
                    vpc_id="vpc-main",
                    subnet_id="subnet-endpoints",
                    ip=ip(INBOUND_IP),
                ),
            ),
            "on_premises": site(target),
            "workloads": (
                *base.workloads,
                Workload(
                    id="host-batch", kind=WorkloadKind.ONPREM_HOST, private_ip_address=ip("172.16.4.20")
                ),
            ),
        },
        sections,
    )


def site(target: str = "vgw-main", **more: Any) -> OnPremises:
    """A data centre that asks the VPC about AWS's names and reaches it by `target`."""
    usual = {
        "routes": (OnPremisesRoute(destination=net(MAIN_CIDR), target=target),),
        "dns": forward("amazonaws.com", INBOUND_IP),
    }
    return OnPremises(cidr=net(SITE_CIDR), **{**usual, **more})


def over_vpn(**sections: Any) -> Design:
    """A host on premises reaches the endpoint over Site-to-Site VPN."""
    return _site("vgw-main", sections)


def over_direct_connect(**sections: Any) -> Design:
    """A host on premises reaches the endpoint over Direct Connect."""
    line = VirtualInterface(virtual_interface_id="dxvif-main", vpn_gateway_id="vgw-main")
    return _site("dxvif-main", {"direct_connect": (line,), **sections})


def function_in_public_subnet(**sections: Any) -> Design:
    """A function in the public subnet of `s3_nat`, which has no public address all the same."""
    base = s3_nat()
    function = instance("fn-orders", "subnet-public", "10.0.0.77", "sg-app", kind="lambda")
    return replace(base, workloads=(function,), **sections)


def function_outside_vpcs(**sections: Any) -> Design:
    """A function that is not attached to any VPC, beside a VPC with an endpoint."""
    base = interface_endpoint()
    function = Workload(id="fn-orders", kind=WorkloadKind.LAMBDA)
    return replace(base, workloads=(*base.workloads, function), **sections)


def database(**sections: Any) -> Design:
    """An instance reaches a database instance in another subnet; the way is like that to an endpoint."""
    base = interface_endpoint()
    return replace(
        base,
        **{
            "subnets": (*base.subnets, subnet("subnet-data", "10.0.30.0/24")),
            "security_groups": (*base.security_groups, group("sg-data", inward=(ingress("sg-app", 5432),))),
            "workloads": (
                *base.workloads,
                instance("db-orders", "subnet-data", "10.0.30.9", "sg-data", kind="db-instance"),
            ),
            **sections,
        },
    )


def make(usual: Mapping[str, Any], sections: Mapping[str, Any]) -> Design:
    """A design of the usual sections, some of them replaced."""
    return Design(**{"region": REGION, **usual, **sections})


# --- changes -----------------------------------------------------------------------------------------


def changed(design: Design, component_id: str, /, **values: Any) -> Design:
    """The design with other values in the component that has this id."""
    for part in fields(design):
        section = getattr(design, part.name)
        if isinstance(section, tuple) and any(id_of(one) == component_id for one in section):
            replaced = tuple(replace(one, **values) if id_of(one) == component_id else one for one in section)
            return replace(design, **{part.name: replaced})
    raise LookupError(component_id)


def without(design: Design, component_id: str) -> Design:
    """The design without the component that has this id."""
    for part in fields(design):
        section = getattr(design, part.name)
        if isinstance(section, tuple) and any(id_of(one) == component_id for one in section):
            return replace(design, **{part.name: tuple(o for o in section if id_of(o) != component_id)})
    raise LookupError(component_id)


def plus(design: Design, section: str, *components: Any) -> Design:
    """The design with more components in a section."""
    return replace(design, **{section: (*getattr(design, section), *components)})


def id_of(component: Any) -> str:
    """A component's id, which is the first thing that each of them says."""
    return str(getattr(component, fields(component)[0].name))


# --- requests ----------------------------------------------------------------------------------------


def call(service: str, action: str, host: str, answer: str | None = None, **more: Any) -> Call:
    """One call; `answer` is what public DNS says to the name."""
    return Call(
        service=service,
        action=action,
        host=host,
        public_dns_answer=None if answer is None else ip(answer),
        **{"resource": "*", **more},
    )


def send(source: str, *calls: Call, operation: str | None = None, region: str | None = None) -> Request:
    return Request(source=source, calls=calls, operation=operation, region=region)


def get_object(
    *, source: str = "i-private", bucket: str = "photos", region: str = REGION, **more: Any
) -> Request:
    """Read an object from S3."""
    host = f"{bucket}.s3.{region}.amazonaws.com"
    usual = {
        "answer": S3_ADDRESS if region == REGION else S3_ADDRESS_ABROAD,
        "resource": f"arn:aws:s3:::{bucket}/cat.jpg",
        "host": host,
    }
    return send(source, call("s3", "s3:GetObject", **{**usual, **more}), region=region)


def send_message(*, source: str = "i-app", region: str | None = None, **more: Any) -> Request:
    """Send a message with Amazon SQS."""
    usual = {
        "host": SQS_NAME,
        "answer": SQS_ADDRESS,
        "resource": f"arn:aws:sqs:{REGION}:111122223333:orders",
    }
    return send(source, call("sqs", "sqs:SendMessage", **{**usual, **more}), region=region)


def connect_to_database(*, source: str = "i-app", **more: Any) -> Request:
    """Open a connection to PostgreSQL in `database`."""
    usual = {
        "host": "orders.abc.rds.amazonaws.com",
        "answer": "10.0.30.9",
        "port": 5432,
    }
    return send(source, call("postgresql", "rds-db:connect", **{**usual, **more}))


def ends(walked: Walk) -> tuple[str | None, str | None, str]:
    """Where a walk was stopped, why, and the last item of its path."""
    told = walked.told
    blocked_at = None if told.blocked_at is None else str(told.blocked_at)
    return blocked_at, None if told.reason is None else str(told.reason), told.path_words[-1]
