"""Columns of the stage: which parts of a picture stand at which x."""

from dataclasses import dataclass

from diagrams.parts import Cast
from diagrams.places import CARD_WIDTH, COLUMN, GAP_X, MARGIN, PAD


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Left edges of frames, right edges (`..._right`) and middles of cards, from left to right."""

    site: float
    site_right: float
    host: float
    circuit: float
    region: float
    vpc: float
    zone: float
    subnet: float
    inner: tuple[float, float, float]
    subnet_right: float
    zone_right: float
    edge: float
    vpc_right: float
    service: float
    region_right: float
    internet: float


def columns(cast: Cast) -> Columns:
    """From left to right: the site, the Region with its VPCs and the service, the internet."""
    half = CARD_WIDTH / 2
    site = region = float(MARGIN)
    site_right = site + CARD_WIDTH + 4 * PAD
    if cast.on_premises:
        region = site_right + 2 * PAD
    circuit = region + half
    if cast.on_premises and cast.virtual_interfaces:
        region += CARD_WIDTH + 2 * PAD
    # A virtual private gateway stands on its VPC's left border, an internet gateway on the right one.
    straddle = half + 4 if any(part.vpn_gateway for part in cast.vpcs) else 0
    vpc = region + PAD + straddle
    zone = vpc + PAD + straddle
    subnet = zone + PAD
    first = subnet + PAD + half
    # Without callers in any VPC there is no column for them.
    callers = cast.unattached or any(s.workloads for part in cast.vpcs for s in part.subnets)
    second = first + COLUMN if callers else first
    third = second + COLUMN
    zone_right = third + half + 2 * PAD
    edge = zone_right + 20 + half
    has_edge = any(p.has_ways_out or p.has_gateway_slot or p.internet_gateway for p in cast.vpcs)
    vpc_right = edge if has_edge else zone_right + PAD
    edge_right = edge + half if has_edge else vpc_right
    if cast.asked.is_abroad:
        region_right = edge_right + PAD
        service = region_right + 3 * PAD + half
        beyond = service + half + PAD
    else:
        service = edge_right + GAP_X + 6 + half
        region_right = beyond = service + half + PAD + 2
    return Columns(
        site=site,
        site_right=site_right,
        host=(site + site_right) / 2,
        circuit=circuit,
        region=region,
        vpc=vpc,
        zone=zone,
        subnet=subnet,
        inner=(first, second, third),
        subnet_right=third + half + PAD,
        zone_right=zone_right,
        edge=edge,
        vpc_right=vpc_right,
        service=service,
        region_right=region_right,
        internet=beyond + 2 * PAD + half,
    )
