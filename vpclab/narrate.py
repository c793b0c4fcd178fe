"""From a Walk to sentences: what happened, what each hop decided, what to repair.

The engine speaks in codes and facts; the sentences stand in `content/words/<language>/walk.yaml`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from vpclab.hop_words import tell_candidate, tell_hop, tell_place
from vpclab.network.design import Design
from vpclab.network.endpoint_services import is_for_service
from vpclab.network.endpoints import EndpointState
from vpclab.network.hops import CallWalk, Hop, Walk
from vpclab.network.services import SERVICES
from vpclab.network.vocabulary import Cause, Kind, Leg, ResolvesTo, Verdict
from vpclab.words import Words, service_words

AWS_DOMAINS = (".amazonaws.com", ".amazonaws.com.cn", ".api.aws", ".on.aws")
PERMISSION = (Kind.ENDPOINT_POLICY, Kind.SERVICE, Kind.RESOURCE_POLICY)
BETWEEN_NETWORKS = (
    Kind.PEERING_CONNECTION,
    Kind.TRANSIT_GATEWAY,
    Kind.DIRECT_CONNECT,
    Kind.VIRTUAL_PRIVATE_GATEWAY,
)


class Unwanted(StrEnum):
    """Ways that work but that one may not want: they cost more, depend on more, or leave a guard out."""

    OVER_NAT = "OVER_NAT"
    NAT_BEFORE_ENDPOINT = "NAT_BEFORE_ENDPOINT"
    ACROSS_ZONES = "ACROSS_ZONES"
    INTERFACE_BESIDE_GATEWAY = "INTERFACE_BESIDE_GATEWAY"
    PAST_THE_ENDPOINT = "PAST_THE_ENDPOINT"
    PAST_THE_ENDPOINT_OF_OTHER_REGION = "PAST_THE_ENDPOINT_OF_OTHER_REGION"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A walk in a few sentences; `reason`, `cause` and `repair` are None where there is nothing to say."""

    headline: str
    symptom: str
    reason: str | None
    cause: str | None
    repair: str | None
    remarks: tuple[str, ...]
    notes: tuple[str, ...]


# --- the answer --------------------------------------------------------------------------------------


def headline(walk: Walk, t: Words) -> str:
    """Answer in one sentence: what became of the request, and by which way or where it stopped."""
    request = walk.request
    if not request.is_operation:
        return _headline_of_call(walk.told, request.source, t)
    facts = {"source": request.source, "operation": request.operation, "count": len(walk.calls)}
    if walk.reachable:
        return t("walk.headline.operation_delivered", **facts)
    number = walk.calls.index(walk.told) + 1
    return t("walk.headline.operation_stopped", **facts, number=number, service=asked_words(walk.told, t))


def _headline_of_call(walked: CallWalk, source: str, t: Words) -> str:
    facts = {"source": source, "action": walked.call.action, "service": asked_words(walked, t)}
    stopped = deciding_hop(walked)
    if walked.reachable or stopped is None:
        return t("walk.headline.delivered", **facts, by=_way(walked, t))
    key = str(walked.verdict).lower()
    if walked.verdict is Verdict.DROPPED and walked.leg is Leg.RETURN:
        key = "answer_dropped"
    return t(f"walk.headline.{key}", **facts, place=tell_place(stopped, t))


def asked_words(walked: CallWalk, t: Words) -> str:
    """Whom a call asks: a database inside the VPC by its id, else the service by its name."""
    arrived = walked.destination
    if arrived is not None and walked.endpoint_used is None:
        return t("walk.phrase.workload", workload=arrived)
    return service_words(walked.call.service, t)


