"""Who appears in the picture: the parts of a Design that matter to one call, in the slots of the stage.

First step of `draw`: Design and Walk to Cast. No geometry and no words here. The caller's VPC has slots
for everything it could have (NAT gateway, internet gateway, both kinds of endpoint); what the design lacks
keeps its slot with nothing in it, so that a picture keeps its places when a choice changes.
A large design is cut to what the call can meet: the picture stays below some sixty cards.
"""

from diagrams.parts import Asked, Cast, Connector
from diagrams.vpc_part import serves, vpc_part
from vpclab.network.design import Design
from vpclab.network.hops import CallWalk, Walk
from vpclab.network.resources import Workload, WorkloadKind
from vpclab.network.services import SERVICES

MAX_VPCS = 3
MAX_HOSTS = 3
MAX_CONNECTORS = 2
DEFAULT_SERVICE = "s3"


def cast(design: Design, walk: Walk | None) -> Cast:
    """Choose what the picture of this design and walk shows."""
    told = None if walk is None else walk.told
    caller = design.workload.get(walk.request.source) if walk is not None else _first_caller(design)
    asked = _asked(design, told)
    on_path = frozenset() if told is None else frozenset(step.at for step in told.path) | {told.destination}
    ids = _vpc_ids(design, caller, asked, on_path)
    shown = ids[:MAX_VPCS]
    unattached = caller if caller and caller.kind is WorkloadKind.LAMBDA and not caller.subnet_id else None
    vpcs = tuple(
        vpc_part(design, vpc_id, f"v{number}", caller, asked, on_path, home=number == 1 and not unattached)
        for number, vpc_id in enumerate(shown, start=1)
    )
    return Cast(
        region=design.region,
        asked=asked,
        caller=caller,
        vpcs=vpcs,
        connectors=_connectors(design, shown, on_path),
        hidden_vpcs=len(design.vpcs) - len(shown),
        hosts=_hosts(design, caller),
        virtual_interfaces=design.direct_connect[:1],
        on_premises=_has_site(design, caller),
        site_internet=design.on_premises is not None and design.on_premises.internet,
        unattached=unattached,
    )


def _first_caller(design: Design) -> Workload | None:
    callers = (w for w in design.workloads if w.kind is not WorkloadKind.DB_INSTANCE)
    return next(callers, None)


def _asked(design: Design, told: CallWalk | None) -> Asked:
    if told is None:
        first = next(iter(design.endpoint_suffix.values()), (None, DEFAULT_SERVICE))
        service, region, host, address = first[1], design.region, None, None
    else:
        service, region, host = told.call.service, told.region, told.call.host
        address = told.destination_ip
    known = SERVICES.get(service)
    return Asked(
        service=service,
        region=region,
        host=host,
        address=address,
        offers_gateway=known is not None and known.gateway,
        offers_interface=known is None or known.interface,
        is_abroad=region != design.region,
    )


def _vpc_ids(
    design: Design, caller: Workload | None, asked: Asked, on_path: frozenset[str | None]
) -> list[str]:
    """Ids of the VPCs in the order of their importance to the call: the caller's first."""
    found: dict[str, None] = {}
    if caller is not None and caller.subnet_id is not None:
        found[design.subnet[caller.subnet_id].vpc_id] = None
    for endpoint in design.vpc_endpoints:
        if endpoint.vpc_endpoint_id in on_path:
            found[endpoint.vpc_id] = None
    for workload in design.workloads:
        if workload.id in on_path and workload.subnet_id is not None:
            found[design.subnet[workload.subnet_id].vpc_id] = None
    if caller is not None and caller.kind is WorkloadKind.ONPREM_HOST:
        found.update(dict.fromkeys(gateway.vpc_id for gateway in design.vpn_gateways))
    found.update(dict.fromkeys(e.vpc_id for e in design.vpc_endpoints if serves(design, e, asked)))
    if len(design.vpcs) <= MAX_VPCS or not found:
        found.update(dict.fromkeys(vpc.vpc_id for vpc in design.vpcs))
    return list(found)


def _connectors(design: Design, vpc_ids: list[str], on_path: frozenset[str | None]) -> tuple[Connector, ...]:
    """Peering connections and transit gateways that touch the first VPC, those on the path first."""
    if not vpc_ids:
        return ()
    home, shown = vpc_ids[0], set(vpc_ids)
    found: list[tuple[bool, Connector]] = []
    found.extend(
        (tgw.transit_gateway_id not in on_path, tgw)
        for tgw in design.transit_gateways
        if any(attachment.vpc_id == home for attachment in tgw.vpc_attachments)
    )
    for pcx in design.vpc_peering_connections:
        ends = {pcx.requester_vpc_id, pcx.accepter_vpc_id}
        if home in ends and (ends <= shown or pcx.vpc_peering_connection_id in on_path):
            found.append((pcx.vpc_peering_connection_id not in on_path, pcx))
    return tuple(connector for _, connector in sorted(found, key=lambda pair: pair[0])[:MAX_CONNECTORS])


def _has_site(design: Design, caller: Workload | None) -> bool:
    return design.on_premises is not None or (caller is not None and caller.kind is WorkloadKind.ONPREM_HOST)


def _hosts(design: Design, caller: Workload | None) -> tuple[Workload, ...]:
    hosts = [w for w in design.workloads if w.kind is WorkloadKind.ONPREM_HOST]
    if caller in hosts[MAX_HOSTS:] and caller is not None:
        hosts[MAX_HOSTS - 1] = caller
    return tuple(hosts[:MAX_HOSTS])
