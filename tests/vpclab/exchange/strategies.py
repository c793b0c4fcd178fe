"""Random designs and requests whose references hold, made from the type hints of the model."""

import string
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from vpclab.exchange.records import REFERENCES
from vpclab.network.connections import (
    OnPremises,
    TransitGateway,
    TransitGatewayRouteTable,
    VirtualInterface,
    VpcAttachment,
    VpcPeeringConnection,
    VpnGateway,
)
from vpclab.network.design import Design
from vpclab.network.endpoints import GatewayEndpoint, InterfaceEndpoint
from vpclab.network.filter_rules import (
    NetworkAcl,
    NetworkAclEntry,
    PortRange,
    SecurityGroup,
    SecurityGroupRule,
)
from vpclab.network.name_servers import AMAZON_PROVIDED_DNS, DnsServer, ForwardRule, HostedZone, ZoneRecord
from vpclab.network.policy_document import (
    OPERATOR_NAMES,
    Condition,
    Effect,
    PolicyDocument,
    PolicyStatement,
    parse_operator,
)
from vpclab.network.request import Call, Request
from vpclab.network.resources import (
    Api,
    BlockPublicAccessExclusion,
    Bucket,
    CidrRoute,
    InternetGateway,
    PrefixList,
    PrefixListRoute,
    RouteTable,
    Subnet,
    Vpc,
    VpcBlockPublicAccess,
    Workload,
    WorkloadKind,
)

# Words that a careless writer or reader would take for something else than text.
TRICKY = [
    "no",
    "yes",
    "null",
    "~",
    "1e3",
    "0o17",
    "443",
    "10:30",
    "2026-01-01",
    "<<",
    "=",
    "- x",
    "a: b",
    "#",
    "東京",
]
WORDS = st.one_of(
    st.sampled_from(TRICKY), st.text(string.printable.strip() + "é ", min_size=1, max_size=12)
).filter(str.strip)
ADDRESSES = st.integers(0, 2**32 - 1).map(IPv4Address)
NETWORKS = st.tuples(ADDRESSES, st.integers(0, 32)).map(lambda pair: IPv4Network(pair, strict=False))
PORTS = st.tuples(st.integers(0, 65535), st.integers(0, 65535)).map(
    lambda pair: PortRange(first=min(pair), last=max(pair))
)
PROTOCOLS = st.sampled_from(["tcp", "udp", "icmp", "-1"])
FORWARDS = st.lists(
    st.builds(
        ForwardRule,
        domain=st.sampled_from(["a.example", "b.example"]),
        to=st.one_of(ADDRESSES.map(str), st.just(AMAZON_PROVIDED_DNS)),
    ),
    max_size=3,
).map(tuple)
TEXTS = st.lists(WORDS, min_size=1, max_size=3).map(tuple)


def value_for(operator: str) -> st.SearchStrategy[str]:
    parsed = parse_operator(operator)
    assert parsed is not None
    if parsed.comparison in ("Bool", "Null"):
        return st.sampled_from(["true", "false"])
    if parsed.comparison == "IpAddress":
        return NETWORKS.map(str)
    return st.integers().map(str) if parsed.comparison.startswith("Numeric") else WORDS


@st.composite
def conditions(draw: st.DrawFn) -> tuple[Condition, ...]:
    found = []
    for operator in draw(st.lists(st.sampled_from(OPERATOR_NAMES), unique=True, max_size=3)):
        for key in draw(st.lists(WORDS, unique=True, min_size=1, max_size=2)):
            values = draw(st.lists(value_for(operator), min_size=1, max_size=3))
            parsed = parse_operator(operator)
            assert parsed is not None
            found.append(Condition(name=operator, operator=parsed, key=key, values=tuple(values)))
    return tuple(found)


PRINCIPALS = st.sampled_from(
    [
        None,
        ("*",),
        ("111122223333",),
        ("arn:aws:iam::111122223333:role/app", "*", "Service:logs.amazonaws.com"),
    ]
)


@st.composite
def policies(draw: st.DrawFn) -> PolicyDocument:
    statements = []
    for _ in range(draw(st.integers(0, 2))):
        action = draw(st.sampled_from(["actions", "not_actions"]))
        resource = draw(st.sampled_from(["resources", "not_resources"]))
        principal = draw(st.sampled_from(["principals", "not_principals"]))
        parts: dict[str, Any] = {action: draw(TEXTS), resource: draw(TEXTS), principal: draw(PRINCIPALS)}
        statements.append(
            PolicyStatement(
                effect=draw(st.sampled_from(Effect)),
                sid=draw(st.none() | WORDS),
                conditions=draw(conditions()),
                **parts,
            )
        )
    return PolicyDocument(
        statements=tuple(statements), version=draw(st.sampled_from(["2012-10-17", "2008-10-17"]))
    )


IDS = {
    "vpcs": ["vpc-1", "1e3"],
    "subnets": ["subnet-1", "no"],
    "route_tables": ["rtb-1"],
    "prefix_lists": ["pl-1"],
    "security_groups": ["sg-1", "~"],
    "vpn_gateways": ["vgw-1"],
    "vpc_attachments": ["attach-1"],
}
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: WORDS,
    bool: st.booleans(),
    int: st.integers(0, 32767),
    IPv4Address: ADDRESSES,
    IPv4Network: NETWORKS,
    PortRange: PORTS,
    PolicyDocument: policies(),
    tuple[ForwardRule, ...]: FORWARDS,
}


