"""What the resolver of a VPC says to a name, and why every other answer lost.

It answers from private names of the VPC's interface endpoints, from private hosted zones associated with
the VPC, and from public DNS. The first two need both DNS attributes of the VPC.
AWS: "Access an AWS service using an interface VPC endpoint",
https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html;
"Considerations when working with a private hosted zone",
https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import AddressValueError, IPv4Address

from vpclab.network.design import Design
from vpclab.network.endpoints import EndpointState, InterfaceEndpoint, NetworkInterface
from vpclab.network.hops import Candidate, Facts
from vpclab.network.name_servers import HostedZone, ZoneRecord
from vpclab.network.names import canonical, covers, is_within, parents
from vpclab.network.vocabulary import Loss, Reason, ResolvesTo


class AnswerSource(StrEnum):
    """Where an answer comes from."""

    PRIVATE_NAME = "private-name"
    HOSTED_ZONE = "hosted-zone"
    PUBLIC_DNS = "public-dns"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer and where it comes from; without an address `reason` says why."""

    source: AnswerSource | None
    address: IPv4Address | None
    reason: Reason | None = None
    endpoint: InterfaceEndpoint | None = None
    zone: str | None = None
    is_one_of_several: bool = False

    @classmethod
    def from_public_dns(cls, address: IPv4Address | None) -> "Answer":
        """Public DNS's answer; None means that it knows no such name."""
        reason = Reason.DNS_NAME_NOT_FOUND if address is None else None
        return cls(source=AnswerSource.PUBLIC_DNS, address=address, reason=reason)


def answer_in_vpc(
    design: Design, vpc_id: str, host: str, zone: str | None, inbound: bool, public_answer: IPv4Address | None
) -> Answer:
    """The answer of a VPC's resolver to a canonical host name; the caller is in an Availability Zone or None.

    Among private names and zones the longest match answers, and answers alone. Otherwise public DNS does.
    """
    vpc = design.vpc[vpc_id]
    if not vpc.enable_dns_support:
        return Answer(source=None, address=None, reason=Reason.DNS_RESOLVER_OFF)
    if vpc.answers_private_names:
        endpoint, domain = endpoint_for_name(design, vpc_id, host, inbound)
        hosted_zone = zone_for_name(design, vpc_id, host)
        if endpoint and (hosted_zone is None or len(domain) >= len(canonical(hosted_zone.name))):
            interface = choose_interface(design, endpoint, zone)
            return Answer(
                source=AnswerSource.PRIVATE_NAME,
                address=interface.private_ip_address,
                endpoint=endpoint,
                is_one_of_several=len(endpoint.network_interfaces) > 1,
            )
        if hosted_zone is not None:
            return answer_of_zone(design, hosted_zone, host, zone)
    return Answer.from_public_dns(public_answer)


def endpoint_for_name(
    design: Design, vpc_id: str, host: str, inbound: bool
) -> tuple[InterfaceEndpoint | None, str]:
    """The interface endpoint of the VPC whose private name covers a host, and the domain of that name.

    Private names work in the endpoint's own VPC only, and only while the endpoint is available. With the S3
    option "only for inbound endpoints" they are seen only by questions that come in through an inbound
    Resolver endpoint.
    AWS: "AWS PrivateLink for Amazon S3",
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html
    """
    for position, domain in enumerate(parents(host)):
        endpoint = design.endpoint_by_private_name.get((vpc_id, f"*.{domain}" if position else domain))
        if endpoint is not None and usability_loss(endpoint, inbound) is None:
            return endpoint, domain
    return None, ""


def usability_loss(endpoint: InterfaceEndpoint, inbound: bool) -> Loss | None:
    """Why an endpoint with a fitting private name does not answer; None where it does."""
    if not endpoint.private_dns_enabled:
        return Loss.PRIVATE_DNS_IS_OFF
    if endpoint.state is not EndpointState.AVAILABLE:
        return Loss.ENDPOINT_NOT_AVAILABLE
    if not endpoint.network_interfaces:
        return Loss.ENDPOINT_WITHOUT_INTERFACE
    if endpoint.dns_options.private_dns_only_for_inbound_resolver_endpoint and not inbound:
        return Loss.INBOUND_RESOLVER_ONLY
    return None


def zone_for_name(design: Design, vpc_id: str, host: str) -> HostedZone | None:
    """The private hosted zone associated with the VPC that has the longest name matching the host."""
    for domain in parents(host):
        zone = design.zone_by_name.get((vpc_id, domain))
        if zone is not None:
            return zone
    return None


def record_for_name(zone: HostedZone, host: str) -> ZoneRecord | None:
    """A zone's record for a name: the exact one, else the closest wildcard.

    A record for the zone's own name does not cover the names below it.
    """
    found = {canonical(record.name): record for record in reversed(zone.records)}
    for position, domain in enumerate(parents(host)):
        record = found.get(f"*.{domain}" if position else domain)
        if record is not None:
            return record
    return None


