"""Which cards are joined: connections that exist, and those that the empty slots would have.

Third step of `draw`: Cast and Stage to Links. The links of the caller's VPC are always all there, as ghosts
where the design lacks something, so that the lines keep their ways when a choice changes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from diagrams.parts import Cast, SubnetPart, VpcPart
from diagrams.places import Stage
from vpclab.network.connections import TransitGateway, VpcPeeringConnection


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A line between two cards; a ghost belongs to a slot that is empty."""

    tail: str
    head: str
    ghost: bool = False


def links(cast: Cast, stage: Stage) -> tuple[Link, ...]:
    """All links, each pair of cards once, those that exist winning over ghosts."""
    drawn = {spot.id for spot in stage.spots}
    found: dict[tuple[str, str], Link] = {}
    for link in _all(cast, stage):
        known = found.get((link.tail, link.head))
        if {link.tail, link.head} <= drawn and (known is None or known.ghost):
            found[link.tail, link.head] = link
    return tuple(found.values())


def _all(cast: Cast, stage: Stage) -> Iterator[Link]:
    ghosts = {spot.id: spot.ghost for spot in stage.spots}
    for part in cast.vpcs:
        for subnet in part.subnets:
            yield from _of_subnet(cast, part, subnet)
        for slot in ("igw", "gwe"):
            gateway = f"node-{part.slot}-{slot}"
            leads_there = not cast.asked.is_abroad if slot == "gwe" else part.home
            if leads_there:
                yield Link(tail=gateway, head="node-service", ghost=ghosts.get(gateway, True))
        if part.home and not cast.site_internet and not ghosts.get(f"node-{part.slot}-igw", True):
            yield Link(tail=f"node-{part.slot}-igw", head="node-internet")
    yield from _between_vpcs(cast)
    yield from _of_the_site(cast, stage)
    if cast.unattached is not None:
        yield Link(tail="node-caller", head="node-managed")
        yield Link(tail="node-managed", head="node-service")


def _of_subnet(cast: Cast, part: VpcPart, subnet: SubnetPart) -> Iterator[Link]:
    slot, table = f"node-{subnet.slot}", subnet.table
    targets = {route.target for route in table.routes} if table else set()
    for number in range(1, len(subnet.workloads) + 1):
        yield Link(tail=f"{slot}-w{number}", head=f"{slot}-rt")
    if subnet.is_outer:
        yield Link(tail=f"{slot}-nat", head=f"{slot}-rt", ghost=subnet.nat is None)
        gateway = part.internet_gateway
        exists = gateway is not None and gateway.internet_gateway_id in targets
        yield Link(tail=f"{slot}-rt", head=f"node-{part.slot}-igw", ghost=not exists)
    elif part.has_ways_out and subnet.workloads:
        yield from _to_nat(part, subnet, targets)
    endpoint = part.gateway_endpoint
    associated = (
        endpoint is not None and table is not None and table.route_table_id in endpoint.route_table_ids
    )
    if associated or (part.home and not subnet.is_outer and (subnet.workloads or not part.has_ways_out)):
        yield Link(tail=f"{slot}-rt", head=f"node-{part.slot}-gwe", ghost=not associated)
    yield from _to_arrivals(cast, part, subnet)
    for number, connector in enumerate(cast.connectors, start=1):
        if part.home and _id_of(connector) in targets:
            yield Link(tail=f"{slot}-rt", head=f"node-connector{number}")


def _to_arrivals(cast: Cast, part: VpcPart, subnet: SubnetPart) -> Iterator[Link]:
    """To interfaces and databases of the subnet, and on to the service; an endpoint serves its own Region."""
    slot = f"node-{subnet.slot}"
    for number, interface in enumerate(subnet.interfaces, start=1):
        node, ghost = f"{slot}-eni{number}", interface.endpoint is None
        if not cast.asked.is_abroad:
            yield Link(tail=node, head="node-service", ghost=ghost)
        if part.home:
            yield Link(tail=f"{slot}-rt", head=node, ghost=ghost)
    for number in range(1, len(subnet.databases) + 1):
        yield Link(tail=f"{slot}-rt", head=f"{slot}-db{number}")


def _to_nat(part: VpcPart, subnet: SubnetPart, targets: set[str]) -> Iterator[Link]:
    """The way to the NAT gateway that the table names, else to the nearest slot."""
    outer = [other for other in part.subnets if other.is_outer]
    named = [other for other in outer if other.nat is not None and other.nat.nat_gateway_id in targets]
    beside = [other for other in outer if other.slot.rpartition("-")[0] == subnet.slot.rpartition("-")[0]]
    present = [other for other in (*beside, *outer) if other.nat is not None]
    for other in (named or present or beside or outer)[:1]:
        yield Link(tail=f"node-{subnet.slot}-rt", head=f"node-{other.slot}-nat", ghost=not named)


def _between_vpcs(cast: Cast) -> Iterator[Link]:
    for number, connector in enumerate(cast.connectors, start=1):
        for part in cast.vpcs[1:]:
            if part.vpc.vpc_id in _vpcs_of(connector):
                yield Link(tail=f"node-connector{number}", head=_entry(part))


def _entry(part: VpcPart) -> str:
    """The card of a VPC that others come to: its endpoint's interface, a database, else a route table."""
    for subnet in part.subnets:
        if subnet.interfaces:
            return f"node-{subnet.slot}-eni1"
    for subnet in part.subnets:
        if subnet.databases:
            return f"node-{subnet.slot}-db1"
    return next((f"node-{subnet.slot}-rt" for subnet in part.subnets), "")


def _of_the_site(cast: Cast, stage: Stage) -> Iterator[Link]:
    hosts = [f"node-host{number}" for number in range(1, len(cast.hosts) + 1)]
    for part in cast.vpcs:
        gateway = part.vpn_gateway
        if gateway is None:
            continue
        circuits = [c for c in cast.virtual_interfaces if c.vpn_gateway_id == gateway.vpn_gateway_id]
        vgw = f"node-{part.slot}-vgw"
        for host in hosts:
            yield Link(tail=host, head="node-circuit" if circuits else vgw)
        if circuits:
            yield Link(tail="node-circuit", head=vgw)
        yield Link(tail=vgw, head=_entry(part), ghost=_is_ghost(stage, _entry(part)))
    if cast.site_internet:
        for host in hosts:
            yield Link(tail=host, head="node-internet")
        yield Link(tail="node-internet", head="node-service")


def _is_ghost(stage: Stage, node: str) -> bool:
    return any(spot.id == node and spot.ghost for spot in stage.spots)


def _id_of(connector: VpcPeeringConnection | TransitGateway) -> str:
    if isinstance(connector, VpcPeeringConnection):
        return connector.vpc_peering_connection_id
    return connector.transit_gateway_id


def _vpcs_of(connector: VpcPeeringConnection | TransitGateway) -> set[str]:
    if isinstance(connector, VpcPeeringConnection):
        return {connector.requester_vpc_id, connector.accepter_vpc_id}
    return {attachment.vpc_id for attachment in connector.vpc_attachments}
