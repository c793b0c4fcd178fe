"""The board on which a stage is put together: cards and frames one by one, then all places at once."""

from dataclasses import replace
from ipaddress import IPv4Address

from diagrams.places import CARD_HEIGHT, CARD_WIDTH, MARGIN, Frame, FrameKind, Role, Spot, Stage
from vpclab.network.resources import Workload, WorkloadKind

_ROLES = {kind: Role(str(kind)) for kind in WorkloadKind}
_IDS = {
    Role.NAT_GATEWAY: "nat_gateway_id",
    Role.INTERNET_GATEWAY: "internet_gateway_id",
    Role.GATEWAY_ENDPOINT: "vpc_endpoint_id",
    Role.PEERING_CONNECTION: "vpc_peering_connection_id",
    Role.TRANSIT_GATEWAY: "transit_gateway_id",
    Role.VIRTUAL_PRIVATE_GATEWAY: "vpn_gateway_id",
    Role.DIRECT_CONNECT: "virtual_interface_id",
}


class Board:
    """Cards and frames put so far, and which card stands for each resource."""

    def __init__(self) -> None:
        self.spots: list[Spot] = []
        self.frames: list[Frame] = []
        self.things: dict[str, str] = {}
        self.tables: dict[str, str] = {}
        self.interfaces: dict[tuple[str, IPv4Address], str] = {}
        self.holds: list[tuple[float, float]] = []

    def workload(self, slot: str, workload: Workload, x: float, y: float) -> None:
        """Put the card of a workload, in its kind's role."""
        node = self.put(slot, _ROLES[workload.kind], x, y, workload)
        self.things.setdefault(workload.id, node)

    def put(
        self,
        slot: str,
        role: Role,
        x: float,
        y: float,
        thing: object,
        *,
        ghost: bool = False,
        of: object = None,
    ) -> str:
        """Put a card with its middle at `x`, `y`; returns its id."""
        node = f"node-{slot}"
        self.spots.append(Spot(id=node, role=role, x=x, y=y, ghost=ghost, thing=thing, of=of))
        if role in _IDS and thing is not None:
            self.things.setdefault(getattr(thing, _IDS[role]), node)
        return node

    def open(
        self,
        slot: str,
        kind: FrameKind,
        x: float,
        y: float,
        right: float,
        thing: object = None,
        inside: str | None = None,
    ) -> int:
        """Begin a frame; its height is known when it is closed. Frames come outer before inner."""
        frame = Frame(
            id=f"frame-{slot}",
            kind=kind,
            x=x,
            y=y,
            width=right - x,
            height=0,
            ghost=False,
            inside=inside,
            thing=thing,
        )
        self.frames.append(frame)
        return len(self.frames) - 1

    def close(self, number: int, bottom: float, *, ghost: bool = False) -> float:
        """End a frame at its lower edge, which is returned."""
        frame = self.frames[number]
        self.frames[number] = replace(frame, height=bottom - frame.y, ghost=ghost)
        return bottom

    def stage(self) -> Stage:
        """All places, on a picture just large enough."""
        right = [frame.x + frame.width for frame in self.frames] + [
            spot.x + CARD_WIDTH / 2 for spot in self.spots
        ]
        bottom = [frame.y + frame.height for frame in self.frames] + [
            spot.y + CARD_HEIGHT / 2 for spot in self.spots
        ]
        return Stage(
            spots=tuple(self.spots),
            frames=tuple(self.frames),
            width=max(right) + MARGIN,
            height=max(bottom) + MARGIN,
            things=self.things,
            tables=self.tables,
            interfaces=self.interfaces,
            holds=tuple(self.holds),
        )