def answer_of_zone(design: Design, zone: HostedZone, host: str, caller_zone: str | None) -> Answer:
    """A private hosted zone's answer: never public DNS instead, so a missing record means no such name."""
    name = canonical(zone.name)
    record = record_for_name(zone, host)
    target = record.target if record else None
    if target is not None:
        endpoint = design.endpoint.get(target)
        if isinstance(endpoint, InterfaceEndpoint) and endpoint.network_interfaces:
            interface = choose_interface(design, endpoint, caller_zone)
            return Answer(
                source=AnswerSource.HOSTED_ZONE,
                address=interface.private_ip_address,
                endpoint=endpoint,
                zone=name,
                is_one_of_several=len(endpoint.network_interfaces) > 1,
            )
        try:
            return Answer(source=AnswerSource.HOSTED_ZONE, address=IPv4Address(target), zone=name)
        except AddressValueError:
            pass  # An alias to something without addresses answers nothing.
    return Answer(source=AnswerSource.HOSTED_ZONE, address=None, reason=Reason.DNS_NAME_NOT_FOUND, zone=name)


def choose_interface(design: Design, endpoint: InterfaceEndpoint, zone: str | None) -> NetworkInterface:
    """The interface to follow among several: the one in the caller's zone, else the first.

    AWS answers with all healthy ones in turn; an interface in another zone works as well.
    """
    for interface in endpoint.network_interfaces:
        if zone is not None and design.subnet[interface.subnet_id].availability_zone == zone:
            return interface
    return endpoint.network_interfaces[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolverDecision:
    """What a VPC's resolver said, with every endpoint and zone that could have known the name."""

    design: Design
    vpc_id: str
    host: str
    inbound: bool
    server: str
    public_answer: IPv4Address | None
    answer: Answer
    resolves_to: ResolvesTo | None

    @property
    def facts(self) -> Facts:
        answer = self.answer
        return {
            "host": self.host,
            "server": self.server,
            "asked": "inbound-endpoint" if self.inbound else "vpc-resolver",
            "vpc": self.vpc_id,
            "source": None if answer.source is None else str(answer.source),
            "answer": None if answer.address is None else str(answer.address),
            "endpoint": answer.endpoint.vpc_endpoint_id if answer.endpoint else None,
            "zone": answer.zone,
            "forwarded_to": None,
            "resolves_to": None if self.resolves_to is None else str(self.resolves_to),
        }

    def candidates(self) -> tuple[Candidate, ...]:
        return (*self._private_names(), *self._zones(), self._public_dns())

    def _private_names(self) -> Iterator[Candidate]:
        for endpoint in self.design.interface_endpoints:
            names = self.design.private_names(endpoint)
            covered = any(covers(name, self.host) for name in names)
            related = any(is_within(self.host, name.removeprefix("*.")) for name in names)
            if not covered and not (related and endpoint.vpc_id == self.vpc_id):
                continue
            yield Candidate(
                of=endpoint.vpc_endpoint_id,
                label=", ".join(names),
                facts={"source": str(AnswerSource.PRIVATE_NAME), "vpc": endpoint.vpc_id},
                lost_because=self._name_loss(endpoint, covered),
            )

    def _name_loss(self, endpoint: InterfaceEndpoint, covered: bool) -> Loss | None:
        vpc = self.design.vpc[self.vpc_id]
        if endpoint.vpc_id != self.vpc_id:
            return Loss.ENDPOINT_IN_OTHER_VPC
        if not covered:
            return Loss.NAME_NOT_COVERED
        if not vpc.enable_dns_support:
            return Loss.RESOLVER_OFF
        loss = usability_loss(endpoint, self.inbound)
        if loss is None and not vpc.answers_private_names:
            return Loss.VPC_DNS_ATTRIBUTES_OFF
        won = self.answer.source is AnswerSource.PRIVATE_NAME and self.answer.endpoint is endpoint
        return loss or (None if won else Loss.NOT_ASKED)

    def _zones(self) -> Iterator[Candidate]:
        for zone in self.design.hosted_zones:
            if is_within(self.host, canonical(zone.name)):
                yield Candidate(
                    of=zone.name,
                    label=zone.name,
                    facts={"source": str(AnswerSource.HOSTED_ZONE), "vpcs": list(zone.vpc_ids)},
                    lost_because=self._zone_loss(zone),
                )

    def _zone_loss(self, zone: HostedZone) -> Loss | None:
        vpc = self.design.vpc[self.vpc_id]
        if self.vpc_id not in zone.vpc_ids:
            return Loss.ZONE_NOT_ASSOCIATED
        if not vpc.enable_dns_support:
            return Loss.RESOLVER_OFF
        if not vpc.answers_private_names:
            return Loss.VPC_DNS_ATTRIBUTES_OFF
        asked = self.answer.source is AnswerSource.HOSTED_ZONE and self.answer.zone == canonical(zone.name)
        if not asked:
            return Loss.NOT_ASKED
        return Loss.ZONE_HAS_NO_RECORD if self.answer.address is None else None

    def _public_dns(self) -> Candidate:
        won = self.answer.source is AnswerSource.PUBLIC_DNS
        return Candidate(
            of="public-dns",
            label="public-dns",
            facts={
                "source": str(AnswerSource.PUBLIC_DNS),
                "answer": str(self.answer.address) if won and self.answer.address else None,
            },
            lost_because=None if won else Loss.NOT_ASKED,
        )
