"""A walk laid over the stage: which cards it visits in which order, where it stops, and why.

Fourth step of `draw`: Walk and Stage to Journey. Components that decide without carrying (DNS, security
groups, network ACLs, policies) have no card; their decision shows at the card they guard.
"""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from diagrams.places import Stage
from vpclab.network.design import Design
from vpclab.network.hops import CallWalk, Walk
from vpclab.network.vocabulary import Kind, Leg, Reason


class Side(StrEnum):
    """Where on its card a decision shows: where packets leave it, where they enter it, or upon it."""

    OUT = "out"
    IN = "in"
    ON = "on"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cross:
    """Where the request was stopped."""

    node: str
    side: Side
    reason: Reason | None
    leg: Leg


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One stretch of the walk: `number` counts from 1, `stopped` says that it did not arrive."""

    tail: str
    head: str
    number: int
    stopped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """A walk in terms of cards.

    `path` and `hops` hold a node id for each path step and each hop, None where the picture has no card.
    """

    leg: Leg
    path: tuple[str | None, ...] = ()
    hops: tuple[str | None, ...] = ()
    steps: tuple[Step, ...] = ()
    cross: Cross | None = None

    @property
    def visited(self) -> tuple[str, ...]:
        """The cards of the path, each once, in order."""
        return tuple(dict.fromkeys(node for node in self.path if node is not None))

    @property
    def numbered(self) -> tuple[str, ...]:
        """The cards that this leg reached, in the order in which it reached them."""
        if self.leg is Leg.FORWARD:
            return self.visited
        first = tuple(step.tail for step in self.steps[:1])
        return (*first, *(step.head for step in self.steps if not step.stopped))


NO_JOURNEY = Journey(leg=Leg.FORWARD)

_CALLER = (Kind.DNS_RESOLVER, Kind.SOURCE_SECURITY_GROUP, Kind.SOURCE_SUBNET_NACL)
_ARRIVAL = (
    Kind.ENDPOINT_SUBNET_NACL,
    Kind.ENDPOINT_SECURITY_GROUP,
    Kind.ENDPOINT_POLICY,
    Kind.DESTINATION_SUBNET_NACL,
    Kind.DESTINATION_SECURITY_GROUP,
)
SIDES = {
    Kind.SOURCE_SECURITY_GROUP: Side.OUT,
    Kind.SOURCE_SUBNET_NACL: Side.OUT,
    Kind.NAT_SUBNET_NACL: Side.IN,
    Kind.ENDPOINT_SUBNET_NACL: Side.IN,
    Kind.ENDPOINT_SECURITY_GROUP: Side.IN,
    Kind.DESTINATION_SUBNET_NACL: Side.IN,
    Kind.DESTINATION_SECURITY_GROUP: Side.IN,
    Kind.ENDPOINT_POLICY: Side.OUT,
    Kind.RESOURCE_POLICY: Side.IN,
}
_FIXED = {
    Kind.SERVICE: "node-service",
    Kind.RESOURCE_POLICY: "node-service",
    Kind.INTERNET: "node-internet",
    Kind.AWS_MANAGED_NETWORK: "node-managed",
}
_WORKLOADS = (Kind.INSTANCE, Kind.LAMBDA, Kind.FARGATE_TASK, Kind.ONPREM_HOST, Kind.DB_INSTANCE)


def journey(design: Design, walk: Walk | None, stage: Stage, leg: Leg) -> Journey:
    """Lay one leg of the walk's told call over the stage."""
    if walk is None:
        return NO_JOURNEY
    told = walk.told
    finder = Finder(design, walk, stage)
    path = tuple(finder.of(step.kind, step.at) for step in told.path)
    hops = tuple(finder.of(hop.kind, hop.at) for hop in told.hops)
    cross = None
    if told.blocked_at is not None:
        node = _blocking_node(told, finder) or finder.last(path)
        side = SIDES.get(told.blocked_at, Side.ON)
        cross = Cross(node=node, side=side, reason=told.reason, leg=told.leg or Leg.FORWARD) if node else None
    visited = tuple(dict.fromkeys(node for node in path if node is not None))
    if leg is Leg.RETURN:
        return Journey(leg=leg, path=path, hops=hops, steps=_way_back(visited, cross, told), cross=cross)
    return Journey(leg=leg, path=path, hops=hops, steps=_way_out(visited, cross), cross=cross)


def _blocking_node(told: CallWalk, finder: "Finder") -> str | None:
    """The card of the hop that did not pass; without such a hop, the card that its kind guards."""
    stopped = next((hop for hop in told.hops if not hop.passed), None)
    if stopped is not None and (node := finder.of(stopped.kind, stopped.at)):
        return node
    at = next((step.at for step in told.path if step.kind is told.blocked_at), "")
    return finder.of(told.blocked_at, at) if told.blocked_at is not None else None


