"""Places in a picture: what a node, a frame and a whole stage are, and the sizes that all share.

Distances are points (1/72 inch) and x, y grow to the right and downwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address

CARD_WIDTH, CARD_HEIGHT = 140, 72
GAP_X, GAP_Y = 36, 22
PAD, TITLE = 12, 22
SUBNET_TITLE = 27  # room for the number on a card's corner
MARGIN = 8
COLUMN, ROW = CARD_WIDTH + GAP_X, CARD_HEIGHT + GAP_Y


class Role(StrEnum):
    """What a node stands for; names its glyph and its words."""

    INSTANCE = "instance"
    LAMBDA = "lambda"
    FARGATE_TASK = "fargate-task"
    ONPREM_HOST = "onprem-host"
    DB_INSTANCE = "db-instance"
    ROUTE_TABLE = "route-table"
    NAT_GATEWAY = "nat-gateway"
    INTERNET_GATEWAY = "internet-gateway"
    GATEWAY_ENDPOINT = "gateway-endpoint"
    INTERFACE_ENDPOINT = "interface-endpoint"
    PEERING_CONNECTION = "peering-connection"
    TRANSIT_GATEWAY = "transit-gateway"
    VIRTUAL_PRIVATE_GATEWAY = "virtual-private-gateway"
    DIRECT_CONNECT = "direct-connect"
    AWS_MANAGED_NETWORK = "aws-managed-network"
    INTERNET = "internet"
    SERVICE = "service"
    MORE = "more"


class FrameKind(StrEnum):
    """What a frame stands for."""

    REGION = "region"
    OTHER_REGION = "other-region"
    VPC = "vpc"
    ZONE = "zone"
    PUBLIC_SUBNET = "public-subnet"
    PRIVATE_SUBNET = "private-subnet"
    ON_PREMISES = "on-premises"
    AWS_NETWORK = "aws-network"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A node's place: `x`, `y` is the middle of its card; `thing` is the resource, None for a ghost."""

    id: str
    role: Role
    x: float
    y: float
    ghost: bool
    thing: object = None
    of: object = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A frame's place: `x`, `y` is its upper left corner; frames come outer before inner.

    `foot` says that its title stands at its lower edge.
    """

    id: str
    kind: FrameKind
    x: float
    y: float
    width: float
    height: float
    ghost: bool
    inside: str | None
    thing: object = None
    foot: bool = False


@dataclass(frozen=True, kw_only=True)
class Stage:
    """All places, and the node that stands for each resource.

    `holds` are empty places that lines keep clear of, as if a card stood there.
    """

    spots: tuple[Spot, ...]
    frames: tuple[Frame, ...]
    width: float
    height: float
    things: Mapping[str, str]
    tables: Mapping[str, str]
    interfaces: Mapping[tuple[str, IPv4Address], str]
    holds: tuple[tuple[float, float], ...] = ()

    def frame_around(self, spot: Spot) -> str | None:
        """The smallest frame that holds the whole card."""
        found = None
        for frame in self.frames:
            if (
                frame.x <= spot.x - CARD_WIDTH / 2
                and spot.x + CARD_WIDTH / 2 <= frame.x + frame.width
                and frame.y <= spot.y - CARD_HEIGHT / 2
                and spot.y + CARD_HEIGHT / 2 <= frame.y + frame.height
            ):
                found = frame.id
        return found
