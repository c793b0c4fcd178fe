"""Which line of a route table decides: longest prefix, then kind of route.

AWS: "How route priority works",
https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from ipaddress import IPv4Address, IPv4Network

from vpclab.network.endpoints import GatewayEndpoint
from vpclab.network.hops import Candidate, Facts
from vpclab.network.resources import (
    CidrRoute,
    PrefixList,
    PrefixListRoute,
    Route,
    RouteOrigin,
    RouteState,
    RouteTable,
)
from vpclab.network.vocabulary import Loss, Remark

LOCAL = "local"


class Priority(IntEnum):
    """Order among routes of equal length: static before prefix list before propagated.

    AWS: "How route priority works", section on prefix lists and on propagated routes; for virtual private
    gateways https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-route-priority.html
    """

    STATIC = 0
    PREFIX_LIST = 1
    PROPAGATED = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One network that a route covers; a prefix-list route has one line for each of its networks."""

    route: Route
    network: IPv4Network
    length: int
    priority: Priority

    @property
    def target(self) -> str:
        return self.route.target

    @property
    def is_local(self) -> bool:
        return self.route.target == LOCAL


@dataclass(frozen=True, slots=True)
class Selection:
    """The route that decides for an address, and those that matched and lost."""

    winner: Line | None
    losers: tuple[tuple[Line, Loss], ...] = ()
    is_tie: bool = False


def prefix_loss(won: bool, network: IPv4Network, address: IPv4Address) -> Loss | None:
    """Why a route lost in a table that knows nothing but prefixes; None for the one that won."""
    if won:
        return None
    return Loss.SHORTER_PREFIX if address in network else Loss.DOES_NOT_COVER_ADDRESS


def destination_of(route: Route) -> str:
    """A route's destination as written: a CIDR, or the id of a prefix list."""
    return str(route.destination) if isinstance(route, CidrRoute) else route.destination_prefix_list_id


class Routes:
    """A route table made ready for look-up: lines by prefix length and network.

    The local route is implied where the table does not show it, and a gateway endpoint puts its prefix-list
    route into every table that it is associated with.
    AWS: "Gateway endpoints", https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
    """

    def __init__(
        self,
        table: RouteTable,
        vpc_cidr: IPv4Network,
        prefix_lists: Mapping[str, PrefixList],
        endpoint_lists: Iterable[tuple[GatewayEndpoint, PrefixList]],
    ) -> None:
        self.table = table
        self.rows = _with_implied_routes(table, vpc_cidr, endpoint_lists)
        self._prefix_lists = prefix_lists
        by_length: dict[int, dict[int, list[Line]]] = {}
        for line in self._lines():
            bucket = by_length.setdefault(line.length, {})
            bucket.setdefault(int(line.network.network_address), []).append(line)
        self._by_length = [
            (((1 << length) - 1) << (32 - length), by_length[length])
            for length in sorted(by_length, reverse=True)
        ]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Routes) or (self.rows, self.table) != (other.rows, other.table):
            return False
        lists = (row for row in self.rows if isinstance(row, PrefixListRoute))
        return all(self._networks(row) == other._networks(row) for row in lists)

    def __hash__(self) -> int:
        return hash(self.table)

    def _lines(self) -> Iterable[Line]:
        for route in self.rows:
            propagated = route.origin is RouteOrigin.PROPAGATED and route.target != LOCAL
            if isinstance(route, CidrRoute):
                networks: Sequence[IPv4Network] = (route.destination,)
                priority = Priority.PROPAGATED if propagated else Priority.STATIC
            else:
                networks = self._networks(route)
                priority = Priority.PROPAGATED if propagated else Priority.PREFIX_LIST
            for network in networks:
                yield Line(route, network, network.prefixlen, priority)

    def _networks(self, route: PrefixListRoute) -> Sequence[IPv4Network]:
        found = self._prefix_lists.get(route.destination_prefix_list_id)
        return found.cidrs if found else ()

    def prefix_list_name(self, route: PrefixListRoute) -> str | None:
        found = self._prefix_lists.get(route.destination_prefix_list_id)
        return found.prefix_list_name if found else None

    def matching(self, address: IPv4Address) -> list[Line]:
        """All lines that cover an address, longest prefix first."""
        number = int(address)
        return [
            line
            for mask, bucket in self._by_length
            if (lines := bucket.get(number & mask)) is not None
            for line in lines
        ]

    def candidates(self, address: IPv4Address) -> tuple[Candidate, ...]:
        """Every row of the table with what became of it, in the table's order."""
        selection = select_route(self, address)
        losses = {id(line.route): loss for line, loss in reversed(selection.losers)}
        return tuple(self._candidate(route, selection.winner, losses) for route in self.rows)

    def _candidate(self, route: Route, winner: Line | None, losses: Mapping[int, Loss]) -> Candidate:
        won = winner is not None and route is winner.route
        facts: Facts = {
            "target": route.target,
            "state": str(route.state),
            "propagated": route.origin is RouteOrigin.PROPAGATED,
        }
        if isinstance(route, PrefixListRoute):
            facts["prefix_list_name"] = self.prefix_list_name(route)
            facts["cidrs"] = [str(network) for network in self._networks(route)]
        return Candidate(
            of=self.table.route_table_id,
            label=destination_of(route),
            facts=facts,
            lost_because=None if won else losses.get(id(route), Loss.DOES_NOT_COVER_ADDRESS),
        )


