"""One VPC of the picture: which of its subnets are shown, what stands in each, and where ghosts stand."""

from collections.abc import Iterable
from dataclasses import replace

from diagrams.parts import Asked, InterfaceSlot, SubnetPart, VpcPart, ZonePart
from vpclab.network.design import Design
from vpclab.network.endpoint_services import is_for_service
from vpclab.network.endpoints import VpcEndpoint
from vpclab.network.resources import Subnet, Workload, WorkloadKind

MAX_SUBNETS = 6  # of the caller's VPC
MAX_SUBNETS_OF_MANY = 4  # the same, when it has too many to show in any case
MAX_SUBNETS_BESIDE = 2  # of each other VPC
MAX_WORKLOADS = 3
MAX_INTERFACES = 2


def vpc_part(
    design: Design,
    vpc_id: str,
    slot: str,
    caller: Workload | None,
    asked: Asked,
    on_path: frozenset[str | None],
    *,
    home: bool,
) -> VpcPart:
    """Choose what is shown of a VPC; the `home` VPC is the caller's and gets the empty slots too."""
    gateways = design.gateway_endpoints_of_vpc.get(vpc_id, ())
    chosen = next((e for e in gateways if e.vpc_endpoint_id in on_path), None)
    chosen = chosen or next((e for e in gateways if serves(design, e, asked)), None)
    inside = home and caller is not None and caller.subnet_id is not None
    endpoints: tuple[VpcEndpoint, ...] = (*gateways, *design.interface_endpoints_of_vpc.get(vpc_id, ()))
    others = [e for e in endpoints if not serves(design, e, asked) and e.vpc_endpoint_id not in on_path]
    part = VpcPart(
        slot=slot,
        vpc=design.vpc[vpc_id],
        home=home,
        zones=(),
        has_ways_out=inside,
        has_gateway_slot=chosen is not None or (home and asked.offers_gateway),
        internet_gateway=next((g for g in design.internet_gateways if g.vpc_id == vpc_id), None),
        gateway_endpoint=chosen,
        vpn_gateway=next((g for g in design.vpn_gateways if g.vpc_id == vpc_id), None),
        other_endpoints=tuple(dict.fromkeys(design.endpoint_suffix[e.vpc_endpoint_id][1] for e in others)),
        hidden_subnets=0,
    )
    return _with_zones(design, part, caller, asked, on_path)


def _with_zones(
    design: Design, part: VpcPart, caller: Workload | None, asked: Asked, on_path: frozenset[str | None]
) -> VpcPart:
    view = _View(design, part, caller, asked, on_path)
    shown = view.subnets()
    home_zone = view.home_zone(shown)
    names = sorted({subnet.availability_zone for subnet in shown})
    zones = []
    for number, name in enumerate(names, start=1):
        slot = f"{part.slot}-a{number}"
        here = [subnet for subnet in shown if subnet.availability_zone == name]
        outer = [view.part(f"{slot}-out{n}", s) for n, s in enumerate(filter(view.is_outer, here), start=1)]
        inner = [
            view.part(f"{slot}-in{n}", s)
            for n, s in enumerate((s for s in here if not view.is_outer(s)), start=1)
        ]
        if part.has_ways_out and not view.has_outer(shown) and number == 1:
            outer = [SubnetPart(slot=f"{slot}-out1", subnet=None, is_public=True, is_outer=True)]
        zones.append(ZonePart(slot=slot, name=name, subnets=(*outer, *inner)))
    of_vpc = sum(subnet.vpc_id == part.vpc.vpc_id for subnet in design.subnets)
    zoned = replace(part, zones=tuple(zones), hidden_subnets=of_vpc - len(shown))
    return _with_ghosts(zoned, home_zone, caller, asked)


