"""A small stage for one walk: only the cards that it passes, readable in a column of a page.

Between third and fourth step of a compact `draw`: Stage and Journey to a smaller Stage. The caller stands
lower left and the service lower right whatever lies between, so that the eye sees what differs between two
such pictures. The upper row is for what leads out of the caller's subnet by a detour, such as a NAT gateway.
Route tables have no card; what they decide shows at the card that asks them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from diagrams.journey import Journey
from diagrams.places import CARD_HEIGHT, CARD_WIDTH, COLUMN, Frame, FrameKind, Role, Spot, Stage

WIDTH, HEIGHT = 560, 300
MARGIN, PAD, TITLE = 2, 10, 22
_HALF, _HALF_HIGH = CARD_WIDTH / 2, CARD_HEIGHT / 2
_BADGE = 4  # room between a title and the number on a card's corner
_UPPER = MARGIN + 3 * TITLE + _BADGE + _HALF_HIGH
_LOWER = _UPPER + CARD_HEIGHT + 4 * PAD + 4
_FIRST = MARGIN + 3 * PAD + _HALF
_LAST = WIDTH - MARGIN - PAD - _HALF
_BORDER = _LAST - CARD_WIDTH - 32  # of the caller's VPC: gateways stand upon it
_INNER = _BORDER - 24  # whatever stands in the second column inside a frame
# Cards that begin the upper row, and how many columns they lie beyond the card before.
_LEADS_UP = {
    Role.NAT_GATEWAY: 0,
    Role.PEERING_CONNECTION: 0,
    Role.TRANSIT_GATEWAY: 0,
    Role.DIRECT_CONNECT: 0,
    Role.VIRTUAL_PRIVATE_GATEWAY: 1,
}
_ON_BORDER = (Role.INTERNET_GATEWAY, Role.GATEWAY_ENDPOINT, Role.VIRTUAL_PRIVATE_GATEWAY)


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float


def shorten(stage: Stage, journey: Journey) -> Stage:
    """The stage with only the cards that the journey passes or ends at, and the frames they stand in."""
    by_id = {spot.id: spot for spot in stage.spots}
    last = (journey.cross.node,) if journey.cross else ()
    passed = [by_id[node] for node in dict.fromkeys((*journey.visited, *last))]
    spots = _placed([spot for spot in passed if spot.role is not Role.ROUTE_TABLE])
    if not spots:
        return stage
    homes = {spot.id: _home(stage, by_id[spot.id]) for spot in spots}
    frames = _framed(stage, spots, homes)
    shown = {spot.id for spot in spots}
    right = [frame.x + frame.width for frame in frames] + [spot.x + _HALF for spot in spots]
    bottom = [frame.y + frame.height for frame in frames]
    return Stage(
        spots=tuple(spots),
        frames=frames,
        width=max(WIDTH - MARGIN, *right) + MARGIN,
        height=max(HEIGHT - MARGIN, *bottom) + MARGIN,
        things={thing: node for thing, node in stage.things.items() if node in shown},
        tables=_askers(stage, spots, homes),
        interfaces={key: node for key, node in stage.interfaces.items() if node in shown},
    )


def _placed(spots: Sequence[Spot]) -> list[Spot]:
    """The cards in their rows and columns."""
    placed: list[Spot] = []
    column, y = 0, _LOWER
    for spot in spots:
        if spot.role is Role.SERVICE:
            column, y = max(2, column + 1 if y == _LOWER else 2), _LOWER
        elif y == _LOWER and spot.role in _LEADS_UP:
            column, y = column + _LEADS_UP[spot.role], _UPPER
        elif placed:
            column += 1
        columns = (_FIRST, _BORDER if spot.role in _ON_BORDER else _INNER, _LAST)
        x = columns[min(column, 2)] + max(0, column - 2) * COLUMN
        placed.append(replace(spot, x=x, y=y))
    return placed


def _home(stage: Stage, spot: Spot) -> str | None:
    """The frame that a card of the large stage belongs to, one on whose border it stands included."""
    if spot.role in _ON_BORDER:
        return spot.id.replace("node-", "frame-").rpartition("-")[0]
    return stage.frame_around(spot)


def _askers(stage: Stage, spots: Sequence[Spot], homes: Mapping[str, str | None]) -> dict[str, str]:
    """For the route table of each subnet, the first card that stands in that subnet."""
    first = {homes[spot.id]: spot.id for spot in reversed(spots)}
    tables = {spot.id: stage.frame_around(spot) for spot in stage.spots if spot.role is Role.ROUTE_TABLE}
    return {subnet: first[tables[node]] for subnet, node in stage.tables.items() if tables.get(node) in first}


def _framed(stage: Stage, spots: Sequence[Spot], homes: Mapping[str, str | None]) -> tuple[Frame, ...]:
    """The frames around the cards, each around its inner ones; zones are left out."""
    outside = {frame.id: frame.inside for frame in stage.frames}
    zones = {frame.id for frame in stage.frames if frame.kind is FrameKind.ZONE}
    held: dict[str | None, list[_Box]] = {}
    for spot in spots:
        whole = _Box(spot.x - _HALF, spot.y - _HALF_HIGH, spot.x + _HALF, spot.y + _HALF_HIGH)
        home = homes[spot.id]
        if spot.role in _ON_BORDER:
            held.setdefault(home, []).append(_inner_half(spot, whole))
            home = outside[home] if home else None
        held.setdefault(home, []).append(whole)
    framed: list[Frame] = []
    for frame in reversed(stage.frames):
        if frame.id not in held or frame.id in zones:
            continue
        foot = frame.kind is not FrameKind.REGION and min(box.top for box in held[frame.id]) > _UPPER
        box = _around(held[frame.id], frame.kind, foot=foot)
        if frame.kind is FrameKind.REGION:
            box = _region(box, any(other.kind is FrameKind.OTHER_REGION for other in stage.frames))
        elif frame.kind is FrameKind.VPC and _has_both_rows(frame, spots, homes):
            top, bottom = MARGIN + TITLE, HEIGHT - MARGIN - PAD
            box, foot = _Box(box.left, top, max(box.right, _BORDER), bottom), False
        inside = outside[frame.inside] if frame.inside in zones else frame.inside
        held.setdefault(inside, []).append(box)
        framed.append(
            replace(
                frame,
                x=box.left,
                y=box.top,
                width=box.right - box.left,
                height=box.bottom - box.top,
                inside=inside,
                foot=foot,
            )
        )
    return tuple(reversed(framed))


def _inner_half(spot: Spot, whole: _Box) -> _Box:
    """The half of a card on a VPC's border that makes the border run through the card's middle."""
    if spot.role is Role.VIRTUAL_PRIVATE_GATEWAY:
        return replace(whole, left=spot.x + PAD)
    return replace(whole, right=spot.x - PAD)


def _around(boxes: Sequence[_Box], kind: FrameKind, *, foot: bool) -> _Box:
    title = TITLE if kind is FrameKind.VPC else TITLE + _BADGE
    return _Box(
        min(box.left for box in boxes) - PAD,
        min(box.top for box in boxes) - (PAD if foot else title),
        max(box.right for box in boxes) + PAD,
        max(box.bottom for box in boxes) + (TITLE if foot else PAD),
    )


def _region(box: _Box, is_abroad: bool) -> _Box:
    """The Region fills the picture, except for where a site or another Region stands."""
    left = MARGIN if box.left < _FIRST else box.left
    right = box.right if is_abroad else max(box.right, WIDTH - MARGIN)
    return _Box(left, MARGIN, right, max(box.bottom, HEIGHT - MARGIN))


def _has_both_rows(vpc: Frame, spots: Sequence[Spot], homes: Mapping[str, str | None]) -> bool:
    """Whether the upper row is this VPC's own, even if nothing stands there: it is the caller's VPC."""
    own = [(homes[spot.id] or "").startswith(vpc.id) for spot in spots]
    return own[0] and all(mine or spot.y == _LOWER for mine, spot in zip(own, spots, strict=True))