def _with_implied_routes(
    table: RouteTable, vpc_cidr: IPv4Network, endpoint_lists: Iterable[tuple[GatewayEndpoint, PrefixList]]
) -> tuple[Route, ...]:
    implied: list[Route] = []
    if not any(route.target == LOCAL for route in table.routes):
        implied.append(CidrRoute(destination=vpc_cidr, target=LOCAL))
    shown = {
        (route.destination_prefix_list_id, route.target)
        for route in table.routes
        if isinstance(route, PrefixListRoute)
    }
    for endpoint, prefix_list in endpoint_lists:
        if (prefix_list.prefix_list_id, endpoint.vpc_endpoint_id) not in shown:
            implied.append(
                PrefixListRoute(
                    destination_prefix_list_id=prefix_list.prefix_list_id, target=endpoint.vpc_endpoint_id
                )
            )
    return (*table.routes, *implied)


def select_route(routes: Routes, address: IPv4Address) -> Selection:
    """The route that decides for an address.

    The longest prefix wins; at equal length the priority of its kind. The local route beats propagated
    routes even when they are longer. A blackhole route that wins drops the packet: no shorter one steps in.
    Two prefix lists that tie: AWS picks one at random, we take the first.
    AWS: "How route priority works".
    """
    matching = routes.matching(address)
    if not matching:
        return Selection(None)
    losers: list[tuple[Line, Loss]] = []
    if any(line.is_local for line in matching):
        losers = [(line, Loss.LOCAL_ROUTE_WINS) for line in matching if line.priority is Priority.PROPAGATED]
        matching = [line for line in matching if line.priority is not Priority.PROPAGATED]
    if len(matching) == 1 and not losers:
        return Selection(matching[0])
    winner = min(matching, key=lambda line: (-line.length, line.priority))
    rest = [line for line in matching if line is not winner]
    losers += [
        (line, Loss.SHORTER_PREFIX if line.length < winner.length else Loss.LOWER_PRIORITY) for line in rest
    ]
    tie = any(
        line.length == winner.length
        and line.priority is winner.priority is Priority.PREFIX_LIST
        and line.route is not winner.route
        for line in rest
    )
    return Selection(winner, tuple(losers), tie)


def remarks_on_lost_endpoints(selection: Selection) -> tuple[str, ...]:
    """`CODE over <destination>` for each route to an endpoint that matched and lost."""
    if selection.winner is None:
        return ()
    won = destination_of(selection.winner.route)
    found: dict[str, None] = {}
    for line, loss in selection.losers:
        destination = destination_of(line.route)
        if (
            line.target.startswith("vpce-")
            and line.route is not selection.winner.route
            and destination != won
        ):
            remark = (
                Remark.MORE_SPECIFIC_ROUTE if loss is Loss.SHORTER_PREFIX else Remark.HIGHER_PRIORITY_ROUTE
            )
            found.setdefault(f"{remark} over {destination}")
    return tuple(found)


def is_blackhole(route: Route) -> bool:
    """Whether a route's target is gone or unusable; traffic that it wins is dropped."""
    return route.state is RouteState.BLACKHOLE


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteDecision:
    """What a route table decided for an address."""

    routes: Routes
    address: IPv4Address
    winner: Line | None

    @property
    def facts(self) -> Facts:
        chosen = self.winner.route if self.winner else None
        name = None
        if isinstance(chosen, PrefixListRoute):
            name = self.routes.prefix_list_name(chosen)
        return {
            "table": self.routes.table.route_table_id,
            "address": str(self.address),
            "destination": destination_of(chosen) if chosen else None,
            "prefix_list_name": name,
            "target": chosen.target if chosen else None,
        }

    def candidates(self) -> tuple[Candidate, ...]:
        return self.routes.candidates(self.address)
