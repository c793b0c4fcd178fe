"""The stage: a fixed place for every part of a Cast, so that choices change what is lit and nothing moves.

Second step of `draw`: Cast to Stage. Rows follow from the subnets, columns from `columns`.
"""

from dataclasses import dataclass, field

from diagrams.board import Board
from diagrams.columns import columns
from diagrams.parts import Cast, SubnetPart, VpcPart, ZonePart
from diagrams.places import (
    CARD_HEIGHT,
    CARD_WIDTH,
    MARGIN,
    PAD,
    ROW,
    SUBNET_TITLE,
    TITLE,
    FrameKind,
    Role,
    Stage,
)
from vpclab.network.connections import VpcPeeringConnection

_HALF = CARD_HEIGHT / 2


def stage(cast: Cast) -> Stage:
    """Give every part of the cast its place."""
    return _Builder(cast).build()


@dataclass
class _Rows:
    """Heights of the cards of one VPC: all, those in outer and inner subnets, those of interfaces."""

    all: list[float] = field(default_factory=list)
    outer: list[float] = field(default_factory=list)
    inner: list[float] = field(default_factory=list)
    interface: list[float] = field(default_factory=list)

    @property
    def internet_gateway(self) -> float:
        """Beside the first subnet that has a place for NAT."""
        return (self.outer or self.all)[0]

    @property
    def gateway_endpoint(self) -> float:
        """Beside the first inner subnet."""
        return (self.inner or self.all[1:] or self.all)[0]

    @property
    def vpn_gateway(self) -> float:
        """Beside the first interface."""
        return (self.interface or self.all)[0]


