"""What tells two networks apart for a request: traits read from their walks, side by side.

Each trait is computed: the path from the walk, what is billed from the design, and the way from on premises
from a walk of the same request sent by a host of a site that is joined to the caller's VPC.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network

from vpclab.network import Design, Kind, Request, Verdict, Walk, walk
from vpclab.network.connections import OnPremises, OnPremisesRoute, VpnGateway
from vpclab.network.name_servers import ForwardRule, ResolverDirection
from vpclab.network.resources import CidrRoute, RouteOrigin, Workload, WorkloadKind

SITE_HOST = "host-site"
_SITE_GATEWAY = "vgw-site"
_SITE_RANGES = (IPv4Network("172.16.0.0/16"), IPv4Network("192.168.0.0/16"), IPv4Network("172.31.0.0/16"))
_DOMAINS = ("amazonaws.com", "api.aws")


class Billed(StrEnum):
    """Components that cost by the hour, whether or not the request passes them.

    AWS: https://aws.amazon.com/vpc/pricing/, https://aws.amazon.com/privatelink/pricing/,
    https://aws.amazon.com/transit-gateway/pricing/, https://aws.amazon.com/vpn/pricing/,
    https://aws.amazon.com/directconnect/pricing/, https://aws.amazon.com/route53/pricing/.
    Gateway endpoints, internet gateways and peering connections have no charge by the hour.
    """

    NAT_GATEWAY = "nat-gateway"
    INTERFACE_ENDPOINT = "interface-endpoint"
    PUBLIC_ADDRESS = "public-address"
    TRANSIT_GATEWAY_ATTACHMENT = "transit-gateway-attachment"
    RESOLVER_ENDPOINT = "resolver-endpoint"
    VPN_CONNECTION = "vpn-connection"
    DIRECT_CONNECT = "direct-connect"


class Say(StrEnum):
    """Policies that have a say in a request."""

    ENDPOINT_POLICY_DEFAULT = "endpoint-policy-default"
    ENDPOINT_POLICY = "endpoint-policy"
    RESOURCE_POLICY = "resource-policy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What one network does to a request.

    `path` holds what carried the packet of the call that is told, `hops` counts everybody who decided.
    `from_site` is None where nobody can say: the caller is on premises already, or has no VPC to join.
    """

    verdict: Verdict
    path: tuple[Kind, ...]
    hops: int
    uses_public_ip: bool
    source_ip_seen: IPv4Address | None
    policies: tuple[Say, ...]
    billed: tuple[tuple[Billed, int], ...]
    from_site: Verdict | None


def traits_of(design: Design, request: Request, journey: Walk) -> Traits:
    """The traits of a network for one request, whose walk is `journey`."""
    told = journey.told
    return Traits(
        verdict=journey.verdict,
        path=tuple(step.kind for step in told.path),
        hops=len(told.hops),
        uses_public_ip=any(walked.uses_public_ip for walked in journey.calls),
        # A request that arrived nowhere was seen by nobody.
        source_ip_seen=told.source_ip_seen if told.path and told.path[-1].kind is Kind.SERVICE else None,
        policies=_policies(journey),
        billed=billed_in(design),
        from_site=_from_site(design, request),
    )


def _policies(journey: Walk) -> tuple[Say, ...]:
    found: dict[Say, None] = {}
    for walked in journey.calls:
        for hop in walked.hops:
            given = hop.decision.facts.get("document") == "given"
            if hop.kind is Kind.ENDPOINT_POLICY:
                found[Say.ENDPOINT_POLICY if given else Say.ENDPOINT_POLICY_DEFAULT] = None
            elif hop.kind is Kind.RESOURCE_POLICY and given:
                found[Say.RESOURCE_POLICY] = None
    return tuple(found)


def billed_in(design: Design) -> tuple[tuple[Billed, int], ...]:
    """What is billed by the hour in a network, with how many of it there are.

    An interface endpoint counts once for each zone, a VPN connection once for each gateway that no virtual
    interface ends at.
    """
    public = [w for w in design.workloads if w.public_ip_address is not None]
    gateways = {interface.vpn_gateway_id for interface in design.direct_connect}
    counts = {
        Billed.NAT_GATEWAY: len(design.nat_gateways),
        Billed.INTERFACE_ENDPOINT: sum(len(e.network_interfaces) for e in design.interface_endpoints),
        Billed.PUBLIC_ADDRESS: len(public) + sum(nat.public_ip is not None for nat in design.nat_gateways),
        Billed.TRANSIT_GATEWAY_ATTACHMENT: sum(len(t.vpc_attachments) for t in design.transit_gateways),
        Billed.RESOLVER_ENDPOINT: len(design.resolver_endpoints),
        Billed.VPN_CONNECTION: sum(gateway.vpn_gateway_id not in gateways for gateway in design.vpn_gateways),
        Billed.DIRECT_CONNECT: len(design.direct_connect),
    }
    return tuple((kind, count) for kind, count in counts.items() if count)


def _from_site(design: Design, request: Request) -> Verdict | None:
    """What becomes of the request when a host on premises sends it, without any internet line of its own."""
    caller = design.workload[request.source]
    if caller.kind is WorkloadKind.ONPREM_HOST:
        return None
    joined = with_site(design, caller)
    if joined is None:
        return None
    return walk(joined, replace(request, source=SITE_HOST)).verdict


def with_site(design: Design, caller: Workload) -> Design | None:
    """The network with a site joined to the caller's VPC over VPN; None where no VPC or no free range is.

    The site's DNS servers forward AWS's names to an inbound Resolver endpoint of the VPC if there is one.
    A site that the network has already is replaced, so that the answer does not depend on its own lines.
    """
    vpc_id = design.subnet[caller.subnet_id].vpc_id if caller.subnet_id else None
    vpc = design.vpc.get(vpc_id or "") or next(iter(design.vpcs), None)
    taken = [other.cidr_block for other in design.vpcs]
    cidr = next((cidr for cidr in _SITE_RANGES if not any(cidr.overlaps(one) for one in taken)), None)
    if vpc is None or cidr is None or SITE_HOST in design.workload:
        return None
    back = CidrRoute(destination=cidr, target=_SITE_GATEWAY, origin=RouteOrigin.PROPAGATED)
    inbound = [
        endpoint
        for endpoint in design.resolver_endpoints
        if endpoint.vpc_id == vpc.vpc_id and endpoint.direction is ResolverDirection.INBOUND
    ]
    host = Workload(id=SITE_HOST, kind=WorkloadKind.ONPREM_HOST, private_ip_address=cidr.network_address + 20)
    return replace(
        design,
        vpn_gateways=(
            *(gateway for gateway in design.vpn_gateways if gateway.vpc_id != vpc.vpc_id),
            VpnGateway(vpn_gateway_id=_SITE_GATEWAY, vpc_id=vpc.vpc_id),
        ),
        direct_connect=(),
        workloads=(
            *(w for w in design.workloads if w.kind is not WorkloadKind.ONPREM_HOST),
            host,
        ),
        on_premises=OnPremises(
            cidr=cidr,
            routes=(OnPremisesRoute(destination=vpc.cidr_block, target=_SITE_GATEWAY),),
            dns=tuple(ForwardRule(domain=domain, to=str(inbound[0].ip)) for domain in _DOMAINS if inbound),
            internet=False,
        ),
        route_tables=tuple(
            replace(table, routes=(*table.routes, back)) if table.vpc_id == vpc.vpc_id else table
            for table in design.route_tables
        ),
    )