def _with_ghosts(part: VpcPart, home_zone: str | None, caller: Workload | None, asked: Asked) -> VpcPart:
    """Mark where the NAT gateway and the endpoint's interface would stand, if the VPC has none."""
    if not part.home:
        return part
    subnets = list(part.subnets)
    nat_at = interface_at = None
    outer = [s for s in subnets if s.is_outer]
    if part.has_ways_out and outer and not any(s.nat for s in subnets):
        nearest = (s for s in outer if s.subnet is None or s.subnet.availability_zone == home_zone)
        nat_at = next(nearest, outer[0]).slot
    if asked.offers_interface and not any(i.endpoint for s in subnets for i in s.interfaces):
        callers = [s for s in subnets if caller in s.workloads]
        inner = [s for s in subnets if not s.is_outer]
        best = (
            [s for s in inner if s.interfaces] or [s for s in callers if not s.is_outer] or inner or callers
        )
        best = [s for s in best if s in callers] or best or subnets
        interface_at = best[0].slot if best else None

    def ghosted(subnet: SubnetPart) -> SubnetPart:
        ghost = (InterfaceSlot(shown=True),) if subnet.slot == interface_at else subnet.interfaces
        return replace(subnet, shows_nat_ghost=subnet.slot == nat_at, interfaces=ghost)

    zones = tuple(replace(zone, subnets=tuple(map(ghosted, zone.subnets))) for zone in part.zones)
    return replace(part, zones=zones)


def serves(design: Design, endpoint: VpcEndpoint, asked: Asked) -> bool:
    """Whether an endpoint is one for the service asked, in whatever Region."""
    return is_for_service(design, endpoint, asked.service, asked.host, None)