class _Builder(Board):
    """Puts cards and frames from top to bottom; each method that fills a frame returns its lower edge."""

    def __init__(self, cast: Cast) -> None:
        super().__init__()
        self.cast = cast
        self.x = columns(cast)

    def build(self) -> Stage:
        cast = self.cast
        y: float = MARGIN
        if cast.site_internet:  # the site's own line runs above the Region
            y += CARD_HEIGHT + 2 * PAD
        region = self.open("region", FrameKind.REGION, self.x.region, y, self.x.region_right, cast)
        y += TITLE + 4
        managed = y + SUBNET_TITLE + _HALF
        if cast.unattached:
            y = self._managed_network(y, managed)
        rows: list[_Rows] = []
        for number, part in enumerate(cast.vpcs):
            rows.append(_Rows())
            y = self._vpc(part, y, rows[-1]) + PAD
            if number == 0 and (cast.connectors or cast.hidden_vpcs):
                y = self._connectors(y + 2)
        bottom = y if rows or cast.unattached else y + CARD_HEIGHT + PAD
        self.close(region, bottom)
        first = rows[0] if rows else _Rows(all=[managed])
        self._service(managed if cast.unattached else first.gateway_endpoint)
        if cast.site_internet:
            self.put("internet", Role.INTERNET, self.x.host, MARGIN + _HALF, cast)
        else:
            self.put("internet", Role.INTERNET, self.x.internet, first.internet_gateway, cast)
        if cast.on_premises:
            self._site(first.vpn_gateway)
        return self.stage()

    # --- inside a VPC ----------------------------------------------------------------------------

    def _vpc(self, part: VpcPart, y: float, rows: _Rows) -> float:
        frame = self.open(part.slot, FrameKind.VPC, self.x.vpc, y, self.x.vpc_right, part, "frame-region")
        y += TITLE + 2
        for zone in part.zones:
            y = self._zone(part, zone, y, rows) + PAD - 2
        if not part.zones:
            rows.all.append(y + _HALF)
            y += ROW
        if part.internet_gateway and part.has_gateway_slot and len(rows.all) == 1:
            # A VPC cut to one row has two things on its border.
            rows.all.append(rows.all[0] + ROW)
            y += ROW - PAD
        self._edge(part, rows)
        return self.close(frame, y + 2)

    def _zone(self, part: VpcPart, zone: ZonePart, y: float, rows: _Rows) -> float:
        frame = self.open(
            zone.slot, FrameKind.ZONE, self.x.zone, y, self.x.zone_right, zone, f"frame-{part.slot}"
        )
        y += TITLE
        for subnet in zone.subnets:
            y = self._subnet(part, zone, subnet, y, rows) + PAD - 2
        return self.close(frame, y + 2)

    def _subnet(self, part: VpcPart, zone: ZonePart, subnet: SubnetPart, y: float, rows: _Rows) -> float:
        kind = FrameKind.PUBLIC_SUBNET if subnet.is_public else FrameKind.PRIVATE_SUBNET
        inside = f"frame-{zone.slot}"
        frame = self.open(subnet.slot, kind, self.x.subnet, y, self.x.subnet_right, subnet, inside)
        top = y + SUBNET_TITLE + _HALF
        lanes = max(
            self._callers(subnet, top), self._ways(part, subnet, top), self._arrivals(part, subnet, top, rows)
        )
        heights = [top + lane * ROW for lane in range(lanes)]
        rows.all.extend(heights)
        (rows.outer if subnet.is_outer else rows.inner).extend(heights)
        return self.close(frame, heights[-1] + _HALF + PAD, ghost=subnet.subnet is None)

    def _callers(self, subnet: SubnetPart, top: float) -> int:
        """First column: who sends. Returns how many lanes that takes."""
        x = self.x.inner[0]
        for lane, workload in enumerate(subnet.workloads):
            self.workload(f"{subnet.slot}-w{lane + 1}", workload, x, top + lane * ROW)
        count = len(subnet.workloads)
        if subnet.hidden_workloads:
            self.put(f"{subnet.slot}-more", Role.MORE, x, top + count * ROW, subnet.hidden_workloads)
            count += 1
        return count

    def _ways(self, part: VpcPart, subnet: SubnetPart, top: float) -> int:
        """Route table and NAT gateway; in an outer subnet NAT stands before the table that it asks."""
        _, second, third = self.x.inner
        bare = subnet.subnet is None
        x = third if subnet.is_outer else second
        self.put(f"{subnet.slot}-rt", Role.ROUTE_TABLE, x, top, subnet.table, ghost=bare, of=subnet)
        if subnet.subnet is not None:
            self.tables[subnet.subnet.subnet_id] = f"node-{subnet.slot}-rt"
        if not subnet.is_outer:
            return 1
        lane = 1 if subnet.workloads else 0
        if subnet.nat or subnet.shows_nat_ghost or bare:
            y, ghost = top + lane * ROW, subnet.nat is None
            self.put(f"{subnet.slot}-nat", Role.NAT_GATEWAY, second, y, subnet.nat, ghost=ghost, of=subnet)
        return lane + 1 if part.home or subnet.nat else 1

    def _arrivals(self, part: VpcPart, subnet: SubnetPart, top: float, rows: _Rows) -> int:
        """Third column: interfaces of endpoints and databases, below the way that leaves the subnet."""
        x = self.x.inner[2]
        beside = subnet.workloads or (part.home and not part.has_ways_out)
        lane = 1 if beside or subnet.is_outer else 0
        for number, interface in enumerate(subnet.interfaces, start=1):
            y = top + lane * ROW
            rows.interface.append(y)
            if interface.shown:
                ghost, slot = interface.endpoint is None, f"{subnet.slot}-eni{number}"
                node = self.put(slot, Role.INTERFACE_ENDPOINT, x, y, interface, ghost=ghost)
                if interface.endpoint is not None and interface.address is not None:
                    self.things.setdefault(interface.endpoint.vpc_endpoint_id, node)
                    self.interfaces[interface.endpoint.vpc_endpoint_id, interface.address] = node
            lane += 1
        for number, database in enumerate(subnet.databases, start=1):
            self.workload(f"{subnet.slot}-db{number}", database, x, top + lane * ROW)
            lane += 1
        return max(1, lane) if subnet.interfaces or subnet.databases else 1

    def _edge(self, part: VpcPart, rows: _Rows) -> None:
        """What stands on the VPC's borders."""
        gateway, endpoint, x = part.internet_gateway, part.gateway_endpoint, self.x.edge
        if part.has_ways_out or (gateway and (rows.outer or len(rows.all) > 1)):
            slot, y = f"{part.slot}-igw", rows.internet_gateway
            self.put(slot, Role.INTERNET_GATEWAY, x, y, gateway, ghost=gateway is None)
        if part.has_gateway_slot:
            slot, y = f"{part.slot}-gwe", rows.gateway_endpoint
            taken = {spot.y for spot in self.spots if spot.id == f"node-{part.slot}-igw"}
            y = next((row for row in (y, *rows.all) if row not in taken), y)
            self.put(slot, Role.GATEWAY_ENDPOINT, x, y, endpoint, ghost=endpoint is None)
        elif part.has_ways_out:
            self.holds.append((x, rows.gateway_endpoint))
        if part.vpn_gateway:
            slot, y = f"{part.slot}-vgw", rows.vpn_gateway
            self.put(slot, Role.VIRTUAL_PRIVATE_GATEWAY, self.x.vpc, y, part.vpn_gateway)
        if part.other_endpoints and part.home:
            used = {(spot.x, spot.y) for spot in self.spots}
            free = [(x, y) for y in rows.interface for x in self.x.inner[:2] if (x, y) not in used]
            for x, y in free[:1]:
                self.put(f"{part.slot}-others", Role.MORE, x, y, part.other_endpoints)

    # --- around the VPCs -------------------------------------------------------------------------

    def _connectors(self, y: float) -> float:
        """Transit gateways and peering connections, in a row between the caller's VPC and the others."""
        first, second, third = self.x.inner
        places = list(dict.fromkeys((second, third, first, self.x.edge)))
        for number, connector in enumerate(self.cast.connectors):
            peering = isinstance(connector, VpcPeeringConnection)
            role = Role.PEERING_CONNECTION if peering else Role.TRANSIT_GATEWAY
            self.put(f"connector{number + 1}", role, places[number], y + _HALF, connector)
        if self.cast.hidden_vpcs:
            x = places[len(self.cast.connectors)]
            self.put("more-vpcs", Role.MORE, x, y + _HALF, self.cast.hidden_vpcs)
        return y + CARD_HEIGHT + PAD + 2

    def _managed_network(self, y: float, middle: float) -> float:
        """The Lambda service's own network, in which a function outside VPCs runs."""
        first, second, _ = self.x.inner
        right = second + CARD_WIDTH / 2 + PAD
        frame = self.open("managed", FrameKind.AWS_NETWORK, self.x.subnet, y, right, None, "frame-region")
        if self.cast.unattached:
            self.workload("caller", self.cast.unattached, first, middle)
        self.put("managed", Role.AWS_MANAGED_NETWORK, second, middle, None)
        return self.close(frame, middle + _HALF + PAD) + PAD

    def _service(self, y: float) -> None:
        asked, x = self.cast.asked, self.x.service
        if asked.is_abroad:
            half = CARD_WIDTH / 2 + PAD
            top = y - _HALF - SUBNET_TITLE
            frame = self.open("abroad", FrameKind.OTHER_REGION, x - half, top, x + half, asked)
            self.close(frame, y + _HALF + PAD)
        self.put("service", Role.SERVICE, x, y, asked)

    def _site(self, y: float) -> None:
        """The site on premises, with its hosts and the line that leads to the Region."""
        top = y - _HALF - SUBNET_TITLE
        frame = self.open("site", FrameKind.ON_PREMISES, self.x.site, top, self.x.site_right)
        for number, host in enumerate(self.cast.hosts):
            self.workload(f"host{number + 1}", host, self.x.host, y + number * ROW)
        for circuit in self.cast.virtual_interfaces:
            self.put("circuit", Role.DIRECT_CONNECT, self.x.circuit, y, circuit)
        self.close(frame, y + max(0, len(self.cast.hosts) - 1) * ROW + _HALF + PAD)