def _way_out(visited: tuple[str, ...], cross: Cross | None) -> tuple[Step, ...]:
    steps = [Step(tail=a, head=b, number=n) for n, (a, b) in enumerate(pairwise(visited), 1)]
    if cross and cross.leg is Leg.FORWARD and visited and cross.node not in visited:
        # The packet was refused on its way into a card that it never reached.
        steps.append(Step(tail=visited[-1], head=cross.node, number=len(visited), stopped=True))
    return tuple(steps)


def _way_back(visited: tuple[str, ...], cross: Cross | None, told: CallWalk) -> tuple[Step, ...]:
    """The answer's way: the same cards in reverse, as far as it comes."""
    if not (told.reachable or told.leg is Leg.RETURN):
        return ()
    back = tuple(reversed(visited))
    stopped = cross is not None and cross.leg is Leg.RETURN
    if stopped and cross is not None:
        back = back[: back.index(cross.node) + 1] if cross.node in back else (*back[:2], cross.node)
    pairs = tuple(pairwise(back))
    return tuple(
        Step(tail=a, head=b, number=n, stopped=stopped and n == len(pairs))
        for n, (a, b) in enumerate(pairs, 1)
    )


class Finder:
    """Finds the card that carries, or is guarded by, a component."""

    def __init__(self, design: Design, walk: Walk, stage: Stage) -> None:
        self.design, self.told, self.stage = design, walk.told, stage
        self.drawn = {spot.id for spot in stage.spots}
        self.caller = stage.things.get(walk.request.source)
        source = design.workload.get(walk.request.source)
        self.source_subnet = source.subnet_id if source is not None else None

    def of(self, kind: Kind, at: str) -> str | None:
        """The node id for a component; None where the picture has none."""
        answering = self.told.destination or ""
        if kind in (Kind.SERVICE, Kind.RESOURCE_POLICY) and answering in self.design.workload:
            # A database inside the VPC answers by itself; the card of the service is that of its API.
            return self.stage.things.get(answering)
        if kind in _FIXED:
            return _FIXED[kind] if _FIXED[kind] in self.drawn else None
        if kind in _CALLER:
            return self.caller
        if kind in _WORKLOADS:
            return self.stage.things.get(at, self.caller)
        if kind in _ARRIVAL:
            return self._destination()
        if kind is Kind.SUBNET_ROUTE_TABLE:
            return self.stage.tables.get(self.source_subnet or "")
        if kind in (Kind.NAT_SUBNET_ROUTE_TABLE, Kind.NAT_SUBNET_NACL):
            return self._nat(kind)
        if kind in (Kind.ENDPOINT_SUBNET_ROUTE_TABLE, Kind.DESTINATION_SUBNET_ROUTE_TABLE):
            return self.stage.tables.get(self._destination_subnet() or "")
        if kind is Kind.INTERFACE_ENDPOINT:
            return self._interface(at)
        return self.stage.things.get(at)

    def last(self, path: tuple[str | None, ...]) -> str | None:
        """The last card that the packet reached."""
        return next((node for node in reversed(path) if node is not None), self.caller)

    def _interface(self, endpoint_id: str) -> str | None:
        address = self.told.destination_ip
        if address is not None and (node := self.stage.interfaces.get((endpoint_id, address))):
            return node
        return self.stage.things.get(endpoint_id)

    def _destination(self) -> str | None:
        """The endpoint that was used, or was about to be; else the workload that has the address."""
        used = self.told.endpoint_used or self.told.destination
        return self._interface(used) if used is not None else None

    def _destination_subnet(self) -> str | None:
        address = self.told.destination_ip
        for endpoint in self.design.interface_endpoints:
            for interface in endpoint.network_interfaces:
                if (
                    interface.private_ip_address == address
                    and endpoint.vpc_endpoint_id == self.told.destination
                ):
                    return interface.subnet_id
        workload = self.design.workload.get(self.told.destination or "")
        return workload.subnet_id if workload is not None else None

    def _nat(self, kind: Kind) -> str | None:
        """The NAT gateway of the walk, or the route table of its subnet."""
        on_path = next((step.at for step in self.told.path if step.kind is Kind.NAT_GATEWAY), None)
        chosen = self.told.route_chosen
        nat = self.design.nat_gateway.get(on_path or (chosen.target if chosen else ""))
        if nat is None:
            return None
        if kind is Kind.NAT_SUBNET_NACL:
            return self.stage.things.get(nat.nat_gateway_id)
        return self.stage.tables.get(nat.subnet_id)