def _way(walked: CallWalk, t: Words) -> str:
    """The clause that tells by which way a request was delivered."""
    at = {step.kind: step.at for step in walked.path}
    over = next((t(f"walk.place.{kind}", at=at[kind]) for kind in BETWEEN_NETWORKS if kind in at), None)
    # Traffic to AWS's public addresses stays on AWS's network even through NAT and internet gateways.
    # AWS: "Gateway endpoints", https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
    beyond = "" if walked.call.host.rstrip(".").lower().endswith(AWS_DOMAINS) else "_internet"
    if Kind.GATEWAY_ENDPOINT in at:
        key = "gateway_endpoint_after_nat" if Kind.NAT_GATEWAY in at else "gateway_endpoint"
    elif Kind.INTERFACE_ENDPOINT in at:
        key = "interface_endpoint_over" if over else "interface_endpoint"
    elif Kind.INTERNET_GATEWAY in at:
        key = ("nat" if Kind.NAT_GATEWAY in at else "internet_gateway") + beyond
    elif Kind.AWS_MANAGED_NETWORK in at:
        key = "aws_managed_network"
    else:
        key = "internet" if Kind.INTERNET in at else "over" if over else "local"
    endpoint = walked.endpoint_used
    nat, igw = at.get(Kind.NAT_GATEWAY), at.get(Kind.INTERNET_GATEWAY)
    return t(f"walk.by.{key}", endpoint=endpoint, nat=nat, igw=igw, over=over)


def explain(walk: Walk, t: Words) -> Explanation:
    """Tell a walk in a few sentences, for a banner and its panel."""
    told = walk.told
    cause = told.contributing[0] if told.contributing else None
    stem = _stem(cause, told) if cause else None
    service = asked_words(told, t)
    return Explanation(
        headline=headline(walk, t),
        symptom=t(f"walk.symptom.{told.symptom}"),
        reason=t(f"walk.reason.{told.reason}") if told.reason else None,
        cause=t(f"walk.cause.{stem}", service=service) if stem else None,
        repair=t(f"walk.repair.{stem}", service=service) if stem else _repair_of_reason(told, service, t),
        remarks=tuple(tell_code("remark", code, t) for code in told.detail),
        notes=tuple(tell_code("note", code, t) for code in walk.notes),
    )


def _stem(cause: str, walked: CallWalk) -> str:
    """The key of a cause's words; a service without private names has words of its own."""
    if cause.startswith(Cause.HIDDEN_DEPENDENCY):
        return str(Cause.HIDDEN_DEPENDENCY)
    service = SERVICES.get(walked.call.service)
    if cause == Cause.PRIVATE_DNS_OFF and service is not None and not service.private_names:
        return f"{cause}_without_names"
    return cause


def _repair_of_reason(walked: CallWalk, service: str, t: Words) -> str | None:
    """The smallest repair for a reason; the way back and some components have words of their own."""
    if walked.reason is None:
        return None
    where = walked.leg if walked.leg is Leg.RETURN else walked.blocked_at
    own = f"walk.repair_at.{where}.{walked.reason}"
    return t(own if t.has(own) else f"walk.repair.{walked.reason}", service=service)


def tell_code(section: str, code: str, t: Words) -> str:
    """Put a remark, a note or an unwanted way into words: `CODE`, `CODE argument` or `CODE over argument`."""
    stem, _, argument = code.partition(" ")
    argument = argument.removeprefix("over ")
    return t(f"walk.{section}.{stem}", destination=argument, condition_key=argument, endpoint=argument)


# --- all lines ---------------------------------------------------------------------------------------


def deciding_hop(walked: CallWalk) -> Hop | None:
    """The hop to look at first: the one that stopped the request, else the route table that chose the way."""
    stopped = next((hop for hop in walked.hops if not hop.passed), None)
    return stopped or next((hop for hop in walked.hops if hop.kind is Kind.SUBNET_ROUTE_TABLE), None)


def narrate(walk: Walk, t: Words, design: Design | None = None) -> list[str]:
    """Tell a walk line by line, as for a terminal; with its design also by which unwanted ways it works."""
    told = explain(walk, t)
    lines = [told.headline]
    if walk.request.is_operation:
        lines += _tell_calls(walk, t)
    else:
        lines += ["", *_tell_hops(walk.told, t)]
    lines += ["", t("walk.line.symptom", text=told.symptom)]
    for name, text in (("reason", told.reason), ("cause", told.cause), ("repair", told.repair)):
        lines += [t(f"walk.line.{name}", text=text)] if text else []
    extra = [tell_code("unwanted", code, t) for code in unwanted(design, walk)] if design else []
    lines += [t("walk.line.remark", text=text) for text in (*told.remarks, *extra)]
    return lines + [t("walk.line.note", text=text) for text in told.notes]