def of_hint(hint: Any) -> st.SearchStrategy[Any]:
    if hint in PLAIN:
        return PLAIN[hint]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    if get_origin(hint) is tuple:
        return st.lists(of_hint(get_args(hint)[0]), max_size=2).map(tuple)
    if get_args(hint):
        return st.one_of([st.none() if part is type(None) else of_hint(part) for part in get_args(hint)])
    return record(hint)


def record(kind: Any, /, **fixed: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Any value of a dataclass of the model whose references hold."""
    parts = {}
    for name, hint in get_type_hints(kind).items():
        if name in REFERENCES:
            known = st.sampled_from(IDS[REFERENCES[name]])
            is_list = get_origin(hint) is tuple
            parts[name] = st.lists(known, max_size=2, unique=True).map(tuple) if is_list else known
        else:
            parts[name] = of_hint(hint)
    return st.builds(kind, **{**parts, **fixed})


def section(kind: Any, /, *ids: str, **fixed: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """One record for each id."""
    name = next(iter(get_type_hints(kind)))
    return st.tuples(*(record(kind, **{name: st.just(one), **fixed}) for one in ids))


def rules(group_field: str) -> st.SearchStrategy[tuple[SecurityGroupRule, ...]]:
    peers = {
        "cidr": NETWORKS,
        "prefix_list_id": st.just("pl-1"),
        group_field: st.sampled_from(IDS["security_groups"]),
    }
    return st.lists(
        st.one_of(
            [
                st.builds(SecurityGroupRule, protocol=PROTOCOLS, ports=st.none() | PORTS, **{peer: strategy})
                for peer, strategy in peers.items()
            ]
        ),
        max_size=2,
    ).map(tuple)


ROUTES = st.lists(
    st.one_of(
        record(CidrRoute),
        record(PrefixListRoute, destination_prefix_list_id=st.just("pl-1")),
    ),
    max_size=3,
).map(tuple)
ANYWHERE = st.lists(st.one_of(st.just(AMAZON_PROVIDED_DNS), ADDRESSES.map(str)), min_size=1, max_size=2)
NAMES = st.none() | TEXTS
EXCLUSIONS = st.one_of(
    record(BlockPublicAccessExclusion, subnet_id=st.none()),
    record(BlockPublicAccessExclusion, vpc_id=st.none()),
)

DESIGNS = st.builds(
    Design,
    region=WORDS,
    account=st.from_regex("[0-9]{12}", fullmatch=True),
    organization=st.none() | WORDS,
    vpcs=section(Vpc, *IDS["vpcs"], domain_name_servers=ANYWHERE.map(tuple)),
    subnets=section(Subnet, *IDS["subnets"]),
    internet_gateways=section(InternetGateway, "igw-1"),
    route_tables=section(RouteTable, "rtb-1", routes=ROUTES),
    prefix_lists=section(PrefixList, "pl-1"),
    vpc_endpoints=st.tuples(
        record(GatewayEndpoint, vpc_endpoint_id=st.just("vpce-1")),
        record(
            InterfaceEndpoint,
            vpc_endpoint_id=st.just("vpce-2"),
            private_dns_names=NAMES,
            network_interfaces=st.just(()),
        ),
    ),
    security_groups=section(
        SecurityGroup,
        *IDS["security_groups"],
        ingress=rules("source_group"),
        egress=rules("destination_group"),
    ),
    network_acls=section(
        NetworkAcl,
        "acl-1",
        entries=st.lists(record(NetworkAclEntry, protocol=PROTOCOLS), max_size=2).map(tuple),
    ),
    workloads=st.tuples(
        record(Workload, id=st.just("i-1"), kind=st.just(WorkloadKind.INSTANCE)),
        st.just(Workload(id="0x10", kind=WorkloadKind.LAMBDA)),
    ),
    vpc_peering_connections=section(VpcPeeringConnection, "pcx-1"),
    transit_gateways=section(
        TransitGateway,
        "tgw-1",
        vpc_attachments=section(VpcAttachment, "attach-1"),
        route_tables=section(TransitGatewayRouteTable, "t-1", "t-2"),
    ),
    vpn_gateways=section(VpnGateway, "vgw-1"),
    direct_connect=section(VirtualInterface, "dxvif-1"),
    on_premises=st.none() | record(OnPremises),
    hosted_zones=st.lists(
        record(
            HostedZone,
            records=st.lists(
                record(ZoneRecord, target=st.one_of(st.just("vpce-2"), ADDRESSES.map(str))), max_size=2
            ).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
    dns_servers=st.tuples(record(DnsServer, location=st.sampled_from(["on-premises", "vpc-1"]))),
    buckets=section(Bucket, "443", account=st.none() | st.just("012345678901")),
    apis=section(Api, "12e4"),
    vpc_block_public_access=st.none()
    | record(VpcBlockPublicAccess, exclusions=st.lists(EXCLUSIONS, max_size=2).map(tuple)),
)
CALLS = record(
    Call,
    protocol=st.sampled_from(["tcp", "udp", "icmp"]),
    port=st.integers(0, 65535),
    principal=st.none() | st.just("arn:aws:iam::111122223333:role/app"),
)
REQUESTS = st.one_of(
    record(
        Request,
        source=st.sampled_from(["i-1", "0x10"]),
        operation=st.none(),
        calls=st.tuples(
            record(Call, region=st.none(), protocol=st.just("tcp"), port=st.just(443), principal=st.none())
        ),
    ),
    record(
        Request,
        source=st.just("i-1"),
        operation=WORDS,
        calls=st.lists(CALLS, min_size=1, max_size=2).map(tuple),
    ),
)
