"""The walk: from a name and an action to the service and back, with every decision told.

Order: name, source filters, route, hops, endpoint, return leg, endpoint policy, service, resource policy,
causes. It stops at the first thing that stops a real packet.
"""

from ipaddress import IPv4Address

from vpclab.network.authorization import authorize
from vpclab.network.causes import find_causes
from vpclab.network.design import Design
from vpclab.network.dns import Resolution, resolve
from vpclab.network.endpoints import GatewayEndpoint
from vpclab.network.forward import travel
from vpclab.network.hops import CallWalk, Walk
from vpclab.network.request import Call, Request
from vpclab.network.resources import Workload
from vpclab.network.return_leg import travel_back
from vpclab.network.trace import Stop, Trace, caller_address
from vpclab.network.vocabulary import Kind, Note, Reason, Stage, Symptom

NO_ADDRESS = IPv4Address(0)


def walk(design: Design, request: Request) -> Walk:
    """Walk a request through a design: every call of an operation, each by itself.

    The design's ids must hold together (see `Design`), and the request's source must be one of its workloads.
    """
    region = request.region or design.region
    caller = design.workload[request.source]
    walked: list[CallWalk] = []
    worked = True
    for number, call in enumerate(request.calls):
        later_call = request.is_operation and number > 0 and worked
        walked.append(walk_call(design, caller, call, call.region or region, later_call=later_call))
        worked = worked and walked[-1].reachable
    return Walk(request=request, calls=tuple(walked))


def walk_call(design: Design, caller: Workload, call: Call, region: str, *, later_call: bool) -> CallWalk:
    """Walk one call. `later_call` tells that it follows calls of the same operation that had worked."""
    resolution = resolve(design, call, caller)
    trace = start(design, caller, call, region, resolution)
    stop = go(trace)
    causes = find_causes(trace, stop, later_call=later_call) if stop else ()
    return finish(trace, stop, causes)


def start(design: Design, caller: Workload, call: Call, region: str, resolution: Resolution) -> Trace:
    """A trace with the name's answer in it, ready to travel."""
    subnet_id = caller.subnet_id
    trace = Trace(
        design=design,
        call=call,
        region=region,
        caller=caller,
        destination=resolution.address or NO_ADDRESS,
        resolution=resolution,
        source_ip=caller_address(design, caller),
        subnet_id=subnet_id,
        vpc_id=design.subnet[subnet_id].vpc_id if subnet_id else None,
        hops=list(resolution.hops),
    )
    trace.note(Note.IDENTITY_POLICIES_NOT_MODELLED)
    for note in resolution.notes:
        trace.note(note)
    if subnet_id is not None:
        for endpoint in design.gateway_endpoints_of_table.get(
            design.route_table_of_subnet[subnet_id].route_table_id, ()
        ):
            if endpoint.service_name not in design.prefix_list_by_name:
                trace.note(Note.PREFIX_LIST_NOT_GIVEN)
    return trace


def go(trace: Trace) -> Stop | None:
    """Out, to the service, back, and past everybody who has a say."""
    if trace.resolution.reason is not None:
        trace.step(Kind(trace.caller.kind), trace.caller.id)
        return Stop(Kind.DNS_RESOLVER, trace.resolution.reason, Stage.DNS)
    stop = travel(trace)
    if stop is not None:
        return stop
    carried = list(trace.path)
    trace.step(Kind.SERVICE, trace.call.service)
    stop = travel_back(trace) or authorize(trace)
    if stop is not None and stop.blocked_at is Kind.ENDPOINT_POLICY:
        # An endpoint policy refuses at the endpoint; the service never hears of it.
        trace.path = carried
    return stop


def symptom_of(stop: Stop | None) -> Symptom:
    """What the client program reports."""
    if stop is None:
        return Symptom.SUCCESS
    if stop.stage is Stage.DNS:
        return Symptom.NXDOMAIN if stop.reason is Reason.DNS_NAME_NOT_FOUND else Symptom.DNS_TIMEOUT
    if stop.stage is Stage.POLICY:
        return Symptom.ACCESS_DENIED
    return Symptom.HTTP_403 if stop.stage is Stage.SERVICE else Symptom.TIMEOUT


def finish(trace: Trace, stop: Stop | None, causes: tuple[str, ...]) -> CallWalk:
    """The trace as a value."""
    return CallWalk(
        call=trace.call,
        region=trace.region,
        symptom=symptom_of(stop),
        resolves_to=trace.resolution.resolves_to,
        destination_ip=trace.resolution.address,
        path=tuple(trace.path),
        blocked_at=stop.blocked_at if stop else None,
        reason=stop.reason if stop else None,
        stage=stop.stage if stop else None,
        leg=stop.leg if stop else None,
        contributing=causes,
        uses_public_ip=trace.uses_public_ip,
        source_ip_seen=trace.public_source_ip if trace.uses_public_ip else trace.source_ip,
        route_chosen=trace.route_chosen,
        detail=tuple(dict.fromkeys(trace.detail)),
        hops=tuple(trace.hops),
        notes=tuple(trace.notes),
        destination=_destination_id(trace),
    )


def _destination_id(trace: Trace) -> str | None:
    """Who has the destination address: an endpoint's or workload's id, None for a public address."""
    if isinstance(trace.endpoint, GatewayEndpoint) or trace.arrived is None:
        return None
    arrived = trace.arrived
    if arrived.endpoint is not None:
        return arrived.endpoint.vpc_endpoint_id
    return arrived.workload.id if arrived.workload else None
