"""From a name to an address: who is asked, what each server says, and which answers lost.

AWS: "Understanding Amazon DNS", https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html
"""

from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address

from vpclab.network.addresses import is_private
from vpclab.network.design import Design
from vpclab.network.dns_answers import Answer, AnswerSource, ResolverDecision, answer_in_vpc
from vpclab.network.endpoints import InterfaceEndpoint
from vpclab.network.hops import Hop, Plain, plain
from vpclab.network.name_servers import AMAZON_PROVIDED_DNS, ForwardRule, ResolverDirection
from vpclab.network.names import canonical, is_within
from vpclab.network.request import Call
from vpclab.network.resources import Workload, WorkloadKind
from vpclab.network.vocabulary import Kind, Leg, Note, Reason, ResolvesTo

VPC_RESOLVER = "vpc-resolver"
PUBLIC_DNS = "public-dns"
ON_PREMISES_DNS = "on-premises-dns"


@dataclass(frozen=True, slots=True, kw_only=True)
class VpcResolver:
    """The resolver of a VPC; `inbound` when the question came in through an inbound Resolver endpoint."""

    at: str
    vpc_id: str
    inbound: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnServer:
    """A DNS server of the customer; `vpc_id` None means that it stands on premises."""

    at: str
    forwards: tuple[ForwardRule, ...]
    vpc_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicDns:
    """Public DNS."""

    at: str = PUBLIC_DNS


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreachable:
    """A resolver of a VPC that does not answer from where it was asked."""

    at: str