def _tell_calls(walk: Walk, t: Words) -> Iterator[str]:
    worked = [asked_words(walked, t) for walked in walk.calls[: walk.calls.index(walk.told)]]
    if not walk.reachable and worked:
        yield t("walk.operation.worked_before", services=t("walk.phrase.between_items").join(worked))
    elif not walk.reachable:
        yield t("walk.operation.nothing_before")
    for number, walked in enumerate(walk.calls, start=1):
        sentence = _headline_of_call(walked, walk.request.source, t)
        yield ""
        yield t("walk.operation.call", number=number, count=len(walk.calls), headline=sentence)
        yield from (f"  {line}" for line in _tell_hops(walked, t))


def _tell_hops(walked: CallWalk, t: Words) -> Iterator[str]:
    """The hops of a call, numbered, under headings; the deciding one with its candidates."""
    deciding, heading = deciding_hop(walked), ""
    for number, hop in enumerate(walked.hops, start=1):
        section = "policies" if hop.kind in PERMISSION else str(hop.leg)
        if section != heading:
            heading = section
            yield t(f"walk.section.{section}")
        outcome = "passed" if hop.passed else "stopped"
        name = t(f"walk.kind.{hop.kind}")
        yield "  " + t(f"walk.line.{outcome}", number=number, kind=name, sentence=tell_hop(hop, t))
        if hop is deciding:
            yield from (f"       - {tell_candidate(candidate, t)}" for candidate in hop.decision.candidates())


# --- ways that work but that one may not want ----------------------------------------------------------


def unwanted(design: Design, walk: Walk) -> tuple[str, ...]:
    """Codes of `Unwanted` for the calls that were delivered, some with an endpoint's id: `CODE vpce-...`."""
    found = (code for walked in walk.calls if walked.reachable for code in _unwanted(design, walk, walked))
    return tuple(dict.fromkeys(found))


def _unwanted(design: Design, walk: Walk, walked: CallWalk) -> Iterator[str]:
    kinds = {step.kind for step in walked.path}
    if Kind.NAT_GATEWAY in kinds:
        yield str(Unwanted.OVER_NAT if walked.uses_public_ip else Unwanted.NAT_BEFORE_ENDPOINT)
    if "AVAILABILITY_ZONE_CROSSED" in walked.detail:
        yield str(Unwanted.ACROSS_ZONES)
    subnet_id = design.workload[walk.request.source].subnet_id
    if Kind.INTERFACE_ENDPOINT in kinds and subnet_id is not None:
        beside = design.gateway_endpoints_of_vpc.get(design.subnet[subnet_id].vpc_id, ())
        for gateway in beside:
            if is_for_service(design, gateway, walked.call.service, walked.call.host, walked.region):
                yield f"{Unwanted.INTERFACE_BESIDE_GATEWAY} {gateway.vpc_endpoint_id}"
    if subnet_id is None or walked.endpoint_used or walked.resolves_to is not ResolvesTo.PUBLIC:
        return
    vpc_id = design.subnet[subnet_id].vpc_id
    for endpoint in design.vpc_endpoints:
        here = endpoint.vpc_id == vpc_id and endpoint.state is EndpointState.AVAILABLE
        if here and is_for_service(design, endpoint, walked.call.service, walked.call.host, None):
            region, _ = design.endpoint_suffix[endpoint.vpc_endpoint_id]
            same = region in (None, walked.region)
            code = Unwanted.PAST_THE_ENDPOINT if same else Unwanted.PAST_THE_ENDPOINT_OF_OTHER_REGION
            yield f"{code} {endpoint.vpc_endpoint_id}"