class _View:
    """One VPC of the design, looked at for one call."""

    def __init__(
        self,
        design: Design,
        part: VpcPart,
        caller: Workload | None,
        asked: Asked,
        on_path: frozenset[str | None],
    ) -> None:
        self.design, self.home, self.ways_out = design, part.home, part.has_ways_out
        self.caller, self.asked, self.on_path = caller, asked, on_path
        vpc_id = part.vpc.vpc_id
        self.all = [subnet for subnet in design.subnets if subnet.vpc_id == vpc_id]
        self.nats = {nat.subnet_id: nat for nat in reversed(design.nat_gateways)}
        self.nats.update({nat.subnet_id: nat for nat in design.nat_gateways if nat.nat_gateway_id in on_path})
        self.workloads: dict[str, list[Workload]] = {}
        for workload in design.workloads:
            if workload.subnet_id is not None:
                self.workloads.setdefault(workload.subnet_id, []).append(workload)
        self.interfaces: dict[str, list[InterfaceSlot]] = {}
        taken: set[str] = set()
        for endpoint in design.interface_endpoints_of_vpc.get(vpc_id, ()):
            wanted = endpoint.vpc_endpoint_id in on_path or serves(design, endpoint, asked)
            for interface in endpoint.network_interfaces:
                taken.add(interface.subnet_id)
                if wanted:
                    slot = InterfaceSlot(endpoint=endpoint, address=interface.private_ip_address)
                    self.interfaces.setdefault(interface.subnet_id, []).append(slot)
        self.public = {s.subnet_id for s in self.all if self._is_public(s)}
        outer = self.public | {s.subnet_id for s in self.all if s.subnet_id in self.nats}
        self.outer = outer or self._spare(taken)
        self.shown: list[Subnet] = []

    def _is_public(self, subnet: Subnet) -> bool:
        routes = self.design.route_table_of_subnet[subnet.subnet_id].routes
        return any(route.target.startswith("igw-") for route in routes)

    def _spare(self, taken: set[str]) -> set[str]:
        """An empty subnet per zone: where a NAT gateway stood before it was taken out."""
        design = self.design
        busy = {
            s
            for tgw in design.transit_gateways
            for attachment in tgw.vpc_attachments
            for s in attachment.subnet_ids
        }
        busy |= taken | self.workloads.keys() | {e.subnet_id for e in design.resolver_endpoints}
        servers = [server.ip for server in design.dns_servers]
        spare: dict[str, str] = {}
        for subnet in self.all:
            if subnet.subnet_id not in busy and not any(ip in subnet.cidr_block for ip in servers):
                spare.setdefault(subnet.availability_zone, subnet.subnet_id)
        return set(spare.values()) if len(self.all) > len(spare) else set()

    def is_outer(self, subnet: Subnet) -> bool:
        """Whether the subnet has a place for a NAT gateway."""
        return subnet.subnet_id in self.outer

    def has_outer(self, shown: Iterable[Subnet]) -> bool:
        """Whether one of these subnets has a place for a NAT gateway."""
        return any(self.is_outer(subnet) for subnet in shown)

    def home_zone(self, shown: list[Subnet]) -> str | None:
        """The zone of the caller, else the first one."""
        if self.ways_out and self.caller is not None and self.caller.subnet_id is not None:
            return self.design.subnet[self.caller.subnet_id].availability_zone
        return min((subnet.availability_zone for subnet in shown), default=None)

    def subnets(self) -> list[Subnet]:
        """The subnets worth showing, most important first in choice, in the design's order in the result."""
        ranked = sorted(
            (rank, n) for n, subnet in enumerate(self.all) if (rank := self._rank(subnet)) is not None
        )
        most = MAX_SUBNETS if len(self.all) <= 2 * MAX_SUBNETS_OF_MANY else MAX_SUBNETS_OF_MANY
        chosen = {n for _, n in ranked[: most if self.home else MAX_SUBNETS_BESIDE]} or set(
            range(min(1, len(self.all)))
        )
        self.shown = [subnet for n, subnet in enumerate(self.all) if n in chosen]
        return self.shown

    def _rank(self, subnet: Subnet) -> int | None:
        """How near a subnet is to the call; None for one that plays no part."""
        name = subnet.subnet_id
        workloads = self.workloads.get(name, ())
        nat = self.nats.get(name)
        ranks = (
            self.caller in workloads,
            (nat is not None and nat.nat_gateway_id in self.on_path)
            or any(w.id in self.on_path for w in workloads),
            any(slot.address == self.asked.address for slot in self.interfaces.get(name, ())),
            name in self.interfaces,
            nat is not None,
            self.home and name in self.outer,
            self.home and bool(workloads),
            self.home and not self._only_connects(name),
        )
        return ranks.index(True) if True in ranks else None

    def _only_connects(self, subnet_id: str) -> bool:
        """Whether the subnet holds nothing but an attachment, or only answers names."""
        design = self.design
        cidr = design.subnet[subnet_id].cidr_block
        attached = any(
            subnet_id in a.subnet_ids for tgw in design.transit_gateways for a in tgw.vpc_attachments
        )
        return (
            attached
            or any(endpoint.subnet_id == subnet_id for endpoint in design.resolver_endpoints)
            or any(server.ip in cidr for server in design.dns_servers)
        )

    def _keeps_interface_slot(self, subnet: Subnet) -> bool:
        """Whether an interface may come here: to a subnet kept for endpoints, else to any inner one."""
        if not self.home or self.is_outer(subnet) or not self.asked.offers_interface:
            return False
        kept = any(not self.is_outer(s) and s.subnet_id not in self.workloads for s in self.shown)
        return not kept or subnet.subnet_id not in self.workloads

    def part(self, slot: str, subnet: Subnet) -> SubnetPart:
        """The subnet with what stands in it."""
        name = subnet.subnet_id
        here = self.workloads.get(name, [])
        senders = [
            w for w in here if w.kind is not WorkloadKind.DB_INSTANCE and (self.home or w.id in self.on_path)
        ]
        callers = senders[:MAX_WORKLOADS]
        if self.caller in senders[MAX_WORKLOADS:] and self.caller is not None:
            callers[-1] = self.caller
        databases = [
            w for w in here if w.kind is WorkloadKind.DB_INSTANCE and (self.home or w.id in self.on_path)
        ]
        outer = self.is_outer(subnet)
        interfaces = tuple(self.interfaces.get(name, ())[:MAX_INTERFACES])
        if not interfaces and self._keeps_interface_slot(subnet):
            interfaces = (InterfaceSlot(shown=False),)
        return SubnetPart(
            slot=slot,
            subnet=subnet,
            is_public=name in self.public,
            is_outer=outer,
            table=self.design.route_table_of_subnet[name],
            workloads=tuple(callers),
            databases=tuple(databases[:MAX_INTERFACES]),
            hidden_workloads=len(senders) - len(callers),
            nat=self.nats.get(name),
            interfaces=interfaces,
        )