Server = VpcResolver | OwnServer | PublicDns | Unreachable


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What became of the question for a name.

    `asked_vpc` is the VPC whose resolver answered, None where none was asked. `own_dns` tells whether a DNS
    server of the customer stood in between.
    """

    hops: tuple[Hop, ...]
    address: IPv4Address | None
    resolves_to: ResolvesTo | None
    endpoint: InterfaceEndpoint | None
    reason: Reason | None
    asked_vpc: str | None
    own_dns: bool
    zone: str | None
    notes: tuple[str, ...]


def first_server(design: Design, source: Workload) -> tuple[Server, bool]:
    """Whom a workload asks first, and whether that server is assumed to be reachable.

    A VPC workload asks the first of its VPC's DNS servers; a host on premises the site's DNS;
    a function outside VPCs public DNS.
    """
    if source.kind is WorkloadKind.ONPREM_HOST:
        forwards = design.on_premises.dns if design.on_premises else ()
        return OwnServer(at=ON_PREMISES_DNS, forwards=forwards, vpc_id=None), True
    if source.subnet_id is None:
        return PublicDns(), False
    vpc_id = design.subnet[source.subnet_id].vpc_id
    servers = design.vpc[vpc_id].domain_name_servers
    server = find_server(design, servers[0] if servers else AMAZON_PROVIDED_DNS, vpc_id)
    return server, not isinstance(server, VpcResolver)


def find_server(design: Design, name: str, asked_from: str | None) -> Server:
    """The DNS server at an address, asked from a VPC (or from on premises: None).

    The resolver of a VPC answers inside that VPC only; others reach it through an inbound Resolver endpoint.
    An address that the design does not know is taken for a server that knows public DNS.
    AWS: "Forwarding inbound DNS queries to your VPCs",
    https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-forwarding-inbound-queries.html
    """
    if asked_from is not None and design.is_own_resolver(name, asked_from):
        return VpcResolver(at=VPC_RESOLVER, vpc_id=asked_from)
    try:
        address = IPv4Address(name)
    except AddressValueError:
        return Unreachable(at=name)
    inbound = design.inbound_resolver_endpoint.get(address)
    if inbound is not None:
        return VpcResolver(at=inbound.resolver_endpoint_id, vpc_id=inbound.vpc_id, inbound=True)
    own = design.dns_server.get(address)
    if own is not None:
        vpc_id = own.location if own.location in design.vpc else None
        return OwnServer(at=name, forwards=own.forwards, vpc_id=vpc_id)
    if address.is_link_local or address in design.vpc_of_resolver:
        return Unreachable(at=name)
    return PublicDns()


def forward_rule(forwards: tuple[ForwardRule, ...], host: str) -> ForwardRule | None:
    """The rule for a name: the longest domain that the name lies in. Other names go to public DNS."""
    fitting = [rule for rule in forwards if is_within(host, canonical(rule.domain))]
    return max(fitting, key=lambda rule: len(canonical(rule.domain)), default=None)


def resolve(design: Design, call: Call, source: Workload) -> Resolution:
    """Follow the question for the call's host name to its answer.

    Neither security groups nor network ACLs filter questions to the VPC's resolver; whether a DNS server of
    your own can be reached is not modelled.
    """
    host = canonical(call.host)
    server, assumed = first_server(design, source)
    zone = design.subnet[source.subnet_id].availability_zone if source.subnet_id else None
    hops: list[Hop] = []
    seen: set[str] = set()
    own_dns = isinstance(server, OwnServer)
    notes = [str(Note.DNS_SERVER_ASSUMED_REACHABLE)] if assumed else []
    while isinstance(server, OwnServer):
        own_dns = True
        rule = forward_rule(server.forwards, host)
        if server.at in seen:
            hops.append(_own_hop(server, host, rule, Reason.DNS_FORWARDING_LOOP))
            return _unanswered(hops, Reason.DNS_FORWARDING_LOOP, None, own_dns, notes)
        seen.add(server.at)
        hops.append(_own_hop(server, host, rule, None))
        server = find_server(design, rule.to, server.vpc_id) if rule else PublicDns()
    own_dns = own_dns or (assumed and isinstance(server, PublicDns))
    if isinstance(server, Unreachable):
        reason = Reason.DNS_RESOLVER_NOT_REACHABLE
        facts = {"host": host, "server": server.at, "asked": VPC_RESOLVER, **_NOTHING}
        hops.append(_hop(server.at, reason, plain(**facts)))
        return _unanswered(hops, reason, None, own_dns, notes)
    if isinstance(server, PublicDns):
        answer = Answer.from_public_dns(call.public_dns_answer)
        facts = {
            "host": host,
            "server": server.at,
            "asked": PUBLIC_DNS,
            **_NOTHING,
            "source": AnswerSource.PUBLIC_DNS,
            "answer": answer.address,
            "resolves_to": _resolves_to(design, answer),
        }
        hops.append(_hop(server.at, answer.reason, plain(**facts)))
        return _answered(design, hops, answer, None, own_dns, notes)
    return _ask_vpc(design, call, host, server, zone, hops, own_dns, notes)


_NOTHING: dict[str, object] = {
    "vpc": None,
    "source": None,
    "answer": None,
    "endpoint": None,
    "zone": None,
    "forwarded_to": None,
    "resolves_to": None,
}


def _ask_vpc(
    design: Design,
    call: Call,
    host: str,
    server: VpcResolver,
    zone: str | None,
    hops: list[Hop],
    own_dns: bool,
    notes: list[str],
) -> Resolution:
    """The answer of a VPC's resolver. With EnableDnsSupport false it answers nothing.

    AWS: "ModifyVpcAttribute", https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcAttribute.html
    """
    if any(
        endpoint.direction is ResolverDirection.OUTBOUND and endpoint.vpc_id == server.vpc_id
        for endpoint in design.resolver_endpoints
    ):
        notes.append(Note.RESOLVER_RULES_NOT_MODELLED)
    answer = answer_in_vpc(design, server.vpc_id, host, zone, server.inbound, call.public_dns_answer)
    decision = ResolverDecision(
        design=design,
        vpc_id=server.vpc_id,
        host=host,
        inbound=server.inbound,
        server=server.at,
        public_answer=call.public_dns_answer,
        answer=answer,
        resolves_to=_resolves_to(design, answer),
    )
    hops.append(
        Hop(
            leg=Leg.FORWARD,
            at=server.at,
            kind=Kind.DNS_RESOLVER,
            passed=answer.reason is None,
            reason=answer.reason,
            decision=decision,
        )
    )
    if answer.is_one_of_several:
        notes.append(Note.ONE_OF_SEVERAL_ADDRESSES)
    return _answered(design, hops, answer, server.vpc_id, own_dns, notes)


def _own_hop(server: OwnServer, host: str, rule: ForwardRule | None, reason: Reason | None) -> Hop:
    facts = {
        "host": host,
        "server": server.at,
        "asked": "own-dns",
        **_NOTHING,
        "vpc": server.vpc_id,
        "source": "forward",
        "forwarded_to": rule.to if rule else PUBLIC_DNS,
    }
    return _hop(server.at, reason, plain(**facts))


def _hop(at: str, reason: Reason | None, decision: Plain) -> Hop:
    return Hop(
        leg=Leg.FORWARD,
        at=at,
        kind=Kind.DNS_RESOLVER,
        passed=reason is None,
        reason=reason,
        decision=decision,
    )


def _resolves_to(design: Design, answer: Answer) -> ResolvesTo | None:
    """What kind of address an answer is; a public one stays public behind a gateway endpoint."""
    if answer.address is None:
        return None
    if answer.endpoint is not None or answer.address in design.endpoint_addresses:
        return ResolvesTo.ENDPOINT
    if is_private(answer.address) or design.is_inside(answer.address):
        return ResolvesTo.PRIVATE
    return ResolvesTo.PUBLIC


def _answered(
    design: Design, hops: list[Hop], answer: Answer, asked_vpc: str | None, own_dns: bool, notes: list[str]
) -> Resolution:
    return Resolution(
        hops=tuple(hops),
        address=answer.address,
        resolves_to=_resolves_to(design, answer),
        endpoint=answer.endpoint,
        reason=answer.reason,
        asked_vpc=asked_vpc,
        own_dns=own_dns,
        zone=answer.zone,
        notes=tuple(notes),
    )


def _unanswered(
    hops: list[Hop], reason: Reason, asked_vpc: str | None, own_dns: bool, notes: list[str]
) -> Resolution:
    return Resolution(
        hops=tuple(hops),
        address=None,
        resolves_to=None,
        endpoint=None,
        reason=reason,
        asked_vpc=asked_vpc,
        own_dns=own_dns,
        zone=None,
        notes=tuple(notes),
    )
