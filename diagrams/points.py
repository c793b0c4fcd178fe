"""Letters on a network's picture: one for each component that a question lets somebody point at.

The network is drawn without its walk, which would tell the answer. Components that decide without carrying
wear their letter at the door of the card that they guard.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from diagrams import theme
from diagrams.cards import door
from diagrams.journey import SIDES, Finder, Side
from diagrams.places import Stage
from vpclab.network.design import Design
from vpclab.network.hops import Walk
from vpclab.network.vocabulary import Kind

POINT_ID = "point-"
"""What the SVG id of a letter starts with; the kind of its component follows."""

_RADIUS, _TOUCH, _APART = 11, 16, 24
_AT_CALLER = (Kind.DNS_RESOLVER,)  # they would lie on the caller's own corner
_L = theme.LIGHT


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A letter and where it stands, in the picture's coordinates."""

    kind: Kind
    letter: str
    x: float
    y: float


def points(design: Design, walk: Walk, stage: Stage, kinds: Sequence[Kind]) -> tuple[Point, ...]:
    """A letter for each kind that has a card; letters at the same door stand below each other."""
    finder = Finder(design, walk, stage)
    places = {spot.id: spot for spot in stage.spots}
    taken: dict[tuple[float, float], int] = {}
    found = []
    for kind, letter in zip(kinds, ascii_uppercase, strict=False):
        node = finder.of(kind, _at(design, walk, kind)) or _guarded(design, stage, kind)
        if node is None or node not in places:
            continue
        x, y = door(places[node], Side.ON if kind in _AT_CALLER else SIDES.get(kind, Side.ON), ())
        already = taken.get((x, y), 0)
        taken[x, y] = already + 1
        found.append(Point(kind=kind, letter=letter, x=x, y=y + already * _APART))
    return tuple(found)


def _at(design: Design, walk: Walk, kind: Kind) -> str:
    """The id of the component of a kind: the one on the walk, else the first of the network."""
    told = walk.told
    on_way = next((hop.at for hop in told.hops if hop.kind is kind), None)
    on_way = on_way or next((step.at for step in told.path if step.kind is kind), None)
    if on_way is not None:
        return on_way
    first = {
        Kind.NAT_GATEWAY: [nat.nat_gateway_id for nat in design.nat_gateways],
        Kind.INTERNET_GATEWAY: [gateway.internet_gateway_id for gateway in design.internet_gateways],
        Kind.GATEWAY_ENDPOINT: [endpoint.vpc_endpoint_id for endpoint in design.gateway_endpoints],
        Kind.INTERFACE_ENDPOINT: [endpoint.vpc_endpoint_id for endpoint in design.interface_endpoints],
    }.get(kind, [])
    return first[0] if first else ""


def _guarded(design: Design, stage: Stage, kind: Kind) -> str | None:
    """The card of the endpoint that a kind guards, where the walk does not come to it."""
    guards = (Kind.ENDPOINT_SECURITY_GROUP, Kind.ENDPOINT_SUBNET_NACL)
    if kind in guards or kind is Kind.ENDPOINT_POLICY:
        endpoints = [one.vpc_endpoint_id for one in design.interface_endpoints]
        if kind is Kind.ENDPOINT_POLICY:
            endpoints += [one.vpc_endpoint_id for one in design.gateway_endpoints]
        return next((stage.things[name] for name in endpoints if name in stage.things), None)
    if kind in (Kind.NAT_SUBNET_ROUTE_TABLE, Kind.NAT_SUBNET_NACL) and design.nat_gateways:
        nat = design.nat_gateways[0]
        of_table = kind is Kind.NAT_SUBNET_ROUTE_TABLE
        return stage.tables.get(nat.subnet_id) if of_table else stage.things.get(nat.nat_gateway_id)
    return None


def point_svg(point: Point) -> str:
    """A letter as SVG, and over it the place to point at, whose id says which component it stands for."""
    return (
        f'<g class="{theme.BADGE}">'
        f'<circle cx="{point.x:g}" cy="{point.y:g}" r="{_RADIUS}" fill="{_L["walk"]}" '
        f'stroke="{_L["ground"]}" stroke-width="1.5"/>'
        f'<text x="{point.x:g}" y="{point.y + 4:g}" fill="#fff" font-size="11" font-weight="700" '
        f'text-anchor="middle">{point.letter}</text></g>'
        f'<circle id="{POINT_ID}{point.kind}" cx="{point.x:g}" cy="{point.y:g}" r="{_TOUCH}" '
        f'fill="transparent" cursor="pointer"/>'
    )
